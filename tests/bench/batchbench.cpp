// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "views/inbox/inboxlist.h"
#include "views/style/theme.h"

#include <QCommandLineParser>
#include <QElapsedTimer>

#include <ctime>

using namespace countersign;

namespace {

double workedMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// One stretch of the window's life: how long it took, and the longest single turn of its loop, by
/// the clock and by what the thread worked (which a busy machine does not change).
struct Stretch
{
    double tookMs = 0;
    double worstTurnMs = 0;
    double worstWorkMs = 0;

    [[nodiscard]] Json form() const
    {
        const auto tenths = [](double ms) -> Json {
            return Json::number(QByteArray::number(ms, 'f', 1));
        };
        return Json::object({{QStringLiteral("ms"), tenths(tookMs)},
                             {QStringLiteral("longest_turn_ms"), tenths(worstTurnMs)},
                             {QStringLiteral("longest_turn_cpu_ms"), tenths(worstWorkMs)}});
    }
};

Stretch until(const std::function<void()> &begin, const std::function<bool()> &done)
{
    Stretch stretch;
    QElapsedTimer whole;
    whole.start();
    bool first = true;
    do {
        QElapsedTimer turn;
        turn.start();
        const double before = workedMs();
        if (std::exchange(first, false)) {
            begin();
        }
        QCoreApplication::processEvents();
        stretch.worstTurnMs = qMax(stretch.worstTurnMs, double(turn.nsecsElapsed()) / 1e6);
        stretch.worstWorkMs = qMax(stretch.worstWorkMs, workedMs() - before);
        QThread::usleep(500);
    } while (!done() && whole.elapsed() < 120'000);
    stretch.tookMs = double(whole.nsecsElapsed()) / 1e6;
    return stretch;
}

} // namespace

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
    m.show(proposals);
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
            found += m.model->rowAt(row).state == state ? 1 : 0;
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
