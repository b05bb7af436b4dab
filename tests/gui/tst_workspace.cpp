// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "testing/worked.h"
#include "views/inbox/workspace/revisiondiff.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QTcpServer>
#include <QTest>
#include <QTextBlock>
#include <QThreadPool>


using namespace countersign;

namespace {

Artifact letter(const QString &content, int revision = 1)
{
    return {.type = Artifact::Type::Text,
            .title = QStringLiteral("Reply to Ana"),
            .content = Json(content),
            .revision = revision};
}

Proposal withArtifact(const Artifact &artifact, const char *question = "q-1")
{
    Proposal made = ServicesFixture::proposal(question);
    made.allowed |= DecisionKind::Respond;
    made.artifact = artifact;
    return made;
}

} // namespace

/// The workspace of the real inbox page, by keys alone: change, comment, send back, decide.
class TestWorkspace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { m.reset(); }

    void approvingSendsWhatIsOnTheScreen()
    {
        open(letter(QStringLiteral("Dear Ana, no.")));
        auto *text = enter<QPlainTextEdit>();
        QTest::keyClick(text, Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(text, QStringLiteral(" Sorry."));
        QTRY_VERIFY(m->says(QStringLiteral("changed by you")));
        backToList();
        m->press(Qt::Key_A);
        const Decision decision = decided();
        QCOMPARE(decision.kind, DecisionKind::Edit);
        QCOMPARE(decision.work.content->toString(), QStringLiteral("Dear Ana, no. Sorry."));
        QCOMPARE(*decision.arguments, ServicesFixture::proposal("q-1").arguments);
        QVERIFY(m->services.isSound());
    }

    void anUntouchedDraftIsApprovedAsItIs()
    {
        open(letter(QStringLiteral("Dear Ana, no.")));
        m->press(Qt::Key_A);
        const Decision decision = decided();
        QCOMPARE(decision.kind, DecisionKind::Approve);
        QVERIFY(decision.work.isEmpty());
    }

    void commentsGoBackWithThePassage()
    {
        open(letter(QString::fromUtf8("\xf0\x9f\x98\x80 Dear Ana, no.")));
        auto *text = enter<QPlainTextEdit>();
        QTest::keyClick(text, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(text, Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(text, Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(text, Qt::Key_M, Qt::ControlModifier);
        QTRY_VERIFY(QApplication::focusWidget() != text);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Friendlier."));
        m->press(Qt::Key_Return);
        QTRY_COMPARE(QApplication::focusWidget(), text);

        backToList();
        m->press(Qt::Key_A); // would leave the comment behind
        QTRY_VERIFY(m->says(QStringLiteral("Your comments go along only")));
        QCOMPARE(m->stateOf(m->shown()), CaseState::Waiting);

        (void)enter<QPlainTextEdit>();
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier); // send back
        QTRY_VERIFY(QApplication::focusWidget() != text);
        m->press(Qt::Key_X);
        m->press(Qt::Key_Backspace); // no words needed beside the comment
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        const Decision decision = decided();
        QCOMPARE(decision.kind, DecisionKind::Respond);
        QCOMPARE(
            decision.work.comments,
            QList<PassageComment>({{QStringLiteral("Dear "), 2, QStringLiteral("Friendlier.")}}));
        QVERIFY(!decision.work.content);
    }

    /// It looks like what it means, and stays what it is: nothing loads, leads away or is hidden.
    void markdownStaysTheTextThatItIs()
    {
        QTcpServer trap;
        QVERIFY(trap.listen(QHostAddress::LocalHost));
        const QString bait = QStringLiteral("http://127.0.0.1:%1/x.png").arg(trap.serverPort());
        const QString written
            = QStringLiteral("# Dear Ana\n\n**No**, see ![p](%1) [Approve](%1)\n"
                             "<img src=\"%1\"> <b>bold</b>\n```\n# code\n```\nend")
                  .arg(bait);
        open({.type = Artifact::Type::Markdown,
              .title = QStringLiteral("Reply"),
              .content = Json(written)});
        auto *text = enter<QPlainTextEdit>();
        QCoreApplication::processEvents(); // painted
        QCOMPARE(text->toPlainText(), written);
        const auto formats = [text](int line) -> QList<QTextLayout::FormatRange> {
            return text->document()->findBlockByNumber(line).layout()->formats();
        };
        QCOMPARE(formats(0).size(), 2); // "#" and the heading
        QVERIFY(formats(0).last().format.font().pointSizeF() > text->font().pointSizeF());
        QCOMPARE(formats(2).size(), 3); // "**", "No", "**"; the image and the link are text
        QVERIFY(formats(3).isEmpty());
        QCOMPARE(formats(5).size(), 1); // code, not a heading
        QTest::keyClick(text, Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(text, QStringLiteral("!"));
        QTRY_VERIFY(m->says(QStringLiteral("changed by you")));
        backToList();
        m->press(Qt::Key_A);
        QCOMPARE(decided().work.content->toString(), written + u'!');
        QVERIFY(!trap.hasPendingConnections());
    }

    void aMegabyteIsShownByItsBeginning_data()
    {
        QTest::addColumn<QString>("content"); // as long as drafts may be
        QTest::newRow("one line") << QString(1'000'000, u'W');
        QTest::newRow("lines") << QStringLiteral("word and word\n").repeated(65'000);
        QTest::newRow("breaks") << QString(500'000, u'\n');
    }
    void aMegabyteIsShownByItsBeginning()
    {
        QFETCH(QString, content);
        open(letter(content));
        auto *text = enter<QPlainTextEdit>();
        QVERIFY(text->isReadOnly());
        QVERIFY(text->toPlainText().size() < 20'000);
        QTRY_VERIFY(m->says(QStringLiteral("too long to be changed here")));
        QTest::keyClicks(text, QStringLiteral("x"));
        backToList();
        m->press(Qt::Key_A);
        const Decision decision = decided();
        QCOMPARE(decision.kind, DecisionKind::Approve); // all of it
        QVERIFY(decision.work.isEmpty());
    }

    void brokenJsonGoesNowhere()
    {
        open({.type = Artifact::Type::Json,
              .title = QStringLiteral("Limits"),
              .content = *parseJson("{\"budget\":1200.00}")});
        auto *text = enter<QPlainTextEdit>();
        QTest::keyClick(text, Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(text, QStringLiteral("}"));
        backToList();
        m->press(Qt::Key_A);
        QCoreApplication::processEvents();
        QCOMPARE(m->stateOf(m->shown()), CaseState::Waiting);
        (void)enter<QPlainTextEdit>();
        QTest::keyClick(text, Qt::Key_End, Qt::ControlModifier);
        QTest::keyClick(text, Qt::Key_Backspace);
        backToList();
        m->press(Qt::Key_A);
        const Decision decision = decided();
        QCOMPARE(decision.kind, DecisionKind::Approve); // as it was
        QVERIFY(decision.work.isEmpty());
    }

    void aCellStaysOfItsKind()
    {
        open({.type = Artifact::Type::Table,
              .title = QStringLiteral("Scores"),
              .content
              = *parseJson("{\"columns\":[\"Who\",\"Bonus\"],\"rows\":[[\"42\",450.00]]}")});
        auto *table = enter<QTableWidget>();
        for (const auto &[column, typed] : {std::pair{0, "43"}, {1, "0.00"}}) {
            table->setCurrentCell(0, column);
            QTest::keyClick(table, Qt::Key_F2);
            QTest::keyClicks(QApplication::focusWidget(), QString::fromLatin1(typed));
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
            QTRY_COMPARE(QApplication::focusWidget(), table);
        }
        backToList();
        m->press(Qt::Key_A);
        QCOMPARE(toJson(*decided().work.content),
                 QByteArray("{\"columns\":[\"Who\",\"Bonus\"],\"rows\":[[\"43\",0.00]]}"));
    }

    void revisionsStandAgainstEachOther()
    {
        open(letter(QStringLiteral("Dear Ana, no.")));
        auto *text = enter<QPlainTextEdit>();
        QTest::keyClick(text, Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(text, QStringLiteral(" Sorry."));
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(QApplication::focusWidget() != text);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("friendlier"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        (void)decided();

        Artifact next = letter(QStringLiteral("Hello Ana, no. Sorry."), 2);
        next.note = QStringLiteral("Made it friendlier in 1 place.");
        Proposal again = withArtifact(next, "q-2");
        again.source.ids.set(QStringLiteral("follows"), Json(QStringLiteral("q-1")));
        (void)m->services.take({again}, false);
        QTRY_VERIFY(m->model->newCount() > 0);
        m->list()->setFocus();
        m->press(Qt::Key_N);
        m->press(Qt::Key_J);
        QTRY_VERIFY(m->detail->current()
                    && m->detail->current()->proposal.source.question == QLatin1String("q-2"));
        const auto &revisions = m->detail->revisions();
        QTRY_COMPARE(revisions.size(), 3);
        QVERIFY(revisions.at(0).byAgent && !revisions.at(1).byAgent && revisions.at(2).byAgent);
        QCOMPARE(revisions.at(1).artifact.content.toString(),
                 QStringLiteral("Dear Ana, no. Sorry."));
        QCOMPARE(revisions.at(1).message, QStringLiteral("friendlier"));
        auto *diff = m->page->findChild<QPlainTextEdit *>(QStringLiteral("workspace.diff"));
        QTRY_VERIFY(diff != nullptr && diff->isVisible());
        QTRY_COMPARE(diff->toPlainText(), QStringLiteral("DearHello Ana, no. Sorry."));
        auto *from = m->page->findChild<QComboBox *>(QStringLiteral("workspace.from"));
        from->setFocus();
        QTest::keyClick(from, Qt::Key_Home); // the agent's first
        QTRY_COMPARE(diff->toPlainText(), QStringLiteral("DearHello Ana, no. Sorry."));
        QVERIFY(diff->accessibleDescription().contains(QLatin1String("2 added")));
        QVERIFY(m->services.isSound());
    }

    void megabytesAreComparedElsewhere_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::newRow("one line") << QString(1'000'000, u'W') << QString(1'000'000, u'V');
        QString lines;
        QString changed;
        for (int i = 0; i < 40'000; ++i) {
            lines += QStringLiteral("%1: a word and a word\n").arg(i);
            changed += QStringLiteral("%1: a word and %2\n").arg(i).arg(QLatin1String(i % 100 > 0 ? "a word" : "no"));
        }
        QTest::newRow("lines") << lines << changed;
    }
    void megabytesAreComparedElsewhere()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        const Artifact before = letter(first);
        const Artifact after = letter(second, 2);
        open(before);
        for (const char *question : {"q-2", "q-3"}) {
            Proposal again = withArtifact(question[2] == '2' ? after : before, question);
            again.source.ids.set(
                QStringLiteral("follows"),
                Json(QStringLiteral("q-%1").arg(QLatin1Char(char(question[2] - 1)))));
            again.artifact->revision = question[2] - '0';
            (void)m->services.take({again}, false);
        }
        QTRY_COMPARE(m->model->newCount(), 2);
        m->press(Qt::Key_N);
        m->page->showCase(CaseId(QStringLiteral("c-3")));
        QTRY_COMPARE(m->detail->revisions().size(), 3);
        auto *diff = m->page->findChild<QPlainTextEdit *>(QStringLiteral("workspace.diff"));
        QTRY_VERIFY(diff->isVisible() && diff->accessibleDescription().contains(u"removed"));
        const QString shown = diff->toPlainText();
        QVERIFY(shown.size() > 1000 && shown.size() < 100'000);
        QVERIFY(shown.contains(QStringLiteral("characters …]")));

        // The longest turn of the loop, against what the comparing itself works.
        qint64 mark = workedUs();
        const RevisionDiff bare = compareRevisions(before, after);
        const qint64 comparing = workedUs() - mark;
        QVERIFY(bare.added > 0);
        auto *from = m->page->findChild<QComboBox *>(QStringLiteral("workspace.from"));
        from->setFocus();
        QCoreApplication::processEvents();
        QTest::keyClick(from, Qt::Key_Home); // the same text as the last
        QVERIFY(m->says(QStringLiteral("Comparing…")));
        QVERIFY(diff->toPlainText().isEmpty());
        QTRY_VERIFY(m->says(QStringLiteral("The text is the same.")));
        qint64 worst = 0;
        const auto step = [&worst](const auto &act) -> void {
            const qint64 began = workedUs();
            act();
            QCoreApplication::processEvents();
            worst = qMax(worst, workedUs() - began);
        };
        step([from]() -> void { QTest::keyClick(from, Qt::Key_Down); });
        while (m->says(QStringLiteral("Comparing…"))) {
            step([]() -> void { QTest::qSleep(1); });
        }
        step([]() -> void {});
        QCOMPARE(diff->toPlainText(), shown);
        qInfo("longest turn %.1f ms, comparing %.1f ms", double(worst) / 1000,
              double(comparing) / 1000);
        QVERIFY(worst < comparing / 2);

        // An answer that comes late is for a wish that is gone.
        QTest::keyClick(from, Qt::Key_Up);
        QTest::keyClick(from, Qt::Key_Down);
        QTest::keyClick(from, Qt::Key_End);
        QVERIFY(QThreadPool::globalInstance()->waitForDone());
        QTRY_VERIFY(m->says(QStringLiteral("The text is the same.")));
        QCoreApplication::processEvents();
        QVERIFY(m->says(QStringLiteral("The text is the same.")));
    }

    void withoutAnArtifactThereIsNoWorkspace()
    {
        m = std::make_unique<InboxFixture>();
        m->show({ServicesFixture::proposal("q-1")});
        m->press(Qt::Key_W);
        QVERIFY(m->list()->hasFocus());
        m->press(Qt::Key_A);
        QCOMPARE(decided().kind, DecisionKind::Approve);
    }

private:
    void open(const Artifact &artifact)
    {
        m = std::make_unique<InboxFixture>();
        m->show({withArtifact(artifact)});
    }
    template <class Widget> Widget *enter()
    {
        m->press(Qt::Key_W);
        auto *target = qobject_cast<Widget *>(QApplication::focusWidget());
        if (target == nullptr) {
            qFatal("the workspace did not take the keys");
        }
        return target;
    }
    void backToList()
    {
        m->press(Qt::Key_Escape);
        QTRY_VERIFY(m->list()->hasFocus());
    }
    /// What was decided on the first case, once it is.
    Decision decided()
    {
        const CaseId id(QStringLiteral("c-1"));
        if (!QTest::qWaitFor([&]() { return m->stateOf(id) == CaseState::Held; })) {
            qWarning("nothing was decided");
            return {};
        }
        return m->caseOf(id).decision.value();
    }

    std::unique_ptr<InboxFixture> m;
};

QTEST_MAIN(TestWorkspace)
#include "tst_workspace.moc"
