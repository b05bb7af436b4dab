// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/keyring.h"

namespace countersign {

/// One file for each name, readable by its owner alone.
class StateFiles final : public SecretBackend
{
public:
    explicit StateFiles(QString folder); ///< made at the first write

    [[nodiscard]] Result<std::optional<QByteArray>> read(const QString &name) override;
    [[nodiscard]] Result<void> write(const QString &name, const QByteArray &value) override;
    [[nodiscard]] Result<void> remove(const QString &name) override;
    [[nodiscard]] QString kind() const override { return QStringLiteral("state_file"); }

private:
    [[nodiscard]] QString pathOf(const QString &name) const;

    QString m_folder;
};

} // namespace countersign
