// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QUrl>

namespace countersign {

/// The demo agent as a child of this process, on a port and with a token that it chose itself. It
/// ends with its standard input, so it never outlives us.
class DemoAgent final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        int cases = 24;
        double perMinute = 2;
        QString state; ///< what the agents know, from one session to the next; empty for none
        QString log; ///< what it received and did, as JSON lines; empty for none
        QStringList more; ///< as the program takes them
    };

    explicit DemoAgent(QObject *parent = nullptr);
    ~DemoAgent() override;

    void start(const Options &options);

Q_SIGNALS:
    /// The token is a secret of this session.
    void ready(const QUrl &url, const QByteArray &token);
    void failed(const QString &sentence);

private:
    void readLines();

    QProcess m_process;
    QUrl m_url;
    bool m_ready = false;
};

} // namespace countersign
