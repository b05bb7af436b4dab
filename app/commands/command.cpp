// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "domain/translate.h"


namespace countersign {

Outcome printed(const Json &json)
{
    return {.out = toJson(json) + '\n'};
}

Outcome printed(const QString &text)
{
    return {.out = text.toUtf8() + (text.endsWith(QLatin1Char('\n')) ? "" : "\n")};
}

Outcome complaint(int code, const QString &sentence)
{
    return {.code = code, .err = sentence.toUtf8() + '\n'};
}

Outcome complaint(const Error &error)
{
    const bool caller = error.code == ErrorCode::InvalidInput || error.code == ErrorCode::NotFound;
    return complaint(caller ? exitcode::badInput : exitcode::failed, error.text);
}

Error cutShort()
{
    return {.code = ErrorCode::Cancelled, .text = tr("This was cut short; try again.")};
}

QFuture<Result<Endpoint>> namedEndpoint(Profile &profile, const QString &name)
{
    return settled(profile.store().read<Endpoint>([name](Reader &reader) -> Result<Endpoint> {
        const auto endpoints = reader.endpoints();
        if (!endpoints) {
            return tl::unexpected<Error>(endpoints.error());
        }
        for (const Endpoint &endpoint : *endpoints) {
            if (endpoint.name == name || endpoint.id.toString() == name) {
                return endpoint;
            }
        }
        return fail(ErrorCode::NotFound,
                    tr("There is no endpoint “%1”; see countersignctl endpoint list.").arg(name));
    }));
}

QFuture<Result<Person>> namedPerson(Profile &profile, const QString &name)
{
    if (name.isNull()) {
        return settled(profile.self());
    }
    return settled(profile.store().read<Person>([name](Reader &reader) -> Result<Person> {
        const auto persons = reader.persons();
        if (!persons) {
            return tl::unexpected<Error>(persons.error());
        }
        for (const Person &person : *persons) {
            if (person.name == name || person.id.toString() == name) {
                return person;
            }
        }
        return fail(ErrorCode::NotFound,
                    tr("“%1” is not enrolled; see countersignctl person list.").arg(name));
    }));
}

QFuture<Result<Case>> namedCase(Profile &profile, const QString &id)
{
    return settled(profile.store().read<Case>([id](Reader &reader) -> Result<Case> {
        auto subject = reader.caseById(CaseId(id));
        if (!subject) {
            return tl::unexpected<Error>(subject.error());
        }
        if (!*subject) {
            return fail(ErrorCode::NotFound,
                        tr("There is no case “%1”; see countersignctl cases list.").arg(id));
        }
        return std::move(**subject);
    }));
}

} // namespace countersign
