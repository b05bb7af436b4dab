// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"
#include "testing/demoagent.h"

#include <QPlainTextEdit>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

} // namespace

/// The real window on the real demo agent, which acts by itself: what it did is looked at and
/// marked, by keys alone, and nothing of that reaches the agent.
class TestSpotCheckDemo final : public QObject
{
    Q_OBJECT

public:
    explicit TestSpotCheckDemo(PrivateDesktop & /*desktop*/) { }

private Q_SLOTS:
    void whatAgentsDoIsMarkedByKeys();

private:
    [[nodiscard]] std::optional<Mark> markOf(const CaseId &id) const
    {
        const auto read = m.app->profile().store().read<std::optional<Case>>(
            [id](Reader &reader) { return reader.caseById(id); });
        if (!QTest::qWaitFor([&]() -> bool { return read.isFinished(); }, patienceMs)
            || !read.result() || !*read.result()) {
            return std::nullopt;
        }
        return (*read.result())->mark;
    }
    /// Opens the next one that waits to be marked, and lets hands act.
    CaseId next(const QSet<CaseId> &done)
    {
        for (int i = 0;
             i < 20 && (m.app->detail().id().isEmpty() || done.contains(m.app->detail().id()));
             ++i) {
            m.press(i < 10 ? Qt::Key_J : Qt::Key_K);
        }
        return m.app->detail().id();
    }
    void answer(Qt::Key key, const char *reason)
    {
        const auto asks = []() -> bool {
            return qobject_cast<QPlainTextEdit *>(QApplication::focusWidget()) != nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(asks() || (m.press(key), asks()), patienceMs); // once armed
        QTest::keyClicks(QApplication::focusWidget(), text(reason));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    }

    WindowFixture m;
};

void TestSpotCheckDemo::whatAgentsDoIsMarkedByKeys()
{
    DemoAgentProcess agent;
    QVERIFY(agent.start({text("--cases"), text("2")}));
    m.realProtocols = true;
    m.start();
    const PersonId me(text("p-1"));
    const auto rate = m.app->profile().reviews().set(
        {.name = text("spot_check_rate"), .value = text("1"), .person = me});
    QTRY_VERIFY(rate.isFinished());
    QVERIFY(rate.result());
    Endpoint endpoint;
    endpoint.kind = text("countersign");
    endpoint.name = text("Demo");
    endpoint.url = agent.url();
    endpoint.secretHeaders = {"Authorization"};
    const auto added = m.app->profile().endpoints().add(endpoint, {agent.authorization()}, me);
    QTRY_VERIFY(added.isFinished());
    QVERIFY2(added.result(), qPrintable(added.result() ? QString() : added.result().error().text));
    InboxModel &inbox = m.app->inbox();
    QTRY_COMPARE_WITH_TIMEOUT(inbox.counts().queues.value(InboxQueue::Open), 2, patienceMs);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!agent.hook(text("perform")).isNull());
    }
    QTRY_COMPARE_WITH_TIMEOUT(inbox.counts().queues.value(InboxQueue::SpotCheck), 3, patienceMs);
    QCOMPARE(inbox.counts().queues.value(InboxQueue::Open), 2); // a queue of their own

    m.press(Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(m.sheet());
    QTest::keyClicks(QApplication::focusWidget(), text("spot check fil"));
    m.press(Qt::Key_Return);
    QTRY_VERIFY(inbox.filter().queue == InboxQueue::SpotCheck);
    QTRY_VERIFY(m.isBare() && m.list()->hasFocus());
    QTRY_VERIFY(m.app->detail().current() && m.app->detail().isVeiled()); // blind

    const CaseId first = next({});
    QTRY_VERIFY_WITH_TIMEOUT(markOf(first) || (m.press(Qt::Key_A), markOf(first)), patienceMs);
    QCOMPARE(markOf(first)->verdict, Verdict::Correct);
    QVERIFY(markOf(first)->blind);
    m.list()->setFocus();
    const CaseId second = next({first});
    QTRY_VERIFY(m.app->detail().current());
    answer(Qt::Key_E, "A friendlier tone");
    QTRY_VERIFY(markOf(second));
    QCOMPARE(markOf(second)->verdict, Verdict::MinorEdit);
    m.list()->setFocus();
    const CaseId third = next({first, second});
    QTRY_VERIFY(m.app->detail().current());
    answer(Qt::Key_R, "The amount is wrong");
    QTRY_VERIFY(markOf(third));
    QCOMPARE(markOf(third)->verdict, Verdict::Wrong);
    QCOMPARE(markOf(third)->reason, text("The amount is wrong"));
    QTRY_COMPARE(inbox.counts().queues.value(InboxQueue::SpotCheck), 0);
    for (const Json &request : agent.log(text("request"))) {
        QVERIFY2(!request[u"path"].toString().endsWith(u"/decision"), "a mark was sent");
    }
}

int main(int argc, char **argv)
{
    return runOnItsOwnDesktop<TestSpotCheckDemo>(argc, argv);
}

#include "tst_spotcheckdemo.moc"
