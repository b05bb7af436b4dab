// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "services/people.h"
#include "views/style/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QScreen>
#include <QTimer>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

/// A draft of that kind, as the agent had it first and as it has it now.
QList<Artifact> drafts(const QString &kind)
{
    if (kind == u"table") {
        const auto table = [](const char *bonus) -> Json {
            return *parseJson(QByteArray("{\"columns\":[\"Who\",\"Team\",\"Bonus\"],\"rows\":["
                                         "[\"A. Pérez\",\"Claims\",")
                              + bonus
                              + "],[\"B. Ng\",\"Claims\",1200.00],[\"C. Okoye\",\"Sales\",80]]}");
        };
        return {
            {.type = Artifact::Type::Table, .title = text("Bonuses"), .content = table("450.00")},
            {.type = Artifact::Type::Table, .title = text("Bonuses"), .content = table("300.00")}};
    }
    if (kind == u"json") {
        return {
            {.type = Artifact::Type::Json,
             .title = text("limits.json"),
             .content = *parseJson("{\"budget\":1200.00,\"regions\":[\"EU\",\"UK\"],\"on\":true}")},
            {.type = Artifact::Type::Json,
             .title = text("limits.json"),
             .content = *parseJson("{\"budget\":900.00,\"regions\":[\"EU\"],\"on\":true}")}};
    }
    if (kind == u"huge") {
        const QString much = QString(1'000'000, u'W');
        return {{.title = text("A megabyte"), .content = Json(much)},
                {.title = text("A megabyte"), .content = Json(much + text("!"))}};
    }
    const QString first = text(
        "# Reply to A. Pérez\n\nDear Ana,\n\nwe are **sorry** that the vase arrived broken. Here "
        "is "
        "what happens next:\n\n- we refund *1,250.00 EUR* to your card\n- you keep the vase\n1. no "
        "return is needed\n\n> \"It was in pieces\", you wrote.\n\n```\nrefund --order "
        "4821\n```\n\n"
        "![pixel](http://127.0.0.1/x.png) [Approve](http://evil.example) <b>bold?</b>\n\n---\nThe "
        "team");
    const auto type = kind == u"markdown" ? Artifact::Type::Markdown : Artifact::Type::Text;
    return {{.type = type, .title = text("Reply to A. Pérez"), .content = Json(first)},
            {.type = type,
             .title = text("Reply to A. Pérez"),
             .content = Json(QString(first)
                                 .replace(text("we are **sorry**"), text("we are very **sorry**"))
                                 .replace(text("The team"), text("Your claims team")))}};
}

/// Sends the first draft back and has the agent draft again.
void redraft(InboxFixture &fixture, QList<Proposal> proposals, const QString &kind)
{
    const Case first = fixture.services.theCase("c-1");
    (void)fixture.services.decide(
        {.caseId = first.id,
         .digest = first.digest,
         .kind = DecisionKind::Respond,
         .work = {.comments = {{.quote = text("Dear Ana"), .start = {}, .text = text("Warmer.")}}},
         .message = text("Say who we are."),
         .person = fixture.services.ana});
    Proposal next = proposals.first();
    next.artifact = drafts(kind).last();
    next.artifact->revision = 2;
    next.artifact->note = text("Warmer in 1 place, and signed by the team.");
    next.source.question = next.source.lane = text("q-again");
    next.source.ids.set(text("follows"), Json(proposals.first().source.question));
    (void)fixture.services.take({next}, false);
}

void perform(InboxFixture &fixture)
{
    Observation seen;
    int number = 0;
    for (Proposal &one : believable(4, fixture.services.base.clock.nowMs())) {
        one.source.question = one.source.lane = text("act-%1").arg(++number);
        one.risk = Risk::High; // drawn for sure
        seen.performed.append({one,
                               {.question = one.source.question,
                                .word = text("executed"),
                                .text = text("Done: the money is on its way.")}});
    }
    (void)fixture.services.take(seen);
}

/// Some cases with all that people do about them without deciding.
void mind(InboxFixture &fixture)
{
    const auto id = [](const char *word) -> CaseId {
        return CaseId(QLatin1String(word));
    };
    const PersonId ana = fixture.services.ana;
    const qint64 now = fixture.services.base.clock.nowMs();
    CaseService &cases = *fixture.cases;
    People people(*fixture.services.base.store, fixture.services.base.keys);
    const PersonId bo = finished(people.add(text("Bo Ekström"), text("reviewer"), ana)).value().id;
    (void)finished(cases.assign({id("c-1"), id("c-3")}, ana.toString(), ana));
    (void)finished(cases.assign({id("c-2"), id("c-4")}, text("Bo Ekström"), ana));
    (void)finished(cases.assign({id("c-5")}, text("Legal department, external"), ana));
    (void)finished(cases.setFollowUp({id("c-1"), id("c-2")}, now + 30 * 60'000, ana));
    (void)finished(cases.setAside({id("c-1"), id("c-3")}, {.untilChange = true}, ana));
    (void)finished(cases.comment(
        {id("c-1")},
        text("Rang the customer: the vase was a gift, and she would rather have the same one "
             "again.\nThe courier says that it left the depot unharmed. I wait for their photos "
             "before we pay."),
        ana));
    (void)finished(cases.comment({id("c-1"), id("c-3")}, text("The photos are here."), bo));
}

} // namespace

// Shows the inbox with believable cases, to look at it; --save leaves a picture and ends.
int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QCommandLineParser options;
    options.addOptions(
        {{QStringLiteral("cases"), {}, QStringLiteral("n"), QStringLiteral("9")},
         {QStringLiteral("size"), {}, QStringLiteral("WxH"), QStringLiteral("1208x760")},
         {QStringLiteral("row"), {}, QStringLiteral("n"), QStringLiteral("0")},
         {QStringLiteral("keys"), {}, QStringLiteral("letters")},
         {QStringLiteral("save"), {}, QStringLiteral("file")},
         {QStringLiteral("scroll"), {}, QStringLiteral("px"), QStringLiteral("0")},
         {QStringLiteral("filter"), {}, QStringLiteral("json")},
         {QStringLiteral("saved"), {}, QStringLiteral("json")},
         {QStringLiteral("screen"), {}}, // with popups, and what else is on it
         {QStringLiteral("alike"), {}},
         {QStringLiteral("minded"), {}},
         {QStringLiteral("draft"), {}, QStringLiteral("text|markdown|json|table|huge")},
         {QStringLiteral("spotchecks"), {}},
         {QStringLiteral("blind"), {}},
         {QStringLiteral("arguments"), {}, QStringLiteral("file with arguments and schema")},
         {QStringLiteral("parts"), {}},
         {QStringLiteral("unknown"), {}},
         {QStringLiteral("dark"), {}},
         {QStringLiteral("unconnected"), {}}});
    options.addHelpOption();
    options.process(app);
    style::applyTheme(
        app, options.isSet(QStringLiteral("dark")) ? style::Scheme::Dark : style::Scheme::Light);
    InboxFixture fixture;
    const int count = options.value(QStringLiteral("cases")).toInt();
    QList<Proposal> asked = options.isSet(QStringLiteral("alike"))
        ? alike(count, !options.isSet(QStringLiteral("unknown")))
        : believable(count, fixture.services.base.clock.nowMs());
    if (QFile file(options.value(QStringLiteral("arguments"))); file.open(QIODevice::ReadOnly)) {
        const Json told = parseJson(file.readAll()).value();
        asked.first().arguments = told[u"arguments"];
        asked.first().schema = told[u"schema"];
    }
    for (int i = 0; i < asked.size() && options.isSet(QStringLiteral("parts")); ++i) {
        asked[i].source = asked.first().source;
        asked[i].source.part = i + 1;
        asked[i].source.of = int(asked.size());
        asked[i].rejectCancelsSiblings = true;
        asked[i].risk = Risk::Low;
        asked[i].caseType = QStringLiteral("one question");
    }
    const QString draft = options.value(QStringLiteral("draft"));
    if (!draft.isEmpty()) {
        asked.first().artifact = drafts(draft).first();
        asked.first().risk = Risk::Low;
    }
    fixture.open(asked, !options.isSet(QStringLiteral("unconnected")));
    if (options.isSet(QStringLiteral("saved"))) {
        fixture.page.reset();
        fixture.state->setValue(QStringLiteral("inbox/saved"),
                                options.value(QStringLiteral("saved")));
        fixture.makePage(*new ActionRegistry(&app));
    }
    if (!draft.isEmpty()) {
        redraft(fixture, asked, draft);
    }
    if (options.isSet(QStringLiteral("spotchecks"))) {
        perform(fixture);
        InboxFilter checks;
        checks.queue = InboxQueue::SpotCheck;
        fixture.page->applyFilter(checks);
    }
    if (options.isSet(QStringLiteral("minded"))) {
        mind(fixture);
    }
    if (options.isSet(QStringLiteral("blind"))) {
        (void)fixture.reviews->set(
            {.name = text("blind_rate"), .value = text("1"), .person = fixture.services.ana});
    }
    const QStringList size = options.value(QStringLiteral("size")).split(QLatin1Char('x'));
    fixture.page->resize(size.value(0).toInt(), size.value(1).toInt());
    fixture.page->show();
    fixture.services.base.clock.advance(42 * 60'000);
    auto *list = fixture.page->findChild<QAbstractItemView *>(QStringLiteral("cases"));
    const auto settle = [](int ms) -> void {
        QTest::qWait(ms);
    };
    settle(600);
    fixture.model->takeIn();
    if (!draft.isEmpty()) {
        fixture.page->showCase(CaseId(QStringLiteral("c-%1").arg(asked.size() + 1)));
    }
    settle(300);
    list->setFocus();
    for (int i = options.value(QStringLiteral("row")).toInt(); i > 0; --i) {
        QTest::keyClick(list, Qt::Key_J);
    }
    settle(300);
    if (options.isSet(QStringLiteral("filter"))) {
        const auto json = parseJson(options.value(QStringLiteral("filter")).toUtf8());
        fixture.model->setFilter(inboxFilterFromJson(json.value()).value());
        settle(300);
        list->setFocus();
    }
    for (const QChar key : options.value(QStringLiteral("keys"))) {
        fixture.services.base.clock.advance(1000);
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : list,
                        key.toLatin1());
        settle(300);
    }
    if (options.isSet(QStringLiteral("save"))) {
        settle(300);
        const QPixmap seen = options.isSet(QStringLiteral("screen"))
            ? fixture.page->screen()->grabWindow(0)
            : fixture.page->grab();
        return seen.save(options.value(QStringLiteral("save"))) ? 0 : 1;
    }
    return QApplication::exec();
}
