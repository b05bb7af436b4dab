// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/approvals.h"

#include "domain/json.h"
#include "domain/translate.h"
#include "services/caseevents.h"

#include <algorithm>

namespace countersign {

namespace {

bool hasApproved(const Case &subject, const Actor &actor)
{
    return std::any_of(
        subject.approvals.cbegin(), subject.approvals.cend(),
        [&](const Approval &given) -> bool { return given.person.toString() == actor.id; });
}

EventDraft approvalEvent(const char *kind, const Case &subject, const Actor &actor,
                         const QString &batch)
{
    EventDraft draft = caseEvent(kind, actor, subject);
    draft.fields = Json::object({{key("digest"), Json(subject.digest)}});
    if (!batch.isEmpty()) {
        draft.fields.set(key("batch"), Json(batch));
    }
    return draft;
}

} // namespace

Result<std::optional<ApprovalReceipt>> recordApproval(Transaction &transaction, const Case &subject,
                                                      const DecisionRequest &request,
                                                      const Actor &actor, const QString &batch)
{
    const int needed = subject.terms.approvers;
    const bool approves
        = request.kind == DecisionKind::Approve || request.kind == DecisionKind::Edit;
    if (needed <= 1 || !approves || subject.purpose != Purpose::Work) {
        return std::nullopt;
    }
    if (request.kind == DecisionKind::Edit) {
        return fail(ErrorCode::NotAllowed,
                    tr("%1 people must approve this as it is; send it back to have it changed.")
                        .arg(needed));
    }
    const int before = int(subject.approvals.size());
    if (hasApproved(subject, actor)) {
        return fail(ErrorCode::AlreadyDecided,
                    tr("You approved this already; %1 of %2 have. Somebody else must as well.")
                        .arg(before)
                        .arg(needed));
    }
    if (before + 1 >= needed) {
        return std::nullopt;
    }
    EventDraft draft = approvalEvent(event::approvalGiven, subject, actor, batch);
    draft.fields.set(key("given"), Json(before + 1));
    draft.fields.set(key("of"), Json(needed));
    addLook(draft.fields, request.look);
    if (!request.message.isEmpty()) {
        draft.payload = Json::object({{key("message"), Json(request.message)}});
    }
    if (const auto appended = transaction.append(draft); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    return ApprovalReceipt{.given = before + 1, .of = needed};
}

Result<bool> withdrawApproval(Transaction &transaction, const Case &subject, const Actor &actor,
                              const QString &batch)
{
    if (subject.state != CaseState::Waiting || !hasApproved(subject, actor)) {
        return false;
    }
    const auto appended
        = transaction.append(approvalEvent(event::approvalWithdrawn, subject, actor, batch));
    return appended ? Result<bool>(true) : tl::unexpected<Error>(appended.error());
}

} // namespace countersign
