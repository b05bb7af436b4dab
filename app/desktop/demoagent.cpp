// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/demoagent.h"

#include <QCoreApplication>

namespace countersign {

namespace {

constexpr int patienceMs = 1000;

} // namespace

DemoAgent::DemoAgent(QObject *parent) : QObject(parent)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &DemoAgent::readLines);
    connect(&m_process, &QProcess::errorOccurred, this,
            [this](QProcess::ProcessError error) -> void {
                if (error == QProcess::FailedToStart) {
                    Q_EMIT failed(
                        tr("The demo agent cannot be started: %1. It belongs beside this program, "
                           "as %2.")
                            .arg(m_process.errorString(), m_process.program()));
                }
            });
    connect(&m_process, &QProcess::finished, this, [this]() -> void {
        Q_EMIT failed(tr("The demo agent has ended. Start Countersign again to have another."));
    });
}

DemoAgent::~DemoAgent()
{
    m_process.disconnect(this);
    m_process.closeWriteChannel();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(patienceMs)) {
        m_process.kill();
        m_process.waitForFinished(patienceMs);
    }
}

void DemoAgent::start(const Options &options)
{
    QStringList arguments{QStringLiteral("--cases"), QString::number(options.cases),
                          QStringLiteral("--rate"), QString::number(options.perMinute),
                          QStringLiteral("--until-stdin-closes")};
    if (!options.state.isEmpty()) {
        arguments += {QStringLiteral("--state"), options.state};
    }
    if (!options.log.isEmpty()) {
        arguments += {QStringLiteral("--log"), options.log};
    }
    m_process.start(QCoreApplication::applicationDirPath()
                        + QStringLiteral("/countersign-demo-agent"),
                    arguments + options.more);
}

void DemoAgent::readLines()
{
    while (m_process.canReadLine()) {
        const QByteArray line = m_process.readLine().trimmed();
        if (line.startsWith("url=")) {
            m_url = QUrl(QString::fromUtf8(line.mid(4)));
        } else if (line.startsWith("token=") && !m_ready) {
            m_ready = true;
            Q_EMIT ready(m_url, line.mid(6));
        }
    }
}

} // namespace countersign
