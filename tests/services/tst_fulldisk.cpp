// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicesfixture.h"
#include "testing/tightplace.h"

#include <QDir>

using namespace countersign;

/// No room left on the disk: nothing is said to be done that was not recorded, nothing is sent,
/// nothing is lost, and it goes on when there is room.
class TestFullDisk final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m = std::make_unique<ServicesFixture>(); }
    void cleanup()
    {
        QVERIFY(m->isSound());
        m->close();
        m.reset();
        m_disk.reset();
    }

    void nothingIsSentThatIsNotRecorded_data();
    void nothingIsSentThatIsNotRecorded();
    void whatWasSentIsNotSentTwice();

private:
    using F = ServicesFixture;
    void open()
    {
        m->open();
        m->connectEndpoint();
        for (const char *question : {"q1", "q2"}) {
            Proposal proposal = F::proposal(question);
            proposal.source.lane = QString::fromLatin1(question);
            m->server.ask({proposal});
        }
        m->take(m->server.look());
    }
    std::unique_ptr<ServicesFixture> m;
    std::unique_ptr<SmallDisk> m_disk;
};

void TestFullDisk::nothingIsSentThatIsNotRecorded_data()
{
    QTest::addColumn<bool>("small");
    QTest::newRow("files may not grow") << false;
    QTest::newRow("the disk is full") << true;
}

void TestFullDisk::nothingIsSentThatIsNotRecorded()
{
    QFETCH(bool, small);
    const QString folder = m->base.folder.path();
    if (small) {
        m_disk = std::make_unique<SmallDisk>(folder, 4 << 20);
    }
    open();
    if (small && !m_disk->isMounted()) {
        QSKIP("This user may not mount a disk.");
    }
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    const auto before = m->base.trail();

    std::unique_ptr<NoRoom> tight;
    QFile ballast(folder + QStringLiteral("/ballast"));
    if (small) {
        QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (ballast.write(QByteArray(4096, 'x')) == 4096) { }
    } else {
        tight = std::make_unique<NoRoom>(1024);
    }
    const QString lengthy(50'000, u'x'); // more than what is left of a page
    DecisionRequest request = m->request("c-2", DecisionKind::Reject);
    request.message = lengthy;
    const auto refused = m->decide(request);
    Proposal third = F::proposal("q3");
    third.question = lengthy;
    m->server.ask({third});
    const auto taken = finished(m->intake->take(m->endpoint, m->server.look()));
    const auto tried = finished(m->delivery->runDue(m->base.clock.monotonicMs() + 60'000));
    const int calls = m->server.calls;
    const auto during = m->base.trail();
    const CaseState state = m->theCase("c-2").state;
    tight.reset();
    if (small) {
        // Within what was left, small records still go: then they are whole.
        QVERIFY(calls == 0 || during.last().seq > before.last().seq);
        QVERIFY(ballast.remove());
    } else {
        QVERIFY(!tried);
        QVERIFY2(tried.error().text.contains(u"nothing was recorded"),
                 qPrintable(tried.error().text));
        QCOMPARE(calls, 0);
        QCOMPARE(during.size(), before.size());
    }
    QVERIFY(!refused);
    QVERIFY2(refused.error().retryable && refused.error().text.contains(u"nothing was recorded"),
             qPrintable(refused.error().text));
    QVERIFY(!taken);
    QCOMPARE(state, CaseState::Waiting);
    for (qsizetype i = 0; i < before.size(); ++i) {
        QCOMPARE(during.at(i).envelope, before.at(i).envelope);
    }

    // There is room again.
    QVERIFY(m->decide(request));
    QVERIFY(finished(m->intake->take(m->endpoint, m->server.look())));
    m->base.clock.advance(600'000);
    m->deliver();
    QCOMPARE(m->server.effects().size(), 2);
    QCOMPARE(m->theCase("c-1").state, CaseState::Delivered);
    QCOMPARE(m->theCase("c-2").state, CaseState::Delivered);
    QCOMPARE(m->theCase("c-3").state, CaseState::Waiting);
}

/// The disk fills while the endpoint answers.
void TestFullDisk::whatWasSentIsNotSentTwice()
{
    open();
    QVERIFY(m->approve());
    m->base.clock.advance(60'000);
    std::unique_ptr<NoRoom> tight;
    m->server.scripts.push_back([&](const Dispatch &dispatch) -> DeliveryReport {
        auto report = m->server.honest(dispatch);
        tight = std::make_unique<NoRoom>(1024);
        return report;
    });
    m->deliver();
    const CaseState state = m->theCase().state;
    tight.reset();
    QCOMPARE(state, CaseState::Sending);
    QCOMPARE(m->server.effects().size(), 1);
    m->base.clock.advance(60'000);
    m->deliver();
    QCOMPARE(m->server.received.size(), 2);
    QVERIFY(m->server.received.last().maybeSent);
    QCOMPARE(m->server.effects().size(), 1);
    QCOMPARE(m->theCase().state, CaseState::Delivered);
}

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_fulldisk.moc"
