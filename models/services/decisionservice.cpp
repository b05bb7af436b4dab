// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/decisionservice.h"

#include "domain/translate.h"
#include "services/caseevents.h"
#include "services/crashpoint.h"
#include "services/decisionrules.h"


namespace countersign {

namespace {

Result<void> appended(const Result<EventRecord> &record)
{
    return record ? Result<void>() : tl::unexpected<Error>(record.error());
}

/// A lane is mended once at a time.
Result<bool> isBeingRepaired(Transaction &transaction, const Case &subject)
{
    const auto open = transaction.outbox(true);
    if (!open) {
        return tl::unexpected<Error>(open.error());
    }
    return std::any_of(open->cbegin(), open->cend(), [&](const OutboxEntry &entry) -> bool {
        return entry.kind == OutboxEntry::Kind::Repair && entry.endpoint == subject.endpoint
            && entry.lane == subject.proposal.source.lane;
    });
}

Result<void> requestRepair(Transaction &transaction, const CaseId &id, const PersonId &person)
{
    const auto subject = existingCase(transaction, id);
    const auto actor = enrolledPerson(transaction, person);
    if (!subject || !actor) {
        return tl::unexpected<Error>(subject ? actor.error() : subject.error());
    }
    if (subject->state != CaseState::Trouble || !subject->proposal.trouble
        || !subject->proposal.trouble->repairable) {
        return fail(ErrorCode::NotAllowed, tr("There is nothing here that can be repaired."));
    }
    const auto running = isBeingRepaired(transaction, *subject);
    if (!running || *running) {
        return running ? fail(ErrorCode::Conflict, tr("A repair is already on its way."))
                       : tl::unexpected<Error>(running.error());
    }
    const auto outbox = transaction.nextOutboxId();
    if (!outbox) {
        return tl::unexpected<Error>(outbox.error());
    }
    EventDraft draft = caseEvent(event::repairRequested, *actor, *subject);
    draft.fields
        = Json::object({{QStringLiteral("outbox"), Json(outbox->toString())},
                        {QStringLiteral("lane"), Json(subject->proposal.source.lane)},
                        {QStringLiteral("question"), Json(subject->proposal.source.question)}});
    draft.payload = Json::object();
    return appended(transaction.append(draft));
}

Result<void> withdrawDecision(Transaction &transaction, const CaseId &id, const PersonId &person)
{
    auto carriers = openCarriers(transaction);
    return carriers ? recordWithdrawal(transaction, id, person, *carriers)
                    : tl::unexpected<Error>(carriers.error());
}

} // namespace

DecisionService::DecisionService(Store &store, FindProtocol findProtocol)
    : m_store(store),
      m_findProtocol(std::move(findProtocol))
{
}

QFuture<Result<DecisionReceipt>> DecisionService::decide(const DecisionRequest &request)
{
    return m_store
        .write<DecisionReceipt>(
            [request, find = m_findProtocol](Transaction &transaction) -> Result<DecisionReceipt> {
                return recordDecision(transaction, request, find);
            })
        .then([](const Result<DecisionReceipt> &receipt) -> Result<DecisionReceipt> {
            if (receipt) {
                crashPoint("decided");
            }
            return receipt;
        });
}

QFuture<Result<void>> DecisionService::undo(const CaseId &id, const PersonId &person)
{
    return m_store.write<void>([id, person](Transaction &transaction) -> Result<void> {
        return withdrawDecision(transaction, id, person);
    });
}

QFuture<Result<void>> DecisionService::repair(const CaseId &id, const PersonId &person)
{
    return m_store.write<void>([id, person](Transaction &transaction) -> Result<void> {
        return requestRepair(transaction, id, person);
    });
}

bool DecisionService::needsReason(const Case &subject, DecisionKind kind) const
{
    return reasonIsNeeded(subject, kind);
}

} // namespace countersign
