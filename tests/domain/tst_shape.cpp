// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/shape.h"

#include <QTest>

using namespace countersign;

class TestShape final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void same_data();
    void same();
    void isADigest();
};

void TestShape::same_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *name, const char *a, const char *b, bool same) -> void {
        QTest::newRow(name) << QByteArray(a) << QByteArray(b) << same;
    };
    row("other values", "{'id':'4821','total':10.5}", "{'id':'7','total':99}", true);
    row("other order", "{'id':'4821','total':1}", "{'total':1,'id':'1'}", true);
    row("other number of items", "{'lines':[1,2,3]}", "{'lines':[7]}", true);
    row("other mixture", "{'lines':[1,'a',2]}", "{'lines':['b',5]}", true);
    row("other type", "{'total':'10'}", "{'total':10}", false);
    row("null is a type", "{'note':null}", "{'note':'x'}", false);
    row("one member more", "{'id':'1'}", "{'id':'1','rush':true}", false);
    row("deep down", "{'a':{'b':{'c':1}}}", "{'a':{'b':{'c':true}}}", false);
    row("names are quoted", "{'a':1,'b':1}", "{'a:n,b':1}", false);
    row("empty is not full", "{'lines':[]}", "{'lines':[1]}", false);
    row("array or object", "{'a':{}}", "{'a':[]}", false);
}

void TestShape::same()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(bool, same);
    const Json first = parseJson(a.replace('\'', '"')).value();
    const Json second = parseJson(b.replace('\'', '"')).value();
    QCOMPARE(shapeOf(first) == shapeOf(second), same);
}

void TestShape::isADigest()
{
    // Written into envelopes: it may never change. printf '{"id":s,"n":n}' | sha256sum
    const Json value = Json::object(
        {{QStringLiteral("n"), Json(1)}, {QStringLiteral("id"), Json(QStringLiteral("x"))}});
    QCOMPARE(shapeOf(value), QStringLiteral("bec9885c55baebd5"));
}

QTEST_GUILESS_MAIN(TestShape)
#include "tst_shape.moc"
