// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/forms.h"
#include "app/commands/table.h"
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
        rows.append({person.id.toString(), person.name, person.role, person.keyId});
    }
    co_return arguments.json ? printed(forms)
                             : printed(table({tr("ID"), tr("NAME"), tr("ROLE"), tr("KEY")}, rows));
}

} // namespace

QList<Command> personCommands()
{
    return {
        {{.name = QStringLiteral("person add"),
          .positionals = {QStringLiteral("NAME")},
          .options = {{QStringLiteral("role"), QStringLiteral("ROLE"),
                       tr("reviewer (unless given), lead or auditor")}},
          .help = tr("Enrols a person with a key of their own."),
          .writes = true},
         addPerson},
        {{.name = QStringLiteral("person list"), .help = tr("Lists who may decide.")}, listPeople},
    };
}

} // namespace countersign
