// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schema/schema.h"

#include <QFile>
#include <QTest>

using namespace countersign;

class TestSchema : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judges_data()
    {
        QFile file(QFINDTESTDATA("data/schemas.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto cases = parseJson(file.readAll());
        QVERIFY2(cases, qPrintable(cases ? QString() : cases.error().text));
        QTest::addColumn<Json>("schema");
        QTest::addColumn<Json>("value");
        QTest::addColumn<QString>("verdict");
        for (const Json &group : cases->items()) {
            for (const QStringView verdict :
                 {QStringView(u"good"), QStringView(u"bad"), QStringView(u"broken")}) {
                for (const Json &value : group[verdict].items()) {
                    QTest::addRow("%s: %s", qPrintable(group[u"name"].toString()),
                                  toJson(value).constData())
                        << group[u"schema"] << value << verdict.toString();
                }
            }
        }
    }

    void judges()
    {
        QFETCH(Json, schema);
        QFETCH(Json, value);
        QFETCH(QString, verdict);
        const auto result = validateAgainst(schema, value);
        const QString actual = result                        ? QStringLiteral("good")
            : result.error().code == ErrorCode::InvalidInput ? QStringLiteral("bad")
                                                             : QStringLiteral("broken");
        QVERIFY2(actual == verdict,
                 qPrintable(actual + (result ? QString() : result.error().text)));
        QVERIFY(result || !result.error().text.isEmpty());
    }

    void namesThePlace()
    {
        const auto schema = parseJson("{\"properties\":{\"a\":{\"items\":{\"type\":\"string\"}}}}");
        const auto value = parseJson("{\"a\":[\"x\",5]}");
        const auto result = validateAgainst(*schema, *value);
        QVERIFY(!result);
        QVERIFY2(result.error().text.startsWith(QStringLiteral("/a/1:")),
                 qPrintable(result.error().text));
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
