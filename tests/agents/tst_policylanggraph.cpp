// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agents/langgraph/langgraphserver.h"
#include "domain/json.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

} // namespace

/// A real LangGraph agent under a policy: what it is sure of goes on by itself, with the policy's
/// name in the trail; what it is not sure of waits.
class TestPolicyLangGraph final : public QObject
{
    Q_OBJECT

    LangGraphServer m_server;
    QTemporaryDir m_folder;

    QByteArray ctl(const QStringList &arguments, int expected = 0)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(text("XDG_STATE_HOME"), m_folder.filePath(text("state")));
        process.setProcessEnvironment(environment);
        process.start(text(COUNTERSIGNCTL),
                      QStringList{text("--data"), m_folder.filePath(text("profile"))} + arguments);
        process.closeWriteChannel();
        if (!process.waitForFinished(90'000) || process.exitCode() != expected) {
            qWarning("%s: %s", qPrintable(arguments.join(u' ')),
                     process.readAllStandardError().constData());
            return {};
        }
        return process.readAllStandardOutput();
    }
    Json json(const QStringList &arguments)
    {
        return parseJson(ctl(arguments + QStringList{text("--json")})).value_or(Json());
    }
    Json caseOf(const QString &thread)
    {
        const Json listed = json({text("cases"), text("list")}); // outlives its items
        for (const Json &one : listed.items()) {
            if (one[u"source"][u"thread"].toString() == thread) {
                return one;
            }
        }
        return {};
    }

private Q_SLOTS:
    void theSureOnesGoOnByThemselves()
    {
        ctl({text("endpoint"), text("add"), text("--kind"), text("langgraph"), text("--name"),
             text("claims"), text("--url"), m_server.url().toString(), text("--extract"),
             text("confidence=/values/confidence"), text("--extract"), text("risk=:low"),
             text("--extract"), text("reversibility=:reversible")});
        // A first look names the action that the policy speaks of.
        const QString first = m_server.ask(text("inbox"), "{\"confidence\":0.5}");
        ctl({text("sync")});
        const QString action = caseOf(first)[u"action"].toString();
        QVERIFY(!action.isEmpty());
        QFile policy(m_folder.filePath(text("policy.json")));
        QVERIFY(policy.open(QIODevice::WriteOnly));
        policy.write(
            "{\"format\":\"countersign-policy/1\",\"rules\":[{\"id\":\"sure\",\"action\":\""
            + action.toUtf8() + "\",\"mode\":\"autonomous\",\"min_confidence\":0.8}]}");
        policy.close();
        QVERIFY(!ctl({text("policy"), text("apply"), policy.fileName(), text("--reason"),
                      text("Proven on 1,200 cases.")})
                     .isEmpty());
        const QString sure = m_server.ask(text("inbox"), "{\"confidence\":0.93}");
        const QString unsure = m_server.ask(text("inbox"), "{\"confidence\":0.41}");
        ctl({text("sync")});
        ctl({text("sync")}); // a second round changes nothing

        QCOMPARE(caseOf(sure)[u"state"].toString(), text("delivered"));
        QCOMPARE(m_server.status(sure), text("idle"));
        QCOMPARE(caseOf(unsure)[u"state"].toString(), text("waiting"));
        QCOMPARE(m_server.status(unsure), text("interrupted"));
        QCOMPARE(caseOf(first)[u"state"].toString(), text("waiting")); // from before the policy
        const QByteArray why
            = ctl({text("cases"), text("explain"), caseOf(unsure)[u"id"].toString()});
        QVERIFY2(why.contains("Confidence 0.41 is below 0.8."), why.constData());
        const QByteArray trail = ctl({text("trail"), text("list"), text("--json")});
        QVERIFY(trail.contains("policy v2"));
        ctl({text("trail"), text("verify")}, 3); // consistent; nothing from outside was given
    }
};

QTEST_GUILESS_MAIN(TestPolicyLangGraph)
#include "tst_policylanggraph.moc"
