// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/inboxpage.h"

namespace countersign {

class BatchPanel;

/// The hands of the inbox while more than one case is selected: one decision for all of them, once
/// the selection has stood still long enough. Stands in for the Decider meanwhile.
class BatchDecider final : public QObject
{
    Q_OBJECT
public:
    BatchDecider(const InboxContext &context, InboxList &list, BatchPanel &panel, DecisionBar &bar,
                 Decider &single, QObject *parent);

    /// Whether the panel stands in the place of the case.
    [[nodiscard]] bool isShown() const { return m_mode != Mode::One; }
    /// Enter: the current case alone, until Esc.
    void look();
    /// Esc: one step back: the editor, the rest of a batch, the outcome, the single look, the
    /// selection. False where there is none.
    bool cancel();

Q_SIGNALS:
    void shownChanged(bool shown);

private:
    enum class Mode
    {
        One, ///< the case is shown
        Many, ///< what is selected
        Running,
        Outcome ///< what was left out
    };
    void marksChanged();
    void summaryChanged(bool another);
    void setMode(Mode mode);
    void followMarks();
    void showBar();
    [[nodiscard]] bool armed();
    void begin(DecisionKind kind);
    void submit(DecisionKind kind, const QString &text);
    void send(DecisionKind kind, const QString &message);
    [[nodiscard]] bool goOn(DecisionKind kind, qsizetype done, qsizetype of);
    void finish(DecisionKind kind, const BatchReport &report);
    void leaveOut();

    InboxContext m_context;
    InboxList &m_list;
    BatchPanel &m_panel;
    DecisionBar &m_bar;
    Decider &m_single;
    Mode m_mode = Mode::One;
    qint64 m_changedAt = 0; ///< monotonic
    bool m_looking = false; ///< at one case, though many are selected
    bool m_stop = false;
};

} // namespace countersign
