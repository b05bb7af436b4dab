// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/endpointrecords.h"

#include "domain/error.h"
#include "domain/translate.h"
#include "services/caseevents.h"
#include "services/decisionrules.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype longestEndpointName = 80;

bool isHeaderName(const QByteArray &name)
{
    static const QByteArray others = "!#$%&'*+-.^_`|~";
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) -> bool {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || others.contains(c);
    });
}

bool isHeaderValue(const QByteArray &value)
{
    return std::all_of(value.begin(), value.end(), [](char c) -> bool {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

Result<void> checkHeaders(const QList<Header> &headers)
{
    for (const auto &[name, value] : headers) {
        if (!isHeaderName(name) || !isHeaderValue(value)) {
            return invalid(tr("A header is not of the form “Name: value”."));
        }
    }
    return {};
}

EventDraft endpointEvent(const char *kind, const Actor &actor, const EndpointId &id)
{
    return {.kind = QString::fromLatin1(kind), .actor = actor, .endpoint = id};
}

} // namespace

Result<void> checkEndpoint(const Endpoint &endpoint, const QList<Header> &secrets,
                           const FindProtocol &findProtocol)
{
    const QString name = endpoint.name;
    const bool printable = std::all_of(
        name.begin(), name.end(), [](QChar c) -> bool { return c.isPrint() || c.isSurrogate(); });
    if (name.isEmpty() || name != name.trimmed() || name.size() > longestEndpointName || !printable
        || !name.isValidUtf16()) {
        return invalid(
            tr("An endpoint needs a name of 1 to %1 printable characters.").arg(longestEndpointName));
    }
    if (findProtocol(endpoint.kind) == nullptr) {
        return invalid(tr("There is no kind of endpoint “%1”.").arg(endpoint.kind));
    }
    const QUrl &url = endpoint.url;
    if (!url.isValid() || url.host().isEmpty()
        || (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https"))) {
        return invalid(tr("The address must be a whole http or https address, such as "
                      "http://127.0.0.1:2024."));
    }
    if (!url.userInfo().isEmpty() || url.hasFragment()) {
        return invalid(tr("The address must hold no user, password or fragment; give credentials as a "
                      "header on standard input."));
    }
    for (const auto &header : endpoint.headers) {
        if (isSecretHeader(header.first)) {
            return invalid(tr("The header %1 carries a secret; give it on standard input.")
                           .arg(QString::fromUtf8(header.first)));
        }
    }
    if (auto checked = checkHeaders(endpoint.headers); !checked) {
        return checked;
    }
    return checkHeaders(secrets);
}

QString secretName(const QString &origin, const EndpointId &id, const QByteArray &header)
{
    return QStringLiteral("%1/endpoint/%2/%3")
        .arg(origin, id.toString(), QString::fromUtf8(header.toLower()));
}

Result<QList<Header>> readSecretHeaders(SecretBackend &secrets, const QString &origin,
                                        const Endpoint &endpoint)
{
    QList<Header> headers;
    for (const QByteArray &name : endpoint.secretHeaders) {
        const auto value = secrets.read(secretName(origin, endpoint.id, name));
        if (!value) {
            return tl::unexpected<Error>(value.error());
        }
        if (!*value) {
            return fail(ErrorCode::Unauthorized,
                        tr("The value of the header %1 is not known any more; remove the endpoint "
                           "and add it again with it.")
                            .arg(QString::fromUtf8(name)));
        }
        headers.append({name, **value});
    }
    return headers;
}

namespace {

/// Whether the name is free for `endpoint`.
Result<void> checkName(const QList<Endpoint> &known, const Endpoint &endpoint)
{
    for (const Endpoint &other : known) {
        if (other.id != endpoint.id
            && other.name.compare(endpoint.name, Qt::CaseInsensitive) == 0) {
            return invalid(
                tr("There is an endpoint “%1” already; choose another name.").arg(other.name));
        }
    }
    return {};
}

/// Keeps the values and names their headers in `endpoint`.
Result<void> writeSecrets(SecretBackend &secrets, const QString &origin, Endpoint &endpoint,
                          const QList<Header> &headers)
{
    for (const auto &[name, value] : headers) {
        if (auto written = secrets.write(secretName(origin, endpoint.id, name), value); !written) {
            return written;
        }
        const bool named
            = std::any_of(endpoint.secretHeaders.cbegin(), endpoint.secretHeaders.cend(),
                          [&](const QByteArray &known) -> bool {
                              return known.compare(name, Qt::CaseInsensitive) == 0;
                          });
        if (!named) {
            endpoint.secretHeaders.append(name);
        }
    }
    return {};
}

Result<void> record(Transaction &transaction, const char *kind, const Actor &actor,
                    const Endpoint &endpoint)
{
    EventDraft draft = endpointEvent(kind, actor, endpoint.id);
    draft.fields
        = Json::object({{QStringLiteral("name"), Json(endpoint.name)},
                        {QStringLiteral("protocol"), Json(endpoint.kind)},
                        {QStringLiteral("url"), Json(endpoint.url.toString(QUrl::FullyEncoded))}});
    draft.payload = endpoint.settingsJson();
    return transaction.append(draft).map([](const EventRecord &) -> void {});
}

} // namespace

Result<EndpointId> recordEndpoint(Transaction &transaction, SecretBackend &secrets,
                                  const QString &origin, const Endpoint &endpoint,
                                  const QList<Header> &headers, const PersonId &person)
{
    const auto actor = enrolledPerson(transaction, person);
    const auto known = transaction.endpoints();
    if (!actor || !known) {
        return tl::unexpected<Error>(actor ? known.error() : actor.error());
    }
    const auto id = transaction.nextEndpointId();
    if (!id) {
        return tl::unexpected<Error>(id.error());
    }
    Endpoint added = endpoint;
    added.id = *id;
    added.secretHeaders.clear();
    const auto done
        = checkName(*known, added)
              .and_then([&]() { return writeSecrets(secrets, origin, added, headers); })
              .and_then([&]() { return record(transaction, event::endpointAdded, *actor, added); });
    return done ? Result<EndpointId>(*id) : tl::unexpected<Error>(done.error());
}

Result<void> recordChange(Transaction &transaction, SecretBackend &secrets, const QString &origin,
                          const Endpoint &endpoint, const QList<Header> &headers,
                          const PersonId &person)
{
    const auto actor = enrolledPerson(transaction, person);
    const auto known = transaction.endpoints();
    if (!actor || !known) {
        return tl::unexpected<Error>(actor ? known.error() : actor.error());
    }
    const auto found
        = std::find_if(known->cbegin(), known->cend(),
                       [&](const Endpoint &one) -> bool { return one.id == endpoint.id; });
    if (found == known->cend()) {
        return fail(ErrorCode::NotFound,
                    tr("There is no endpoint %1.").arg(endpoint.id.toString()));
    }
    if (found->kind != endpoint.kind) {
        return invalid(
            tr("The kind of “%1” cannot be changed; add another endpoint.").arg(found->name));
    }
    Endpoint changed = endpoint;
    changed.secretHeaders = found->secretHeaders;
    return checkName(*known, changed)
        .and_then([&]() { return writeSecrets(secrets, origin, changed, headers); })
        .and_then([&]() { return record(transaction, event::endpointChanged, *actor, changed); });
}

Result<void> recordRemoval(Transaction &transaction, SecretBackend &secrets, const QString &origin,
                           const EndpointId &id, const PersonId &person)
{
    const auto actor = enrolledPerson(transaction, person);
    const auto known = transaction.endpoints();
    const auto sending = transaction.caseRows({.states = {CaseState::Sending}, .endpoint = id});
    if (!actor || !known || !sending) {
        return tl::unexpected<Error>(!actor       ? actor.error()
                                         : !known ? known.error()
                                                  : sending.error());
    }
    const auto found = std::find_if(known->cbegin(), known->cend(),
                                    [&](const Endpoint &one) -> bool { return one.id == id; });
    if (found == known->cend()) {
        return fail(ErrorCode::NotFound, tr("There is no endpoint %1.").arg(id.toString()));
    }
    if (!sending->isEmpty()) {
        return fail(
            ErrorCode::Conflict,
            tr("An answer to “%1” is on its way; remove it when that has ended.").arg(found->name));
    }
    Observation nothing;
    nothing.open = QSet<QString>();
    IntakeRules rules(transaction, *found, nothing);
    if (const auto closed = rules.takeAll(); !closed) {
        return tl::unexpected<Error>(closed.error());
    }
    const auto appended = transaction.append(endpointEvent(event::endpointRemoved, *actor, id));
    if (!appended) {
        return tl::unexpected<Error>(appended.error());
    }
    for (const QByteArray &header : found->secretHeaders) {
        if (auto removed = secrets.remove(secretName(origin, id, header)); !removed) {
            return removed;
        }
    }
    return {};
}

} // namespace countersign
