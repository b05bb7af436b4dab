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

} // namespace

/// The real countersignctl on the real demo agent: a secret that stays one, and numbers that stay
/// what they were.
class TestCliDemo final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersArriveToTheDigit();
    void whatCameLaterIsTakenInByTheNextSync();
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
    QVERIFY(agent.start({text("--seed"), text("1"), text("--cases"), text("10")}));
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
    QCOMPARE(decided.items().size(), ids.size());
    for (qsizetype i = 0; i < ids.size(); ++i) {
        const Json &entry = decided.items().at(i);
        QCOMPARE(entry.contains(u"error"), tried.items().at(i).contains(u"error"));
        if (!entry.contains(u"error")) {
            QVERIFY2(entry[u"state"].toString() == text("delivered"), toJson(entry).constData());
            delivered.insert(entry[u"decision_id"].toString());
        }
    }
    QVERIFY(delivered.size() >= 20);
    QVERIFY(delivered.size() < ids.size()); // some are of high risk
    QTRY_COMPARE(agent.log(text("effect")).size(), delivered.size());
    QSet<QString> effects;
    for (const Json &effect : agent.log(text("effect"))) {
        effects.insert(effect[u"decision"].toString());
    }
    QCOMPARE(effects, delivered);
    QCOMPARE(run(all + text(" --wait 5")).code, 5); // once more: nobody decides twice
    QCOMPARE(agent.log(text("effect")).size(), delivered.size());
}

QTEST_GUILESS_MAIN(TestCliDemo)
#include "tst_clidemo.moc"
