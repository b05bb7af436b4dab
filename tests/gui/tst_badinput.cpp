// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/scriptedserver.h"
#include "gui/windowfixture.h"

#include <QPlainTextEdit>
#include <QTextEdit>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

Json words(const QStringList &list)
{
    return Json::fromStrings(list);
}

/// A server that says the worst it can, in the words of either protocol, and takes nothing.
class HostileServer
{
public:
    HostileServer()
        : m_server([this](const ScriptedServer::Request &request, QTcpSocket *socket) -> void {
              answer(request, socket);
          })
    {
    }

    QByteArray cases = "{\"cases\":[],\"next\":null}"; ///< of countersign/1
    QByteArray thread; ///< of LangGraph; empty: none
    QByteArray state;
    [[nodiscard]] QUrl url() const { return m_server.url(QString()); }
    [[nodiscard]] const QList<ScriptedServer::Request> &requests() const
    {
        return m_server.requests();
    }

private:
    void answer(const ScriptedServer::Request &request, QTcpSocket *socket) const
    {
        const QByteArray target = request.target();
        if (target.startsWith("/v1/events?follow=false")) {
            ScriptedServer::reply(socket, "200 OK", {}, "Content-Type: text/event-stream\r\n");
        } else if (target.startsWith("/v1/events")) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: here\n\n");
        } else if (target.startsWith("/v1/cases?")) {
            ScriptedServer::reply(socket, "200 OK", cases);
        } else if (target == "/threads/search") {
            const bool ours = request.body.contains("interrupted") || request.body.contains("desc")
                || request.body.contains("ids");
            ScriptedServer::reply(socket, "200 OK",
                                  ours && !thread.isEmpty() ? "[" + thread + "]" : "[]");
        } else if (target == "/threads/count") {
            ScriptedServer::reply(socket, "200 OK", "1");
        } else if (target.startsWith("/threads/t1/state")) {
            ScriptedServer::reply(socket, "200 OK", state);
        } else if (target == "/info") {
            ScriptedServer::reply(socket, "200 OK", "{\"version\":\"1\",\"context\":\"python\"}");
        } else {
            ScriptedServer::reply(socket, "500 No", "{}");
        }
    }

    ScriptedServer m_server;
};

constexpr qsizetype longText = 10'000;

/// A case of countersign/1 whose digest is right, so that it can be decided. What is very long
/// stands once, for a server's whole page has its bounds.
Json wire(const QString &id, const QString &whole, const Json &arguments)
{
    const QString evil = whole.size() > longText ? whole.left(longText) : whole;
    Proposal hashed;
    hashed.action = text("pay_out");
    hashed.arguments = arguments;
    hashed.question = evil;
    hashed.allowed = DecisionKind::Approve | DecisionKind::Reject;
    return Json::object({{text("id"), Json(id)},
                         {text("state"), Json(text("waiting"))},
                         {text("agent"), Json(evil.left(300))},
                         {text("action"), Json(hashed.action)},
                         {text("case_type"), Json(evil.left(300))},
                         {text("question"), Json(evil)},
                         {text("recommendation"), Json(evil)},
                         {text("reasoning"), Json(whole)},
                         {text("arguments"), arguments},
                         {text("allowed"), words({text("approve"), text("reject")})},
                         {text("uncertainty"), words({evil, evil})},
                         {text("evidence"),
                          Json::array({Json::object({{text("title"), Json(evil)},
                                                     {text("text"), Json(evil)},
                                                     {text("link"), Json(evil)}})})},
                         {text("impact"),
                          Json::object({{text("currency"), Json(evil.left(300))},
                                        {text("sentence"), Json(evil)},
                                        {text("amount"), Json(text("12.50"))}})},
                         {text("risk"), Json(text("low"))},
                         {text("digest"), Json(hashed.digest())}});
}

Json plainArguments(const QString &evil)
{
    return Json::object({{text("note"), Json(evil.left(longText))}, {evil.left(60), Json(7)}});
}

Json jsonOf(const QByteArray &bytes)
{
    const auto json = parseJson(bytes);
    if (!json) {
        qFatal("%s", qPrintable(json.error().text));
    }
    return *json;
}

} // namespace

/// The worst that a server can say, over the real protocols, in the real window: shown as the text
/// that it is, decided or refused with the reason; nothing of it reaches out.
class TestBadInput final : public QObject
{
    Q_OBJECT

public:
    explicit TestBadInput(PrivateDesktop & /*desktop*/) { }

private Q_SLOTS:
    void init();
    void cleanup();
    void whateverATextHoldsIsText();
    void whateverTheArgumentsAre();
    void whatIsNoJsonIsRefusedWithTheReason_data();
    void whatIsNoJsonIsRefusedWithTheReason();
    void oneBadCaseDoesNotHideTheOthers();
    void langGraphSaysTheWorstToo_data();
    void langGraphSaysTheWorstToo();

private:
    [[nodiscard]] QString bait(const char *path) const
    {
        return QStringLiteral("http://127.0.0.1:%1/%2")
            .arg(m_trap.serverPort())
            .arg(QLatin1String(path));
    }
    [[nodiscard]] QStringList corpus() const;
    void connectTo(const char *kind);
    void showAll(const QList<Json> &cases);
    void lookAtEach(const std::function<void(const CaseId &)> &then);
    void decide(const CaseId &id);
    void checkPlain() const;
    [[nodiscard]] bool shows(const QString &words) const;
    [[nodiscard]] CaseState stateOf(const CaseId &id) const;
    /// The endpoint's own sentence on what is wrong, once there is one.
    [[nodiscard]] QString fault() const;

    QTcpServer m_trap; ///< nobody may ever call
    bool m_called = false;
    std::unique_ptr<HostileServer> m_hostile;
    std::unique_ptr<WindowFixture> m;
};

void TestBadInput::init()
{
    m_called = false;
    QVERIFY(m_trap.listen(QHostAddress::LocalHost));
    connect(&m_trap, &QTcpServer::newConnection, this, [this]() -> void { m_called = true; });
    m_hostile = std::make_unique<HostileServer>();
    m = std::make_unique<WindowFixture>();
    m->realProtocols = true;
    m->start();
}

void TestBadInput::cleanup()
{
    QCoreApplication::processEvents();
    QVERIFY2(!m_called && !m_trap.hasPendingConnections(), "something was requested");
    m.reset();
    m_hostile.reset();
    m_trap.close();
    m_trap.disconnect(this);
}

QStringList TestBadInput::corpus() const
{
    return {
        QStringLiteral("<b>Approve</b><img src=\"%1\"><script src='%1'></script>").arg(bait("i")),
        QStringLiteral("![pixel](%1) [Approve](%1) <%1> %1").arg(bait("m.png")),
        QStringLiteral("<style>*{background:url(%1)}</style><table width=99999>").arg(bait("c")),
        QStringLiteral("<meta http-equiv=refresh content='0;url=%1'><iframe src=%1>")
            .arg(bait("f")),
        text("pay \u202E00.001\u202C to \u2066evil\u2069\u200B\u200D\uFEFF now"),
        text("\x1b[31mred\x07\x08 \xF3\xA0\x80\x81\xF3\xA0\x81\x81 tags \xEE\x80\x80 private"),
        text("р\u0430ypal \u0440\u0430y — Раураl"), // look-alikes
        text("&amp;&lt;b&gt; &Approve %1 %n %s {0} \\u202e"),
        QString(1'000'000, u'W'),
        text("word ").repeated(200'000),
        QString(1'000'000, u'\n') + text("Approve"),
        QString(300'000, QChar(0x301)),
        text("e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308 zalgo"),
        text("مرحبا 1,250.00 עולם"),
        QString(120, u'ß') + text("verordnung"),
    };
}

void TestBadInput::connectTo(const char *kind)
{
    Endpoint endpoint;
    endpoint.kind = QString::fromLatin1(kind);
    endpoint.name = text("<b>Claims</b>");
    endpoint.url = m_hostile->url();
    const auto added
        = m->app->profile().endpoints().add(endpoint, {}, PersonId(QStringLiteral("p-1")));
    QTRY_VERIFY(added.isFinished());
    QVERIFY2(added.result().has_value(),
             qPrintable(added.result() ? QString() : added.result().error().text));
}

void TestBadInput::showAll(const QList<Json> &cases)
{
    Json list = Json::array();
    for (const Json &one : cases) {
        list.append(one);
    }
    m_hostile->cases = toJson(Json::object({{text("cases"), list}, {text("next"), Json()}}));
    connectTo("countersign");
    InboxModel &inbox = m->app->inbox();
    QTRY_VERIFY_WITH_TIMEOUT(inbox.rowCount() + inbox.newCount() >= cases.size(), patienceMs);
    inbox.takeIn();
    QTRY_VERIFY_WITH_TIMEOUT(inbox.rowCount() == cases.size(), patienceMs);
    m->list()->setFocus();
}

void TestBadInput::checkPlain() const
{
    const auto hides = [](const QString &shown) -> bool {
        for (const ushort c : {0x202e, 0x202d, 0x200b, 0xfeff, 0x1b, 0x07, 0x08}) {
            if (shown.contains(QChar(c))) {
                return true;
            }
        }
        return false;
    };
    for (const auto *label : m->window().findChildren<QLabel *>()) {
        QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
        QVERIFY2(!hides(label->text()), qPrintable(label->text().left(80)));
        QVERIFY(!label->openExternalLinks());
    }
    for (const auto *edit : m->window().findChildren<QPlainTextEdit *>()) {
        QVERIFY2(!hides(edit->toPlainText()), qPrintable(edit->toPlainText().left(80)));
        QVERIFY(edit->toPlainText().size() < 300'000); // bounded
    }
    QVERIFY(m->window().findChildren<QTextEdit *>().isEmpty());
    for (const auto *widget : m->window().findChildren<QWidget *>()) {
        QVERIFY2(!Qt::mightBeRichText(widget->toolTip()), qPrintable(widget->toolTip()));
        QVERIFY(!hides(widget->accessibleName()));
    }
    QVERIFY(!hides(m->window().windowTitle()));
}

bool TestBadInput::shows(const QString &words) const
{
    const auto edits = m->window().findChildren<QPlainTextEdit *>();
    return isSaid(m->window(), words)
        || std::any_of(edits.begin(), edits.end(), [&words](const QPlainTextEdit *edit) -> bool {
               return edit->isVisible() && edit->toPlainText().contains(words);
           });
}

CaseState TestBadInput::stateOf(const CaseId &id) const
{
    const auto found = m->app->profile().store().read<std::optional<Case>>(
        [id](Reader &reader) { return reader.caseById(id); });
    QDeadlineTimer patience(patienceMs);
    while (!found.isFinished() && !patience.hasExpired()) {
        QCoreApplication::processEvents();
    }
    return found.isFinished() && found.result() && *found.result() ? (*found.result())->state
                                                                   : CaseState::Withdrawn;
}

void TestBadInput::lookAtEach(const std::function<void(const CaseId &)> &then)
{
    QList<CaseId> all;
    for (int row = 0; row < m->app->inbox().rowCount(); ++row) {
        all.append(m->app->inbox().idAt(row));
    }
    for (const CaseId &id : all) {
        for (int i = 0; i < all.size() && m->app->detail().id() != id; ++i) {
            m->press(Qt::Key_J);
        }
        for (int i = 0; i < all.size() && m->app->detail().id() != id; ++i) {
            m->press(Qt::Key_K);
        }
        QTRY_VERIFY_WITH_TIMEOUT(m->app->detail().current() && !m->app->detail().isReading()
                                     && m->app->detail().current()->id == id,
                                 patienceMs);
        checkPlain();
        if (QTest::currentTestFailed()) {
            return;
        }
        then(id);
    }
}

void TestBadInput::decide(const CaseId &id)
{
    // Until hands may act, the key does nothing; then it decides this case, and only this one.
    QTRY_VERIFY_WITH_TIMEOUT(m->app->detail().id() != id
                                 || (m->press(Qt::Key_A), m->app->detail().id() != id)
                                 || stateOf(id) != CaseState::Waiting,
                             patienceMs);
    QTRY_VERIFY(stateOf(id) != CaseState::Waiting);
    m->list()->setFocus();
}

void TestBadInput::whateverATextHoldsIsText()
{
    QList<Json> cases;
    for (const QString &evil : corpus()) {
        cases.append(wire(text("q-%1").arg(cases.size()), evil, plainArguments(evil)));
    }
    showAll(cases);
    lookAtEach([this](const CaseId &id) -> void { decide(id); });
    QTRY_COMPARE(m->app->profile().endpoints().endpoints().first().state, text("ok"));
}

void TestBadInput::whateverTheArgumentsAre()
{
    QByteArray deep = "1";
    for (int i = 0; i < 100; ++i) {
        deep = "{\"d\":" + deep + "}";
    }
    QByteArray many = "{\"a\":1";
    for (int i = 0; i < 5000; ++i) {
        many += ",\"a" + QByteArray::number(i) + "\":" + QByteArray::number(i);
    }
    const QString plain = text("Pay.");
    QList<Json> cases{
        wire(text("q-deep"), plain, jsonOf(deep)),
        wire(text("q-many"), plain, jsonOf(many + "}")),
        wire(text("q-list"), plain, jsonOf("[" + QByteArray("1,").repeated(20'000) + "1]")),
        wire(text("q-huge"), plain, jsonOf("{\"amount\":1e400,\"small\":1e-400}")),
        wire(text("q-null"), plain, Json()),
        wire(text("q-text"), plain, Json(QString(1'000'000, u'x'))),
        wire(text("q-types"), plain, jsonOf("{\"amount\":\"much\",\"when\":[],\"n\":1.5}")),
        wire(text("q-range"), plain, jsonOf("{}")),
        wire(text("q-false"), plain, jsonOf("{}")),
    };
    cases[3].set(text("confidence"), Json::number("1e400"));
    cases[3].set(text("impact"), jsonOf("{\"amount\":1e400,\"currency\":\"EUR\",\"people\":1e99}"));
    cases[6].set(text("arguments_schema"),
                 jsonOf("{\"type\":\"object\",\"properties\":{\"amount\":{\"type\":\"number\"},"
                        "\"when\":{\"type\":\"string\",\"format\":\"date\"},"
                        "\"n\":{\"type\":\"integer\"}},\"required\":[\"nowhere\"]}"));
    cases[7].set(text("confidence"), Json::number("-0.5"));
    cases[7].set(text("evidence"), Json(text("no list")));
    cases[7].set(text("risk"), Json(text("tremendous")));
    cases[8].set(text("digest"), Json(text("0").repeated(64)));
    showAll(cases);
    int refused = 0;
    lookAtEach([this, &refused](const CaseId &id) -> void {
        const Case shown = *m->app->detail().current();
        if (shown.state == CaseState::Trouble) {
            ++refused; // and the reason stands there
            QVERIFY(shows(text("digest is not that of what it sent")));
            m->press(Qt::Key_A);
            QCOMPARE(stateOf(id), CaseState::Trouble);
            return;
        }
        if (shown.proposal.source.question == u"q-range") {
            QVERIFY(shows(text("cannot be used; it was left out")));
        }
        if (shown.proposal.source.question == u"q-huge") {
            QVERIFY(!shown.proposal.confidence);
            QVERIFY(toJson(shown.proposal.arguments).contains("1e400"));
        }
        decide(id);
    });
    QCOMPARE(refused, 1);
}

void TestBadInput::whatIsNoJsonIsRefusedWithTheReason_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QString>("reason");
    QTest::newRow("NaN") << QByteArray("{\"amount\":NaN}") << text("not valid JSON");
    QTest::newRow("Infinity") << QByteArray("{\"amount\":-Infinity}") << text("not valid JSON");
    QTest::newRow("twice") << QByteArray("{\"amount\":1,\"amount\":2}")
                           << text("a member's name stands twice");
    QTest::newRow("too deep") << QByteArray("[").repeated(200) + QByteArray("]").repeated(200)
                              << text("it is nested too deeply");
    QTest::newRow("lone surrogate") << QByteArray("\"\\ud800\"") << text("not valid JSON");
    QTest::newRow("cut off") << QByteArray("{\"amount\":") << text("not valid JSON");
}

void TestBadInput::whatIsNoJsonIsRefusedWithTheReason()
{
    QFETCH(QByteArray, arguments);
    QFETCH(QString, reason);
    QByteArray good = toJson(wire(text("q-1"), text("Pay."), Json(text("HERE"))));
    m_hostile->cases = "{\"cases\":[" + good.replace("\"HERE\"", arguments) + "],\"next\":null}";
    connectTo("countersign");
    QTRY_VERIFY_WITH_TIMEOUT(!fault().isEmpty(), patienceMs);
    QCOMPARE(m->app->inbox().rowCount(), 0);
    const auto synced = m->app->profile().endpoints().sync(
        m->app->profile().endpoints().endpoints().first().endpoint.id);
    QTRY_VERIFY_WITH_TIMEOUT(synced.isFinished(), patienceMs);
    QVERIFY(!synced.result());
    const Error error = synced.result().error();
    QVERIFY2(error.detail.contains(reason), qPrintable(error.detail));
    m->press(Qt::Key_Period, Qt::ControlModifier); // the endpoints
    QTRY_VERIFY_WITH_TIMEOUT(isSaid(m->window(), fault().left(30)), patienceMs);
    checkPlain();
    m->press(Qt::Key_Escape);
}

QString TestBadInput::fault() const
{
    const auto views = m->app->profile().endpoints().endpoints();
    return views.isEmpty() || views.first().state != u"failing" ? QString() : views.first().text;
}

void TestBadInput::oneBadCaseDoesNotHideTheOthers()
{
    Json bad = wire(text("q-bad"), text("Pay."), jsonOf("{}"));
    bad.remove(text("question"));
    Json list = Json::array({bad, wire(text("q-good"), text("Pay."), jsonOf("{}"))});
    m_hostile->cases = toJson(Json::object({{text("cases"), list}, {text("next"), Json()}}));
    connectTo("countersign");
    InboxModel &inbox = m->app->inbox();
    QTRY_COMPARE_WITH_TIMEOUT(inbox.rowCount() + inbox.newCount(), 1, patienceMs);
    QTRY_VERIFY(fault().contains(text("has no usable \"question\"")));
}

void TestBadInput::langGraphSaysTheWorstToo_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("json");
    QByteArray deep = "1";
    for (int i = 0; i < 100; ++i) {
        deep = "{\"d\":" + deep + "}";
    }
    const auto inbox = [](const QByteArray &action, const QByteArray &arguments) -> QByteArray {
        return "[{\"action_request\":{\"action\":" + action + ",\"args\":" + arguments
            + "},\"config\":{\"allow_accept\":true,\"allow_edit\":true,\"allow_respond\":true,"
              "\"allow_ignore\":true},\"description\":"
            + action + "}]";
    };
    QTest::newRow("html") << inbox("\"<img src='http://127.0.0.1/'>\"",
                                   "{\"<b>x</b>\":\"![x](http://127.0.0.1/x.png)\"}")
                          << true;
    QTest::newRow("hidden") << inbox("\"pay\\u202e\\u200b\"", "{\"\\u202ea\":\"\\u0007\"}") << true;
    QTest::newRow("a megabyte") << inbox("\"pay\"",
                                         "{\"x\":\"" + QByteArray(1'000'000, 'W') + "\"}")
                                << true;
    QTest::newRow("1e400") << inbox("\"pay\"", "{\"x\":1e400,\"amount\":1e400}") << true;
    QTest::newRow("plain text") << QByteArray("\"<script>alert(1)</script>\"") << true;
    QTest::newRow("list of lists") << QByteArray("[[[[]]]]") << true;
    QTest::newRow("100 levels") << inbox("\"pay\"", deep) << true;
    QTest::newRow("NaN") << inbox("\"pay\"", "{\"x\":NaN}") << false;
    QTest::newRow("twice") << inbox("\"pay\"", "{\"x\":1,\"x\":2}") << false;
}

void TestBadInput::langGraphSaysTheWorstToo()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, json);
    const QByteArray interrupts = "[{\"id\":\"i1\",\"value\":" + value + "}]";
    m_hostile->thread
        = "{\"thread_id\":\"t1\",\"status\":\"interrupted\",\"created_at\":\"2026-01-01T00:00:"
          "00Z\","
          "\"updated_at\":\"2026-01-01T00:00:00Z\",\"metadata\":{\"graph_id\":\"<b>g</b>\"},"
          "\"interrupts\":{\"k1\":"
        + interrupts + "}}";
    m_hostile->state = "{\"values\":{},\"next\":[\"n\"],\"tasks\":[{\"id\":\"k1\",\"name\":\"n\","
                       "\"error\":null,\"interrupts\":"
        + interrupts + ",\"state\":null}]}";
    connectTo("langgraph");
    if (!json) {
        QTRY_VERIFY_WITH_TIMEOUT(!fault().isEmpty(), patienceMs);
        m->press(Qt::Key_Period, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(isSaid(m->window(), fault().left(30)), patienceMs);
        QCOMPARE(m->app->inbox().rowCount(), 0);
        m->press(Qt::Key_Escape);
        return;
    }
    InboxModel &inbox = m->app->inbox();
    QTRY_VERIFY_WITH_TIMEOUT(inbox.rowCount() + inbox.newCount() > 0, patienceMs);
    inbox.takeIn();
    QTRY_VERIFY(m->list()->isVisible());
    m->list()->setFocus();
    lookAtEach([this](const CaseId &) -> void {
        QVERIFY(m->app->detail().current()->state == CaseState::Waiting);
    });
}

int main(int argc, char **argv)
{
    return runOnItsOwnDesktop<TestBadInput>(argc, argv);
}

#include "tst_badinput.moc"
