// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"

#include "views/messagebar.h"
#include "views/policy/policytable.h"

#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabWidget>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

Json documentOf(const QByteArray &rules)
{
    return parseJson(R"({"format":"countersign-policy/1","rules":[)" + rules + "]}").value();
}

const QByteArray refunds = R"({"id":"refunds","action":"issue_refund","mode":"autonomous",)"
                           R"("min_confidence":0.80,"limits":{"EUR":500.00},"queue":"Refunds"})";
const QByteArray contracts = R"({"id":"contracts","action":"send_contract","mode":"approve"})";

} // namespace

/// A lead at the policy page of the real window, by keys alone.
class TestPolicyPage final : public QObject
{
    Q_OBJECT
public:
    explicit TestPolicyPage(PrivateDesktop & /*desktop*/) { }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<WindowFixture>();
        m->start();
    }
    void cleanup() { m.reset(); }

    void theFirstPolicyByKeys();
    void anEditedRuleIsSignedAndInTheTrail();
    void aTieIsRefused();
    void aFaultStandsBesideItsField();
    void goesBackToAnEarlierVersion();
    void aRestartKeepsTheDraft();
    void somebodyElseWasFirst();
    void somebodyElseWasFirstWhileTheSheetWasOpen();
    void conditionsLimitsAndStepsByKeys();
    void theDocumentItselfCanBeEdited();
    void everyControlSaysItsName();

private:
    [[nodiscard]] PolicyModel &policy() const { return m->app->policy(); }
    [[nodiscard]] PolicyPage &page() const { return m->app->policyPage(); }
    [[nodiscard]] PolicyTable *table(const char *name) const
    {
        for (auto *one : page().findChildren<PolicyTable *>()) {
            if (one->accessibleName() == QLatin1String(name)) {
                return one;
            }
        }
        return nullptr;
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        m->press(key, modifiers);
    }
    /// Sets a policy as the owner does elsewhere.
    void set(const Json &document, const char *reason = "Proven.")
    {
        const auto done = m->app->profile().policy().set({.document = document,
                                                          .reason = text(reason),
                                                          .person = PersonId(text("p-1"))});
        QTRY_VERIFY(done.isFinished());
        QVERIFY2(done.result(),
                 qPrintable(done.result() ? QString() : done.result().error().text));
        QTRY_COMPARE(policy().inForce().version, done.result()->version);
        settle();
    }
    void settle() { QTRY_VERIFY(!policy().isLooking()); }
    void showRules()
    {
        press(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(m->window().currentPage(), text("policy"));
        if (!table("Rules")->isVisible()) {
            m->actions().action(text("policy.show_rules"))->trigger();
        }
        QTRY_VERIFY(table("Rules")->hasFocus());
    }
    /// Puts words into a field of the form.
    void fill(const char *field, const char *words)
    {
        QVERIFY2(tabTo(text(field)), field);
        press(Qt::Key_A, Qt::ControlModifier);
        m->type(words);
    }
    /// Presses it in the table; a form opens.
    void openForm(Qt::Key key)
    {
        press(key);
        QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), text("Id"));
        settle();
    }
    void choose(const char *field, const char *words)
    {
        QVERIFY2(tabTo(text(field)), field);
        auto *box = qobject_cast<QComboBox *>(QApplication::focusWidget());
        QVERIFY(box);
        press(Qt::Key_Home);
        while (box->currentText() != text(words) && box->currentIndex() + 1 < box->count()) {
            press(Qt::Key_Down);
        }
        QCOMPARE(box->currentText(), text(words));
    }
    void sign(const char *reason)
    {
        settle();
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(m->sheet() != nullptr);
        auto *why = m->sheet()->findChild<QLineEdit *>();
        QTRY_VERIFY(why->hasFocus());
        m->type(reason);
        press(Qt::Key_Return);
    }
    [[nodiscard]] QString newestEvent() const
    {
        const auto read = m->app->profile().store().read<QList<EventRecord>>(
            [](Reader &reader) { return reader.events({.limit = 1, .kind = text("policy.set")}); });
        const bool done = QTest::qWaitFor([&]() -> bool { return read.isFinished(); }, patienceMs);
        return done && read.result() && !read.result()->isEmpty()
            ? QString::fromUtf8(read.result()->first().envelope)
            : QString();
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table("Rules")->model()->index(row, column).data().toString();
    }

    std::unique_ptr<WindowFixture> m;
};

void TestPolicyPage::theFirstPolicyByKeys()
{
    press(Qt::Key_3, Qt::ControlModifier);
    QTRY_VERIFY(isSaid(page(), text("Everything goes to a person.")));
    QTRY_COMPARE(spokenName(QApplication::focusWidget()), text("Make the first policy"));
    press(Qt::Key_Space);
    QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), text("Id"));
    fill("Id", "refunds");
    fill("Action", "issue_refund");
    choose("Mode", "It goes by itself");
    fill("Least confidence", "0.90");
    press(Qt::Key_Escape);
    QTRY_VERIFY(table("Rules")->hasFocus());
    settle();
    QCOMPARE(cell(0, 1), text("goes by itself from confidence 0.90"));
    QVERIFY(isSaid(page(), text("Draft with 1 change against policy v1.")));
    sign("Proven since May.");
    QTRY_COMPARE(policy().inForce().version, 2);
    QTRY_VERIFY(m->isBare());
    QTRY_VERIFY(isSaid(page(), text("Proven since May.")));
    QTRY_VERIFY(isSaid(m->window(), text("Policy v2 is in force.")));
    QVERIFY(!policy().isDrafted());
}

void TestPolicyPage::anEditedRuleIsSignedAndInTheTrail()
{
    set(documentOf(refunds + ',' + contracts));
    showRules();
    press(Qt::Key_Down);
    openForm(Qt::Key_Return);
    choose("Mode", "It is not allowed");
    choose("Authority", "A lead");
    press(Qt::Key_Escape);
    QTRY_VERIFY(table("Rules")->hasFocus());
    settle();
    QCOMPARE(cell(1, 4), text("Changed"));
    QCOMPARE(policy().look().changes.size(), 2);
    m->actions().action(text("policy.show_changes"))->trigger();
    QTRY_VERIFY(table("Changes")->hasFocus());
    QCOMPARE(table("Changes")->model()->index(0, 0).data(Qt::AccessibleTextRole).toString(),
             text("contracts, Mode: is not allowed, was waits for a person"));
    showRules();
    press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(m->sheet() != nullptr);
    QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr);
    press(Qt::Key_Return); // without a reason nothing happens
    QTRY_VERIFY(isSaid(*m->sheet(), text("Say in a few words why the policy changes.")));
    QCOMPARE(m->sheet()->findChild<PolicyTable *>()->model()->rowCount(), 2);
    m->type("Legal asked for it.");
    press(Qt::Key_Return);
    QTRY_COMPARE(policy().inForce().version, 3);
    QTRY_VERIFY(m->isBare());
    QCOMPARE(policy().inForce().reason, text("Legal asked for it."));
    QVERIFY(newestEvent().contains(policy().inForce().digest));
    press(Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(m->app->trail().rowCount() > 0);
    QTRY_VERIFY(m->app->trail()
                    .index(0, TrailModel::WhatColumn)
                    .data()
                    .toString()
                    .contains(text("policy v3 in force")));
}

void TestPolicyPage::aTieIsRefused()
{
    set(documentOf(refunds));
    showRules();
    openForm(Qt::Key_C); // the same cases once more
    press(Qt::Key_Escape);
    settle();
    QVERIFY(!policy().look().faults.isEmpty());
    QTRY_VERIFY(table("Rules")->hasFocus());
    press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(m->window().messages().isShowing(text("policy.fault")));
    QVERIFY(m->sheet() == nullptr);
    QVERIFY(isSaid(page(), text("speak of the same cases")));
    QCOMPARE(cell(1, 4), text("Fault"));
    press(Qt::Key_Z); // and taken back
    settle();
    QVERIFY(!policy().isDrafted());
}

void TestPolicyPage::aFaultStandsBesideItsField()
{
    set(documentOf(refunds));
    showRules();
    openForm(Qt::Key_E);
    fill("Least confidence", "1.5");
    settle();
    QWidget *field = QApplication::focusWidget();
    QTRY_COMPARE(field->accessibleDescription(), text("A number from 0 to 1 is wanted here."));
    QVERIFY(isSaid(page(), text("A number from 0 to 1 is wanted here.")));
    fill("Least confidence", "lots");
    settle();
    QTRY_COMPARE(field->accessibleDescription(), text("A number from 0 to 1 is wanted here."));
    fill("Least confidence", "0.5");
    settle();
    QTRY_COMPARE(field->accessibleDescription(), QString());
    QCOMPARE(policy().rule(0)[u"min_confidence"].numberText(), QByteArray("0.5"));
}

void TestPolicyPage::goesBackToAnEarlierVersion()
{
    set(documentOf(refunds), "First.");
    set(documentOf(contracts), "Second.");
    showRules();
    m->actions().action(text("policy.show_history"))->trigger();
    QTRY_VERIFY(table("Versions")->hasFocus());
    QVERIFY(!m->actions().action(text("policy.rollback"))->isEnabled()); // it is in force
    press(Qt::Key_Down);
    QTRY_VERIFY(m->actions().action(text("policy.rollback"))->isEnabled());
    press(Qt::Key_B);
    QTRY_VERIFY(m->sheet() != nullptr);
    QVERIFY(isSaid(*m->sheet(), text("Policy v4 will say what v2 said.")));
    QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr);
    m->type("It was too strict.");
    press(Qt::Key_Return);
    QTRY_COMPARE(policy().inForce().version, 4);
    QCOMPARE(policy().inForce().document, documentOf(refunds));
    QCOMPARE(policy().inForce().reason, text("It was too strict."));
}

void TestPolicyPage::aRestartKeepsTheDraft()
{
    set(documentOf(refunds));
    showRules();
    openForm(Qt::Key_E);
    fill("Queue", "Elsewhere");
    m->stop();
    m->start();
    m->window().showPage(text("policy"));
    QTRY_VERIFY(policy().isLoaded());
    settle();
    QVERIFY(policy().isDrafted());
    QTRY_VERIFY(isSaid(page(), text("Draft with 1 change against policy v2.")));
    QCOMPARE(policy().rule(0)[u"queue"].toString(), text("Elsewhere"));
}

void TestPolicyPage::somebodyElseWasFirst()
{
    set(documentOf(refunds));
    showRules();
    openForm(Qt::Key_N);
    fill("Action", "deploy");
    press(Qt::Key_Escape);
    settle();
    set(documentOf(contracts), "Meanwhile.");
    QTRY_VERIFY(isSaid(page(), text("It was made from policy v2; by now policy v3 is in force")));
    QVERIFY(isSaid(page(), text("Meanwhile.")));
    QTRY_VERIFY(table("Rules")->hasFocus());
    press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(m->window().messages().isShowing(text("policy.fault")));
    QVERIFY(m->sheet() == nullptr);
    QTRY_VERIFY(table("Changes")->hasFocus()); // to be looked at first
    showRules();
    press(Qt::Key_M);
    settle();
    sign("Looked at it.");
    QTRY_COMPARE(policy().inForce().version, 4);
}

void TestPolicyPage::somebodyElseWasFirstWhileTheSheetWasOpen()
{
    set(documentOf(refunds));
    showRules();
    openForm(Qt::Key_N);
    fill("Action", "deploy");
    press(Qt::Key_Escape);
    settle();
    press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(m->sheet() != nullptr);
    QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr);
    QDialog *sheet = m->sheet();
    set(documentOf(contracts), "Meanwhile.");
    m->type("Mine.");
    press(Qt::Key_Return);
    QTRY_VERIFY(isSaid(*sheet, text("meanwhile; look at what changed")));
    QVERIFY(isSaid(*sheet, policy().inForce().personName));
    QCOMPARE(policy().inForce().version, 3);
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
    QVERIFY(policy().isDrafted()); // and nothing of it is lost
}

void TestPolicyPage::conditionsLimitsAndStepsByKeys()
{
    set(documentOf(refunds));
    showRules();
    openForm(Qt::Key_E);
    QVERIFY(tabTo(text("Add a limit")));
    press(Qt::Key_Space);
    QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), text("Currency"));
    QTRY_VERIFY(QApplication::focusWidget()->isVisible()); // with its whole line
    m->type("USD");
    fill("Largest amount", "550.00");
    QVERIFY(tabTo(text("Add a condition")));
    press(Qt::Key_Space);
    QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), text("Where"));
    QTRY_VERIFY(QApplication::focusWidget()->isVisible()); // with its whole line
    m->type("/arguments/days");
    choose("Compares", "is within");
    fill("With", "31, 90");
    choose("Then at least", "it goes to a queue");
    fill("To queue", "Team leads");
    fill("Due after", "4h");
    choose("When nobody came in time", "It goes to other queues");
    QVERIFY(tabTo(text("Add a step")));
    press(Qt::Key_Space);
    QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), text("To queue"));
    QTRY_VERIFY(QApplication::focusWidget()->isVisible()); // with its whole line
    m->type("Operations");
    settle();
    QVERIFY2(policy().look().faults.isEmpty(),
             qPrintable(policy().look().faults.value(0).path + policy().look().faults.value(0).text));
    const Json rule = policy().rule(0);
    QCOMPARE(toJson(rule[u"limits"]), QByteArray(R"({"EUR":500.00,"USD":550.00})"));
    QCOMPARE(toJson(rule[u"conditions"]),
             QByteArray(R"([{"field":"/arguments/days","is":"between","value":[31,90],)"
                        R"("then":"escalate","queue":"Team leads"}])"));
    QCOMPARE(toJson(rule[u"due"]),
             QByteArray(R"({"after":"4h","at_zero":"escalate","path":[{"queue":"Operations"}]})"));
    // What is not escalated any more has nowhere to go.
    choose("When nobody came in time", "It is rejected");
    settle();
    QVERIFY(policy().look().faults.isEmpty());
    QCOMPARE(toJson(policy().rule(0)[u"due"]), QByteArray(R"({"after":"4h","at_zero":"reject"})"));
}

void TestPolicyPage::theDocumentItselfCanBeEdited()
{
    set(documentOf(refunds));
    showRules();
    m->actions().action(text("policy.show_json"))->trigger();
    QVERIFY(tabTo(text("The policy as JSON")));
    auto *editor = qobject_cast<QPlainTextEdit *>(QApplication::focusWidget());
    QVERIFY(editor);
    QString changed = editor->toPlainText();
    changed.replace(text("0.80"), text("8"));
    press(Qt::Key_A, Qt::ControlModifier);
    QGuiApplication::clipboard()->setText(changed);
    press(Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(policy().look().faults.size(), 1);
    QCOMPARE(policy().look().faults.first().path, text("/rules/0/min_confidence"));
    QVERIFY(tabTo(text("Faults")));
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    QTRY_VERIFY(editor->hasFocus());
    QCOMPARE(editor->textCursor().position(), int(editor->toPlainText().indexOf(text("8,"))));
    press(Qt::Key_Delete);
    m->type("0.8");
    QTRY_VERIFY(policy().look().faults.isEmpty());
    QCOMPARE(policy().rule(0)[u"min_confidence"].numberText(), QByteArray("0.8"));
}

void TestPolicyPage::everyControlSaysItsName()
{
    set(documentOf(refunds + ',' + contracts));
    showRules();
    openForm(Qt::Key_E);
    settle();
    int walked = 0;
    for (auto *widget : page().findChildren<QWidget *>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) && widget->isVisible()) {
            ++walked;
            QVERIFY2(!spokenName(widget).isEmpty() || !widget->accessibleName().isEmpty(),
                     qPrintable(QLatin1String(widget->metaObject()->className())
                                + text(" in ")
                                + QLatin1String(widget->parent()->metaObject()->className())));
        }
    }
    QVERIFY(walked > 20);
    QCOMPARE(m->actions().conflicts(), QStringList());
}

int main(int argc, char **argv)
{
    return runOnItsOwnDesktop<TestPolicyPage>(argc, argv);
}

#include "tst_policypage.moc"
