// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/caretimes.h"

#include <QDateTime>
#include <QTest>

using namespace countersign;

class TestCareTimes final : public QObject
{
    Q_OBJECT

    static qint64 at(const QByteArray &local)
    {
        return QDateTime::fromString(QString::fromLatin1(local), Qt::ISODate).toMSecsSinceEpoch();
    }
    static QString said(qint64 ms)
    {
        return QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("yyyy-MM-ddTHH:mm"));
    }

private Q_SLOTS:
    // Summer time begins there on 2026-03-29 at 02:00.
    void initTestCase()
    {
        qputenv("TZ", "Europe/Berlin");
        tzset();
    }

    void times_data()
    {
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("then"); // empty: refused
        const auto row = [](const char *now, const char *text, const char *then) -> void {
            QTest::addRow("%s from %s", text, now)
                << QByteArray(now) << QString::fromLatin1(text) << QString::fromLatin1(then);
        };
        row("2026-11-25T08:10:00", "later", "2026-11-25T11:30");
        row("2026-11-25T08:30:00", "later", "2026-11-25T11:30");
        row("2026-11-25T21:00:00", "later", "");
        row("2026-11-25T23:59:59", "tomorrow", "2026-11-26T09:00");
        row("2026-03-28T12:00:00", "tomorrow", "2026-03-29T09:00");
        row("2026-11-25T08:10:00", "next-week", "2026-11-30T09:00"); // a Wednesday
        row("2026-11-29T23:00:00", "next-week", "2026-11-30T09:00"); // a Sunday
        row("2026-11-30T00:00:00", "next-week", "2026-12-07T09:00"); // a Monday
        row("2026-11-25T08:10:00", "2026-12-01", "2026-12-01T09:00");
        row("2026-11-25T08:10:00", "2026-11-25", "2026-11-25T09:00");
        row("2026-11-25T09:10:00", "2026-11-25", "");
        row("2026-11-25T08:10:00", "2026-12-01 14:30", "2026-12-01T14:30");
        row("2026-11-25T08:10:00", "2026-12-01T14:30", "2026-12-01T14:30");
        row("2026-11-25T08:10:00", "2026-12-01T14:30:00Z", "2026-12-01T15:30");
        row("2026-11-25T08:10:00", "2026-11-24 14:30", "");
        row("2026-11-25T08:10:00", "2026-02-30", "");
        row("2026-11-25T08:10:00", "soon", "");
        row("2026-11-25T08:10:00", "", "");
    }

    void times()
    {
        QFETCH(const QByteArray, now);
        QFETCH(const QString, text);
        QFETCH(const QString, then);
        const auto found = timeToCome(text, at(now));
        QCOMPARE(found ? said(*found) : QString(), then);
        QVERIFY(found || found.error().code == ErrorCode::InvalidInput);
    }

    void daysAreDays()
    {
        const qint64 now = at("2026-11-25T08:10:00");
        QCOMPARE(said(*dayToCome(QStringLiteral("2026-12-01"), now)),
                 QStringLiteral("2026-12-01T09:00"));
        QVERIFY(!dayToCome(QStringLiteral("later"), now));
        QVERIFY(!dayToCome(QStringLiteral("2026-12-01 14:30"), now));
        QVERIFY(!dayToCome(QStringLiteral("2026-11-24"), now));
    }
};

QTEST_GUILESS_MAIN(TestCareTimes)
#include "tst_caretimes.moc"
