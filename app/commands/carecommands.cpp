// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/decisioncommands.h"
#include "domain/caretimes.h"
#include "domain/json.h"
#include "domain/translate.h"

namespace countersign {

namespace {

/// Records something on cases that exist, by a person who is enrolled.
using Act = std::function<QFuture<Result<void>>(const QList<CaseId> &ids, const PersonId &person)>;

Result<QList<CaseId>> named(const QStringList &words)
{
    QList<CaseId> ids;
    for (const QString &word : words) {
        if (!ids.contains(CaseId(word))) {
            ids.append(CaseId(word));
        }
    }
    return ids.isEmpty() ? Result<QList<CaseId>>(
               fail(ErrorCode::InvalidInput, tr("Name a case; see countersignctl cases list.")))
                         : Result<QList<CaseId>>(ids);
}

/// `said`: what is so now, for JSON.
QCoro::Task<Outcome> act(Profile &profile, Arguments arguments, QStringList words, Act run,
                         Json said)
{
    const auto ids = named(words);
    if (!ids) {
        co_return complaint(ids.error());
    }
    const QString as = arguments.has("as") ? arguments.value("as") : QString();
    const auto person = co_await namedPerson(profile, as);
    if (!person) {
        co_return complaint(person.error());
    }
    QFuture<Result<void>> running = settled(run(*ids, person->id));
    const auto done = co_await running;
    if (!done) {
        Outcome outcome = complaint(done.error());
        outcome.code
            = done.error().code == ErrorCode::NotAllowed ? exitcode::refused : outcome.code;
        co_return outcome;
    }
    Json list = Json::array();
    for (const CaseId &id : *ids) {
        list.append(Json(id.toString()));
    }
    said.set(key("cases"), list);
    co_return arguments.json ? printed(said)
                             : printed(tr("Recorded for %1.").arg(words.join(u' ')));
}

Result<Aside> asideOf(const Arguments &arguments, qint64 nowMs)
{
    const int given = int(arguments.has("until")) + int(arguments.has("until-change"))
        + int(arguments.has("back"));
    if (given != 1) {
        return fail(ErrorCode::InvalidInput,
                    tr("Say until when: --until TIME, --until-change or --back, one of them."));
    }
    if (!arguments.has("until")) {
        return Aside{.untilChange = arguments.has("until-change")};
    }
    return timeToCome(arguments.value("until"), nowMs).map([](qint64 ms) -> Aside {
        return {.untilMs = ms};
    });
}

QCoro::Task<Outcome> setAside(Profile &profile, const Arguments &arguments)
{
    const auto aside = asideOf(arguments, profile.clock().nowMs());
    if (!aside) {
        co_return complaint(aside.error());
    }
    const Json said = Json::object(
        {{key("set_aside_until"), aside->untilMs ? Json(isoTime(*aside->untilMs)) : Json()},
         {key("set_aside_until_change"), Json(aside->untilChange)}});
    const Act record
        = [&profile, aside = *aside](const QList<CaseId> &ids, const PersonId &person) {
              return profile.cases().setAside(ids, aside, person);
          };
    co_return co_await act(profile, arguments, arguments.positionals, record, said);
}

/// "me" is who acts, "nobody" nobody; whoever is called so is named by id.
QCoro::Task<Outcome> assign(Profile &profile, const Arguments &arguments)
{
    QStringList words = arguments.positionals;
    const QString whom = words.takeLast();
    if (whom.trimmed().isEmpty()) {
        co_return complaint(exitcode::badInput, tr("Say to whom: a name, me or nobody."));
    }
    const QString note = arguments.value("note");
    const Act record = [&profile, whom, note](const QList<CaseId> &ids, const PersonId &person) {
        const QString name = whom == QLatin1String("me") ? person.toString()
            : whom == QLatin1String("nobody")            ? QString()
                                                         : whom;
        return profile.cases().assign(ids, name, person, note);
    };
    const Json said = Json::object({{key("assignee"), Json(whom)}});
    co_return co_await act(profile, arguments, words, record, said);
}

QCoro::Task<Outcome> comment(Profile &profile, const Arguments &arguments)
{
    const QString text = arguments.value("message");
    if (text.trimmed().isEmpty()) {
        co_return complaint(exitcode::badInput, tr("Say what: --message T."));
    }
    const Act record = [&profile, text](const QList<CaseId> &ids, const PersonId &person) {
        return profile.cases().comment(ids, text, person);
    };
    const Json said = Json::object({{key("comment"), Json(text.trimmed())}});
    co_return co_await act(profile, arguments, arguments.positionals, record, said);
}

QCoro::Task<Outcome> followUp(Profile &profile, const Arguments &arguments)
{
    QStringList words = arguments.positionals;
    const QString day = words.takeLast();
    std::optional<qint64> whenMs;
    if (day != QLatin1String("none")) {
        const auto found = dayToCome(day, profile.clock().nowMs());
        if (!found) {
            co_return complaint(found.error());
        }
        whenMs = *found;
    }
    const Act record = [&profile, whenMs](const QList<CaseId> &ids, const PersonId &person) {
        return profile.cases().setFollowUp(ids, whenMs, person);
    };
    const Json said
        = Json::object({{key("follow_up_at"), whenMs ? Json(isoTime(*whenMs)) : Json()}});
    co_return co_await act(profile, arguments, words, record, said);
}

} // namespace

QList<Command> careCommands()
{
    const OptionSpec as{QStringLiteral("as"), QStringLiteral("NAME"),
                        tr("an enrolled person; you unless given")};
    const QString ids = QStringLiteral("[ID…]");
    return {
        {{.name = QStringLiteral("cases set-aside"),
          .positionals = {ids},
          .options = {{QStringLiteral("until"), QStringLiteral("TIME"),
                       tr("later, tomorrow, next-week, 2026-12-31 or \"2026-12-31 14:30\"")},
                      {QStringLiteral("until-change"),
                       {},
                       tr("until it changes, is commented on, or another part is decided")},
                      {QStringLiteral("back"), {}, tr("no longer")},
                      as},
          .help = tr("Parks cases; they come back by themselves, and nothing is decided."),
          .writes = true},
         setAside},
        {{.name = QStringLiteral("cases assign"),
          .positionals = {ids, QStringLiteral("NAME|me|nobody")},
          .options
          = {{QStringLiteral("note"), QStringLiteral("T"), tr("what they should know of it")}, as},
          .help = tr("Says who minds cases; also somebody who is not enrolled."),
          .writes = true},
         assign},
        {{.name = QStringLiteral("cases comment"),
          .positionals = {ids},
          .options
          = {{QStringLiteral("message"), QStringLiteral("T"), tr("what is to be said")}, as},
          .help = tr("Adds a comment for colleagues; no agent gets to see it."),
          .writes = true},
         comment},
        {{.name = QStringLiteral("cases follow-up"),
          .positionals = {ids, QStringLiteral("DATE|none")},
          .options = {as},
          .help = tr("Has cases looked at again on a day: tomorrow, next-week or 2026-12-31."),
          .writes = true},
         followUp},
    };
}

} // namespace countersign
