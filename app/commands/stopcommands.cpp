// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/forms.h"
#include "app/commands/table.h"
#include "domain/json.h"
#include "domain/translate.h"

namespace countersign {

namespace {

Json formOf(const StopOrder &order)
{
    return Json::object({{key("endpoint"), textOrNull(order.scope.endpoint.toString())},
                         {key("agent"), textOrNull(order.scope.agent)},
                         {key("reason"), textOrNull(order.reason)},
                         {key("person"), Json(order.personName)},
                         {key("at"), Json(isoTime(order.atMs))},
                         {key("recorded"), Json(order.recorded)}});
}

Outcome listed(const QList<StopOrder> &orders, bool json)
{
    Json forms = Json::array();
    QList<QStringList> rows;
    for (const StopOrder &order : orders) {
        forms.append(formOf(order));
        rows.append({order.scope.isEverything() ? tr("everything") : QString(),
                     order.scope.endpoint.toString(), order.scope.agent, order.personName,
                     isoTime(order.atMs), order.reason});
    }
    return json
        ? printed(forms)
        : printed(table(
            {tr("WHAT"), tr("ENDPOINT"), tr("AGENT"), tr("BY"), tr("SINCE"), tr("REASON")}, rows));
}

QCoro::Task<Outcome> listStops(Profile &profile, const Arguments &arguments)
{
    const auto loaded = co_await settled(profile.stops().load());
    co_return loaded ? listed(profile.stops().stops(), arguments.json) : complaint(loaded.error());
}

using StopCall = QFuture<Result<void>> (StopService::*)(const StopRequest &);

QCoro::Task<Outcome> stopOrResume(Profile &profile, const Arguments &arguments, StopCall what)
{
    const QString as = arguments.has("as") ? arguments.value("as") : QString();
    const auto person = co_await namedPerson(profile, as);
    if (!person) {
        co_return complaint(person.error());
    }
    StopRequest request{.reason = arguments.value("reason"), .person = person->id};
    request.scope.agent = arguments.value("agent");
    if (arguments.has("endpoint")) {
        const auto endpoint = co_await namedEndpoint(profile, arguments.value("endpoint"));
        if (!endpoint) {
            co_return complaint(endpoint.error());
        }
        request.scope.endpoint = endpoint->id;
    }
    (void)co_await settled(profile.stops().load()); // a stop holds whatever can be read
    const auto done = co_await settled((profile.stops().*what)(request));
    if (!done) {
        co_return complaint(done.error());
    }
    if (arguments.command->name
        == QLatin1String("resume")) { // what policy had left to people meanwhile
        const auto regated = co_await settled(profile.regating().run());
        if (!regated) {
            co_return complaint(regated.error());
        }
    }
    Outcome outcome = listed(profile.stops().stops(), arguments.json);
    const QString remark = profile.stops().remark();
    if (!remark.isEmpty()) {
        outcome.err = remark.toUtf8() + '\n';
    }
    co_return outcome;
}

QCoro::Task<Outcome> stop(Profile &profile, const Arguments &arguments)
{
    return stopOrResume(profile, arguments, &StopService::stop);
}

QCoro::Task<Outcome> resume(Profile &profile, const Arguments &arguments)
{
    return stopOrResume(profile, arguments, &StopService::resume);
}

} // namespace

QList<Command> stopCommands()
{
    const QList<OptionSpec> options{
        {QStringLiteral("endpoint"), QStringLiteral("NAME"), tr("only this endpoint")},
        {QStringLiteral("agent"), QStringLiteral("NAME"), tr("only this agent")},
        {QStringLiteral("reason"), QStringLiteral("T"), tr("why; resume needs it")},
        {QStringLiteral("as"), QStringLiteral("NAME"), tr("an enrolled person")}};
    return {
        {{.name = QStringLiteral("stop"),
          .options = options,
          .help = tr("Stops everything, an endpoint or an agent: nothing is approved by itself or "
                     "sent."),
          .writes = true},
         stop},
        {{.name = QStringLiteral("resume"),
          .options = options,
          .help = tr("Lifts that very stop; exit code 2 where there is none or no reason is "
                     "given."),
          .writes = true},
         resume},
        {{.name = QStringLiteral("stops"), .help = tr("Lists the stops that hold.")}, listStops},
    };
}

} // namespace countersign
