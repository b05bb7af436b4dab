// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"

#include <QLineEdit>
#include <QPlainTextEdit>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

/// Counts what only a mouse can cause.
class MouseWatch final : public QObject
{
public:
    int seen = 0;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        seen += event->type() == QEvent::MouseButtonPress || event->type() == QEvent::Wheel ? 1 : 0;
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

/// A morning in the inbox on the real window: find, look, decide, take back, many at once, the
/// palette and the keys; nobody touches a mouse.
class TestNoMouse final : public QObject
{
    Q_OBJECT

public:
    explicit TestNoMouse(PrivateDesktop & /*desktop*/) { }

private Q_SLOTS:
    void aMorningByKeys();

private:
    [[nodiscard]] Case caseOf(const CaseId &id) const
    {
        const auto read = m.app->profile().store().read<std::optional<Case>>(
            [id](Reader &reader) { return reader.caseById(id); });
        const bool done = QTest::qWaitFor([&]() -> bool { return read.isFinished(); }, patienceMs);
        return done && read.result() ? read.result()->value_or(Case()) : Case();
    }
    [[nodiscard]] int held() const
    {
        CaseQuery query;
        query.states = {CaseState::Held, CaseState::Sending, CaseState::Delivered};
        const auto read = m.app->profile().store().read<QList<CaseRow>>(
            [query](Reader &reader) { return reader.caseRows(query); });
        const bool done = QTest::qWaitFor([&]() -> bool { return read.isFinished(); }, patienceMs);
        return done && read.result() ? int(read.result()->size()) : -1;
    }
    /// The key does nothing until hands may act; then it must have done this.
    void until(Qt::Key key, const std::function<bool()> &done)
    {
        QTRY_VERIFY_WITH_TIMEOUT(done() || (m.press(key), done()), patienceMs);
    }
    void say(const char *words, Qt::KeyboardModifiers with = Qt::ControlModifier)
    {
        QTest::keyClicks(QApplication::focusWidget(), text(words));
        m.press(Qt::Key_Return, with);
    }
    void find(const char *words)
    {
        m.press(Qt::Key_Slash);
        QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        m.press(Qt::Key_A, Qt::ControlModifier);
        m.press(Qt::Key_Delete);
        say(words, Qt::NoModifier);
        QTRY_VERIFY(m.list()->hasFocus());
    }
    static bool asks()
    {
        return qobject_cast<QPlainTextEdit *>(QApplication::focusWidget()) != nullptr;
    }

    WindowFixture m;
};

void TestNoMouse::aMorningByKeys()
{
    MouseWatch mouse;
    m.start();
    m.connectFake();
    m.takeCases(12);
    qApp->installEventFilter(&mouse);
    InboxModel &inbox = m.app->inbox();
    CaseModel &detail = m.app->detail();
    const auto settled = [&]() -> bool {
        return detail.current() && !detail.isReading();
    };

    find("#483");
    QTRY_COMPARE(inbox.rowCount(), 1);
    find("");
    QTRY_COMPARE(inbox.rowCount(), 12);

    // Into the case and out again.
    QTRY_VERIFY(settled());
    m.press(Qt::Key_Return);
    QTRY_VERIFY(!m.list()->hasFocus());
    m.press(Qt::Key_PageDown);
    m.press(Qt::Key_Escape);
    QTRY_VERIFY(m.list()->hasFocus());

    // Approve and take back.
    const CaseId first = detail.id();
    until(Qt::Key_A, [&]() -> bool { return caseOf(first).state == CaseState::Held; });
    m.list()->setFocus();
    until(Qt::Key_Z, [&]() -> bool { return caseOf(first).state == CaseState::Waiting; });

    // Change a value.
    QTRY_VERIFY(settled());
    const CaseId changed = detail.id();
    until(Qt::Key_E, [&]() -> bool { return !m.list()->hasFocus(); });
    m.press(Qt::Key_A, Qt::ControlModifier);
    say("55");
    QTRY_COMPARE_WITH_TIMEOUT(caseOf(changed).state, CaseState::Held, patienceMs);
    QCOMPARE(caseOf(changed).decision->kind, DecisionKind::Edit);
    QVERIFY(caseOf(changed).decision->arguments != caseOf(changed).proposal.arguments);

    // Reject with a reason, send back with words.
    for (const auto &[key, kind] :
         {std::pair{Qt::Key_R, DecisionKind::Reject}, {Qt::Key_S, DecisionKind::Respond}}) {
        QTRY_VERIFY(m.list()->hasFocus());
        QTRY_VERIFY(settled() && detail.current()->state == CaseState::Waiting);
        const CaseId id = detail.id();
        until(key, asks);
        say("Ask for a photo first");
        QTRY_COMPARE_WITH_TIMEOUT(caseOf(id).state, CaseState::Held, patienceMs);
        QCOMPARE(caseOf(id).decision->kind, kind);
        QCOMPARE(caseOf(id).decision->message, text("Ask for a photo first"));
    }

    // All like this one, at once; and back.
    QTRY_VERIFY(m.list()->hasFocus());
    QTRY_VERIFY(settled() && detail.current()->state == CaseState::Waiting);
    const int before = held();
    m.press(Qt::Key_L);
    until(Qt::Key_A, [&]() -> bool { return held() > before + 3; });
    QTRY_VERIFY(m.list()->hasFocus());
    until(Qt::Key_Z, [&]() -> bool { return held() <= before; });
    m.press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);

    // The palette: a filter, an agent, a case.
    const auto choose = [&](const char *words) -> void {
        m.press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(m.sheet());
        QTest::keyClicks(QApplication::focusWidget(), text(words));
        QCoreApplication::processEvents();
    };
    choose("held and sen fil");
    m.press(Qt::Key_Return);
    QTRY_VERIFY(inbox.filter().queue == InboxQueue::Underway);
    QTRY_VERIFY(m.isBare());
    choose("c-12");
    QTRY_VERIFY_WITH_TIMEOUT((m.press(Qt::Key_Return), detail.id() == CaseId(text("c-12")))
                                 || m.sheet() == nullptr,
                             patienceMs);
    QTRY_COMPARE(detail.id(), CaseId(text("c-12")));
    QTRY_VERIFY(m.isBare());

    // What the keys are.
    m.press(Qt::Key_F1);
    QTRY_VERIFY(m.sheet());
    m.press(Qt::Key_Escape);
    QTRY_VERIFY(m.isBare());
    QCOMPARE(mouse.seen, 0);
}

int main(int argc, char **argv)
{
    return runOnItsOwnDesktop<TestNoMouse>(argc, argv);
}

#include "tst_nomouse.moc"
