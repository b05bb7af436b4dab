// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/runner.h"
#include "policy/near.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;

namespace {

/// In a folder without a profile, where none may appear.
Outcome ladder(const QStringList &words)
{
    const QTemporaryDir folder;
    const Outcome outcome
        = runCommandLine(QStringList{QStringLiteral("--data"), folder.path(),
                                     QStringLiteral("ladder"), QStringLiteral("evaluate")}
                             + words,
                         [](const QString &) -> const Protocol * { return nullptr; });
    const bool untouched = QDir(folder.path()).isEmpty();
    return untouched ? outcome : complaint(99, QStringLiteral("A profile was made."));
}

Outcome ladder(const char *words)
{
    return ladder(QString::fromLatin1(words).split(QLatin1Char(' ')));
}

} // namespace

class TestLadder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void evaluateKnown()
    {
        const Outcome outcome = ladder("--successes 48 --failures 2 --target 0.9");
        QCOMPARE(outcome.code, exitcode::done);
        const auto json = parseJson(outcome.out.trimmed());
        QVERIFY(json);
        NEAR((*json)[u"wilson"].toDouble(), 0.886100, 1e-6);
        NEAR((*json)[u"clopper_pearson"].toDouble(), 0.879386, 1e-6);
        NEAR((*json)[u"jeffreys"].toDouble(), 0.893672, 1e-6);
        QVERIFY((*json)[u"promote"].isBool());
        QVERIFY(!(*json)[u"promote"].toBool());
    }

    void evaluatePromotesAtTheRightCase()
    {
        const auto at = [](const char *words) {
            return *parseJson(ladder(words).out.trimmed());
        };
        NEAR_RELATIVE(at("--successes 50 --failures 0 --target 0.9")[u"e_value"].toDouble(),
                      37.8691, 1e-4);
        QVERIFY(!at("--successes 42 --failures 0 --target 0.9")[u"promote"].toBool());
        QVERIFY(at("--successes 43 --failures 0 --target 0.9")[u"promote"].toBool());
        QVERIFY(!at("--successes 43 --failures 0 --target 0.9 --alpha 0.01")[u"promote"].toBool());
        // More than a double holds, and still JSON.
        const Json huge = at("--successes 10000000 --failures 0 --target 0.9");
        QVERIFY(huge[u"promote"].toBool());
        QVERIFY(huge[u"e_value"].numberText().endsWith("e+457568"));
    }

    void evaluateRefusesNonsense()
    {
        for (const char *words :
             {"--failures 0 --target 0.9", "--successes -1 --failures 0 --target 0.9",
              "--successes 1.5 --failures 0 --target 0.9", "--successes 9 --failures 0 --target 1",
              "--successes 9 --failures 0 --target nan", "--successes 9 --failures 0",
              "--successes 9 --failures 0 --target 0.9 --alpha 0",
              "--successes 99999999999999999999 --failures 0 --target 0.9"}) {
            const Outcome outcome = ladder(words);
            QCOMPARE(outcome.code, exitcode::badInput);
            QVERIFY(outcome.out.isEmpty());
            QVERIFY(outcome.err.endsWith(".\n"));
        }
    }
};

QTEST_GUILESS_MAIN(TestLadder)
#include "tst_ladder.moc"
