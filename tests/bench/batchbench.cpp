// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/frame.h"
#include "gui/inboxfixture.h"
#include "views/inbox/inboxlist.h"
#include "views/style/theme.h"

#include <QCommandLineParser>

using namespace countersign;
using countersign::bench::until;

// A batch through the window: all like this one selected and summed up, decided by one key, taken
// back by another, decided again and delivered. Prints one line of JSON.
int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QCommandLineParser options;
    options.addOption({QStringLiteral("cases"), {}, QStringLiteral("n"), QStringLiteral("1000")});
    options.process(app);
    style::applyTheme(app, style::Scheme::Light);
    const int count = options.value(QStringLiteral("cases")).toInt();
    QList<Proposal> proposals = alike(count);
    for (Proposal &one : proposals) {
        one.risk = Risk::Low;
        one.allowed = DecisionKind::Approve | DecisionKind::Reject;
    }
    InboxFixture m;
    m.open(proposals); // without the tester of models, which looks at every row with every change
    m.page->resize(1208, 760);
    m.page->show();
    (void)QTest::qWaitForWindowActive(m.page.get());
    (void)until([]() -> void {}, [&m]() -> bool { return m.model->isLoaded(); });
    m.list()->setFocus();
    m.settle();
    for (const Proposal &one : proposals) {
        m.services.server.ask({one});
    }
    auto *list = m.page->findChild<InboxList *>();
    const auto press = [list](Qt::Key key) -> std::function<void()> {
        return [list, key]() -> void {
            QTest::keyClick(list, key);
        };
    };
    const auto inState = [&m](CaseState state) -> int {
        int found = 0;
        for (int row = 0; row < m.model->rowCount(); ++row) {
            found += m.model->stateAt(row) == state ? 1 : 0;
        }
        return found;
    };
    const auto all = [&](CaseState state) -> std::function<bool()> {
        return [&inState, state, count]() -> bool {
            return inState(state) == count;
        };
    };
    Json row = Json::object({{QStringLiteral("benchmark"), Json(QStringLiteral("batch"))},
                             {QStringLiteral("cases"), Json(count)}});
    const auto summed = [&]() -> bool {
        return !m.batch->isReading() && m.batch->summary().decidable.size() == count;
    };
    row.set(QStringLiteral("select"), until(press(Qt::Key_L), summed).form());
    m.services.base.clock.advance(style::armMs);
    row.set(QStringLiteral("record"), until(press(Qt::Key_A), all(CaseState::Held)).form());
    row.set(QStringLiteral("undo"), until(press(Qt::Key_Z), all(CaseState::Waiting)).form());
    (void)until([]() -> void {}, summed);
    m.services.base.clock.advance(style::armMs);
    row.set(QStringLiteral("again"), until(press(Qt::Key_A), all(CaseState::Held)).form());
    m.services.base.clock.advance(60'000);
    const auto deliver = [&m]() -> void {
        m.services.delivery->start();
    };
    row.set(QStringLiteral("deliver"), until(deliver, all(CaseState::Delivered)).form());
    row.set(QStringLiteral("effects"), Json(qint64(m.services.server.effects().size())));
    m.services.delivery->stop();
    fputs((toJson(row) + '\n').constData(), stdout);
    return m.services.server.effects().size() == count ? 0 : 1;
}
