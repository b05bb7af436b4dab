// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/keys.h"
#include "items/trailmodel.h"
#include "services/servicesfixture.h"
#include "store/attacker.h"
#include "views/actionregistry.h"
#include "views/prompt.h"
#include "views/style/theme.h"
#include "views/trail/trailpage.h"
#include "views/trail/verificationstrip.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace countersign;

namespace {

constexpr qint64 day = 24 * 3'600'000LL;

/// Answers for the person with a file in a folder.
class FixedPrompt final : public Prompt
{
public:
    void saveFile(QWidget *, const QString &, const QString &suggested, const QString &,
                  std::function<void(const QString &)> then) override
    {
        then(folder.filePath(suggested));
    }
    void openFiles(QWidget *, const QString &, const QString &,
                   std::function<void(const QStringList &)> then) override
    {
        then(files);
    }
    [[nodiscard]] QList<QByteArray> lines(const char *name) const
    {
        QFile file(folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::ReadOnly)) {
            return {};
        }
        QList<QByteArray> lines = file.readAll().split('\n');
        lines.removeLast(); // each ends with one
        return lines;
    }

    QTemporaryDir folder;
    QStringList files;
};

Proposal proposalOf(const char *question, const char *agent, const char *action)
{
    Proposal made = ServicesFixture::proposal(question);
    made.source.lane = made.source.question;
    made.agent = QString::fromUtf8(agent);
    made.action = QString::fromUtf8(action);
    return made;
}

} // namespace

/// The real page over a real profile and its services, by keys alone.
class TestTrailPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void filters_data();
    void filters();
    void filtersByTime();
    void clearsEveryFilter();
    void pagesByKey();
    void newsWaitsUntilItIsWanted();
    void showsTheExactRecord();
    void tellsTheStoryOfACase();
    void verifiesInWords();
    void aTamperedTrailStaysRed();
    void exportsWhatTheFiltersFind();
    void keepsFiltersOverARestart();
    void hostileNamesStayPlain();

private:
    void makePage();
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    /// Chooses an entry of a filter box by keys.
    void choose(const char *box, const char *entry);
    void toTable();
    [[nodiscard]] bool says(const QString &words) const { return isSaid(*m_page, words); }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return m_model->index(row, column).data().toString();
    }
    [[nodiscard]] QColor edgeOfTheStrip() const
    {
        return m_page->findChild<VerificationStrip *>()->grab().toImage().pixelColor(1, 8);
    }
    [[nodiscard]] const TrailFilter &filter() const { return m_model->filter(); }
    [[nodiscard]] bool settled() const { return !m_model->isBusy() && m_model->rowCount() > 0; }

    std::unique_ptr<ServicesFixture> m;
    FixedPrompt m_prompt;
    std::unique_ptr<ActionRegistry> m_actions;
    std::unique_ptr<TrailModel> m_model;
    std::unique_ptr<TrailPage> m_page;
    QTableView *m_table = nullptr;
};

void TestTrailPage::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<ServicesFixture>();
    m->open();
    m->connectEndpoint();
    (void)m->take({proposalOf("q-1", "claims", "refund"), proposalOf("q-2", "shop", "exchange"),
                   proposalOf("q-3", "=1+1", "refund")});
    m->base.clock.advance(day);
    QVERIFY(m->approve());
    DecisionRequest no = m->request("c-2", DecisionKind::Reject);
    no.message = QStringLiteral("Not this one");
    QVERIFY(m->decide(no));
    makePage();
}

void TestTrailPage::makePage()
{
    m_page.reset();
    m_actions = std::make_unique<ActionRegistry>();
    m_model = std::make_unique<TrailModel>(*m->base.store);
    auto *tester = new QAbstractItemModelTester(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_model.get());
    tester->setUseFetchMore(false);
    m_page = std::make_unique<TrailPage>(*m_model, *m->trail, *m_actions, m_prompt, m->base.clock);
    m_table = m_page->findChild<QTableView *>();
    m_page->resize(1208, 760);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->setFocus();
    QTRY_VERIFY(settled());
    // What there is to choose from has come.
    QTRY_VERIFY(m_page->findChildren<QComboBox *>().at(1)->count() > 3);
}

void TestTrailPage::cleanup()
{
    m_page.reset();
    m_model.reset();
    m->close();
    m.reset();
}

void TestTrailPage::choose(const char *box, const char *entry)
{
    QVERIFY(tabTo(QLatin1String(box)));
    auto *choice = qobject_cast<QComboBox *>(QApplication::focusWidget());
    QVERIFY(choice);
    press(Qt::Key_Home);
    while (bare(choice->currentText()) != QString::fromUtf8(entry)) {
        const int before = choice->currentIndex();
        press(Qt::Key_Down);
        QVERIFY2(choice->currentIndex() != before, entry);
    }
    QTRY_VERIFY(!m_model->isBusy());
}

void TestTrailPage::toTable()
{
    QVERIFY(tabTo(QStringLiteral("Events")));
}

void TestTrailPage::filters_data()
{
    QTest::addColumn<QByteArray>("box");
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("expected"); // in every row of that column
    QTest::addColumn<int>("rows");
    QTest::newRow("kind") << QByteArray("Kind of event") << QByteArray("Reject")
                          << int(TrailModel::CaseColumn) << QStringLiteral("c-2") << 1;
    QTest::newRow("group") << QByteArray("Kind of event")
                           << QByteArray("Decisions and their delivery")
                           << int(TrailModel::WhoColumn) << QStringLiteral("Ana Pérez") << 2;
    QTest::newRow("actor") << QByteArray("Who") << QByteArray("claims")
                           << int(TrailModel::WhoColumn) << QStringLiteral("claims") << 3;
    QTest::newRow("agent") << QByteArray("Agent") << QByteArray("shop")
                           << int(TrailModel::AgentColumn) << QStringLiteral("shop") << 3;
    QTest::newRow("action") << QByteArray("Action") << QByteArray("exchange")
                            << int(TrailModel::CaseColumn) << QStringLiteral("c-2") << 3;
}

void TestTrailPage::filters()
{
    QFETCH(QByteArray, box);
    QFETCH(QByteArray, entry);
    QFETCH(int, column);
    QFETCH(QString, expected);
    QFETCH(int, rows);
    const int before = m_model->rowCount();
    choose(box.constData(), entry.constData());
    QTRY_COMPARE(m_model->rowCount(), rows);
    QVERIFY(rows < before);
    for (int row = 0; row < rows; ++row) {
        QCOMPARE(cell(row, column), expected);
    }
    QVERIFY(says(rows == 1 ? QStringLiteral("1 event matches")
                           : QStringLiteral("%1 events match").arg(rows)));
}

void TestTrailPage::filtersByTime()
{
    const int whole = m_model->rowCount();
    choose("Time", "Today");
    QTRY_VERIFY(m_model->rowCount() < whole && settled());
    for (int row = 0; row < m_model->rowCount(); ++row) {
        QVERIFY(cell(row, TrailModel::TimeColumn).startsWith(QStringLiteral("2026-11-19")));
    }
    choose("Time", "Last 7 days");
    QTRY_COMPARE(m_model->rowCount(), whole);
    choose("Time", "Between…");
    const auto moments = m_page->findChildren<QDateTimeEdit *>();
    QVERIFY(moments.at(0)->isVisible() && moments.at(1)->isVisible());
    QTRY_VERIFY(m_model->rowCount() > 0);
    QVERIFY(tabTo(QStringLiteral("Until")));
    const int all = m_model->rowCount();
    for (int i = 0; i < 3; ++i) { // from the year to the day
        press(Qt::Key_Home);
    }
    moments.at(1)->setCurrentSection(QDateTimeEdit::DaySection);
    press(Qt::Key_Down); // until this midnight: without today's decisions
    QTRY_VERIFY(m_model->rowCount() < all && !m_model->isBusy());
    for (int row = 0; row < m_model->rowCount(); ++row) {
        QVERIFY(cell(row, TrailModel::TimeColumn) < QStringLiteral("2026-11-19"));
    }
}

void TestTrailPage::clearsEveryFilter()
{
    const int all = m_model->rowCount();
    auto *clear = findButton(*m_page, QStringLiteral("Clear filters"));
    QVERIFY(clear && !clear->isEnabled());
    choose("Time", "Today");
    choose("Who", "Ana Pérez");
    choose("Agent", "claims");
    choose("Action", "refund");
    choose("Kind of event", "Approve");
    QTRY_COMPARE(m_model->rowCount(), 1);
    toTable();
    press(Qt::Key_Slash);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("c-9"));
    press(Qt::Key_Return);
    QTRY_VERIFY(!m_model->isBusy() && m_model->rowCount() == 0);
    QVERIFY(says(QStringLiteral("No event matches these filters.")));
    QVERIFY(says(QStringLiteral("Choose an event to see it in full.")));
    QVERIFY(tabTo(clear->text()));
    press(Qt::Key_Space);
    QTRY_COMPARE(m_model->rowCount(), all);
    QCOMPARE(filter(), TrailFilter{});
    QVERIFY(!clear->isEnabled());
}

void TestTrailPage::pagesByKey()
{
    QList<Proposal> many;
    for (int i = 0; i < 450; ++i) {
        many.append(proposalOf(qPrintable(QStringLiteral("m-%1").arg(i)), "batch", "refund"));
    }
    (void)m->take(many, false);
    QTRY_VERIFY(m_model->unseen() >= 450);
    press(Qt::Key_F5);
    QTRY_COMPARE(m_model->rowCount(), 200);
    QVERIFY(says(QStringLiteral("The newest 200; more come as you scroll")));
    QVERIFY(m_table->hasFocus());
    while (!m_model->isComplete()) {
        const int before = m_model->rowCount();
        press(Qt::Key_End, Qt::ControlModifier);
        QTRY_VERIFY(m_model->rowCount() > before || m_model->isComplete());
    }
    QCOMPARE(qint64(m_model->rowCount()), m_model->total());
    press(Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(m_table->currentIndex().row(), m_model->rowCount() - 1);
    QTRY_VERIFY(says(QStringLiteral("Event 0 ")));
    for (int row = 0; row < m_model->rowCount(); ++row) {
        QCOMPARE(m_model->index(row, 0).data(TrailModel::SeqRole).toLongLong(),
                 m_model->total() - 1 - row);
    }
}

void TestTrailPage::newsWaitsUntilItIsWanted()
{
    press(Qt::Key_Down);
    const QString here = cell(m_table->currentIndex().row(), TrailModel::NumberColumn);
    const int rows = m_model->rowCount();
    (void)m->take({proposalOf("q-9", "claims", "refund")}, false);
    QTRY_VERIFY(findButton(*m_page, QStringLiteral("Show 1 new")));
    QCOMPARE(m_model->rowCount(), rows);
    QCOMPARE(cell(m_table->currentIndex().row(), TrailModel::NumberColumn), here);
    press(Qt::Key_F5);
    QTRY_COMPARE(m_model->rowCount(), rows + 1);
    QVERIFY(!findButton(*m_page, QStringLiteral("Show 1 new")));
}

void TestTrailPage::showsTheExactRecord()
{
    const QList<EventRecord> trail = m->base.trail();
    const EventRecord &last = trail.last();
    QTRY_VERIFY(says(QStringLiteral("Event %1 ").arg(last.seq)));
    const auto code = [this](const char *name) -> QString {
        for (const auto *block : m_page->findChildren<QPlainTextEdit *>()) {
            if (block->isVisible() && block->accessibleName() == QLatin1String(name)) {
                return block->toPlainText();
            }
        }
        return {};
    };
    QCOMPARE(parseJson(code("Exact record").toUtf8()).value(), parseJson(last.envelope).value());
    QVERIFY(code("Payload").contains(QStringLiteral("Not this one")));
    QVERIFY(code("Proof").contains(QString::fromLatin1(leafHash(last.envelope).toHex())));
    QVERIFY(code("Proof").contains(last.signatureKey));
    QSignalSpy done(m_page.get(), &TrailPage::done);
    QVERIFY(tabTo(QStringLiteral("Copy exact record")));
    press(Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), last.envelope);
    QVERIFY(tabTo(QStringLiteral("Copy payload")));
    press(Qt::Key_Space);
    QVERIFY(parseJson(QGuiApplication::clipboard()->text().toUtf8()));
    QCOMPARE(done.count(), 2);
    toTable();
    press(Qt::Key_Down);
    QTRY_VERIFY(says(QStringLiteral("Event %1 ").arg(last.seq - 1)));
    QCOMPARE(parseJson(code("Exact record").toUtf8()).value(),
             parseJson(trail.at(trail.size() - 2).envelope).value());
}

void TestTrailPage::tellsTheStoryOfACase()
{
    const CaseId asked(cell(0, TrailModel::CaseColumn));
    int events = 0;
    for (const EventRecord &event : m->base.trail()) {
        events += event.caseId == asked ? 1 : 0;
    }
    QVERIFY(events >= 2);
    press(Qt::Key_W);
    QTRY_COMPARE(filter().caseId, asked);
    QTRY_COMPARE(m_model->rowCount(), events);
    for (int row = 0; row < events; ++row) {
        QCOMPARE(cell(row, TrailModel::CaseColumn), asked.toString());
    }
    QVERIFY(m_table->hasFocus());
    QVERIFY(tabTo(QStringLiteral("Clear filters")));
    press(Qt::Key_Space);
    QTRY_VERIFY(m_model->rowCount() > events && !m_model->isBusy());
    toTable();
    press(Qt::Key_End, Qt::ControlModifier); // the profile's first event is no case's
    QTRY_VERIFY(says(QStringLiteral("Event 0 ")));
    QVERIFY(!m_actions->action(QStringLiteral("trail.story"))->isEnabled());
    press(Qt::Key_Home, Qt::ControlModifier);
    const QString story = QStringLiteral("Whole story of case %1").arg(asked.toString());
    QTRY_VERIFY(findButton(*m_page, story));
    QVERIFY(tabTo(story));
    press(Qt::Key_Space);
    QTRY_COMPARE(m_model->rowCount(), events);
}

void TestTrailPage::verifiesInWords()
{
    QVERIFY(says(QStringLiteral("Not verified since the window was opened.")));
    press(Qt::Key_V);
    QTRY_VERIFY(says(QStringLiteral("Verified just now.")));
    QCOMPARE(edgeOfTheStrip(), style::color(style::Role::Caution, style::Scheme::Light));
    const QByteArray note = finished(m->trail->checkpoint()).value();
    QFile kept(m_prompt.folder.filePath(QStringLiteral("kept.note")));
    QVERIFY(kept.open(QIODevice::WriteOnly) && kept.write(note) == note.size());
    kept.close();
    m_prompt.files = {kept.fileName()};
    press(Qt::Key_V, Qt::ShiftModifier);
    QTRY_COMPARE(edgeOfTheStrip(), style::color(style::Role::Accept, style::Scheme::Light));
    m_prompt.files = {m_prompt.folder.filePath(QStringLiteral("missing.note"))};
    QSignalSpy failed(m_page.get(), &TrailPage::failed);
    press(Qt::Key_V, Qt::ShiftModifier);
    QCOMPARE(failed.count(), 1);
    QVERIFY(failed.first().first().value<Error>().text.contains(QStringLiteral("missing.note")));
}

void TestTrailPage::aTamperedTrailStaysRed()
{
    const QColor red = style::color(style::Role::Reject, style::Scheme::Light);
    press(Qt::Key_V);
    QTRY_VERIFY(says(QStringLiteral("Verified just now.")));
    QVERIFY(edgeOfTheStrip() != red);
    qint64 bad = -1;
    for (const EventRecord &event : m->base.trail()) {
        bad = event.kind == QLatin1String(event::decisionApprove) ? event.seq : bad;
    }
    {
        Attacker attacker(m->base.path());
        QVERIFY(attacker.edit(bad, "decision.approve", "decision.approvE"));
    }
    press(Qt::Key_V);
    QTRY_COMPARE(edgeOfTheStrip(), red);
    QVERIFY(says(QString::number(bad))); // the words say which
    m->base.clock.advance(5 * 60'000);
    (void)m->take({proposalOf("q-9", "claims", "refund")}, false);
    QTRY_VERIFY(m_model->unseen() > 0);
    press(Qt::Key_F5);
    QTRY_VERIFY(settled() && m_model->unseen() == 0);
    choose("Agent", "shop");
    QCOMPARE(edgeOfTheStrip(), red);
    QVERIFY(says(QStringLiteral("Verified 5 min ago.")));
    {
        Attacker repentant(m->base.path());
        QVERIFY(repentant.edit(bad, "decision.approvE", "decision.approve"));
    }
    QCOMPARE(edgeOfTheStrip(), red);
    toTable();
    press(Qt::Key_V);
    QTRY_COMPARE(edgeOfTheStrip(), style::color(style::Role::Caution, style::Scheme::Light));
}

void TestTrailPage::exportsWhatTheFiltersFind()
{
    choose("Action", "refund");
    QTRY_VERIFY(settled());
    const int rows = m_model->rowCount();
    QVERIFY(rows >= 3); // two proposals, a decision
    toTable();
    QSignalSpy done(m_page.get(), &TrailPage::done);
    press(Qt::Key_E);
    QTRY_COMPARE(done.count(), 1);
    QVERIFY(done.first().first().toString().contains(QStringLiteral("trail.csv")));
    const QList<QByteArray> csv = m_prompt.lines("trail.csv");
    QCOMPARE(csv.size(), 1 + rows);
    QVERIFY(csv.join('\n').contains("'=1+1")); // a formula is text
    QVERIFY(!csv.join('\n').contains(",=1+1") && !csv.join('\n').contains(",\"=1+1"));
    QVERIFY(!csv.join('\n').contains("exchange"));
    press(Qt::Key_E, Qt::ShiftModifier);
    QTRY_COMPARE(done.count(), 2);
    const QList<QByteArray> json = m_prompt.lines("trail.jsonl");
    QCOMPARE(json.size(), rows);
    const QList<EventRecord> trail = m->base.trail();
    for (int row = 0; row < rows; ++row) {
        const qint64 seq = m_model->index(row, 0).data(TrailModel::SeqRole).toLongLong();
        QVERIFY(parseJson(json.at(row)));
        // The exact record is in there, byte for byte.
        const QByteArray quoted = toJson(Json(QString::fromUtf8(trail.at(seq).envelope)));
        QVERIFY2(json.at(row).contains(trail.at(seq).envelope) || json.at(row).contains(quoted),
                 json.at(row).constData());
    }
}

void TestTrailPage::keepsFiltersOverARestart()
{
    QSettings settings(m_prompt.folder.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
    choose("Time", "Today");
    choose("Who", "Ana Pérez");
    choose("Kind of event", "Approve");
    QTRY_COMPARE(m_model->rowCount(), 1);
    const TrailFilter before = filter();
    m_page->save(settings);
    makePage();
    QCOMPARE(filter(), TrailFilter{});
    m_page->restore(settings);
    QTRY_COMPARE(filter(), before);
    QTRY_COMPARE(m_model->rowCount(), 1);
    const auto *who = m_page->findChildren<QComboBox *>().at(2);
    QCOMPARE(who->currentText(), QStringLiteral("Ana Pérez"));
}

void TestTrailPage::hostileNamesStayPlain()
{
    (void)m->take({proposalOf("q-e", "evil\u202Eelas\nApproved", "<b>pay</b>")}, false);
    QTRY_VERIFY(m_model->unseen() > 0);
    press(Qt::Key_F5);
    QTRY_VERIFY(settled() && m_model->unseen() == 0);
    const auto boxes = m_page->findChildren<QComboBox *>();
    QTRY_VERIFY(boxes.at(4)->findData(QStringLiteral("<b>pay</b>")) > 0);
    for (const QComboBox *box : boxes) {
        for (int i = 0; i < box->count(); ++i) {
            QVERIFY(!box->itemText(i).contains(QChar(0x202E)) && !box->itemText(i).contains(u'\n'));
        }
    }
    for (const QLabel *label : m_page->findChildren<QLabel *>()) {
        QCOMPARE(label->textFormat() == Qt::PlainText || label->text().isEmpty(), true);
    }
}

QTEST_MAIN(TestTrailPage)
#include "tst_trailpage.moc"
