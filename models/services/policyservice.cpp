// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/policyservice.h"

#include "domain/json.h"
#include "domain/translate.h"
#include "policy/rules/policydiff.h"
#include "services/decisionrules.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype longestPolicyReason = 10'000;

Json diffForm(const QList<PolicyChange> &changes)
{
    Json list = Json::array();
    for (const PolicyChange &change : changes) {
        Json one = Json::object();
        if (!change.rule.isEmpty()) {
            one.set(key("rule"), Json(change.rule));
        }
        if (!change.setting.isEmpty()) {
            one.set(key("setting"), Json(change.setting));
        }
        if (change.before) {
            one.set(key("before"), *change.before);
        }
        if (change.after) {
            one.set(key("after"), *change.after);
        }
        list.append(one);
    }
    return list;
}

Result<void> checkRequest(const PolicyRequest &request, const PolicyReading &reading)
{
    if (!reading.policy) {
        const PolicyFault &fault = reading.faults.first();
        return fail(ErrorCode::InvalidInput,
                    tr("The policy has %1 faults. The first is at %2: %3")
                        .arg(reading.faults.size())
                        .arg(fault.path.isEmpty() ? key("/") : fault.path, fault.text));
    }
    const QString reason = request.reason.trimmed();
    if (reason.isEmpty() || reason.size() > longestPolicyReason || !reason.isValidUtf16()) {
        return fail(ErrorCode::InvalidInput, tr("Say in a few words why the policy changes."));
    }
    return {};
}

Result<PolicyRecord> record(Transaction &transaction, const PolicyRequest &request,
                            const Policy &policy)
{
    const auto actor = enrolledLead(transaction, request.person, tr("Only a lead can set policy."));
    const auto before = transaction.policyInForce();
    if (!actor || !before) {
        return tl::unexpected<Error>(actor ? before.error() : actor.error());
    }
    if (request.after != 0 && request.after != before->version) {
        return fail(ErrorCode::Changed,
                    before->personName.isEmpty()
                        ? tr("%1 is in force by now; look at what changed before you set another.")
                              .arg(before->name())
                        : tr("%1 was set by %2 meanwhile; look at what changed before you set "
                             "another.")
                              .arg(before->name(), before->personName));
    }
    const auto old = transaction.policyVersion(before->version);
    if (!old) {
        return tl::unexpected<Error>(old.error());
    }
    if (before->digest == policy.digest()) {
        return fail(ErrorCode::InvalidInput, tr("This policy is in force already."));
    }
    const Json nothing = Json::object({{key("rules"), Json::array()}});
    EventDraft draft{.kind = key(event::policySet), .actor = *actor};
    draft.fields = Json::object(
        {{key("version"), Json(before->version + 1)}, {key("digest"), Json(policy.digest())}});
    if (!before->digest.isEmpty()) {
        draft.fields.set(key("before"), Json(before->digest));
    }
    draft.payload = Json::object(
        {{key("document"), policy.document},
         {key("reason"), Json(request.reason.trimmed())},
         {key("diff"), diffForm(policyDiff(*old ? (*old)->document : nothing, policy.document))}});
    if (const auto appended = transaction.append(draft); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    return transaction.policyInForce();
}

} // namespace

PolicyService::PolicyService(Store &store) : m_store(store) { }

QFuture<Result<PolicyRecord>> PolicyService::set(const PolicyRequest &request)
{
    const PolicyReading reading = readPolicy(request.document);
    if (const auto checked = checkRequest(request, reading); !checked) {
        return QtFuture::makeReadyFuture(
            Result<PolicyRecord>(tl::unexpected<Error>(checked.error())));
    }
    return m_store.write<PolicyRecord>(
        [request, policy = *reading.policy](Transaction &transaction) -> Result<PolicyRecord> {
            return record(transaction, request, policy);
        });
}

} // namespace countersign
