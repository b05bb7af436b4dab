// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/thresholdmodel.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QPushButton;
class QSlider;
class QSplitter;

namespace countersign {

class BatchTable;
class EmptyState;
class PlainLabel;
class ReliabilityChart;
class RiskCoverageChart;

/// Threshold advice for one kind of action: what its confidence has been worth, the threshold that
/// keeps a target, and a slider that shows speed against oversight on past cases while it moves.
class ThresholdView final : public QWidget
{
    Q_OBJECT
public:
    explicit ThresholdView(ThresholdModel &model, QWidget *parent = nullptr);
    /// Makes a kind current; foreign, as its cases have it.
    void showKind(const QString &agent, const QString &action, const QString &caseType);

Q_SIGNALS:
    /// A person takes this threshold for that kind.
    void thresholdChosen(const QString &agent, const QString &action, const QString &caseType,
                         double threshold);
    void failed(const countersign::Error &error);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeControls();
    [[nodiscard]] QWidget *makeSlider();
    void connectParts();
    void fillKinds();
    void describe();
    void describeAdvice();
    void describeOutlook();
    void fillTable();
    [[nodiscard]] double threshold() const;
    [[nodiscard]] QString frequency(qint64 cases) const;

    ThresholdModel &m_model;
    QComboBox *m_kind;
    QDoubleSpinBox *m_target;
    QDoubleSpinBox *m_certainty;
    PlainLabel *m_advice;
    PlainLabel *m_scores;
    ReliabilityChart *m_reliability;
    RiskCoverageChart *m_coverage;
    BatchTable *m_bins;
    QSlider *m_slider;
    PlainLabel *m_threshold;
    PlainLabel *m_speed;
    PlainLabel *m_oversight;
    QPushButton *m_use;
    QSplitter *m_charts;
    QWidget *m_body;
    EmptyState *m_empty;
    bool m_moved = false; ///< by hand, since the kind was chosen
    std::shared_ptr<const ThresholdEvidence> m_shown;
};

} // namespace countersign
