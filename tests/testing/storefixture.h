// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"
#include "testing/fakeclock.h"
#include "testing/memorysecrets.h"

#include <QTemporaryDir>

namespace countersign {

/// A profile of its own in a folder that goes when the test does.
struct StoreFixture
{
    QTemporaryDir folder;
    MemorySecrets secrets;
    KeyRing keys{secrets};
    FakeClock clock;
    std::unique_ptr<Store> store;

    [[nodiscard]] QString path() const
    {
        return folder.filePath(QStringLiteral("countersign.db"));
    }
    [[nodiscard]] OpenOptions options(bool readOnly = false) const
    {
        return {.directory = folder.path(),
                .readOnly = readOnly,
                .ownerName = QStringLiteral("Ana Pérez")};
    }
    /// The error, if any.
    std::optional<Error> open()
    {
        auto opened = openSqliteStore(options(), keys, clock);
        if (!opened) {
            return opened.error();
        }
        store = std::move(*opened);
        return std::nullopt;
    }
    template <class T>
    Result<T> write(std::function<Result<T>(Transaction &)> job)
    {
        return store->write<T>(std::move(job)).result();
    }
    template <class T>
    Result<T> read(std::function<Result<T>(Reader &)> job)
    {
        return store->read<T>(std::move(job)).result();
    }
    Result<EventRecord> append(const EventDraft &draft)
    {
        return write<EventRecord>(
            [&draft](Transaction &tx) -> Result<EventRecord> { return tx.append(draft); });
    }
    /// The whole trail, oldest first.
    QList<EventRecord> trail()
    {
        auto events = read<QList<EventRecord>>([](Reader &reader) -> Result<QList<EventRecord>> {
                          TrailQuery query;
                          query.limit = 1'000'000;
                          return reader.events(query);
                      }).value_or(QList<EventRecord>());
        std::reverse(events.begin(), events.end());
        return events;
    }
};

} // namespace countersign
