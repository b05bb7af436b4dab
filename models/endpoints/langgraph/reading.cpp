// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/langgraph/codec.h"
#include "domain/translate.h"
#include "endpoints/langgraph/session.h"

#include <algorithm>

namespace countersign::langgraph {

namespace {

constexpr int lookUpsAtOnce = 10;

/// Whether the failure to read one thread is one of the connection. Otherwise that thread alone
/// cannot be read.
bool concernsAll(const Failure &failure)
{
    const ErrorCode code = failure.error.code;
    return code == ErrorCode::Unreachable || code == ErrorCode::Cancelled
        || code == ErrorCode::OutcomeUnknown || code == ErrorCode::Unauthorized
        || code == ErrorCode::RateLimited;
}

} // namespace

/// What is closed now that these threads ask nothing any more.
QCoro::Task<Observation> Session::closed(QStringList threads)
{
    Observation observation;
    observation.begunMs = m_api.clock().nowMs();
    for (const QString &thread : threads) {
        const Seen seen = m_seen.take(thread);
        for (const QString &question : seen.questions) {
            if (!m_answered.remove(question)) {
                observation.gone.append(
                    co_await gone(question, observation.gone.size() < lookUpsAtOnce));
            }
        }
    }
    co_return observation;
}

QCoro::Task<Gone> Session::gone(QString question, bool lookUp)
{
    Gone gone{.question = question,
              .answeredElsewhere = false,
              .text = tr("The agent does not ask this any more.")};
    const QString thread = question.section(u'/', 0, 0);
    const QString interrupt = question.section(u'/', 1);
    if (!lookUp) {
        co_return gone;
    }
    const auto runs = co_await m_api.runs(thread);
    if (!runs) {
        co_return gone;
    }
    for (const Json &run : runs->items()) {
        if (run[u"kwargs"][u"command"][u"resume"].contains(interrupt)) {
            const QString reviewer = run[u"metadata"][u"reviewer"].toString();
            gone.answeredElsewhere = true;
            gone.text = reviewer.isEmpty() ? tr("Somebody answered this elsewhere.")
                                           : tr("%1 answered this elsewhere.").arg(reviewer);
        }
    }
    co_return gone;
}

/// Reads threads in groups, a few at once. Where not `quiet` each group is told as soon as it is
/// read.
QCoro::Task<Answer<void>> Session::read(QList<Json> threads, bool quiet, QSet<QString> *open,
                                        Observation *result)
{
    constexpr int perGroup = 50;
    constexpr int workers = 6;
    for (qsizetype from = 0; from < threads.size(); from += perGroup) {
        const auto reading = std::make_shared<Reading>();
        reading->threads = threads.mid(from, perGroup);
        reading->observation.begunMs = m_api.clock().nowMs();
        std::vector<QCoro::Task<>> tasks;
        for (int i = 0; i < workers; ++i) {
            tasks.push_back(work(reading));
        }
        for (QCoro::Task<> &task : tasks) {
            co_await task;
        }
        if (open != nullptr) {
            open->unite(reading->open);
        }
        if (result != nullptr) {
            result->proposals += reading->observation.proposals;
        }
        if (reading->failure) {
            co_return tl::unexpected<Failure>(*reading->failure);
        }
        const bool told
            = reading->observation.proposals.isEmpty() && reading->observation.gone.isEmpty();
        if (!quiet && onObserved && !told) {
            onObserved(reading->observation);
        }
    }
    co_return Answer<void>();
}

QCoro::Task<> Session::work(std::shared_ptr<Reading> reading)
{
    while (reading->next < reading->threads.size() && !reading->failure) {
        const Json thread = reading->threads.at(reading->next++);
        co_await takeIn(reading, thread);
    }
}

QCoro::Task<> Session::takeIn(std::shared_ptr<Reading> reading, Json thread)
{
    const QString id = idOf(thread);
    const QStringList before = m_seen.value(id).questions;
    const auto state = co_await m_api.state(id);
    QList<Proposal> proposals;
    if (state) {
        proposals = readThread(thread, *state, m_api.endpoint(), m_javascript.value_or(true));
    }
    // The list may be older than the state; trouble is believed only where both were read together.
    const bool trouble
        = std::any_of(proposals.cbegin(), proposals.cend(), [](const Proposal &proposal) -> bool {
              return proposal.trouble.has_value();
          });
    if (trouble) {
        const auto again = co_await look(id);
        if (again) {
            thread = again->thread;
            proposals = again->proposals;
        }
    }
    if (!state && concernsAll(state.error())) {
        reading->failure = state.error();
        co_return;
    }
    if (!state && state.error().status != 404) {
        // One thread that cannot be read does not hide the others; what it asked stays as it was.
        reading->open.unite(QSet<QString>(before.cbegin(), before.cend()));
        co_return;
    }
    QStringList questions;
    for (const Proposal &proposal : proposals) {
        questions.append(proposal.source.question);
        m_answered.remove(proposal.source.question);
    }
    questions.removeDuplicates();
    if (thread[u"status"].toString() == QLatin1String("busy")) {
        questions = before + possibleQuestions(thread);
    } else {
        for (const QString &question : before) {
            if (!questions.contains(question) && !m_answered.remove(question)) {
                reading->observation.gone.append(co_await gone(question, true));
            }
        }
    }
    m_seen.insert(id,
                  {.updatedAt = thread[u"updated_at"].toString(),
                   .status = thread[u"status"].toString(),
                   .questions = questions});
    reading->open.unite(QSet<QString>(questions.cbegin(), questions.cend()));
    reading->observation.proposals += proposals;
}

} // namespace countersign::langgraph
