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
