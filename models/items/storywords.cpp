// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/storywords.h"

#include "domain/event.h"
#include "items/eventwords.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace countersign {

namespace {

constexpr qint64 minuteMs = 60'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("StoryWords", text);
}

QString key(const char *kind)
{
    return QString::fromLatin1(kind);
}

const QHash<QString, const char *> &lines()
{
    static const QHash<QString, const char *> table{
        {key(event::caseProposed), QT_TRANSLATE_NOOP("StoryWords", "asks for this%amount")},
        {key(event::caseChanged),
         QT_TRANSLATE_NOOP("StoryWords", "asks for something else now%amount")},
        {key(event::caseUpdated), QT_TRANSLATE_NOOP("StoryWords", "told more about it")},
        {key(event::caseReopened), QT_TRANSLATE_NOOP("StoryWords", "asks again")},
        {key(event::caseWithdrawn), QT_TRANSLATE_NOOP("StoryWords", "asks no more")},
        {key(event::caseAnsweredElsewhere),
         QT_TRANSLATE_NOOP("StoryWords", "was answered by somebody else")},
        {key(event::caseTrouble), QT_TRANSLATE_NOOP("StoryWords", "cannot be answered as it is")},
        {key(event::caseSetAside), QT_TRANSLATE_NOOP("StoryWords", "set it aside %until")},
        {key(event::caseCommented), QT_TRANSLATE_NOOP("StoryWords", "commented")},
        {key(event::caseAssigned), QT_TRANSLATE_NOOP("StoryWords", "assigned it to %assignee")},
        {key(event::caseFollowUp), QT_TRANSLATE_NOOP("StoryWords", "wants to look again on %day")},
        {key(event::decisionApprove), QT_TRANSLATE_NOOP("StoryWords", "approved%batch")},
        {key(event::decisionEdit), QT_TRANSLATE_NOOP("StoryWords", "approved with changes")},
        {key(event::decisionReject), QT_TRANSLATE_NOOP("StoryWords", "rejected%reason%batch")},
        {key(event::decisionRespond),
         QT_TRANSLATE_NOOP("StoryWords", "sent it back with guidance%batch")},
        {key(event::decisionIgnore), QT_TRANSLATE_NOOP("StoryWords", "ignored it%batch")},
        {key(event::decisionWithdrawn),
         QT_TRANSLATE_NOOP("StoryWords", "took the decision back%batch")},
        {key(event::decisionSent),
         QT_TRANSLATE_NOOP("StoryWords", "sent the decision, try %{attempt}")},
        {key(event::decisionDelayed),
         QT_TRANSLATE_NOOP("StoryWords", "could not send it, will try again")},
        {key(event::decisionDelivered), QT_TRANSLATE_NOOP("StoryWords", "delivered the decision")},
        {key(event::decisionSuperseded),
         QT_TRANSLATE_NOOP("StoryWords", "came too late, without effect")},
        {key(event::decisionFailed),
         QT_TRANSLATE_NOOP("StoryWords", "could not deliver the decision")},
        {key(event::answerQueued),
         QT_TRANSLATE_NOOP("StoryWords", "holds the answer until its hold ends")},
        {key(event::repairRequested),
         QT_TRANSLATE_NOOP("StoryWords", "asked to repair the thread")},
        {key(event::repairDone), QT_TRANSLATE_NOOP("StoryWords", "repaired the thread")},
        {key(event::repairFailed), QT_TRANSLATE_NOOP("StoryWords", "could not repair the thread")},
        {key(event::effectReported),
         QT_TRANSLATE_NOOP("StoryWords", "reported an effect: %{effect}")},
        {key(event::outcomeReported),
         QT_TRANSLATE_NOOP("StoryWords", "reported the outcome: %{outcome}")},
        {key(event::spotCheckDrawn), QT_TRANSLATE_NOOP("StoryWords", "drew it for a spot check")},
        {key(event::verdictMarked), QT_TRANSLATE_NOOP("StoryWords", "marked it %verdict")},
        {key(event::reviewCommitted),
         QT_TRANSLATE_NOOP("StoryWords", "would answer “%{answer}”, before seeing the advice")},
        {key(event::checkAnswered),
         QT_TRANSLATE_NOOP("StoryWords", "answered “%{answer}”: %right")},
    };
    return table;
}

const QHash<QString, const char *> &linesOfTakingBack()
{
    static const QHash<QString, const char *> table{
        {key(event::caseSetAside), QT_TRANSLATE_NOOP("StoryWords", "took it back in hand")},
        {key(event::caseAssigned), QT_TRANSLATE_NOOP("StoryWords", "assigned it to nobody")},
        {key(event::caseFollowUp), QT_TRANSLATE_NOOP("StoryWords", "needs no follow-up any more")},
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
