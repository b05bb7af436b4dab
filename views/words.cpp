// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/words.h"

#include "domain/translate.h"
#include "views/carewords.h"
#include "views/foreigntext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace countersign::words {

namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 wholeDay = 24 * hour;

} // namespace

QString of(Risk risk)
{
    switch (risk) {
    case Risk::Low:
        return tr("Low risk");
    case Risk::Medium:
        return tr("Medium risk");
    case Risk::High:
        return tr("High risk");
    case Risk::Unknown:
        break;
    }
    return tr("Unknown risk");
}

QString of(CaseState state)
{
    switch (state) {
    case CaseState::Waiting:
        return tr("Waiting");
    case CaseState::Held:
        return tr("Held");
    case CaseState::Sending:
        return tr("Sending");
    case CaseState::Delivered:
        return tr("Delivered");
    case CaseState::Superseded:
        return tr("Superseded");
    case CaseState::Failed:
        return tr("Failed");
    case CaseState::Withdrawn:
        return tr("Withdrawn by the agent");
    case CaseState::Marked:
        return tr("Marked");
    case CaseState::Trouble:
        break;
    }
    return tr("In trouble");
}

QString of(Reversibility reversibility)
{
    switch (reversibility) {
    case Reversibility::Reversible:
        return tr("Can be undone");
    case Reversibility::Costly:
        return tr("Costly to undo");
    case Reversibility::Irreversible:
        return tr("Cannot be undone");
    case Reversibility::Unknown:
        break;
    }
    return tr("Not known whether it can be undone");
}

QString of(DecisionKind kind)
{
    switch (kind) {
    case DecisionKind::Approve:
        return tr("Approve");
    case DecisionKind::Edit:
        return tr("Edit");
    case DecisionKind::Reject:
        return tr("Reject");
    case DecisionKind::Respond:
        return tr("Send back");
    case DecisionKind::Ignore:
        break;
    }
    return tr("Ignore");
}

QString of(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Correct:
        return tr("Correct");
    case Verdict::MinorEdit:
        return tr("Minor edit");
    case Verdict::Wrong:
        break;
    }
    return tr("Wrong");
}

Verdict verdictOf(DecisionKind kind)
{
    return kind == DecisionKind::Approve ? Verdict::Correct
        : kind == DecisionKind::Edit     ? Verdict::MinorEdit
                                         : Verdict::Wrong;
}

QString past(DecisionKind kind)
{
    switch (kind) {
    case DecisionKind::Approve:
        return tr("Approved");
    case DecisionKind::Edit:
        return tr("Approved with changes");
    case DecisionKind::Reject:
        return tr("Rejected");
    case DecisionKind::Respond:
        return tr("Sent back");
    case DecisionKind::Ignore:
        break;
    }
    return tr("Ignored");
}

QString under(DecisionKind kind)
{
    switch (kind) {
    case DecisionKind::Approve:
    case DecisionKind::Edit:
        return tr("Approving…");
    case DecisionKind::Reject:
        return tr("Rejecting…");
    case DecisionKind::Respond:
        return tr("Sending back…");
    case DecisionKind::Ignore:
        break;
    }
    return tr("Ignoring…");
}

QString of(InboxQueue queue)
{
    switch (queue) {
    case InboxQueue::Open:
        return tr("All open");
    case InboxQueue::Waiting:
        return tr("Waiting for me");
    case InboxQueue::Mine:
        return tr("Assigned to me");
    case InboxQueue::FollowUp:
        return tr("Follow up");
    case InboxQueue::SpotCheck:
        return tr("Spot check");
    case InboxQueue::Overdue:
        return tr("Overdue");
    case InboxQueue::Trouble:
        return tr("Trouble");
    case InboxQueue::SetAside:
        return tr("Set aside");
    case InboxQueue::Underway:
        return tr("Held and sending");
    case InboxQueue::DecidedToday:
        return tr("Decided today");
    case InboxQueue::Any:
        break;
    }
    return tr("Every case");
}

QString of(InboxColumn column)
{
    switch (column) {
    case InboxColumn::Due:
        return tr("Due");
    case InboxColumn::Risk:
        return tr("Risk");
    case InboxColumn::Age:
        return tr("Age");
    case InboxColumn::Amount:
        return tr("Amount");
    case InboxColumn::Confidence:
        return tr("Confidence");
    case InboxColumn::CaseType:
        return tr("Case type");
    case InboxColumn::Action:
        return tr("Action");
    case InboxColumn::Agent:
        return tr("Agent");
    case InboxColumn::Endpoint:
        return tr("Endpoint");
    case InboxColumn::Queue:
        break;
    }
    return tr("Queue");
}

QString of(InboxGroup group)
{
    switch (group) {
    case InboxGroup::None:
        break;
    case InboxGroup::CaseType:
        return tr("By case type");
    case InboxGroup::Action:
        return tr("By action");
    case InboxGroup::Queue:
        return tr("By queue");
    case InboxGroup::Due:
        return tr("By due time");
    }
    return tr("No groups");
}

QString of(DueBand band)
{
    switch (band) {
    case DueBand::Overdue:
        return tr("Overdue");
    case DueBand::Hour:
        return tr("Due within the hour");
    case DueBand::Today:
        return tr("Due today");
    case DueBand::Tomorrow:
        return tr("Due tomorrow");
    case DueBand::Week:
        return tr("Due this week");
    case DueBand::Later:
        return tr("Due later");
    case DueBand::None:
        break;
    }
    return tr("Without a due time");
}

QString amount(const Decimal &amount)
{
    QString text = amount.toString();
    if (text.contains(QLatin1Char('e'), Qt::CaseInsensitive)) {
        return text;
    }
    const qsizetype first = text.startsWith(QLatin1Char('-')) ? 1 : 0;
    qsizetype end = text.indexOf(QLatin1Char('.'));
    end = end < 0 ? text.size() : end;
    for (qsizetype at = end - 3; at > first; at -= 3) {
        text.insert(at, QLatin1Char(','));
    }
    return text;
}

QString amount(const Impact &impact)
{
    if (!impact.amount) {
        return {};
    }
    const QString figure = amount(*impact.amount);
    return impact.currency.isEmpty()
        ? figure
        : QStringLiteral("%1 %2").arg(figure, foreignLine(impact.currency, 12));
}

QString confidence(const std::optional<Decimal> &confidence)
{
    return confidence ? QString::number(confidence->toDouble(), 'f', 2) : QStringLiteral("–");
}

QString count(qint64 count)
{
    QLocale locale = QLocale::c(); // as amounts are written
    locale.setNumberOptions(locale.numberOptions() & ~QLocale::OmitGroupSeparator);
    return locale.toString(count);
}

QString span(qint64 ms)
{
    const qint64 length = qMax<qint64>(0, ms);
    if (length < minute) {
        return tr("%1 s").arg(length / second);
    }
    if (length < hour) {
        return tr("%1 min").arg(length / minute);
    }
    if (length < 2 * wholeDay) {
        return tr("%1 h").arg(length / hour);
    }
    return tr("%1 d").arg(length / wholeDay);
}

QString time(qint64 ms, bool exact)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(exact ? QStringLiteral("yyyy-MM-dd HH:mm:ss")
                                                             : QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString due(qint64 dueMs, qint64 nowMs)
{
    return dueMs >= nowMs ? tr("due in %1").arg(span(dueMs - nowMs))
                          : tr("overdue %1").arg(span(nowMs - dueMs));
}

QStringList signs(const Pace &pace)
{
    QStringList told;
    for (const LookSign &sign : pace.signs) {
        const QString cases = count(sign.cases);
        switch (sign.kind) {
        case LookSign::Kind::TooQuick:
            told.append(tr("%1 long cases answered in under 2 s").arg(cases));
            break;
        case LookSign::Kind::OneAnswer:
            told.append(tr("the last %1 all answered alike").arg(cases));
            break;
        case LookSign::Kind::NothingOpened:
            told.append(tr("nothing unfolded in the last %1").arg(cases));
            break;
        case LookSign::Kind::NeverDiffers:
            told.append(tr("all %1 as proposed").arg(cases));
            break;
        }
    }
    return told;
}

QString pace(const Pace &pace)
{
    QStringList parts{
        QCoreApplication::translate("Words", "%n decided today", nullptr, pace.decided)};
    if (pace.medianMs) {
        parts.append(tr("median %1").arg(span(*pace.medianMs)));
    }
    if (pace.edits > 0) {
        parts.append(pace.edits == 1
                         ? QCoreApplication::translate("Words", "1 edit")
                         : QCoreApplication::translate("Words", "%n edits", nullptr, pace.edits));
    }
    if (pace.sentBack > 0) {
        parts.append(tr("%1 sent back").arg(count(pace.sentBack)));
    }
    if (pace.rejected > 0) {
        parts.append(tr("%1 rejected").arg(count(pace.rejected)));
    }
    if (pace.marked > 0) {
        parts.append(tr("%1 marked").arg(count(pace.marked)));
    }
    parts.append(tr("%1 as proposed").arg(count(pace.agreed)));
    QString text = parts.join(QStringLiteral(", "));
    if (const QStringList signs = words::signs(pace); !signs.isEmpty() && !pace.hurry) {
        text += QLatin1Char('\n')
            + tr("Worth a thought: %1.").arg(signs.join(QStringLiteral(" · ")));
    }
    if (const auto &hurry = pace.hurry) {
        const auto kind = fromWord<DecisionKind>(hurry->answer);
        const auto verdict = fromWord<Verdict>(hurry->answer);
        text += QLatin1Char('\n')
            + tr("The last %1 were all answered “%2”, about %3 each, with nothing opened; reading "
                 "one takes about %4. If they need no look, ask your lead for a higher threshold.")
                  .arg(count(hurry->streak),
                       kind          ? of(*kind)
                           : verdict ? of(*verdict)
                                     : hurry->answer,
                       span(hurry->medianMs), span(hurry->floorMs));
    }
    return text;
}

QString sentence(const InboxRow &row, qint64 nowMs)
{
    QStringList parts{foreignLine(row.headline, 160)};
    if (row.impact.amount) {
        parts.append(amount(row.impact));
    }
    parts.append(of(row.risk));
    parts.append(row.veiled           ? tr("confidence hidden")
                     : row.confidence ? tr("confidence %1").arg(confidence(row.confidence))
                                      : tr("confidence unknown"));
    if (row.state != CaseState::Waiting) {
        parts.append(of(row.state));
    }
    if (row.of > 1) {
        parts.append(tr("part %1 of %2").arg(row.part).arg(row.of));
    }
    if (row.dueMs) {
        parts.append(due(*row.dueMs, nowMs));
    }
    parts.append(tr("asked %1 ago").arg(span(nowMs - row.createdMs)));
    parts += minding(row, nowMs);
    if (!row.subject.isEmpty()) {
        parts.append(foreignLine(row.subject, 160));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace countersign::words
