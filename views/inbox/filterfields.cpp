// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/filterfields.h"

#include "domain/translate.h"
#include "views/foreigntext.h"
#include "views/words.h"


namespace countersign {

namespace {

constexpr int namedValues = 3; // a chip counts the rest

/// The list of texts behind a field; null where it is none.
QStringList *textsOf(InboxFilter &filter, FilterField field)
{
    switch (field) {
    case FilterField::CaseType:
        return &filter.caseTypes;
    case FilterField::Action:
        return &filter.actions;
    case FilterField::Agent:
        return &filter.agents;
    case FilterField::Endpoint:
        return &filter.endpoints;
    case FilterField::Queue:
        return &filter.queues;
    case FilterField::Assignee:
        return &filter.assignees;
    default:
        return nullptr;
    }
}

/// Whoever looks, first of all, and what nobody minds.
QMap<QString, int> assigneesOf(const InboxCounts &counts)
{
    QMap<QString, int> there = counts.assignees;
    there.insert(assignedToNobody, there.take(QString()));
    there.insert(assignedToMe, counts.mine);
    return there;
}

QMap<QString, int> countsOf(const InboxCounts &counts, FilterField field)
{
    switch (field) {
    case FilterField::CaseType:
        return counts.caseTypes;
    case FilterField::Action:
        return counts.actions;
    case FilterField::Agent:
        return counts.agents;
    case FilterField::Endpoint:
        return counts.endpoints;
    case FilterField::Queue:
        return counts.caseQueues;
    case FilterField::Assignee:
        return assigneesOf(counts);
    default:
        return {};
    }
}

QString riskWord(Risk risk)
{
    switch (risk) {
    case Risk::Low:
        return tr("low");
    case Risk::Medium:
        return tr("medium");
    case Risk::High:
        return tr("high");
    case Risk::Unknown:
        break;
    }
    return tr("unknown");
}

constexpr Risk worstFirst[] = {Risk::High, Risk::Medium, Risk::Low, Risk::Unknown};
constexpr CaseState allStates[]
    = {CaseState::Waiting,   CaseState::Held,       CaseState::Sending,
       CaseState::Delivered, CaseState::Superseded, CaseState::Failed,
       CaseState::Trouble,   CaseState::Marked,     CaseState::Withdrawn};

QString textOf(FilterField field, const QString &key, const EndpointName &name)
{
    switch (field) {
    case FilterField::Risk:
        return riskWord(fromWord<Risk>(key).value_or(Risk::Unknown));
    case FilterField::State:
        return words::of(fromWord<CaseState>(key).value_or(CaseState::Waiting));
    case FilterField::Endpoint:
        return foreignName(name(key));
    case FilterField::Assignee:
        return key == assignedToMe    ? tr("me")
            : key == assignedToNobody ? tr("nobody")
                                      : foreignName(key);
    default:
        return key.isEmpty() ? tr("none named") : foreignName(key);
    }
}

QStringList chosenOf(const InboxFilter &filter, FilterField field)
{
    QStringList keys;
    if (field == FilterField::Risk) {
        for (const Risk risk : worstFirst) {
            if (filter.risks.contains(risk)) {
                keys.append(toWord(risk));
            }
        }
    } else if (field == FilterField::State) {
        for (const CaseState state : filter.states) {
            keys.append(toWord(state));
        }
    } else if (InboxFilter copy = filter; const QStringList *texts = textsOf(copy, field)) {
        keys = *texts;
    }
    return keys;
}

QString confidenceWords(const InboxFilter &filter)
{
    if (!filter.knownConfidence) {
        return filter.unknownConfidence ? tr("unknown") : tr("neither known nor unknown");
    }
    const bool ranged = filter.minConfidence || filter.maxConfidence;
    const QString low = words::confidence(filter.minConfidence.value_or(Decimal()));
    const QString high = filter.maxConfidence ? words::confidence(filter.maxConfidence) : QString();
    const QString range = !ranged ? tr("known")
        : high.isEmpty()          ? tr("from %1").arg(low)
        : filter.minConfidence    ? tr("%1 to %2").arg(low, high)
                                  : tr("up to %1").arg(high);
    return filter.unknownConfidence ? tr("%1, or unknown").arg(range) : range;
}

QString amountWords(const AmountRange &range)
{
    const QString low = range.min ? words::amount(*range.min) : QString();
    const QString high = range.max ? words::amount(*range.max) : QString();
    const QString bounds = range.min && range.max ? tr("%1 to %2").arg(low, high)
        : range.min                               ? tr("from %1").arg(low)
        : range.max                               ? tr("up to %1").arg(high)
                                                  : tr("any");
    return range.currency.isEmpty() ? bounds
                                    : tr("%1 %2").arg(bounds, foreignLine(range.currency, 12));
}

QString dueWords(const InboxFilter &filter)
{
    if (!filter.dueWithinMs) {
        return tr("none");
    }
    const QString by = *filter.dueWithinMs == 0
        ? tr("overdue")
        : tr("within %1").arg(words::span(*filter.dueWithinMs));
    return filter.withoutDue ? tr("%1, or none").arg(by) : by;
}

QString ageWords(const InboxFilter &filter)
{
    const QString low = words::span(filter.minAgeMs.value_or(0));
    const QString high = words::span(filter.maxAgeMs.value_or(0));
    return !filter.maxAgeMs ? tr("over %1").arg(low)
        : filter.minAgeMs   ? tr("%1 to %2").arg(low, high)
                            : tr("under %1").arg(high);
}

} // namespace

bool restricts(const InboxFilter &filter, FilterField field)
{
    InboxFilter released = filter;
    release(released, field);
    return released != filter;
}

void release(InboxFilter &filter, FilterField field)
{
    const InboxFilter plain;
    switch (field) {
    case FilterField::Risk:
        filter.risks.clear();
        break;
    case FilterField::State:
        filter.states.clear();
        break;
    case FilterField::Confidence:
        filter.knownConfidence = plain.knownConfidence;
        filter.unknownConfidence = plain.unknownConfidence;
        filter.minConfidence = filter.maxConfidence = std::nullopt;
        break;
    case FilterField::Amount:
        filter.amounts.clear();
        break;
    case FilterField::Due:
        filter.dueWithinMs.reset();
        filter.withoutDue = false;
        break;
    case FilterField::Age:
        filter.minAgeMs = filter.maxAgeMs = std::nullopt;
        break;
    default:
        textsOf(filter, field)->clear();
    }
}

QList<FieldValue> valuesOf(const InboxFilter &filter, FilterField field, const InboxCounts &counts,
                           const EndpointName &name)
{
    QList<FieldValue> values;
    QStringList missing = chosenOf(filter, field);
    const auto add = [&](const QString &key, int count) -> void {
        values.append({key, textOf(field, key, name), count, missing.removeAll(key) > 0});
    };
    if (field == FilterField::Risk) {
        for (const Risk risk : worstFirst) {
            add(toWord(risk), counts.risks.value(risk));
        }
        return values;
    }
    if (field == FilterField::State) {
        for (const CaseState state : allStates) {
            if (counts.states.value(state) > 0 || filter.states.contains(state)) {
                add(toWord(state), counts.states.value(state));
            }
        }
        return values;
    }
    if (field == FilterField::Assignee) {
        for (const QString &key : {QString(assignedToMe), QString(assignedToNobody)}) {
            add(key, -1);
        }
        for (const QString &key : QStringList(missing)) {
            add(key, -1);
        }
        return values;
    }
    const QMap<QString, int> there = countsOf(counts, field);
    for (auto it = there.cbegin(); it != there.cend(); ++it) {
        add(it.key(), it.value());
    }
    for (const QString &key : QStringList(missing)) {
        add(key, 0);
    }
    std::sort(values.begin(), values.end(), [](const FieldValue &a, const FieldValue &b) -> bool {
        return isTextBefore(a.text, b.text);
    });
    return values;
}

void setValues(InboxFilter &filter, FilterField field, const QStringList &keys)
{
    release(filter, field);
    for (const QString &key : keys) {
        if (field == FilterField::Risk) {
            filter.risks.append(fromWord<Risk>(key).value_or(Risk::Unknown));
        } else if (field == FilterField::State) {
            filter.states.append(fromWord<CaseState>(key).value_or(CaseState::Waiting));
        } else if (QStringList *texts = textsOf(filter, field)) {
            texts->append(key);
        }
    }
}

namespace words {

QString of(FilterField field)
{
    switch (field) {
    case FilterField::CaseType:
        return tr("Case type");
    case FilterField::Action:
        return tr("Action");
    case FilterField::Agent:
        return tr("Agent");
    case FilterField::Endpoint:
        return tr("Endpoint");
    case FilterField::Queue:
        return tr("Queue");
    case FilterField::Assignee:
        return tr("Assigned to");
    case FilterField::Risk:
        return tr("Risk");
    case FilterField::Confidence:
        return tr("Confidence");
    case FilterField::Amount:
        return tr("Amount");
    case FilterField::Due:
        return tr("Due");
    case FilterField::Age:
        return tr("Age");
    case FilterField::State:
        break;
    }
    return tr("State");
}

QString chip(const InboxFilter &filter, FilterField field, const EndpointName &name)
{
    QStringList said;
    switch (field) {
    case FilterField::Confidence:
        said.append(confidenceWords(filter));
        break;
    case FilterField::Amount:
        for (const AmountRange &range : filter.amounts) {
            said.append(amountWords(range));
        }
        break;
    case FilterField::Due:
        said.append(dueWords(filter));
        break;
    case FilterField::Age:
        said.append(ageWords(filter));
        break;
    default:
        for (const QString &key : chosenOf(filter, field)) {
            said.append(textOf(field, key, name));
        }
    }
    const auto more = int(said.size()) - namedValues;
    QString list = said.mid(0, namedValues).join(QStringLiteral(", "));
    list = more > 0 ? tr("%1 and %2 more").arg(list, count(more)) : list;
    return tr("%1: %2").arg(of(field), list);
}

QString brief(const InboxFilter &filter, const EndpointName &name)
{
    QStringList said;
    if (!filter.text.isEmpty()) {
        said.append(filter.text);
    }
    for (const FilterField field : allFilterFields) {
        if (restricts(filter, field)) {
            said.append(chip(filter, field, name).section(QStringLiteral(": "), 1));
        }
    }
    if (said.isEmpty()) {
        said.append(of(filter.queue));
    }
    return said.join(QStringLiteral(", ")).left(60);
}

} // namespace words

} // namespace countersign
