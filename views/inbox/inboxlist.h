// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxmodel.h"

#include <QListView>

namespace countersign {

/// The list of cases. Keeps its current case by id and its place across regroups; has no keyboard
/// search, so that letters are free for actions.
class InboxList final : public QListView
{
    Q_OBJECT
public:
    InboxList(InboxModel &model, const Clock &clock, QWidget *parent = nullptr);

    [[nodiscard]] CaseId currentCase() const { return m_current; }
    void select(const CaseId &id); ///< nothing where it is not shown
    void step(int by); ///< to the row `by` further, within bounds
    /// The row that comes after this case for somebody who works down the list: the next that
    /// waits, else the one before.
    void selectNextWaiting(const CaseId &after);
    void keyboardSearch(const QString &) override { }

Q_SIGNALS:
    void currentCaseChanged(const countersign::CaseId &id);
    void openRequested();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void restore();

    InboxModel &m_model;
    CaseId m_current;
    int m_row = 0; ///< where it was
    int m_scroll = 0;
    bool m_resetting = false;
};

} // namespace countersign
