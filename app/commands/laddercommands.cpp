// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "domain/translate.h"
#include "policy/statistics/evidence.h"

#include <QLocale>

namespace countersign {

namespace {

Json number(double value)
{
    return Json::number(QByteArray::number(value, 'g', QLocale::FloatingPointShortest));
}

Result<qint64> count(const Arguments &arguments, const char *option)
{
    bool ok = false;
    const qint64 value = arguments.value(option).toLongLong(&ok);
    if (!ok) {
        return fail(ErrorCode::InvalidInput,
                    tr("Give --%1 as a whole number of cases.").arg(QLatin1String(option)));
    }
    return value;
}

Result<double> probability(const Arguments &arguments, const char *option)
{
    bool ok = false;
    const double value = arguments.value(option).toDouble(&ok);
    if (!ok) {
        return fail(ErrorCode::InvalidInput,
                    tr("Give --%1 as a number between 0 and 1.").arg(QLatin1String(option)));
    }
    return value;
}

Outcome evaluateCounts(const Arguments &arguments)
{
    const Result<qint64> successes = count(arguments, "successes");
    const Result<qint64> failures = count(arguments, "failures");
    const Result<double> target = probability(arguments, "target");
    const Result<double> alpha
        = arguments.has("alpha") ? probability(arguments, "alpha") : Result<double>(0.05);
    for (const auto &faulty : {successes.map([](qint64) {}), failures.map([](qint64) {}),
                               target.map([](double) {}), alpha.map([](double) {})}) {
        if (!faulty) {
            return complaint(faulty.error());
        }
    }
    const auto found = statistics::evaluate(*successes, *failures, *target, *alpha);
    if (!found) {
        return complaint(found.error());
    }
    return printed(Json::object({
        {QStringLiteral("wilson"), number(found->wilson)},
        {QStringLiteral("clopper_pearson"), number(found->clopperPearson)},
        {QStringLiteral("jeffreys"), number(found->jeffreys)},
        {QStringLiteral("e_value"), Json::number(statistics::exponentialText(found->logEValue))},
        {QStringLiteral("promote"), found->promote},
    }));
}

} // namespace

QList<Command> ladderCommands()
{
    return {
        {.spec
         = {.name = QStringLiteral("ladder evaluate"),
            .options
            = {{QStringLiteral("successes"), QStringLiteral("S"), tr("cases that were correct")},
               {QStringLiteral("failures"), QStringLiteral("F"), tr("cases that were wrong")},
               {QStringLiteral("target"), QStringLiteral("P"),
                tr("the accuracy to be proven, between 0 and 1")},
               {QStringLiteral("alpha"), QStringLiteral("A"),
                tr("accepted probability of a false promotion; 0.05 unless given")}},
            .help = tr("Says in JSON what counted cases prove about an accuracy."),
            .needsProfile = false},
         .evaluate = evaluateCounts},
    };
}

} // namespace countersign
