// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/keys.h"
#include "testing/pastfixture.h"
#include "testing/worked.h"
#include "views/policy/riskmapchart.h"
#include "views/policy/riskmapview.h"
#include "views/policy/thresholdview.h"
#include "views/policy/tryoutview.h"

#include <QListView>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>

using namespace countersign;

namespace {

constexpr qint64 seen = 900;

QString labelOf(const QWidget &view, const char *name)
{
    const auto *label = view.findChild<QLabel *>(QLatin1String(name));
    return label != nullptr ? label->text() : QString();
}

void press(Qt::Key key)
{
    QTest::keyClick(QApplication::focusWidget(), key);
}

} // namespace

/// The risk map, the try-out and threshold advice by keys alone.
class TestPolicyPast final : public QObject
{
    Q_OBJECT

    std::unique_ptr<PastFixture> m;

    static void show(QWidget &view)
    {
        view.resize(1208, 700);
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
    }

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<CaseId>();
        m = std::make_unique<PastFixture>();
        m->open(seen);
    }
    void cleanupTestCase() { m.reset(); }

    void everyKindOnTheMapIsReachedByKeys()
    {
        RiskMapModel model(*m->base.store, m->base.clock);
        RiskMapView view(model);
        show(view);
        auto *chart = view.findChild<RiskMapChart *>();
        QTRY_COMPARE(chart->bubbles(), model.rowCount());
        QTRY_VERIFY(model.rowCount() > 5);
        QVERIFY(QTest::qWaitForWindowActive(&view));
        RiskBubble *first = nullptr;
        for (auto *bubble : chart->findChildren<RiskBubble *>()) {
            first = bubble->focusPolicy() == Qt::StrongFocus ? bubble : first;
        }
        QVERIFY(first != nullptr);
        view.findChild<QWidget *>()->setFocus();
        QVERIFY(tabTo(spokenName(first)));
        press(Qt::Key_Home);
        QStringList spoken{spokenName(QApplication::focusWidget())};
        for (int i = 1; i < model.rowCount(); ++i) {
            press(Qt::Key_Right);
            spoken.append(spokenName(QApplication::focusWidget()));
        }
        QCOMPARE(QSet<QString>(spoken.cbegin(), spoken.cend()).size(), model.rowCount());
        for (const QString &sentence : spoken) {
            QVERIFY2(sentence.contains(QLatin1String(" a month, "))
                         && sentence.contains(QLatin1String("approve")),
                     qPrintable(sentence));
        }
        // What is current on the map is current in the table.
        auto *current = qobject_cast<RiskBubble *>(QApplication::focusWidget());
        auto *table = view.findChild<QTableView *>();
        QVERIFY(current != nullptr);
        QVERIFY(model.at(table->currentIndex().row()).isSameKind(current->group()));
        QSignalSpy chosen(&view, &RiskMapView::groupChosen);
        const QString action = current->group().action;
        press(Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().at(1).toString(), action);
        table->setFocus();
        press(Qt::Key_Up);
        press(Qt::Key_Return);
        QCOMPARE(chosen.count(), 2);
        QCOMPARE(chosen.last().at(1).toString(), model.at(table->currentIndex().row()).action);
        QVERIFY(labelOf(view, "state").contains(QLatin1String("900 cases")));
    }

    void anEmptyMapSaysSo()
    {
        PastFixture empty;
        empty.open(0);
        RiskMapModel model(*empty.base.store, empty.base.clock);
        RiskMapView view(model);
        show(view);
        QTRY_VERIFY(model.isLoaded());
        QVERIFY(isSaid(view, QStringLiteral("No case was seen")));
    }

    void aDraftIsTriedAndItsCasesOpened()
    {
        ReplayModel model(*m->base.store, m->base.clock);
        CasesBehindModel behind(*m->base.store);
        TryOutView view(model, behind);
        show(view);
        auto *start = findButton(view, QStringLiteral("Start"));
        QVERIFY(start != nullptr && !start->isEnabled());
        model.setPolicies(policyFrom(""),
                          policyFrom(R"({"id":"r","action":"issue_refund","mode":"autonomous",
                              "min_confidence":0.7,"limits":{"EUR":100},
                              "worst_reversibility":"costly"})"));
        QVERIFY(tabTo(QStringLiteral("Period")));
        press(Qt::Key_End); // from … to …
        QVERIFY(model.period() == ReplayModel::Period::Between);
        press(Qt::Key_Up); // all cases
        QVERIFY(tabTo(QStringLiteral("Start")));
        press(Qt::Key_Space);
        QTRY_VERIFY(model.outcome());
        QVERIFY2(labelOf(view, "reviews").contains(QLatin1String("900 now")),
                 qPrintable(labelOf(view, "reviews")));
        QVERIFY(labelOf(view, "wrong").contains(QLatin1String("more let through, of ")));
        QVERIFY2(bare(labelOf(view, "money")).contains(u" EUR would newly go by itself"),
                 qPrintable(labelOf(view, "money")));
        QVERIFY(tabTo(QStringLiteral("Figures by kind of action")));
        auto *table = qobject_cast<QTableView *>(QApplication::focusWidget());
        QVERIFY(table != nullptr);
        while (table->currentIndex().column() > ReplayModel::FewerColumn) {
            press(Qt::Key_Left);
        }
        QTRY_VERIFY(behind.rowCount() > 0);
        QVERIFY(labelOf(view, "behind").startsWith(QLatin1String("No longer reviewed")));
        press(Qt::Key_Return); // into the cases
        QVERIFY(qobject_cast<QListView *>(QApplication::focusWidget()) != nullptr);
        QSignalSpy chosen(&view, &TryOutView::caseChosen);
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().value<CaseId>(), behind.at(1).id);
    }

    void aThresholdIsFoundAndTaken()
    {
        ThresholdModel model(*m->base.store);
        ThresholdView view(model);
        show(view);
        QTRY_VERIFY(model.evidence());
        QVERIFY(!labelOf(view, "advice").isEmpty());
        QVERIFY(labelOf(view, "scores").contains(QLatin1String("measured")));
        QVERIFY(tabTo(QStringLiteral("Threshold")));
        auto *slider = qobject_cast<QSlider *>(QApplication::focusWidget());
        QVERIFY(slider != nullptr);
        press(Qt::Key_Home);
        QCOMPARE(slider->value(), 0);
        QVERIFY(labelOf(view, "speed").startsWith(QLatin1String("100 % go by themselves")));
        const QString loose = labelOf(view, "oversight");
        for (int i = 0; i < 80; ++i) {
            press(Qt::Key_Right);
        }
        QCOMPARE(slider->value(), 80);
        QVERIFY(labelOf(view, "oversight") != loose);
        QSignalSpy chosen(&view, &ThresholdView::thresholdChosen);
        QVERIFY(tabTo(QStringLiteral("Use 0.80")));
        press(Qt::Key_Space);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().at(0).toString(), QStringLiteral("desk"));
        QCOMPARE(chosen.first().at(3).toDouble(), 0.80);
        QCOMPARE(chosen.first().at(1).toString(), model.at(model.current()).action);
    }

    /// The slider follows the finger: the sums are there before it moves.
    void theSliderRepaintsInAFrame()
    {
        ThresholdModel model(*m->base.store);
        ThresholdView view(model);
        show(view);
        QTRY_VERIFY(model.evidence());
        auto *slider = view.findChild<QSlider *>();
        QList<qint64> worked; // of this thread: what others do meanwhile says nothing
        for (int value = 100; value >= 0; --value) {
            const qint64 before = workedUs();
            slider->setValue(value);
            QApplication::processEvents();
            view.repaint();
            worked.append(workedUs() - before);
        }
        std::sort(worked.begin(), worked.end());
        const qint64 median = worked.at(worked.size() / 2);
        QVERIFY2(median <= 16'000, qPrintable(QString::number(median)));
    }
};

QTEST_MAIN(TestPolicyPast)
#include "tst_policypast.moc"
