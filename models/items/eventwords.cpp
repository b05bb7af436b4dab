// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/eventwords.h"

#include "domain/displaytext.h"
#include "domain/event.h"
#include "domain/translate.h"

#include <QDateTime>
#include <QHash>

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype longestValue = 200;

/// How one kind is spoken of. In `sentence`: %who %case %action %agent %endpoint, and %{member} for
/// a member of the envelope.
struct Words
{
    const char *title;
    const char *sentence;
    const char *chip = "";
};

const QHash<QString, Words> &allWords()
{
    static const auto key = [](const char *kind) -> QString {
        return QString::fromLatin1(kind);
    };
    static const QHash<QString, Words> words{
        {key(event::profileCreated),
         Words{QT_TRANSLATE_NOOP("countersign", "Profile created"),
               QT_TRANSLATE_NOOP("countersign", "%who opened this trail: %{origin}")}},
        {key(event::keyAdded),
         Words{QT_TRANSLATE_NOOP("countersign", "Key added"),
               QT_TRANSLATE_NOOP("countersign", "%who added key %{key} for the %{use}")}},
        {key(event::personEnrolled),
         Words{QT_TRANSLATE_NOOP("countersign", "Person enrolled"),
               QT_TRANSLATE_NOOP("countersign", "%who enrolled %{name} (%{person}, key %{key})")}},
        {key(event::endpointAdded),
         Words{QT_TRANSLATE_NOOP("countersign", "Endpoint added"),
               QT_TRANSLATE_NOOP("countersign", "%who connected %{name} (%{protocol}) at %{url}")}},
        {key(event::endpointChanged),
         Words{QT_TRANSLATE_NOOP("countersign", "Endpoint changed"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%who changed the settings of %{name} (%{protocol}) at %{url}")}},
        {key(event::endpointRemoved),
         Words{QT_TRANSLATE_NOOP("countersign", "Endpoint removed"),
               QT_TRANSLATE_NOOP("countersign", "%who removed endpoint %endpoint")}},
        {key(event::caseProposed),
         Words{QT_TRANSLATE_NOOP("countersign", "Case proposed"),
               QT_TRANSLATE_NOOP("countersign", "%agent asks for %action%amount")}},
        {key(event::caseChanged),
         Words{
             QT_TRANSLATE_NOOP("countersign", "Case changed"),
             QT_TRANSLATE_NOOP("countersign",
                               "%agent changed what it asks for in case %case (%action%amount)")}},
        {key(event::caseUpdated),
         Words{QT_TRANSLATE_NOOP("countersign", "Case updated"),
               QT_TRANSLATE_NOOP("countersign",
                                 "What is known about case %case (%action) was updated")}},
        {key(event::caseReopened),
         Words{QT_TRANSLATE_NOOP("countersign", "Case reopened"),
               QT_TRANSLATE_NOOP("countersign", "Case %case (%action) waits again")}},
        {key(event::caseWithdrawn),
         Words{QT_TRANSLATE_NOOP("countersign", "Case withdrawn"),
               QT_TRANSLATE_NOOP("countersign", "%agent withdrew case %case (%action)")}},
        {key(event::caseAnsweredElsewhere),
         Words{QT_TRANSLATE_NOOP("countersign", "Case answered elsewhere"),
               QT_TRANSLATE_NOOP("countersign",
                                 "Case %case (%action) was answered by somebody else")}},
        {key(event::caseTrouble),
         Words{
             QT_TRANSLATE_NOOP("countersign", "Case in trouble"),
             QT_TRANSLATE_NOOP("countersign", "Case %case (%action) cannot be answered as it is")}},
        {key(event::caseSetAside),
         Words{QT_TRANSLATE_NOOP("countersign", "Case set aside"),
               QT_TRANSLATE_NOOP("countersign", "%who set case %case (%action) aside %until")}},
        {key(event::caseCommented),
         Words{QT_TRANSLATE_NOOP("countersign", "Comment"),
               QT_TRANSLATE_NOOP("countersign", "%who commented on case %case (%action)")}},
        {key(event::caseAssigned),
         Words{QT_TRANSLATE_NOOP("countersign", "Case assigned"),
               QT_TRANSLATE_NOOP("countersign", "%who assigned case %case (%action) to %assignee")}},
        {key(event::caseFollowUp),
         Words{QT_TRANSLATE_NOOP("countersign", "Follow-up"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%who wants to look at case %case (%action) again on %day")}},
        {key(event::decisionApprove),
         Words{QT_TRANSLATE_NOOP("countersign", "Approve"),
               QT_TRANSLATE_NOOP("countersign", "%who approved case %case (%action)%batch"),
               QT_TRANSLATE_NOOP("countersign", "approved")}},
        {key(event::decisionEdit),
         Words{QT_TRANSLATE_NOOP("countersign", "Edit"),
               QT_TRANSLATE_NOOP("countersign", "%who approved case %case (%action) with changes"),
               QT_TRANSLATE_NOOP("countersign", "edited")}},
        {key(event::decisionReject),
         Words{QT_TRANSLATE_NOOP("countersign", "Reject"),
               QT_TRANSLATE_NOOP("countersign", "%who rejected case %case (%action)%batch%reason"),
               QT_TRANSLATE_NOOP("countersign", "rejected")}},
        {key(event::decisionRespond),
         Words{QT_TRANSLATE_NOOP("countersign", "Send back"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%who sent case %case (%action) back with guidance%batch"),
               QT_TRANSLATE_NOOP("countersign", "sent back")}},
        {key(event::decisionIgnore),
         Words{QT_TRANSLATE_NOOP("countersign", "Ignore"),
               QT_TRANSLATE_NOOP("countersign", "%who ignored case %case (%action)%batch"),
               QT_TRANSLATE_NOOP("countersign", "ignored")}},
        {key(event::decisionWithdrawn),
         Words{QT_TRANSLATE_NOOP("countersign", "Undo"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%who took the decision on case %case (%action) back%batch"),
               QT_TRANSLATE_NOOP("countersign", "undone")}},
        {key(event::decisionSent),
         Words{QT_TRANSLATE_NOOP("countersign", "Sent"),
               QT_TRANSLATE_NOOP("countersign",
                                 "The decision on case %case (%action) was sent, try %{attempt}"),
               QT_TRANSLATE_NOOP("countersign", "sent")}},
        {key(event::decisionDelayed),
         Words{QT_TRANSLATE_NOOP("countersign", "Delayed"),
               QT_TRANSLATE_NOOP(
                   "EventWords",
                   "Sending the decision on case %case (%action) failed and will be repeated"),
               QT_TRANSLATE_NOOP("countersign", "delayed")}},
        {key(event::decisionDelivered),
         Words{
             QT_TRANSLATE_NOOP("countersign", "Delivered"),
             QT_TRANSLATE_NOOP("countersign", "The decision on case %case (%action) was delivered"),
             QT_TRANSLATE_NOOP("countersign", "delivered")}},
        {key(event::decisionSuperseded),
         Words{QT_TRANSLATE_NOOP("countersign", "Superseded"),
               QT_TRANSLATE_NOOP(
                   "EventWords",
                   "The decision on case %case (%action) came too late and had no effect"),
               QT_TRANSLATE_NOOP("countersign", "superseded")}},
        {key(event::decisionFailed),
         Words{QT_TRANSLATE_NOOP("countersign", "Failed"),
               QT_TRANSLATE_NOOP("countersign",
                                 "The decision on case %case (%action) could not be delivered"),
               QT_TRANSLATE_NOOP("countersign", "failed")}},
        {key(event::answerQueued),
         Words{
             QT_TRANSLATE_NOOP("countersign", "Answer queued"),
             QT_TRANSLATE_NOOP("countersign",
                               "The answer to %agent (%action) is complete and waits to be sent")}},
        {key(event::repairRequested),
         Words{QT_TRANSLATE_NOOP("countersign", "Repair requested"),
               QT_TRANSLATE_NOOP("countersign", "%who asked to repair the thread of case %case")}},
        {key(event::repairDone),
         Words{QT_TRANSLATE_NOOP("countersign", "Repair done"),
               QT_TRANSLATE_NOOP("countersign", "The thread of case %case was repaired")}},
        {key(event::repairFailed),
         Words{QT_TRANSLATE_NOOP("countersign", "Repair failed"),
               QT_TRANSLATE_NOOP("countersign", "The thread of case %case could not be repaired")}},
        {key(event::effectReported),
         Words{QT_TRANSLATE_NOOP("countersign", "Effect reported"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%agent reports for case %case (%action): %{effect}")}},
        {key(event::outcomeReported),
         Words{QT_TRANSLATE_NOOP("countersign", "Outcome reported"),
               QT_TRANSLATE_NOOP("countersign", "Case %case (%action) turned out %{outcome}")}},
        {key(event::spotCheckDrawn),
         Words{QT_TRANSLATE_NOOP("countersign", "Spot check drawn"),
               QT_TRANSLATE_NOOP("countersign",
                                 "Draw %{index} of what agents did by themselves (%action, "
                                 "chance %{probability}): %drawn")}},
        {key(event::verdictMarked),
         Words{QT_TRANSLATE_NOOP("countersign", "Verdict marked"),
               QT_TRANSLATE_NOOP("countersign", "%who marked case %case (%action): %verdict")}},
        {key(event::reviewCommitted),
         Words{QT_TRANSLATE_NOOP("countersign", "Own answer"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%who would answer case %case (%action) with “%{answer}”, before "
                                 "seeing what the agent advises")}},
        {key(event::checkAnswered),
         Words{QT_TRANSLATE_NOOP("countersign", "Known answer checked"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%who answered case %case (%action), whose answer was known, "
                                 "with “%{answer}”: %right")}},
        {key(event::knownAdded),
         Words{QT_TRANSLATE_NOOP("countersign", "Known answer added"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%who added a case whose right answer is known (%action)")}},
        {key(event::settingChanged),
         Words{QT_TRANSLATE_NOOP("countersign", "Setting changed"),
               QT_TRANSLATE_NOOP("countersign", "%who set %{setting} to %{value}%whom")}},
        {key(event::policySet),
         Words{QT_TRANSLATE_NOOP("countersign", "Policy set"),
               QT_TRANSLATE_NOOP("countersign", "%who put policy v%{version} in force")}},
        {key(event::caseGated),
         Words{QT_TRANSLATE_NOOP("countersign", "Policy looked again"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%{policy} says of case %case (%action): %disposition")}},
        {key(event::decisionExpired),
         Words{QT_TRANSLATE_NOOP("countersign", "Held back"),
               QT_TRANSLATE_NOOP("countersign",
                                 "The decision on case %case (%action) was held past its time and "
                                 "was not sent; it is asked again"),
               QT_TRANSLATE_NOOP("countersign", "held back")}},
        {key(event::approvalGiven),
         Words{QT_TRANSLATE_NOOP("countersign", "Approval given"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%who approved case %case (%action), %{given} of %{of} who must"),
               QT_TRANSLATE_NOOP("countersign", "approved in part")}},
        {key(event::approvalWithdrawn),
         Words{QT_TRANSLATE_NOOP("countersign", "Approval taken back"),
               QT_TRANSLATE_NOOP("countersign",
                                 "%who took the approval of case %case (%action) back%batch")}},
        {key(event::policyKept),
         Words{QT_TRANSLATE_NOOP("countersign", "Policy kept"),
               QT_TRANSLATE_NOOP("countersign", "%who keeps its gates by %kept from now on")}},
        {key(event::personAuthority),
         Words{QT_TRANSLATE_NOOP("countersign", "Authority set"),
               QT_TRANSLATE_NOOP("countersign", "%who set what %{name} may decide: %authority")}},
        {key(event::personAbsent),
         Words{QT_TRANSLATE_NOOP("countersign", "Absence"),
               QT_TRANSLATE_NOOP("countersign", "%who said that %{name} is %absence")}},
        {key(event::stopSet),
         Words{QT_TRANSLATE_NOOP("countersign", "Stopped"),
               QT_TRANSLATE_NOOP("countersign", "%who stopped %scope")}},
        {key(event::stopLifted),
         Words{QT_TRANSLATE_NOOP("countersign", "Resumed"),
               QT_TRANSLATE_NOOP("countersign", "%who let %scope go on")}},
        {key(event::deadlinePassed),
         Words{QT_TRANSLATE_NOOP("countersign", "Time ran out"),
               QT_TRANSLATE_NOOP("countersign",
                                 "Nobody decided case %case (%action) in time: %zero")}},
    };
    return words;
}

/// The same kinds where they take back what they otherwise do.
const QHash<QString, const char *> &takenBack()
{
    static const auto key = [](const char *kind) -> QString {
        return QString::fromLatin1(kind);
    };
    static const QHash<QString, const char *> sentences{
        {key(event::caseSetAside),
         QT_TRANSLATE_NOOP("countersign", "%who took case %case (%action) back in hand")},
        {key(event::caseAssigned),
         QT_TRANSLATE_NOOP("countersign", "%who assigned case %case (%action) to nobody")},
        {key(event::caseFollowUp),
         QT_TRANSLATE_NOOP("countersign",
                           "%who needs no follow-up of case %case (%action) any more")},
    };
    return sentences;
}

QString localTime(const Json &ms, const QString &format)
{
    return QDateTime::fromMSecsSinceEpoch(ms.toInteger()).toString(format);
}

QString orElse(const QString &text, const QString &fallback)
{
    return text.isEmpty() ? fallback : text;
}

QString scalar(const Json &value)
{
    return value.isNumber() ? QString::fromLatin1(value.numberText()) : value.toString();
}

/// The value of the placeholder that starts at `text` (after its %); `length` says how long it is.
QString placeholder(const Json &envelope, QStringView text, qsizetype *length)
{
    if (text.startsWith(u'{')) {
        const qsizetype end = text.indexOf(u'}');
        *length = end + 1;
        return scalar(envelope[text.mid(1, end - 1)]);
    }
    *length = 0;
    while (*length < text.size() && text.at(*length).isLower()) {
        ++*length;
    }
    const QStringView name = text.first(*length);
    if (name == u"who") {
        const Json &actor = envelope[u"actor"];
        return orElse(actor[u"name"].toString(), actor[u"id"].toString());
    }
    if (name == u"action") {
        return orElse(envelope[u"action"].toString(), tr("a question"));
    }
    if (name == u"agent") {
        return orElse(envelope[u"agent"].toString(), tr("The agent"));
    }
    if (name == u"amount") {
        const QString amount = scalar(envelope[u"amount"]);
        return amount.isEmpty()
            ? QString()
            : QStringLiteral(", %1 %2").arg(amount, envelope[u"currency"].toString()).trimmed();
    }
    if (name == u"batch") {
        const QString id = envelope[u"batch"].toString(); // its beginning tells one from another
        return id.isEmpty() ? QString() : tr(", in batch %1").arg(id.mid(2, 8));
    }
    if (name == u"reason") {
        const QString code = envelope[u"reason_code"].toString();
        return code.isEmpty() ? QString() : QStringLiteral(": ") + code;
    }
    if (name == u"drawn") {
        return envelope[name].toBool() ? tr("a person looks at it") : tr("not looked at");
    }
    if (name == u"right") {
        return envelope[name].toBool() ? tr("right") : tr("not right");
    }
    if (name == u"verdict") {
        const auto verdict = fromWord<Verdict>(envelope[name].toString());
        return verdict == Verdict::Correct  ? tr("correct")
            : verdict == Verdict::MinorEdit ? tr("minor edit")
                                            : tr("wrong");
    }
    if (name == u"until") {
        return envelope[u"until_change"].toBool()
            ? tr("until something changes")
            : tr("until %1")
                  .arg(localTime(envelope[u"until_ms"], QStringLiteral("yyyy-MM-dd HH:mm")));
    }
    if (name == u"day") {
        return localTime(envelope[u"follow_up_ms"], QStringLiteral("yyyy-MM-dd"));
    }
    if (name == u"assignee") { // the name of somebody who is not enrolled stands in the payload
        return orElse(envelope[u"assignee_name"].toString(), tr("somebody who is not enrolled"));
    }
    if (name == u"scope") {
        const QString agent = envelope[u"agent"].toString();
        const QString endpoint = envelope[u"endpoint"].toString();
        return !agent.isEmpty()  ? agent
            : endpoint.isEmpty() ? tr("everything")
                                 : tr("endpoint %1").arg(endpoint);
    }
    if (name == u"zero") {
        const QString what = envelope[u"at_zero"].toString();
        return what == u"escalate" ? tr("handed to %1").arg(envelope[u"queue"].toString())
            : what == u"reject"    ? tr("rejected by policy")
            : what == u"remind"    ? tr("a reminder")
                                   : tr("it waits on");
    }
    if (name == u"disposition") {
        const auto said = fromWord<Disposition>(envelope[name].toString());
        return said == Disposition::AutoApprove ? tr("it goes by itself")
            : said == Disposition::SpotCheck    ? tr("it goes by itself, a sample is looked at")
            : said == Disposition::Block        ? tr("it is not allowed")
                                             : tr("a person decides (%1)")
                                                   .arg(envelope[u"queue"].toString());
    }
    if (name == u"kept") {
        return orElse(envelope[u"version"].toString(), tr("no policy"));
    }
    if (name == u"authority") {
        const QStringList all
            = envelope[u"roles"].toStrings() + envelope[u"limits"].toStrings();
        return all.isEmpty() ? tr("no roles beside their own, no limit")
                             : all.join(QStringLiteral(", "));
    }
    if (name == u"absence") {
        const QString delegate = envelope[u"delegate"].toString();
        const QString until = tr("absent until %1")
                                  .arg(localTime(envelope[u"until_ms"],
                                                 QStringLiteral("yyyy-MM-dd HH:mm")));
        return !envelope[u"until_ms"].isNumber() ? tr("back")
            : delegate.isEmpty()                 ? until
                                                 : tr("%1; %2 acts for them").arg(until, delegate);
    }
    if (name == u"whom") {
        const QString person = envelope[u"person"].toString();
        return person.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(person);
    }
    return envelope[name].toString();
}

/// Foreign text among ours: nothing hidden, nothing that turns our words around.
QString visible(const QString &foreign)
{
    const bool rightToLeft = std::any_of(foreign.begin(), foreign.end(), [](QChar c) -> bool {
        return c.direction() == QChar::DirR || c.direction() == QChar::DirAL;
    });
    return displayText(foreign,
                       {.singleLine = true, .isolate = rightToLeft, .maxLength = longestValue})
        .text;
}

} // namespace

bool takesSomethingBack(const Json &envelope)
{
    static const QStringList given{QStringLiteral("until_ms"), QStringLiteral("until_change"),
                                   QStringLiteral("assignee"), QStringLiteral("follow_up_ms"),
                                   QStringLiteral("payload")};
    return std::none_of(given.begin(), given.end(),
                        [&](const QString &name) -> bool { return envelope.contains(name); });
}

QString sentenceOf(const Json &envelope)
{
    const QString kind = envelope[u"kind"].toString();
    const auto it = allWords().constFind(kind);
    if (it == allWords().cend()) {
        return tr("Event of a kind that this version does not know: %1").arg(kind);
    }
    const auto back = takenBack().constFind(kind);
    const QString pattern
        = tr(back != takenBack().cend() && takesSomethingBack(envelope) ? *back : it->sentence);
    return filled(pattern, envelope);
}

QString filled(const QString &pattern, const Json &envelope)
{
    QString sentence;
    for (qsizetype at = 0; at < pattern.size();) {
        if (pattern.at(at) != u'%') {
            sentence += pattern.at(at++);
            continue;
        }
        qsizetype length = 0;
        sentence += visible(placeholder(envelope, QStringView(pattern).mid(at + 1), &length));
        at += 1 + length;
    }
    return sentence;
}

QString remarkOf(const Json &envelope, const Json &payload)
{
    const QString kind = envelope[u"kind"].toString();
    QString text = payload[u"text"].toString();
    if (text.isEmpty()) {
        text = payload[u"message"].toString();
    }
    if (text.isEmpty()) {
        text = payload[u"reason"].toString();
    }
    if (const QString whom = payload[u"name"].toString(); !whom.isEmpty()) {
        text = text.isEmpty() ? whom : QStringLiteral("%1: %2").arg(whom, text);
    }
    if (text.isEmpty() && kind == QLatin1String(event::caseGated)) {
        text = payload[u"gate_reasons"].toStrings().join(QLatin1Char(' '));
    }
    if (text.isEmpty() && kind.startsWith(QLatin1String("case."))) {
        text = payload[u"proposal"][u"impact"][u"sentence"].toString();
    }
    return text;
}

QString kindTitle(const QString &kind)
{
    if (kind == QLatin1String("case.")) {
        return tr("Everything about cases");
    }
    if (kind == QLatin1String("decision.")) {
        return tr("Decisions and their delivery");
    }
    const auto it = allWords().constFind(kind);
    return it == allWords().cend() ? kind : tr(it->title);
}

QString decisionChip(const QString &kind)
{
    const auto it = allWords().constFind(kind);
    return it == allWords().cend() || *it->chip == '\0' ? QString() : tr(it->chip);
}

} // namespace countersign
