// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/absences.h"

#include "domain/authority.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "services/caseevents.h"
#include "services/caseport.h"
#include "services/decisionrules.h"

namespace countersign {

namespace {

constexpr qint64 longestAbsenceMs = 366LL * 24 * 60 * 60 * 1000;
constexpr qsizetype mostRoles = 20;

/// One a currency, the last that was given.
Result<QStringList> limitsFrom(const QStringList &written)
{
    QMap<QString, Decimal> limits;
    for (const QString &text : written) {
        const auto limit = readLimit(text);
        if (!limit) {
            return fail(ErrorCode::InvalidInput,
                        tr("“%1” is no limit; write an amount and its currency, such as 1000EUR.")
                            .arg(text));
        }
        limits.insert(limit->first, limit->second);
    }
    QStringList kept;
    for (auto it = limits.cbegin(); it != limits.cend(); ++it) {
        kept.append(it->toString() + QLatin1Char(' ') + it.key());
    }
    return kept;
}

Result<void> checkRoles(const QStringList &roles)
{
    if (roles.size() > mostRoles) {
        return fail(ErrorCode::InvalidInput, tr("At most %1 roles a person.").arg(mostRoles));
    }
    for (const QString &role : roles) {
        if (!isRole(role)) {
            return fail(ErrorCode::InvalidInput,
                        tr("“%1” is no role; write a word such as finance.").arg(role));
        }
    }
    return {};
}

Result<void> checkAbsence(const Absence &absence, qint64 nowMs)
{
    if (absence.untilMs
        && (*absence.untilMs <= nowMs || *absence.untilMs > nowMs + longestAbsenceMs)) {
        return fail(ErrorCode::InvalidInput, tr("Give a time to come, within a year."));
    }
    if (!absence.untilMs && !absence.delegate.isEmpty()) {
        return fail(ErrorCode::InvalidInput, tr("Who is back needs nobody to act for them."));
    }
    if (absence.note.size() > CasePort::longestComment || !absence.note.isValidUtf16()) {
        return fail(ErrorCode::InvalidInput,
                    tr("A note has at most %1 characters.").arg(CasePort::longestComment));
    }
    return {};
}

/// What waits for somebody goes to another, with a note of why.
Result<void> handOver(Transaction &transaction, const Actor &actor, const Person &to,
                      const QString &note, AbsenceReceipt &receipt)
{
    const auto rows = transaction.caseRows({.states = {CaseState::Waiting}});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    for (const CaseRow &row : *rows) {
        if (row.assignee != receipt.person.id.toString()) {
            continue;
        }
        if (receipt.handedOver == CasePort::mostAtOnce) {
            ++receipt.left;
            continue;
        }
        const auto subject = existingCase(transaction, row.id);
        if (!subject) {
            return tl::unexpected<Error>(subject.error());
        }
        EventDraft draft = caseEvent(event::caseAssigned, actor, *subject);
        draft.fields = Json::object(
            {{key("assignee"), Json(to.id.toString())}, {key("assignee_name"), Json(to.name)}});
        draft.payload = textPayload(note);
        if (const auto appended = transaction.append(draft); !appended) {
            return tl::unexpected<Error>(appended.error());
        }
        ++receipt.handedOver;
    }
    return {};
}

} // namespace

Result<Person> recordAuthority(Transaction &transaction, const QString &whom,
                               const QStringList &roles, const QStringList &limits,
                               const PersonId &by)
{
    const auto actor
        = enrolledLead(transaction, by, tr("Only a lead can say what people may decide."));
    const auto person = personNamed(transaction, whom);
    if (!actor || !person) {
        return tl::unexpected<Error>(actor ? person.error() : actor.error());
    }
    QStringList wanted = roles;
    wanted.removeDuplicates();
    const auto kept = limitsFrom(limits);
    if (const auto checked = checkRoles(wanted); !checked || !kept) {
        return tl::unexpected<Error>(checked ? kept.error() : checked.error());
    }
    EventDraft draft{.kind = key(event::personAuthority), .actor = *actor};
    draft.fields = Json::object({{key("person"), Json(person->id.toString())},
                                 {key("name"), Json(person->name)},
                                 {key("roles"), Json::fromStrings(wanted)},
                                 {key("limits"), Json::fromStrings(*kept)}});
    if (const auto appended = transaction.append(draft); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    return personNamed(transaction, person->id.toString());
}

Result<AbsenceReceipt> recordAbsence(Transaction &transaction, const Absence &absence,
                                     const PersonId &by)
{
    const auto person = personNamed(transaction, absence.whom);
    if (!person) {
        return tl::unexpected<Error>(person.error());
    }
    const auto actor = by == person->id
        ? enrolledPerson(transaction, by)
        : enrolledLead(transaction, by, tr("Only a lead can say that somebody else is absent."));
    const auto delegate = absence.delegate.isEmpty() ? Result<Person>(Person())
                                                     : personNamed(transaction, absence.delegate);
    if (!actor || !delegate) {
        return tl::unexpected<Error>(actor ? delegate.error() : actor.error());
    }
    if (const auto checked = checkAbsence(absence, transaction.nowMs()); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    if (delegate->id == person->id) {
        return fail(ErrorCode::InvalidInput, tr("Nobody acts for themselves; name somebody else."));
    }
    EventDraft draft{.kind = key(event::personAbsent), .actor = *actor};
    draft.fields = Json::object(
        {{key("person"), Json(person->id.toString())}, {key("name"), Json(person->name)}});
    if (absence.untilMs) {
        draft.fields.set(key("until_ms"), Json(*absence.untilMs));
    }
    if (!delegate->id.isEmpty()) {
        draft.fields.set(key("delegate"), Json(delegate->id.toString()));
    }
    const QString note = absence.note.trimmed();
    if (!note.isEmpty()) {
        draft.payload = textPayload(note);
    }
    if (const auto appended = transaction.append(draft); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    AbsenceReceipt receipt{.person = *person};
    if (absence.untilMs && !delegate->id.isEmpty()) {
        const QString why = tr("%1 is absent until %2; %3 acts for them.")
                                .arg(person->name, isoTime(*absence.untilMs), delegate->name);
        const auto handed = handOver(transaction, *actor, *delegate,
                                     note.isEmpty() ? why : why + QLatin1Char(' ') + note, receipt);
        if (!handed) {
            return tl::unexpected<Error>(handed.error());
        }
    }
    auto now = personNamed(transaction, person->id.toString());
    if (!now) {
        return tl::unexpected<Error>(now.error());
    }
    receipt.person = std::move(*now);
    return receipt;
}

} // namespace countersign
