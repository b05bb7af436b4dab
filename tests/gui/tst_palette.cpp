// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"
#include "views/messagebar.h"
#include "views/style/widgets.h"
#include "views/window/palette.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QTreeWidget>

using namespace countersign;

namespace {

/// The longest time in which the event loop did not come round.
class StallMeter final : public QObject
{
    Q_OBJECT
public:
    StallMeter()
    {
        m_since.start();
        startTimer(0);
    }
    void reset()
    {
        m_longest = 0;
        m_since.restart();
    }
    [[nodiscard]] qint64 longestMs() const { return m_longest; }

protected:
    void timerEvent(QTimerEvent *) override { m_longest = qMax(m_longest, m_since.restart()); }

private:
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

} // namespace

/// The palette and the keys sheet over the real application, by keys alone.
class TestPalette final : public QObject
{
    Q_OBJECT
public:
    explicit TestPalette(PrivateDesktop &) { }

private Q_SLOTS:
    void init();
    void cleanup() { m.reset(); }
    void runsAnAction();
    void escapeGivesTheFocusBack();
    void opensACase();
    void appliesAFilterAndAnAgent();
    void goesToPagesAndEndpoints();
    void actsOnlyOnWhatIsInSight();
    void whatWasUsedLastComesFirst();
    void foreignTextStaysPlain();
    void theNewestQuestionWins();
    void changesKeysLive();
    void swapsKeysThatAreTaken();
    void refusesKeysThatAreNeeded();
    void resetsKeys();
    void noStallWithManyCases();

private:
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        m->press(key, modifiers);
    }
    void openPalette();
    /// Opens it, types and waits until the first line is this one.
    void find(const char *typed, const char *first);
    [[nodiscard]] QAbstractItemModel *lines() const
    {
        return m->sheet()->findChild<QListView *>()->model();
    }
    [[nodiscard]] QString line(int row) const
    {
        return bare(lines()->index(row, 0).data(Qt::AccessibleTextRole).toString());
    }
    [[nodiscard]] bool lists(const QString &start) const;
    void openKeys(const char *action);
    [[nodiscard]] QString keysOf(const char *id) const
    {
        return ActionRegistry::keyText(m->actions().action(QLatin1String(id)));
    }

    std::unique_ptr<WindowFixture> m;
};

void TestPalette::init()
{
    m = std::make_unique<WindowFixture>();
    m->start();
    m->connectFake();
    m->takeCases(5);
}

void TestPalette::openPalette()
{
    QTRY_VERIFY(m->isBare());
    press(Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(m->sheet());
    QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
}

void TestPalette::find(const char *typed, const char *first)
{
    openPalette();
    m->type(typed);
    QTRY_VERIFY2(lines()->rowCount() > 0 && line(0).startsWith(QString::fromUtf8(first)),
                 qPrintable(line(0)));
}

bool TestPalette::lists(const QString &start) const
{
    for (int row = 0; row < lines()->rowCount(); ++row) {
        if (line(row).startsWith(start)) {
            return true;
        }
    }
    return false;
}

void TestPalette::runsAnAction()
{
    find("search", "Search, Inbox, Action, /");
    press(Qt::Key_Return);
    QTRY_VERIFY(m->isBare());
    QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    m->list()->setFocus();
    find("shortcuts", "Keys, Window, Action, ?"); // by another word of its
    press(Qt::Key_Escape);
    find("abt cntr", "About Countersign"); // letters in their order are enough
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
}

void TestPalette::escapeGivesTheFocusBack()
{
    QVERIFY(m->list()->hasFocus());
    openPalette();
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
    QTRY_VERIFY(m->isBare() && m->list()->hasFocus());
    press(Qt::Key_Slash);
    QWidget *search = QApplication::focusWidget();
    QVERIFY(search != m->list());
    openPalette();
    m->type("zzzz no such thing");
    QTRY_COMPARE(lines()->rowCount(), 0);
    QTRY_VERIFY(isSaid(*m->sheet(), QStringLiteral("Nothing is called that.")));
    press(Qt::Key_Return); // nothing to run
    QVERIFY(m->sheet());
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
    QTRY_VERIFY(m->isBare() && search->hasFocus());
}

void TestPalette::opensACase()
{
    press(Qt::Key_2, Qt::ControlModifier);
    openPalette();
    m->type("#483"); // an order of one of the cases
    QTRY_VERIFY(lists(QStringLiteral("issue_refund")) || lines()->rowCount() > 0);
    QTRY_VERIFY(line(0).contains(QStringLiteral("Case")));
    QTRY_VERIFY(line(0).contains(QStringLiteral("c-4")));
    press(Qt::Key_Return);
    QTRY_COMPARE(m->app->detail().id(), CaseId(QStringLiteral("c-4")));
    QCOMPARE(m->window().currentPage(), QStringLiteral("inbox"));
    openPalette();
    m->type("c-2"); // by its number
    QTRY_VERIFY(line(0).contains(QStringLiteral("c-2")));
    press(Qt::Key_Return);
    QTRY_COMPARE(m->app->detail().id(), CaseId(QStringLiteral("c-2")));
    // What changed meanwhile is found as well.
    m->server.ask({proposalOf(77)});
    EndpointService &endpoints = m->app->profile().endpoints();
    const auto taken = endpoints.sync(endpoints.endpoints().first().endpoint.id);
    QTRY_VERIFY(taken.isFinished());
    openPalette();
    m->type("#4877");
    QTRY_VERIFY(lines()->rowCount() > 0 && line(0).contains(QStringLiteral("c-6")));
    press(Qt::Key_Escape);
}

void TestPalette::appliesAFilterAndAnAgent()
{
    press(Qt::Key_2, Qt::ControlModifier);
    find("set asi fil", "Set aside");
    press(Qt::Key_Return);
    QTRY_COMPARE(m->window().currentPage(), QStringLiteral("inbox"));
    QTRY_VERIFY(m->app->inbox().filter().queue == InboxQueue::SetAside);
    openPalette();
    m->type("support-agent agent");
    QTRY_VERIFY(lists(QStringLiteral("support-agent, 5 open, Agent")));
    while (!line(m->sheet()->findChild<QListView *>()->currentIndex().row())
                .startsWith(QStringLiteral("support-agent, "))) {
        press(Qt::Key_Down);
    }
    press(Qt::Key_Return);
    QTRY_COMPARE(m->app->inbox().rowCount(), 5);
    QVERIFY(m->app->inbox().filter().queue == InboxQueue::Open);
    QVERIFY(m->app->inbox().filter().narrows());
    QTRY_VERIFY(m->isBare() && m->list()->hasFocus());
}

void TestPalette::goesToPagesAndEndpoints()
{
    find("trail", "Trail, Page, Ctrl+2");
    press(Qt::Key_Return);
    QTRY_COMPARE(m->window().currentPage(), QStringLiteral("trail"));
    QTRY_VERIFY(m->isBare() && m->table()->hasFocus());
    find("claims", "Claims, ");
    QVERIFY(line(0).contains(QStringLiteral("Endpoint")));
    press(Qt::Key_Return);
    QTRY_VERIFY(m->sheet() && m->sheet()->windowTitle() == QStringLiteral("Endpoints"));
    QTRY_COMPARE(QApplication::focusWidget()->accessibleDescription(), QStringLiteral("Claims"));
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
}

void TestPalette::actsOnlyOnWhatIsInSight()
{
    openPalette();
    QVERIFY(lists(QStringLiteral("Approve, ")));
    QVERIFY(!lists(QStringLiteral("Whole story of this case"))); // a row that nobody sees
    press(Qt::Key_Escape);
    press(Qt::Key_2, Qt::ControlModifier);
    openPalette();
    QVERIFY(!lists(QStringLiteral("Approve, ")));
    press(Qt::Key_Escape);
    press(Qt::Key_1, Qt::ControlModifier);
    find("verify", "Verify, Trail, Action, V"); // that is the same from anywhere
    press(Qt::Key_Return);
    QTRY_COMPARE(m->window().currentPage(), QStringLiteral("trail"));
    QTRY_VERIFY(isSaid(m->window(), QStringLiteral("Verified just now.")));
}

void TestPalette::whatWasUsedLastComesFirst()
{
    find("about", "About Countersign");
    press(Qt::Key_Escape); // not run: not used
    QCOMPARE(m->window().commandPalette().recent(), QStringList());
    for (const char *typed : {"next case", "c-3"}) {
        openPalette();
        m->type(typed);
        QTRY_VERIFY(line(0).contains(QLatin1String(typed), Qt::CaseInsensitive));
        press(Qt::Key_Return);
        QTRY_VERIFY(m->isBare());
        QTRY_VERIFY(m->window().commandPalette().recent().size() > 0);
    }
    QTRY_COMPARE(m->window().commandPalette().recent().size(), 2);
    m->stop();
    m->start();
    openPalette();
    QTRY_VERIFY(line(0).contains(QStringLiteral("c-3")));
    QVERIFY(line(1).startsWith(QStringLiteral("Next case")));
    // Among equals the one that was used is first.
    m->type("case");
    QTRY_VERIFY(line(0).startsWith(QStringLiteral("Next case"))
                || line(0).contains(QStringLiteral("c-3")));
    press(Qt::Key_Escape);
}

void TestPalette::foreignTextStaysPlain()
{
    Proposal evil = proposalOf(90);
    evil.agent = QStringLiteral("<b>evil</b>\u202Elas");
    evil.arguments = Json::object(
        {{QStringLiteral("note"), Json(QStringLiteral("<img src=x>\u202Etnemyap\nApprove, A"))}});
    m->server.ask({evil});
    EndpointService &endpoints = m->app->profile().endpoints();
    const auto taken = endpoints.sync(endpoints.endpoints().first().endpoint.id);
    QTRY_VERIFY(taken.isFinished());
    QTRY_COMPARE(m->app->inbox().rowCount() + m->app->inbox().newCount(), 6);
    openPalette();
    m->type("evil");
    const auto shows = [this](const QString &words) -> bool {
        for (int row = 0; row < lines()->rowCount(); ++row) {
            if (line(row).contains(words)) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(shows(QStringLiteral("<b>evil</b>"))); // cases are read when they are asked for first
    for (int row = 0; row < lines()->rowCount(); ++row) {
        QVERIFY2(!line(row).contains(QChar(0x202E)) && !line(row).contains(u'\n'),
                 qPrintable(line(row)));
    }
    press(Qt::Key_Escape);
}

void TestPalette::theNewestQuestionWins()
{
    QList<QPair<QString, std::shared_ptr<QPromise<QList<PaletteEntry>>>>> asked;
    m->window().commandPalette().addSearch(
        [&asked](const QString &typed, const QStringList &) -> QFuture<QList<PaletteEntry>> {
            auto promise = std::make_shared<QPromise<QList<PaletteEntry>>>();
            promise->start();
            asked.append({typed, promise});
            return promise->future();
        });
    const auto answer = [&asked](qsizetype number, const char *text) -> void {
        PaletteEntry entry;
        entry.id = entry.text = QString::fromLatin1(text);
        asked.at(number).second->addResult(QList{entry});
        asked.at(number).second->finish();
    };
    openPalette();
    m->type("qz");
    QCOMPARE(asked.size(), 3); // nothing, q, qz
    answer(2, "qz new");
    QTRY_VERIFY(lists(QStringLiteral("qz new")));
    answer(1, "qz old");
    answer(0, "qz oldest");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QCoreApplication::processEvents();
    QVERIFY(!lists(QStringLiteral("qz old")));
    m->type("x"); // what was found stays while it fits
    QVERIFY(!lists(QStringLiteral("qz new")));
    press(Qt::Key_Backspace);
    QVERIFY(lists(QStringLiteral("qz new")));
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
}

void TestPalette::openKeys(const char *action)
{
    press(Qt::Key_F1);
    QTRY_VERIFY(m->sheet());
    auto *tree = m->sheet()->findChild<QTreeWidget *>();
    QTRY_VERIFY(tree->hasFocus());
    press(Qt::Key_Home);
    for (int i = 0; i < 200 && tree->currentItem()->text(0) != QLatin1String(action); ++i) {
        press(Qt::Key_Down);
    }
    QCOMPARE(tree->currentItem()->text(0), QLatin1String(action));
}

void TestPalette::changesKeysLive()
{
    auto *button = m->window().findChild<KeyButton *>(QStringLiteral("inbox.reject"));
    QCOMPARE(button->key(), QStringLiteral("R"));
    openKeys("Reject");
    press(Qt::Key_Return);
    QTRY_VERIFY(isSaid(*m->sheet(), QStringLiteral("Press the new keys for “Reject”.")));
    press(Qt::Key_Q);
    QTRY_VERIFY(isSaid(*m->sheet(), QStringLiteral("“Reject” is on Q now.")));
    QCOMPARE(m->sheet()->findChild<QTreeWidget *>()->currentItem()->text(1), QStringLiteral("Q"));
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
    QCOMPARE(button->key(), QStringLiteral("Q"));
    QTRY_VERIFY(m->isBare() && m->list()->hasFocus());
    press(Qt::Key_R);
    QVERIFY(m->list()->hasFocus()); // its old key does nothing
    const auto asks = []() -> bool {
        return qobject_cast<QPlainTextEdit *>(QApplication::focusWidget()) != nullptr;
    };
    QTRY_VERIFY(asks() || (press(Qt::Key_Q), asks())); // once decisions are armed
    press(Qt::Key_Escape);
    m->stop();
    m->start();
    QCOMPARE(keysOf("inbox.reject"), QStringLiteral("Q"));
    QTRY_VERIFY(m->app->detail().current()); // what it can take is known
    openPalette();
    QVERIFY(lists(QStringLiteral("Reject, Inbox, Action, Q")));
    press(Qt::Key_Escape);
    QCOMPARE(m->actions().conflicts(), QStringList());
}

void TestPalette::swapsKeysThatAreTaken()
{
    openKeys("Approve");
    press(Qt::Key_Return);
    press(Qt::Key_R);
    QTRY_VERIFY(isSaid(*m->sheet(), QStringLiteral("R is already used by “Reject”.")));
    QCOMPARE(keysOf("inbox.approve"), QStringLiteral("A")); // not yet
    QCOMPARE(spokenName(QApplication::focusWidget()), QStringLiteral("Swap"));
    press(Qt::Key_Space);
    QTRY_VERIFY(isSaid(*m->sheet(), QStringLiteral("have swapped their keys")));
    QCOMPARE(keysOf("inbox.approve"), QStringLiteral("R"));
    QCOMPARE(keysOf("inbox.reject"), QStringLiteral("A"));
    QCOMPARE(m->actions().conflicts(), QStringList());
    // Two that act at different places may have the same keys.
    openKeys("Verify");
    press(Qt::Key_Return);
    press(Qt::Key_A);
    QTRY_COMPARE(keysOf("trail.verify"), QStringLiteral("A"));
    QCOMPARE(m->actions().conflicts(), QStringList());
    press(Qt::Key_Escape);
}

void TestPalette::refusesKeysThatAreNeeded()
{
    openKeys("Endpoints");
    press(Qt::Key_Return);
    press(Qt::Key_B); // it acts in the whole window
    QTRY_VERIFY(isSaid(*m->sheet(), QStringLiteral("Add Ctrl or Alt.")));
    press(Qt::Key_Return);
    QTRY_VERIFY(isSaid(*m->sheet(), QStringLiteral("it keeps its meaning.")));
    press(Qt::Key_Control); // alone it is nothing
    press(Qt::Key_1, Qt::ControlModifier); // a page's: no more than a key in here
    QTRY_VERIFY(isSaid(*m->sheet(), QStringLiteral("Ctrl+1 is already used by “Inbox”.")));
    QCOMPARE(m->window().currentPage(), QStringLiteral("inbox"));
    QCOMPARE(keysOf("window.endpoints"), QStringLiteral("Ctrl+."));
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
    openKeys("Endpoints");
    press(Qt::Key_Return);
    press(Qt::Key_Escape); // gives up, the sheet stays
    QVERIFY(m->sheet() && m->sheet()->findChild<QTreeWidget *>()->hasFocus());
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
}

void TestPalette::resetsKeys()
{
    for (const auto &[action, key] :
         {std::pair{"Approve", Qt::Key_Y}, std::pair{"Edit", Qt::Key_A}}) {
        openKeys(action);
        press(Qt::Key_Return);
        press(key);
        QTRY_VERIFY(isSaid(*m->sheet(), QStringLiteral("now.")));
        press(Qt::Key_Escape);
        QTRY_VERIFY(m->isBare());
    }
    openKeys("Approve");
    QVERIFY(tabTo(QStringLiteral("Reset")));
    press(Qt::Key_Space); // its own key is Edit's by now
    QTRY_VERIFY(isSaid(*m->sheet(), QStringLiteral("A is already used by “Edit”.")));
    QCOMPARE(keysOf("inbox.approve"), QStringLiteral("Y"));
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
    openKeys("Edit");
    QVERIFY(tabTo(QStringLiteral("Reset")));
    press(Qt::Key_Space);
    QTRY_COMPARE(keysOf("inbox.edit"), QStringLiteral("E"));
    QVERIFY(tabTo(QStringLiteral("Reset all")));
    press(Qt::Key_Space);
    QTRY_COMPARE(keysOf("inbox.approve"), QStringLiteral("A"));
    QVERIFY(!findButton(*m->sheet(), QStringLiteral("Reset all"))->isEnabled());
    press(Qt::Key_Escape);
    m->stop();
    m->start();
    QCOMPARE(keysOf("inbox.approve"), QStringLiteral("A"));
}

void TestPalette::noStallWithManyCases()
{
    // 100,000 rows as a search has them; the store's own speed is measured elsewhere.
    auto index = std::make_shared<CaseIndex>();
    QList<CaseRow> rows;
    for (int i = 0; i < 100'000; ++i) {
        CaseRow row;
        row.id = CaseId(QStringLiteral("c-%1").arg(i + 1000));
        row.headline = QStringLiteral("Refund %1.00 EUR to customer %2").arg(i).arg(i * 7919);
        row.subject = QStringLiteral("A. Pérez · order #%1").arg(i);
        row.agent = QStringLiteral("agent-%1").arg(i % 50);
        row.action = QStringLiteral("issue_refund");
        row.caseType = QStringLiteral("damaged_order");
        rows.append(row);
    }
    index->take(rows);
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    auto newest = std::make_shared<std::atomic<int>>(0);
    m->window().commandPalette().addSearch(
        [&pool, index, newest](const QString &typed, const QStringList &) {
            const int mine = ++*newest;
            auto promise = std::make_shared<QPromise<QList<PaletteEntry>>>();
            promise->start();
            pool.start([=]() -> void {
                QList<PaletteEntry> entries;
                for (const FoundCase &found :
                     index->find(typed, 20, [&]() -> bool { return *newest != mine; }).cases) {
                    entries.append({.id = found.id.toString(),
                                    .text = found.headline,
                                    .detail = found.subject,
                                    .alias = found.folded});
                }
                promise->addResult(entries);
                promise->finish();
            });
            return promise->future();
        });
    openPalette();
    QTRY_VERIFY(lines()->rowCount() > 0);
    StallMeter meter;
    QCoreApplication::processEvents();
    meter.reset();
    for (const char letter : QByteArray("refund 4711 perez")) {
        QTest::keyClick(QApplication::focusWidget(), letter);
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(lines()->rowCount() > 0 && line(0).contains(QStringLiteral("4711")));
    qInfo("longest stall while typing over 100,000 cases: %lld ms", meter.longestMs());
    QVERIFY(meter.longestMs() < 200); // the machine may be busy; alone it is under 16
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
}

int main(int argc, char **argv)
{
    return runOnItsOwnDesktop<TestPalette>(argc, argv);
}

#include "tst_palette.moc"
