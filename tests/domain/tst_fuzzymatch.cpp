// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/fuzzymatch.h"

#include <QTest>

using namespace countersign;

class TestFuzzyMatch : public QObject
{
    Q_OBJECT
private:
    [[nodiscard]] static FuzzyMatch match(const char *typed, const char *text)
    {
        return fuzzyMatch(typedWords(QString::fromUtf8(typed)),
                          foldedForSearch(QString::fromUtf8(text)));
    }
    [[nodiscard]] static int score(const char *typed, const char *text)
    {
        return match(typed, text).score;
    }

private Q_SLOTS:
    void nothingTypedMatchesEverything()
    {
        QCOMPARE(score("", "Approve"), 1);
        QCOMPARE(score("   ", ""), 1);
    }

    void everyWordMustOccur()
    {
        QVERIFY(score("verify trail", "Trail: verify") > 0);
        QCOMPARE(score("verify inbox", "Trail: verify"), 0);
        QCOMPARE(score("approve", ""), 0);
    }

    void aBetterPlaceIsABetterMatch()
    {
        const QList<const char *> best{"verify", "now verify", "reverify", "very fine years"};
        for (qsizetype i = 1; i < best.size(); ++i) {
            QVERIFY2(score("verify", best[i - 1]) > score("verify", best[i]), best[i]);
        }
        QVERIFY(score("ref", "Refund") > score("ref", "Refund of a very long order"));
    }

    void lettersInOrderAreEnough()
    {
        QVERIFY(score("iref", "issue_refund") > 0);
        QVERIFY(score("abt", "About Countersign") > 0);
        QCOMPARE(score("tba", "About Countersign"), 0); // not in order
        QCOMPARE(score("z", "lazy z") > 0, true);
        QCOMPARE(score("az", "a long way to the letter z"), 0); // too far apart
        QCOMPARE(score("ssue", "i s s u e") > 0, true);
        QCOMPARE(score("xa", "a"), 0);
    }

    void caseAndAccentsDoNotMatter()
    {
        QVERIFY(score("perez", "A. Pérez") > 0);
        QVERIFY(score("PÉREZ", "a. perez") > 0);
        QVERIFY(score("viet", "Việt") > 0); // two accents on one letter
        QVERIFY(score("груша", "ГРУША") > 0);
        QVERIFY(score("محمد", "السيد محمد") > 0);
    }

    void placesAreThoseOfTheText()
    {
        QCOMPARE(match("ref", "A refund").places, (QList<int>{2, 3, 4}));
        QCOMPARE(match("ar", "approve reject").places, (QList<int>{0, 3}));
        QCOMPARE(match("pe er", "Pérez").places, (QList<int>{0, 1, 2}));
        const QString odd = QStringLiteral("İstanbul ß ﬁ \U0001F600 Ǆ");
        QCOMPARE(foldedForSearch(odd).size(), odd.size());
    }

    void whatIsTypedIsBounded()
    {
        const QString huge(1'000'000, u'a');
        QVERIFY(typedWords(huge).join(QString()).size() <= 100);
        QCOMPARE(fuzzyMatch(typedWords(huge), u"aaa").score, 0);
        QVERIFY(fuzzyMatch({QStringLiteral("aaaa")}, huge).score > 0);
    }
};

QTEST_GUILESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzymatch.moc"
