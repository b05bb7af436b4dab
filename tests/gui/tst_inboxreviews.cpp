// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"

#include "views/style/theme.h"
#include "views/style/tokens.h"
#include "views/words.h"

#include <QAccessible>
#include <QLabel>
#include <QTextEdit>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

const char *const secret = "Xylophone";

/// What the agent advises names a word that is nowhere else.
Proposal advised(const char *question, const char *confidence = "0.8642")
{
    Proposal made = ServicesFixture::proposal(question);
    made.recommendation = QStringLiteral("%1: do it").arg(text(secret));
    made.reasoning = QStringLiteral("Because %1.").arg(text(secret));
    made.confidence = Decimal::parse(text(confidence));
    made.raw = Json::object({{text("why"), Json(made.reasoning)}});
    made.caseType = text("refunds");
    made.question = text("Refund?");
    return made;
}

Performed done(const char *id)
{
    Performed performed{advised(id), {}};
    performed.proposal.risk = Risk::High; // an outlier: drawn for sure
    performed.effect
        = {.question = text(id), .word = text("executed"), .text = text("Refunded 120.")};
    return performed;
}

} // namespace

/// Spot checks and blind cases by keys alone, and what the reviewer is told of the own pace.
class TestInboxReviews final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m.reset(); }
    void spotChecksAreMarkedByKeys();
    void aMarkIsCorrected();
    void spotChecksStayInTheirQueue();
    void adviceIsHiddenUntilTheOwnAnswerStands();
    void theLookIsMeasured();
    void hasteIsToldQuietly();

private:
    /// Everything that can be read on the page: by eyes, and by those who listen.
    QString everything()
    {
        QStringList all;
        for (QWidget *widget : m->page->findChildren<QWidget *>()) {
            if (!widget->isVisible()) {
                continue;
            }
            all += {widget->accessibleName(), widget->accessibleDescription(), widget->toolTip()};
            QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            if (face != nullptr) {
                all += {face->text(QAccessible::Name), face->text(QAccessible::Value),
                        face->text(QAccessible::Description)};
            }
            if (auto *label = qobject_cast<QLabel *>(widget)) {
                all += label->text();
            }
            if (auto *edit = qobject_cast<QTextEdit *>(widget)) {
                all += edit->toPlainText();
            }
        }
        for (int row = 0; row < m->model->rowCount(); ++row) {
            all += m->model->index(row, 0).data(Qt::AccessibleTextRole).toString();
            all += words::confidence(m->model->rowAt(row).confidence);
        }
        return all.join(u'\n');
    }
    void perform(const QList<Performed> &list)
    {
        Observation seen;
        seen.performed = list;
        (void)m->services.take(seen);
    }
    void openSpotChecks()
    {
        InboxFilter filter;
        filter.queue = InboxQueue::SpotCheck;
        m->model->setFilter(filter);
        m->list()->setFocus();
        m->press(Qt::Key_J);
        m->press(Qt::Key_K);
        m->settle();
    }
    void set(const char *name, const char *value)
    {
        QVERIFY(finished(m->reviews->set(
            {.name = text(name), .value = text(value), .person = m->services.ana})));
    }

    std::unique_ptr<InboxFixture> m;
};

void TestInboxReviews::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<InboxFixture>();
}

void TestInboxReviews::spotChecksAreMarkedByKeys()
{
    m->show({advised("q1")});
    perform({done("act-1"), done("act-2"), done("act-3")});
    QTRY_COMPARE(m->model->counts().queues.value(InboxQueue::SpotCheck), 3);
    openSpotChecks();
    QTRY_VERIFY(m->detail->isVeiled());
    QVERIFY(m->says(text("Hidden, with the confidence")));
    QVERIFY(!everything().contains(text(secret)));
    QVERIFY(!everything().contains(text("0.86")));
    const CaseId first = m->shown();
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->stateOf(first), CaseState::Marked);
    QCOMPARE(m->caseOf(first).mark->verdict, Verdict::Correct);
    QVERIFY(m->caseOf(first).mark->blind);
    QTRY_VERIFY(m->says(text("You agree with the agent."))); // shown now
    QTRY_VERIFY(everything().contains(text(secret)));
    QVERIFY(m->list()->hasFocus());

    m->press(Qt::Key_J);
    m->settle();
    const CaseId second = m->shown();
    QVERIFY(second != first);
    m->press(Qt::Key_R);
    m->say(text(" ")); // no reason
    QCOMPARE(m->stateOf(second), CaseState::Waiting);
    m->say(text("Never damaged"));
    QTRY_COMPARE(m->stateOf(second), CaseState::Marked);
    QCOMPARE(m->caseOf(second).mark->verdict, Verdict::Wrong);
    QCOMPARE(m->caseOf(second).mark->reason, text("Never damaged"));
    QTRY_VERIFY(m->says(text("You differ from the agent.")));

    m->press(Qt::Key_J);
    m->settle();
    const CaseId third = m->shown();
    m->press(Qt::Key_E); // no form opens: it is done
    m->say(text("A friendlier greeting"));
    QTRY_COMPARE(m->stateOf(third), CaseState::Marked);
    QCOMPARE(m->caseOf(third).mark->verdict, Verdict::MinorEdit);
    QVERIFY(m->services.outbox(false).isEmpty());
    QVERIFY(m->services.isSound());
}

void TestInboxReviews::aMarkIsCorrected()
{
    m->show({advised("q1")});
    perform({done("act-1")});
    QTRY_COMPARE(m->model->counts().queues.value(InboxQueue::SpotCheck), 1);
    openSpotChecks();
    const CaseId id = m->shown();
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->stateOf(id), CaseState::Marked);
    m->settle();
    QTRY_VERIFY(!m->detail->isVeiled());
    m->services.base.clock.advance(style::armMs);
    m->press(Qt::Key_R);
    m->say(text("The amount, after all"));
    QTRY_COMPARE(m->caseOf(id).mark->verdict, Verdict::Wrong);
    QCOMPARE(m->caseOf(id).mark->times, 2);
    QVERIFY(!m->caseOf(id).mark->blind); // what the agent said was in sight by then
}

void TestInboxReviews::spotChecksStayInTheirQueue()
{
    m->show({advised("q1"), advised("q2")});
    perform({done("act-1")});
    QTRY_COMPARE(m->model->counts().queues.value(InboxQueue::SpotCheck), 1);
    QCOMPARE(m->model->counts().queues.value(InboxQueue::Open), 2);
    QCOMPARE(m->model->counts().queues.value(InboxQueue::Waiting), 2);
    QCOMPARE(m->model->newCount(), 0);
}

void TestInboxReviews::adviceIsHiddenUntilTheOwnAnswerStands()
{
    m->show({advised("q1")});
    QVERIFY(everything().contains(text(secret)));
    QVERIFY(everything().contains(text("0.86")));
    set(setting::blindRate, "1");
    QTRY_VERIFY(m->detail->isVeiled());
    QTRY_VERIFY(!m->model->rowAt(0).confidence);
    QTRY_VERIFY(!everything().contains(text(secret)));
    QVERIFY(!everything().contains(text("0.86")));
    const CaseId id = m->shown();
    m->settle();
    m->press(Qt::Key_R); // the own answer; nothing is decided
    QTRY_VERIFY(!m->detail->isVeiled());
    QCOMPARE(m->stateOf(id), CaseState::Waiting);
    QTRY_VERIFY(m->says(text("You differ from the agent.")));
    QTRY_VERIFY(everything().contains(text(secret)));
    QTRY_VERIFY(m->model->rowAt(0).confidence);
    m->press(Qt::Key_A); // too soon after what was shown
    QCOMPARE(m->stateOf(id), CaseState::Waiting);
    m->services.base.clock.advance(style::armMs);
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    QCOMPARE(m->services.count(event::reviewCommitted), 1);
    for (const EventRecord &record : m->services.base.trail()) {
        if (record.kind == QLatin1String(event::decisionApprove)) {
            const Json envelope = parseJson(record.envelope).value();
            QCOMPARE(envelope[u"own_answer"].toString(), text("reject"));
            QVERIFY(envelope[u"blind"].toBool());
        }
    }
}

void TestInboxReviews::theLookIsMeasured()
{
    m->show({advised("q1"), advised("q2")});
    m->services.base.clock.advance(24'000);
    const CaseId id = m->shown();
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    for (const EventRecord &record : m->services.base.trail()) {
        if (record.kind == QLatin1String(event::decisionApprove)) {
            const Json envelope = parseJson(record.envelope).value();
            QVERIFY(envelope[u"look_ms"].toInteger() >= 24'000);
            QVERIFY(envelope[u"look_ms"].toInteger() < 30'000);
            QVERIFY(envelope[u"size"].toInteger() > 20);
            QCOMPARE(envelope[u"streak"].toInteger(), 1);
            QVERIFY(!envelope[u"blind"].toBool());
        }
    }
    QTRY_VERIFY(m->says(text("1 decided today, median 24 s, 1 as proposed")));
}

void TestInboxReviews::hasteIsToldQuietly()
{
    QList<Proposal> many;
    for (int i = 0; i < 12; ++i) {
        Proposal one = advised(QByteArray("q" + QByteArray::number(i)).constData());
        one.reasoning = QString(2000, u'x');
        many.append(one);
    }
    m->show(many);
    for (int i = 0; i < hurryStreak; ++i) {
        QVERIFY(!m->says(text("with nothing opened")));
        const CaseId id = m->shown();
        m->services.base.clock.advance(style::armMs);
        m->press(Qt::Key_A);
        QTRY_COMPARE(m->stateOf(id), CaseState::Held);
        QTRY_VERIFY(m->shown() != id);
        m->settle();
    }
    QTRY_VERIFY(m->says(text("The last 8 were all answered “Approve”")));
    QVERIFY(QApplication::activeModalWidget() == nullptr);
    m->press(Qt::Key_R);
    m->say(text("No receipt"));
    QTRY_VERIFY(!m->says(text("with nothing opened")));
}

QTEST_MAIN(TestInboxReviews)
#include "tst_inboxreviews.moc"
