// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/reviewservice.h"

#include "domain/json.h"
#include "domain/translate.h"
#include "services/caseevents.h"
#include "services/decisionrules.h"

namespace countersign {

namespace {

constexpr qsizetype longestReason = 10'000;

Result<void> appended(const Result<EventRecord> &record)
{
    return record ? Result<void>() : tl::unexpected<Error>(record.error());
}

Result<void> record(Transaction &transaction, const MarkRequest &request)
{
    const auto subject = existingCase(transaction, request.caseId);
    const auto actor = enrolledPerson(transaction, request.person);
    if (!subject || !actor) {
        return tl::unexpected<Error>(subject ? actor.error() : subject.error());
    }
    if (subject->purpose != Purpose::SpotCheck) {
        return fail(ErrorCode::NotAllowed,
                    tr("Only spot checks are marked; this case is decided instead."));
    }
    if (request.digest != subject->digest) {
        return fail(ErrorCode::Changed, tr("This is not what you looked at; look again."));
    }
    const QString reason = request.reason.trimmed();
    if (reason.size() > longestReason || !reason.isValidUtf16()) {
        return fail(ErrorCode::InvalidInput,
                    tr("The reason is too long; at most %1 characters.").arg(longestReason));
    }
    if (reason.isEmpty() && request.verdict != Verdict::Correct) {
        return fail(ErrorCode::InvalidInput, tr("Say in a few words what is not right."));
    }
    EventDraft draft = caseEvent(event::verdictMarked, *actor, *subject);
    draft.fields = Json::object(
        {{key("verdict"), Json(toWord(request.verdict))}, {key("digest"), Json(subject->digest)}});
    addLook(draft.fields, request.look);
    draft.payload = Json::object({{key("reason"), Json(reason)}});
    return appended(transaction.append(draft));
}

Result<void> record(Transaction &transaction, const CommitRequest &request)
{
    const auto subject = existingCase(transaction, request.caseId);
    const auto actor = enrolledPerson(transaction, request.person);
    if (!subject || !actor) {
        return tl::unexpected<Error>(subject ? actor.error() : subject.error());
    }
    if (subject->state != CaseState::Waiting || subject->purpose == Purpose::SpotCheck
        || !subject->proposal.allowed.testFlag(request.answer)) {
        return fail(ErrorCode::NotAllowed,
                    tr("This case does not wait for “%1”.").arg(toWord(request.answer)));
    }
    if (request.digest != subject->digest) {
        return fail(ErrorCode::Changed,
                    tr("The proposal changed since you looked; look again before you answer."));
    }
    const auto before = transaction.commitment(subject->id, request.person, subject->digest);
    if (!before || *before) {
        return before ? fail(ErrorCode::AlreadyDecided, tr("Your own answer stands already."))
                      : tl::unexpected<Error>(before.error());
    }
    EventDraft draft = caseEvent(event::reviewCommitted, *actor, *subject);
    draft.fields = Json::object(
        {{key("digest"), Json(subject->digest)}, {key("answer"), Json(toWord(request.answer))}});
    addLook(draft.fields, request.look);
    return appended(transaction.append(draft));
}

Result<void> checkSetting(const SettingRequest &request)
{
    const bool needsShare = request.name == QLatin1String(setting::spotCheckRate);
    const bool known = needsShare || request.name == QLatin1String(setting::blindRate)
        || request.name == QLatin1String(setting::knownAnswerRate);
    if (!known) {
        return fail(ErrorCode::InvalidInput,
                    tr("There is no setting “%1”.").arg(request.name.left(80)));
    }
    const bool off = request.value == u"0";
    if (off && needsShare) {
        return fail(ErrorCode::InvalidInput,
                    tr("Spot checks cannot be switched off: what is never looked at cannot be "
                       "known. Give a share above 0."));
    }
    if (!off && !isShare(request.value)) {
        return fail(ErrorCode::InvalidInput,
                    tr("“%1” is no share; give a decimal above 0 and up to 1.")
                        .arg(request.value.left(80)));
    }
    if (!request.forPerson.isEmpty() && request.name != QLatin1String(setting::blindRate)) {
        return fail(ErrorCode::InvalidInput, tr("This setting is for everybody alike."));
    }
    return {};
}

Result<void> record(Transaction &transaction, const SettingRequest &request)
{
    const auto actor = enrolledPerson(transaction, request.person);
    const auto persons = transaction.persons();
    if (!actor || !persons) {
        return tl::unexpected<Error>(actor ? persons.error() : actor.error());
    }
    if (auto checked = checkSetting(request); !checked) {
        return checked;
    }
    const auto isKnown = [&](const PersonId &id) -> bool {
        return std::any_of(persons->cbegin(), persons->cend(),
                           [&](const Person &one) -> bool { return one.id == id; });
    };
    if (!request.forPerson.isEmpty() && !isKnown(request.forPerson)) {
        return fail(ErrorCode::NotFound,
                    tr("Nobody %1 is enrolled.").arg(request.forPerson.toString()));
    }
    const bool leads
        = std::any_of(persons->cbegin(), persons->cend(), [&](const Person &one) -> bool {
              return one.id == request.person
                  && (one.role == u"lead" || one.id == persons->first().id); // or the owner
          });
    const bool ownBlindness
        = request.name == QLatin1String(setting::blindRate) && request.forPerson == request.person;
    const auto before = transaction.setting(request.name, request.forPerson);
    if (!before) {
        return tl::unexpected<Error>(before.error());
    }
    const bool less
        = Decimal::parse(request.value) < Decimal::parse(*before); // nothing is the least
    if (!leads && (!ownBlindness || less)) {
        return fail(ErrorCode::NotAllowed,
                    ownBlindness ? tr("Only a lead can lower this.")
                                 : tr("Only a lead can set this."));
    }
    EventDraft draft{.kind = key(event::settingChanged), .actor = *actor};
    draft.fields
        = Json::object({{key("setting"), Json(request.name)}, {key("value"), Json(request.value)}});
    if (!request.forPerson.isEmpty()) {
        draft.fields.set(key("person"), Json(request.forPerson.toString()));
    }
    return appended(transaction.append(draft));
}

} // namespace

ReviewService::ReviewService(Store &store) : m_store(store) { }

QFuture<Result<void>> ReviewService::mark(const MarkRequest &request)
{
    return m_store.write<void>([request](Transaction &transaction) -> Result<void> {
        return record(transaction, request);
    });
}

QFuture<Result<void>> ReviewService::commit(const CommitRequest &request)
{
    return m_store.write<void>([request](Transaction &transaction) -> Result<void> {
        return record(transaction, request);
    });
}

QFuture<Result<void>> ReviewService::set(const SettingRequest &request)
{
    return m_store.write<void>([request](Transaction &transaction) -> Result<void> {
        return record(transaction, request);
    });
}

QFuture<Result<int>> ReviewService::addKnown(const EndpointId &endpoint,
                                             const QList<KnownLine> &lines, const PersonId &person)
{
    return m_store.write<int>([=](Transaction &transaction) -> Result<int> {
        return recordKnownFile(transaction, endpoint, lines, person);
    });
}

} // namespace countersign
