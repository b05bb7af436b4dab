// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/gate.h"
#include "policy/spotcheck.h"

#include <QTest>

#include <cmath>

using namespace countersign;

namespace {

QString seedOf(int first)
{
    QByteArray seed;
    for (int i = 0; i < 32; ++i) {
        seed.append(char(first + i));
    }
    return QString::fromLatin1(seed.toHex());
}

} // namespace

/// The draw of spot checks: the same for everybody, fair, and exact at its edges.
class TestSpotCheck final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Computed with another program, from the words in the header alone.
    void vectors()
    {
        const QString seed = seedOf(0);
        QCOMPARE(drawnNumber(seed, 1), std::optional<quint64>(0xf124b118816cb843));
        QCOMPARE(drawnNumber(seed, 2), std::optional<quint64>(0x1503001fd4171b55));
        QCOMPARE(drawnNumber(seed, 3), std::optional<quint64>(0xa3b3b0c0d9e7b4cf));
        QCOMPARE(drawnNumber(seed, 10), std::optional<quint64>(0x575e85e33e3ecc3b));
        QVERIFY(!isDrawn(seed, 1, QStringLiteral("0.94"))); // 0.94196…
        QVERIFY(isDrawn(seed, 1, QStringLiteral("0.942")));
        QVERIFY(!isDrawn(seed, 2, QStringLiteral("0.08"))); // 0.08207…
        QVERIFY(isDrawn(seed, 2, QStringLiteral("0.10")));
    }

    void theEdgesAreExact()
    {
        QVERIFY(!isWithin(quint64(1) << 63, QStringLiteral("0.5")));
        QVERIFY(isWithin((quint64(1) << 63) - 1, QStringLiteral("0.5")));
        QVERIFY(isWithin(~quint64(0), QStringLiteral("1")));
        QVERIFY(isWithin(~quint64(0), QStringLiteral("1.000")));
        QVERIFY(isWithin(18, QStringLiteral("0.000000000000000001"))); // 18.4…
        QVERIFY(!isWithin(19, QStringLiteral("0.000000000000000001")));
    }

    void shares_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        for (const char *good : {"1", "0.1", "0.10", "1.0", "0.000000000000000001"}) {
            QTest::newRow(good) << QString::fromLatin1(good) << true;
        }
        for (const char *bad : {"", "0", "0.0", "1.01", "2", "-0.1", ".5", "1.", "1e-1", "0,1",
                                " 1", "0.0000000000000000001", "nan", "00.1"}) {
            QTest::newRow(qPrintable(QStringLiteral("bad ") + QLatin1String(bad)))
                << QString::fromLatin1(bad) << false;
        }
    }
    void shares()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        QCOMPARE(isShare(text), good);
        QCOMPARE(isDrawn(seedOf(1), 1, text) || isWithin(0, text), good);
    }

    void noSeedNoDraw()
    {
        const QString one = QStringLiteral("1");
        QVERIFY(isDrawn(seedOf(1), 1, one));
        QVERIFY(!isDrawn({}, 1, one));
        QVERIFY(!isDrawn(seedOf(1).left(62), 1, one));
        QVERIFY(!isDrawn(seedOf(1).toUpper(), 1, one)); // one written form
        QVERIFY(!isDrawn(seedOf(1), 0, one));
    }

    /// 20,000 draws at 1 in 20: within four standard errors, for each of several seeds; and hits do
    /// not follow hits.
    void theDrawIsFair()
    {
        constexpr int draws = 20'000;
        constexpr double share = 0.05;
        for (int first : {1, 60, 120}) {
            int hits = 0;
            int pairs = 0;
            bool before = false;
            for (int i = 1; i <= draws; ++i) {
                const bool hit = isDrawn(seedOf(first), i, QStringLiteral("0.05"));
                hits += hit ? 1 : 0;
                pairs += hit && before ? 1 : 0;
                before = hit;
            }
            QVERIFY(std::abs(hits - draws * share) < 4 * std::sqrt(draws * share * (1 - share)));
            const double pairShare = share * share;
            QVERIFY(std::abs(pairs - draws * pairShare) < 4.5 * std::sqrt(draws * pairShare));
        }
    }

    void policyLooksAtEveryOutlier()
    {
        Proposal done;
        done.risk = Risk::Low;
        done.reversibility = Reversibility::Reversible;
        const QString rate = QString::fromLatin1(builtInSpotCheckRate);
        QVERIFY(isShare(rate));
        const SpotCheckRule plain = spotCheckRule(done, rate);
        QVERIFY(!plain.outlier);
        QCOMPARE(plain.probability, rate);
        QVERIFY(plain.reasons.constFirst().contains(rate));
        for (const Risk risk : {Risk::High, Risk::Unknown}) {
            Proposal risky = done;
            risky.risk = risk;
            QVERIFY(spotCheckRule(risky, rate).outlier);
            QCOMPARE(spotCheckRule(risky, rate).probability, QStringLiteral("1"));
        }
        for (const Reversibility kind : {Reversibility::Irreversible, Reversibility::Unknown}) {
            Proposal final = done;
            final.reversibility = kind;
            QVERIFY(spotCheckRule(final, rate).outlier);
        }
    }

    void aReasonIsAskedForWhereTheRiskIsKnownToBeHigh()
    {
        Proposal proposal;
        for (const Risk risk : {Risk::Low, Risk::Medium, Risk::Unknown}) {
            proposal.risk = risk;
            QVERIFY(!needsReason(proposal));
        }
        proposal.risk = Risk::High;
        QVERIFY(needsReason(proposal));
    }

    void blindCasesAreAShareAndStaySo()
    {
        int blind = 0;
        const PersonId ana(QStringLiteral("p-1"));
        for (int i = 1; i <= 10'000; ++i) {
            blind += isBlindCase(CaseId(QStringLiteral("c-%1").arg(i)), ana, QStringLiteral("0.2"))
                ? 1
                : 0;
        }
        QVERIFY(blind > 1840 && blind < 2160); // four standard errors
        const CaseId id(QStringLiteral("c-7"));
        QVERIFY(isBlindCase(id, ana, QStringLiteral("1")));
        QVERIFY(!isBlindCase(id, ana, QStringLiteral("0")));
        QVERIFY(!isBlindCase(id, ana, {}));
    }
};

QTEST_GUILESS_MAIN(TestSpotCheck)
#include "tst_spotcheck.moc"
