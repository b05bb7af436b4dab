// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/people.h"

#include "domain/translate.h"
#include "services/absences.h"
#include "services/decisionrules.h"


#include <algorithm>

namespace countersign {

namespace {

Result<void> check(const QList<Person> &known, const QString &name, const QString &role)
{
    static const QStringList roles{QStringLiteral("reviewer"), QStringLiteral("lead"),
                                   QStringLiteral("auditor")};
    if (!isUsableName(name)) {
        return fail(ErrorCode::InvalidInput,
                    tr("A person needs a name of 1 to %1 printable characters.").arg(longestName));
    }
    if (!roles.contains(role)) {
        return fail(ErrorCode::InvalidInput,
                    tr("There is no role “%1”; choose one of %2.")
                        .arg(role, roles.join(QStringLiteral(", "))));
    }
    for (const Person &person : known) {
        if (person.name.compare(name, Qt::CaseInsensitive) == 0) {
            return fail(ErrorCode::InvalidInput,
                        tr("“%1” is enrolled already; choose another name.").arg(person.name));
        }
    }
    return {};
}

Result<Person> enroll(Transaction &transaction, KeyRing &keys, const QString &origin,
                      const QString &name, const QString &role, const PersonId &by)
{
    const auto actor = enrolledPerson(transaction, by);
    const auto known = transaction.persons();
    if (!actor || !known) {
        return tl::unexpected<Error>(actor ? known.error() : actor.error());
    }
    if (const auto checked = check(*known, name, role); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    const auto id = transaction.nextPersonId();
    const auto key = id ? keys.key(origin, id->toString(), true)
                        : Result<PrivateKey>(tl::unexpected<Error>(id.error()));
    if (!key) {
        return tl::unexpected<Error>(key.error());
    }
    Person person{.id = *id, .name = name, .role = role, .publicKey = key->publicKey()};
    person.keyId = noteKeyId(id->toString(), person.publicKey);
    EventDraft draft{.kind = QString::fromLatin1(event::personEnrolled), .actor = *actor};
    draft.fields = Json::object(
        {{QStringLiteral("person"), Json(id->toString())},
         {QStringLiteral("name"), Json(name)},
         {QStringLiteral("role"), Json(role)},
         {QStringLiteral("key"), Json(person.keyId)},
         {QStringLiteral("public_key"), Json(QString::fromLatin1(person.publicKey.toBase64()))}});
    if (const auto appended = transaction.append(draft); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    return person;
}

} // namespace

bool isUsableName(const QString &name)
{
    const bool printable = std::all_of(
        name.begin(), name.end(), [](QChar c) -> bool { return c.isPrint() || c.isSurrogate(); });
    return !name.isEmpty() && name == name.trimmed() && name.size() <= longestName && printable
        && name.isValidUtf16();
}

People::People(Store &store, KeyRing &keys) : m_store(store), m_keys(keys) { }

Result<Person> personNamed(Transaction &transaction, const QString &whom)
{
    const auto persons = transaction.persons();
    if (!persons) {
        return tl::unexpected<Error>(persons.error());
    }
    for (const Person &one : *persons) {
        if (one.id.toString() == whom || one.name.compare(whom, Qt::CaseInsensitive) == 0) {
            return one;
        }
    }
    return fail(ErrorCode::NotFound, tr("Nobody is enrolled as %1.").arg(whom));
}

QFuture<Result<Person>> People::setAuthority(const QString &whom, const QStringList &roles,
                                             const QStringList &limits, const PersonId &by)
{
    return m_store.write<Person>([=](Transaction &transaction) -> Result<Person> {
        return recordAuthority(transaction, whom, roles, limits, by);
    });
}

QFuture<Result<AbsenceReceipt>> People::setAbsence(const Absence &absence, const PersonId &by)
{
    return m_store.write<AbsenceReceipt>([=](Transaction &transaction) -> Result<AbsenceReceipt> {
        return recordAbsence(transaction, absence, by);
    });
}

QFuture<Result<Person>> People::add(const QString &name, const QString &role, const PersonId &by)
{
    return m_store.write<Person>([&keys = m_keys, origin = m_store.origin(), name, role,
                                  by](Transaction &transaction) -> Result<Person> {
        return enroll(transaction, keys, origin, name, role, by);
    });
}

} // namespace countersign
