// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/storywords.h"

#include "domain/event.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "items/eventwords.h"

#include <QHash>

#include <algorithm>

namespace countersign {

namespace {

constexpr qint64 minuteMs = 60'000;

const QHash<QString, const char *> &lines()
{
    static const QHash<QString, const char *> table{
        {key(event::caseProposed), QT_TRANSLATE_NOOP("countersign", "asks for this%amount")},
        {key(event::caseChanged),
         QT_TRANSLATE_NOOP("countersign", "asks for something else now%amount")},
        {key(event::caseUpdated), QT_TRANSLATE_NOOP("countersign", "told more about it")},
        {key(event::caseReopened), QT_TRANSLATE_NOOP("countersign", "asks again")},
        {key(event::caseWithdrawn), QT_TRANSLATE_NOOP("countersign", "asks no more")},
        {key(event::caseAnsweredElsewhere),
         QT_TRANSLATE_NOOP("countersign", "was answered by somebody else")},
        {key(event::caseTrouble), QT_TRANSLATE_NOOP("countersign", "cannot be answered as it is")},
        {key(event::caseSetAside), QT_TRANSLATE_NOOP("countersign", "set it aside %until")},
        {key(event::caseCommented), QT_TRANSLATE_NOOP("countersign", "commented")},
        {key(event::caseAssigned), QT_TRANSLATE_NOOP("countersign", "assigned it to %assignee")},
        {key(event::caseFollowUp), QT_TRANSLATE_NOOP("countersign", "wants to look again on %day")},
        {key(event::caseGated), QT_TRANSLATE_NOOP("countersign", "looked again: %disposition")},
        {key(event::approvalGiven),
         QT_TRANSLATE_NOOP("countersign", "approved, %{given} of %{of} who must")},
        {key(event::approvalWithdrawn),
         QT_TRANSLATE_NOOP("countersign", "took the approval back%batch")},
        {key(event::decisionExpired),
         QT_TRANSLATE_NOOP("countersign", "held the decision back: too late; it is asked again")},
        {key(event::decisionApprove), QT_TRANSLATE_NOOP("countersign", "approved%batch")},
        {key(event::decisionEdit), QT_TRANSLATE_NOOP("countersign", "approved with changes")},
        {key(event::decisionReject), QT_TRANSLATE_NOOP("countersign", "rejected%reason%batch")},
        {key(event::decisionRespond),
         QT_TRANSLATE_NOOP("countersign", "sent it back with guidance%batch")},
        {key(event::decisionIgnore), QT_TRANSLATE_NOOP("countersign", "ignored it%batch")},
        {key(event::decisionWithdrawn),
         QT_TRANSLATE_NOOP("countersign", "took the decision back%batch")},
        {key(event::decisionSent),
         QT_TRANSLATE_NOOP("countersign", "sent the decision, try %{attempt}")},
        {key(event::decisionDelayed),
         QT_TRANSLATE_NOOP("countersign", "could not send it, will try again")},
        {key(event::decisionDelivered), QT_TRANSLATE_NOOP("countersign", "delivered the decision")},
        {key(event::decisionSuperseded),
         QT_TRANSLATE_NOOP("countersign", "came too late, without effect")},
        {key(event::decisionFailed),
         QT_TRANSLATE_NOOP("countersign", "could not deliver the decision")},
        {key(event::answerQueued),
         QT_TRANSLATE_NOOP("countersign", "holds the answer until its hold ends")},
        {key(event::repairRequested),
         QT_TRANSLATE_NOOP("countersign", "asked to repair the thread")},
        {key(event::repairDone), QT_TRANSLATE_NOOP("countersign", "repaired the thread")},
        {key(event::repairFailed), QT_TRANSLATE_NOOP("countersign", "could not repair the thread")},
        {key(event::effectReported),
         QT_TRANSLATE_NOOP("countersign", "reported an effect: %{effect}")},
        {key(event::outcomeReported),
         QT_TRANSLATE_NOOP("countersign", "reported the outcome: %{outcome}")},
        {key(event::spotCheckDrawn), QT_TRANSLATE_NOOP("countersign", "drew it for a spot check")},
        {key(event::verdictMarked), QT_TRANSLATE_NOOP("countersign", "marked it %verdict")},
        {key(event::reviewCommitted),
         QT_TRANSLATE_NOOP("countersign", "would answer “%{answer}”, before seeing the advice")},
        {key(event::checkAnswered),
         QT_TRANSLATE_NOOP("countersign", "answered “%{answer}”: %right")},
    };
    return table;
}

const QHash<QString, const char *> &linesOfTakingBack()
{
    static const QHash<QString, const char *> table{
        {key(event::caseSetAside), QT_TRANSLATE_NOOP("countersign", "took it back in hand")},
        {key(event::caseAssigned), QT_TRANSLATE_NOOP("countersign", "assigned it to nobody")},
        {key(event::caseFollowUp), QT_TRANSLATE_NOOP("countersign", "needs no follow-up any more")},
    };
    return table;
}

/// What was measured of the look before it.
QString lookOf(const Json &envelope)
{
    if (!envelope[u"look_ms"].isNumber()) {
        return {};
    }
    const qint64 ms = envelope[u"look_ms"].toInteger();
    return ms < minuteMs ? tr(", after looking for %1 s").arg(ms / 1000)
                         : tr(", after looking for %1 min").arg(ms / minuteMs);
}

} // namespace

QString storyLine(const Json &envelope)
{
    const QString kind = envelope[u"kind"].toString();
    const auto back = linesOfTakingBack().constFind(kind);
    const auto line = lines().constFind(kind);
    if (line == lines().cend()) {
        return sentenceOf(envelope);
    }
    const bool takesBack = back != linesOfTakingBack().cend() && takesSomethingBack(envelope);
    return filled(tr(takesBack ? *back : *line), envelope) + lookOf(envelope);
}

} // namespace countersign
