// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxmodel.h"
#include "views/inbox/uniformlist.h"

#include <QSet>

namespace countersign {

class InboxDelegate;

/// The list of cases. Keeps its current case by id, and where that stands on the screen, across
/// every reset; where it is gone, the one that stood nearest is current. Has no keyboard search, so
/// that letters are free for actions. What is selected to be decided together is a set of ids
/// beside the current case: it outlives every reset, and what is no longer shown leaves it.
class InboxList final : public UniformList
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

    [[nodiscard]] const QSet<CaseId> &marks() const { return m_marks; }
    [[nodiscard]] QList<CaseId> marked() const; ///< in the order of the list
    void toggleMark(); ///< of the current case
    void extendMarks(int by); ///< from where it began to the row `by` further
    void markAlike(); ///< all that wait and are like the current one: server, action, type, shape
    void markAll(); ///< all that wait, but no more than may be decided at once
    void setMarks(const QSet<CaseId> &marks);

Q_SIGNALS:
    void currentCaseChanged(const countersign::CaseId &id);
    void openRequested();
    void marksChanged();

protected:
    [[nodiscard]] const QList<int> &sections() const override { return m_model.sections(); }
    [[nodiscard]] int rowHeight() const override { return m_rowHeight; }
    [[nodiscard]] int headingHeight() const override { return m_headingHeight; }
    void changeEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void measure();
    void remember();
    void restore();
    void moveTo(int row); ///< the anchor stays
    void markTo(int row); ///< from the anchor

    InboxModel &m_model;
    InboxDelegate *m_delegate;
    int m_rowHeight = 1;
    int m_headingHeight = 1;
    CaseId m_current;
    QSet<CaseId> m_marks;
    CaseId m_anchor; ///< where a range begins
    QSet<CaseId> m_base; ///< what was selected before it
    bool m_ranging = false;
    QList<CaseId> m_near; ///< what stood around the current case, the nearest first
    CaseId m_wanted; ///< to be chosen once its row is there
    CaseId m_left; ///< current when the list became empty
    int m_row = 0; ///< where it was
    int m_height = 0; ///< on the screen
    bool m_resetting = false;
};

} // namespace countersign
