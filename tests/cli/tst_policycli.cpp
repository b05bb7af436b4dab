// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/proposal.h"

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
    return QString::fromUtf8(words);
}

constexpr auto small = R"({"format":"countersign-policy/1","rules":[{"id":"refunds",
    "action":"refund","mode":"autonomous","min_confidence":0.8,"limits":{"EUR":500}}]})";

} // namespace

/// Policies and stops as a script sees them.
class TestPolicyCli final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_environment;

    Ran run(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(text(FAKECTL),
                      arguments + QStringList{text("--data"), m_folder->filePath(text("profile"))});
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit) {
            return {};
        }
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    Ran ctl(const char *line)
    {
        return run(text(line).split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }
    QString file(const char *name, const QByteArray &content)
    {
        QFile out(m_folder->filePath(text(name)));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size()) {
            qFatal("cannot write");
        }
        return out.fileName();
    }
    Ran policy(const char *verb, const QString &path, const QStringList &more = {})
    {
        return run(QStringList{text("policy"), text(verb), path} + more);
    }
    /// One case that the policy above lets go by itself, one that it does not.
    void ask(const char *first, const char *second)
    {
        Json all = Json::array();
        for (const char *question : {first, second}) {
            Proposal made;
            made.source = {.question = text(question), .lane = text(question)};
            made.agent = text("claims");
            made.action = text("refund");
            made.arguments = parseJson(R"({"amount":100.10})").value();
            made.allowed = DecisionKind::Approve | DecisionKind::Reject;
            made.risk = Risk::Low;
            made.reversibility = Reversibility::Reversible;
            made.impact.amount = Decimal::parse(QByteArray("100.10"));
            made.impact.currency = text("EUR");
            made.confidence = Decimal::parse(QByteArray(question == first ? "0.9" : "0.3"));
            Json parts = Json::array();
            parts.append(made.toJson());
            all.append(parts);
        }
        file("agent.json", toJson(all));
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(text("FAKE_SERVER"), m_folder->filePath(text("agent.json")));
        m_environment.insert(text("XDG_STATE_HOME"), m_folder->filePath(text("state")));
        m_environment.insert(text("DBUS_SESSION_BUS_ADDRESS"), text("disabled:"));
        m_environment.remove(text("FAKE_FAULT"));
    }
    void cleanup() { m_folder.reset(); }

    void everyFaultHasItsPath()
    {
        const Ran good = policy("check", file("good.json", small));
        QCOMPARE(good.code, 0);
        const Ran bad = policy("check",
                               file("bad.json",
                                    R"({"format":"countersign-policy/1","ruels":[],"rules":[
                                    {"id":"a","approvers":0},{"id":"a","action":"x"}]})"));
        QCOMPARE(bad.code, 2);
        QVERIFY(bad.out.isEmpty());
        for (const char *path : {"/ruels: ", "/rules/0/approvers: ", "/rules/1/id: "}) {
            QVERIFY2(bad.err.contains(path), bad.err.constData());
        }
        const Ran json = policy("check", m_folder->filePath(text("bad.json")), {text("--json")});
        QCOMPARE(json.code, 2);
        QCOMPARE(json.json()[u"faults"].items().size(), 3);
        QVERIFY(!QFile::exists(m_folder->filePath(text("profile")))); // no profile is needed
        QCOMPARE(policy("check", text("/nowhere.json")).code, 2);
    }

    void appliedItDecides()
    {
        ask("q1", "q2");
        QCOMPARE(ctl("endpoint add --kind fake --url http://127.0.0.1:1 --name claims").code, 0);
        const QString path = file("p.json", small);
        QCOMPARE(policy("apply", path).code, 2); // no reason
        const Ran applied
            = policy("apply", path, {text("--reason"), text("Proven."), text("--json")});
        QCOMPARE(applied.code, 0);
        QCOMPARE(applied.json()[u"policy"].toString(), text("policy v2"));
        QCOMPARE(policy("apply", path, {text("--reason"), text("Again.")}).code, 2);
        QVERIFY(ctl("policy show").out.contains("refund goes by itself from confidence 0.8"));
        QCOMPARE(policy("diff", path, {text("--json")}).json()[u"changes"].items().size(), 0);
        QCOMPARE(ctl("sync").code, 0);
        const Json explained = ctl("cases explain c-1 --json").json();
        QCOMPARE(explained[u"disposition"].toString(), text("auto-approve"));
        QCOMPARE(explained[u"decided_by"].toString(), text("policy v2"));
        QCOMPARE(explained[u"terms"][u"rule"].toString(), text("refunds"));
        const Ran asked = ctl("cases explain c-2");
        QVERIFY(asked.out.contains("c-2: approve by policy v2, rule refunds"));
        QVERIFY(asked.out.contains("Confidence 0.3 is below 0.8."));
        QCOMPARE(ctl("trail verify").code, 3); // consistent; nothing from outside was given
    }

    void aDraftIsTriedOnThePast()
    {
        ask("q1", "q2");
        QCOMPARE(ctl("endpoint add --kind fake --url http://127.0.0.1:1 --name claims").code, 0);
        QCOMPARE(ctl("sync").code, 0);
        QCOMPARE(ctl("decide c-1 reject --wait 30").code, 0);
        const QString path = file("p.json", small);
        const Json tried = policy("replay", path, {text("--json")}).json();
        QCOMPARE(tried[u"cases"].toInteger(), 2);
        QCOMPARE(tried[u"reviewed_before"].toInteger(), 2);
        QCOMPARE(tried[u"reviewed_after"].toInteger(), 1);
        QCOMPARE(tried[u"wrong_let_through"].toInteger(), 1); // a person rejected it
        QCOMPARE(tried[u"released"][u"EUR"].toString(), text("100.10"));
        QCOMPARE(tried[u"behind"][u"wrong_let_through"].toStrings(), QStringList{text("c-1")});
        const Json none
            = policy("replay", path, {text("--to"), text("2020-01-01"), text("--json")}).json();
        QCOMPARE(none[u"cases"].toInteger(), 0);
        QCOMPARE(policy("replay", path, {text("--from"), text("yesterday")}).code, 2);
    }

    void whatWaitsIsGatedAnew()
    {
        ask("q1", "q2");
        QCOMPARE(ctl("endpoint add --kind fake --url http://127.0.0.1:1 --name claims").code, 0);
        QCOMPARE(ctl("sync").code, 0);
        const Ran applied = policy("apply", file("p.json", small),
                                   {text("--reason"), text("Proven."), text("--json")});
        QCOMPARE(applied.json()[u"gated_anew"].toInteger(), 2);
        const Json explained = ctl("cases explain c-1 --json").json();
        QCOMPARE(explained[u"question"].toString(), text("why_automatic"));
        QCOMPARE(explained[u"decided_by"].toString(), text("policy v2"));
        QVERIFY(ctl("cases explain c-1").out.contains("Why this was automatic:"));
        QVERIFY(ctl("cases explain c-2").out.contains("Why you are asked:"));
        const Json endpoint = ctl("endpoint list --json").json().items().first();
        QCOMPARE(endpoint[u"policy_in_force"].toString(), text("policy v2"));
        QVERIFY(endpoint[u"policy"].isNull());
        QVERIFY(!endpoint[u"other_policy"].toBool());
        QCOMPARE(ctl("policy push --json").json()[u"kept_by"].toInteger(-1), 0);
        QCOMPARE(ctl("trail verify").code, 3);
    }

    void severalMustApprove()
    {
        ask("q1", "q2");
        QCOMPARE(ctl("endpoint add --kind fake --url http://127.0.0.1:1 --name claims").code, 0);
        const QString path = file("p.json", R"({"format":"countersign-policy/1","rules":[
            {"id":"r","action":"refund","approvers":2,"batch":true}]})");
        QCOMPARE(policy("apply", path, {text("--reason"), text("Four eyes.")}).code, 0);
        QCOMPARE(ctl("sync").code, 0);
        QCOMPARE(ctl("person add Bo").code, 0);
        const Ran first = ctl("decide c-1 approve --wait 5");
        QCOMPARE(first.code, 0);
        QCOMPARE(toJson(first.json()),
                 QByteArray(R"({"state":"waiting_for_approvals","given":1,"of":2})"));
        QCOMPARE(ctl("decide c-1 approve").code, 5); // the same person
        QCOMPARE(ctl("cases show c-1 --json").json()[u"approvals"].items().size(), 1);
        QVERIFY(ctl("cases explain c-1").out.contains("1 of 2 approvals"));
        const Ran many = ctl("decide c-1 c-2 approve --as Bo --wait 30");
        QCOMPARE(many.code, 0);
        QCOMPARE(many.json().items()[0][u"state"].toString(), text("delivered"));
        QCOMPARE(many.json().items()[1][u"state"].toString(), text("waiting_for_approvals"));
        QCOMPARE(ctl("decide c-2 reject --wait 30").json()[u"state"].toString(), text("delivered"));
        QCOMPARE(ctl("trail verify").code, 3);
    }

    void whoMayDecide()
    {
        ask("q1", "q2");
        QCOMPARE(ctl("endpoint add --kind fake --url http://127.0.0.1:1 --name claims").code, 0);
        QCOMPARE(ctl("sync").code, 0);
        QCOMPARE(ctl("person add Bo").code, 0);
        QCOMPARE(ctl("person add Cy").code, 0);
        const Json bo = ctl("person authority Bo --limit 100EUR --role finance --json").json();
        QCOMPARE(bo[u"roles"].toStrings(), QStringList{text("finance")});
        QCOMPARE(bo[u"limits"][u"EUR"].numberText(), QByteArray("100"));
        QCOMPARE(ctl("person authority Bo --limit much").code, 2);
        QCOMPARE(ctl("person authority Bo").code, 2);
        QCOMPARE(ctl("person authority Bo --limit none --as Cy").code, 5);
        const Ran refused = ctl("decide c-1 approve --as Bo");
        QCOMPARE(refused.code, 5);
        QVERIFY(refused.err.contains("100.10 EUR is above what you may approve: up to 100 EUR."));
        QCOMPARE(ctl("cases assign c-1 Bo --note Soon").code, 0);
        const Json absent
            = ctl("person absent Bo --until next-week --delegate Cy --note Please --json").json();
        QCOMPARE(absent[u"handed_over"].toInteger(), 1);
        QCOMPARE(ctl("cases show c-1 --json").json()[u"assignee"].toString(), text("Cy"));
        QCOMPARE(ctl("person absent Bo --until next-week --as Cy").code, 5);
        QVERIFY(ctl("person back Bo --as Bo --json").json()[u"absent_until"].isNull());
        QCOMPARE(ctl("person authority Bo --limit none --role none").code, 0);
        QCOMPARE(ctl("decide c-1 approve --as Bo").code, 0);
        QCOMPARE(ctl("trail verify").code, 3);
    }

    void stopAndResume()
    {
        ask("q1", "q2");
        QCOMPARE(ctl("endpoint add --kind fake --url http://127.0.0.1:1 --name claims").code, 0);
        QCOMPARE(ctl("sync").code, 0);
        QCOMPARE(ctl("stop --reason Odd").code, 0);
        QCOMPARE(ctl("stops --json").json().items().size(), 1);
        QCOMPARE(ctl("decide c-1 approve --wait 1").code, 4); // held
        QCOMPARE(ctl("resume").code, 2); // no reason
        QCOMPARE(ctl("resume --reason Checked").code, 0);
        QCOMPARE(ctl("resume --reason Checked").code, 2); // there is none
        QCOMPARE(ctl("stops --json").json().items().size(), 0);
        QCOMPARE(ctl("sync").code, 0);
        QCOMPARE(ctl("cases list --state delivered --json").json().items().size(), 1);
        QCOMPARE(ctl("stop --endpoint nowhere").code, 2);
    }
};

QTEST_GUILESS_MAIN(TestPolicyCli)
#include "tst_policycli.moc"
