// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pace.h"
#include "items/lookmeter.h"
#include "testing/fakeclock.h"

#include <QTest>

using namespace countersign;

namespace {

const CaseId one(QStringLiteral("c-1"));
const CaseId two(QStringLiteral("c-2"));

QString approve()
{
    return toWord(DecisionKind::Approve);
}

Reviewed quick(const QString &answer, qint64 lookMs = 3000, qint64 size = 1200, int opened = 0)
{
    return {.answer = answer, .lookMs = lookMs, .size = size, .opened = opened};
}

} // namespace

/// What is measured of looking, and what is said of it.
class TestAttention final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timeCountsOnlyInSight()
    {
        FakeClock clock;
        LookMeter meter(clock);
        meter.show(one, 500);
        clock.advance(1000); // its window is not the active one yet
        meter.setActive(true);
        clock.advance(4000);
        meter.setActive(false);
        clock.advance(60'000); // lunch
        meter.setActive(true);
        clock.advance(2000);
        QCOMPARE(meter.look(approve()).lookMs, 6000);
        QCOMPARE(meter.look(approve()).size, 500);
        meter.show(two, 80);
        clock.advance(3000);
        QCOMPARE(meter.look(approve()).lookMs, 3000);
        meter.show(one, 500); // back again: it goes on
        clock.advance(1000);
        QCOMPARE(meter.look(approve()).lookMs, 7000);
        meter.show({}, 0);
        clock.advance(1000);
        QCOMPARE(meter.look(approve()).lookMs, 0);
    }

    void sectionsAndStreaks()
    {
        FakeClock clock;
        LookMeter meter(clock);
        meter.setActive(true);
        meter.show(one, 10);
        meter.open(QStringLiteral("raw"));
        meter.open(QStringLiteral("evidence"));
        meter.open(QStringLiteral("raw"));
        const Look look = meter.look(approve());
        QCOMPARE(look.opened, (QStringList{QStringLiteral("raw"), QStringLiteral("evidence")}));
        QCOMPARE(look.streak, 1);
        meter.answered(approve());
        QCOMPARE(meter.look(approve()).lookMs, 0);
        QVERIFY(meter.look(approve()).opened.isEmpty());
        QCOMPARE(meter.look(approve()).streak, 2);
        QCOMPARE(meter.look(toWord(DecisionKind::Reject)).streak, 1);
        meter.answered(toWord(DecisionKind::Reject));
        QCOMPARE(meter.look(approve()).streak, 1);
    }

    void theFloorFollowsTheSize()
    {
        QCOMPARE(readingFloorMs(0), 2000);
        QCOMPARE(readingFloorMs(-5), 2000);
        QCOMPARE(readingFloorMs(4284), 60'000); // 714 words
        QCOMPARE(readingFloorMs(2142), 30'000);
        QCOMPARE(readingFloorMs(std::numeric_limits<qint64>::max()), 60'000);
    }

    void aDayInFigures()
    {
        QCOMPARE(paceOf({}), Pace());
        const Pace pace = paceOf({quick(approve(), 24'000),
                                  quick(QStringLiteral("edit"), 30'000),
                                  quick(QStringLiteral("respond"), 10'000),
                                  quick(QStringLiteral("reject"), 50'000),
                                  quick(QStringLiteral("wrong"), 5000),
                                  {.answer = approve()}}); // from a script
        QCOMPARE(pace.decided, 6);
        QCOMPARE(pace.medianMs, std::optional<qint64>(24'000));
        QCOMPARE(pace.edits, 1);
        QCOMPARE(pace.sentBack, 1);
        QCOMPARE(pace.rejected, 1);
        QCOMPARE(pace.marked, 1);
        QVERIFY(!pace.hurry);
    }

    /// Each sign alone is none.
    void hasteNeedsEverySign()
    {
        const QList<Reviewed> hasty(hurryStreak, quick(approve()));
        const Pace pace = paceOf(hasty);
        QVERIFY(pace.hurry);
        QCOMPARE(pace.hurry->streak, hurryStreak);
        QCOMPARE(pace.hurry->medianMs, 3000);
        QCOMPARE(pace.hurry->floorMs, readingFloorMs(1200));
        QVERIFY(!paceOf(hasty.mid(1)).hurry); // too few
        QVERIFY(!paceOf(QList<Reviewed>(hurryStreak, quick(approve(), 60'000))).hurry); // slow
        QVERIFY(!paceOf(QList<Reviewed>(hurryStreak, quick(approve(), 3000, 20))).hurry); // short
        QVERIFY(!paceOf(QList<Reviewed>(hurryStreak, quick(approve(), 3000, 1200, 1))).hurry);
        QVERIFY(!paceOf(hasty + QList{quick(QStringLiteral("reject"))}).hurry); // not alike
        QVERIFY(!paceOf(QList<Reviewed>(hurryStreak, {.answer = approve()})).hurry); // unmeasured
        QVERIFY(paceOf(QList{quick(QStringLiteral("reject"))} + hasty).hurry);
    }

    void signsAreToldFromMany()
    {
        using Kind = LookSign::Kind;
        const auto signs = [](const QList<Reviewed> &reviewed) -> QList<LookSign> {
            return paceOf(reviewed).signs;
        };
        const QList<Reviewed> blinks(quickCases, quick(approve(), 1999, largeCase, 1));
        QCOMPARE(signs(blinks), (QList<LookSign>{{Kind::TooQuick, quickCases}}));
        QVERIFY(signs(blinks.mid(1)).isEmpty());
        QVERIFY(signs(QList<Reviewed>(5, quick(approve(), 1999, largeCase - 1, 1))).isEmpty());
        QVERIFY(signs(QList<Reviewed>(5, quick(approve(), 2000, largeCase, 1))).isEmpty());
        const QList<Reviewed> alike(oneAnswerStreak, quick(approve(), 60'000, 100, 1));
        QCOMPARE(signs(alike), (QList<LookSign>{{Kind::OneAnswer, oneAnswerStreak}}));
        QVERIFY(signs(alike + QList{quick(QStringLiteral("edit"), 60'000, 100, 1)}).isEmpty());
        QList<Reviewed> closed;
        for (int i = 0; i < unopenedStreak; ++i) {
            closed.append(quick(i % 2 == 0 ? approve() : QStringLiteral("reject"), 60'000, 100));
        }
        QCOMPARE(signs(closed), (QList<LookSign>{{Kind::NothingOpened, unopenedStreak}}));
        QVERIFY(signs(closed + QList{quick(approve(), 60'000, 100, 1)}).isEmpty());
        QVERIFY(signs(QList<Reviewed>(60, {.answer = QStringLiteral("edit")})).size() == 1);
        QList<Reviewed> agreed;
        for (int i = 0; i < agreedCases; ++i) {
            agreed.append(
                quick(i % 2 == 0 ? approve() : QStringLiteral("correct"), 60'000, 100, 1));
        }
        QCOMPARE(signs(agreed), (QList<LookSign>{{Kind::NeverDiffers, agreedCases}}));
        QCOMPARE(paceOf(agreed).agreed, agreedCases);
        QVERIFY(signs(agreed + QList{quick(QStringLiteral("reject"), 60'000, 100, 1)}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestAttention)
#include "tst_attention.moc"
