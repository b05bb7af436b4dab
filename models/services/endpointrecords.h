// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/endpointservice.h"

namespace countersign {

/// How endpoints and their secrets are recorded. For EndpointService.

[[nodiscard]] QString secretName(const QString &origin, const EndpointId &id,
                                 const QByteArray &header);

/// Every secret header with its value; an error where one is locked away or not known any more.
[[nodiscard]] Result<QList<Header>> readSecretHeaders(SecretBackend &secrets, const QString &origin,
                                                      const Endpoint &endpoint);

/// Secrets are written first: where that fails, nothing is recorded.
[[nodiscard]] Result<EndpointId> recordEndpoint(Transaction &transaction, SecretBackend &secrets,
                                                const QString &origin, const Endpoint &endpoint,
                                                const QList<Header> &headers,
                                                const PersonId &person);

/// Everything but the kind. Secrets that are given replace those of the same header.
[[nodiscard]] Result<void> recordChange(Transaction &transaction, SecretBackend &secrets,
                                        const QString &origin, const Endpoint &endpoint,
                                        const QList<Header> &headers, const PersonId &person);

/// Closes what waits there, ends what is held and forgets its secrets. Conflict while an answer is
/// on its way.
[[nodiscard]] Result<void> recordRemoval(Transaction &transaction, SecretBackend &secrets,
                                         const QString &origin, const EndpointId &id,
                                         const PersonId &person);

} // namespace countersign
