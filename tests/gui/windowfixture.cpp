// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"

#include <QSignalSpy>

namespace countersign {

Proposal proposalOf(int number)
{
    Proposal made;
    made.source.question = QStringLiteral("q-%1").arg(number);
    made.source.lane = made.source.question;
    made.dialect = QStringLiteral("test");
    made.agent = QStringLiteral("support-agent");
    made.action = QStringLiteral("issue_refund");
    made.caseType = QStringLiteral("damaged_order");
    made.arguments
        = Json::object({{QStringLiteral("amount"), Json(100 + number)},
                        {QStringLiteral("order"), Json(QStringLiteral("#48%1").arg(number))}});
    made.allowed
        = DecisionKind::Approve | DecisionKind::Edit | DecisionKind::Reject | DecisionKind::Respond;
    made.risk = Risk::Low;
    made.confidence = Decimal::parse(QStringLiteral("0.7"));
    made.raw = Json::object({{QStringLiteral("whole"), Json(true)}});
    return made;
}

WindowFixture::WindowFixture()
{
    qputenv("XDG_STATE_HOME", folder.filePath(QStringLiteral("state")).toUtf8());
}

void WindowFixture::start()
{
    auto profile = Profile::open({.directory = folder.filePath(QStringLiteral("profile"))},
                                 [this](const QString &kind) -> const Protocol * {
                                     return !realProtocols && kind == QLatin1String("langgraph")
                                         ? &protocol
                                         : protocolFor(kind);
                                 });
    QVERIFY2(profile, qPrintable(profile ? QString() : profile.error().text));
    app = std::make_unique<Application>(std::move(*profile), DesktopOptions{});
    QSignalSpy opened(app.get(), &Application::opened);
    app->start();
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, patienceMs);
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    QTRY_VERIFY(app->inbox().isLoaded());
}

void WindowFixture::connectFake(const QString &name)
{
    Endpoint endpoint;
    endpoint.kind = QStringLiteral("langgraph");
    endpoint.name = name;
    endpoint.url = QUrl(QStringLiteral("http://127.0.0.1:2024"));
    EndpointService &endpoints = app->profile().endpoints();
    const qsizetype before = endpoints.endpoints().size();
    const auto added = endpoints.add(endpoint, {}, PersonId(QStringLiteral("p-1")));
    QTRY_VERIFY(added.isFinished());
    QVERIFY(added.result());
    QTRY_COMPARE(endpoints.endpoints().size(), before + 1);
}

void WindowFixture::takeCases(int count)
{
    for (int i = 0; i < count; ++i) {
        server.ask({proposalOf(i)});
    }
    EndpointService &endpoints = app->profile().endpoints();
    const auto taken = endpoints.sync(endpoints.endpoints().first().endpoint.id);
    QTRY_VERIFY(taken.isFinished());
    QVERIFY(taken.result());
    if (app->inbox().rowCount() < count) {
        QTRY_COMPARE(app->inbox().newCount(), count - app->inbox().rowCount());
        app->inbox().takeIn();
    }
    QTRY_VERIFY(app->detail().current());
    list()->setFocus();
}

QDialog *WindowFixture::sheet() const
{
    for (auto *dialog : window().findChildren<QDialog *>()) {
        if (dialog->isVisible() && dialog->isActiveWindow()) {
            return dialog;
        }
    }
    return nullptr;
}

bool WindowFixture::isBare() const
{
    const auto dialogs = window().findChildren<QDialog *>();
    if (std::any_of(dialogs.begin(), dialogs.end(),
                    [](const QDialog *dialog) -> bool { return dialog->isVisible(); })) {
        return false;
    }
    if (!window().isActiveWindow()) {
        window().activateWindow();
        return false;
    }
    return true;
}

QListView *WindowFixture::list() const
{
    return window().findChild<QListView *>(QStringLiteral("cases"));
}

QTableView *WindowFixture::table() const
{
    return app->trailPage().findChild<QTableView *>();
}

} // namespace countersign
