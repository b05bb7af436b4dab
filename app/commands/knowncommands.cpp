// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "domain/translate.h"


namespace countersign {

namespace {

/// All lines or none, so that nobody has to find out which of them are in.
QCoro::Task<Outcome> addKnown(Profile &profile, const Arguments &arguments)
{
    const auto endpoint = co_await namedEndpoint(profile, arguments.positionals.first());
    const QString as = arguments.has("as") ? arguments.value("as") : QString();
    const auto person = co_await namedPerson(profile, as);
    if (!endpoint || !person) {
        co_return complaint(endpoint ? person.error() : endpoint.error());
    }
    if (endpoint->kind != u"countersign") {
        co_return complaint(exitcode::badInput,
                            tr("Cases of a file are those of countersign/1; “%1” asks in another "
                               "way. Its own past cases are mixed in all the same.")
                                .arg(endpoint->name));
    }
    if (!arguments.has("file")) {
        co_return complaint(exitcode::badInput, tr("Name the file with --file."));
    }
    const KnownFile file = readKnownFile(arguments.files.value(arguments.value("file")), *endpoint);
    if (!file.bad.isEmpty() || file.lines.isEmpty()) {
        co_return complaint(exitcode::badInput,
                            file.bad.isEmpty()
                                ? tr("There is no case in the file.")
                                : tr("Nothing was added.") + u'\n' + file.bad.join(u'\n'));
    }
    const auto added
        = co_await settled(profile.reviews().addKnown(endpoint->id, file.lines, person->id));
    if (!added) {
        Outcome outcome = complaint(added.error());
        outcome.code
            = added.error().code == ErrorCode::NotAllowed ? exitcode::refused : outcome.code;
        co_return outcome;
    }
    const auto before = int(file.lines.size()) - *added;
    co_return arguments.json
        ? printed(Json::object({{QStringLiteral("added"), Json(*added)},
                                {QStringLiteral("there_already"), Json(before)}}))
        : printed(tr("%1 added, %2 there already. They are mixed in at the known_answer_rate.")
                      .arg(*added)
                      .arg(before));
}

} // namespace

QList<Command> knownCommands()
{
    return {
        {{.name = QStringLiteral("known add"),
          .positionals = {QStringLiteral("ENDPOINT")},
          .options = {{QStringLiteral("file"), QStringLiteral("FILE"),
                       tr("JSON lines: {\"case\": {…}, \"right\": [\"reject\"], \"why\": \"…\"}"),
                       false, true},
                      {QStringLiteral("as"), QStringLiteral("NAME"), tr("an enrolled person")}},
          .help = tr("Adds cases whose right answer is known, to be asked among the others and "
                     "never sent; for leads, and signed. A file with a bad line is refused, and "
                     "the lines are named."),
          .writes = true},
         addKnown},
    };
}

} // namespace countersign
