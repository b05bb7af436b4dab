// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "gui/keys.h"
#include "views/inbox/habitwords.h"
#include "views/style/theme.h"

using namespace countersign;
using Kind = EditHabit::Kind;

namespace {

PastAnswer answer(const char *proposed, const char *sent)
{
    return {parseJson(proposed).value(), parseJson(sent).value()};
}

PastAnswer amount(const char *proposed, const char *sent)
{
    return answer((QByteArray("{\"amount\":") + proposed + "}").constData(),
                  (QByteArray("{\"amount\":") + sent + "}").constData());
}

} // namespace

/// What is changed again and again, from decisions that were really recorded.
class TestEditHabits final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m.reset(); }
    void findsKinds();
    void staysQuietWithoutAHabit();
    void showsWhatWasDecided();
    void isOfThisActionAndTypeOnly();

private:
    [[nodiscard]] QList<Proposal> refunds(const QList<QByteArray> &amounts);
    void decide(int number, const char *to); ///< null: approved as it is
    [[nodiscard]] QStringList habits() const;

    std::unique_ptr<InboxFixture> m;
};

void TestEditHabits::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<InboxFixture>();
}

void TestEditHabits::findsKinds()
{
    const auto only = [](const QList<PastAnswer> &past) -> EditHabit {
        const QList<EditHabit> found = editHabits(past);
        return found.size() == 1 ? found.first() : EditHabit{.pointer = QStringLiteral("none")};
    };
    // What was not more was left alone: a cap.
    const EditHabit cap = only({amount("700", "500.00"), amount("400", "400"), amount("501", "500"),
                                amount("9e3", "500.0"), amount("500", "500")});
    QCOMPARE(cap.kind, Kind::CappedAt);
    QCOMPARE(cap.pointer, QStringLiteral("/amount"));
    QCOMPARE(toJson(cap.value), QByteArray("500.00")); // as it was written last
    QCOMPARE(cap.times, 3);
    QCOMPARE(cap.of, 5);
    // One of them passed as it was, though it is more: no cap.
    QCOMPARE(only({amount("700", "500"), amount("800", "500"), amount("900", "500"),
                   amount("650", "650")})
                 .kind,
             Kind::SetTo);
    QCOMPARE(only({amount("1", "10"), amount("2", "10"), amount("3", "10")}).kind, Kind::RaisedTo);
    QCOMPARE(only({amount("9", "8"), amount("7", "5"), amount("3", "1")}).kind, Kind::Lowered);
    QCOMPARE(only({amount("8", "9"), amount("5", "7"), amount("1", "3")}).kind, Kind::Raised);
    const PastAnswer tone = answer("{\"to\":\"x\",\"cc\":\"all\"}", "{\"to\":\"x\"}");
    QCOMPARE(only({tone, tone, tone}).kind, Kind::LeftOut);
    const PastAnswer added = answer("{\"a\":{}}", "{\"a\":{\"b\":[1]}}");
    const EditHabit set = only({added, added, added});
    QCOMPARE(set.kind, Kind::SetTo);
    QCOMPARE(set.pointer, QStringLiteral("/a/b"));
    QVERIFY(bare(words::of(cap)).contains(QStringLiteral("500.00 in 3 of the last 5")));
}

void TestEditHabits::staysQuietWithoutAHabit()
{
    QVERIFY(editHabits({amount("700", "500"), amount("800", "500")}).isEmpty()); // twice only
    QVERIFY(editHabits({amount("7", "5"), amount("7", "9"), amount("7", "3")}).isEmpty());
    QList<PastAnswer> old(habitWindow - 2, amount("400", "400"));
    for (int i = 0; i < 5; ++i) {
        old.append(amount("700", "500")); // long ago
    }
    QVERIFY(editHabits(old).isEmpty());
    QVERIFY(editHabits({}).isEmpty());
}

QList<Proposal> TestEditHabits::refunds(const QList<QByteArray> &amounts)
{
    QList<Proposal> made = alike(int(amounts.size()));
    for (int i = 0; i < made.size(); ++i) {
        made[i].arguments.set(QStringLiteral("amount"), Json::number(amounts.at(i)));
        made[i].risk = Risk::Low;
        made[i].allowed = DecisionKind::Approve | DecisionKind::Edit;
    }
    return made;
}

void TestEditHabits::decide(int number, const char *to)
{
    const CaseId id(QStringLiteral("c-%1").arg(number));
    const Case subject = m->caseOf(id);
    DecisionRequest request;
    request.caseId = id;
    request.digest = subject.digest;
    request.kind = to ? DecisionKind::Edit : DecisionKind::Approve;
    request.person = m->services.ana;
    if (to) {
        Json changed = subject.proposal.arguments;
        changed.set(QStringLiteral("amount"), Json::number(to));
        request.arguments = changed;
    }
    auto decided = m->services.decisions->decide(request);
    QTRY_VERIFY(decided.isFinished());
    QVERIFY2(decided.result(),
             qPrintable(decided.result() ? QString() : decided.result().error().text));
}

QStringList TestEditHabits::habits() const
{
    QStringList all;
    for (const auto *label : m->page->findChildren<QLabel *>(QStringLiteral("habit"))) {
        if (label->isVisible()) {
            all.append(bare(label->text()));
        }
    }
    return all;
}

void TestEditHabits::showsWhatWasDecided()
{
    m->show(refunds({"700.00", "300.00", "650.00", "900.00", "801.00", "750.00"}));
    decide(1, "500.00");
    decide(2, nullptr);
    decide(3, "500.00");
    decide(4, "500.00");
    m->page->showCase(CaseId(QStringLiteral("c-6")));
    m->settle();
    QTRY_COMPARE(habits(),
                 QStringList{QStringLiteral(
                     "You lowered /amount to 500.00 in 3 of the last 4 cases like this. A rule "
                     "could do this: where /amount is more than 500.00, make it 500.00.")});
    // One is taken back: no longer often enough.
    auto undone = m->services.decisions->undo(CaseId(QStringLiteral("c-4")), m->services.ana);
    QTRY_VERIFY(undone.isFinished());
    QVERIFY(undone.result());
    m->page->showCase(CaseId(QStringLiteral("c-5")));
    m->settle();
    QTRY_COMPARE(habits(), QStringList());
}

void TestEditHabits::isOfThisActionAndTypeOnly()
{
    QList<Proposal> all = refunds({"700.00", "650.00", "900.00", "801.00", "750.00"});
    all[3].caseType = QStringLiteral("another type");
    m->show(all);
    for (int i = 1; i <= 3; ++i) {
        decide(i, "500.00");
    }
    m->page->showCase(CaseId(QStringLiteral("c-4")));
    m->settle();
    QCOMPARE(habits(), QStringList());
    m->page->showCase(CaseId(QStringLiteral("c-5")));
    m->settle();
    QTRY_COMPARE(habits().size(), 1);
}

QTEST_MAIN(TestEditHabits)
#include "tst_edithabits.moc"
