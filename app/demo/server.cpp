// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/server.h"

#include "app/demo/reply.h"
#include "domain/trust.h"

#include <QHostAddress>
#include <QHttpServerRequest>
#include <QTcpServer>
#include <QUrlQuery>

namespace countersign::demo {

namespace {

constexpr int maxPage = 200;

QByteArray methodName(QHttpServerRequest::Method method)
{
    return method == QHttpServerRequest::Method::Get ? "GET"
        : method == QHttpServerRequest::Method::Post ? "POST"
        : method == QHttpServerRequest::Method::Put  ? "PUT"
                                                     : "OTHER";
}

/// Any port: there may be something honest in between. What must not get in is a name that was made
/// to point here.
bool isLoopbackName(const QByteArray &host)
{
    const QByteArray name
        = host.left(host.lastIndexOf(':') < 0 ? host.size() : host.lastIndexOf(':'));
    return name == "127.0.0.1" || name == "localhost";
}

/// Takes the same time wherever the first difference stands.
bool sameSecret(const QByteArray &a, const QByteArray &b)
{
    return sha256(a) == sha256(b);
}

} // namespace

Server::Server(DemoAgent *agent, Journal *journal, const QByteArray &token, QObject *parent)
    : QAbstractHttpServer(parent),
      m_agent(agent),
      m_journal(journal),
      m_token(token)
{
    agent->setWatched([this]() -> bool { return m_events.listeners() > 0; });
    connect(agent, &DemoAgent::happened, this,
            [this](const QString &type, const Json &data) -> void {
                const QByteArray id = m_events.publish(type, data);
                m_journal->write(
                    QStringLiteral("event"),
                    jsonObject({{"id", Json(QString::fromLatin1(id))},
                                {"type", Json(type)},
                                {"case", data.contains(u"case") ? data[u"case"] : data[u"id"]}}));
            });
}

quint16 Server::start(quint16 port)
{
    const quint16 taken = listen(QHostAddress::LocalHost, port);
    for (const char *host : {"127.0.0.1", "localhost"}) {
        m_hosts.append(QStringLiteral("%1:%2").arg(QLatin1String(host)).arg(taken));
    }
    return taken;
}

void Server::setFault(const Fault &fault)
{
    m_fault = fault;
    m_events.setTwice(fault.kind() == Fault::Kind::Duplicate);
    m_events.setSwapped(fault.kind() == Fault::Kind::Reorder);
}

bool Server::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    const Call call = readCall(request);
    if (const auto refused = refuse(request)) {
        log(call, refused->status, {});
        reply(socket, *refused);
        return true;
    }
    serve(call, socket);
    return true;
}

void Server::missingHandler(const QHttpServerRequest &, QTcpSocket *socket)
{
    reply(socket, failure(404, "no_such_path", QStringLiteral("There is nothing here.")));
}

std::optional<Answer> Server::refuse(const QHttpServerRequest &request) const
{
    // A page in a browser must not reach us, by whatever name it got here.
    if (!isLoopbackName(request.value("host"))) {
        return failure(403, "wrong_host",
                       QStringLiteral("This server answers to its own address only."));
    }
    const QByteArray origin = request.value("origin");
    if (!origin.isEmpty()
        && !m_hosts.contains(QString::fromLatin1(origin).remove(QStringLiteral("http://")))) {
        return failure(403, "wrong_origin",
                       QStringLiteral("This server takes no requests from web pages."));
    }
    if (!sameSecret(request.value("authorization"), "Bearer " + m_token)) {
        return failure(401, "unauthorized",
                       QStringLiteral("The bearer token is missing or wrong."));
    }
    return {};
}

Server::Call Server::readCall(const QHttpServerRequest &request)
{
    Call call;
    call.method = methodName(request.method());
    call.url = request.url();
    call.pathText = call.url.path();
    call.path = call.pathText.split(u'/', Qt::SkipEmptyParts);
    call.body = request.body();
    call.checkpoint = QByteArray::fromBase64(request.value("countersign-checkpoint"));
    call.reviewer
        = QString::fromUtf8(QByteArray::fromBase64(request.value("countersign-reviewer")));
    call.lastEventId = request.value("last-event-id");
    call.isDecision
        = call.method == "POST" && call.path.size() == 4 && call.path.at(3) == u"decision";
    return call;
}

void Server::serve(const Call &call, QTcpSocket *socket)
{
    if (call.path.value(1) == u"test") {
        reply(socket, testHook(call));
        return;
    }
    if (call.method == "GET" && call.pathText == u"/v1/events") {
        log(call, 200, {});
        m_events.open(socket, call.lastEventId,
                      QUrlQuery(call.url).queryItemValue(QStringLiteral("follow")) != u"false");
        return;
    }
    switch (m_fault.meet(call.isDecision)) {
    case Fault::Kind::ServerError:
        log(call, 500, QStringLiteral("500"));
        reply(socket, failure(500, "broken", QStringLiteral("Something broke (on purpose).")));
        return;
    case Fault::Kind::Hang:
        log(call, 0, QStringLiteral("hang"));
        return;
    case Fault::Kind::Slow:
        log(call, 200, QStringLiteral("slow"));
        replySlowly(socket, route(call));
        return;
    case Fault::Kind::Malformed:
        log(call, 200, QStringLiteral("malformed"));
        replyMalformed(socket, route(call), m_malformed++);
        return;
    case Fault::Kind::Huge:
        log(call, 200, QStringLiteral("huge"));
        replyHuge(socket);
        return;
    case Fault::Kind::ChangeAfterShown:
        m_agent->change(call.path.value(2));
        break;
    case Fault::Kind::DropAfterApply:
        log(call, route(call).status, QStringLiteral("drop-after-apply"));
        socket->disconnectFromHost();
        return;
    case Fault::Kind::None:
    case Fault::Kind::Duplicate:
    case Fault::Kind::Reorder:
        break;
    }
    const Answer answer = route(call);
    log(call, answer.status, {});
    reply(socket, answer);
}

Answer Server::route(const Call &call)
{
    if (call.path.value(0) != u"v1") {
        return failure(404, "no_such_path",
                       QStringLiteral("There is nothing at %1.").arg(call.pathText));
    }
    const QString what = call.path.value(1);
    const QString id = call.path.value(2);
    if (call.isDecision && what == u"cases") {
        return m_agent->decide({id, call.body, call.reviewer, call.checkpoint});
    }
    if (call.method == "POST" && what == u"stop" && call.path.size() == 2) {
        return m_agent->stop(call.body);
    }
    if (call.method == "PUT" && what == u"policy" && call.path.size() == 2) {
        return m_agent->setPolicy(call.body);
    }
    if (call.method != "GET") {
        return failure(405, "wrong_method", QStringLiteral("This path does not take that."));
    }
    if (what == u"agent" && call.path.size() == 2) {
        return {200, m_agent->card()};
    }
    if (what == u"cases" && call.path.size() == 2) {
        return listCases(QUrlQuery(call.url));
    }
    if (what == u"cases" && call.path.size() == 3) {
        return m_agent->caseById(id);
    }
    if (what == u"decisions" && call.path.size() == 3) {
        return m_agent->decisionById(id);
    }
    return failure(404, "no_such_path",
                   QStringLiteral("There is nothing at %1.").arg(call.pathText));
}

Answer Server::listCases(const QUrlQuery &query)
{
    const QString limitText = query.queryItemValue(QStringLiteral("limit"));
    bool ok = true;
    const int limit = limitText.isEmpty() ? 50 : limitText.toInt(&ok);
    if (!ok || limit < 1 || limit > maxPage) {
        return failure(400, "bad_limit", QStringLiteral("limit must be 1 to %1.").arg(maxPage));
    }
    Answer answer = m_agent->cases(query.queryItemValue(QStringLiteral("state")),
                                   query.queryItemValue(QStringLiteral("after")), limit);
    answer.body.set(QStringLiteral("events_after"), Json(QString::fromLatin1(m_events.lastId())));
    if (answer.status == 200 && m_fault.kind() == Fault::Kind::Duplicate) {
        answer.body.set(QStringLiteral("cases"),
                        Json::array(answer.body[u"cases"].items() + answer.body[u"cases"].items()));
    }
    if (answer.status == 200 && m_fault.kind() == Fault::Kind::Reorder) {
        Json::Array list = answer.body[u"cases"].items();
        std::reverse(list.begin(), list.end());
        answer.body.set(QStringLiteral("cases"), Json::array(list));
    }
    return answer;
}

Answer Server::testHook(const Call &call)
{
    const QString what = call.path.value(2);
    const auto body = parseJson(call.body.isEmpty() ? QByteArray("{}") : call.body);
    if (!m_testHooks || call.method != "POST" || !body) {
        return failure(404, "no_such_path",
                       QStringLiteral("There is nothing at %1.").arg(call.pathText));
    }
    const QString id = (*body)[u"case"].toString();
    const auto done = [](bool ok) -> Answer {
        return ok ? Answer{200, Json::object()}
                  : failure(404, "no_such_case", QStringLiteral("No such case waits."));
    };
    if (what == u"propose") {
        return m_agent->caseById(m_agent->propose((*body)[u"kind"].toString()));
    }
    if (what == u"perform") {
        return m_agent->caseById(m_agent->perform((*body)[u"kind"].toString()));
    }
    if (what == u"change") {
        return done(m_agent->change(id));
    }
    if (what == u"withdraw") {
        return done(m_agent->withdraw(id));
    }
    if (what == u"expire") {
        return done(m_agent->expire(id));
    }
    if (what == u"decide") { // as another client would
        Json decision = (*body)[u"decision"];
        if (!decision.contains(u"digest")) {
            decision.set(QStringLiteral("digest"), m_agent->caseById(id).body[u"digest"]);
        }
        return m_agent->decide({id, toJson(decision), (*body)[u"reviewer"].toString(), {}});
    }
    if (what == u"cut") {
        m_events.cut();
        return done(true);
    }
    if (what == u"fault") {
        const auto fault = Fault::parse((*body)[u"fault"].toString());
        if (!fault) {
            return failure(400, "bad_fault", fault.error().text);
        }
        setFault(*fault);
        return done(true);
    }
    if (what == u"counts") {
        Json counts = m_agent->counts();
        counts.set(QStringLiteral("faults_met"), Json(m_fault.met()));
        counts.set(QStringLiteral("listeners"), Json(qint64(m_events.listeners())));
        return {200, counts};
    }
    return failure(404, "no_such_path", QStringLiteral("There is no test hook %1.").arg(what));
}

void Server::log(const Call &call, int status, const QString &fault)
{
    Json entry = jsonObject({{"method", Json(QString::fromLatin1(call.method))},
                             {"path", Json(call.pathText)},
                             {"status", Json(status)}});
    if (!fault.isEmpty()) {
        entry.set(QStringLiteral("fault"), Json(fault));
    }
    if (call.method == "POST") {
        entry.set(QStringLiteral("body"), Json(QString::fromUtf8(call.body)));
        entry.set(QStringLiteral("body_sha256"),
                  Json(QString::fromLatin1(sha256(call.body).toHex())));
        entry.set(QStringLiteral("reviewer"), Json(call.reviewer));
    }
    m_journal->write(QStringLiteral("request"), entry);
}

} // namespace countersign::demo
