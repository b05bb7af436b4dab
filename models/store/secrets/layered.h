// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/keyring.h"

namespace countersign {

/// Writes go to `first`; what `first` has not is looked for in `second`, where an earlier start may
/// have put it while there was no keychain. An error of `first` stands: locked is not absent.
class LayeredSecrets final : public SecretBackend
{
public:
    LayeredSecrets(std::unique_ptr<SecretBackend> first, std::unique_ptr<SecretBackend> second)
        : m_first(std::move(first)),
          m_second(std::move(second))
    {
    }

    [[nodiscard]] Result<std::optional<QByteArray>> read(const QString &name) override
    {
        const auto value = m_first->read(name);
        return !value || *value ? value : m_second->read(name);
    }
    [[nodiscard]] Result<void> write(const QString &name, const QByteArray &value) override
    {
        const auto written = m_first->write(name, value);
        return written ? m_second->remove(name) : written;
    }
    [[nodiscard]] Result<void> remove(const QString &name) override
    {
        const auto removed = m_first->remove(name);
        return removed ? m_second->remove(name) : removed;
    }
    [[nodiscard]] QString kind() const override { return m_first->kind(); }

private:
    std::unique_ptr<SecretBackend> m_first;
    std::unique_ptr<SecretBackend> m_second;
};

} // namespace countersign
