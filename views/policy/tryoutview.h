// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/replaymodel.h"

#include <QWidget>

class QComboBox;
class QDateEdit;
class QListView;
class QProgressBar;
class QPushButton;
class QSplitter;
class QTableView;

namespace countersign {

class EmptyState;
class PlainLabel;

/// Try before you set: what a draft would have done with past cases, against the policy in force.
/// Every figure opens the cases behind it.
class TryOutView final : public QWidget
{
    Q_OBJECT
public:
    TryOutView(ReplayModel &model, CasesBehindModel &behind, QWidget *parent = nullptr);

Q_SIGNALS:
    void caseChosen(const countersign::CaseId &id);
    void failed(const countersign::Error &error);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeControls();
    [[nodiscard]] QWidget *makeBehind();
    void buildTable();
    void connectParts();
    void choosePeriod();
    void describe();
    void describeResult();
    void showBehind(const QModelIndex &figure);

    ReplayModel &m_model;
    CasesBehindModel &m_behind;
    QComboBox *m_period;
    QDateEdit *m_from;
    QDateEdit *m_to;
    QWidget *m_between;
    QPushButton *m_start;
    QPushButton *m_cancel;
    QProgressBar *m_progress;
    PlainLabel *m_state;
    PlainLabel *m_reviews;
    PlainLabel *m_wrong;
    PlainLabel *m_money;
    QTableView *m_table;
    PlainLabel *m_title;
    QListView *m_cases;
    QWidget *m_pane;
    QSplitter *m_splitter;
    QWidget *m_result;
    EmptyState *m_empty;
};

} // namespace countersign
