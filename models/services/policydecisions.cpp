// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/policydecisions.h"

#include "domain/translate.h"
#include "services/decisionrules.h"
#include "services/spotdraws.h"


namespace countersign {

namespace {

/// As it was approved, at a place of its own, of which nothing is ever sent.
Proposal asDone(const Case &subject)
{
    Proposal done = subject.proposal;
    done.source.question = QStringLiteral("approved/") + subject.decision->id.toString();
    done.source.lane = done.source.question;
    done.source.rebind.clear();
    done.source.part = 1;
    done.source.of = 1;
    done.allowed = {};
    done.dueMs.reset();
    return done;
}

Result<void> draw(Transaction &transaction, const CaseId &id, const PolicyRecord &policy)
{
    const auto subject = existingCase(transaction, id);
    if (!subject) {
        return tl::unexpected<Error>(subject.error());
    }
    const SpotCheckRule rule{
        .probability = subject->terms.spotCheckRate,
        .reasons = {tr("%1 let this go by itself as case %2. It looks at a random share of %3 of "
                       "such actions.")
                        .arg(policy.name(), id.toString(), subject->terms.spotCheckRate)},
        .policy = policy.name()};
    return recordDraw(transaction, Actor::policy(policy.name()), subject->endpoint,
                      asDone(*subject), rule)
        .map([](const SpotDraw &) -> void {});
}

} // namespace

Result<void> decideByPolicy(Transaction &transaction, const CaseId &id, const PolicyRecord &policy,
                            const FindProtocol &findProtocol)
{
    const auto subject = existingCase(transaction, id);
    if (!subject) {
        return tl::unexpected<Error>(subject.error());
    }
    const bool blocks = subject->disposition == Disposition::Block;
    DecisionRequest request{.caseId = id,
                            .digest = subject->digest,
                            .kind = blocks ? DecisionKind::Reject : DecisionKind::Approve};
    if (blocks) {
        request.message = subject->gateReasons.join(u' ');
    }
    const auto decided = recordPolicyDecision(transaction, request, policy, findProtocol);
    if (!decided) {
        return tl::unexpected<Error>(decided.error());
    }
    return subject->disposition == Disposition::SpotCheck ? draw(transaction, id, policy)
                                                          : Result<void>();
}

Result<void> rejectByPolicy(Transaction &transaction, const CaseId &id, const QString &why,
                            const PolicyRecord &policy, const FindProtocol &findProtocol)
{
    const auto subject = existingCase(transaction, id);
    if (!subject) {
        return tl::unexpected<Error>(subject.error());
    }
    const DecisionRequest request{
        .caseId = id, .digest = subject->digest, .kind = DecisionKind::Reject, .message = why};
    return recordPolicyDecision(transaction, request, policy, findProtocol)
        .map([](const DecisionReceipt &) -> void {});
}

} // namespace countersign
