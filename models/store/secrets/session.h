// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/keyring.h"

namespace countersign {

/// In memory, gone with the process.
class SessionSecrets final : public SecretBackend
{
public:
    [[nodiscard]] Result<std::optional<QByteArray>> read(const QString &name) override
    {
        const auto it = m_values.constFind(name);
        return it == m_values.cend() ? std::nullopt : std::optional<QByteArray>(*it);
    }
    [[nodiscard]] Result<void> write(const QString &name, const QByteArray &value) override
    {
        m_values.insert(name, value);
        return {};
    }
    [[nodiscard]] Result<void> remove(const QString &name) override
    {
        m_values.remove(name);
        return {};
    }
    [[nodiscard]] QString kind() const override { return QStringLiteral("session"); }

private:
    QHash<QString, QByteArray> m_values;
};

} // namespace countersign
