// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/keyring.h"

namespace countersign {

/// Secrets in a hash. `error` makes every call fail with it.
class MemorySecrets final : public SecretBackend
{
public:
    QHash<QString, QByteArray> values;
    std::optional<Error> error;

    [[nodiscard]] Result<std::optional<QByteArray>> read(const QString &name) override
    {
        if (error) {
            return tl::unexpected<Error>(*error);
        }
        const auto it = values.constFind(name);
        return it == values.cend() ? std::nullopt : std::optional<QByteArray>(*it);
    }
    [[nodiscard]] Result<void> write(const QString &name, const QByteArray &value) override
    {
        if (error) {
            return tl::unexpected<Error>(*error);
        }
        values.insert(name, value);
        return {};
    }
    [[nodiscard]] Result<void> remove(const QString &name) override
    {
        if (error) {
            return tl::unexpected<Error>(*error);
        }
        values.remove(name);
        return {};
    }
    [[nodiscard]] QString kind() const override { return QStringLiteral("session"); }
};

} // namespace countersign
