// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "gui/keys.h"
#include "testing/worked.h"
#include "views/inbox/form/argumentsform.h"
#include "views/style/theme.h"

#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>


using namespace countersign;

namespace {

Json read(const QByteArray &text)
{
    const auto value = parseJson(text);
    if (!value) {
        qFatal("%s: %s", text.constData(), qPrintable(value.error().text));
    }
    return *value;
}

Json tool(const QString &name)
{
    QFile file(QStringLiteral(DATA_DIR "/../../domain/data/tools.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("no tools");
    }
    return read(file.readAll())[name];
}

} // namespace

/// Arguments as a form from their schema, by keys.
class TestForm final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m.reset(); }
    void editsNestedValuesAndLists();
    void saysWhatIsWrongWhileItIsTyped();
    void resetsByKeys();
    void changesFormAndKeepsWhatFits();
    void asksForWhatTheChoiceNeeds();
    void editsAsJson();
    void wrongAsItCameStaysDecidable();
    void formatsHoldForWhatAPersonWrote();
    void answersByASchema();
    void keepsWhatWasBegun();
    void nothingLocksTheWindow_data();
    void nothingLocksTheWindow();

private:
    void show(const Json &arguments, const Json &schema, int cases = 1);
    void edit();
    [[nodiscard]] ArgumentsForm *form() const;
    /// Presses Tab until the field of that name has the keys.
    [[nodiscard]] QWidget *tabToField(const QString &name);
    void type(const QString &text); ///< instead of what is in the field that has the keys
    void submit();
    [[nodiscard]] QString standing() const; ///< what the bar says of the edit
    [[nodiscard]] QStringList faults() const; ///< beside the fields, in sight
    [[nodiscard]] Json decided(const CaseId &id) { return *m->caseOf(id).decision->arguments; }

    std::unique_ptr<InboxFixture> m;
};

void TestForm::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<InboxFixture>();
}

void TestForm::show(const Json &arguments, const Json &schema, int cases)
{
    QList<Proposal> all = believable(cases, m->services.base.clock.nowMs());
    for (Proposal &each : all) {
        each.arguments = arguments;
        each.schema = schema;
        each.risk = Risk::Low;
        each.caseType = QStringLiteral("form");
    }
    m->show(all);
    m->actions.attach({}, m->page.get()); // as the window does
}

void TestForm::edit()
{
    m->press(Qt::Key_E);
    QTRY_VERIFY(form() != nullptr && form()->queue().isDone());
    QCoreApplication::processEvents(); // layouts show what they were given in the next turn
}

ArgumentsForm *TestForm::form() const
{
    for (auto *each : m->page->findChildren<ArgumentsForm *>()) {
        if (each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

QWidget *TestForm::tabToField(const QString &name)
{
    for (int round = 0; round < 300; ++round) {
        QCoreApplication::processEvents(); // no hand is faster than a turn of the loop
        QWidget *focused = QApplication::focusWidget();
        if (focused == nullptr || bare(focused->accessibleName()) == name) {
            return focused;
        }
        QTest::keyClick(focused, Qt::Key_Tab);
    }
    return nullptr;
}

void TestForm::type(const QString &text)
{
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), text);
}

void TestForm::submit()
{
    m->services.base.clock.advance(style::armMs);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
}

QString TestForm::standing() const
{
    const auto *label = m->page->findChild<QLabel *>(QStringLiteral("editStanding"));
    return label->isVisible() ? bare(label->text()) : QString();
}

QStringList TestForm::faults() const
{
    QStringList all;
    for (const auto *label : m->page->findChildren<QLabel *>(QStringLiteral("fault"))) {
        if (label->isVisible()) {
            all.append(label->text());
        }
    }
    return all;
}

void TestForm::editsNestedValuesAndLists()
{
    show(read(R"({"order_id":"#12","to":{"street":"Lange Gasse 3","country":"DE"},
                  "parcels":[{"kg":1.50},{"kg":2},{"kg":3.0}],"insured_for":100.10})"),
         tool(QStringLiteral("create_shipment")));
    const CaseId id = m->shown();
    edit();
    QVERIFY(tabToField(QStringLiteral("street")));
    type(QStringLiteral("Lange Gasse 5"));
    QVERIFY(tabToField(QStringLiteral("country")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down); // the next choice
    QVERIFY(tabToField(QStringLiteral("kg")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down, Qt::AltModifier); // turns with it
    QTRY_COMPARE(toJson(*form()->draft().at(QStringLiteral("/parcels"))),
                 QByteArray(R"([{"kg":2},{"kg":1.50},{"kg":3.0}])"));
    QTRY_VERIFY(form()->queue().isDone() && form()->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete, Qt::AltModifier);
    QTRY_COMPARE(toJson(*form()->draft().at(QStringLiteral("/parcels"))),
                 QByteArray(R"([{"kg":2},{"kg":3.0}])"));
    QTRY_VERIFY(form()->queue().isDone());
    QCoreApplication::processEvents();
    QVERIFY(tabTo(QStringLiteral("Add an item")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_COMPARE(form()->draft().at(QStringLiteral("/parcels"))->items().size(), 3);
    QTRY_VERIFY(form()->queue().isDone() && form()->isAncestorOf(QApplication::focusWidget()));
    QTRY_VERIFY(standing().contains(QStringLiteral("Cannot be sent yet"))); // it needs a weight
    QVERIFY(tabToField(QStringLiteral("kg (needed)")));
    type(QStringLiteral("4.25"));
    QTRY_VERIFY2(standing().contains(QStringLiteral("change")), qPrintable(standing()));
    submit();
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QCOMPARE(toJson(decided(id)),
             toJson(read(R"({"order_id":"#12","to":{"street":"Lange Gasse 5","country":"FR"},
                  "parcels":[{"kg":2},{"kg":3.0},{"kg":4.25}],"insured_for":100.10})")));
}

void TestForm::saysWhatIsWrongWhileItIsTyped()
{
    show(read(R"({"order_id":"#12","to":{"street":"x","country":"DE"},"parcels":[{"kg":1}]})"),
         tool(QStringLiteral("create_shipment")));
    const CaseId id = m->shown();
    edit();
    QCOMPARE(standing(), QStringLiteral("Nothing is changed yet."));
    QWidget *kg = tabToField(QStringLiteral("kg"));
    QVERIFY(kg);
    type(QStringLiteral("40"));
    QTRY_COMPARE(faults(), QStringList{QStringLiteral("must be at most 31.5.")});
    QCOMPARE(standing(),
             QStringLiteral("Cannot be sent yet. /parcels/0/kg: must be at most 31.5."));
    type(QStringLiteral("4,5")); // no number at all
    QTRY_COMPARE(faults().size(), 1);
    QTRY_VERIFY(faults().first().startsWith(QStringLiteral("A number is written")));
    QVERIFY(tabToField(QStringLiteral("insured_for")));
    submit();
    QCOMPARE(m->stateOf(id), CaseState::Waiting); // and the keys are where it is wrong
    QTRY_COMPARE(bare(QApplication::focusWidget()->accessibleName()), QStringLiteral("kg"));
    QVERIFY(tabToField(QStringLiteral("insured_for")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8);
    QTRY_COMPARE(bare(QApplication::focusWidget()->accessibleName()), QStringLiteral("kg"));
    type(QStringLiteral("4.5"));
    QTRY_COMPARE(faults(), QStringList());
    QCOMPARE(standing(), QStringLiteral("1 change: /parcels/0/kg: 1 → 4.5"));
}

void TestForm::resetsByKeys()
{
    const Json before = read(R"({"amount":1250.00,"reason":"damaged","notify":true})");
    show(before, Json());
    edit();
    QVERIFY(tabToField(QStringLiteral("amount")));
    type(QStringLiteral("500"));
    QVERIFY(tabToField(QStringLiteral("reason")));
    type(QStringLiteral("torn"));
    QTRY_VERIFY(m->says(QStringLiteral("Your changes")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_R,
                    Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(toJson(*form()->draft().at(QStringLiteral("/reason"))), QByteArray("\"damaged\""));
    QTRY_COMPARE(bare(QApplication::focusWidget()->accessibleName()), QStringLiteral("reason"));
    QCOMPARE(standing(), QStringLiteral("1 change: /amount: 1250.00 → 500"));
    QTRY_VERIFY(findButton(*m->page, QStringLiteral("Reset all"))); // shown in the next turn
    QVERIFY(tabTo(QStringLiteral("Reset all")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_COMPARE(toJson(*form()->draft().current()), toJson(before));
    QTRY_VERIFY(!m->says(QStringLiteral("Your changes")));
    QTRY_VERIFY(form()->isAncestorOf(QApplication::focusWidget()));
}

void TestForm::changesFormAndKeepsWhatFits()
{
    show(read(R"({"id":12345678901234567890,
                  "channel":{"kind":"email","to":"a@b.de","note":"hello"}})"),
         tool(QStringLiteral("notify")));
    const CaseId id = m->shown();
    edit();
    auto *chooser = qobject_cast<QComboBox *>(tabToField(QStringLiteral("Form of channel")));
    QVERIFY(chooser);
    QCOMPARE(bare(chooser->currentText()), QStringLiteral("E-mail"));
    QTest::keyClick(chooser, Qt::Key_Down);
    QTRY_COMPARE(toJson(*form()->draft().at(QStringLiteral("/channel"))),
                 QByteArray(R"({"kind":"sms","note":"hello"})"));
    QTRY_VERIFY(form()->queue().isDone());
    QTRY_VERIFY(standing().contains(QStringLiteral("/channel/number: is missing.")));
    QVERIFY(tabToField(QStringLiteral("number (needed)")));
    type(QStringLiteral("+491701234"));
    QTRY_VERIFY(standing().contains(QStringLiteral("change")));
    submit();
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QCOMPARE(toJson(decided(id)), toJson(read(R"({"id":12345678901234567890,
                  "channel":{"kind":"sms","note":"hello","number":"+491701234"}})")));
}

void TestForm::asksForWhatTheChoiceNeeds()
{
    show(read(R"({"method":"card","amount":5,"card_last4":"4711"})"), tool(QStringLiteral("pay")));
    edit();
    QVERIFY(tabToField(QStringLiteral("method")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QTRY_COMPARE(form()->draft().at(QStringLiteral("/method"))->toString(),
                 QStringLiteral("transfer"));
    QTRY_VERIFY(form()->queue().isDone());
    QTRY_VERIFY(tabToField(QStringLiteral("iban (needed)")) != nullptr);
}

void TestForm::editsAsJson()
{
    show(read(R"({"a":{"b":1.50},"big":12345678901234567890})"), Json());
    const CaseId id = m->shown();
    edit();
    QVERIFY(tabTo(QStringLiteral("Edit as JSON")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_VERIFY(qobject_cast<QPlainTextEdit *>(QApplication::focusWidget()) != nullptr);
    type(QStringLiteral("{\"a\":1,\"a\":2}")); // which of the two?
    QTRY_VERIFY(standing().startsWith(QStringLiteral("Cannot be sent yet.")));
    type(QStringLiteral("{\"a\":NaN}"));
    QTRY_VERIFY(standing().startsWith(QStringLiteral("Cannot be sent yet.")));
    type(QStringLiteral("{\"a\":1e400,\"big\":12345678901234567890,\"n\":null}"));
    QTRY_VERIFY2(standing().contains(QStringLiteral("change")), qPrintable(standing()));
    submit();
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QCOMPARE(toJson(decided(id)),
             QByteArray("{\"a\":1e400,\"big\":12345678901234567890,"
                        "\"n\":null}"));
}

void TestForm::wrongAsItCameStaysDecidable()
{
    const Json schema = read(R"({"type":"object","required":["order","amount"],"properties":{
        "amount":{"type":"number","maximum":500},"order":{"type":"string"}}})");
    show(read(R"({"amount":"42"})"), schema, 2);
    const CaseId id = m->shown();
    QVERIFY(m->says(QStringLiteral("break their own schema, 2 times")));
    QVERIFY(m->says(QStringLiteral("must be of type number.")));
    QVERIFY(m->says(QStringLiteral("is missing.")));
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QTRY_VERIFY(m->shown() != id);
    m->settle();
    // And a change puts right what it came with, with the type that the schema wants.
    const CaseId next = m->shown();
    edit();
    QVERIFY(standing().startsWith(QStringLiteral("Cannot be sent yet.")));
    QVERIFY(tabToField(QStringLiteral("amount")));
    type(QStringLiteral("42"));
    QVERIFY(tabToField(QStringLiteral("order (needed)")));
    type(QStringLiteral("#7"));
    submit();
    QTRY_COMPARE(m->stateOf(next), CaseState::Held);
    QCOMPARE(toJson(decided(next)), QByteArray(R"({"amount":42,"order":"#7"})"));
}

void TestForm::formatsHoldForWhatAPersonWrote()
{
    const Json schema = read(R"({"properties":{"day":{"type":"string","format":"date"},
        "mail":{"type":"string","format":"email"}}})");
    show(read(R"({"day":"2026-11-28","mail":"nobody"})"), schema);
    edit();
    QCOMPARE(faults().size(), 1); // said of the agent's, but no obstacle
    QCOMPARE(standing(), QStringLiteral("Nothing is changed yet."));
    QVERIFY(tabToField(QStringLiteral("day")));
    type(QStringLiteral("2026-13-28"));
    QTRY_VERIFY(standing().startsWith(QStringLiteral("Cannot be sent yet. /day: must be a date")));
    type(QStringLiteral("2026-12-28"));
    QTRY_COMPARE(standing(), QStringLiteral("1 change: /day: 2026-11-28 → 2026-12-28"));
}

void TestForm::answersByASchema()
{
    Proposal asked = believable(1, m->services.base.clock.nowMs()).first();
    asked.risk = Risk::Low;
    asked.allowed = DecisionKind::Respond;
    asked.answerSchema = read(R"({"type":"object","required":["approved","limit"],"properties":{
        "approved":{"type":"boolean"},"limit":{"type":"integer","minimum":1}}})");
    m->show({asked});
    const CaseId id = m->shown();
    m->press(Qt::Key_S);
    QTRY_VERIFY(form() != nullptr && form()->queue().isDone());
    QVERIFY(standing().startsWith(QStringLiteral("Cannot be sent yet.")));
    QVERIFY(tabToField(QStringLiteral("approved (needed)")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QVERIFY(tabToField(QStringLiteral("limit (needed)")));
    type(QStringLiteral("0"));
    QTRY_VERIFY(standing().contains(QStringLiteral("must be at least 1.")));
    type(QStringLiteral("7"));
    QTRY_COMPARE(standing(), QString());
    QCOMPARE(m->button("inbox.submit")->text(), QStringLiteral("Send back"));
    submit();
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QCOMPARE(m->caseOf(id).decision->kind, DecisionKind::Respond);
    QCOMPARE(toJson(decided(id)), QByteArray(R"({"approved":true,"limit":7})"));
}

void TestForm::keepsWhatWasBegun()
{
    show(read(R"({"note":"a","count":1})"), Json(), 2);
    const CaseId id = m->shown();
    edit();
    QVERIFY(tabToField(QStringLiteral("note")));
    type(QStringLiteral("b"));
    m->list()->setFocus();
    m->press(Qt::Key_J);
    QTRY_VERIFY(m->shown() != id);
    m->settle();
    QVERIFY(form() == nullptr);
    m->press(Qt::Key_K);
    QTRY_COMPARE(m->shown(), id);
    m->settle();
    QTRY_VERIFY(m->says(QStringLiteral("You have begun to change this")));
    edit();
    QCOMPARE(standing(), QStringLiteral("1 change: /note: a → b"));
    submit();
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QCOMPARE(toJson(decided(id)), QByteArray(R"({"note":"b","count":1})"));
}

void TestForm::nothingLocksTheWindow_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QByteArray>("schema");
    QByteArray many = "{";
    QByteArray rules = "{";
    for (int i = 0; i < 5000; ++i) {
        const QByteArray comma = i > 0 ? "," : "";
        many += comma + "\"a" + QByteArray::number(i) + "\":" + QByteArray::number(i);
        rules
            += comma + "\"a" + QByteArray::number(i) + "\":{\"type\":\"integer\",\"maximum\":4000}";
    }
    QTest::newRow("5,000 arguments") << many + "}"
                                     << "{\"properties\":" + rules + "}}";
    QByteArray deep = "1";
    QByteArray rule = "{\"type\":\"string\"}";
    for (int i = 0; i < 100; ++i) {
        deep = "{\"d\":" + deep + "}";
        rule = "{\"properties\":{\"d\":" + rule + "}}";
    }
    QTest::newRow("100 levels") << deep << QByteArray("null");
    QTest::newRow("100 levels in a schema that refers to itself")
        << deep
        << QByteArray(R"({"$ref":"#/$defs/d","$defs":{"d":{"properties":{"d":)"
                      R"({"anyOf":[{"$ref":"#/$defs/d"},{"type":"string"}]}}}}})");
    QTest::newRow("a list of 20,000") << "{\"l\":[" + QByteArray("1,").repeated(20'000)
            + "1]}" << QByteArray(R"({"properties":{"l":{"items":{"type":"string"}}}})");
    QTest::newRow("a megabyte") << "{\"t\":\"" + QByteArray(1'000'000, 'x') + "\",\"n\":42}"
                                << QByteArray(R"({"properties":{"t":{"maxLength":5}}})");
    QTest::newRow("a pattern that never ends") << "{\"t\":\"" + QByteArray(40, 'a')
            + "!\"}" << QByteArray(R"({"properties":{"t":{"pattern":"^(a+)+$"}}})");
}

/// The longest turn of the window's loop while it opens, against that of a form of twenty fields.
void TestForm::nothingLocksTheWindow()
{
    QFETCH(QByteArray, arguments);
    QFETCH(QByteArray, schema);
    QByteArray small = "{";
    for (int i = 0; i < 20; ++i) {
        small += (i > 0 ? ",\"s" : "\"s") + QByteArray::number(i) + "\":" + QByteArray::number(i);
    }
    QList<Proposal> all = believable(2, m->services.base.clock.nowMs());
    all[0].arguments = read(small + "}");
    all[0].schema = {};
    all[1].arguments = read(arguments);
    all[1].schema = read(schema);
    all[1].allowed |= DecisionKind::Approve;
    for (Proposal &each : all) {
        each.caseType = QStringLiteral("form");
        each.risk = Risk::Low;
    }
    m->show(all);
    const auto opens = [this](const CaseId &id) -> qint64 {
        m->page->showCase(id);
        m->list()->setFocus();
        m->settle();
        qint64 before = workedUs();
        m->press(Qt::Key_E);
        qint64 worst = workedUs() - before;
        for (int turn = 0; turn < 400 && (turn < 20 || !form()->queue().isDone()); ++turn) {
            before = workedUs();
            QCoreApplication::processEvents();
            worst = qMax(worst, workedUs() - before);
        }
        return worst;
    };
    const CaseId light(QStringLiteral("c-1"));
    const CaseId heavy(QStringLiteral("c-2"));
    (void)opens(light); // warms up fonts and style
    m->press(Qt::Key_Escape);
    const qint64 yardstick = opens(light);
    m->press(Qt::Key_Escape);
    const qint64 took = opens(heavy);
    qInfo("longest turn %.1f ms, of twenty fields %.1f ms", double(took) / 1000,
          double(yardstick) / 1000);
    QVERIFY2(took < 6 * yardstick, qPrintable(QStringLiteral("%1 of %2").arg(took).arg(yardstick)));
    QTRY_VERIFY_WITH_TIMEOUT(!form()->isJudging(), 60'000);
    m->press(Qt::Key_Escape);
    m->list()->setFocus();
    m->services.base.clock.advance(style::armMs);
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->stateOf(heavy), CaseState::Held); // decidable all the same
}

QTEST_MAIN(TestForm)
#include "tst_form.moc"
