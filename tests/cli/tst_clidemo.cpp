// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/endpoint.h"
#include "domain/json.h"

#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "testing/demoagent.h"

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

/// The decisions that took effect, by the agent's own log.
QSet<QString> effectsOf(const DemoAgentProcess &agent)
{
    QSet<QString> decisions;
    for (const Json &effect : agent.log(text("effect"))) {
        decisions.insert(effect[u"decision"].toString());
    }
    return decisions;
}

} // namespace

/// The real countersignctl on the real demo agent: a secret that stays one, and numbers that stay
/// what they were.
class TestCliDemo final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersArriveToTheDigit();
    void whatCameLaterIsTakenInByTheNextSync();
    void spotChecksComeWithTheNextSync();
    void knownAnswersOfAFileNeverReachTheAgent();
    void aWrongTokenIsNamedAndNotShown();
    void manyTakeEffectOnceEach();

private:
    struct Ran
    {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };
    Ran run(const QString &line, const QByteArray &input = {})
    {
        QFile passphrase(m_folder.filePath(text("passphrase")));
        if (!passphrase.exists() && passphrase.open(QIODevice::WriteOnly)) {
            passphrase.write("correct horse");
            passphrase.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
            passphrase.close();
        }
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(text("XDG_STATE_HOME"), m_folder.filePath(text("state")));
        environment.insert(text("COUNTERSIGN_PASSPHRASE_FILE"), passphrase.fileName());
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(text(COUNTERSIGNCTL),
                      QStringList{text("--data"), m_profile} + line.split(QLatin1Char(' ')));
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000)) {
            qFatal("countersignctl hangs: %s", qPrintable(line));
        }
        const Ran ran{process.exitCode(), process.readAllStandardOutput(),
                      process.readAllStandardError()};
        m_said += ran.out + ran.err;
        return ran;
    }
    void connectTo(const DemoAgentProcess &agent, const QByteArray &token)
    {
        const Ran added
            = run(text("endpoint add --kind countersign --name demo --url %1 --header-stdin")
                      .arg(agent.url().toString()),
                  "Authorization: Bearer " + token + "\n");
        QVERIFY2(added.code == 0, added.err.constData());
    }

    QTemporaryDir m_folder;
    QString m_profile;
    QByteArray m_said; ///< all that was ever printed
};

void TestCliDemo::numbersArriveToTheDigit()
{
    m_profile = m_folder.filePath(text("profile"));
    DemoAgentProcess agent;
    QVERIFY(agent.start({text("--seed"), text("1"), text("--cases"), text("13")}));
    connectTo(agent, agent.token());
    QCOMPARE(run(text("sync")).code, 0);
    const Ran listed = run(text("cases list --json"));
    const auto cases = parseJson(listed.out);
    QVERIFY(cases);
    const Json *booking = nullptr;
    for (const Json &item : cases->items()) {
        if (item[u"action"].toString() == text("import_booking")) {
            booking = &item;
        }
    }
    QVERIFY(booking != nullptr);
    const QByteArray arguments = toJson((*booking)[u"arguments"]);
    for (const char *kept : {"12345678901234567890", ":42,", "\"42\"", "100.10", "null"}) {
        QVERIFY2(arguments.contains(kept), kept);
    }
    const Ran decided
        = run(text("decide %1 approve --wait 20 --json").arg((*booking)[u"id"].toString()));
    QCOMPARE(decided.code, 0);
    QTRY_COMPARE(agent.log(text("effect")).size(), 1);
    QCOMPARE(toJson(agent.log(text("effect")).constFirst()[u"arguments"]), arguments);
    run(text("trail list --json"));
    run(text("cases show %1 --json").arg((*booking)[u"id"].toString()));
    QVERIFY(!m_said.contains(agent.token()));
}

/// Each command is a process of its own: nobody listens while the agent acts.
void TestCliDemo::whatCameLaterIsTakenInByTheNextSync()
{
    m_profile = m_folder.filePath(text("late"));
    DemoAgentProcess agent;
    QVERIFY(agent.start({text("--cases"), text("3"), text("--effect-delay"), text("1500")}));
    connectTo(agent, agent.token());
    QCOMPARE(run(text("sync")).code, 0);
    const auto cases = parseJson(run(text("cases list --json")).out);
    QVERIFY(cases && !cases->items().isEmpty());
    const QString id = cases->items().constFirst()[u"id"].toString();
    QCOMPARE(run(text("decide %1 approve --wait 20").arg(id)).code, 0);
    QVERIFY(agent.log(text("effect")).isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(agent.log(text("outcome")).size(), 1, 20'000);
    const auto effects = [&]() -> QStringList {
        const auto shown = parseJson(run(text("cases show %1 --json").arg(id)).out);
        return shown ? (*shown)[u"effects"].toStrings() : QStringList();
    };
    QVERIFY(effects().isEmpty());
    const Ran synced = run(text("sync --json"));
    QCOMPARE(synced.code, 0);
    QCOMPARE((*parseJson(synced.out))[u"endpoints"].items().constFirst()[u"effects"].toInteger(),
             2);
    QCOMPARE(effects(),
             QStringList({agent.log(text("effect")).constFirst()[u"text"].toString(),
                          agent.log(text("outcome")).constFirst()[u"text"].toString()}));
    QCOMPARE(run(text("sync")).code, 0);
    QCOMPARE(effects().size(), 2);
    QCOMPARE(run(text("trail verify")).code, 3); // whole, but held against nothing from outside
}

/// What agents did by themselves while nobody listened is drawn from, looked at and marked.
void TestCliDemo::spotChecksComeWithTheNextSync()
{
    m_profile = m_folder.filePath(text("checks"));
    DemoAgentProcess agent;
    QVERIFY(agent.start({text("--cases"), text("1")}));
    connectTo(agent, agent.token());
    QCOMPARE(run(text("setting set spot_check_rate 1")).code, 0);
    QCOMPARE(run(text("sync")).code, 0);
    QSet<QString> done;
    for (int i = 0; i < 3; ++i) {
        done.insert(agent.hook(text("perform"))[u"id"].toString());
    }
    QCOMPARE(done.size(), 3);
    QTRY_COMPARE(agent.log(text("outcome")).size(), 3);
    const Json counts
        = (*parseJson(run(text("sync --json")).out))[u"endpoints"].items().constFirst();
    QCOMPARE(counts[u"performed"].toInteger(), 3);
    QCOMPARE(counts[u"spot_checks"].toInteger(), 3);
    const Json again
        = (*parseJson(run(text("sync --json")).out))[u"endpoints"].items().constFirst();
    QCOMPARE(again[u"performed"].toInteger(), 0);

    const auto listed = parseJson(run(text("spotchecks list --json")).out);
    QVERIFY(listed);
    QCOMPARE(listed->items().size(), 3);
    for (const Json &check : listed->items()) {
        QCOMPARE(check[u"effects"].items().size(), 2); // what was done, and what came of it
    }
    const QString id = listed->items().constFirst()[u"id"].toString();
    QVERIFY(run(text("spotchecks mark %1 wrong").arg(id)).code != 0); // not without a reason
    QCOMPARE(run(text("spotchecks mark %1 wrong --reason Twice").arg(id)).code, 0);
    QCOMPARE(parseJson(run(text("spotchecks list --json")).out)->items().size(), 2);
    QCOMPARE(run(text("spotchecks draws")).code, 0);
    QVERIFY(run(text("decide %1 approve").arg(id)).code != 0); // nothing is ever sent
    const auto people = parseJson(run(text("reviewers --json")).out);
    QVERIFY(people);
    QCOMPARE(people->items().constFirst()[u"marked"].toInteger(), 1);
    QCOMPARE(people->items().constFirst()[u"as_proposed"].toInteger(), 0);
    QVERIFY(!people->items().constFirst()[u"worth_a_look"].toBool());
    QCOMPARE(agent.log(text("effect")).size(), 3);
    QCOMPARE(run(text("trail verify")).code, 3);
}

void TestCliDemo::knownAnswersOfAFileNeverReachTheAgent()
{
    m_profile = m_folder.filePath(text("known"));
    const auto write = [this](const QByteArray &lines) -> QString {
        QFile file(m_folder.filePath(text("known.jsonl")));
        return file.open(QIODevice::WriteOnly) && file.write(lines) == lines.size()
            ? file.fileName()
            : QString();
    };
    DemoAgentProcess agent;
    QVERIFY(agent.start({text("--cases"), text("2")}));
    connectTo(agent, agent.token());
    const QByteArray good
        = "{\"case\":{\"agent\":\"support\",\"action\":\"issue_refund\",\"question\":\"Pay?\","
          "\"arguments\":{\"amount\":99999},\"allowed\":[\"approve\",\"reject\"],\"risk\":\"low\"},"
          "\"right\":[\"reject\"],\"why\":\"Nobody pays that.\"}\n";
    const Ran refused = run(text("known add demo --file %1").arg(write(good + "oops\n" + good)));
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains("Line 2: "), refused.err.constData());
    QCOMPARE(run(text("known add demo --file %1").arg(write(good))).code, 0);
    QCOMPARE(run(text("setting set known_answer_rate 1")).code, 0);
    QCOMPARE(run(text("sync")).code, 0);
    const Json listed = parseJson(run(text("cases list --json")).out).value();
    QString id;
    for (const Json &one : listed.items()) {
        id = one[u"arguments"][u"amount"].toInteger() == 99999 ? one[u"id"].toString() : id;
    }
    QVERIFY(!id.isEmpty());
    const Ran answered = run(text("decide %1 approve --wait 10").arg(id));
    QVERIFY2(answered.out.contains("Nobody pays that."), (answered.out + answered.err).constData());
    for (const Json &request : agent.log(text("request"))) {
        QVERIFY(!request[u"path"].toString().endsWith(u"/decision"));
    }
    QVERIFY(agent.log(text("effect")).isEmpty());
    const auto people = parseJson(run(text("reviewers --json")).out);
    QCOMPARE(people->items().constFirst()[u"known_asked"].toInteger(), 1);
    QCOMPARE(people->items().constFirst()[u"known_right"].toInteger(), 0);
    QCOMPARE(run(text("trail verify")).code, 3);
}

void TestCliDemo::aWrongTokenIsNamedAndNotShown()
{
    m_profile = m_folder.filePath(text("other"));
    DemoAgentProcess agent;
    QVERIFY(agent.start());
    connectTo(agent, "canary-5f1c");
    const Ran synced = run(text("sync"));
    QVERIFY(synced.code != 0);
    QVERIFY2(synced.err.contains("demo"), synced.err.constData());
    QVERIFY(run(text("endpoint test demo")).code != 0);
    QVERIFY(!m_said.contains("canary-5f1c"));
}

/// Effects are counted at the agent, which hangs up on some decisions after taking them.
void TestCliDemo::manyTakeEffectOnceEach()
{
    m_profile = m_folder.filePath(text("many"));
    DemoAgentProcess agent;
    QVERIFY(agent.start({text("--seed"), text("3"), text("--cases"), text("60"), text("--fault"),
                         text("drop-after-apply:times-3")}));
    connectTo(agent, agent.token());
    QCOMPARE(run(text("sync")).code, 0);
    QStringList ids;
    const Json listed = parseJson(run(text("cases list --json --state waiting")).out).value();
    for (const Json &one : listed.items()) {
        ids.append(one[u"id"].toString());
    }
    QVERIFY(ids.size() >= 50);
    const QString all = text("decide ") + ids.join(QLatin1Char(' ')) + text(" approve");
    const Json tried = parseJson(run(all + text(" --dry-run")).out).value();
    QVERIFY(agent.log(text("effect")).isEmpty());
    const Json decided = parseJson(run(all + text(" --wait 45")).out).value();
    QSet<QString> delivered;
    QSet<QString> inParts;
    QCOMPARE(decided.items().size(), ids.size());
    for (qsizetype i = 0; i < ids.size(); ++i) {
        const Json &entry = decided.items().at(i);
        QCOMPARE(entry.contains(u"error"), tried.items().at(i).contains(u"error"));
        if (entry.contains(u"error")) {
            continue;
        }
        // A part waits for its siblings; those of high risk are not decided here.
        const QString state = entry[u"state"].toString();
        QVERIFY2(state == u"delivered" || state == u"waiting_for_parts", toJson(entry).constData());
        (state == u"delivered" ? delivered : inParts).insert(entry[u"decision_id"].toString());
    }
    QVERIFY(delivered.size() >= 20);
    QVERIFY(delivered.size() < ids.size()); // some are of high risk
    QSet<QString> effects;
    QTRY_VERIFY((effects = effectsOf(agent)).contains(delivered));
    QCOMPARE(agent.log(text("effect")).size(), effects.size()); // each of them once
    QVERIFY((delivered + inParts).contains(effects));
    QCOMPARE(run(all + text(" --wait 5")).code, 5); // once more: nobody decides twice
    QCOMPARE(agent.log(text("effect")).size(), effects.size());
}

QTEST_GUILESS_MAIN(TestCliDemo)
#include "tst_clidemo.moc"
