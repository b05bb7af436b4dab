// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/trailservice.h"

#include "domain/translate.h"
#include "services/trailexport.h"
#include "store/verifier.h"

#include <QSaveFile>
#include <QtConcurrentRun>

namespace countersign {

namespace {

constexpr int pageSize = 500;

VerifyReport inPort(const TrailReport &report)
{
    return {.verdict = static_cast<VerifyReport::Verdict>(report.verdict),
            .text = report.text,
            .events = report.events,
            .firstBad = report.firstBad,
            .checkpointsGiven = report.checkpointsGiven};
}

struct Page
{
    QList<EventRecord> events;
    qint64 size = 0; ///< of the trail
};

Result<Page> pageOf(Store &store, const TrailQuery &query)
{
    return store
        .read<Page>([query](Reader &reader) -> Result<Page> {
            const auto events = reader.events(query);
            const auto head = reader.head();
            if (!events || !head) {
                return tl::unexpected<Error>(events ? head.error() : events.error());
            }
            return Page{.events = *events, .size = head->size};
        })
        .result();
}

/// Page by page, newest first; what is appended meanwhile is newer and not in it.
Result<qint64> write(QPromise<Result<qint64>> &promise, const std::atomic<bool> &ending,
                     Store &store, TrailQuery query, const QString &path, bool csv)
{
    const auto refused = [&](const QString &why) -> tl::unexpected<Error> {
        return fail(ErrorCode::Storage, tr("%1 cannot be written: %2.").arg(path, why));
    };
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return refused(file.errorString());
    }
    if (csv) {
        file.write(csvTitles());
    }
    query.before.reset();
    query.limit = pageSize;
    qint64 rows = 0;
    while (true) {
        if (ending || promise.isCanceled()) {
            return fail(ErrorCode::Cancelled, tr("The export was cancelled; no file was written."));
        }
        const auto page = pageOf(store, query);
        if (!page) {
            return tl::unexpected<Error>(page.error());
        }
        if (!query.before) {
            promise.setProgressRange(0, int(page->size));
        }
        for (const EventRecord &event : page->events) {
            file.write(csv ? csvLine(event) : jsonLine(event));
        }
        rows += page->events.size();
        if (page->events.size() < pageSize) {
            break;
        }
        query.before = page->events.last().seq;
        promise.setProgressValue(int(page->size - *query.before));
    }
    return file.commit() ? Result<qint64>(rows) : refused(file.errorString());
}

} // namespace

TrailService::TrailService(Store &store, QString directory)
    : m_store(store),
      m_directory(std::move(directory))
{
    m_pool.setMaxThreadCount(1);
}

TrailService::~TrailService()
{
    m_ending = true;
    m_pool.waitForDone();
}

QFuture<Result<VerifyReport>> TrailService::verify(const QList<QByteArray> &checkpoints)
{
    return QtConcurrent::run(
        &m_pool, [this, checkpoints](QPromise<Result<VerifyReport>> &promise) -> void {
            const auto report
                = verifyTrail({.directory = m_directory,
                               .checkpoints = checkpoints,
                               .progress = [this, &promise](qint64 done, qint64 total) -> bool {
                                   promise.setProgressRange(0, int(total));
                                   promise.setProgressValue(int(done));
                                   return !m_ending && !promise.isCanceled();
                               }});
            promise.addResult(report.map(inPort));
        });
}

QFuture<Result<qint64>> TrailService::exportRows(const TrailQuery &query, const QString &path,
                                                 bool csv)
{
    return QtConcurrent::run(
        &m_pool, [this, query, path, csv](QPromise<Result<qint64>> &promise) -> void {
            promise.addResult(write(promise, m_ending, m_store, query, path, csv));
        });
}

QFuture<Result<QByteArray>> TrailService::checkpoint()
{
    return m_store.checkpoint();
}

} // namespace countersign
