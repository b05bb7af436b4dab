// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/casefinder.h"
#include "services/servicesfixture.h"

using namespace countersign;

class TestCaseFinder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<ServicesFixture>();
        m->open();
        m->connectEndpoint();
        (void)m->take({proposalOf("q-1", "support-agent", "issue_refund"),
                       proposalOf("q-2", "Pérez & co", "exchange"),
                       proposalOf("q-3", "support-agent", "close_account")});
        m_finder = std::make_unique<CaseFinder>(*m->base.store);
    }
    void cleanup()
    {
        m_finder.reset();
        m->close();
        m.reset();
    }

    void findsByWhatIsKnownOfACase();
    void findsByNumberWhateverBecameOfIt();
    void findsWhatChangedMeanwhile();
    void findsAgents();
    void answersTheNewestQuestion();
    void mayGoWhileItIsAsked();
    void keepsItsCountsWhenCasesComeAndGo();

private:
    static Proposal proposalOf(const char *question, const char *agent, const char *action)
    {
        Proposal made = ServicesFixture::proposal(question);
        made.source.lane = made.source.question;
        made.agent = QString::fromUtf8(agent);
        made.action = QString::fromUtf8(action);
        return made;
    }
    [[nodiscard]] Found found(const char *typed) const
    {
        return finished(m_finder->find(QString::fromUtf8(typed)));
    }
    [[nodiscard]] QStringList idsOf(const Found &found) const
    {
        QStringList ids;
        for (const FoundCase &one : found.cases) {
            ids.append(one.id.toString());
        }
        return ids;
    }

    std::unique_ptr<ServicesFixture> m;
    std::unique_ptr<CaseFinder> m_finder;
};

void TestCaseFinder::findsByWhatIsKnownOfACase()
{
    QCOMPARE(idsOf(found("exchange")), QStringList{QStringLiteral("c-2")});
    QCOMPARE(idsOf(found("perez")), QStringList{QStringLiteral("c-2")});
    QCOMPARE(idsOf(found("sup clo")), QStringList{QStringLiteral("c-3")});
    QCOMPARE(found("support-agent").cases.size(), 2);
    QCOMPARE(found("nothing of the kind").cases.size(), 0);
    QCOMPARE(found("").cases.size(), 0);
    QCOMPARE(finished(m_finder->find(QStringLiteral("claims"), 2)).cases.size(), 2);
}

void TestCaseFinder::findsByNumberWhateverBecameOfIt()
{
    QCOMPARE(idsOf(found("c-3")), QStringList{QStringLiteral("c-3")});
    QCOMPARE(idsOf(found("C-3 ")), QStringList{QStringLiteral("c-3")});
    QCOMPARE(idsOf(found("3")), QStringList{QStringLiteral("c-3")});
    QCOMPARE(found("c-99").cases.size(), 0);
    m->server.ask({proposalOf("q-3", "support-agent", "close_account")});
    QVERIFY(m->approve("c-3"));
    m->base.clock.advance(60'000);
    QVERIFY(m->deliver() > 0);
    QVERIFY(m->theCase("c-3").state == CaseState::Delivered);
    QCOMPARE(idsOf(found("3")), QStringList{QStringLiteral("c-3")});
    QCOMPARE(found("close_account").cases.size(), 0); // it is no longer open
}

void TestCaseFinder::findsWhatChangedMeanwhile()
{
    QCOMPARE(found("newcomer").cases.size(), 0);
    (void)m->take({proposalOf("q-4", "newcomer", "issue_refund")}, false);
    QTRY_COMPARE(idsOf(found("newcomer")), QStringList{QStringLiteral("c-4")});
}

void TestCaseFinder::findsAgents()
{
    const Found one = found("support");
    QCOMPARE(one.agents.size(), 1);
    QCOMPARE(one.agents.first().name, QStringLiteral("support-agent"));
    QCOMPARE(one.agents.first().open, 2);
}

void TestCaseFinder::answersTheNewestQuestion()
{
    (void)found("exchange"); // it has read by now
    QList<QFuture<Found>> asked;
    for (const char *typed : {"e", "ex", "exc"}) {
        asked.append(m_finder->find(QString::fromUtf8(typed)));
    }
    QCOMPARE(idsOf(finished(asked.last())), QStringList{QStringLiteral("c-2")});
    for (const QFuture<Found> &each : asked) {
        QTRY_VERIFY(each.isFinished()); // none is forgotten
    }
}

void TestCaseFinder::mayGoWhileItIsAsked()
{
    const QFuture<Found> asked = m_finder->find(QStringLiteral("exchange"));
    m_finder.reset();
    QTRY_VERIFY(asked.isFinished());
}

void TestCaseFinder::keepsItsCountsWhenCasesComeAndGo()
{
    CaseIndex index;
    QList<CaseRow> rows;
    for (int i = 0; i < 100; ++i) {
        CaseRow row;
        row.id = CaseId(QStringLiteral("c-%1").arg(i));
        row.agent = QStringLiteral("agent-%1").arg(i % 3);
        rows.append(row);
    }
    index.take(rows);
    index.take(rows); // the same again
    QCOMPARE(index.size(), 100);
    for (CaseRow &row : rows) {
        row.state = CaseState::Delivered;
    }
    index.take(rows.mid(10, 80));
    QCOMPARE(index.size(), 20);
    const auto never = []() -> bool {
        return false;
    };
    int open = 0;
    for (const FoundAgent &agent : index.find(QStringLiteral("agent"), 50, never).agents) {
        open += agent.open;
    }
    QCOMPARE(open, 20);
    QCOMPARE(index.find(QStringLiteral("agent"), 50, never).cases.size(), 20);
    QCOMPARE(index.find(QStringLiteral("agent"), 50, []() -> bool { return true; }).cases.size(),
             0);
    index.take(rows);
    QCOMPARE(index.size(), 0);
    QVERIFY(index.find(QStringLiteral("agent"), 50, never).agents.isEmpty());
}

QTEST_GUILESS_MAIN(TestCaseFinder)
#include "tst_casefinder.moc"
