// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agents/langgraph/langgraphserver.h"
#include "app/profile/profile.h"
#include "views/actionregistry.h"
#include "views/inbox/inboxpage.h"
#include "views/messagebar.h"
#include "views/style/tokens.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

/// Keys that answer one case, and what its graph must have done when all of its cases are answered.
struct Answer
{
    const char *graph;
    QList<QPair<Qt::Key, const char *>>
        keys; ///< by case of the thread; words where the key asks for some
    const char *effects;
    const char *input = "{}";
};

const QList<Answer> answers{
    {"inbox", {{Qt::Key_A, ""}}, "\"did\":\"refund\""},
    {"inbox", {{Qt::Key_S, "Ask Ann first"}}, "[{\"did\":\"heard\",\"text\":\"Ask Ann first\"}]"},
    {"inbox", {{Qt::Key_I, ""}}, "[{\"did\":\"nothing\"}]"},
    {"snake",
     {{Qt::Key_A, ""}, {Qt::Key_R, "Not yet"}},
     "{\"did\":\"reject\",\"text\":\"Not yet\"}"},
    {"approval", {{Qt::Key_R, "No"}}, "[{\"did\":\"reject\",\"text\":\"No\"}]"},
    {"plain", {{Qt::Key_S, "Hello"}}, "[{\"did\":\"write\",\"args\":\"Hello\"}]"},
    {"fan", {{Qt::Key_A, ""}, {Qt::Key_I, ""}}, "{\"did\":\"nothing\"}"},
    {"nested", {{Qt::Key_A, ""}}, "[{\"did\":\"deep\",\"args\":{\"n\":1},\"edited\":false}]"},
    {"gate", {{Qt::Key_A, ""}}, "[{\"did\":\"prepare\"},{\"did\":\"danger\"}]"},
};

} // namespace

/// The real inbox over a whole profile, answering a real LangGraph server by keys.
class TestWindowLangGraph final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyDialectIsAnsweredByKeys();
    void theMiddlewareActsOnAnEditedAmount();
    void noThreadIsLeftInError() { QCOMPARE(m_server.inStatus(text("error")), QStringList()); }
    void cleanupTestCase();

private:
    template <class T> T wait(const QFuture<Result<T>> &future)
    {
        if (!QTest::qWaitFor([&future]() -> bool { return future.isFinished(); }, 30'000)) {
            qFatal("an answer is missing");
        }
        const Result<T> result = future.result();
        if (!result) {
            qFatal("%s", qPrintable(result.error().text));
        }
        return *result;
    }
    /// The cases of a thread that wait, by part.
    QList<Case> casesOf(const QString &thread)
    {
        const auto all
            = wait(m_profile->store().read<QList<Case>>([](Reader &reader) -> Result<QList<Case>> {
                  return reader.cases({.states = {CaseState::Waiting}});
              }));
        QList<Case> found;
        for (const Case &c : all) {
            if (c.proposal.source.lane == thread) {
                found.append(c);
            }
        }
        return found;
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    void openCase(const CaseId &id)
    {
        m_page->showCase(id);
        m_page->findChild<QAbstractItemView *>(text("cases"))->setFocus();
        QTRY_VERIFY(m_detail->current() && m_detail->current()->id == id && !m_detail->isReading());
        // The keys are armed half a second after the case came.
        QElapsedTimer since;
        since.start();
        QTRY_VERIFY(since.elapsed() > style::armMs + 50);
    }
    void answer(const CaseId &id, Qt::Key key, const char *words)
    {
        openCase(id);
        press(key);
        if (*words != '\0') {
            QTest::keyClicks(QApplication::focusWidget(), text(words));
            press(Qt::Key_Return, Qt::ControlModifier);
        }
        QTRY_VERIFY2(stateOf(id) != CaseState::Waiting, words);
    }
    CaseState stateOf(const CaseId &id)
    {
        const auto found = wait(m_profile->store().read<std::optional<Case>>(
            [id](Reader &reader) -> Result<std::optional<Case>> { return reader.caseById(id); }));
        return found->state;
    }

    LangGraphServer m_server;
    QTemporaryDir m_folder;
    std::unique_ptr<Profile> m_profile;
    std::unique_ptr<QSettings> m_state;
    ActionRegistry m_actions;
    MessageBar m_messages;
    std::unique_ptr<InboxModel> m_inbox;
    std::unique_ptr<CaseModel> m_detail;
    std::unique_ptr<PaceModel> m_pace;
    std::unique_ptr<PeopleModel> m_people;
    std::unique_ptr<TimelineModel> m_timeline;
    std::unique_ptr<BatchModel> m_batch;
    std::unique_ptr<InboxPage> m_page;
};

void TestWindowLangGraph::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_folder.filePath(text("state")).toUtf8());
    auto opened = Profile::open({.directory = m_folder.filePath(text("profile"))}, &protocolFor);
    QVERIFY(opened);
    m_profile = std::move(*opened);
    const Person person = wait(m_profile->self());
    Endpoint endpoint;
    endpoint.kind = text("langgraph");
    endpoint.name = text("claims");
    endpoint.url = m_server.url();
    endpoint.extraction.insert(text("risk"), {.pointer = {}, .constant = Json(text("low"))});
    wait(m_profile->endpoints().add(endpoint, {}, person.id));
    m_profile->start();
    m_state = std::make_unique<QSettings>(m_folder.filePath(text("ui.ini")), QSettings::IniFormat);
    m_inbox = std::make_unique<InboxModel>(m_profile->store(), m_profile->clock());
    m_detail = std::make_unique<CaseModel>(m_profile->store());
    m_pace = std::make_unique<PaceModel>(m_profile->store(), m_profile->clock());
    m_people = std::make_unique<PeopleModel>(m_profile->store());
    m_timeline = std::make_unique<TimelineModel>(m_profile->store());
    m_batch = std::make_unique<BatchModel>(m_profile->store(), m_profile->batches().rule());
    m_page = std::make_unique<InboxPage>(InboxContext{
        *m_inbox, *m_detail, *m_batch, m_profile->decisions(), m_profile->batches(),
        m_profile->cases(), m_profile->reviews(), *m_pace, *m_people, *m_timeline,
        m_profile->endpoints(), m_actions, m_messages, m_profile->clock(), person.id, *m_state});
    m_inbox->load();
    m_page->resize(1208, 760);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestWindowLangGraph::everyDialectIsAnsweredByKeys()
{
    QStringList threads;
    for (const Answer &answered : answers) {
        threads.append(m_server.ask(text(answered.graph), answered.input));
    }
    for (qsizetype i = 0; i < answers.size(); ++i) {
        const Answer &answered = answers.at(i);
        QTRY_COMPARE_WITH_TIMEOUT(casesOf(threads.at(i)).size(), answered.keys.size(), 10'000);
        const QList<Case> cases = casesOf(threads.at(i));
        for (qsizetype part = 0; part < cases.size(); ++part) {
            const auto &[key, words] = answered.keys.at(part);
            answer(cases.at(part).id, key, words);
        }
    }
    for (qsizetype i = 0; i < answers.size(); ++i) {
        QTRY_VERIFY2_WITH_TIMEOUT(m_server.effects(threads.at(i)).contains(answers.at(i).effects),
                                  qPrintable(text(answers.at(i).graph) + text(": ")
                                             + QString::fromUtf8(m_server.effects(threads.at(i)))),
                                  40'000);
    }
}

void TestWindowLangGraph::theMiddlewareActsOnAnEditedAmount()
{
    const QString thread = m_server.ask(text("hitl"),
                                        "{\"messages\":[{\"role\":\"user\",\"content\":\"[{"
                                        "\\\"name\\\":\\\"refund\\\",\\\"args\\\":"
                                        "{\\\"order\\\":\\\"A1\\\",\\\"amount\\\":120}}]\"}]}");
    QTRY_COMPARE_WITH_TIMEOUT(casesOf(thread).size(), 1, 10'000);
    const Case asked = casesOf(thread).first();
    openCase(asked.id);
    press(Qt::Key_E);
    const auto onAmount = [](const QWidget *widget) -> bool {
        return widget->isVisible() && widget->accessibleName().contains(text("amount"));
    };
    const auto isShown = [&]() -> bool {
        const auto fields = m_page->findChildren<QLineEdit *>();
        return std::any_of(fields.begin(), fields.end(), onAmount);
    };
    QTRY_VERIFY(isShown());
    for (int round = 0; round < 60 && !onAmount(QApplication::focusWidget()); ++round) {
        press(Qt::Key_Tab);
    }
    QVERIFY(onAmount(QApplication::focusWidget()));
    press(Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), text("100.5"));
    press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(
        toJson(m_server.thread(thread)[u"values"])
            .contains("refunded {\\\"order\\\":\\\"A1\\\",\\\"amount\\\":100.5}"),
        40'000);
}

void TestWindowLangGraph::cleanupTestCase()
{
    m_page.reset();
    m_batch.reset();
    m_pace.reset();
    m_detail.reset();
    m_inbox.reset();
    m_profile->stop();
    m_profile.reset();
}

QTEST_MAIN(TestWindowLangGraph)
#include "tst_windowlanggraph.moc"
