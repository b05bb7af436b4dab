// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/inboxpage.h"

namespace countersign {

class CaseView;
class DecisionBar;
class InboxList;
class LookWatch;

/// The hands of the inbox: turns keys and buttons into requests at the port, once what is shown has
/// stood still long enough, and remembers the last decision as long as it can be undone.
class Decider final : public QObject
{
    Q_OBJECT
public:
    Decider(const InboxContext &context, InboxList &list, CaseView &view, DecisionBar &bar,
            LookWatch &look, QObject *parent);

    /// Esc: closes an editor. False where none was open.
    bool cancel();
    void tick(); ///< every second or so
    /// While many cases are selected, the keys and the bar are not for the one shown.
    void setSuspended(bool suspended);
    /// Decisions that were made together and can be taken back together until then.
    void remember(const QList<CaseId> &ids, const QString &what, qint64 untilMs);

Q_SIGNALS:
    void caseWanted(const countersign::CaseId &id); ///< to be shown, wherever it is

private:
    void contentChanged(bool another);
    [[nodiscard]] bool armed();
    [[nodiscard]] const Case *waiting() const; ///< the case shown, while it can be decided
    void begin(DecisionKind kind);
    void submitWords(DecisionKind kind, const QString &text);
    void submitEdit();
    void submitForm(const Case &shown);
    void showParts(); ///< what the keys and the bar say of the other parts, and of a form
    /// Why this person may not answer so, a sentence; empty where they may.
    [[nodiscard]] QString lack(const Case &shown, DecisionKind kind) const;
    /// Of the same question, the next part that waits; empty where none does.
    [[nodiscard]] CaseId nextPart(const CaseId &after) const;
    void stepPart(int by);
    void openCase(const CaseId &id); ///< in the list where it stands there
    void registerActions();
    void editChanged(); ///< says what would go out, or why it cannot
    void send(const Case &shown, DecisionKind kind, const QString &message,
              const std::optional<Json> &arguments, const ArtifactWork &work = {});
    void approve(const Case &shown);
    /// What was done in the workspace; nothing, with a hint, where it cannot go out as it stands.
    [[nodiscard]] std::optional<ArtifactWork> work();
    /// An approval takes no comments along; false, with a hint, where there are some.
    [[nodiscard]] bool leavesNothingBehind(const ArtifactWork &work);
    void decided(const CaseId &id, const QString &what, const DecisionReceipt &receipt);
    void mark(const Case &shown, DecisionKind kind, const QString &reason);
    void commit(const Case &shown, DecisionKind kind);
    void undo();
    void undoMany();
    /// Whether the reviewer is still where the last decision led, with nothing begun there.
    [[nodiscard]] bool isInPlace() const;
    void goBack();
    void repair();
    void showBar();
    static QString noticeId() { return QStringLiteral("inbox.decide"); }
    template <class T>
    void finish(const QString &notice, QFuture<Result<T>> future,
                std::function<void(const Result<T> &)> then);

    InboxContext m_context;
    InboxList &m_list;
    CaseView &m_view;
    DecisionBar &m_bar;
    LookWatch &m_look;
    qint64 m_changedAt = 0; ///< monotonic
    bool m_busy = false;
    bool m_suspended = false;
    bool m_submitWhenJudged = false;
    QList<CaseId> m_undoable; ///< one, or all of a batch
    qint64 m_undoUntil = 0;
    CaseId m_after; ///< where the last decision led
    QList<CaseId> m_undone; ///< taken back while the reviewer was elsewhere
};

} // namespace countersign
