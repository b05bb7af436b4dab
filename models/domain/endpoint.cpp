// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/endpoint.h"

#include "domain/translate.h"


namespace countersign {

const QStringList &extractableFields()
{
    static const QStringList fields{QStringLiteral("confidence"),
                                    QStringLiteral("case_type"),
                                    QStringLiteral("amount"),
                                    QStringLiteral("currency"),
                                    QStringLiteral("risk"),
                                    QStringLiteral("reversibility"),
                                    QStringLiteral("due"),
                                    QStringLiteral("reasoning"),
                                    QStringLiteral("recommendation"),
                                    QStringLiteral("evidence"),
                                    QStringLiteral("uncertainty"),
                                    QStringLiteral("impact")};
    return fields;
}

bool isSecretHeader(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    return lower == "authorization" || lower == "proxy-authorization" || lower.contains("cookie")
        || lower.contains("key") || lower.contains("token") || lower.contains("secret");
}

Json Endpoint::settingsJson() const
{
    Json plain = Json::array();
    for (const auto &[headerName, value] : headers) {
        plain.append(
            Json::array({Json(QString::fromUtf8(headerName)), Json(QString::fromUtf8(value))}));
    }
    Json secret = Json::array();
    for (const QByteArray &headerName : secretHeaders) {
        secret.append(Json(QString::fromUtf8(headerName)));
    }
    Json rules = Json::object();
    for (auto it = extraction.cbegin(); it != extraction.cend(); ++it) {
        rules.set(it.key(),
                  Json::object({{QStringLiteral("pointer"), Json(it->pointer)},
                                {QStringLiteral("constant"), it->constant}}));
    }
    return Json::object({{QStringLiteral("headers"), plain},
                         {QStringLiteral("secret_headers"), secret},
                         {QStringLiteral("extraction"), rules}});
}

Result<Endpoint> Endpoint::fromJson(EndpointId id, const QString &kind, const QString &name,
                                    const QString &url, const Json &settings)
{
    if (!settings.isObject()) {
        return fail(ErrorCode::Unreadable,
                    tr("The stored settings of endpoint “%1” cannot be read.").arg(name));
    }
    Endpoint endpoint;
    endpoint.id = std::move(id);
    endpoint.kind = kind;
    endpoint.name = name;
    endpoint.url = QUrl(url);
    for (const Json &header : settings[u"headers"].items()) {
        const QStringList pair = header.toStrings();
        if (pair.size() == 2) {
            endpoint.headers.append({pair.at(0).toUtf8(), pair.at(1).toUtf8()});
        }
    }
    for (const QString &header : settings[u"secret_headers"].toStrings()) {
        endpoint.secretHeaders.append(header.toUtf8());
    }
    for (const auto &[field, rule] : settings[u"extraction"].members()) {
        endpoint.extraction.insert(
            field, {.pointer = rule[u"pointer"].toString(), .constant = rule[u"constant"]});
    }
    return endpoint;
}

} // namespace countersign
