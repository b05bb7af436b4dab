// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/argumentdraft.h"
#include "domain/schema/formats.h"
#include "domain/schema/formshape.h"
#include "domain/schema/numbers.h"
#include "domain/schema/schema.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace countersign;
using Kind = FormShape::Kind;

namespace {

Json read(const QByteArray &text)
{
    const auto value = parseJson(text);
    if (!value) {
        qFatal("%s: %s", text.constData(), qPrintable(value.error().text));
    }
    return *value;
}

/// What real tools send: pydantic's optionals and unions, zod's discriminated unions, OpenAPI's
/// allOf, recursion, if and then.
Json tool(const char *name)
{
    QFile file(QFINDTESTDATA("data/tools.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("no tools");
    }
    const Json all = read(file.readAll());
    if (!all.contains(QString::fromLatin1(name))) {
        qFatal("no tool %s", name);
    }
    return all[QString::fromLatin1(name)];
}

QStringList places(const SchemaVerdict &verdict)
{
    QStringList all;
    for (const SchemaFault &fault : verdict.faults) {
        all.append(fault.pointer);
    }
    return all;
}

} // namespace

/// A schema as a form, a value while it is changed, and every fault at its place.
class TestFormShape : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsKinds_data();
    void readsKinds();
    void followsReferencesAndJoins();
    void branchesAndWhatIsKept();
    void choicesOfConstants();
    void conditionsChangeTheMembers();
    void listsAndTuples();
    void boundsHostileSchemas();
    void namesEveryFault();
    void saysWhatIsWrongInTheBranchMeant();
    void comparesNumbersExactly();
    void formats_data();
    void formats();
    void draftKeepsWhatIsNotTouched();
    void draftResets();
    void changesByPlace();
};

void TestFormShape::readsKinds_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value"); // empty: not set
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("nullable");
    const auto row = [](const char *name, const char *schema, const char *value, Kind kind,
                        bool nullable = false) -> void {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(value) << int(kind) << nullable;
    };
    row("text", R"({"type":"string"})", "", Kind::Text);
    row("whole", R"({"type":"integer"})", "42", Kind::Integer);
    row("nullable by type", R"({"type":["string","null"]})", "null", Kind::Text, true);
    row("optional of pydantic", R"({"anyOf":[{"type":"number"},{"type":"null"}],"default":null})",
        "null", Kind::Number, true);
    row("enum with null", R"({"enum":["a","b",null]})", "\"a\"", Kind::Choice, true);
    row("const", R"({"const":"refund"})", "\"refund\"", Kind::Choice);
    row("implied text", R"({"maxLength":4})", "", Kind::Text);
    row("implied object", R"({"properties":{"a":{}}})", "", Kind::Object);
    row("implied list", R"({"items":{"type":"string"}})", "", Kind::List);
    row("no schema, as the value is", "null", "true", Kind::YesNo);
    row("no schema, a list", "null", "[1]", Kind::List);
    row("no schema, null", "null", "null", Kind::Json);
    row("wrong type, put right by the schema", R"({"type":"number"})", "\"42\"", Kind::Number);
    row("a group where text is wanted is not hidden", R"({"type":"string"})", R"({"a":1})",
        Kind::Object);
    row("text where a group is wanted", R"({"type":"object"})", "\"x\"", Kind::Json);
    row("true", "true", "1.50", Kind::Number);
}

void TestFormShape::readsKinds()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    QFETCH(int, kind);
    QFETCH(bool, nullable);
    const Json rule = read(schema);
    const FormShape shape = FormReader(rule).shapeOf(
        rule, value.isEmpty() ? std::nullopt : std::optional(read(value)));
    QCOMPARE(int(shape.kind), kind);
    QCOMPARE(shape.nullable, nullable);
}

void TestFormShape::followsReferencesAndJoins()
{
    const Json schema = tool("create_shipment");
    const FormReader reader(schema);
    const FormShape root = reader.shapeOf(schema, read("{}"));
    QCOMPARE(root.kind, Kind::Object);
    QCOMPARE(
        root.named(),
        (QStringList{QStringLiteral("order_id"), QStringLiteral("to"), QStringLiteral("parcels"),
                     QStringLiteral("notes"), QStringLiteral("insured_for")}));
    QVERIFY(root.needs(QStringLiteral("to")));
    QVERIFY(!root.needs(QStringLiteral("notes")));
    QVERIFY(!root.takesMore());
    const FormShape to = reader.shapeOf(root.member(QStringLiteral("to")), std::nullopt);
    QCOMPARE(to.kind, Kind::Object); // $ref joined with allOf
    QVERIFY(to.named().contains(QStringLiteral("street")));
    QVERIFY(to.named().contains(QStringLiteral("contact")));
    QVERIFY(to.needs(QStringLiteral("country")));
    const FormShape country = reader.shapeOf(to.member(QStringLiteral("country")), std::nullopt);
    QCOMPARE(country.kind, Kind::Choice);
    QCOMPARE(country.preset, std::optional(Json(QStringLiteral("DE"))));
    QCOMPARE(country.description, QStringLiteral("Where it goes"));
}

void TestFormShape::branchesAndWhatIsKept()
{
    const Json schema = tool("notify");
    const FormReader reader(schema);
    const Json channel = schema[u"properties"][u"channel"];
    const Json mail = read(R"({"kind":"email","to":"a@b.de","note":"hi","urgent":true})");
    const FormShape shape = reader.shapeOf(channel, mail);
    QCOMPARE(shape.branches.size(), 2);
    QCOMPARE(shape.branch, 0);
    QCOMPARE(shape.branches.at(0).name, QStringLiteral("E-mail"));
    QCOMPARE(shape.branches.at(1).name, QStringLiteral("sms"));
    QVERIFY(shape.named().contains(QStringLiteral("to")));
    const auto kept = reader.carriedOver(mail, shape.branches.at(1));
    QVERIFY(kept);
    // What fits stays as it was, the constant changes, what the other does not know goes.
    QCOMPARE(toJson(*kept), QByteArray(R"({"kind":"sms","note":"hi"})"));
    const FormShape other = reader.shapeOf(channel, kept, 1);
    QCOMPARE(other.branch, 1);
    QVERIFY(other.needs(QStringLiteral("number")));
    // A union of single values.
    const Json id = schema[u"properties"][u"id"];
    const FormShape number = reader.shapeOf(id, Json::number("12345678901234567890"));
    QCOMPARE(number.branches.size(), 2);
    QCOMPARE(number.kind, Kind::Integer);
    QVERIFY(reader.carriedOver(Json::number("7"), number.branches.at(1)));
    QVERIFY(!reader.carriedOver(Json::number("7"), number.branches.at(0))); // it is no text
}

void TestFormShape::choicesOfConstants()
{
    const Json rule = read(R"({"oneOf":[{"const":"low","title":"Can wait"},{"const":"high"}]})");
    const FormShape shape = FormReader(rule).shapeOf(rule, std::nullopt);
    QCOMPARE(shape.kind, Kind::Choice);
    QCOMPARE(shape.choices.size(), 2);
    QCOMPARE(shape.choices.first().title, QStringLiteral("Can wait"));
    QVERIFY(shape.branches.isEmpty());
    // Branches that only say which members there must be are no forms to choose from.
    const Json either = read(R"({"type":"object","properties":{"a":{},"b":{}},
        "anyOf":[{"required":["a"]},{"required":["b"]}]})");
    QVERIFY(FormReader(either).shapeOf(either, read("{}")).branches.isEmpty());
}

void TestFormShape::conditionsChangeTheMembers()
{
    const Json schema = tool("pay");
    const FormReader reader(schema);
    QVERIFY(reader.isConditional(schema));
    const FormShape card = reader.shapeOf(schema, read(R"({"method":"card"})"));
    QVERIFY(card.needs(QStringLiteral("card_last4")));
    const FormShape bank = reader.shapeOf(schema, read(R"({"method":"transfer"})"));
    QVERIFY(bank.needs(QStringLiteral("iban")));
    QVERIFY(!bank.named().contains(QStringLiteral("card_last4")));
}

void TestFormShape::listsAndTuples()
{
    const Json rule = read(R"({"type":"array","prefixItems":[{"type":"string"}],
        "items":{"type":"integer"},"minItems":1,"maxItems":3})");
    const FormShape shape = FormReader(rule).shapeOf(rule, read("[\"a\",1]"));
    QCOMPARE(shape.kind, Kind::List);
    QCOMPARE(shape.item(0)[u"type"].toString(), QStringLiteral("string"));
    QCOMPARE(shape.item(2)[u"type"].toString(), QStringLiteral("integer"));
    QVERIFY(shape.takesItem(2));
    QVERIFY(!shape.takesItem(3));
    QVERIFY(!shape.losesItem(1));
    const Json closed = read(R"({"type":"array","prefixItems":[{}],"items":false})");
    QVERIFY(!FormReader(closed).shapeOf(closed, read("[1]")).takesItem(1));
}

void TestFormShape::boundsHostileSchemas()
{
    QElapsedTimer timer;
    timer.start();
    // Two ways at each of many levels: must end by the work that is allowed, not by luck.
    const Json doubled
        = read(R"({"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"},{"$ref":"#/$defs/b"}]},
        "b":{"anyOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}]}},"$ref":"#/$defs/a"})");
    QVERIFY(!judgeBySchema(doubled, Json(1)).unusable.isEmpty());
    (void)FormReader(doubled).shapeOf(doubled, Json(1));
    const Json loop = read(R"({"$ref":"#"})");
    QCOMPARE(FormReader(loop).shapeOf(loop, read("{}")).kind, Kind::Object);
    (void)FormReader(loop).startOf(loop);
    const Json joined = read(R"({"allOf":[{"$ref":"#"},{"$ref":"#"}],"type":"object"})");
    (void)FormReader(joined).shapeOf(joined, read("{}"));
    // An exponent is no size.
    const Json bounded = read(R"({"maximum":500,"multipleOf":0.01})");
    QCOMPARE(places(judgeBySchema(bounded, Json::number("1e999999999"))).size(), 1);
    QCOMPARE(places(judgeBySchema(bounded, Json::number("1e-999999999"))).size(), 1);
    QCOMPARE(places(judgeBySchema(bounded, Json::number("1e99999999999999999999"))).size(), 1);
    // As many as there are: still told, no more than people read.
    Json many = Json::array();
    for (int i = 0; i < 20'000; ++i) {
        many.append(Json(QStringLiteral("x")));
    }
    const Json numbers = read(R"({"items":{"type":"number"},"uniqueItems":true})");
    QCOMPARE(judgeBySchema(numbers, many).faults.size(), schemaFaultLimit);
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
}

void TestFormShape::namesEveryFault()
{
    const Json schema = tool("create_shipment");
    const Json value = read(R"({"order_id":4711,"to":{"street":"Lange Gasse 3","country":"XX",
        "contact":"nobody"},"parcels":[{"kg":0.5},{"kg":-1,"note":1}],"extra":true})");
    const SchemaVerdict verdict = judgeBySchema(schema, value);
    QVERIFY(verdict.unusable.isEmpty());
    QStringList found = places(verdict);
    found.sort();
    QCOMPARE(found,
             (QStringList{QStringLiteral("/extra"), QStringLiteral("/order_id"),
                          QStringLiteral("/parcels/1/kg"), QStringLiteral("/parcels/1/note"),
                          QStringLiteral("/to/contact"), QStringLiteral("/to/country")}));
    for (const SchemaFault &fault : verdict.faults) {
        QCOMPARE(fault.format, fault.pointer == QLatin1String("/to/contact"));
    }
    const Json slashed = read(R"({"properties":{"a/b~c":{"type":"string"}}})");
    QCOMPARE(places(judgeBySchema(slashed, read(R"({"a/b~c":1})"))),
             QStringList{QStringLiteral("/a~1b~0c")});
    QCOMPARE(judgeBySchema(Json(), value), SchemaVerdict());
}

void TestFormShape::saysWhatIsWrongInTheBranchMeant()
{
    const Json optional = read(R"({"properties":{"amount":{"anyOf":[
        {"type":"number","maximum":500},{"type":"null"}]}}})");
    const SchemaVerdict verdict = judgeBySchema(optional, read(R"({"amount":600})"));
    QCOMPARE(verdict.faults.size(), 1);
    QCOMPARE(verdict.faults.first().pointer, QStringLiteral("/amount"));
    QVERIFY(verdict.faults.first().text.contains(QStringLiteral("500")));
    const Json schema = tool("notify");
    const SchemaVerdict sms
        = judgeBySchema(schema, read(R"({"id":1,"channel":{"kind":"sms","note":"x"}})"));
    QCOMPARE(places(sms), QStringList{QStringLiteral("/channel/number")});
}

void TestFormShape::comparesNumbersExactly()
{
    using namespace jsonnumber;
    const auto less = [](const char *a, const char *b) -> bool {
        return compare(a, b) < 0;
    };
    QVERIFY(less("9007199254740992", "9007199254740993"));
    QVERIFY(less("-1e400", "-1e399"));
    QVERIFY(less("1e400", "1e1000"));
    QVERIFY(less("0", "1e-5000"));
    QVERIFY(less("-0.1", "0"));
    QVERIFY(compare("1.0", "1") == 0);
    QVERIFY(compare("-0", "0.00") == 0);
    QVERIFY(compare("12e1", "120") == 0);
    QCOMPARE(isMultiple("100.10", "0.01"), std::optional(true));
    QCOMPARE(isMultiple("0.00000000000000000001", "1"), std::optional(false));
    QCOMPARE(isMultiple("1e500", "7"), std::optional(false));
    QCOMPARE(isMultiple("7e500", "7"), std::optional(true));
    QCOMPARE(isMultiple("5", "-1"), std::nullopt);
    QVERIFY(isWhole("1e400") && isWhole("1.0") && !isWhole("1e-1"));
    QVERIFY(same(read(R"({"a":[1.0],"b":"1"})"), read(R"({"b":"1","a":[1]})")));
    QVERIFY(!same(read(R"({"a":1})"), read(R"({"a":"1"})")));
    QVERIFY(!same(read(R"([{"a":"#1e0"}])"), read(R"([{"a":1}])")));
}

void TestFormShape::formats_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QStringList>("good");
    QTest::addColumn<QStringList>("bad");
    const auto row = [](const char *format, const char *good, const char *bad) -> void {
        QTest::newRow(format) << QString::fromLatin1(format)
                              << QString::fromLatin1(good).split(QLatin1Char('|'))
                              << QString::fromLatin1(bad).split(QLatin1Char('|'));
    };
    row("date", "2026-11-28|2024-02-29", "2026-13-01|2025-02-29|28.11.2026|2026-1-1|");
    row("date-time", "2026-11-28T09:30:00Z|2026-11-28t09:30:00.5+02:00",
        "2026-11-28|2026-11-28T25:00:00Z|2026-11-28T09:30:00");
    row("time", "09:30:00Z|23:59:60-05:30", "09:30|24:00:00Z");
    row("duration", "PT15M|P1Y2M3DT4H|P2W", "P|PT|15 minutes");
    row("email", "a@b.de|first.last+tag@sub.example.com", "a|a@|@b.de|a b@c.de|a..b@c.de");
    row("hostname", "example.com|a-b.c", "-a.de|a_b|a..b");
    row("ipv4", "192.0.2.1|255.255.255.255", "192.0.2|256.0.0.1|1.2.3.4.5|01.2.3.4");
    row("ipv6", "2001:db8::1|::|1:2:3:4:5:6:7:8|::ffff:192.0.2.1",
        "1:2:3|::1::2|12345::|1:2:3:4:5:6:7:8:9|:1");
    row("uri", "https://example.com/a?b=c#d|mailto:a@b.de|urn:isbn:123",
        "example.com|/path|http://a b|");
    row("uuid", "123e4567-e89b-12d3-a456-426614174000",
        "123e4567|123e4567e89b12d3a456426614174000");
    row("json-pointer", "/a/b~1c|", "a/b|/a~2");
    row("regex", "^a+$", "(");
    row("of-nobody", "anything", "");
}

void TestFormShape::formats()
{
    QFETCH(QString, format);
    QFETCH(QStringList, good);
    QFETCH(QStringList, bad);
    for (const QString &text : std::as_const(good)) {
        QVERIFY2(formatFault(format, text).isEmpty(), qPrintable(text));
    }
    for (const QString &text : std::as_const(bad)) {
        if (format != QLatin1String("of-nobody")) {
            QVERIFY2(!formatFault(format, text).isEmpty(), qPrintable(text));
        }
    }
    if (const QString example = formatExample(format); !example.isEmpty()) {
        QVERIFY2(formatFault(format, example).isEmpty(), qPrintable(example));
    }
}

void TestFormShape::draftKeepsWhatIsNotTouched()
{
    const QByteArray before = "{\"whole\":42,\"text\":\"42\",\"money\":100.10,\"none\":null,"
                              "\"big\":12345678901234567890,\"in\":{\"far\":[1e2,{\"x\":1.50}]}}";
    ArgumentDraft draft(read(before));
    draft.set(QStringLiteral("/in/far/1/x"), Json::number("2.500"));
    draft.set(QStringLiteral("/whole"), std::nullopt);
    draft.set(QStringLiteral("/new"), Json(true));
    draft.set(QStringLiteral("/whole"), Json::number("43"));
    QCOMPARE(toJson(*draft.current()),
             QByteArray("{\"whole\":43,\"text\":\"42\",\"money\":100.10,\"none\":null,"
                        "\"big\":12345678901234567890,\"in\":{\"far\":[1e2,{\"x\":2.500}]},"
                        "\"new\":true}"));
    draft.move(QStringLiteral("/in/far"), 0, 1);
    draft.insert(QStringLiteral("/in/far"), 9, Json());
    QCOMPARE(toJson(*draft.at(QStringLiteral("/in/far"))), QByteArray("[{\"x\":2.500},1e2,null]"));
    QVERIFY(draft.isChanged());
    draft.resetAll();
    QCOMPARE(toJson(*draft.current()), before);
    // From nothing.
    ArgumentDraft empty(std::nullopt);
    empty.set(QStringLiteral("/a/b"), Json(1));
    QCOMPARE(toJson(*empty.current()), QByteArray("{\"a\":{\"b\":1}}"));
}

void TestFormShape::draftResets()
{
    ArgumentDraft draft(read(R"({"a":1,"b":[1,2,3],"c":{"d":1,"e":2}})"));
    draft.set(QStringLiteral("/c/d"), std::nullopt);
    draft.set(QStringLiteral("/b/1"), Json(9));
    draft.setUnreadable(QStringLiteral("/a"), QStringLiteral("no number"));
    QVERIFY(draft.isChanged(QStringLiteral("/b")) && draft.isChanged(QStringLiteral("/b/1")));
    QVERIFY(!draft.isChanged(QStringLiteral("/b/0")));
    draft.reset(QStringLiteral("/c/d")); // back where it was
    QCOMPARE(toJson(*draft.at(QStringLiteral("/c"))), QByteArray("{\"d\":1,\"e\":2}"));
    draft.reset(QStringLiteral("/b/1"));
    draft.reset(QStringLiteral("/a"));
    QVERIFY(!draft.isChanged());
    QVERIFY(draft.unreadable().isEmpty());
    draft.set(QStringLiteral("/b/0"), std::nullopt);
    QCOMPARE(draft.resetTarget(QStringLiteral("/b/1")), QStringLiteral("/b"));
    QVERIFY(!draft.was(QStringLiteral("/b/1")));
    draft.reset(QStringLiteral("/b/1"));
    QVERIFY(!draft.isChanged());
}

void TestFormShape::changesByPlace()
{
    const auto changed = [](const char *before, const char *after) -> QStringList {
        QStringList all;
        for (const JsonChange &change : jsonChanges(read(before), read(after))) {
            all.append(QStringLiteral("%1 %2>%3")
                           .arg(change.pointer,
                                change.before ? jsonText(*change.before) : QString(),
                                change.after ? jsonText(*change.after) : QString()));
        }
        return all;
    };
    QCOMPARE(changed("{\"a\":1.0}", "{\"a\":1.00}"), QStringList{QStringLiteral("/a 1.0>1.00")});
    QCOMPARE(changed("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"), QStringList());
    QCOMPARE(changed("[1,2,3]", "[1,3]"), QStringList{QStringLiteral("/1 2>")});
    QCOMPARE(changed("[1,3]", "[1,2,3]"), QStringList{QStringLiteral("/1 >2")});
    QCOMPARE(changed("{\"l\":[{\"a\":1}]}", "{\"l\":[{\"a\":2}]}"),
             QStringList{QStringLiteral("/l/0/a 1>2")});
    QCOMPARE(changed("1", "{}"), QStringList{QStringLiteral(" 1>{}")});
}

QTEST_GUILESS_MAIN(TestFormShape)
#include "tst_formshape.moc"
