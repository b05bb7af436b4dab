// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/schema.h"

namespace countersign::sqlite {

namespace {

constexpr auto version1 = R"sql(
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    envelope BLOB NOT NULL,
    leaf BLOB NOT NULL CHECK (length(leaf) = 32),
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    case_id TEXT,
    actor TEXT NOT NULL,
    agent TEXT,
    action TEXT,
    endpoint TEXT,
    risk TEXT,
    decision_id TEXT,
    sig_key TEXT,
    sig BLOB
) STRICT;
CREATE INDEX event_kind ON event (kind, seq);
CREATE INDEX event_case ON event (case_id, seq) WHERE case_id IS NOT NULL;
CREATE INDEX event_actor ON event (actor, kind, seq);
CREATE INDEX event_agent ON event (agent, kind, seq) WHERE agent IS NOT NULL;
CREATE INDEX event_action ON event (action, kind, seq) WHERE action IS NOT NULL;
CREATE INDEX event_endpoint ON event (endpoint, kind, seq) WHERE endpoint IS NOT NULL;
CREATE INDEX event_at ON event (at_ms);

CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'events are never deleted'); END;
CREATE TRIGGER event_append_only BEFORE INSERT ON event
WHEN new.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM event)
BEGIN SELECT raise(ABORT, 'events are only appended'); END;

CREATE TABLE payload (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE log_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    root BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;

CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY,
    note TEXT NOT NULL,
    places TEXT
) STRICT;

CREATE TABLE person (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    key_id TEXT NOT NULL,
    public_key BLOB NOT NULL
) STRICT;

CREATE TABLE endpoint (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    payload BLOB,
    removed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX endpoint_name ON endpoint (name) WHERE removed = 0;

CREATE TABLE cases (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    endpoint TEXT NOT NULL,
    question TEXT NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    occurrence INTEGER NOT NULL,
    lane TEXT,
    rebind TEXT,
    agent TEXT,
    action TEXT,
    case_type TEXT,
    headline TEXT,
    subject TEXT,
    confidence TEXT,
    amount TEXT,
    currency TEXT,
    risk TEXT NOT NULL,
    reversibility TEXT NOT NULL,
    allowed TEXT NOT NULL,
    digest TEXT NOT NULL,
    disposition TEXT NOT NULL,
    policy TEXT,
    queue TEXT,
    state TEXT NOT NULL,
    state_text TEXT,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    due_ms INTEGER,
    set_aside_until_ms INTEGER,
    version INTEGER NOT NULL,
    payload BLOB,
    before BLOB
) STRICT;
CREATE INDEX cases_place ON cases (endpoint, question, part, occurrence);
CREATE INDEX cases_rebind ON cases (endpoint, rebind, part, occurrence) WHERE rebind IS NOT NULL;
CREATE INDEX cases_state ON cases (state);

CREATE TABLE decision (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    state_text TEXT,
    digest TEXT NOT NULL,
    reason_code TEXT,
    actor TEXT NOT NULL,
    actor_name TEXT,
    decided_ms INTEGER NOT NULL,
    send_at_ms INTEGER NOT NULL,
    payload BLOB
) STRICT;
CREATE INDEX decision_case ON decision (case_id, seq);

CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    question TEXT NOT NULL,
    occurrence INTEGER NOT NULL,
    lane TEXT,
    state TEXT NOT NULL,
    due_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    in_flight INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    payload BLOB
) STRICT;
CREATE INDEX outbox_open ON outbox (number) WHERE state IN ('held', 'sending');

CREATE TABLE outbox_part (
    outbox TEXT NOT NULL REFERENCES outbox (id),
    part INTEGER NOT NULL,
    decision TEXT,
    case_id TEXT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (outbox, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE effect (
    seq INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    word TEXT,
    text TEXT
) STRICT;
CREATE INDEX effect_case ON effect (case_id, seq);

PRAGMA application_id = 1129531214;
)sql";

// Grows until the first release that carries it; afterwards a step is never touched again.
constexpr auto version2 = R"sql(
ALTER TABLE cases ADD COLUMN assignee TEXT;
ALTER TABLE cases ADD COLUMN follow_up_ms INTEGER;
ALTER TABLE cases ADD COLUMN shape TEXT;
ALTER TABLE cases ADD COLUMN set_aside_by TEXT;
ALTER TABLE cases ADD COLUMN back TEXT;
ALTER TABLE cases ADD COLUMN back_ms INTEGER;
CREATE INDEX cases_follow_up ON cases (follow_up_ms) WHERE follow_up_ms IS NOT NULL;

-- How far an index that is no fold of the events has come.
CREATE TABLE derived (
    name TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    below INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where the events of an endpoint were read up to: no fold of our own events either.
CREATE TABLE endpoint_cursor (
    endpoint TEXT PRIMARY KEY,
    cursor BLOB NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE cases ADD COLUMN purpose TEXT;
ALTER TABLE cases ADD COLUMN known_from TEXT;
CREATE INDEX cases_known_from ON cases (known_from) WHERE known_from IS NOT NULL;
ALTER TABLE decision ADD COLUMN look_ms INTEGER;
ALTER TABLE decision ADD COLUMN look_size INTEGER;
ALTER TABLE decision ADD COLUMN look_opened INTEGER;

CREATE TRIGGER decision_only_on_work BEFORE INSERT ON decision
WHEN (SELECT purpose FROM cases WHERE id = new.case_id) IS NOT NULL
BEGIN SELECT raise(ABORT, 'nothing is decided about what is never sent'); END;
CREATE TRIGGER outbox_only_for_work BEFORE INSERT ON outbox_part
WHEN (SELECT purpose FROM cases WHERE id = new.case_id) IS NOT NULL
BEGIN SELECT raise(ABORT, 'spot checks and known answers are never sent'); END;

CREATE TABLE spot_draw (
    number INTEGER PRIMARY KEY,
    endpoint TEXT NOT NULL,
    question TEXT NOT NULL,
    seed TEXT NOT NULL,
    probability TEXT NOT NULL,
    drawn INTEGER NOT NULL,
    outlier INTEGER NOT NULL,
    agent TEXT,
    action TEXT,
    case_type TEXT,
    case_id TEXT,
    at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX spot_draw_place ON spot_draw (endpoint, question);

CREATE TABLE verdict (
    seq INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    verdict TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT,
    at_ms INTEGER NOT NULL,
    blind INTEGER NOT NULL,
    look_ms INTEGER,
    look_size INTEGER,
    look_opened INTEGER,
    payload BLOB
) STRICT;
CREATE INDEX verdict_case ON verdict (case_id, seq);

CREATE TABLE commitment (
    seq INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    actor TEXT NOT NULL,
    digest TEXT NOT NULL,
    answer TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX commitment_once ON commitment (case_id, actor, digest);

CREATE TABLE checked (
    seq INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE REFERENCES cases (id),
    actor TEXT NOT NULL,
    actor_name TEXT,
    answer TEXT NOT NULL,
    is_right INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
    name TEXT NOT NULL,
    person TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name, person)
) STRICT, WITHOUT ROWID;

-- How cases ended and what they were like, without a word of theirs: no fold either.
CREATE TABLE precedent (
    number INTEGER PRIMARY KEY,
    answer INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    by_policy INTEGER NOT NULL,
    edited BLOB,
    traits BLOB NOT NULL
) STRICT;

-- Of a waiting case: when its next step happens, and the time of the one that has.
ALTER TABLE cases ADD COLUMN zero_ms INTEGER;
ALTER TABLE cases ADD COLUMN zero_passed_ms INTEGER;
CREATE INDEX cases_zero ON cases (zero_ms) WHERE zero_ms IS NOT NULL AND state = 'waiting';

CREATE TABLE policy (
    version INTEGER PRIMARY KEY,
    event BLOB NOT NULL CHECK (length(event) = 32),
    digest TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT,
    at_ms INTEGER NOT NULL,
    payload BLOB
) STRICT;

CREATE TABLE stop (
    endpoint TEXT NOT NULL,
    agent TEXT NOT NULL,
    seq INTEGER NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT,
    at_ms INTEGER NOT NULL,
    payload BLOB,
    PRIMARY KEY (endpoint, agent)
) STRICT, WITHOUT ROWID;

-- What policy said later of a case that is the same: instead of what its proposal came with.
ALTER TABLE cases ADD COLUMN gate BLOB;
CREATE INDEX cases_assignee ON cases (assignee) WHERE assignee IS NOT NULL AND state = 'waiting';

CREATE TABLE approval (
    seq INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    actor TEXT NOT NULL,
    actor_name TEXT,
    digest TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX approval_once ON approval (case_id, actor, digest);

ALTER TABLE endpoint ADD COLUMN kept_version TEXT;
ALTER TABLE endpoint ADD COLUMN kept_digest TEXT;
ALTER TABLE person ADD COLUMN roles TEXT;
ALTER TABLE person ADD COLUMN limits TEXT;
ALTER TABLE person ADD COLUMN absent_until_ms INTEGER;
ALTER TABLE person ADD COLUMN delegate TEXT;

CREATE INDEX decision_actor ON decision (actor, decided_ms);
CREATE INDEX verdict_actor ON verdict (actor, at_ms);
)sql";

} // namespace

const QList<Migration> &migrations()
{
    static const QList<Migration> steps{
        {.to = 1, .sql = version1},
        {.to = 2, .sql = version2 + QByteArray(caseTextTable) + ";\n" + precedentTermTable}};
    return steps;
}

const QStringList &stateTables()
{
    static const QStringList names{
        QStringLiteral("person"),     QStringLiteral("endpoint"),  QStringLiteral("cases"),
        QStringLiteral("decision"),   QStringLiteral("outbox"),    QStringLiteral("outbox_part"),
        QStringLiteral("effect"),     QStringLiteral("spot_draw"), QStringLiteral("verdict"),
        QStringLiteral("commitment"), QStringLiteral("checked"),   QStringLiteral("setting"),
        QStringLiteral("policy"),     QStringLiteral("stop"),      QStringLiteral("approval")};
    return names;
}

} // namespace countersign::sqlite
