// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"

#include "views/style/tokens.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>

namespace countersign {

namespace {

constexpr qint64 minute = 60'000;

Proposal proposalOf(const Json &told, int number, qint64 nowMs)
{
    Proposal made;
    const auto text = [&told](QStringView key) -> QString {
        return told[key].toString();
    };
    made.source.question = QStringLiteral("q-%1").arg(number, 6, 10, QLatin1Char('0'));
    made.source.lane = made.source.question;
    made.dialect = QStringLiteral("test");
    made.agent = text(u"agent");
    made.action = text(u"action");
    made.caseType = text(u"case_type");
    made.arguments = told[u"arguments"];
    made.schema = told[u"schema"];
    made.question = text(u"question");
    made.recommendation = text(u"recommendation");
    made.reasoning = text(u"reasoning");
    made.uncertainty = told[u"uncertainty"].toStrings();
    made.impact.sentence = text(u"impact");
    made.impact.currency = text(u"currency");
    made.impact.amount = Decimal::parse(text(u"amount"));
    made.confidence = Decimal::parse(text(u"confidence"));
    made.risk = fromWord<Risk>(text(u"risk")).value_or(Risk::Unknown);
    made.reversibility
        = fromWord<Reversibility>(text(u"reversibility")).value_or(Reversibility::Unknown);
    made.allowed
        = DecisionKind::Approve | DecisionKind::Edit | DecisionKind::Reject | DecisionKind::Respond;
    for (const Json &item : told[u"evidence"].items()) {
        const QStringList parts = item.toStrings();
        made.evidence.append({parts.value(0), parts.value(1), parts.value(2)});
    }
    if (told.contains(u"due_min")) {
        made.dueMs = nowMs + told[u"due_min"].toInteger() * minute;
    }
    made.raw = told;
    return made;
}

} // namespace

QList<Proposal> believable(int count, qint64 nowMs)
{
    QFile file(QStringLiteral(DATA_DIR "/believable.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("no believable cases");
    }
    const Json deck = parseJson(file.readAll()).value();
    QList<Proposal> made;
    for (int i = 0; i < count; ++i) {
        made.append(proposalOf(deck.items()[i % deck.items().size()], i, nowMs));
    }
    return made;
}

QList<Proposal> alike(int count, bool knownConfidence)
{
    const QStringList currencies{QStringLiteral("EUR"), QStringLiteral("EUR"),
                                 QStringLiteral("EUR"), QStringLiteral("USD"),
                                 QStringLiteral("GBP")};
    const QStringList reasons{QStringLiteral("damaged on arrival"), QStringLiteral("never arrived"),
                              QStringLiteral("wrong item")};
    QList<Proposal> made;
    for (int i = 0; i < count; ++i) {
        const int spread = (i * 7919) % 10'007; // in no order, the same every time
        const QByteArray amount
            = i == 3 ? QByteArray("48000.00") : QByteArray::number(60 + spread % 90) + ".50";
        Proposal one = ServicesFixture::proposal(
            qPrintable(QStringLiteral("r-%1").arg(i, 6, 10, QLatin1Char('0'))));
        one.source.lane = one.source.question;
        one.agent = QStringLiteral("support-agent");
        one.action = QStringLiteral("issue_refund");
        one.caseType = QStringLiteral("damaged_order");
        one.arguments
            = Json::object({{QStringLiteral("order"), Json(QStringLiteral("#%1").arg(4000 + i))},
                            {QStringLiteral("amount"), Json::number(amount)},
                            {QStringLiteral("reason"), Json(reasons.at(spread % 3))},
                            {QStringLiteral("notify"), Json(true)}});
        one.impact = {.amount = Decimal::parse(amount),
                      .currency = currencies.at(i == 3 ? 0 : spread % 5),
                      .sentence = {}};
        if (knownConfidence && spread % 17 != 0) {
            one.confidence = Decimal::parse("0." + QByteArray::number(72 + spread % 26));
        }
        one.risk = i == 5 ? Risk::High : Risk::Low;
        one.reversibility = Reversibility::Reversible;
        one.allowed = i == 7 ? AllowedDecisions(DecisionKind::Reject)
                             : DecisionKind::Approve | DecisionKind::Edit | DecisionKind::Reject
                | DecisionKind::Respond;
        made.append(one);
    }
    return made;
}

void InboxFixture::open(const QList<Proposal> &proposals, bool connected)
{
    services.open();
    if (connected) {
        services.connectEndpoint();
    }
    if (!proposals.isEmpty()) {
        (void)services.take(proposals);
    }
    state = std::make_unique<QSettings>(services.base.folder.filePath(QStringLiteral("ui.ini")),
                                        QSettings::IniFormat);
    if (!state->contains(QStringLiteral("inbox/order"))) { // the order in which tests count
        state->setValue(QStringLiteral("inbox/group"), QStringLiteral("case_type"));
        state->setValue(QStringLiteral("inbox/order"), QStringLiteral("age"));
    }
    model = std::make_unique<InboxModel>(*services.base.store, services.base.clock);
    detail = std::make_unique<CaseModel>(*services.base.store);
    cases = std::make_unique<CaseService>(*services.base.store);
    reviews = std::make_unique<ReviewService>(*services.base.store);
    pace = std::make_unique<PaceModel>(*services.base.store, services.base.clock);
    people = std::make_unique<PeopleModel>(*services.base.store);
    timeline = std::make_unique<TimelineModel>(*services.base.store);
    batch = std::make_unique<BatchModel>(*services.base.store, services.batches->rule());
    makePage(actions);
    model->load();
}

void InboxFixture::makePage(ActionRegistry &registry)
{
    page = std::make_unique<InboxPage>(
        InboxContext{*model, *detail, *batch, *services.decisions, *services.batches, *cases,
                     *reviews, *pace, *people, *timeline, *services.endpoints, registry, messages,
                     services.base.clock, services.ana, *state});
}

void InboxFixture::show(const QList<Proposal> &proposals, bool connected)
{
    open(proposals, connected);
    new QAbstractItemModelTester(model.get(), model.get());
    page->resize(1208, 760);
    page->show();
    QVERIFY(QTest::qWaitForWindowActive(page.get()));
    QTRY_VERIFY(model->isLoaded());
    list()->setFocus();
    if (!proposals.isEmpty()) {
        settle();
    }
}

void InboxFixture::settle()
{
    QTRY_VERIFY(detail->current() && !detail->isReading());
    QTRY_COMPARE(detail->current()->id, detail->id());
    services.base.clock.advance(style::armMs);
}

void InboxFixture::say(const QString &words)
{
    auto *editor = qobject_cast<QPlainTextEdit *>(QApplication::focusWidget());
    QVERIFY(editor);
    QTest::keyClicks(editor, words);
    QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
}

QAbstractItemView *InboxFixture::list() const
{
    return page->findChild<QAbstractItemView *>(QStringLiteral("cases"));
}

QAbstractButton *InboxFixture::button(const char *id) const
{
    return page->findChild<QAbstractButton *>(QLatin1String(id));
}

bool InboxFixture::says(const QString &words) const
{
    for (const QLabel *label : page->findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(words)) {
            return true;
        }
    }
    return false;
}

InboxFixture::~InboxFixture()
{
    page.reset();
    pace.reset();
    people.reset();
    timeline.reset();
    reviews.reset();
    cases.reset();
    batch.reset();
    detail.reset();
    model.reset();
    services.close();
}

} // namespace countersign
