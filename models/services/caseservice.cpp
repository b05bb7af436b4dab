// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/caseservice.h"

#include "domain/json.h"
#include "domain/translate.h"
#include "services/caseevents.h"
#include "services/decisionrules.h"
#include "services/people.h"

#include <QRegularExpression>

#include <algorithm>

namespace countersign {

namespace {

constexpr qint64 dayMs = 24LL * 60 * 60 * 1000;
constexpr qint64 longestAsideMs = 366 * dayMs;
constexpr qint64 longestFollowUpMs = 5 * 366 * dayMs;

/// What is to be recorded about one case; nothing where it is so already.
using Note = std::function<Result<std::optional<EventDraft>>(const Actor &, const Case &)>;

Result<void> note(Transaction &transaction, const CaseId &id, const Actor &actor, const Note &make)
{
    const auto subject = existingCase(transaction, id);
    const auto draft = subject
        ? make(actor, *subject)
        : Result<std::optional<EventDraft>>(tl::unexpected<Error>(subject.error()));
    if (!draft || !*draft) {
        return draft ? Result<void>() : tl::unexpected<Error>(draft.error());
    }
    return transaction.append(**draft).map([](const EventRecord &) -> void {});
}

Result<void> noteAll(Transaction &transaction, const QList<CaseId> &ids, const PersonId &person,
                     const Note &make)
{
    const auto actor = enrolledPerson(transaction, person);
    if (!actor) {
        return tl::unexpected<Error>(actor.error());
    }
    if (ids.isEmpty() || ids.size() > CasePort::mostAtOnce) {
        return fail(ErrorCode::InvalidInput, tr("Choose 1 to %1 cases.").arg(CasePort::mostAtOnce));
    }
    for (const CaseId &id : ids) {
        if (auto noted = note(transaction, id, *actor, make); !noted) {
            return ids.size() == 1
                ? noted
                : fail(noted.error().code,
                       tr("%1: %2 Nothing was changed.").arg(id.toString(), noted.error().text),
                       noted.error().detail);
        }
    }
    return {};
}

Result<void> checkTime(const std::optional<qint64> &ms, qint64 nowMs, qint64 longestMs)
{
    if (ms && (*ms <= nowMs || *ms > nowMs + longestMs)) {
        return fail(ErrorCode::InvalidInput,
                    *ms <= nowMs
                        ? tr("Give a time to come.")
                        : tr("That is too far away; at most %1 days.").arg(longestMs / dayMs));
    }
    return {};
}

Result<std::optional<EventDraft>> asideOf(const Aside &aside, const Actor &actor,
                                          const Case &subject)
{
    if (subject.state != CaseState::Waiting && subject.state != CaseState::Trouble
        && subject.state != CaseState::Failed) {
        return fail(ErrorCode::NotAllowed, tr("Only what waits can be set aside."));
    }
    const auto until
        = aside.untilChange ? std::optional<qint64>(untilSomethingChanges) : aside.untilMs;
    if (until == subject.setAsideUntilMs && !subject.back) {
        return std::nullopt;
    }
    EventDraft draft = caseEvent(event::caseSetAside, actor, subject);
    if (aside.untilChange) {
        draft.fields.set(key("until_change"), Json(true));
    } else if (until) {
        draft.fields.set(key("until_ms"), Json(*until));
    }
    return draft;
}

struct Assignee
{
    QString person; ///< an id, where enrolled
    QString name;
};

Result<Assignee> assigneeOf(Transaction &transaction, const QString &whom)
{
    const auto persons = transaction.persons();
    if (!persons) {
        return tl::unexpected<Error>(persons.error());
    }
    for (const Person &person : *persons) {
        if (whom == person.id.toString() || person.name.compare(whom, Qt::CaseInsensitive) == 0) {
            return Assignee{person.id.toString(), person.name};
        }
    }
    static const QRegularExpression id(QStringLiteral("^p-[0-9]+$"));
    if (id.match(whom).hasMatch()) {
        return fail(ErrorCode::NotFound, tr("Nobody is enrolled as %1.").arg(whom));
    }
    if (!whom.isEmpty() && !isUsableName(whom)) {
        return fail(ErrorCode::InvalidInput,
                    tr("A name has 1 to %1 printable characters.").arg(longestName));
    }
    return Assignee{{}, whom};
}

Result<std::optional<EventDraft>> assignmentOf(const Assignee &assignee, const Actor &actor,
                                               const Case &subject, const QString &note)
{
    if (subject.assignee == (assignee.person.isEmpty() ? assignee.name : assignee.person)) {
        return std::nullopt;
    }
    EventDraft draft = caseEvent(event::caseAssigned, actor, subject);
    if (!assignee.person.isEmpty()) {
        draft.fields.set(key("assignee"), Json(assignee.person));
        draft.fields.set(key("assignee_name"), Json(assignee.name));
    } else if (!assignee.name.isEmpty()) {
        draft.payload = Json::object({{key("name"), Json(assignee.name)}});
    }
    if (!note.isEmpty()) {
        draft.payload = draft.payload.value_or(Json::object());
        draft.payload->set(key("text"), Json(note));
    }
    return draft;
}

} // namespace

CaseService::CaseService(Store &store) : m_store(store) { }

QFuture<Result<void>> CaseService::setAside(const QList<CaseId> &ids, const Aside &aside,
                                            const PersonId &person)
{
    return m_store.write<void>([=](Transaction &transaction) -> Result<void> {
        auto checked = checkTime(aside.untilMs, transaction.nowMs(), longestAsideMs);
        return checked ? noteAll(transaction, ids, person,
                                 [&](const Actor &actor, const Case &subject) {
                                     return asideOf(aside, actor, subject);
                                 })
                       : checked;
    });
}

QFuture<Result<void>> CaseService::assign(const QList<CaseId> &ids, const QString &whom,
                                          const PersonId &person, const QString &note)
{
    return m_store.write<void>(
        [=, said = note.trimmed()](Transaction &transaction) -> Result<void> {
            const auto assignee = assigneeOf(transaction, whom.trimmed());
            if (said.size() > longestComment || !said.isValidUtf16()) {
                return fail(ErrorCode::InvalidInput,
                            tr("A note has at most %1 characters.").arg(longestComment));
            }
            if (!said.isEmpty() && whom.trimmed().isEmpty()) {
                return fail(ErrorCode::InvalidInput, tr("A note goes to somebody; say to whom."));
            }
            return assignee ? noteAll(transaction, ids, person,
                                      [&](const Actor &actor, const Case &subject) {
                                          return assignmentOf(*assignee, actor, subject, said);
                                      })
                            : tl::unexpected<Error>(assignee.error());
        });
}

QFuture<Result<void>> CaseService::comment(const QList<CaseId> &ids, const QString &text,
                                           const PersonId &person)
{
    return m_store.write<void>(
        [=, said = text.trimmed()](Transaction &transaction) -> Result<void> {
            if (said.isEmpty() || said.size() > longestComment || !said.isValidUtf16()) {
                return fail(ErrorCode::InvalidInput,
                            said.isEmpty()
                                ? tr("Write something first.")
                                : tr("A comment has at most %1 characters.").arg(longestComment));
            }
            return noteAll(
                transaction, ids, person,
                [&](const Actor &actor, const Case &subject) -> Result<std::optional<EventDraft>> {
                    EventDraft draft = caseEvent(event::caseCommented, actor, subject);
                    draft.payload = textPayload(said);
                    return draft;
                });
        });
}

QFuture<Result<void>> CaseService::setFollowUp(const QList<CaseId> &ids,
                                               std::optional<qint64> whenMs, const PersonId &person)
{
    return m_store.write<void>([=](Transaction &transaction) -> Result<void> {
        auto checked = checkTime(whenMs, transaction.nowMs(), longestFollowUpMs);
        return checked
            ? noteAll(
                transaction, ids, person,
                [&](const Actor &actor, const Case &subject) -> Result<std::optional<EventDraft>> {
                    if (subject.followUpMs == whenMs) {
                        return std::nullopt;
                    }
                    EventDraft draft = caseEvent(event::caseFollowUp, actor, subject);
                    if (whenMs) {
                        draft.fields.set(key("follow_up_ms"), Json(*whenMs));
                    }
                    return draft;
                })
            : checked;
    });
}

} // namespace countersign
