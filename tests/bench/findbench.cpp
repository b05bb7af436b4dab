// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/frame.h"
#include "gui/inboxfixture.h"
#include "views/inbox/inboxlist.h"
#include "views/style/theme.h"

#include <QCommandLineParser>
#include <QLineEdit>
#include <QScrollBar>
#include <QStringMatcher>

using namespace countersign;
using bench::Pairs;
using bench::Stretch;
using bench::until;

namespace {

/// Sees when the window has painted what the list was reset to.
class Painted final : public QObject
{
public:
    explicit Painted(InboxModel &model)
    {
        connect(&model, &QAbstractItemModel::modelReset, this,
                [this]() -> void { m_reset = true; });
        QCoreApplication::instance()->installEventFilter(this);
    }
    void expect() { m_reset = m_painted = false; }
    [[nodiscard]] bool isDone() const { return m_painted; }

private:
    bool eventFilter(QObject *, QEvent *event) override
    {
        m_painted = m_painted || (m_reset && event->type() == QEvent::Paint);
        return false;
    }
    bool m_reset = false;
    bool m_painted = false;
};

QList<Proposal> many(int count, qint64 nowMs)
{
    QList<Proposal> made = believable(count, nowMs);
    for (int i = 0; i < count; ++i) {
        made[i].reasoning
            += i % 7 == 3 ? QStringLiteral(" Seen on site, the façade is cracked.") : QString();
    }
    return made;
}

} // namespace

// The inbox with many open cases: from a change of the filter to the painted list, as a ratio to a
// bare loop over the same strings, and the longest turn of the window's loop while filtering,
// typing, scrolling, taking news in and selecting. Prints one line of JSON.
int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QCommandLineParser options;
    options.addOption({QStringLiteral("cases"), {}, QStringLiteral("n"), QStringLiteral("100000")});
    options.addOption({QStringLiteral("pairs"), {}, QStringLiteral("n"), QStringLiteral("9")});
    options.process(app);
    style::applyTheme(app, style::Scheme::Light);
    const int count = options.value(QStringLiteral("cases")).toInt();
    const int pairs = options.value(QStringLiteral("pairs")).toInt();
    InboxFixture m;
    const QList<Proposal> proposals = many(count, m.services.base.clock.nowMs());
    constexpr int atOnce = 2000; // what one transaction can take in the fixture's patience
    m.open(proposals.mid(0, atOnce));
    for (int at = atOnce; at < count; at += atOnce) {
        (void)m.services.take(proposals.mid(at, atOnce), false);
    }
    m.page->resize(1208, 760);
    m.page->show();
    const auto settled = [&m]() -> bool {
        return m.model->isLoaded() && m.model->counts().untilMs > 0;
    };
    const Stretch loading = until([]() -> void {}, settled);
    const auto taken = [&m, count]() -> bool {
        return m.model->rowCount() + m.model->newCount() >= count;
    };
    (void)until([]() -> void {}, taken);
    (void)until([&m]() -> void { m.model->takeIn(); },
                [&m, count]() -> bool { return m.model->rowCount() >= count; });
    auto *list = m.page->findChild<InboxList *>();
    list->setFocus();
    Painted painted(*m.model);
    const auto isPainted = [&painted]() -> bool {
        return painted.isDone();
    };
    Json row = Json::object({{QStringLiteral("benchmark"), Json(QStringLiteral("find"))},
                             {QStringLiteral("cases"), Json(m.model->rowCount())},
                             {QStringLiteral("load"), loading.form()}});

    // What the loop without anything around it has to look through.
    QStringList strings;
    for (int i = 0; i < m.model->rowCount(); ++i) {
        const InboxRow one = m.model->rowAt(i);
        strings.append(searchForm(one.headline + u'\n' + one.subject + u'\n' + one.agent + u'\n'
                                  + one.action + u'\n' + one.caseType + u'\n' + one.id.toString()));
    }
    const auto bare = [&strings](const QString &word) -> double {
        QElapsedTimer timer;
        timer.start();
        const QStringMatcher matcher(word);
        qsizetype found = 0;
        for (const QString &one : std::as_const(strings)) {
            found += matcher.indexIn(one) >= 0 ? 1 : 0;
        }
        const double took = double(timer.nsecsElapsed()) / 1e6;
        return found < 0 ? 0 : took;
    };
    Stretch filtering;
    const auto change = [&](const InboxFilter &filter) -> double {
        painted.expect();
        const Stretch took = until([&]() -> void { m.model->setFilter(filter); }, isPainted);
        filtering.add(took);
        (void)until([]() -> void {}, settled);
        return took.tookMs;
    };
    int turn = 0;
    Pairs risks;
    risks.run(
        pairs,
        [&]() -> double {
            InboxFilter filter;
            filter.risks = {++turn % 2 == 0 ? Risk::High : Risk::Low};
            return change(filter);
        },
        [&]() -> double { return bare(QStringLiteral("refund")); });
    row.set(QStringLiteral("filter_by_risk"), risks.form());
    for (const char *word : {"refund", "facade", "nowhere"}) {
        Pairs texts;
        texts.run(
            pairs,
            [&]() -> double {
                (void)change({});
                InboxFilter filter;
                filter.text = QLatin1String(word);
                return change(filter);
            },
            [&]() -> double { return bare(QLatin1String(word)); });
        row.set(QStringLiteral("search_") + QLatin1String(word), texts.form());
    }
    row.set(QStringLiteral("filtering"), filtering.form());
    (void)change({});

    Stretch typing;
    QTest::keyClick(list, Qt::Key_Slash);
    for (const QChar letter : QStringLiteral("refund")) {
        typing.add(until(
            [&]() -> void {
                QTest::keyClick(QApplication::focusWidget(), letter.toLatin1());
                painted.expect();
            },
            isPainted));
    }
    row.set(QStringLiteral("typing"), typing.form());
    (void)change({});
    list->setFocus();

    Stretch scrolling;
    for (int i = 0; i < 100; ++i) {
        scrolling.add(until(
            [&]() -> void {
                if (i % 2 == 0) {
                    QTest::keyClick(list, Qt::Key_PageDown);
                } else {
                    QScrollBar *bar = list->verticalScrollBar();
                    bar->setValue(int(qint64(bar->maximum()) * (i * 37 % 100) / 100));
                }
            },
            []() -> bool { return true; }));
    }
    row.set(QStringLiteral("scrolling"), scrolling.form());
    row.set(QStringLiteral("select_all"),
            until([list]() -> void { QTest::keyClick(list, Qt::Key_A, Qt::ControlModifier); },
                  [&m]() -> bool { return !m.batch->isReading(); })
                .form());
    QTest::keyClick(list, Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);

    QList<Proposal> later = believable(500, m.services.base.clock.nowMs());
    for (Proposal &one : later) {
        one.source.question = one.source.lane = QStringLiteral("later ") + one.source.question;
    }
    const auto news = m.services.intake->take(m.services.endpoint, {.proposals = later});
    row.set(QStringLiteral("news"),
            until([]() -> void {}, [&m]() -> bool { return m.model->newCount() > 0; }).form());
    (void)until([]() -> void {}, [&news]() -> bool { return news.isFinished(); });
    painted.expect();
    row.set(QStringLiteral("take_in"),
            until([&m]() -> void { m.model->takeIn(); }, isPainted).form());
    fputs((toJson(row) + '\n').constData(), stdout);
    return 0;
}
