// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/forms.h"
#include "app/commands/table.h"
#include "domain/translate.h"


namespace countersign {

namespace {

constexpr qint64 longestDeliveryMs = 120'000;

Json summaryForm(const QString &endpoint, const Result<IntakeSummary> &summary)
{
    Json form = Json::object({{QStringLiteral("endpoint"), Json(endpoint)}});
    if (!summary) {
        form.set(QStringLiteral("error"), Json(summary.error().text));
        return form;
    }
    form.set(QStringLiteral("proposed"), Json(summary->proposed));
    form.set(QStringLiteral("changed"), Json(summary->changed));
    form.set(QStringLiteral("updated"), Json(summary->updated));
    form.set(QStringLiteral("reopened"), Json(summary->reopened));
    form.set(QStringLiteral("troubled"), Json(summary->troubled));
    form.set(QStringLiteral("closed"), Json(summary->closed));
    form.set(QStringLiteral("effects"), Json(summary->effects));
    form.set(QStringLiteral("performed"), Json(summary->performed));
    form.set(QStringLiteral("spot_checks"), Json(summary->spotChecks));
    form.set(QStringLiteral("decided"), Json(summary->decided));
    form.set(QStringLiteral("refused"), Json::fromStrings(summary->refused));
    return form;
}

QCoro::Task<Outcome> sync(Profile &profile, const Arguments &arguments)
{
    if (arguments.has("endpoint")) {
        const auto named = co_await namedEndpoint(profile, arguments.value("endpoint"));
        if (!named) {
            co_return complaint(named.error());
        }
    }
    const auto loaded = co_await settled(profile.endpoints().load());
    if (!loaded) {
        co_return complaint(loaded.error());
    }
    const QString only = arguments.value("endpoint");
    QList<QString> names;
    QList<QFuture<Result<IntakeSummary>>> rounds;
    for (const EndpointView &view : profile.endpoints().endpoints()) {
        if (only.isEmpty() || view.endpoint.name == only || view.endpoint.id.toString() == only) {
            names.append(view.endpoint.name);
            rounds.append(settled(profile.endpoints().sync(view.endpoint.id)));
        }
    }
    Outcome outcome;
    Json forms = Json::array();
    int fresh = 0;
    int checks = 0;
    for (qsizetype i = 0; i < rounds.size(); ++i) {
        const auto summary = co_await rounds.at(i);
        forms.append(summaryForm(names.at(i), summary));
        if (!summary) {
            outcome.code = exitcode::notDelivered;
            outcome.err += tr("%1: %2").arg(names.at(i), summary.error().text).toUtf8() + '\n';
            continue;
        }
        fresh += summary->proposed;
        checks += summary->spotChecks;
        for (const QString &refusal : summary->refused) {
            outcome.err += tr("%1: %2").arg(names.at(i), refusal).toUtf8() + '\n';
        }
    }
    const auto tried = co_await settled(
        profile.delivery().runDue(profile.clock().monotonicMs() + longestDeliveryMs));
    if (!tried) {
        co_return complaint(tried.error());
    }
    outcome.out = arguments.json
        ? printed(Json::object({{QStringLiteral("endpoints"), forms},
                                {QStringLiteral("answers"), Json(*tried)}}))
              .out
        : printed(checks == 0 ? tr("%1 new; %2 answers sent.").arg(fresh).arg(*tried)
                              : tr("%1 new; %2 spot checks; %3 answers sent.")
                                    .arg(fresh)
                                    .arg(checks)
                                    .arg(*tried))
              .out;
    co_return outcome;
}

QFuture<Result<QList<OutboxEntry>>> entriesOf(Profile &profile, bool all)
{
    return settled(profile.store().read<QList<OutboxEntry>>(
        [all](Reader &reader) { return reader.outbox(!all); }));
}

QCoro::Task<Outcome> outbox(Profile &profile, const Arguments &arguments)
{
    const auto entries = co_await entriesOf(profile, arguments.has("all"));
    if (!entries) {
        co_return complaint(entries.error());
    }
    Json forms = Json::array();
    QList<QStringList> rows;
    for (const OutboxEntry &entry : *entries) {
        forms.append(outboxForm(entry));
        QStringList cases;
        for (const CaseId &id : entry.cases) {
            cases.append(id.toString());
        }
        rows.append({entry.id.toString(), toWord(entry.state), entry.endpoint.toString(),
                     cases.join(QLatin1Char(' ')), isoTime(entry.dueMs),
                     QString::number(entry.attempts), entry.lastError});
    }
    co_return arguments.json ? printed(forms)
                             : printed(table({tr("ID"), tr("STATE"), tr("ENDPOINT"), tr("CASES"),
                                              tr("DUE"), tr("TRIES"), tr("LAST ERROR")},
                                             rows));
}

} // namespace

QList<Command> deliveryCommands()
{
    return {
        {{.name = QStringLiteral("sync"),
          .options = {{QStringLiteral("endpoint"), QStringLiteral("N"), tr("only this one")}},
          .help = tr("Takes in what is asked and delivers what is due, once."),
          .writes = true},
         sync},
        {{.name = QStringLiteral("outbox list"),
          .options = {{QStringLiteral("all"), {}, tr("what has ended as well")}},
          .help = tr("Lists the answers that still have to go out.")},
         outbox},
    };
}

} // namespace countersign
