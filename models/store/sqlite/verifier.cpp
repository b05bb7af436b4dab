// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/verifier.h"

#include "domain/translate.h"
#include "store/sqlite/rawquery.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/statereplay.h"
#include "store/trailchecker.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <map>

namespace countersign {

namespace {

using namespace sqlite;

tl::unexpected<Error> unreadable(const QString &text, const QString &detail = {})
{
    return fail(ErrorCode::Unreadable, text, detail);
}

struct CloseDatabase
{
    void operator()(sqlite3 *database) const { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

Result<qint64> single(sqlite3 *database, const char *sql)
{
    RawQuery query(database, sql);
    const auto row = query.next();
    return row ? Result<qint64>(*row ? query.integer(0) : 0) : tl::unexpected<Error>(row.error());
}

Result<Database> openReadOnly(const QString &path, const char *mode)
{
    sqlite3 *raw = nullptr;
    const QByteArray uri = QUrl::fromLocalFile(path).toEncoded() + "?mode=ro" + mode;
    const int opened
        = sqlite3_open_v2(uri.constData(), &raw,
                          SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(raw);
    if (opened == SQLITE_OK) {
        sqlite3_busy_timeout(raw, 5000);
        sqlite3_extended_result_codes(raw, 1);
        sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        const int begun
            = sqlite3_exec(raw,
                           "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; "
                           "PRAGMA query_only = ON; BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1",
                           nullptr, nullptr, nullptr);
        if (begun == SQLITE_OK) {
            return database;
        }
        return rawError(raw, begun);
    }
    return rawError(raw, opened);
}

/// A file that says that it is ours, of the schema that we know.
Result<Database> openTrail(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return unreadable(tr("There is no trail to be read in %1.").arg(QFileInfo(path).path()),
                          file.errorString());
    }
    if (file.read(16) != QByteArray("SQLite format 3\0", 16)) {
        return unreadable(tr("%1 is not a trail: it is not a database.").arg(path));
    }
    file.close();
    auto database = openReadOnly(path, "");
    if (!database && database.error().code == ErrorCode::Storage
        && !QFileInfo(QFileInfo(path).path()).isWritable()
        && !QFileInfo::exists(path + QStringLiteral("-wal"))) {
        database = openReadOnly(path, "&immutable=1"); // a medium that nobody can be writing
    }
    if (!database) {
        if (database.error().code == ErrorCode::Tampered) {
            return unreadable(tr("%1 is not a trail: its database is damaged.").arg(path),
                              database.error().detail);
        }
        return database;
    }
    const auto application = single(database->get(), "PRAGMA application_id");
    const auto version = single(database->get(), "PRAGMA user_version");
    if (!application || !version || *application != applicationId) {
        return unreadable(tr("%1 is not a trail of Countersign.").arg(path));
    }
    if (*version != migrations().last().to) {
        return unreadable(
            tr("%1 has schema %2; this Countersign verifies schema %3. Open it with the version it "
               "was written by, or once for writing with this one.")
                .arg(path)
                .arg(*version)
                .arg(migrations().last().to));
    }
    return database;
}

class Verifier
{
public:
    Verifier(const VerifyRequest &request, TrailReport &report, Database database)
        : m_request(request),
          m_report(report),
          m_database(std::move(database))
    {
        sqlite3_progress_handler(m_database.get(), 200'000, &Verifier::onProgress, this);
    }

    [[nodiscard]] Result<void> run();

private:
    static int onProgress(void *self) { return static_cast<Verifier *>(self)->goesOn() ? 0 : 1; }
    [[nodiscard]] bool goesOn() const
    {
        return !m_request.progress || m_request.progress(m_report.events, m_total);
    }
    [[nodiscard]] Result<void> sortOutside();
    [[nodiscard]] Result<void> walkEvents();
    [[nodiscard]] Result<void> checkEvent(const RawQuery &row);
    [[nodiscard]] Result<QByteArray> checkPayload(qint64 seq);
    [[nodiscard]] Result<void> checkNotes();
    [[nodiscard]] Result<void> checkEnd();
    [[nodiscard]] Result<void> checkHead() const;
    [[nodiscard]] Result<void> checkStructure() const;

    const VerifyRequest &m_request;
    TrailReport &m_report;
    Database m_database;
    qint64 m_total = 0;
    qint64 m_payloads = 0;
    TrailChecker m_checker;
    std::unique_ptr<StateReplay> m_replay;
    std::multimap<qint64, QByteArray> m_outside; ///< by size; those that were checked are gone
    RawQuery m_payload{m_database.get(), "SELECT salt, bytes FROM payload WHERE digest = ?"};
    RawQuery m_stored{m_database.get(), "SELECT size, note FROM checkpoint ORDER BY size"};
    bool m_hasStored = false;
};

Result<void> Verifier::run()
{
    auto replay = StateReplay::begin();
    if (!replay) {
        return tl::unexpected<Error>(replay.error());
    }
    m_replay = std::move(*replay);
    return sortOutside()
        .and_then([this]() -> Result<void> { return m_replay->compareSchema(m_database.get()); })
        .and_then([this]() -> Result<void> { return walkEvents(); })
        .and_then([this]() -> Result<void> { return checkEnd(); })
        .and_then([this]() -> Result<void> { return checkStructure(); })
        .and_then([this]() -> Result<void> {
            return m_request.replay ? m_replay->compareState(m_database.get()) : Result<void>();
        });
}

Result<void> Verifier::sortOutside()
{
    for (const QByteArray &note : m_request.checkpoints) {
        const auto checkpoint = parseCheckpoint(note);
        if (!checkpoint) {
            return fail(ErrorCode::InvalidInput, checkpoint.error().text);
        }
        if (checkpoint->size == 0) {
            return fail(ErrorCode::InvalidInput,
                        tr("A checkpoint of no events proves nothing; give another."));
        }
        m_outside.emplace(checkpoint->size, note);
    }
    m_report.checkpointsGiven = int(m_request.checkpoints.size());
    return {};
}

Result<void> Verifier::walkEvents()
{
    const auto newest = single(m_database.get(), "SELECT coalesce(max(seq), -1) FROM event");
    const auto stored = m_stored.next();
    if (!newest || !stored) {
        return tl::unexpected<Error>(newest ? stored.error() : newest.error());
    }
    m_total = *newest + 1;
    m_hasStored = *stored;
    RawQuery rows(
        m_database.get(),
        "SELECT seq, envelope, leaf, at_ms, kind, case_id, actor, agent, action, endpoint, risk, "
        "decision_id, sig_key, sig FROM event ORDER BY seq");
    for (;;) {
        const auto row = rows.next();
        if (row && !*row) {
            return {};
        }
        auto checked = row ? checkEvent(rows) : tl::unexpected<Error>(row.error());
        if (!checked) {
            m_report.firstBad = m_report.events;
            return checked;
        }
        ++m_report.events;
        checked = checkNotes();
        if (!checked) {
            return checked;
        }
        if (m_report.events % 512 == 0 && !goesOn()) {
            return fail(ErrorCode::Cancelled, tr("The verification was cancelled."));
        }
    }
}

/// Absent members are NULL; an empty text would be read as one.
bool hasEmptyText(const RawQuery &row)
{
    for (int column = 4; column < row.columns(); ++column) {
        if (row.type(column) != SQLITE_NULL && row.bytes(column).isEmpty()) {
            return true;
        }
    }
    return false;
}

Result<void> Verifier::checkEvent(const RawQuery &row)
{
    const EventRecord record{.seq = row.integer(0),
                             .envelope = row.bytes(1),
                             .leaf = row.bytes(2),
                             .atMs = row.integer(3),
                             .kind = row.text(4),
                             .caseId = CaseId(row.text(5)),
                             .actor = row.text(6),
                             .agent = row.text(7),
                             .action = row.text(8),
                             .endpoint = EndpointId(row.text(9)),
                             .risk = row.text(10),
                             .decision = DecisionId(row.text(11)),
                             .signatureKey = row.text(12),
                             .signature = row.bytes(13)};
    if (auto taken = m_checker.take(record); !taken) {
        return taken;
    }
    if (hasEmptyText(row)) {
        return tampered(tr("The columns of event %1 were altered.").arg(record.seq));
    }
    const auto payload = checkPayload(record.seq);
    if (!payload) {
        return tl::unexpected<Error>(payload.error());
    }
    return m_request.replay ? m_replay->apply(record, *payload) : Result<void>();
}

Result<QByteArray> Verifier::checkPayload(qint64 seq)
{
    if (m_checker.envelope().raw("payload").isEmpty()) {
        return QByteArray();
    }
    const QByteArray digest = QByteArray::fromHex(m_checker.envelope().text("payload").toLatin1());
    m_payload.rewind();
    m_payload.bind(1, digest);
    const auto row = m_payload.next();
    if (!row) {
        return tl::unexpected<Error>(row.error());
    }
    if (!*row) {
        return tampered(
            tr("The material of event %1 is missing, and no event says that it was erased.")
                .arg(seq));
    }
    const QByteArray bytes = m_payload.bytes(1);
    if (payloadDigest(m_payload.bytes(0), bytes) != digest) {
        return tampered(tr("The material of event %1 was altered.").arg(seq));
    }
    ++m_payloads;
    return bytes;
}

/// The checkpoints, stored and from outside, of the tree as it stands.
Result<void> Verifier::checkNotes()
{
    const qint64 size = m_checker.tree().size();
    while (m_hasStored && m_stored.integer(0) <= size) {
        auto checked = m_checker.checkNote(m_stored.bytes(1));
        if (!checked) {
            return checked;
        }
        const auto more = m_stored.next();
        if (!more) {
            return tl::unexpected<Error>(more.error());
        }
        m_hasStored = *more;
    }
    for (auto it = m_outside.find(size); it != m_outside.end() && it->first == size;
         it = m_outside.erase(it)) {
        if (auto checked = m_checker.checkNote(it->second); !checked) {
            return checked;
        }
    }
    return {};
}

Result<void> Verifier::checkEnd()
{
    if (m_report.events == 0) {
        return tampered(tr("The trail holds no events."));
    }
    if (!m_outside.empty() || m_hasStored) {
        m_report.firstBad = m_report.events;
        return tampered(
            tr("The trail ends after %1 events, but a checkpoint was made of %2: its tail was cut.")
                .arg(m_report.events)
                .arg(m_outside.empty() ? m_stored.integer(0) : m_outside.rbegin()->first));
    }
    const auto payloads = single(m_database.get(), "SELECT count(*) FROM payload");
    if (!payloads) {
        return tl::unexpected<Error>(payloads.error());
    }
    if (*payloads != m_payloads) {
        return tampered(tr("The database holds material that no event speaks of."));
    }
    return checkHead();
}

Result<void> Verifier::checkHead() const
{
    RawQuery head(m_database.get(), "SELECT size, frontier, root FROM log_head");
    const auto row = head.next();
    if (!row) {
        return tl::unexpected<Error>(row.error());
    }
    const CompactRange &tree = m_checker.tree();
    if (!*row || head.integer(0) != tree.size() || head.bytes(1) != tree.frontier()
        || head.bytes(2) != tree.root()) {
        return tampered(tr("The recorded head does not fit the %1 events that are there: events "
                           "were cut or added.")
                            .arg(tree.size()));
    }
    return {};
}

/// Indexes that hide rows, values of the wrong type, damaged pages.
Result<void> Verifier::checkStructure() const
{
    RawQuery check(m_database.get(), "PRAGMA integrity_check(1)");
    const auto row = check.next();
    if (!row) {
        return tl::unexpected<Error>(row.error());
    }
    if (!*row || check.text(0) != u"ok") {
        return fail(ErrorCode::Tampered, tr("The database is damaged or its indexes were altered."),
                    check.text(0));
    }
    return {};
}

void judge(TrailReport &report, const Result<void> &outcome)
{
    using Verdict = TrailReport::Verdict;
    if (outcome) {
        report.verdict = report.checkpointsGiven > 0 ? Verdict::Ok : Verdict::NoOutsideCheckpoint;
        report.text = report.checkpointsGiven > 0
            ? (report.checkpointsGiven == 1
                   ? tr("All %1 events are as they were recorded, and fit the checkpoint that was "
                        "kept outside.")
                         .arg(report.events)
                   : tr("All %1 events are as they were recorded, and fit %2 checkpoints that were "
                        "kept outside.")
                         .arg(report.events)
                         .arg(report.checkpointsGiven))
            : tr("All %1 events fit together, but no checkpoint from outside was given: a tail "
                 "that was cut off, or a "
                 "trail rewritten as a whole, would not show. Give a checkpoint that was kept "
                 "elsewhere.")
                  .arg(report.events);
        return;
    }
    report.verdict
        = outcome.error().code == ErrorCode::Unreadable ? Verdict::Unreadable : Verdict::Tampered;
    report.text = outcome.error().text;
}

} // namespace

Result<TrailReport> verifyTrail(const VerifyRequest &request)
{
    TrailReport report;
    auto database = openTrail(request.directory + QStringLiteral("/countersign.db"));
    Result<void> outcome;
    if (database) {
        outcome = Verifier(request, report, std::move(*database)).run();
    } else {
        outcome = tl::unexpected<Error>(database.error());
    }
    if (!outcome && outcome.error().code != ErrorCode::Unreadable
        && outcome.error().code != ErrorCode::Tampered) {
        return tl::unexpected<Error>(outcome.error());
    }
    judge(report, outcome);
    return report;
}

} // namespace countersign
