// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/forms.h"
#include "app/commands/table.h"

#include "domain/error.h"
#include "domain/translate.h"
#include "endpoints/extraction.h"

namespace countersign {

namespace {

Result<Header> header(const QString &written)
{
    const qsizetype colon = written.indexOf(QLatin1Char(':'));
    if (colon < 1) {
        return invalid(tr("A header is written “Name: value”."));
    }
    return Header(written.left(colon).trimmed().toUtf8(),
                  written.mid(colon + 1).trimmed().toUtf8());
}

Result<QList<Header>> headersFromInput(const QByteArray &input)
{
    QList<Header> headers;
    for (const QString &line : QString::fromUtf8(input).split(QLatin1Char('\n'))) {
        if (line.trimmed().isEmpty()) {
            continue;
        }
        const auto one = header(line);
        if (!one) {
            return tl::unexpected<Error>(one.error());
        }
        headers.append(*one);
    }
    if (headers.isEmpty()) {
        return invalid(tr("No header came on standard input; write “Name: value” there."));
    }
    return headers;
}

Result<Endpoint> described(const Arguments &arguments)
{
    Endpoint endpoint;
    for (const char *needed : {"kind", "url", "name"}) {
        if (arguments.value(needed).isEmpty()) {
            return invalid(tr("The option --%1 is missing; see countersignctl endpoint add --help.")
                           .arg(QString::fromLatin1(needed)));
        }
    }
    endpoint.kind = arguments.value("kind");
    endpoint.name = arguments.value("name");
    endpoint.url = QUrl(arguments.value("url"), QUrl::StrictMode);
    for (const QString &written : arguments.all("header")) {
        const auto one = header(written);
        if (!one) {
            return tl::unexpected<Error>(one.error());
        }
        if (isSecretHeader(one->first)) {
            return invalid(tr("The header %1 carries a secret and would be seen in the list of "
                          "processes; give it on standard input with --header-stdin.")
                           .arg(QString::fromUtf8(one->first)));
        }
        endpoint.headers.append(*one);
    }
    for (const QString &rule : arguments.all("extract")) {
        if (const auto added = addExtractionRule(rule, endpoint.extraction); !added) {
            return tl::unexpected<Error>(added.error());
        }
    }
    return endpoint;
}

QCoro::Task<Outcome> addEndpoint(Profile &profile, const Arguments &arguments)
{
    const auto endpoint = described(arguments);
    if (!endpoint) {
        co_return complaint(endpoint.error());
    }
    QList<Header> secrets;
    if (arguments.has("header-stdin")) {
        const auto read = headersFromInput(arguments.input);
        if (!read) {
            co_return complaint(read.error());
        }
        secrets = *read;
    }
    const auto person = co_await namedPerson(profile, {});
    if (!person) {
        co_return complaint(person.error());
    }
    const auto id = co_await settled(profile.endpoints().add(*endpoint, secrets, person->id));
    if (!id) {
        co_return complaint(id.error());
    }
    Outcome outcome = arguments.json
        ? printed(Json::object({{QStringLiteral("id"), Json(id->toString())},
                                {QStringLiteral("name"), Json(endpoint->name)}}))
        : printed(tr("Endpoint “%1” added as %2.").arg(endpoint->name, id->toString()));
    if (!secrets.isEmpty()) {
        for (const QString &notice : profile.notices()) {
            outcome.err += notice.toUtf8() + '\n';
        }
    }
    co_return outcome;
}

QFuture<Result<QList<Endpoint>>> endpointsOf(Profile &profile)
{
    return settled(
        profile.store().read<QList<Endpoint>>([](Reader &reader) { return reader.endpoints(); }));
}

struct Policies
{
    PolicyRecord inForce;
    QHash<EndpointId, KeptPolicy> kept;
};

QFuture<Result<Policies>> policiesOf(Profile &profile)
{
    return settled(profile.store().read<Policies>([](Reader &reader) -> Result<Policies> {
        const auto inForce = reader.policyInForce();
        const auto kept = reader.keptPolicies();
        if (!inForce || !kept) {
            return tl::unexpected<Error>(inForce ? kept.error() : inForce.error());
        }
        return Policies{*inForce, *kept};
    }));
}

QCoro::Task<Outcome> listEndpoints(Profile &profile, const Arguments &arguments)
{
    const auto endpoints = co_await endpointsOf(profile);
    const auto policies = co_await policiesOf(profile);
    if (!endpoints || !policies) {
        co_return complaint(endpoints ? policies.error() : endpoints.error());
    }
    Json forms = Json::array();
    QList<QStringList> rows;
    for (const Endpoint &endpoint : *endpoints) {
        const KeptPolicy kept = policies->kept.value(endpoint.id);
        const bool other = !kept.version.isEmpty() && kept.digest != policies->inForce.digest;
        Json form = endpointForm(endpoint);
        form.set(QStringLiteral("policy"), textOrNull(kept.version));
        form.set(QStringLiteral("policy_in_force"), Json(policies->inForce.name()));
        form.set(QStringLiteral("other_policy"), Json(other));
        forms.append(form);
        rows.append(
            {endpoint.id.toString(), endpoint.name, endpoint.kind, endpoint.url.toDisplayString(),
             other ? tr("%1, not %2").arg(kept.version, policies->inForce.name()) : kept.version});
    }
    co_return arguments.json
        ? printed(forms)
        : printed(
            table({tr("ID"), tr("NAME"), tr("KIND"), tr("ADDRESS"), tr("KEEPS POLICY")}, rows));
}

QCoro::Task<Outcome> testEndpoint(Profile &profile, const Arguments &arguments)
{
    const auto endpoint = co_await namedEndpoint(profile, arguments.positionals.first());
    if (!endpoint) {
        co_return complaint(endpoint.error());
    }
    const auto loaded = co_await settled(profile.endpoints().load());
    if (!loaded) {
        co_return complaint(loaded.error());
    }
    const auto answer = co_await settled(profile.endpoints().test(endpoint->id));
    if (!answer) {
        Outcome outcome = complaint(exitcode::notDelivered, answer.error().text);
        if (arguments.json) {
            outcome.out
                = printed(Json::object({{QStringLiteral("ok"), Json(false)},
                                        {QStringLiteral("text"), Json(answer.error().text)}}))
                      .out;
        }
        co_return outcome;
    }
    co_return arguments.json ? printed(
        Json::object({{QStringLiteral("ok"), Json(true)}, {QStringLiteral("text"), Json(*answer)}}))
                             : printed(visible(*answer));
}

QCoro::Task<Outcome> removeEndpoint(Profile &profile, const Arguments &arguments)
{
    const auto endpoint = co_await namedEndpoint(profile, arguments.positionals.first());
    const auto person = co_await namedPerson(profile, {});
    if (!endpoint || !person) {
        co_return complaint(endpoint ? person.error() : endpoint.error());
    }
    const auto removed = co_await settled(profile.endpoints().remove(endpoint->id, person->id));
    if (!removed) {
        co_return complaint(removed.error());
    }
    co_return arguments.json
        ? printed(Json::object({{QStringLiteral("removed"), Json(endpoint->id.toString())}}))
        : printed(tr("Endpoint “%1” removed.").arg(endpoint->name));
}

} // namespace

QList<Command> endpointCommands()
{
    const QString name = QStringLiteral("NAME");
    return {
        {{.name = QStringLiteral("endpoint add"),
          .options = {{QStringLiteral("kind"), QStringLiteral("KIND"),
                       tr("what it speaks: langgraph or countersign")},
                      {QStringLiteral("url"), QStringLiteral("URL"), tr("its address")},
                      {QStringLiteral("name"), name, tr("how you want to call it")},
                      {QStringLiteral("header"), QStringLiteral("'H: V'"),
                       tr("sent with every request; not for secrets"), true},
                      {QStringLiteral("header-stdin"),
                       {},
                       tr("read headers with secrets from standard input, one a line")},
                      {QStringLiteral("extract"), QStringLiteral("FIELD=POINTER"),
                       tr("where a field is found; FIELD=:constant for a fixed value"), true}},
          .help = tr("Connects an agent server."),
          .writes = true},
         addEndpoint},
        {{.name = QStringLiteral("endpoint list"), .help = tr("Lists the endpoints.")}, listEndpoints},
        {{.name = QStringLiteral("endpoint test"),
          .positionals = {name},
          .help = tr("Asks an endpoint who it is.")},
         testEndpoint},
        {{.name = QStringLiteral("endpoint remove"),
          .positionals = {name},
          .help = tr("Removes an endpoint; what waits there is closed."),
          .writes = true},
         removeEndpoint},
    };
}

} // namespace countersign
