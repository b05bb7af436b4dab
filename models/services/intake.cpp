// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/intake.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype mostPerJob = 200;

using Summary = Result<IntakeSummary>;
using Rules = std::function<Result<void>(IntakeRules &)>;

Summary run(Transaction &transaction, const EndpointId &id, const Observation &observation,
            const PolicyDesk *desk, const Rules &rules)
{
    const auto endpoints = transaction.endpoints();
    if (!endpoints) {
        return tl::unexpected<Error>(endpoints.error());
    }
    const auto endpoint
        = std::find_if(endpoints->cbegin(), endpoints->cend(),
                       [&](const Endpoint &known) -> bool { return known.id == id; });
    if (endpoint == endpoints->cend()) {
        return IntakeSummary(); // removed meanwhile
    }
    IntakeRules intake(transaction, *endpoint, observation, {}, desk);
    if (const auto done = rules(intake); !done) {
        return tl::unexpected<Error>(done.error());
    }
    return intake.summary();
}

Rules questions(const QList<QList<Proposal>> &chunk)
{
    return [chunk](IntakeRules &intake) -> Result<void> {
        for (const QList<Proposal> &parts : chunk) {
            if (auto taken = intake.takeQuestion(parts); !taken) {
                return taken;
            }
        }
        return {};
    };
}

/// The observation's jobs, in the order of IntakeRules::takeAll(). A question is never split.
QList<Rules> jobsFor(const Observation &observation)
{
    if (observation.proposals.size() <= mostPerJob) {
        return {[](IntakeRules &intake) -> Result<void> {
            return intake.takeAll();
        }};
    }
    QList<Rules> jobs{[](IntakeRules &intake) -> Result<void> {
        return intake.takeClosed();
    }};
    QList<QList<Proposal>> chunk;
    qsizetype size = 0;
    for (const QList<Proposal> &parts : byQuestion(observation.proposals)) {
        if (size + parts.size() > mostPerJob) {
            jobs.append(questions(std::exchange(chunk, {})));
            size = 0;
        }
        chunk.append(parts);
        size += parts.size();
    }
    jobs.append(questions(chunk));
    jobs.append([](IntakeRules &intake) -> Result<void> { return intake.takeRest(); });
    return jobs;
}

Summary sum(const QList<QFuture<Summary>> &parts)
{
    IntakeSummary total;
    for (const QFuture<Summary> &part : parts) {
        const Summary result = part.result();
        if (!result) {
            return result;
        }
        total += *result;
    }
    return total;
}

} // namespace

Intake::Intake(Store &store, const PolicyDesk *desk) : m_store(store), m_desk(desk) { }

QFuture<Summary> Intake::take(const EndpointId &endpoint, const Observation &observation)
{
    QList<QFuture<Summary>> parts;
    for (const Rules &rules : jobsFor(observation)) {
        parts.append(m_store.write<IntakeSummary>(
            [endpoint, observation, rules, desk = m_desk](Transaction &transaction) -> Summary {
                return run(transaction, endpoint, observation, desk, rules);
            }));
    }
    return QtFuture::whenAll(parts.begin(), parts.end())
        .then([](const QList<QFuture<Summary>> &done) -> Summary { return sum(done); });
}

} // namespace countersign
