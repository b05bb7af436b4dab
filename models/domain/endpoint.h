// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/decimal.h"
#include "domain/ids.h"
#include "domain/json.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QUrl>

#include <utility>

namespace countersign {

/// Where a field of a case is found. `pointer` leads into {"value","values","metadata","action"}
/// (RFC 6901), empty for none; `constant` is taken where the pointer leads nowhere, null for none.
struct ExtractionRule
{
    QString pointer;
    Json constant;
    friend bool operator==(const ExtractionRule &, const ExtractionRule &) = default;
};

/// The fields a rule may fill: confidence, case_type, amount, currency, risk, reversibility, due,
/// reasoning, recommendation, evidence, uncertainty, impact.
[[nodiscard]] const QStringList &extractableFields();

using Header = std::pair<QByteArray, QByteArray>;

/// A configured agent server. Secrets are not in here: `secretHeaders` names the headers whose
/// values the secret store keeps.
struct Endpoint
{
    EndpointId id;
    QString kind; ///< "langgraph", "countersign"
    QString name; ///< unique in the profile
    QUrl url;
    QList<Header> headers;
    QList<QByteArray> secretHeaders;
    QMap<QString, ExtractionRule> extraction;

    [[nodiscard]] Json settingsJson() const; ///< headers, secret_headers, extraction
    [[nodiscard]] static Result<Endpoint> fromJson(EndpointId id, const QString &kind,
                                                   const QString &name, const QString &url,
                                                   const Json &settings);
    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// True for headers that carry secrets by their name: authorization, cookie, anything with key,
/// token or secret.
[[nodiscard]] bool isSecretHeader(const QByteArray &name);

struct Person
{
    PersonId id;
    QString name; ///< unique in the profile, the name printed next to signatures
    QString role; ///< "reviewer", "lead", "auditor"; the first person has all
    QString keyId; ///< of the Ed25519 key, 8 hex digits as in signed notes
    QByteArray publicKey; ///< 32 bytes
    QStringList roles = {}; ///< beside `role`: "finance"…
    QMap<QString, Decimal> limits = {}; ///< by currency, what they may approve; empty: no limit
    std::optional<qint64> absentUntilMs = {}; ///< UTC
    PersonId delegate = {}; ///< who acts for them while they are absent; empty: nobody

    [[nodiscard]] bool isAbsent(qint64 nowMs) const
    {
        return absentUntilMs && *absentUntilMs > nowMs;
    }
};

} // namespace countersign
