// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/eventwords.h"
#include "items/trailmodel.h"
#include "store/store.h"
#include "testing/fakeclock.h"
#include "testing/memorysecrets.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;

namespace {

EventDraft decision(int number, const QString &agent)
{
    EventDraft draft;
    draft.kind = QLatin1String(event::endpointChanged);
    draft.actor = Actor::person(PersonId(QStringLiteral("p-1")), QStringLiteral("Ana"));
    draft.endpoint = EndpointId(QStringLiteral("e-1"));
    draft.agent = agent;
    draft.fields
        = Json::object({{QStringLiteral("name"), Json(QStringLiteral("Agents"))},
                        {QStringLiteral("protocol"), Json(QStringLiteral("langgraph"))},
                        {QStringLiteral("url"), Json(QStringLiteral("http://h/%1").arg(number))}});
    draft.payload = Endpoint().settingsJson();
    return draft;
}

} // namespace

class TestTrailModel : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    MemorySecrets m_secrets;
    FakeClock m_clock;
    std::unique_ptr<KeyRing> m_keys;
    std::unique_ptr<Store> m_store;
    int m_opened = 0;

    /// `count` more events, `step` milliseconds apart.
    void append(int count, const QString &agent = QStringLiteral("support-agent"))
    {
        const auto future = m_store->write<bool>([=](Transaction &transaction) -> Result<bool> {
            for (int i = 0; i < count; ++i) {
                EventDraft draft = decision(i, agent);
                if (i > 0 || agent == QLatin1String("other-agent")) {
                    draft.kind = QLatin1String(event::endpointChanged);
                }
                const auto record = transaction.append(draft);
                if (!record) {
                    return tl::unexpected<Error>(record.error());
                }
            }
            return true;
        });
        QTRY_VERIFY(future.isFinished());
        QVERIFY2(future.result(),
                 qPrintable(future.result() ? QString() : future.result().error().text));
    }

private Q_SLOTS:
    void init()
    {
        m_keys = std::make_unique<KeyRing>(m_secrets);
        auto opened = openSqliteStore({.directory = m_folder.filePath(QString::number(++m_opened)),
                                       .ownerName = QStringLiteral("Ana")},
                                      *m_keys, m_clock);
        QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().text));
        m_store = std::move(*opened);
    }

    void cleanup() { m_store.reset(); }

    void pagesNewestFirst()
    {
        append(1000);
        TrailModel model(*m_store);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        tester.setUseFetchMore(false);
        QCOMPARE(model.rowCount(), 0);
        model.refresh();
        QTRY_VERIFY(model.rowCount() == 200);
        QVERIFY(model.total() >= 1000);
        QVERIFY(!model.isComplete());
        QCOMPARE(model.index(0, 0).data(TrailModel::SeqRole).toLongLong(), model.total() - 1);
        while (!model.isComplete()) {
            const int before = model.rowCount();
            QVERIFY(model.canFetchMore({}));
            model.fetchMore({});
            QVERIFY(!model.canFetchMore({})); // one question at a time
            QTRY_VERIFY(model.rowCount() > before || model.isComplete());
        }
        QCOMPARE(qint64(model.rowCount()), model.total());
        for (int row = 0; row < model.rowCount(); ++row) {
            QCOMPARE(model.index(row, 0).data(TrailModel::SeqRole).toLongLong(),
                     model.total() - 1 - row);
        }
    }

    void keepsFewPagesAndBringsThemBack()
    {
        append(9000);
        TrailModel model(*m_store);
        model.refresh();
        QTRY_VERIFY(model.rowCount() > 0);
        while (!model.isComplete()) {
            model.fetchMore({});
            QTRY_VERIFY(!model.isBusy());
        }
        const QModelIndex first = model.index(0, TrailModel::WhatColumn);
        QVERIFY(!first.data(TrailModel::LoadedRole).toBool());
        QVERIFY(!first.data().toString().isEmpty()); // says that it comes
        QTRY_VERIFY(first.data(TrailModel::LoadedRole).toBool());
        QCOMPARE(first.data(TrailModel::SeqRole).toLongLong(), model.total() - 1);
        QCOMPARE(model.rowCount(), int(model.total()));
    }

    void countsWhatIsAppendedAndMovesNothing()
    {
        append(5);
        TrailModel model(*m_store);
        model.refresh();
        QTRY_VERIFY(model.rowCount() > 0);
        const int rows = model.rowCount();
        const QVariant top = model.index(0, 0).data(TrailModel::SeqRole);
        append(3);
        QTRY_COMPARE(model.unseen(), 3);
        QCOMPARE(model.rowCount(), rows);
        QCOMPARE(model.index(0, 0).data(TrailModel::SeqRole), top);
        model.refresh();
        QTRY_COMPARE(model.rowCount(), rows + 3);
        QCOMPARE(model.unseen(), 0);
    }

    void theNewestQuestionWins()
    {
        append(10, QStringLiteral("one-agent"));
        append(7, QStringLiteral("other-agent"));
        TrailModel model(*m_store);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        TrailFilter one;
        one.agent = QStringLiteral("one-agent");
        TrailFilter other;
        other.agent = QStringLiteral("other-agent");
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setFilter(one);
        model.setFilter(other);
        QTRY_VERIFY(!model.isBusy());
        QCOMPARE(resets.count(), 1);
        QCOMPARE(model.rowCount(), 7);
        QVERIFY(model.isComplete());
        QCOMPARE(model.query().agent, QStringLiteral("other-agent"));
    }

    void filtersByTime()
    {
        append(4);
        m_clock.advance(60'000);
        const qint64 later = m_clock.nowMs();
        append(3);
        TrailModel model(*m_store);
        TrailFilter filter;
        filter.fromMs = later;
        model.setFilter(filter);
        QTRY_COMPARE(model.rowCount(), 3);
        filter.fromMs.reset();
        filter.toMs = later;
        filter.kind = QStringLiteral("endpoint.");
        model.setFilter(filter);
        QTRY_COMPARE(model.rowCount(), 4);
    }

    void offersWhatIsWritten()
    {
        append(2);
        TrailModel model(*m_store);
        auto future = model.facets();
        QTRY_VERIFY(future.isFinished());
        const TrailFacets facets = future.result().value();
        QVERIFY(facets.kinds.contains(QLatin1String(event::endpointChanged)));
        QCOMPARE(facets.agents, QStringList{QStringLiteral("support-agent")});
        QVERIFY(facets.actors.contains({QStringLiteral("p-1"), QStringLiteral("Ana")}));
    }

    void showsOneEventInFull()
    {
        append(1);
        TrailModel model(*m_store);
        model.refresh();
        QTRY_VERIFY(model.rowCount() > 0);
        const qint64 seq = model.index(0, 0).data(TrailModel::SeqRole).toLongLong();
        auto future = model.detail(seq);
        QTRY_VERIFY(future.isFinished());
        const EventDetail detail = future.result().value();
        QCOMPARE(detail.sentence,
                 QStringLiteral("Ana changed the settings of Agents (langgraph) at http://h/0"));
        QCOMPARE(leafHash(detail.envelope).toHex(), detail.leaf.toLatin1());
        QVERIFY(!detail.signatureKey.isEmpty());
        QVERIFY(detail.payload && detail.payload->contains(QLatin1String("secret_headers")));
        auto missing = model.detail(1'000'000);
        QTRY_VERIFY(missing.isFinished());
        QCOMPARE(missing.result().error().code, ErrorCode::NotFound);
    }

    void saysWhichDecisionsWereOneAct()
    {
        Json envelope = Json::object(
            {{QStringLiteral("kind"), Json(QString::fromLatin1(event::decisionReject))},
             {QStringLiteral("case"), Json(QStringLiteral("c-12"))},
             {QStringLiteral("action"), Json(QStringLiteral("pay"))},
             {QStringLiteral("batch"), Json(QStringLiteral("b-0a1b2c3d-4e5f-6789"))},
             {QStringLiteral("reason_code"), Json(QStringLiteral("budget"))},
             {QStringLiteral("actor"),
              Json::object({{QStringLiteral("name"), Json(QStringLiteral("Ana"))}})}});
        QCOMPARE(sentenceOf(envelope),
                 QStringLiteral("Ana rejected case c-12 (pay), in batch 0a1b2c3d: budget"));
        envelope.set(QStringLiteral("kind"), Json(QString::fromLatin1(event::decisionWithdrawn)));
        QCOMPARE(sentenceOf(envelope),
                 QStringLiteral("Ana took the decision on case c-12 (pay) back, in batch 0a1b2c3d"));
    }

    void saysEveryKindInWords_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *kind, const char *sentence) -> void {
            QTest::newRow(kind) << QString::fromLatin1(kind) << QString::fromUtf8(sentence);
        };
        row(event::caseProposed, "support-agent asks for issue_refund, 1250.00 EUR");
        row(event::decisionApprove, "Ana approved case c-12 (issue_refund)");
        row(event::decisionEdit, "Ana approved case c-12 (issue_refund) with changes");
        row(event::decisionReject, "Ana rejected case c-12 (issue_refund): wrong_amount");
        row(event::decisionSent, "The decision on case c-12 (issue_refund) was sent, try 2");
        row(event::outcomeReported, "Case c-12 (issue_refund) turned out good");
        row("future.kind", "Event of a kind that this version does not know: future.kind");
    }

    void saysEveryKindInWords()
    {
        QFETCH(QString, kind);
        const Json envelope = Json::object(
            {{QStringLiteral("kind"), Json(kind)},
             {QStringLiteral("case"), Json(QStringLiteral("c-12"))},
             {QStringLiteral("action"), Json(QStringLiteral("issue_refund"))},
             {QStringLiteral("agent"), Json(QStringLiteral("support-agent"))},
             {QStringLiteral("amount"), Json(QStringLiteral("1250.00"))},
             {QStringLiteral("currency"), Json(QStringLiteral("EUR"))},
             {QStringLiteral("attempt"), Json(2)},
             {QStringLiteral("outcome"), Json(QStringLiteral("good"))},
             {QStringLiteral("reason_code"), Json(QStringLiteral("wrong_amount"))},
             {QStringLiteral("actor"),
              Json::object({{QStringLiteral("name"), Json(QStringLiteral("Ana"))}})}});
        QTEST(sentenceOf(envelope), "sentence");
        QVERIFY(!kindTitle(kind).isEmpty());
    }

    void showsWhatForeignTextHides()
    {
        const Json envelope
            = Json::object({{QStringLiteral("kind"), Json(QLatin1String(event::caseProposed))},
                            {QStringLiteral("agent"), Json(QStringLiteral("good\u202Eliave"))},
                            {QStringLiteral("action"), Json(QStringLiteral("<b>pay</b>"))}});
        QCOMPARE(sentenceOf(envelope), QStringLiteral("good[U+202E]liave asks for <b>pay</b>"));
    }
};

QTEST_GUILESS_MAIN(TestTrailModel)
#include "tst_trailmodel.moc"
