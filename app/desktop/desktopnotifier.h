// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QTimer>

#include <functional>

class QDBusPendingCallWatcher;

namespace countersign {

/// Tells the desktop that cases wait: one notification a case, replaced and not repeated, and one
/// summary in place of many. Silent where the desktop has no notification service, and where
/// one appears later it is used. Never raises a window by itself.
class DesktopNotifier final : public QObject
{
    Q_OBJECT
public:
    explicit DesktopNotifier(const QDBusConnection &bus, QObject *parent = nullptr);

    /// `why`: what brings them up again, a few words; empty for what is new.
    void tell(const QList<CaseRow> &rows, const QString &why = {});
    /// The case waits no more: its notification goes.
    void withdraw(const CaseId &id);
    /// Nothing is left to be told, and the desktop has answered to all that was.
    [[nodiscard]] bool isSettled() const { return m_waiting.isEmpty() && m_calls == 0; }

    static constexpr int mostAtOnce = 3; ///< more than these become a summary
    static constexpr int burstMs = 400; ///< what comes within this comes together

Q_SIGNALS:
    /// The person chose a notification; the id is empty for the summary.
    void chosen(const countersign::CaseId &id, const QByteArray &activationToken);

private Q_SLOTS:
    void onActionInvoked(uint id, const QString &action);
    void onActivationToken(uint id, const QString &token);
    void onClosed(uint id, uint reason);

private:
    struct Text
    {
        QString summary;
        QString body;
        Risk risk = Risk::Low;
    };
    struct News
    {
        CaseRow row;
        QString why;
    };
    using Answered = std::function<void(const QDBusPendingCallWatcher &)>;
    void ask(const QDBusMessage &message, const Answered &answered = {});
    void askCapabilities();
    void flush();
    void send(const CaseId &id, const Text &text);
    void sent(const CaseId &id, uint number);
    [[nodiscard]] Text textOf(const News &news) const;
    [[nodiscard]] QString escaped(const QString &text) const;

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QTimer m_burst;
    QList<News> m_waiting;
    QHash<CaseId, uint> m_shown; ///< the desktop's numbers; the empty id is the summary
    QSet<CaseId> m_gone; ///< withdrawn while their number was not known yet
    QHash<uint, QByteArray> m_tokens;
    int m_summarised = 0; ///< cases in the summary that is shown
    int m_calls = 0; ///< not answered yet
    bool m_markup = false;
};

} // namespace countersign
