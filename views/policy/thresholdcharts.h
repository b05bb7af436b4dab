// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/thresholdadvice.h"

#include <QWidget>

namespace countersign {

/// What both charts of threshold advice share: axes in hundredths, and a line at the threshold that
/// is looked at, which moves without anything being summed up anew.
class EvidenceChart : public QWidget
{
    Q_OBJECT
public:
    explicit EvidenceChart(QWidget *parent = nullptr);
    void setEvidence(const std::shared_ptr<const ThresholdEvidence> &evidence);
    void setThreshold(double threshold);
    /// Advised, and in force; lines with a word.
    void setMarks(const std::optional<double> &advised, const std::optional<double> &inForce);
    void setTarget(double errorRate);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    [[nodiscard]] QRect plot() const;
    [[nodiscard]] int captionHeight() const;
    [[nodiscard]] QPointF at(double x, double y) const; ///< both 0 to 1
    /// Axes and their words; `high` is what the upper end of the upright one stands for.
    void paintAxes(QPainter &painter, const QString &across, const QString &up, double high) const;
    void paintUpright(QPainter &painter, double x, const QString &word, const QColor &color,
                      bool dashed) const;
    [[nodiscard]] virtual QString words() const = 0; ///< for those who listen
    void describe();

    std::shared_ptr<const ThresholdEvidence> m_evidence;
    double m_threshold = 1;
    double m_target = 0.05;
    std::optional<double> m_advised;
    std::optional<double> m_inForce;
};

/// How often cases of each confidence were right, with 95 % intervals and counts.
class ReliabilityChart final : public EvidenceChart
{
    Q_OBJECT
public:
    using EvidenceChart::EvidenceChart;

protected:
    void paintEvent(QPaintEvent *event) override;
    [[nodiscard]] QString words() const override;
};

/// How many of those that pass are wrong, over how many pass.
class RiskCoverageChart final : public EvidenceChart
{
    Q_OBJECT
public:
    using EvidenceChart::EvidenceChart;

protected:
    void paintEvent(QPaintEvent *event) override;
    [[nodiscard]] QString words() const override;

private:
    [[nodiscard]] double high() const; ///< what the upper end stands for
};

} // namespace countersign
