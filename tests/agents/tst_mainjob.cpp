// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agents/langgraph/langgraphserver.h"
#include "domain/json.h"

#include <QDir>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;

namespace {

struct Ran
{
    int code = -1;
    bool killed = false;
    QByteArray out;
    QByteArray err;
    [[nodiscard]] Json json() const { return parseJson(out).value_or(Json()); }
};

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

} // namespace

/// The main job as a script does it: countersignctl against a real LangGraph server, the effect
/// read back from the graph itself.
class TestMainJob final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everyDialectIsAnswered_data();
    void everyDialectIsAnswered();
    void partsGoTogether();
    void theRealMiddlewareActs();
    void twoQuestionsAtOnceAreTwoCases();
    void twoInARowAreTwoCases();
    void aWrongAnswerIsRefusedBeforeItIsSent();
    void aRaceIsSuperseded();
    void aPoisonedThreadIsRepaired();
    void killedItTakesEffectOnce_data();
    void killedItTakesEffectOnce();
    void theTrailProvesIt();

private:
    Ran run(const QStringList &arguments, const char *crashAt = nullptr);
    Ran ctl(const QString &line) { return run(line.split(QLatin1Char(' '))); }
    /// Takes in what is open; the cases of a thread, oldest first.
    QList<Json> casesOf(const QString &thread, const char *state = "waiting");
    Json caseOf(const QString &thread) { return casesOf(thread).value(0); }
    QString file(const char *name, const QByteArray &content);
    QString wait(const Json &json, const QStringList &decision);
    int verify(const QStringList &more = {})
    {
        return run(QStringList{text("trail"), text("verify")} + more).code;
    }
    void sql(const char *statement);

    LangGraphServer m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMainJob::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const Ran added = ctl(text("endpoint add --kind langgraph --name claims --url %1 --extract "
                               "confidence=/values/confidence --extract case_type=:damaged_order")
                              .arg(m_server.url().toString()));
    QVERIFY2(added.code == 0, added.err.constData());
}

void TestMainJob::cleanup()
{
    m_folder.reset();
}

Ran TestMainJob::run(const QStringList &arguments, const char *crashAt)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(text("XDG_STATE_HOME"), m_folder->filePath(text("state")));
    if (crashAt != nullptr) {
        environment.insert(text("COUNTERSIGN_CRASH_AT"), text(crashAt));
    }
    process.setProcessEnvironment(environment);
    process.start(text(COUNTERSIGNCTL),
                  QStringList{text("--data"), m_folder->filePath(text("profile"))} + arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(90'000)) {
        qFatal("countersignctl hangs: %s", qPrintable(arguments.join(QLatin1Char(' '))));
    }
    return {process.exitCode(), process.exitStatus() == QProcess::CrashExit,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

QList<Json> TestMainJob::casesOf(const QString &thread, const char *state)
{
    const Ran synced = ctl(text("sync"));
    if (synced.code != 0) {
        qWarning("%s", synced.err.constData());
        return {};
    }
    QList<Json> found;
    const Json listed = ctl(text("cases list --json --state %1").arg(text(state))).json();
    for (const Json &json : listed.items()) {
        if (json[u"source"][u"thread"].toString() == thread) {
            found.append(json);
        }
    }
    return found;
}

QString TestMainJob::file(const char *name, const QByteArray &content)
{
    const QString path = m_folder->filePath(text(name));
    QFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size()) {
        qFatal("cannot write %s", name);
    }
    return path;
}

/// Decides and waits; the state that it ended in.
QString TestMainJob::wait(const Json &json, const QStringList &decision)
{
    const Ran ran = run(QStringList{text("--json"), text("decide"), json[u"id"].toString()}
                        + decision + QStringList{text("--wait"), text("30")});
    if (ran.code != 0) {
        qWarning("exit %d: %s %s", ran.code, ran.out.constData(), ran.err.constData());
    }
    return ran.json()[u"state"].toString();
}

void TestMainJob::everyDialectIsAnswered_data()
{
    QTest::addColumn<QString>("graph");
    QTest::addColumn<QStringList>("decision");
    QTest::addColumn<QByteArray>("arguments"); // written to a file where not empty
    QTest::addColumn<QByteArray>("effects");
    const auto row = [](const char *name, const char *graph, const char *decision,
                        const char *arguments, const char *effects) -> void {
        QTest::newRow(name) << text(graph) << text(decision).split(QLatin1Char('|'))
                            << QByteArray(arguments) << QByteArray(effects);
    };
    const char *edited
        = "{\"order\":\"A1\",\"amount\":99.9,\"note\":null,\"count\":43,\"text\":\"42\"}";
    row("inbox approve", "inbox", "approve", "",
        "[{\"did\":\"refund\",\"args\":{\"order\":\"A1\",\"amount\":100.1,\"note\":null,\"count\":"
        "42,"
        "\"text\":\"42\"},\"edited\":false}]");
    row("inbox edit", "inbox", "edit", edited,
        "[{\"did\":\"refund\",\"args\":{\"order\":\"A1\",\"amount\":99.9,\"note\":null,\"count\":"
        "43,"
        "\"text\":\"42\"},\"edited\":true}]");
    row("inbox respond", "inbox", "respond|--message|Ask Ann first", "",
        "[{\"did\":\"heard\",\"text\":\"Ask Ann first\"}]");
    row("inbox ignore", "inbox", "ignore", "", "[{\"did\":\"nothing\"}]");
    row("approval approve", "approval", "approve", "",
        "[{\"did\":\"refund\",\"args\":{\"amount\":7}}]");
    row("approval reject", "approval", "reject|--message|No", "",
        "[{\"did\":\"reject\",\"text\":\"No\"}]");
    row("schema", "schema", "respond", "{\"lamps\":3}",
        "[{\"did\":\"order\",\"args\":{\"lamps\":3}}]");
    row("plain message", "plain", "respond|--message|Hello", "",
        "[{\"did\":\"write\",\"args\":\"Hello\"}]");
    row("plain number", "plain", "respond", "42", "[{\"did\":\"write\",\"args\":42}]");
    row("plain false", "plain", "respond", "false", "[{\"did\":\"write\",\"args\":false}]");
    row("nested", "nested", "approve", "",
        "[{\"did\":\"deep\",\"args\":{\"n\":1},\"edited\":false}]");
    row("breakpoint", "gate", "approve", "", "[{\"did\":\"prepare\"},{\"did\":\"danger\"}]");
}

void TestMainJob::everyDialectIsAnswered()
{
    QFETCH(QString, graph);
    QFETCH(QStringList, decision);
    QFETCH(QByteArray, arguments);
    QFETCH(QByteArray, effects);
    const QString thread = m_server.ask(graph, "{\"confidence\":0.71}");
    const Json asked = caseOf(thread);
    QVERIFY(asked.isObject());
    QCOMPARE(asked[u"case_type"].toString(), text("damaged_order"));
    QCOMPARE(asked[u"confidence"].numberText(), QByteArray("0.71"));
    QVERIFY(asked[u"allowed"].toStrings().contains(decision.first()));
    if (!arguments.isEmpty()) {
        decision += {text("--arguments"), file("arguments.json", arguments)};
    }
    QCOMPARE(wait(asked, decision), text("delivered"));
    QCOMPARE(m_server.effects(thread), effects);
    QCOMPARE(m_server.status(thread), text("idle"));
    QCOMPARE(verify(), 3);
}

void TestMainJob::partsGoTogether()
{
    const QString thread = m_server.ask(text("snake"));
    const QList<Json> parts = casesOf(thread);
    QCOMPARE(parts.size(), 2);
    const Ran first = run({text("--json"), text("decide"), parts.at(1)[u"id"].toString(),
                           text("reject"), text("--message"), text("Not yet")});
    QCOMPARE(first.code, 0);
    QCOMPARE(first.json()[u"state"].toString(), text("waiting_for_parts"));
    QCOMPARE(first.json()[u"decided"].toInteger(), 1);
    QCOMPARE(first.json()[u"of"].toInteger(), 2);
    const QString edited = file("edit.json", "{\"order\":\"A1\",\"amount\":100}");
    QCOMPARE(wait(parts.at(0), {text("edit"), text("--arguments"), edited}), text("delivered"));
    QCOMPARE(m_server.effects(thread),
             QByteArray(
                 "[{\"did\":\"refund\",\"args\":{\"order\":\"A1\",\"amount\":100},\"edited\":true},"
                 "{\"did\":\"reject\",\"text\":\"Not yet\"}]"));
}

void TestMainJob::theRealMiddlewareActs()
{
    const QString thread = m_server.ask(text("hitl"),
                                        "{\"messages\":[{\"role\":\"user\",\"content\":\"[{"
                                        "\\\"name\\\":\\\"refund\\\",\\\"args\\\":"
                                        "{\\\"order\\\":\\\"A1\\\",\\\"amount\\\":120}}]\"}]}");
    const Json asked = caseOf(thread);
    QCOMPARE(asked[u"action"].toString(), text("refund"));
    QCOMPARE(toJson(asked[u"arguments"]), QByteArray("{\"order\":\"A1\",\"amount\":120}"));
    QCOMPARE(asked[u"allowed"].toStrings(),
             (QStringList{text("approve"), text("edit"), text("reject")}));
    const QString edited = file("edit.json", "{\"order\":\"A1\",\"amount\":100.5}");
    QCOMPARE(wait(asked, {text("edit"), text("--arguments"), edited}), text("delivered"));
    QVERIFY(toJson(m_server.thread(thread)[u"values"])
                .contains("refunded {\\\"order\\\":\\\"A1\\\",\\\"amount\\\":100.5}"));
}

void TestMainJob::twoQuestionsAtOnceAreTwoCases()
{
    const QString thread = m_server.ask(text("fan"));
    const QList<Json> asked = casesOf(thread);
    QCOMPARE(asked.size(), 2);
    QCOMPARE(wait(asked.at(0), {text("approve")}), text("delivered"));
    QCOMPARE(casesOf(thread).size(), 1);
    QCOMPARE(wait(casesOf(thread).first(), {text("ignore")}), text("delivered"));
    const QByteArray effects = m_server.effects(thread);
    QVERIFY2(effects.count("did") == 2 && effects.contains("{\"did\":\"nothing\"}"),
             effects.constData());
}

void TestMainJob::twoInARowAreTwoCases()
{
    const QString thread = m_server.ask(text("twice"));
    const Json first = caseOf(thread);
    QCOMPARE(wait(first, {text("respond"), text("--message"), text("one")}), text("delivered"));
    const Json second = caseOf(thread);
    QVERIFY(second.isObject());
    QVERIFY(second[u"id"].toString() != first[u"id"].toString());
    QCOMPARE(second[u"source"][u"interrupt"], first[u"source"][u"interrupt"]);
    QCOMPARE(wait(second, {text("respond"), text("--message"), text("two")}), text("delivered"));
    QCOMPARE(m_server.effects(thread),
             QByteArray("[{\"did\":\"both\",\"args\":[\"one\",\"two\"]}]"));
}

void TestMainJob::aWrongAnswerIsRefusedBeforeItIsSent()
{
    const QString thread = m_server.ask(text("schema"));
    const Json asked = caseOf(thread);
    const QString wrong = file("wrong.json", "{\"lamps\":99}");
    const Ran refused = run({text("--json"), text("decide"), asked[u"id"].toString(),
                             text("respond"), text("--arguments"), wrong});
    QCOMPARE(refused.code, 5);
    QVERIFY(!refused.json()[u"error"][u"text"].toString().isEmpty());
    QCOMPARE(run({text("decide"), asked[u"id"].toString(), text("approve")}).code, 5);
    QCOMPARE(m_server.runs(thread).items().size(), 1);
    QCOMPARE(m_server.status(thread), text("interrupted"));
}

void TestMainJob::aRaceIsSuperseded()
{
    const QString thread = m_server.ask(text("inbox"));
    const Json asked = caseOf(thread);
    m_server.answerAs(text("Mallory"), thread, "[{\"type\":\"ignore\",\"args\":null}]");
    const Ran late = run({text("--json"), text("decide"), asked[u"id"].toString(), text("approve"),
                          text("--wait"), text("30")});
    QCOMPARE(late.code, 3);
    QCOMPARE(late.json()[u"state"].toString(), text("superseded"));
    QCOMPARE(m_server.effects(thread), QByteArray("[{\"did\":\"nothing\"}]"));
    QCOMPARE(m_server.runs(thread).items().size(), 2); // the question and Mallory's answer
}

void TestMainJob::aPoisonedThreadIsRepaired()
{
    const QString thread = m_server.ask(text("strict"));
    m_server.answerAs(text("Mallory"), thread, "\"maybe\"");
    QCOMPARE(m_server.status(thread), text("error"));
    const QList<Json> trouble = casesOf(thread, "trouble");
    QCOMPARE(trouble.size(), 1);
    const Ran repaired = run({text("repair"), trouble.first()[u"id"].toString()});
    QVERIFY2(repaired.code == 0, repaired.err.constData());
    const Json again = caseOf(thread);
    QVERIFY(again.isObject());
    QCOMPARE(wait(again, {text("respond"), text("--message"), text("yes")}), text("delivered"));
    QCOMPARE(m_server.effects(thread), QByteArray("[{\"did\":\"yes\"}]"));
}

void TestMainJob::killedItTakesEffectOnce_data()
{
    QTest::addColumn<QByteArray>("point");
    QTest::newRow("decided, not sent") << QByteArray("decided");
    QTest::newRow("about to be sent") << QByteArray("sent");
    QTest::newRow("taken, not recorded") << QByteArray("acknowledged");
}

void TestMainJob::killedItTakesEffectOnce()
{
    QFETCH(QByteArray, point);
    const QString thread = m_server.ask(text("inbox"));
    const Json asked = caseOf(thread);
    const Ran killed = run(
        {text("decide"), asked[u"id"].toString(), text("approve"), text("--wait"), text("30")},
        point.constData());
    QVERIFY(killed.killed);
    QTRY_VERIFY_WITH_TIMEOUT(m_server.status(thread) != text("busy"), 20'000);
    QCOMPARE(ctl(text("sync")).code, 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_server.effects(thread).count("did"), 1, 20'000);
    const Json shown = ctl(text("cases show %1 --json").arg(asked[u"id"].toString())).json();
    QCOMPARE(shown[u"state"].toString(), text("delivered"));
    QCOMPARE(m_server.runs(thread).items().size(), 2);
    QCOMPARE(verify(), 3);
}

void TestMainJob::sql(const char *statement)
{
    QSqlQuery query(QSqlDatabase::database(text("attack")));
    QVERIFY2(query.exec(text(statement)), statement);
}

void TestMainJob::theTrailProvesIt()
{
    const QString thread = m_server.ask(text("inbox"));
    QCOMPARE(wait(caseOf(thread), {text("approve")}), text("delivered"));
    const QString note = file("note", ctl(text("trail checkpoint")).out);
    const QStringList outside{text("--checkpoint"), note};
    QCOMPARE(verify(outside), 0);
    QCOMPARE(verify(), 3);

    const QString database = m_folder->filePath(text("profile/countersign.db"));
    const auto attack = [&](const QList<const char *> &statements) -> int {
        const QString kept = m_folder->filePath(text("kept.db"));
        if (!QFile::copy(database, kept)) {
            qFatal("cannot copy");
        }
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(text("QSQLITE"), text("attack"));
            db.setDatabaseName(database);
            if (!db.open()) {
                qFatal("cannot open");
            }
            for (const char *statement : statements) {
                sql(statement);
            }
        }
        QSqlDatabase::removeDatabase(text("attack"));
        const int code = verify(outside);
        QFile::remove(database);
        QFile::rename(kept, database);
        return code;
    };
    const char *noUpdate = "DROP TRIGGER event_no_update";
    const char *noDelete = "DROP TRIGGER event_no_delete";
    QCOMPARE(attack({noUpdate}), 1);
    QCOMPARE(attack({noUpdate,
                     "UPDATE event SET envelope = CAST(replace(CAST(envelope AS TEXT), 'refund', "
                     "'refunt') AS BLOB) WHERE kind = 'decision.approve'"}),
             1);
    QCOMPARE(attack({noDelete, "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)"}), 1);
    QCOMPARE(attack({"UPDATE log_head SET size = size - 1"}), 1);
    QCOMPARE(verify(outside), 0);
}

QTEST_GUILESS_MAIN(TestMainJob)
#include "tst_mainjob.moc"
