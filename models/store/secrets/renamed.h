// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/keyring.h"

namespace countersign {

/// `now`, with what an earlier version kept under another name: what is only there is copied over
/// when it is read, so that it is found after the profile was moved.
class RenamedSecrets final : public SecretBackend
{
public:
    RenamedSecrets(std::unique_ptr<SecretBackend> now, std::unique_ptr<SecretBackend> before)
        : m_now(std::move(now)),
          m_before(std::move(before))
    {
    }

    [[nodiscard]] Result<std::optional<QByteArray>> read(const QString &name) override
    {
        const auto value = m_now->read(name);
        if (!value || *value) {
            return value;
        }
        const auto old = m_before->read(name);
        if (old && *old) {
            // Where it cannot be copied it is still there the next time.
            static_cast<void>(m_now->write(name, **old));
        }
        return old;
    }
    [[nodiscard]] Result<void> write(const QString &name, const QByteArray &value) override
    {
        const auto written = m_now->write(name, value);
        return written ? m_before->remove(name) : written;
    }
    [[nodiscard]] Result<void> remove(const QString &name) override
    {
        const auto removed = m_now->remove(name);
        return removed ? m_before->remove(name) : removed;
    }
    [[nodiscard]] QString kind() const override { return m_now->kind(); }

private:
    std::unique_ptr<SecretBackend> m_now;
    std::unique_ptr<SecretBackend> m_before;
};

} // namespace countersign
