// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "domain/trust.h"
#include "store/keyring.h"
#include "store/reader.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <functional>
#include <memory>

namespace countersign {

/// What a committed transaction touched; views and services refresh by it.
struct Changes
{
    QSet<CaseId> cases;
    bool outbox = false;
    bool endpoints = false;
    bool persons = false;
    bool settings = false;
    bool policy = false;
    bool stops = false;
    qint64 headSize = 0;
};

/// The database behind its port. Lives on the GUI thread; jobs run on the store's own threads,
/// results come back as futures (continue with a context object). Knows no SQL dialect by name.
class Store : public QObject
{
    Q_OBJECT
public:
    using WriteJob = std::function<Result<void>(Transaction &)>;
    using ReadJob = std::function<Result<void>(Reader &)>;

    using QObject::QObject;

    /// Runs `job` as one transaction on the writer thread. An error from it rolls back and is the
    /// result.
    template <class T>
    [[nodiscard]] QFuture<Result<T>> write(std::function<Result<T>(Transaction &)> job)
    {
        return run<T, Transaction>(std::move(job), [this](WriteJob erased, Done done) -> void {
            enqueueWrite(std::move(erased), std::move(done));
        });
    }

    /// Runs `job` on a read-only snapshot on a reader thread.
    template <class T> [[nodiscard]] QFuture<Result<T>> read(std::function<Result<T>(Reader &)> job)
    {
        return run<T, Reader>(std::move(job), [this](ReadJob erased, Done done) -> void {
            enqueueRead(std::move(erased), std::move(done));
        });
    }

    /// Signs the current head with the log key and keeps a copy. The whole signed note.
    [[nodiscard]] virtual QFuture<Result<QByteArray>> checkpoint() = 0;
    [[nodiscard]] virtual QString origin() const = 0;

Q_SIGNALS:
    /// After each commit, on the store's thread.
    void changed(const countersign::Changes &changes);

protected:
    using Done = std::function<void(Result<void>)>; ///< called once, on any thread
    virtual void enqueueWrite(WriteJob job, Done done) = 0;
    virtual void enqueueRead(ReadJob job, Done done) = 0;

private:
    template <class T, class Access, class Enqueue>
    [[nodiscard]] QFuture<Result<T>> run(std::function<Result<T>(Access &)> job, Enqueue enqueue)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto future = promise->future();
        auto kept = std::make_shared<std::optional<Result<T>>>();
        enqueue(
            [job = std::move(job), kept](Access &access) -> Result<void> {
                *kept = job(access);
                if (!**kept) {
                    return tl::unexpected<Error>((*kept)->error());
                }
                return {};
            },
            [promise, kept](Result<void> outcome) -> void {
                if (outcome) {
                    promise->addResult(std::move(**kept));
                } else {
                    promise->addResult(Result<T>(tl::unexpected<Error>(outcome.error())));
                }
                promise->finish();
            });
        return future;
    }
};

struct OpenOptions
{
    QString directory; ///< the profile's folder; created if missing unless readOnly
    bool readOnly = false;
    bool demo = false; ///< only at creation: the origin begins with "demo."
    QString ownerName; ///< only at creation: the first person
};

/// Opens (creating and migrating where needed) the SQLite profile in `options.directory`, file
/// countersign.db. Blocking; call it before the event loop or from a worker. Errors: Locked
/// (another process writes it), NewerSchema, Unreadable (not a Countersign database, corrupt),
/// Storage, InvalidInput.
[[nodiscard]] Result<std::unique_ptr<Store>> openSqliteStore(const OpenOptions &options,
                                                             KeyRing &keys, const Clock &clock);

} // namespace countersign
