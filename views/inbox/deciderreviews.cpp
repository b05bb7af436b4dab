// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/reviewport.h"
#include "views/inbox/caseview.h"
#include "views/inbox/decider.h"
#include "views/inbox/decisionbar.h"
#include "views/inbox/inboxlist.h"
#include "views/inbox/lookwatch.h"
#include "views/words.h"

namespace countersign {

namespace {

QString reviewNoticeId()
{
    return QStringLiteral("inbox.review");
}

} // namespace

/// The same keys as for a decision: what is approved is correct, what is edited a minor edit, what
/// is rejected wrong.
void Decider::mark(const Case &shown, DecisionKind kind, const QString &reason)
{
    const Verdict verdict = words::verdictOf(kind);
    MarkRequest request{.caseId = shown.id,
                        .digest = shown.digest,
                        .verdict = verdict,
                        .reason = reason,
                        .person = m_context.person,
                        .look = m_look.look(toWord(verdict))};
    const bool blind = request.look->blind;
    finish<void>(reviewNoticeId(), m_context.reviews.mark(request),
                 [this, id = shown.id, verdict, blind](const Result<void> &) -> void {
                     m_look.answered(toWord(verdict));
                     m_bar.closeEditor();
                     m_list.setFocus(Qt::OtherFocusReason);
                     showBar();
                     m_bar.hint(blind ? tr("%1. What the agent said is shown now; mark again to "
                                           "correct yourself, or go on with J.")
                                            .arg(words::of(verdict))
                                      : tr("%1.").arg(words::of(verdict)));
                 });
}

/// A blind case: the first answer is one's own, and recorded as that; then the advice is shown and
/// the case decided.
void Decider::commit(const Case &shown, DecisionKind kind)
{
    const CommitRequest request{.caseId = shown.id,
                                .digest = shown.digest,
                                .answer = kind,
                                .person = m_context.person,
                                .look = m_look.look(toWord(kind))};
    finish<void>(
        reviewNoticeId(), m_context.reviews.commit(request), [this, kind](const Result<void> &) -> void {
            m_changedAt = m_context.clock.monotonicMs(); // the advice is new
            m_bar.hint(
                tr("Your own answer stands: %1. Compare, then decide.").arg(words::of(kind)));
        });
}

} // namespace countersign
