// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/casemodel.h"
#include "items/inboxmodel.h"
#include "services/servicesfixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace countersign;

class TestInboxModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void filtersByConfidenceTypeAndText();
    void sortsByAmountExactly();
    void changesStayInPlaceAndNewsWaits();
    void followsOneCase();
    void tenThousandRowsCostLittle();
    void ticksOnlyWhatCountsDown();

private:
    [[nodiscard]] static Proposal asked(const char *question, const char *amount,
                                        const char *confidence, const char *type = "a");
    [[nodiscard]] QStringList shown() const;

    std::unique_ptr<ServicesFixture> m;
    std::unique_ptr<InboxModel> m_model;
};

Proposal TestInboxModel::asked(const char *question, const char *amount, const char *confidence,
                               const char *type)
{
    Proposal made = ServicesFixture::proposal(question, amount);
    made.confidence = Decimal::parse(QByteArray(confidence));
    made.caseType = QLatin1String(type);
    made.impact.amount = Decimal::parse(QByteArray(amount));
    made.source.lane = made.source.question;
    return made;
}

QStringList TestInboxModel::shown() const
{
    QStringList ids;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        ids.append(m_model->rowAt(i).id.toString());
    }
    return ids;
}

void TestInboxModel::init()
{
    m = std::make_unique<ServicesFixture>();
    m->open();
    m->connectEndpoint();
    (void)m->take({asked("q1", "9007199254740993", "0.50"), asked("q2", "9007199254740992", "0.80"),
                   asked("q3", "5", "", "b")});
    m_model = std::make_unique<InboxModel>(*m->base.store, m->base.clock);
    new QAbstractItemModelTester(m_model.get(), m_model.get());
    m_model->load();
    QTRY_VERIFY(m_model->isLoaded());
}

void TestInboxModel::cleanup()
{
    m_model.reset();
    m->close();
    m.reset();
}

void TestInboxModel::filtersByConfidenceTypeAndText()
{
    const QStringList all{QStringLiteral("c-1"), QStringLiteral("c-2"), QStringLiteral("c-3")};
    QCOMPARE(shown(), all);
    InboxFilter filter;
    filter.minConfidence = Decimal::parse(QByteArray("0.5"));
    filter.maxConfidence = Decimal::parse(QByteArray("0.7"));
    m_model->setFilter(filter);
    QCOMPARE(shown(), (QStringList{all[0], all[2]})); // unknown has a tick of its own
    filter.unknownConfidence = false;
    m_model->setFilter(filter);
    QCOMPARE(shown(), QStringList{all[0]});
    filter = {};
    filter.knownConfidence = false;
    m_model->setFilter(filter);
    QCOMPARE(shown(), QStringList{all[2]});
    filter = {};
    filter.caseTypes = {QStringLiteral("b")};
    m_model->setFilter(filter);
    QCOMPARE(shown(), QStringList{all[2]});
    filter = {};
    filter.text = QStringLiteral("REFUND 9007199254740993");
    m_model->setFilter(filter);
    QCOMPARE(shown(), QStringList{all[0]});
    filter.text = QStringLiteral("nowhere");
    m_model->setFilter(filter);
    QCOMPARE(shown(), QStringList());
    QCOMPARE(m_model->counts().queues.value(InboxQueue::Open), 3);
    QCOMPARE(m_model->counts().caseTypes.value(QStringLiteral("a")), 2);
}

void TestInboxModel::sortsByAmountExactly()
{
    m_model->setOrder(
        {.keys = {{InboxColumn::Amount}}}); // a double could not tell the first two apart
    QCOMPARE(shown(),
             (QStringList{QStringLiteral("c-1"), QStringLiteral("c-2"), QStringLiteral("c-3")}));
    m_model->setOrder({.keys = {{InboxColumn::Confidence}}});
    QCOMPARE(shown().first(), QStringLiteral("c-3"));
}

void TestInboxModel::changesStayInPlaceAndNewsWaits()
{
    const QStringList before = shown();
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    DecisionRequest request;
    request.caseId = CaseId(QStringLiteral("c-1"));
    request.digest = m->theCase().digest;
    request.person = m->ana;
    QVERIFY(finished(m->decisions->decide(request)));
    QTRY_COMPARE(m_model->rowAt(0).state, CaseState::Held);
    QVERIFY(m_model->rowAt(0).sendAtMs.has_value());
    (void)m->take({asked("q4", "1", "0.1")}, false);
    QTRY_COMPARE(m_model->newCount(), 1);
    QCOMPARE(shown(), before);
    QCOMPARE(resets.count(), 0);
    m_model->takeIn();
    QCOMPARE(resets.count(), 1);
    QCOMPARE(shown(),
             (QStringList{QStringLiteral("c-2"), QStringLiteral("c-3"), QStringLiteral("c-4")}));
}

void TestInboxModel::followsOneCase()
{
    CaseModel detail(*m->base.store);
    QSignalSpy changed(&detail, &CaseModel::changed);
    detail.open(CaseId(QStringLiteral("c-2")));
    QTRY_VERIFY(detail.current());
    QCOMPARE(detail.current()->proposal.source.question, QStringLiteral("q2"));
    changed.clear();
    (void)m->take({asked("q2", "7", "0.80")}, false); // changed after it was shown
    QTRY_VERIFY(detail.current()->before.has_value());
    QCOMPARE(changed.last().first().toBool(), true); // hands must wait
}

void TestInboxModel::tenThousandRowsCostLittle()
{
    QList<Proposal> many;
    for (int i = 0; i < 10'000; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QByteArray amount = QByteArray::number(i * 7919 % 10'000) + ".50";
        const QByteArray confidence = "0." + QByteArray::number(100 + i * 31 % 900);
        const QByteArray type = "type " + QByteArray::number(i % 12);
        many.append(asked(("m" + number).constData(), amount.constData(), confidence.constData(),
                          type.constData()));
    }
    (void)m->take(many, false);
    InboxModel model(*m->base.store, m->base.clock);
    model.load();
    QTRY_VERIFY_WITH_TIMEOUT(model.isLoaded(), 20'000);
    QCOMPARE(model.rowCount(), 10'003);
#ifdef QT_DEBUG
    constexpr qint64 most = 400; // says only that nothing is quadratic
#else
    constexpr qint64 most = 50; // 16 on a machine at rest
#endif
    for (const InboxColumn column : allInboxColumns) {
        model.setOrder({.keys = {{InboxColumn::Age}}});
        QElapsedTimer timer;
        timer.start();
        model.setOrder({.keys = {{column}}});
        model.takeIn();
        qInfo("order %d: %.1f ms", int(column), double(timer.nsecsElapsed()) / 2e6);
        QVERIFY2(timer.elapsed() / 2 <= most, qPrintable(QString::number(timer.elapsed() / 2)));
    }
    InboxFilter filter;
    filter.text = QStringLiteral("nowhere to be found");
    QElapsedTimer timer;
    timer.start();
    model.setFilter(filter);
    qInfo("search: %.1f ms", double(timer.nsecsElapsed()) / 1e6);
    QVERIFY(timer.elapsed() <= most);
    timer.start();
    for (int i = 0; i < 1000; ++i) {
        model.tick();
    }
    qInfo("tick: %.4f ms", double(timer.nsecsElapsed()) / 1e9);
    QVERIFY(timer.elapsed() <= most);
}

void TestInboxModel::ticksOnlyWhatCountsDown()
{
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->tick();
    QCOMPARE(changed.count(), 0);
    QVERIFY(m->approve());
    QTRY_VERIFY(m_model->rowAt(m_model->indexOf(CaseId(QStringLiteral("c-1")))).sendAtMs);
    changed.clear();
    m_model->tick();
    QCOMPARE(changed.count(), 1);
    QVERIFY(finished(m->decisions->undo(CaseId(QStringLiteral("c-1")), m->ana)));
    QTRY_VERIFY(!m_model->rowAt(0).sendAtMs);
    changed.clear();
    m_model->tick();
    QCOMPARE(changed.count(), 0);
}

QTEST_MAIN(TestInboxModel)
#include "tst_inboxmodel.moc"
