// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/logging.h"

#include <QRegularExpression>

#include <cstdio>

namespace countersign {

QString redacted(const QString &text)
{
    static const QRegularExpression bearer(QStringLiteral("\\b(bearer|basic)\\s+[^\\s\"',;]+"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression named(
        QStringLiteral("([\\w-]*(?:authorization|cookie|token|key|secret|password|passphrase)[\"']?"
                       "\\s*[:=]\\s*[\"']?)(?!\\s)[^\\s\"',;]+"),
        QRegularExpression::CaseInsensitiveOption);
    QString out = text;
    out.replace(bearer, QStringLiteral("\\1 ***"));
    out.replace(named, QStringLiteral("\\1***"));
    return out;
}

void installLogging()
{
    qSetMessagePattern(QStringLiteral("%{time yyyy-MM-ddTHH:mm:ss.zzz} "
                                      "%{if-category}%{category}: %{endif}%{message}"));
    qInstallMessageHandler(
        [](QtMsgType type, const QMessageLogContext &context, const QString &message) -> void {
            const QByteArray line
                = redacted(qFormatLogMessage(type, context, message)).toLocal8Bit() + '\n';
            std::fputs(line.constData(), stderr);
        });
}

} // namespace countersign
