// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/pastreplay.h"

#include "domain/translate.h"
#include "store/evidence.h"

#include <QThread>
#include <QtConcurrentRun>

#include <deque>
#include <functional>

namespace countersign {

namespace {

constexpr qint64 casesAtOnce = 4000; ///< in one read, some 20 ms of a reader's time
constexpr int mostJudges = 4;

using HistoryPage = QList<HistoryCase>;

PastResult resultOf(const std::optional<Verdict> &verdict)
{
    if (!verdict) {
        return PastResult::Unknown;
    }
    return *verdict == Verdict::Wrong ? PastResult::Wrong : PastResult::Correct;
}

/// One run, on the leading thread.
class Replaying
{
public:
    Replaying(Store &store, QThreadPool &judges, const ReplayRequest &request)
        : m_store(store),
          m_judges(judges),
          m_request(request),
          m_empty(PolicyEvaluator(request.inForce), PolicyEvaluator(request.draft)),
          m_wanted(membersAskedBy(request.inForce).unite(membersAskedBy(request.draft)))
    {
    }

    /// `goesOn`: told how many cases are behind, says whether anybody still wants the rest.
    Result<ReplayOutcome> run(qint64 newest, const std::function<bool(qint64)> &goesOn)
    {
        auto total = std::make_shared<PolicyReplay>(m_empty);
        std::deque<QFuture<ReplayOutcome>> judged; // by page, the oldest question first
        const auto takeFirst = [&]() -> void {
            total->add(*judged.front().result());
            judged.pop_front();
        };
        QFuture<Result<HistoryPage>> next = read(newest + 1);
        for (qint64 below = newest + 1; below > 1; below -= casesAtOnce) {
            const auto page = next.result();
            if (!page || !goesOn(newest + 1 - below)) {
                m_judges.waitForDone();
                return page ? fail(ErrorCode::Cancelled, tr("The try-out was cancelled."))
                            : tl::unexpected<Error>(page.error());
            }
            if (below - casesAtOnce > 1) {
                next = read(below - casesAtOnce);
            }
            judged.push_back(judge(*page));
            if (int(judged.size()) > m_judges.maxThreadCount()) {
                takeFirst();
            }
        }
        while (!judged.empty()) {
            takeFirst();
        }
        goesOn(newest);
        return ReplayOutcome(std::move(total));
    }

private:
    QFuture<Result<HistoryPage>> read(qint64 below)
    {
        const HistoryQuery query{.from = std::max<qint64>(1, below - casesAtOnce),
                                 .below = below,
                                 .fromMs = m_request.fromMs,
                                 .toMs = m_request.toMs};
        return m_store.read<HistoryPage>([query](Reader &reader) -> Result<HistoryPage> {
            return evidenceOf(reader).historyCases(query);
        });
    }

    QFuture<ReplayOutcome> judge(const HistoryPage &page)
    {
        return QtConcurrent::run(&m_judges,
                                 [page, empty = m_empty, wanted = m_wanted]() -> ReplayOutcome {
                                     auto replay = std::make_shared<PolicyReplay>(empty);
                                     for (const HistoryCase &past : page) {
                                         if (const auto proposal = proposalOf(past, wanted)) {
                                             replay->add({past.id, *proposal, past.endpointName,
                                                          resultOf(past.verdict)});
                                         } else {
                                             replay->addUnreadable();
                                         }
                                     }
                                     return replay;
                                 });
    }

    Store &m_store;
    QThreadPool &m_judges;
    const ReplayRequest &m_request;
    const PolicyReplay m_empty;
    const QSet<QByteArray> m_wanted;
};

} // namespace

PastReplay::PastReplay(Store &store) : m_store(store)
{
    m_lead.setMaxThreadCount(1);
    m_judges.setMaxThreadCount(qBound(1, QThread::idealThreadCount() - 1, mostJudges));
}

PastReplay::~PastReplay()
{
    m_ending = true;
    m_lead.waitForDone();
}

QFuture<Result<ReplayOutcome>> PastReplay::run(const ReplayRequest &request)
{
    return QtConcurrent::run(
        &m_lead, [this, request](QPromise<Result<ReplayOutcome>> &promise) -> void {
            const auto newest = m_store
                                    .read<qint64>([](Reader &reader) -> Result<qint64> {
                                        return evidenceOf(reader).newestCaseNumber();
                                    })
                                    .result();
            if (!newest) {
                promise.addResult(Result<ReplayOutcome>(tl::unexpected<Error>(newest.error())));
                return;
            }
            promise.setProgressRange(0, int(*newest));
            auto outcome
                = Replaying(m_store, m_judges, request).run(*newest, [&](qint64 behind) -> bool {
                      promise.setProgressValue(int(behind));
                      return !m_ending && !promise.isCanceled();
                  });
            promise.addResult(std::move(outcome));
        });
}

} // namespace countersign
