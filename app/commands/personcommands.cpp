// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/forms.h"
#include "app/commands/table.h"
#include "domain/caretimes.h"
#include "domain/clock.h"
#include "domain/translate.h"


namespace countersign {

namespace {

QCoro::Task<Outcome> addPerson(Profile &profile, const Arguments &arguments)
{
    const auto self = co_await namedPerson(profile, {});
    if (!self) {
        co_return complaint(self.error());
    }
    const QString role
        = arguments.has("role") ? arguments.value("role") : QStringLiteral("reviewer");
    const auto person
        = co_await settled(profile.people().add(arguments.positionals.first(), role, self->id));
    if (!person) {
        co_return complaint(person.error());
    }
    co_return arguments.json
        ? printed(personForm(*person))
        : printed(tr("“%1” is enrolled as %2.").arg(person->name, person->id.toString()));
}

QFuture<Result<QList<Person>>> personsOf(Profile &profile)
{
    return settled(
        profile.store().read<QList<Person>>([](Reader &reader) { return reader.persons(); }));
}

QCoro::Task<Outcome> listPeople(Profile &profile, const Arguments &arguments)
{
    const auto persons = co_await personsOf(profile);
    if (!persons) {
        co_return complaint(persons.error());
    }
    Json forms = Json::array();
    QList<QStringList> rows;
    for (const Person &person : *persons) {
        forms.append(personForm(person));
        rows.append({person.id.toString(), person.name,
                     (QStringList{person.role} + person.roles).join(QStringLiteral(", ")),
                     person.keyId});
    }
    co_return arguments.json ? printed(forms)
                             : printed(table({tr("ID"), tr("NAME"), tr("ROLE"), tr("KEY")}, rows));
}

Outcome refusedOr(const Error &error)
{
    return error.code == ErrorCode::NotAllowed ? complaint(exitcode::refused, error.text)
                                               : complaint(error);
}

QString authorityWords(const Person &person)
{
    QStringList limits;
    for (auto it = person.limits.cbegin(); it != person.limits.cend(); ++it) {
        limits.append(it->toString() + QLatin1Char(' ') + it.key());
    }
    return tr("“%1” (%2): roles %3; may approve %4.")
        .arg(person.name, person.id.toString(),
             (QStringList{person.role} + person.roles).join(QStringLiteral(", ")),
             limits.isEmpty() ? tr("any amount")
                              : tr("up to %1").arg(limits.join(QStringLiteral(", "))));
}

/// `none` among the values is no value.
QStringList valuesOf(const Arguments &arguments, const char *option)
{
    QStringList values = arguments.all(option);
    values.removeAll(QStringLiteral("none"));
    return values;
}

QCoro::Task<Outcome> setAuthority(Profile &profile, const Arguments &arguments)
{
    const QString as = arguments.has("as") ? arguments.value("as") : QString();
    const auto self = co_await namedPerson(profile, as);
    if (!self) {
        co_return complaint(self.error());
    }
    if (!arguments.has("limit") && !arguments.has("role")) {
        co_return complaint(exitcode::badInput,
                            tr("Say what they may: --limit 1000EUR, --role ROLE, or none."));
    }
    const auto person = co_await settled(
        profile.people().setAuthority(arguments.positionals.first(), valuesOf(arguments, "role"),
                                      valuesOf(arguments, "limit"), self->id));
    if (!person) {
        co_return refusedOr(person.error());
    }
    co_return arguments.json ? printed(personForm(*person)) : printed(authorityWords(*person));
}

QCoro::Task<Outcome> recordAbsence(Profile &profile, const Arguments &arguments,
                                   std::optional<qint64> untilMs)
{
    const QString as = arguments.has("as") ? arguments.value("as") : QString();
    const auto self = co_await namedPerson(profile, as);
    if (!self) {
        co_return complaint(self.error());
    }
    const Absence absence{.whom = arguments.positionals.first(),
                          .untilMs = untilMs,
                          .delegate = arguments.value("delegate"),
                          .note = arguments.value("note")};
    const auto done = co_await settled(profile.people().setAbsence(absence, self->id));
    if (!done) {
        co_return refusedOr(done.error());
    }
    if (arguments.json) {
        Json form = personForm(done->person);
        form.set(QStringLiteral("handed_over"), Json(done->handedOver));
        form.set(QStringLiteral("left"), Json(done->left));
        co_return printed(form);
    }
    QString text = untilMs ? tr("“%1” is absent until %2; %3 waiting cases were handed over.")
                                 .arg(done->person.name, isoTime(*untilMs))
                                 .arg(done->handedOver)
                           : tr("“%1” is back.").arg(done->person.name);
    if (done->left > 0) {
        text += QLatin1Char(' ')
            + tr("%1 are left; say it again to hand them over.").arg(done->left);
    }
    co_return printed(text);
}

QCoro::Task<Outcome> absent(Profile &profile, const Arguments &arguments)
{
    const auto until = timeToCome(arguments.value("until"), profile.clock().nowMs());
    if (!until) {
        co_return complaint(until.error());
    }
    co_return co_await recordAbsence(profile, arguments, *until);
}

QCoro::Task<Outcome> back(Profile &profile, const Arguments &arguments)
{
    return recordAbsence(profile, arguments, std::nullopt);
}

} // namespace

QList<Command> personCommands()
{
    const OptionSpec as{QStringLiteral("as"), QStringLiteral("NAME"),
                        tr("an enrolled person; you unless given")};
    return {
        {{.name = QStringLiteral("person add"),
          .positionals = {QStringLiteral("NAME")},
          .options = {{QStringLiteral("role"), QStringLiteral("ROLE"),
                       tr("reviewer (unless given), lead or auditor")}},
          .help = tr("Enrols a person with a key of their own."),
          .writes = true},
         addPerson},
        {{.name = QStringLiteral("person authority"),
          .positionals = {QStringLiteral("NAME")},
          .options = {{QStringLiteral("limit"), QStringLiteral("AMOUNT"),
                       tr("the largest amount they may approve, such as 1000EUR, one a currency; "
                          "none: any"),
                       true},
                      {QStringLiteral("role"), QStringLiteral("ROLE"),
                       tr("a role beside their own, such as finance; none: none"), true},
                      as},
          .help = tr("Says what a person may decide, instead of what was said before; for leads. "
                     "Exit code 5 where it is refused."),
          .writes = true},
         setAuthority},
        {{.name = QStringLiteral("person absent"),
          .positionals = {QStringLiteral("NAME")},
          .options
          = {{QStringLiteral("until"), QStringLiteral("TIME"),
              tr("tomorrow, next-week, 2026-12-31 or \"2026-12-31 14:30\"")},
             {QStringLiteral("delegate"), QStringLiteral("OTHER"),
              tr("who acts for them and gets what waits for them")},
             {QStringLiteral("note"), QStringLiteral("T"), tr("what the other should know")},
             as},
          .help = tr("Says that somebody is not there for a while."),
          .writes = true},
         absent},
        {{.name = QStringLiteral("person back"),
          .positionals = {QStringLiteral("NAME")},
          .options = {as},
          .help = tr("Says that somebody is there again."),
          .writes = true},
         back},
        {{.name = QStringLiteral("person list"), .help = tr("Lists who may decide.")}, listPeople},
    };
}

} // namespace countersign
