// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/backoff.h"
#include "endpoints/httpclient.h"
#include "endpoints/scriptedserver.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace countersign;

namespace {

Result<HttpReply> wait(const QFuture<Result<HttpReply>> &future)
{
    if (!QTest::qWaitFor([&future]() -> bool { return future.isFinished(); }, 20'000)
        || future.resultCount() == 0) {
        return fail(ErrorCode::Cancelled, QStringLiteral("no result"));
    }
    return future.result();
}

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anyStatusIsAValue_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        for (const char *line :
             {"200 OK", "202 Accepted", "307 Temporary Redirect", "400 Bad Request",
              "401 Unauthorized", "403 Forbidden", "404 Not Found", "409 Conflict", "410 Gone",
              "418 Teapot", "422 Unprocessable", "429 Too Many Requests", "500 Oops",
              "502 Bad Gateway", "503 Unavailable"}) {
            QTest::newRow(line) << QByteArray(line) << QByteArray(line).left(3).toInt();
        }
    }

    void anyStatusIsAValue()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, status);
        ScriptedServer server([line](const auto &, QTcpSocket *socket) -> void {
            ScriptedServer::reply(socket, line, "a sentence", "Retry-After: 7\r\n");
        });
        HttpClient client;
        for (const char *method : {"GET", "POST", "PATCH"}) {
            const auto reply
                = wait(client.send({.method = method, .url = server.url(), .body = "{}"}));
            QVERIFY2(reply,
                     qPrintable(reply ? QString() : reply.error().text + reply.error().detail));
            QCOMPARE(reply->status, status);
            QCOMPARE(reply->body, QByteArray("a sentence"));
            QCOMPARE(reply->retryAfterMs(0), std::optional<qint64>(7000));
        }
        QCOMPARE(server.requests().size(), 3);
    }

    void followsNoRedirectAndLeaksNothing_data()
    {
        QTest::addColumn<QByteArray>("status");
        for (const char *status :
             {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"}) {
            QTest::newRow(status) << QByteArray(status);
        }
    }

    void followsNoRedirectAndLeaksNothing()
    {
        QFETCH(QByteArray, status);
        ScriptedServer elsewhere([](const auto &, QTcpSocket *socket) -> void {
            ScriptedServer::reply(socket, "200 OK", "{}");
        });
        ScriptedServer server([&elsewhere, status](const auto &, QTcpSocket *socket) -> void {
            ScriptedServer::reply(socket, status, "",
                                  "Location: " + elsewhere.url().toEncoded()
                                      + "\r\nSet-Cookie: a=b\r\n");
        });
        HttpClient client;
        for (const char *method : {"GET", "POST"}) {
            const auto reply = wait(client.send({.method = method,
                                                 .url = server.url(),
                                                 .headers = {{"Authorization", "Bearer canary"}},
                                                 .body = "{}"}));
            QVERIFY(reply);
            QCOMPARE(reply->status, status.left(3).toInt());
        }
        QVERIFY(server.requests().last().head.contains("Bearer canary"));
        QVERIFY(!server.requests().last().head.toLower().contains("cookie"));
        QVERIFY(wait(client.send({.url = elsewhere.url()})));
        QCOMPARE(elsewhere.requests().size(), 1); // a followed redirect had come before this one
    }

    void aTricklingServerMeetsTheDeadline()
    {
        ScriptedServer server([](const auto &, QTcpSocket *socket) -> void {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            auto *drip = new QTimer(socket);
            QObject::connect(drip, &QTimer::timeout, socket,
                             [socket]() -> void { socket->write("x"); });
            drip->start(50);
        });
        HttpClient client;
        QElapsedTimer timer;
        timer.start();
        const auto read = wait(client.send({.url = server.url(), .deadlineMs = 600}));
        const qint64 elapsed = timer.elapsed();
        QVERIFY2(elapsed >= 500 && elapsed < 5000, qPrintable(QString::number(elapsed)));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Unreachable);
        QVERIFY(read.error().text.contains(QStringLiteral("127.0.0.1:")));
        const auto write = wait(
            client.send({.method = "POST", .url = server.url(), .body = "{}", .deadlineMs = 300}));
        QVERIFY(!write);
        QCOMPARE(write.error().code, ErrorCode::OutcomeUnknown);
    }

    void aSilentServerLeavesTheOutcomeUnknown()
    {
        ScriptedServer server([](const auto &, QTcpSocket *) -> void {});
        HttpClient client;
        const auto reply = wait(
            client.send({.method = "POST", .url = server.url(), .body = "{}", .deadlineMs = 300}));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::OutcomeUnknown);
        QVERIFY(reply.error().retryable);
    }

    void aConnectionThatIsNeverMadeSendsNothing()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QUrl url(QStringLiteral("http://127.0.0.1:%1/").arg(closed.serverPort()));
        closed.close();
        HttpClient client;
        const auto refused = wait(client.send(
            {.method = "POST", .url = url, .headers = {{"X-Api-Key", "canary"}}, .body = "{}"}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unreachable);
        QVERIFY(refused.error().text.contains(QStringLiteral("refuses connections")));
        QVERIFY(!refused.error().text.contains(QStringLiteral("canary")));
        QVERIFY(!refused.error().detail.contains(QStringLiteral("canary")));
        const auto unknown
            = wait(client.send({.method = "POST",
                                .url = QUrl(QStringLiteral("http://no-such-host.invalid/")),
                                .body = "{}"}));
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, ErrorCode::Unreachable);
        QVERIFY(unknown.error().text.contains(QStringLiteral("no-such-host.invalid")));
    }

    void aDropLeavesThePostUnknown_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::newRow("without a byte") << QByteArray();
        QTest::newRow("in the body")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":");
        QTest::newRow("in an error's body")
            << QByteArray("HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\nab");
    }

    void aDropLeavesThePostUnknown()
    {
        QFETCH(QByteArray, before);
        ScriptedServer server([before](const auto &, QTcpSocket *socket) -> void {
            socket->write(before);
            socket->disconnectFromHost();
        });
        HttpClient client;
        const auto reply = wait(client.send({.method = "POST", .url = server.url(), .body = "{}"}));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::OutcomeUnknown);
        QCOMPARE(server.requests().size(), 1);
    }

    void readsNoMoreThanAllowed()
    {
        ScriptedServer server(
            [](const ScriptedServer::Request &request, QTcpSocket *socket) -> void {
                if (request.target() == "/unnamed") {
                    socket->write("HTTP/1.1 200 OK\r\n\r\n" + QByteArray(200'000, 'x'));
                    socket->disconnectFromHost();
                    return;
                }
                ScriptedServer::reply(socket, "200 OK",
                                      QByteArray(request.target() == "/fits" ? 1000 : 1001, 'x'));
            });
        HttpClient client;
        const auto fits
            = wait(client.send({.url = server.url(QStringLiteral("/fits")), .maxBytes = 1000}));
        QVERIFY(fits);
        QCOMPARE(fits->body.size(), 1000);
        for (const QString &path : {QStringLiteral("/over"), QStringLiteral("/unnamed")}) {
            const auto over = wait(client.send({.url = server.url(path), .maxBytes = 1000}));
            QVERIFY(!over);
            QCOMPARE(over.error().code, ErrorCode::TooLarge);
        }
    }

    void countsBytesAfterDecompression()
    {
        // 2 MiB of zeros as gzip: qCompress gives zlib, whose middle is a raw deflate stream.
        const QByteArray plain(2 * 1024 * 1024, '\0');
        const QByteArray zlib = qCompress(plain, 9).mid(4);
        ScriptedServer server([zlib](const auto &, QTcpSocket *socket) -> void {
            ScriptedServer::reply(socket, "200 OK", zlib, "Content-Encoding: deflate\r\n");
        });
        HttpClient client;
        const auto small = wait(client.send({.url = server.url(), .maxBytes = 1024 * 1024}));
        QVERIFY(!small);
        QCOMPARE(small.error().code, ErrorCode::TooLarge);
        const auto large = wait(client.send({.url = server.url()}));
        QVERIFY(large);
        QCOMPARE(large->body.size(), plain.size());
    }

    void refusesWhatMustNotBeSent_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("user") << QStringLiteral("http://me:secret@127.0.0.1/") << QByteArray("x");
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << QByteArray("x");
        QTest::newRow("no host") << QStringLiteral("http:///x") << QByteArray("x");
        QTest::newRow("injected header")
            << QStringLiteral("http://127.0.0.1/") << QByteArray("a\r\nB: c");
    }

    void refusesWhatMustNotBeSent()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, value);
        HttpClient client;
        const auto reply = wait(client.send({.url = QUrl(url), .headers = {{"X-Key", value}}}));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::InvalidInput);
        QVERIFY(!reply.error().text.contains(QStringLiteral("secret")));
    }

    void abortEndsWhatIsOpen()
    {
        ScriptedServer server([](const auto &, QTcpSocket *) -> void {});
        HttpClient client;
        const auto future = client.send({.method = "POST", .url = server.url(), .body = "{}"});
        QTRY_COMPARE(server.requests().size(), 1);
        client.abortAll();
        const auto reply = wait(future);
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Cancelled);
    }

    void theFutureEndsWithTheClient()
    {
        ScriptedServer server([](const auto &, QTcpSocket *) -> void {});
        auto client = std::make_unique<HttpClient>();
        const auto future = client->send({.url = server.url()});
        client.reset();
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.isCanceled());
    }

    void retryAfterInBothForms()
    {
        HttpReply reply;
        QVERIFY(!reply.retryAfterMs(0));
        reply.headers = {{"retry-after", "120"}};
        QCOMPARE(reply.retryAfterMs(0), std::optional<qint64>(120'000));
        reply.headers = {{"Retry-After", "Thu, 01 Jan 1970 00:01:00 GMT"}};
        QCOMPARE(reply.retryAfterMs(10'000), std::optional<qint64>(50'000));
        QCOMPARE(reply.retryAfterMs(100'000), std::optional<qint64>(0));
        reply.headers = {{"Retry-After", "soon"}};
        QVERIFY(!reply.retryAfterMs(0));
    }

    void backoffGrowsAndIsBounded()
    {
        QCOMPARE(backoffMs(1, 0.5), 1000);
        QCOMPARE(backoffMs(2, 0.5), 2000);
        QCOMPARE(backoffMs(1, 0), 1000);
        QCOMPARE(backoffMs(4, 0), 6000);
        QCOMPARE(backoffMs(4, 1), 10'000);
        QCOMPARE(backoffMs(1000, 1), 300'000);
        QCOMPARE(backoffMs(0, 0.5), 1000);
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
