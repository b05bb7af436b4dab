// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/riskmapmodel.h"

#include <QWidget>

class QComboBox;
class QSplitter;
class QTableView;

namespace countersign {

class EmptyState;
class PlainLabel;
class RiskMapChart;

/// The risk map with the table of the same figures, and what they are of. What is current on one is
/// current on the other; Enter or a click on a mark chooses a kind.
class RiskMapView final : public QWidget
{
    Q_OBJECT
public:
    explicit RiskMapView(RiskMapModel &model, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Foreign, as the cases have them.
    void groupChosen(const QString &agent, const QString &action, const QString &caseType);
    void failed(const countersign::Error &error);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildTable();
    void describe();
    void fillCurrencies();
    void choose(int row);
    void select(int row);

    RiskMapModel &m_model;
    QComboBox *m_days;
    QComboBox *m_currency;
    PlainLabel *m_state;
    QSplitter *m_splitter;
    RiskMapChart *m_chart;
    QTableView *m_table;
    EmptyState *m_empty;
    QWidget *m_legend;
    bool m_isSized = false;
};

} // namespace countersign
