// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlite/jobs.h"
#include "store/sqlite/lockfile.h"
#include "store/store.h"

#include <vector>

namespace countersign::sqlite {

class Indexes;

/// Names a file beyond its path.
struct FileIdentity
{
    quint64 device = 0;
    quint64 inode = 0;
    [[nodiscard]] static std::optional<FileIdentity> of(const QString &path);
    friend bool operator==(const FileIdentity &, const FileIdentity &) = default;
};

/// The store on an SQLite file: one writing thread (none where `lock` is null) and a few readers.
class SqliteStore final : public Store
{
    Q_OBJECT
public:
    struct Parts
    {
        QString path; ///< or a file: URI where it is only read
        QString origin;
        std::unique_ptr<LockFile> lock;
        KeyRing &keys;
        const Clock &clock;
    };
    explicit SqliteStore(Parts parts);
    /// Ends the threads: writes that were asked for are done, reads not yet begun are cancelled.
    /// Afterwards the file is whole by itself: its write-ahead log is empty.
    ~SqliteStore() override;

    [[nodiscard]] QFuture<Result<QByteArray>> checkpoint() override;
    [[nodiscard]] QString origin() const override { return m_parts.origin; }

protected:
    void enqueueWrite(WriteJob job, Done done) override;
    void enqueueRead(ReadJob job, Done done) override;

private:
    void fillIndex();
    void mendIndex(Indexes &index);
    [[nodiscard]] Result<Changes> write(Connection &connection, const WriteJob &job);
    [[nodiscard]] Result<void> read(Connection &connection, const ReadJob &job);
    [[nodiscard]] Result<QByteArray> signHead(Reader &reader) const;
    [[nodiscard]] Result<QByteArray> keepCheckpoint(Connection &connection) const;
    [[nodiscard]] Result<void> commit(Connection &connection) const;

    const Parts m_parts;
    const std::optional<FileIdentity> m_identity;
    JobQueue m_writes{JobQueue::Pending::Finish};
    JobQueue m_reads{JobQueue::Pending::Cancel};
    std::vector<std::unique_ptr<JobThread>> m_readers;
    std::unique_ptr<JobThread> m_writer; ///< none where it is only read
};

} // namespace countersign::sqlite
