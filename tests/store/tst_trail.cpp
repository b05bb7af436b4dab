// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "life.h"

#include <QElapsedTimer>
#include <QTest>

using namespace countersign;

namespace {

constexpr int count = 5000;

EventDraft eventAt(int i)
{
    static const QStringList kinds{QStringLiteral("note.one"), QStringLiteral("note.two"),
                                   QStringLiteral("other.one")};
    EventDraft draft{.kind = kinds.at(i % 3), .actor = Actor::system()};
    if (i % 4 == 0) {
        draft.actor = Actor::policy(QStringLiteral("policy v1"));
    }
    draft.agent = QStringLiteral("agent %1").arg(i % 5);
    draft.action = QStringLiteral("action %1").arg(i % 7);
    draft.endpoint = EndpointId(QStringLiteral("e-%1").arg(i % 2 + 1));
    return draft;
}

} // namespace

/// Paging through the trail by key, with each filter.
class TestTrail : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;
    QList<EventRecord> m_all; ///< newest first

    QList<EventRecord> page(const TrailQuery &query)
    {
        return m_fixture
            .read<QList<EventRecord>>([&](Reader &reader) { return reader.events(query); })
            .value_or(QList<EventRecord>());
    }

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(m_fixture.open(), std::nullopt);
        Life life(m_fixture);
        QVERIFY(life.addEndpoint());
        life.propose(Life::refund(QStringLiteral("q")));
        life.propose(Life::refund(QStringLiteral("r")));
        const auto written = m_fixture.write<int>([&](Transaction &tx) -> Result<int> {
            for (int i = 0; i < count; ++i) {
                m_fixture.clock.advance(10);
                if (auto record = tx.append(eventAt(i)); !record) {
                    return tl::unexpected<Error>(record.error());
                }
            }
            return count;
        });
        QVERIFY(written);
        TrailQuery everything;
        everything.limit = count * 2;
        m_all = page(everything);
        QCOMPARE(m_all.size(), count + 6);
        QCOMPARE(m_all.first().seq, count + 5);
    }

    void pages_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("limit");
        const auto row = [](const char *filter, const char *value, int limit) -> void {
            QTest::addRow("%s %s by %d", filter, value, limit)
                << QString::fromLatin1(filter) << QString::fromLatin1(value) << limit;
        };
        row("nothing", "", 200);
        row("kind", "note.two", 200);
        row("kind", "note.", 97);
        row("kind", "other.", 200);
        row("kind", "nothing.", 200);
        row("actor", "policy v1", 200);
        row("agent", "agent 3", 200);
        row("action", "action 6", 31);
        row("case", "c-1", 200);
        row("endpoint", "e-2", 200);
        row("time", "", 200);
        row("kind and time", "note.", 200);
        row("agent and kind", "note.one", 7);
    }
    void pages()
    {
        QFETCH(QString, filter);
        QFETCH(QString, value);
        QFETCH(int, limit);
        TrailQuery query;
        query.limit = limit;
        if (filter.contains(u"kind")) {
            query.kind = value;
        }
        if (filter.contains(u"agent")) {
            query.agent = filter == u"agent" ? value : QStringLiteral("agent 2");
        }
        if (filter.contains(u"time")) {
            query.fromMs = FakeClock::start + 1000;
            query.toMs = FakeClock::start + 21'000;
        }
        query.actor = filter == u"actor" ? value : QString();
        query.action = filter == u"action" ? value : QString();
        query.caseId = CaseId(filter == u"case" ? value : QString());
        query.endpoint = EndpointId(filter == u"endpoint" ? value : QString());

        QList<qint64> expected;
        for (const EventRecord &record : m_all) {
            const bool kind = query.kind.endsWith(QLatin1Char('.'))
                ? record.kind.startsWith(query.kind)
                : query.kind.isEmpty() || record.kind == query.kind;
            if (kind && (query.agent.isEmpty() || record.agent == query.agent)
                && (query.actor.isEmpty() || record.actor == query.actor)
                && (query.action.isEmpty() || record.action == query.action)
                && (query.caseId.isEmpty() || record.caseId == query.caseId)
                && (query.endpoint.isEmpty() || record.endpoint == query.endpoint)
                && (!query.fromMs || record.atMs >= *query.fromMs)
                && (!query.toMs || record.atMs < *query.toMs)) {
                expected.append(record.seq);
            }
        }
        QList<qint64> found;
        QList<EventRecord> one;
        do {
            one = page(query);
            QVERIFY(one.size() <= limit);
            for (const EventRecord &record : one) {
                found.append(record.seq);
            }
            if (!one.isEmpty()) {
                query.before = one.last().seq;
            }
        } while (one.size() == limit);
        QCOMPARE(found, expected);
        QCOMPARE(expected.isEmpty(), value == u"nothing.");
    }

    void facets()
    {
        const auto facet = [this](const char *column) -> QStringList {
            return m_fixture
                .read<QStringList>(
                    [&](Reader &r) { return r.trailFacet(QString::fromLatin1(column)); })
                .value_or(QStringList());
        };
        const QStringList kinds{
            QStringLiteral("case.proposed"),   QStringLiteral("endpoint.added"),
            QStringLiteral("key.added"),       QStringLiteral("note.one"),
            QStringLiteral("note.two"),        QStringLiteral("other.one"),
            QStringLiteral("person.enrolled"), QStringLiteral("profile.created")};
        QCOMPARE(facet("kind"), kinds);
        QCOMPARE(facet("agent").size(), 6);
        QCOMPARE(facet("action").size(), 8);
        QVERIFY(facet("actor").contains(QStringLiteral("policy v1")));
        QCOMPARE(facet("envelope"), QStringList());
    }

    void singleEvents()
    {
        const auto at = [this](qint64 seq) {
            return m_fixture.read<std::optional<EventRecord>>(
                [seq](Reader &r) { return r.event(seq); });
        };
        QCOMPARE((*at(3))->kind, QStringLiteral("endpoint.added"));
        QVERIFY(at(count * 3) && !*at(count * 3));
        QVERIFY(at(-1) && !*at(-1));
    }
};

QTEST_GUILESS_MAIN(TestTrail)
#include "tst_trail.moc"
