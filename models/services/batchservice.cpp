// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/batchservice.h"

#include "domain/continued.h"
#include "policy/gate.h"
#include "services/crashpoint.h"

#include <QUuid>

namespace countersign {

namespace {

/// What recording takes at most, by far: a batch is held so much longer, so that there is time to
/// take all of it back.
constexpr qint64 recordingMs = 10;

/// Of the database and not of the case: the next one would fare no better.
bool endsTheBatch(ErrorCode code)
{
    return code == ErrorCode::Storage || code == ErrorCode::Locked || code == ErrorCode::Unreadable
        || code == ErrorCode::Tampered || code == ErrorCode::Cancelled;
}

/// Of what policy lets into a batch.
Result<qint64> longestHold(Transaction &transaction, const PolicyDesk *desk)
{
    qint64 longest = holdMs(batchRule().worst);
    const auto standing = desk != nullptr ? desk->standing(transaction) : PolicyStanding();
    if (!standing) {
        return tl::unexpected<Error>(standing.error());
    }
    return standing->evaluator ? std::max(longest, standing->evaluator->longestBatchHoldMs())
                               : longest;
}

} // namespace

struct BatchService::Run
{
    /// Records one case; knows its way around within one transaction.
    using Each = std::function<Result<DecisionReceipt>(Transaction &, qsizetype index)>;
    using Begin = std::function<Result<Each>(Transaction &)>;

    QList<CaseId> ids;
    Begin prepare;
    Progress progress;
    BatchReport report;
    qsizetype at = 0; ///< the next case
    qsizetype length = pieceSize; ///< of the piece under way
    std::optional<QList<BatchEntry>> rehearsed; ///< of the piece that was rolled back on purpose
    bool isRehearsal = false;
    qsizetype alone = 0; ///< cases before this index are recorded one by one
    QPromise<BatchReport> promise;

    [[nodiscard]] Result<QList<BatchEntry>> record(Transaction &transaction) const;
};

/// Where a case fails half recorded, the whole piece is rolled back by the error.
Result<QList<BatchEntry>> BatchService::Run::record(Transaction &transaction) const
{
    const auto each = prepare(transaction);
    auto before = transaction.head();
    if (!each || !before) {
        return tl::unexpected<Error>(each ? before.error() : each.error());
    }
    QList<BatchEntry> entries;
    for (qsizetype i = at; i < at + length; ++i) {
        const auto receipt = (*each)(transaction, i);
        auto after = transaction.head();
        if (!after) {
            return tl::unexpected<Error>(after.error());
        }
        if (!receipt && (after->size != before->size || length == 1)) {
            return tl::unexpected<Error>(receipt.error());
        }
        BatchEntry entry{.id = ids.at(i)};
        if (receipt) {
            entry.receipt = *receipt;
        } else {
            entry.error = receipt.error();
        }
        entries.append(entry);
        before = std::move(after);
    }
    return entries;
}

BatchService::BatchService(Store &store, FindProtocol findProtocol, const PolicyDesk *desk,
                           QObject *parent)
    : QObject(parent),
      m_store(store),
      m_findProtocol(std::move(findProtocol)),
      m_desk(desk)
{
}

BatchRule BatchService::rule() const
{
    return batchRule();
}

QFuture<BatchReport> BatchService::decideMany(const BatchRequest &request, const Progress &progress)
{
    const auto run = runOf(request);
    run->progress = progress;
    begin(run);
    return run->promise.future();
}

QFuture<BatchReport> BatchService::rehearse(const BatchRequest &request)
{
    const auto run = runOf(request);
    run->isRehearsal = true;
    begin(run);
    return run->promise.future();
}

std::shared_ptr<BatchService::Run> BatchService::runOf(const BatchRequest &request) const
{
    auto run = std::make_shared<Run>();
    for (const BatchRequest::Item &item : request.cases) {
        run->ids.append(item.id);
    }
    auto mark = std::make_shared<BatchMark>(); // of the writer's thread, but for its id
    mark->id = QStringLiteral("b-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    run->report.id = mark->id;
    run->prepare = [request, mark, find = m_findProtocol,
                    desk = m_desk](Transaction &transaction) -> Result<Run::Each> {
        if (mark->heldUntilMs == 0 && !request.skipHold) {
            const auto longest = longestHold(transaction, desk);
            if (!longest) {
                return tl::unexpected<Error>(longest.error());
            }
            mark->heldUntilMs = transaction.nowMs() + *longest + recordingMs * request.cases.size();
        }
        return
            [&request, mark, &find](Transaction &open, qsizetype index) -> Result<DecisionReceipt> {
                const BatchRequest::Item &item = request.cases.at(index);
                return recordDecision(open,
                                      {.caseId = item.id,
                                       .digest = item.digest,
                                       .kind = request.kind,
                                       .message = request.message,
                                       .reasonCode = request.reasonCode,
                                       .person = request.person,
                                       .skipHold = request.skipHold},
                                      find, *mark);
            };
    };
    return run;
}

QFuture<BatchReport> BatchService::undoMany(const QList<CaseId> &ids, const PersonId &person,
                                            const Progress &progress)
{
    auto run = std::make_shared<Run>();
    run->ids = ids;
    run->progress = progress;
    run->report.id = QStringLiteral("b-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    run->prepare
        = [ids, person, id = run->report.id](Transaction &transaction) -> Result<Run::Each> {
        auto carriers = openCarriers(transaction);
        if (!carriers) {
            return tl::unexpected<Error>(carriers.error());
        }
        return [&ids, person, id, carriers = std::move(*carriers)](
                   Transaction &open, qsizetype index) mutable -> Result<DecisionReceipt> {
            return recordWithdrawal(open, ids.at(index), person, carriers, id)
                .map([]() -> DecisionReceipt { return {.state = DecisionState::Withdrawn}; });
        };
    };
    begin(run);
    return run->promise.future();
}

void BatchService::begin(const std::shared_ptr<Run> &run)
{
    run->promise.start();
    next(run);
}

void BatchService::next(const std::shared_ptr<Run> &run)
{
    const qsizetype of = run->ids.size();
    if (run->at > 0 && run->progress && !run->progress(run->at, of) && run->at < of) {
        run->report.cancelled = true;
        stop(run,
             {.code = ErrorCode::Cancelled,
              .text = tr("You stopped before this one; nothing was decided here.")});
        return;
    }
    if (run->at >= of) {
        run->promise.addResult(run->report);
        run->promise.finish();
        return;
    }
    run->length = run->at < run->alone ? 1 : std::min(pieceSize, of - run->at);
    const auto job = [run](Transaction &transaction) -> Result<QList<BatchEntry>> {
        auto entries = run->record(transaction);
        if (entries && run->isRehearsal) {
            run->rehearsed = std::move(*entries);
            return fail(ErrorCode::Cancelled, {});
        }
        return entries;
    };
    const auto recorded = m_store.write<QList<BatchEntry>>(job);
    (void)continued(recorded, this, [this, run](const Result<QList<BatchEntry>> &piece) -> void {
        auto rehearsed = std::exchange(run->rehearsed, std::nullopt);
        take(run, rehearsed ? Result<QList<BatchEntry>>(std::move(*rehearsed)) : piece);
    });
}

void BatchService::take(const std::shared_ptr<Run> &run, const Result<QList<BatchEntry>> &piece)
{
    if (!piece && endsTheBatch(piece.error().code)) {
        stop(run, piece.error());
        return;
    }
    if (!piece && run->length > 1) {
        run->alone = run->at + run->length; // one of them spoils it; each for itself
        next(run);
        return;
    }
    const QList<BatchEntry> entries
        = piece ? *piece : QList<BatchEntry>{{.id = run->ids.at(run->at), .error = piece.error()}};
    for (const BatchEntry &entry : entries) {
        run->report.sendAtMs = std::max(run->report.sendAtMs, entry.receipt.sendAtMs);
    }
    run->report.entries += entries;
    run->at += run->length;
    if (run->at < run->ids.size()) {
        crashPoint("batched");
    }
    next(run);
}

/// What was not reached is listed with the reason.
void BatchService::stop(const std::shared_ptr<Run> &run, const Error &error)
{
    for (; run->at < run->ids.size(); ++run->at) {
        run->report.entries.append({.id = run->ids.at(run->at), .error = error});
    }
    run->promise.addResult(run->report);
    run->promise.finish();
}

} // namespace countersign
