// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktopnotifier.h"
#include "domain/json.h"
#include "testing/privatedesktop.h"

#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusReply>
#include <QSignalSpy>

using namespace countersign;

namespace {

constexpr int patienceMs = 20'000; // dunst and its display start cold

CaseRow row(int number, const QString &headline = {})
{
    CaseRow row;
    row.id = CaseId(QStringLiteral("c-%1").arg(number));
    row.headline = headline.isEmpty() ? QStringLiteral("Refund %1.00 EUR").arg(number) : headline;
    row.subject = QStringLiteral("A. Pérez");
    row.agent = QStringLiteral("support-agent");
    row.risk = Risk::High;
    return row;
}

} // namespace

/// Against a real dunst on a bus and a display of its own.
class TestNotifier : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<PrivateDesktop> m_desktop;
    QProcess *m_dunst = nullptr;
    int m_number = 0;

    [[nodiscard]] QDBusConnection bus()
    {
        return m_desktop->bus(QStringLiteral("test-%1").arg(++m_number));
    }
    [[nodiscard]] int displayed()
    {
        return m_desktop
            ->output(QStringLiteral("dunstctl"),
                     {QStringLiteral("count"), QStringLiteral("displayed")})
            .toInt();
    }
    /// What was shown and closed, newest first: summary and body.
    [[nodiscard]] QList<std::pair<QString, QString>> history()
    {
        const auto json
            = parseJson(m_desktop->output(QStringLiteral("dunstctl"), {QStringLiteral("history")}));
        QList<std::pair<QString, QString>> entries;
        const Json history = json.value_or(Json())[u"data"].items().value(0);
        for (const Json &entry : history.items()) {
            entries.append(
                {entry[u"summary"][u"data"].toString(), entry[u"body"][u"data"].toString()});
        }
        return entries;
    }
    void startDunst()
    {
        m_dunst = &m_desktop->run(QStringLiteral("dunst"), {});
        const QDBusConnection probe = bus();
        QTRY_VERIFY2(probe.interface()
                         ->isServiceRegistered(QStringLiteral("org.freedesktop.Notifications"))
                         .value(),
                     m_dunst->readAllStandardError().constData());
    }
    void dunstctl(const QStringList &arguments)
    {
        (void)m_desktop->output(QStringLiteral("dunstctl"), arguments);
    }

private Q_SLOTS:
    void init()
    {
        m_desktop = std::make_unique<PrivateDesktop>();
        QVERIFY2(m_desktop->start(true), qPrintable(m_desktop->reason()));
    }
    void cleanup() { m_desktop.reset(); }

    void oneForEachCase()
    {
        startDunst();
        DesktopNotifier notifier(bus());
        notifier.tell({row(1), row(2)});
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 2, patienceMs);
        notifier.tell({row(1)}); // again: replaced, not repeated
        QTRY_VERIFY_WITH_TIMEOUT(notifier.isSettled(), patienceMs);
        QCOMPARE(displayed(), 2);
        notifier.withdraw(row(1).id);
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 1, patienceMs);
        dunstctl({QStringLiteral("close-all")});
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 0, patienceMs);
        QCOMPARE(history().size(), 2);
        QVERIFY(history().first().first.startsWith(QStringLiteral("Refund ")));
        QVERIFY(history().first().second.contains(QStringLiteral("High risk · A. Pérez")));
    }

    void manyBecomeASummary()
    {
        startDunst();
        DesktopNotifier notifier(bus());
        QList<CaseRow> rows;
        for (int i = 0; i < 50; ++i) {
            rows.append(row(i));
        }
        notifier.tell(rows);
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 1, patienceMs);
        notifier.tell({row(50), row(51), row(52), row(53)});
        QTRY_VERIFY_WITH_TIMEOUT(notifier.isSettled(), patienceMs);
        QCOMPARE(displayed(), 1);
        dunstctl({QStringLiteral("close-all")});
        QTRY_COMPARE_WITH_TIMEOUT(history().size(), 1, patienceMs);
        QVERIFY(history().first().first.startsWith(QStringLiteral("54 ")));
    }

    void aClickOpensTheCase()
    {
        startDunst();
        DesktopNotifier notifier(bus());
        QSignalSpy chosen(&notifier, &DesktopNotifier::chosen);
        notifier.tell({row(7)});
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 1, patienceMs);
        dunstctl({QStringLiteral("action"), QStringLiteral("0")});
        QTRY_COMPARE_WITH_TIMEOUT(chosen.count(), 1, patienceMs);
        QCOMPARE(chosen.first().first().value<CaseId>(), row(7).id);
    }

    void othersAreNotOurs()
    {
        startDunst();
        DesktopNotifier notifier(bus());
        QSignalSpy chosen(&notifier, &DesktopNotifier::chosen);
        QDBusInterface other(QStringLiteral("org.freedesktop.Notifications"),
                             QStringLiteral("/org/freedesktop/Notifications"),
                             QStringLiteral("org.freedesktop.Notifications"), bus());
        const QDBusReply<uint> number = other.call(
            QStringLiteral("Notify"), QStringLiteral("Mail"), 0U, QString(), QStringLiteral("Mail"),
            QString(), QStringList{QStringLiteral("default"), QStringLiteral("Open")},
            QVariantMap(), -1);
        QVERIFY(number.isValid());
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 1, patienceMs);
        dunstctl({QStringLiteral("action"), QStringLiteral("0")});
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 0, patienceMs);
        QCOMPARE(chosen.count(), 0);
    }

    void hostileTextStaysText()
    {
        startDunst();
        DesktopNotifier notifier(bus());
        QTRY_VERIFY_WITH_TIMEOUT(notifier.isSettled(), patienceMs); // it knows what dunst can
        CaseRow hostile = row(1, QStringLiteral("Pay\nnow \u202Elive"));
        hostile.subject = QStringLiteral("<b>A & B</b><a href=\"http://evil\">x</a>");
        notifier.tell({hostile});
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 1, patienceMs);
        dunstctl({QStringLiteral("close-all")});
        QTRY_COMPARE_WITH_TIMEOUT(history().size(), 1, patienceMs);
        QVERIFY(!history().first().first.contains(u'\n'));
        QVERIFY(history().first().first.contains(QStringLiteral("[U+202E]")));
        // What the person reads is what the agent wrote, markup and all.
        QVERIFY2(history().first().second.contains(QStringLiteral("&lt;b&gt;A &amp; B"))
                     || history().first().second.contains(QStringLiteral("<b>A & B</b>")),
                 qPrintable(history().first().second));
    }

    void silentWithoutAService()
    {
        DesktopNotifier notifier(bus());
        notifier.tell({row(1)});
        QTRY_VERIFY_WITH_TIMEOUT(notifier.isSettled(), patienceMs);
        notifier.withdraw(row(1).id);
        startDunst(); // it comes later and is used
        QCOMPARE(displayed(), 0);
        notifier.tell({row(2)});
        QTRY_COMPARE_WITH_TIMEOUT(displayed(), 1, patienceMs);
    }
};

QTEST_GUILESS_MAIN(TestNotifier)
#include "tst_notifier.moc"
