// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/assigner.h"

#include "domain/authority.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "services/caseevents.h"
#include "services/decisionrules.h"

#include <algorithm>
#include <limits>

namespace countersign {

namespace {

qint64 dueOf(const Case &subject)
{
    constexpr qint64 never = std::numeric_limits<qint64>::max();
    return std::min(subject.proposal.dueMs.value_or(never),
                    nextStepMs(subject.terms, subject.zeroPassedMs).value_or(never));
}

const Person *personNamed(const QList<Person> &people, const QString &name)
{
    const auto found = std::find_if(people.cbegin(), people.cend(), [&](const Person &one) -> bool {
        return one.id.toString() == name || one.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == people.cend() ? nullptr : &*found;
}

} // namespace

std::optional<Person> actingFor(const QList<Person> &people, const Person &person, qint64 nowMs)
{
    Person acting = person;
    for (qsizetype step = 0; step <= people.size(); ++step) {
        if (!acting.isAbsent(nowMs)) {
            return acting;
        }
        const Person *delegate = personNamed(people, acting.delegate.toString());
        if (delegate == nullptr || acting.delegate.isEmpty()) {
            return std::nullopt;
        }
        acting = *delegate;
    }
    return std::nullopt; // they represent each other
}

Assigner::Assigner(Transaction &transaction, const PolicyStanding &standing)
    : m_transaction(transaction),
      m_standing(standing)
{
}

/// Whether it stays with who has it: a person said so, or they are still among those named.
Result<bool> Assigner::isTaken(const Case &subject, const PolicyQueue &queue) const
{
    if (subject.assignee.isEmpty()) {
        return false;
    }
    const auto newest = m_transaction.events(
        {.limit = 1, .kind = key(event::caseAssigned), .caseId = subject.id});
    if (!newest) {
        return tl::unexpected<Error>(newest.error());
    }
    const bool byPerson = !newest->isEmpty() && newest->first().actor.startsWith(u"p-");
    const qint64 nowMs = m_transaction.nowMs();
    const auto isMeant = [&](const QString &name) -> bool {
        const Person *one = personNamed(subject.people, name);
        const auto acting
            = one != nullptr ? actingFor(subject.people, *one, nowMs) : std::optional<Person>();
        return acting && acting->id.toString() == subject.assignee;
    };
    return byPerson || std::any_of(queue.people.cbegin(), queue.people.cend(), isMeant);
}

Result<std::optional<Assigner::Choice>> Assigner::choose(const Case &subject,
                                                         const PolicyQueue &queue)
{
    if (!m_loads) {
        auto loads = m_transaction.workloads();
        if (!loads) {
            return tl::unexpected<Error>(loads.error());
        }
        m_loads = std::move(*loads);
    }
    const qint64 nowMs = m_transaction.nowMs();
    const qint64 dueMs = dueOf(subject);
    std::optional<Choice> best;
    for (const QString &name : queue.people) {
        const Person *named = personNamed(subject.people, name);
        const auto acting
            = named != nullptr ? actingFor(subject.people, *named, nowMs) : std::optional<Person>();
        if (!acting || !lackOf(subject, acting->id, DecisionKind::Approve, nowMs).isEmpty()) {
            continue;
        }
        const QList<qint64> load = m_loads->value(acting->id.toString());
        const Choice choice{*acting,
                            std::count_if(load.cbegin(), load.cend(),
                                          [&](qint64 due) -> bool { return due < dueMs; }),
                            load.size()};
        if (!best || std::pair(choice.before, choice.all) < std::pair(best->before, best->all)) {
            best = choice;
        }
    }
    return best;
}

Result<void> Assigner::suggest(const CaseId &id, const QString &handedOver)
{
    if (!m_standing.evaluator) {
        return {};
    }
    const auto subject = existingCase(m_transaction, id);
    if (!subject) {
        return tl::unexpected<Error>(subject.error());
    }
    const PolicyQueue *queue = m_standing.evaluator->policy().queue(subject->queue);
    if (queue == nullptr || queue->people.isEmpty() || subject->state != CaseState::Waiting
        || subject->purpose == Purpose::SpotCheck) {
        return {};
    }
    const auto taken = handedOver.isEmpty() ? isTaken(*subject, *queue) : Result<bool>(false);
    if (!taken || *taken) {
        return taken ? Result<void>() : tl::unexpected<Error>(taken.error());
    }
    const auto choice = choose(*subject, *queue);
    if (!choice || !*choice || (*choice)->person.id.toString() == subject->assignee) {
        return choice ? Result<void>() : tl::unexpected<Error>(choice.error());
    }
    const Person &person = (*choice)->person;
    EventDraft draft
        = caseEvent(event::caseAssigned, Actor::policy(m_standing.record.name()), *subject);
    draft.fields = Json::object({{key("assignee"), Json(person.id.toString())},
                                 {key("assignee_name"), Json(person.name)},
                                 {key("queue"), Json(queue->name)}});
    const QString why = tr("%1 takes %2 and has %3 cases waiting, %4 of them due before this one.")
                            .arg(person.name, queue->name)
                            .arg((*choice)->all)
                            .arg((*choice)->before);
    draft.payload = textPayload(handedOver.isEmpty() ? why : handedOver + QLatin1Char(' ') + why);
    if (const auto appended = m_transaction.append(draft); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    (*m_loads)[person.id.toString()].append(dueOf(*subject));
    return {};
}

} // namespace countersign
