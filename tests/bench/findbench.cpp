// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/casewatch.h"
#include "bench/frame.h"
#include "domain/searchtext.h"
#include "gui/inboxfixture.h"
#include "items/casefinder.h"
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
        connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this]() -> void {
            m_reset = true;
            m_arrangedMs = double(m_timer.nsecsElapsed()) / 1e6;
        });
        QCoreApplication::instance()->installEventFilter(this);
    }
    void expect()
    {
        m_reset = m_painted = false;
        m_timer.start();
    }
    [[nodiscard]] bool isDone() const { return m_painted; }
    [[nodiscard]] double arrangedMs() const { return m_arrangedMs; } ///< until the new order was there

private:
    bool eventFilter(QObject *, QEvent *event) override
    {
        m_painted = m_painted || (m_reset && event->type() == QEvent::Paint);
        return false;
    }
    QElapsedTimer m_timer;
    double m_arrangedMs = 0;
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

    // What a loop without anything around it has to look through: the words of the rows, and all
    // that the search finds a case by, which is in the rows and in the store's full-text index.
    QStringList ofRows;
    QStringList all;
    for (int i = 0; i < count; ++i) {
        const CaseId id(QStringLiteral("c-%1").arg(i + 1));
        const auto one = m.model->find(id);
        if (!one) {
            qFatal("case %d is not there", i + 1);
        }
        ofRows.append(searchForm(one->headline + u'\n' + one->subject + u'\n' + one->agent + u'\n'
                                 + one->action + u'\n' + one->caseType + u'\n' + id.toString()));
        all.append(ofRows.last() + u'\n' + searchBody(id, proposals.at(i)));
    }
    const auto bare = [](const QStringList &strings, const QString &word) -> double {
        QElapsedTimer timer;
        timer.start();
        const QStringMatcher matcher(word);
        qsizetype found = 0;
        for (const QString &one : strings) {
            found += matcher.indexIn(one) >= 0 ? 1 : 0;
        }
        const double took = double(timer.nsecsElapsed()) / 1e6;
        return found < 0 ? 0 : took;
    };
    Stretch filtering;
    std::vector<double> arranged;
    const auto calm = [&]() -> void { // counts, and the case that is shown now
        filtering.add(until([]() -> void {}, [&, turns = 0]() mutable -> bool {
            return ++turns > 20 && settled() && !m.detail->isReading();
        }));
    };
    const auto change = [&](const InboxFilter &filter) -> double {
        painted.expect();
        const Stretch took = until([&]() -> void { m.model->setFilter(filter); }, isPainted);
        filtering.add(took);
        arranged.push_back(painted.arrangedMs());
        return took.tookMs;
    };
    int turn = 0;
    Pairs risks;
    risks.run(
        pairs, calm,
        [&]() -> double {
            InboxFilter filter;
            filter.risks = {++turn % 2 == 0 ? Risk::High : Risk::Low};
            return change(filter);
        },
        [&]() -> double { return bare(ofRows, QStringLiteral("refund")); });
    row.set(QStringLiteral("filter_by_risk"), risks.form());
    row.set(QStringLiteral("filter_by_risk_arranged_ms"), bench::tenths(bench::median(arranged)));
    for (const char *word : {"refund", "facade", "nowhere"}) {
        Pairs texts;
        std::vector<double> rowsAlone;
        arranged.clear();
        texts.run(
            pairs,
            [&]() -> void {
                (void)change({});
                calm();
            },
            [&]() -> double {
                InboxFilter filter;
                filter.text = QLatin1String(word);
                return change(filter);
            },
            [&]() -> double {
                rowsAlone.push_back(bare(ofRows, QLatin1String(word)));
                return bare(all, QLatin1String(word));
            });
        Json form = texts.form();
        form.set(QStringLiteral("rows_alone_ms"), bench::tenths(bench::median(rowsAlone)));
        form.set(QStringLiteral("found"), Json(m.model->rowCount()));
        row.set(QStringLiteral("search_") + QLatin1String(word), form);
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

    // What looks through the same cases elsewhere: the palette, and the watch of the tray.
    CaseFinder finder(*m.services.base.store);
    Stretch palette;
    for (const char *typed : {"r", "re", "refund", "refund p", "refund perez 12"}) {
        QFuture<Found> found;
        palette.add(until([&]() -> void { found = finder.find(QLatin1String(typed), 20); },
                          [&found]() -> bool { return found.isFinished(); }));
    }
    row.set(QStringLiteral("palette"), palette.form());
    CaseWatch watch(*m.services.base.store, m.services.base.clock);
    row.set(QStringLiteral("watch_start"),
            until([&watch]() -> void { watch.start(); },
                  [&watch]() -> bool { return watch.state().waiting > 0; })
                .form());
    std::vector<double> looks;
    for (int i = 0; i < 20; ++i) {
        const double before = bench::workedMs();
        watch.look();
        looks.push_back(bench::workedMs() - before);
    }
    row.set(QStringLiteral("watch_look_cpu_ms"), bench::tenths(bench::median(looks)));
    fputs((toJson(row) + '\n').constData(), stdout);
    return 0;
}
