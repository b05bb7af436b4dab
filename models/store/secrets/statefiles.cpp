// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secrets/statefiles.h"

#include "domain/trust.h"
#include "store/secrets/privatefile.h"

#include <QUrl>

namespace countersign {

StateFiles::StateFiles(QString folder) : m_folder(std::move(folder)) { }

Result<std::optional<QByteArray>> StateFiles::read(const QString &name)
{
    return readPrivateFile(pathOf(name));
}

Result<void> StateFiles::write(const QString &name, const QByteArray &value)
{
    return writePrivateFile(pathOf(name), value);
}

Result<void> StateFiles::remove(const QString &name)
{
    return removePrivateFile(pathOf(name));
}

/// Readable where that is possible: "demo.x%2Flog.secret". Never a path out of the folder.
QString StateFiles::pathOf(const QString &name) const
{
    QByteArray file = QUrl::toPercentEncoding(name);
    if (file.size() > 200) {
        file = sha256(name.toUtf8()).toHex();
    }
    return m_folder + QLatin1Char('/') + QString::fromLatin1(file) + QStringLiteral(".secret");
}

} // namespace countersign
