// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/timelinemodel.h"
#include "services/caseservice.h"
#include "services/servicesfixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace countersign;

class TestTimelineModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsTheWholeWay();
    void newestFirstAndOlderWhenAskedFor();
    void openingAnotherForgetsTheFirst();

private:
    [[nodiscard]] QStringList lines() const
    {
        QStringList list;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QModelIndex at = m_model->index(row);
            list.append(at.data(TimelineModel::WhoRole).toString() + u' ' + at.data().toString());
        }
        return list;
    }

    const CaseId c1{QStringLiteral("c-1")};
    std::unique_ptr<ServicesFixture> m;
    std::unique_ptr<CaseService> m_cases;
    std::unique_ptr<TimelineModel> m_model;
};

void TestTimelineModel::init()
{
    m = std::make_unique<ServicesFixture>();
    m->open();
    m->connectEndpoint();
    m_cases = std::make_unique<CaseService>(*m->base.store);
    (void)m->take({ServicesFixture::proposal("q1"), ServicesFixture::proposal("q2")});
    m_model = std::make_unique<TimelineModel>(*m->base.store);
    new QAbstractItemModelTester(m_model.get(), m_model.get());
}

void TestTimelineModel::cleanup()
{
    m_model.reset();
    m_cases.reset();
    m->close();
    m.reset();
}

void TestTimelineModel::tellsTheWholeWay()
{
    m->server.ask({ServicesFixture::proposal("q1")});
    m_model->open(c1);
    const PersonId ana = m->ana;
    QVERIFY(finished(m_cases->setAside({c1}, {.untilChange = true}, ana)));
    QVERIFY(finished(m_cases->assign({c1}, QStringLiteral("Legal"), ana)));
    QVERIFY(finished(m_cases->setAside({c1}, {}, ana)));
    DecisionRequest request = m->request();
    request.look = Look{.lookMs = 34'500};
    request.skipHold = true;
    QVERIFY(m->decide(request));
    QCOMPARE(m->deliver(), 1);
    Observation seen;
    seen.effects = {{.question = QStringLiteral("q1"),
                     .part = 1,
                     .word = QStringLiteral("executed"),
                     .text = QStringLiteral("Refunded.")}};
    (void)m->take(seen);
    const QStringList told{
        QStringLiteral("claims reported an effect: executed"),
        QStringLiteral("Countersign delivered the decision"),
        QStringLiteral("Countersign sent the decision, try 1"),
        QStringLiteral("Countersign holds the answer until its hold ends"),
        QStringLiteral("Ana Pérez approved, after looking for 34 s"),
        QStringLiteral("Ana Pérez took it back in hand"),
        QStringLiteral("Ana Pérez assigned it to somebody who is not enrolled"),
        QStringLiteral("Ana Pérez set it aside until something changes"),
        QStringLiteral("claims asks for this"),
    };
    QTRY_COMPARE(lines(), told);
    QCOMPARE(m_model->index(0).data(TimelineModel::RemarkRole).toString(),
             QStringLiteral("Refunded."));
    QCOMPARE(m_model->index(6).data(TimelineModel::RemarkRole).toString(), QStringLiteral("Legal"));
}

void TestTimelineModel::newestFirstAndOlderWhenAskedFor()
{
    constexpr int count = 1000;
    QVERIFY(m->base.write<void>([&](Transaction &tx) -> Result<void> {
        for (int i = 0; i < count; ++i) {
            const auto appended = tx.append(
                {.kind = QLatin1String(event::caseCommented),
                 .actor = Actor::person(m->ana, QStringLiteral("Ana Pérez")),
                 .caseId = c1,
                 .payload = Json::object(
                     {{QStringLiteral("text"), Json(QStringLiteral("Comment %1").arg(i))}})});
            if (!appended) {
                return tl::unexpected<Error>(appended.error());
            }
        }
        return {};
    }));
    m_model->open(c1);
    QTRY_COMPARE(m_model->rowCount(), TimelineModel::pageSize); // no more is read at once
    const auto remark = [&](int row) -> QString {
        return m_model->index(row).data(TimelineModel::RemarkRole).toString();
    };
    QCOMPARE(remark(0), QStringLiteral("Comment 999"));
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    for (int pages = 0; m_model->hasEarlier() && pages < 100; ++pages) {
        QTRY_VERIFY(!m_model->isReading());
        m_model->readEarlier();
        QTRY_VERIFY(!m_model->isReading());
    }
    QCOMPARE(m_model->rowCount(), count + 1);
    QCOMPARE(remark(count - 1), QStringLiteral("Comment 0"));
    QCOMPARE(m_model->index(count).data(TimelineModel::KindRole).toString(),
             QLatin1String(event::caseProposed));
    QVERIFY(finished(m_cases->comment({c1}, QStringLiteral("One more"), m->ana)));
    QTRY_COMPARE(m_model->rowCount(), count + 2);
    QCOMPARE(remark(0), QStringLiteral("One more"));
    QCOMPARE(remark(1), QStringLiteral("Comment 999"));
    QCOMPARE(resets.count(), 0); // what was read stays where it is
}

void TestTimelineModel::openingAnotherForgetsTheFirst()
{
    m_model->open(c1);
    m_model->open(CaseId(QStringLiteral("c-2")));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QTRY_VERIFY(!m_model->isReading());
    QCOMPARE(m_model->rowCount(), 1);
    m_model->open({});
    QCOMPARE(m_model->rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestTimelineModel)
#include "tst_timelinemodel.moc"
