// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/proposal.h"
#include "domain/trust.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;

namespace {

struct Ran
{
    int code = -1;
    QByteArray out;
    QByteArray err;
    [[nodiscard]] Json json() const { return parseJson(out).value_or(Json()); }
};

QString text(const char *words)
{
    return QString::fromLatin1(words);
}

} // namespace

/// countersignctl as a script sees it: output forms and exit codes are a contract.
class TestCli final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_folder.reset(); }

    void theMainJob();
    void casesAreFiltered();
    void casesAreFilteredByEverything();
    void partsWaitForEachOther();
    void endsHaveTheirCodes_data();
    void endsHaveTheirCodes();
    void aRefusedDecisionIsFive();
    void anEditSendsWhatTheFileSays();
    void aHeldDecisionGoesWithASync();
    void onlyEnrolledPeopleDecide();
    void manyAreOneAct();
    void aFilterTakesWhatWaits();
    void aDryRunRecordsNothing();
    void manyEndsGiveTheWorstCode();
    void badInputChangesNothing_data();
    void badInputChangesNothing();
    void anUnreachableEndpointIsNamed();
    void secretsComeByStandardInput();
    void casesAreMinded();
    void mindingHasItsEnds();
    void theTrailIsVerified();
    void whoHoldsTheProfileDoesTheWriting();

private:
    Ran run(const QStringList &arguments, const QByteArray &input = {});
    Ran ctl(const char *line, const QByteArray &input = {})
    {
        return run(text(line).split(QLatin1Char(' '), Qt::SkipEmptyParts), input);
    }
    QString file(const char *name, const QByteArray &content)
    {
        const QString path = m_folder->filePath(text(name));
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size()) {
            qFatal("cannot write");
        }
        return path;
    }
    QString profile() const { return m_folder->filePath(text("profile")); }
    qint64 events() { return ctl("trail list --json --limit 100000").json().items().size(); }
    static Proposal proposal(const char *question, int part = 1, int of = 1)
    {
        Proposal made;
        made.source = {.question = text(question),
                       .part = part,
                       .of = of,
                       .lane = text(question),
                       .ids = Json::object({{text("thread"), Json(text(question))}})};
        made.agent = text("claims");
        made.action = text("refund");
        made.arguments = parseJson("{\"amount\":100.10,\"n\":12345678901234567890}").value();
        made.allowed = DecisionKind::Approve | DecisionKind::Edit | DecisionKind::Reject;
        made.risk = Risk::Low;
        return made;
    }
    void ask(const QList<QList<Proposal>> &questions);
    void begin(const QList<QList<Proposal>> &questions)
    {
        ask(questions);
        QCOMPARE(ctl("endpoint add --kind fake --url http://127.0.0.1:1 --name claims").code, 0);
        QCOMPARE(ctl("sync").code, 0);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_environment;
};

void TestCli::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_environment = QProcessEnvironment::systemEnvironment();
    m_environment.insert(text("FAKE_SERVER"), m_folder->filePath(text("agent.json")));
    m_environment.insert(text("XDG_STATE_HOME"), m_folder->filePath(text("state")));
    m_environment.insert(text("DBUS_SESSION_BUS_ADDRESS"), text("disabled:"));
    m_environment.remove(text("FAKE_FAULT"));
}

Ran TestCli::run(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(text(FAKECTL), arguments + QStringList{text("--data"), profile()});
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit) {
        qWarning("%s", qPrintable(arguments.join(QLatin1Char(' '))));
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void TestCli::ask(const QList<QList<Proposal>> &questions)
{
    Json all = Json::array();
    for (const QList<Proposal> &question : questions) {
        Json parts = Json::array();
        for (const Proposal &part : question) {
            parts.append(part.toJson());
        }
        all.append(parts);
    }
    file("agent.json", toJson(all));
}

void TestCli::theMainJob()
{
    begin({{proposal("q1")}});
    const Ran listed = ctl("--json cases list --state waiting");
    QCOMPARE(listed.code, 0);
    QVERIFY(listed.out.contains("{\"amount\":100.10,\"n\":12345678901234567890}"));
    const Json one = listed.json().items().first();
    for (const char *member : {"id", "endpoint", "agent", "action", "case_type", "confidence",
                               "state", "allowed", "arguments", "digest", "created_at", "source"}) {
        QVERIFY2(one.contains(text(member)), member);
    }
    QVERIFY(one[u"confidence"].isNull());
    QCOMPARE(one[u"endpoint"].toString(), text("claims"));
    QCOMPARE(one[u"allowed"].toStrings(),
             (QStringList{text("approve"), text("edit"), text("reject")}));
    QCOMPARE(one[u"source"][u"thread"].toString(), text("q1"));
    QCOMPARE(one[u"source"][u"of"].toInteger(), 1);

    const Ran decided = ctl("decide c-1 approve --wait 20");
    QCOMPARE(decided.code, 0);
    QCOMPARE(decided.json()[u"state"].toString(), text("delivered"));
    QVERIFY(decided.json()[u"decision_id"].toString().startsWith(text("d-")));
    QCOMPARE(ctl("cases show c-1 --json").json()[u"state"].toString(), text("delivered"));
    const Ran past = ctl("cases like c-1 --json");
    QCOMPARE(past.code, 0);
    QCOMPARE(past.json()[u"like"].toInteger(-1), 0);
    QVERIFY(past.json()[u"complete"].toBool());
    QVERIFY(ctl("cases like c-1").out.startsWith("Nothing like this has been decided yet."));
    QCOMPARE(ctl("outbox list --json").out, QByteArray("[]\n"));
    QCOMPARE(ctl("trail list --case c-1 --kind decision.delivered --json").json().items().size(),
             1);
}

void TestCli::casesAreFiltered()
{
    Proposal sure = proposal("q1");
    sure.confidence = Decimal::parse(QByteArray("0.910"));
    sure.caseType = text("damaged");
    Proposal unsure = proposal("q2");
    unsure.confidence = Decimal::parse(QByteArray("0.2"));
    begin({{sure}, {unsure}, {proposal("q3")}});
    const auto ids = [this](const char *line) -> QStringList {
        QStringList found;
        const Json listed = ctl(line).json();
        for (const Json &one : listed.items()) {
            found.append(one[u"id"].toString());
        }
        return found;
    };
    QCOMPARE(ids("cases list --json"), (QStringList{text("c-1"), text("c-2"), text("c-3")}));
    QCOMPARE(ids("cases list --json --min-confidence 0.91"), QStringList{text("c-1")});
    QCOMPARE(ids("cases list --json --max-confidence 0.5"), QStringList{text("c-2")});
    QCOMPARE(ids("cases list --json --unknown-confidence"), QStringList{text("c-3")});
    QCOMPARE(ids("cases list --json --max-confidence 0.5 --unknown-confidence"),
             (QStringList{text("c-2"), text("c-3")}));
    QCOMPARE(ids("cases list --json --case-type damaged"), QStringList{text("c-1")});
    QCOMPARE(ids("cases list --json --state delivered"), QStringList());
    QVERIFY(ctl("cases list --json").out.contains("\"confidence\":0.910"));
}

/// Every field that the inbox filters by, order and number.
void TestCli::casesAreFilteredByEverything()
{
    Proposal large = proposal("q1");
    large.agent = text("claims");
    large.action = text("issue_refund");
    large.risk = Risk::High;
    large.impact.amount = Decimal::parse(QByteArray("1250.50"));
    large.impact.currency = text("EUR");
    large.evidence = {{text("Photo"), QStringLiteral("The façade is cracked"), {}}};
    Proposal small = proposal("q2");
    small.agent = text("shop");
    small.action = text("cancel_order");
    small.risk = Risk::Low;
    small.impact.amount = Decimal::parse(QByteArray("9.99"));
    small.impact.currency = text("USD");
    Proposal due = proposal("q3");
    due.agent = text("shop");
    due.risk = Risk::Medium;
    due.dueMs = QDateTime::currentMSecsSinceEpoch() + 7'200'000;
    begin({{large}, {small}, {due}});
    const auto ids = [this](const QStringList &more) -> QString {
        QStringList found;
        const Json listed
            = run(QStringList{text("--json"), text("cases"), text("list")} + more).json();
        for (const Json &one : listed.items()) {
            found.append(one[u"id"].toString());
        }
        return found.join(QLatin1Char(' '));
    };
    const QList<std::pair<const char *, const char *>> asked{
        {"--action issue_refund", "c-1"},
        {"--action issue_refund --action cancel_order", "c-1 c-2"},
        {"--agent shop", "c-2 c-3"},
        {"--endpoint claims", "c-1 c-2 c-3"},
        {"--risk high --risk medium", "c-1 c-3"},
        {"--min-amount 10", "c-1"},
        {"--max-amount 1250.50", "c-1 c-2"},
        {"--currency USD", "c-2"},
        {"--currency USD --min-amount 10", ""},
        {"--due 3h", "c-3"},
        {"--due 1h", ""},
        {"--due none", "c-1 c-2"},
        {"--due none --due 3h", "c-1 c-2 c-3"},
        {"--due overdue", ""},
        {"--min-age 1d", ""},
        {"--max-age 1d", "c-1 c-2 c-3"},
        {"--text facade", "c-1"},
        {"--text CRACKED --agent shop", ""},
        {"--view open", "c-1 c-2 c-3"},
        {"--view decided_today", ""},
        {"--sort -amount", "c-3 c-2 c-1"},
        {"--sort risk,age", "c-1 c-3 c-2"},
        {"--sort amount --limit 1", "c-1"},
        {"--filter {\"version\":1,\"agents\":[\"shop\"]} --risk low", "c-2"}};
    for (const auto &[line, expected] : asked) {
        QVERIFY2(ids(text(line).split(QLatin1Char(' '))) == text(expected), line);
    }
    const Ran many = ctl("decide --dry-run --agent shop --risk low approve");
    QCOMPARE(many.json().items().size(), 1);
    QCOMPARE(many.json().items().first()[u"case"].toString(), text("c-2"));
}

void TestCli::partsWaitForEachOther()
{
    begin({{proposal("q1", 1, 2), proposal("q1", 2, 2)}});
    const Ran first = ctl("decide c-2 reject --message no --wait 20");
    QCOMPARE(first.code, 0);
    QCOMPARE(first.json()[u"state"].toString(), text("waiting_for_parts"));
    QCOMPARE(first.json()[u"decided"].toInteger(), 1);
    QCOMPARE(first.json()[u"of"].toInteger(), 2);
    const Ran second = ctl("decide c-1 approve --wait 20");
    QCOMPARE(second.json()[u"state"].toString(), text("delivered"));
    QCOMPARE(ctl("cases list --json --state delivered").json().items().size(), 2);
}

void TestCli::endsHaveTheirCodes_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("code");
    QTest::newRow("superseded") << text("superseded") << text("superseded") << 3;
    QTest::newRow("failed") << text("failed") << text("failed") << 4;
    QTest::newRow("still sending") << text("retry") << text("sending") << 4;
}

void TestCli::endsHaveTheirCodes()
{
    QFETCH(QString, fault);
    QFETCH(QString, state);
    QFETCH(int, code);
    begin({{proposal("q1")}});
    m_environment.insert(text("FAKE_FAULT"), fault);
    const Ran decided = ctl("decide c-1 approve --wait 0.3");
    QCOMPARE(decided.code, code);
    QCOMPARE(decided.json()[u"state"].toString(), state);
}

void TestCli::aRefusedDecisionIsFive()
{
    begin({{proposal("q1")}});
    const auto codeOf = [this](const char *line) -> QString {
        const Ran ran = ctl(line);
        return ran.code == 5 && !ran.err.isEmpty() ? ran.json()[u"error"][u"code"].toString()
                                                   : text("no refusal");
    };
    QCOMPARE(codeOf("decide c-1 ignore"), text("not_allowed"));
    QCOMPARE(codeOf("decide c-1 approve --digest 00"), text("changed"));
    QCOMPARE(ctl("decide c-1 approve").code, 0);
    QCOMPARE(codeOf("decide c-1 reject --wait 5"), text("already_decided"));
}

void TestCli::anEditSendsWhatTheFileSays()
{
    begin({{proposal("q1")}});
    const QString edit = file("edit.json", "{\"amount\": 1e2, \"n\": 98765432109876543210}");
    const Ran decided = run({text("decide"), text("c-1"), text("edit"), text("--arguments"), edit,
                             text("--wait"), text("20")});
    QCOMPARE(decided.json()[u"state"].toString(), text("delivered"));
    QVERIFY(
        ctl("cases show c-1 --json").out.contains("{\"amount\":1e2,\"n\":98765432109876543210}"));
}

void TestCli::aHeldDecisionGoesWithASync()
{
    begin({{proposal("q1")}});
    const Ran decided = ctl("decide c-1 approve");
    QCOMPARE(decided.code, 0);
    QCOMPARE(decided.json()[u"state"].toString(), text("held"));
    QCOMPARE(ctl("outbox list --json").json().items().first()[u"state"].toString(), text("held"));
    QCOMPARE(ctl("sync").code, 0);
    QCOMPARE(ctl("cases show c-1 --json").json()[u"state"].toString(), text("held"));
    QTRY_COMPARE_WITH_TIMEOUT(
        (ctl("sync"), ctl("cases show c-1 --json").json()[u"state"].toString()), text("delivered"),
        15'000);
}

void TestCli::onlyEnrolledPeopleDecide()
{
    begin({{proposal("q1")}});
    QCOMPARE(ctl("decide c-1 approve --as Bob").code, 2);
    QCOMPARE(ctl("person add Bob --json").json()[u"name"].toString(), text("Bob"));
    QCOMPARE(ctl("person add bob").code, 2);
    QCOMPARE(ctl("decide c-1 approve --as Bob").code, 0);
    QCOMPARE(ctl("cases show c-1 --json").json()[u"decision"][u"person"].toString(), text("Bob"));
    QCOMPARE(ctl("person list --json").json().items().size(), 2);
}

void TestCli::manyAreOneAct()
{
    Proposal risky = proposal("q2");
    risky.risk = Risk::High;
    begin({{proposal("q1")}, {risky}, {proposal("q3")}, {proposal("q4")}});
    QCOMPARE(ctl("decide c-4 approve").code, 0);
    const Ran decided = ctl("decide c-3 c-1 c-2 c-4 c-1 reject --message no --reason budget");
    QCOMPARE(decided.code, 5);
    const Json::Array entries = decided.json().items();
    QCOMPARE(entries.size(), 4); // nothing is decided twice
    QStringList words;
    for (const Json &entry : entries) {
        words.append(entry[u"case"].toString() + QLatin1Char(' ') + entry[u"state"].toString()
                     + entry[u"error"][u"code"].toString());
    }
    QCOMPARE(words,
             (QStringList{text("c-3 held"), text("c-1 held"), text("c-2 not_allowed"),
                          text("c-4 already_decided")}));
    QVERIFY(entries.first()[u"decision_id"].toString().startsWith(text("d-")));
    QVERIFY(!entries.first()[u"send_at"].toString().isEmpty());
    QCOMPARE(decided.err.count('\n'), 2);
    QVERIFY(decided.err.startsWith("c-2: policy v1 has cases of high or unknown risk"));
    const Json trail = ctl("trail list --json --kind decision.reject").json();
    QCOMPARE(trail.items().size(), 2);
    QCOMPARE(ctl("trail verify").code, 3);
    QCOMPARE(ctl("decide c-2 approve").code, 0); // alone it may be decided
    QCOMPARE(ctl("decide c-1 approve").json()[u"error"][u"code"].toString(),
             text("already_decided")); // one case prints as it always did
}

void TestCli::aFilterTakesWhatWaits()
{
    Proposal damaged = proposal("q1");
    damaged.caseType = text("damaged");
    Proposal other = damaged;
    other.source.question = text("q2");
    other.source.lane = text("q2");
    other.caseType = text("late");
    Proposal third = damaged;
    third.source.question = text("q3");
    third.source.lane = text("q3");
    begin({{damaged}, {other}, {third}});
    QCOMPARE(ctl("decide c-3 approve").code, 0);
    const Ran decided = ctl("decide approve --case-type damaged");
    QCOMPARE(decided.code, 0);
    QCOMPARE(decided.json().items().size(), 1);
    QCOMPARE(decided.json().items().first()[u"case"].toString(), text("c-1"));
    const Ran none = ctl("decide approve --case-type damaged");
    QCOMPARE(none.code, 0);
    QCOMPARE(none.out, QByteArray("[]\n"));
    QCOMPARE(ctl("decide approve --state held").code, 5);
    QCOMPARE(ctl("cases show c-2 --json").json()[u"state"].toString(), text("waiting"));
}

void TestCli::aDryRunRecordsNothing()
{
    Proposal rigid = proposal("q2");
    rigid.allowed = DecisionKind::Reject;
    begin({{proposal("q1")}, {rigid}});
    const qint64 before = events();
    const Ran tried = ctl("decide c-1 c-2 approve --dry-run");
    QCOMPARE(tried.code, 5);
    QCOMPARE(tried.json().items().at(0)[u"would"].toString(), text("approve"));
    QCOMPARE(tried.json().items().at(1)[u"error"][u"code"].toString(), text("not_allowed"));
    QCOMPARE(ctl("decide c-1 approve --dry-run").json().items().size(), 1);
    QCOMPARE(events(), before);
    QCOMPARE(ctl("decide c-1 approve").code, 0);
}

void TestCli::manyEndsGiveTheWorstCode()
{
    begin({{proposal("q1")}, {proposal("q2")}, {proposal("q3")}});
    const Ran all = ctl("decide c-1 c-2 approve --wait 20");
    QCOMPARE(all.code, 0);
    const Json entries = all.json();
    for (const Json &entry : entries.items()) {
        QCOMPARE(entry[u"state"].toString(), text("delivered"));
    }
    m_environment.insert(text("FAKE_FAULT"), text("superseded"));
    const Ran late = ctl("decide --unknown-confidence approve --wait 20");
    QCOMPARE(late.code, 3);
    QCOMPARE(late.json().items().first()[u"state"].toString(), text("superseded"));
}

void TestCli::badInputChangesNothing_data()
{
    QTest::addColumn<QString>("line");
    const char *lines[] = {
        "",
        "cases",
        "nonsense",
        "cases show",
        "cases show c-9",
        "cases like c-9",
        "cases like",
        "cases show c-1 c-2",
        "cases list --nonsense",
        "cases list --state open",
        "cases list --min-confidence 1.5",
        "cases list --max-confidence high",
        "cases list --state",
        "cases set-aside",
        "cases set-aside c-1",
        "cases set-aside c-1 --until",
        "cases set-aside c-1 --until soon",
        "cases set-aside c-1 --until 2001-01-01",
        "cases set-aside c-1 --until tomorrow --back",
        "cases set-aside c-1 c-9 --until tomorrow",
        "cases set-aside c-1 --until-change --as Nobody",
        "cases assign",
        "cases assign c-1",
        "cases assign c-9 me",
        "cases assign c-1 p-9",
        "cases comment c-1",
        "cases comment c-1 --message",
        "cases comment --message hello",
        "cases follow-up c-1",
        "cases follow-up c-1 later",
        "cases follow-up c-1 2001-01-01",
        "cases follow-up tomorrow",
        "cases list --risk dangerous",
        "cases list --view inbox",
        "cases list --endpoint nowhere",
        "cases list --min-amount much",
        "cases list --due soon",
        "cases list --min-age 4",
        "cases list --max-age -1h",
        "cases list --sort amount,amount",
        "cases list --sort size",
        "cases list --limit 0",
        "cases list --limit many",
        "cases list --filter {}",
        "cases list --filter {\"version\":1,\"colour\":1}",
        "decide --filter nonsense approve",
        "decide c-1",
        "decide c-9 approve",
        "decide c-1 accept",
        "decide c-1 edit",
        "decide",
        "decide approve",
        "decide c-1 c-9 approve",
        "decide c-1 c-1 accept",
        "decide c-1 c-2",
        "decide c-1 approve --case-type damaged",
        "decide --min-confidence high approve",
        "decide c-1 c-1 approve --digest 00",
        "decide c-1 c-1 edit --arguments /dev/null",
        "decide c-1 respond",
        "decide c-1 approve --wait soon",
        "decide c-1 approve --wait -1",
        "decide c-1 approve --as Nobody",
        "decide c-1 edit --arguments /nowhere/at/all",
        "decide c-1 approve --message a --message b",
        "endpoint add",
        "endpoint add --kind fake --url http://127.0.0.1:1 --name claims",
        "endpoint add --kind nothing --url http://127.0.0.1:1 --name other",
        "endpoint add --kind fake --url ftp://127.0.0.1 --name other",
        "endpoint add --kind fake --url http://u:p@127.0.0.1 --name other",
        "endpoint add --kind fake --url http://127.0.0.1/#x --name other",
        "endpoint add --kind fake --url nonsense --name other",
        "endpoint add --kind fake --url http://127.0.0.1 --name other --header nonsense",
        "endpoint add --kind fake --url http://127.0.0.1 --name other --header Authorization:x",
        "endpoint add --kind fake --url http://127.0.0.1 --name other --header X-Api-Key:x",
        "endpoint add --kind fake --url http://127.0.0.1 --name other --header-stdin",
        "endpoint add --kind fake --url http://127.0.0.1 --name other --extract nonsense",
        "endpoint add --kind fake --url http://127.0.0.1 --name other --extract nothing=/x",
        "endpoint test other",
        "endpoint remove other",
        "sync --endpoint other",
        "person add claims --role king",
        "trail list --limit 0",
        "trail list --case c-9",
        "trail verify --checkpoint /nowhere/at/all",
        "repair c-9",
    };
    for (const char *line : lines) {
        QTest::newRow(line) << text(line);
    }
}

void TestCli::badInputChangesNothing()
{
    QFETCH(QString, line);
    begin({{proposal("q1")}});
    const qint64 before = events();
    const Ran ran = run(line.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    QCOMPARE(ran.code, 2);
    QCOMPARE(ran.out, QByteArray());
    QVERIFY(ran.err.size() > 10);
    QCOMPARE(ran.err.count('\n'), 1);
    QCOMPARE(events(), before);
}

void TestCli::anUnreachableEndpointIsNamed()
{
    begin({});
    QVERIFY(QFile::remove(m_folder->filePath(text("agent.json"))));
    const Ran ran = ctl("sync");
    QCOMPARE(ran.code, 4);
    QVERIFY(ran.err.startsWith("claims: "));
    QCOMPARE(ctl("endpoint test claims").code, 0);
}

void TestCli::secretsComeByStandardInput()
{
    m_environment.insert(text("COUNTERSIGN_PASSPHRASE_FILE"), file("pass", "correct horse"));
    const Ran added
        = ctl("endpoint add --kind fake --url http://127.0.0.1:1 --name a --header-stdin",
              "Authorization: Bearer canary-77\nX-Tenant: blue\n");
    QCOMPARE(added.code, 0);
    const Ran listed = ctl("endpoint list --json");
    QVERIFY(listed.out.contains("Authorization"));
    for (const QByteArray &seen : {added.out, added.err, listed.out, listed.err}) {
        QVERIFY(!seen.contains("canary"));
    }
    QCOMPARE(ctl("endpoint test a").code, 0);
    QCOMPARE(ctl("endpoint remove a").code, 0);
    QCOMPARE(ctl("endpoint list --json").out, QByteArray("[]\n"));
}

void TestCli::casesAreMinded()
{
    begin({{proposal("q1")}, {proposal("q2")}});
    QCOMPARE(ctl("person add Bob").code, 0);
    const Ran aside = ctl("cases set-aside c-1 c-2 --until 2999-01-01 --json");
    QCOMPARE(aside.code, 2); // further than a year
    const Ran parked = ctl("cases set-aside c-1 c-2 --until tomorrow --json");
    QCOMPARE(parked.code, 0);
    QCOMPARE(parked.json()[u"cases"].toStrings(), (QStringList{text("c-1"), text("c-2")}));
    QCOMPARE(ctl("cases show c-2 --json").json()[u"set_aside_until"],
             parked.json()[u"set_aside_until"]);
    QCOMPARE(ctl("cases set-aside c-1 --back").code, 0);
    QVERIFY(ctl("cases show c-1 --json").json()[u"set_aside_until"].isNull());
    QCOMPARE(ctl("cases set-aside c-1 --until-change").code, 0);
    QVERIFY(ctl("cases show c-1 --json").json()[u"set_aside_until_change"].toBool());

    QCOMPARE(ctl("cases assign c-1 bob").code, 0); // enrolled, however it is written
    QCOMPARE(ctl("cases show c-1 --json").json()[u"assignee"].toString(), text("Bob"));
    QCOMPARE(ctl("cases assign c-1 c-2 Legal").code, 0);
    QCOMPARE(ctl("cases list --json").json().items().first()[u"assignee"].toString(),
             text("Legal"));
    QCOMPARE(ctl("cases assign c-1 me --as Bob").code, 0);
    QCOMPARE(ctl("cases show c-1 --json").json()[u"assignee"].toString(), text("Bob"));
    QCOMPARE(ctl("cases assign c-1 nobody").code, 0);
    QVERIFY(ctl("cases show c-1 --json").json()[u"assignee"].isNull());

    QCOMPARE(ctl("cases comment c-1 --message called --as Bob").code, 0);
    const Json back = ctl("cases show c-1 --json").json();
    QCOMPARE(back[u"back_because"].toString(), text("comment"));
    QCOMPARE(back[u"state"].toString(), text("waiting"));
    QCOMPARE(back[u"comments"].items().first()[u"text"].toString(), text("called"));
    QCOMPARE(back[u"comments"].items().first()[u"person"].toString(), text("Bob"));
    QVERIFY(ctl("trail list --case c-1").out.contains(" Bob "));

    QCOMPARE(ctl("cases follow-up c-1 c-2 next-week").code, 0);
    QVERIFY(ctl("cases show c-2 --json").json()[u"follow_up_at"].isString());
    QCOMPARE(ctl("cases follow-up c-2 none").code, 0);
    QVERIFY(ctl("cases show c-2 --json").json()[u"follow_up_at"].isNull());
    QCOMPARE(ctl("trail verify").code, 3);
}

void TestCli::mindingHasItsEnds()
{
    begin({{proposal("q1")}});
    QCOMPARE(ctl("decide c-1 approve").code, 0);
    const qint64 before = events();
    const Ran late = ctl("cases set-aside c-1 --until-change");
    QCOMPARE(late.code, 5);
    QCOMPARE(late.err.count('\n'), 1);
    QCOMPARE(events(), before);
    QCOMPARE(ctl("cases assign c-1 nobody").code, 0); // so it is already
    QCOMPARE(events(), before);
    for (const char *command : {"set-aside", "assign", "comment", "follow-up"}) {
        const Ran help = run({text("cases"), text(command), text("--help")});
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.contains("--as NAME"));
    }
}

void TestCli::theTrailIsVerified()
{
    begin({{proposal("q1")}});
    QCOMPARE(ctl("trail verify").code, 3);
    const Ran plain = ctl("trail checkpoint");
    QVERIFY(parseCheckpoint(plain.out));
    QCOMPARE(ctl("trail checkpoint --json").json()[u"note"].toString().toUtf8(), plain.out);
    const QString note = file("head.note", plain.out);
    QCOMPARE(run({text("trail"), text("verify"), text("--checkpoint"), note}).code, 0);
    QCOMPARE(ctl("decide c-1 approve --wait 20").code, 0);
    QCOMPARE(run({text("trail"), text("verify"), text("--checkpoint"), note}).code, 0);

    const QString path = m_folder->filePath(text("trail.jsonl"));
    QCOMPARE(run({text("trail"), text("export"), text("--output"), path}).code, 0);
    QFile lines(path);
    QVERIFY(lines.open(QIODevice::ReadOnly));
    const Json last = parseJson(lines.readLine()).value();
    QCOMPARE(QString::fromLatin1(leafHash(canonicalJson(last[u"envelope"])).toHex()),
             last[u"leaf"].toString());

    // A profile that is none, and one whose file is no database.
    QVERIFY(QDir(profile()).removeRecursively());
    QCOMPARE(ctl("trail verify").code, 2);
    QVERIFY(QDir().mkpath(profile()));
    file("profile/countersign.db", QByteArray(4096, 'x'));
    QCOMPARE(ctl("trail verify").code, 2);
}

void TestCli::whoHoldsTheProfileDoesTheWriting()
{
    begin({{proposal("q1")}});
    QProcess holder;
    holder.setProcessEnvironment(m_environment);
    holder.start(text(FAKECTL), {text("serve"), profile()});
    QVERIFY(holder.waitForReadyRead(20'000));
    QCOMPARE(ctl("cases list --json").json().items().size(), 1);
    QCOMPARE(ctl("trail verify").code, 3);
    const QString edit = file("edit.json", "{\"amount\": 7}");
    const Ran decided = run({text("decide"), text("c-1"), text("edit"), text("--arguments"), edit,
                             text("--wait"), text("20")});
    QCOMPARE(decided.code, 0);
    QCOMPARE(decided.json()[u"state"].toString(), text("delivered"));
    QCOMPARE(ctl("decide c-1 approve").code, 5);
    QCOMPARE(ctl("decide c-1 accept").code, 2);
    QCOMPARE(ctl("cases assign c-1 me").code, 0);
    QCOMPARE(ctl("cases follow-up c-1 2001-01-01").code, 2);
    QCOMPARE(ctl("cases set-aside c-1 --until tomorrow").code, 5);
    QVERIFY(ctl("cases show c-1 --json").json()[u"assignee"].isString());
    holder.kill();
    QVERIFY(holder.waitForFinished(20'000));
    QCOMPARE(ctl("person add Bob").code, 0);
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
