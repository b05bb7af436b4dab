// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/policychangesmodel.h"
#include "items/policyhistorymodel.h"
#include "items/policyrulesmodel.h"
#include "services/servicesfixture.h"

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

Json documentOf(const QByteArray &rules)
{
    return parseJson(R"({"format":"countersign-policy/1","rules":[)" + rules + "]}").value();
}

const QByteArray refunds = R"({"id":"refunds","action":"issue_refund","mode":"autonomous",)"
                           R"("min_confidence":0.80,"limits":{"EUR":500.00},"queue":"Refunds"})";
const QByteArray contracts = R"({"id":"contracts","action":"send_contract","mode":"approve"})";

} // namespace

/// What the policy page stands on: the policy in force, the draft, and how they differ, in words.
class TestPolicyModel final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServicesFixture> m_f;
    std::unique_ptr<QSettings> m_state;
    std::unique_ptr<PolicyModel> m_policy;

    void open()
    {
        m_policy = std::make_unique<PolicyModel>(*m_f->base.store, *m_state);
        QTRY_VERIFY(m_policy->isLoaded());
        QTRY_VERIFY(!m_policy->isLooking());
    }
    Result<PolicyRecord> set(const Json &document, int after = 0, const char *reason = "Proven.")
    {
        return finished(m_f->policy->set(
            {.document = document, .reason = text(reason), .person = m_f->ana, .after = after}));
    }
    void settle() { QTRY_VERIFY(!m_policy->isLooking()); }
    [[nodiscard]] QStringList sentences() const
    {
        QStringList all;
        for (const PolicyChangeLine &line : m_policy->look().changes) {
            all.append(line.sentence);
        }
        return all;
    }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ServicesFixture>();
        m_f->open();
        m_state = std::make_unique<QSettings>(m_f->base.folder.filePath(text("desktop.ini")),
                                              QSettings::IniFormat);
    }
    void cleanup()
    {
        m_policy.reset();
        m_state.reset();
        m_f.reset();
    }

    void withoutOneTheBuiltInIsInForce()
    {
        open();
        QVERIFY(m_policy->isBuiltIn());
        QCOMPARE(m_policy->inForce().version, 1);
        QVERIFY(!m_policy->isDrafted());
        QVERIFY(!m_policy->isReady());
        QCOMPARE(m_policy->look().rows.size(), 1);
        const PolicyRow &row = m_policy->look().rows.first();
        QVERIFY(row.otherwise);
        QCOMPARE(row.words.cases, text("Otherwise"));
        QCOMPARE(row.words.happens, text("waits for a person"));
    }

    void followsWhatIsSet()
    {
        open();
        QSignalSpy other(m_policy.get(), &PolicyModel::inForceChanged);
        QVERIFY(set(documentOf(refunds)));
        QTRY_COMPARE(m_policy->inForce().version, 2);
        QCOMPARE(other.count(), 1);
        QCOMPARE(m_policy->inForce().personName, text("Ana Pérez"));
        QCOMPARE(m_policy->inForce().reason, text("Proven."));
        QCOMPARE(m_policy->history().size(), 1);
        settle();
        QCOMPARE(m_policy->look().rows.first().words.happens,
                 text("goes by itself from confidence 0.80, up to 500.00 EUR"));
        QCOMPARE(m_policy->look().rows.first().words.people, text("queue Refunds"));
        QCOMPARE(finished(m_policy->version(1)).value().document, builtInPolicy());
        QCOMPARE(finished(m_policy->version(9)).error().code, ErrorCode::NotFound);
    }

    void saysEveryChangeOfADraft()
    {
        QVERIFY(set(documentOf(refunds + ',' + contracts)));
        open();
        PolicyRulesModel rules(*m_policy);
        const QAbstractItemModelTester tester(&rules);
        Json rule = m_policy->rule(0);
        rule.set(key("min_confidence"), Json::number("0.9"));
        rule.set(key("batch"), Json(true));
        m_policy->setRule(0, rule);
        m_policy->removeRule(1);
        const int added = m_policy->addRule(
            Json::object({{key("action"), Json(key("deploy"))}, {key("mode"), Json(key("block"))}}));
        QCOMPARE(added, 1);
        settle();
        QVERIFY(m_policy->isDrafted());
        QVERIFY(m_policy->isReady());
        QCOMPARE(sentences(),
                 (QStringList{text("refunds, Least confidence: 0.9, was 0.80"),
                              text("refunds, In batches: yes, was open"),
                              text("New rule rule-1: deploy is not allowed."),
                              text("Rule contracts goes: send_contract waits for a person.")}));
        QCOMPARE(rules.rowCount(), 4); // what is gone is still shown, and what holds otherwise
        QStringList marks;
        for (int row = 0; row < rules.rowCount(); ++row) {
            marks.append(rules.index(row, PolicyRulesModel::MarkColumn).data().toString());
        }
        QCOMPARE(marks,
                 (QStringList{text("Changed"), text("New"), text("Goes"), QString()}));
        QCOMPARE(rules.index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 text("Changed; issue_refund goes by itself from confidence 0.9, up to 500.00 EUR; "
                      "queue Refunds"));
        m_policy->restoreRule(text("contracts"));
        settle();
        QCOMPARE(rules.index(2, PolicyRulesModel::MarkColumn).data().toString(), QString());
    }

    void everyEditCanBeTakenBack()
    {
        QVERIFY(set(documentOf(refunds)));
        open();
        Json rule = m_policy->rule(0);
        for (const char *typed : {"R", "Re", "Ref"}) { // one run of typing
            rule.set(key("queue"), Json(text(typed)));
            m_policy->setRule(0, rule, text("queue"));
        }
        m_policy->copyRule(0);
        settle();
        QCOMPARE(m_policy->rule(1)[u"id"].toString(), text("refunds-2"));
        m_policy->undo();
        settle();
        QCOMPARE(sentences(), QStringList{text("refunds, Queue: Ref, was Refunds")});
        m_policy->discard();
        QVERIFY(!m_policy->isDrafted());
        m_policy->undo(); // also that
        QVERIFY(m_policy->isDrafted());
        m_policy->undo();
        settle();
        QVERIFY(!m_policy->isDrafted()); // as it is in force: nothing is left to sign
        QVERIFY(!m_policy->canUndo());
    }

    void anEditThatComesBackIsNoDraft()
    {
        QVERIFY(set(documentOf(refunds)));
        open();
        Json rule = m_policy->rule(0);
        rule.set(key("queue"), Json(text("Elsewhere")));
        m_policy->setRule(0, rule);
        settle();
        QVERIFY(m_policy->isDrafted());
        rule.set(key("queue"), Json(text("Refunds")));
        m_policy->setRule(0, rule);
        settle();
        QVERIFY(!m_policy->isDrafted());
    }

    void faultsStandAtTheirRules()
    {
        QVERIFY(set(documentOf(refunds)));
        open();
        m_policy->addRule(Json::object({{key("id"), Json(key("twice"))},
                                        {key("action"), Json(key("issue_refund"))},
                                        {key("queue"), Json(QString())}}));
        settle();
        QVERIFY(!m_policy->isReady());
        QStringList paths;
        for (const PolicyFault &fault : m_policy->look().faults) {
            paths.append(fault.path);
        }
        QCOMPARE(paths, (QStringList{text("/rules/1/queue"), text("/rules/1")}));
        QCOMPARE(m_policy->look().rows[1].faults.size(), 2);
        QVERIFY(m_policy->look().rows[1].faults.last().contains(text("“refunds”"))); // the tie
        QVERIFY(m_policy->look().rows[0].faults.isEmpty());
        m_policy->setText(text("{ not JSON"));
        settle();
        QCOMPARE(m_policy->look().faults.size(), 1);
        QCOMPARE(m_policy->look().faults.first().path, QString());
        QVERIFY(m_policy->document().isNull());
        QCOMPARE(m_policy->addRule(Json::object()), -1);
    }

    void aDraftSurvivesARestart()
    {
        QVERIFY(set(documentOf(refunds)));
        open();
        m_policy->addRule(Json::object({{key("action"), Json(key("deploy"))}}));
        m_policy.reset(); // before anybody looked at it
        open();
        QVERIFY(m_policy->isDrafted());
        QVERIFY(!m_policy->isBehind());
        QCOMPARE(m_policy->draftedFrom(), 2);
        QCOMPARE(m_policy->rule(1)[u"action"].toString(), text("deploy"));
        m_policy->setText(text("{\"half\": "));
        settle();
        m_policy.reset();
        open();
        QCOMPARE(m_policy->look().text, text("{\"half\": ")); // also one that cannot be read
        m_policy->discard();
        settle();
        m_policy.reset();
        open();
        QVERIFY(!m_policy->isDrafted());
    }

    void aDraftThatFellBehindSaysSo()
    {
        QVERIFY(set(documentOf(refunds)));
        open();
        m_policy->addRule(Json::object({{key("action"), Json(key("deploy"))}}));
        settle();
        QVERIFY(set(documentOf(contracts), 0, "Meanwhile."));
        QTRY_COMPARE(m_policy->inForce().version, 3);
        settle();
        QVERIFY(m_policy->isBehind());
        QCOMPARE(m_policy->draftedFrom(), 2);
        QCOMPARE(sentences().size(), 3); // against what is in force now: two new, one goes
        QCOMPARE(set(m_policy->document(), m_policy->draftedFrom()).error().code,
                 ErrorCode::Changed);
        QVERIFY(set(m_policy->document(), m_policy->draftedFrom())
                    .error()
                    .text.contains(text("policy v3 was set by Ana Pérez meanwhile")));
        m_policy->takeOver();
        settle();
        QVERIFY(!m_policy->isBehind());
        QVERIFY(m_policy->isReady());
    }

    void signedItIsADraftNoMore()
    {
        open();
        m_policy->setDocument(documentOf(refunds));
        settle();
        QVERIFY(set(m_policy->document(), m_policy->draftedFrom()));
        m_policy->settle();
        QTRY_COMPARE(m_policy->inForce().version, 2);
        settle();
        QVERIFY(!m_policy->isDrafted());
        QVERIFY(!m_policy->canUndo());
        QVERIFY(sentences().isEmpty());
    }

    void theHistoryEndsWithTheBuiltIn()
    {
        QVERIFY(set(documentOf(refunds), 0, "First."));
        open();
        PolicyHistoryModel history(*m_policy);
        const QAbstractItemModelTester tester(&history);
        QCOMPARE(history.rowCount(), 2);
        QVERIFY(set(documentOf(contracts), 0, "Second."));
        QTRY_COMPARE(history.rowCount(), 3);
        const auto said = [&](int row) -> QString {
            return history.index(row, 0).data(Qt::AccessibleTextRole).toString();
        };
        QVERIFY(said(0).startsWith(text("v3, ")));
        QVERIFY(said(0).endsWith(text("Ana Pérez, Second., in force")));
        QVERIFY(said(1).endsWith(text("Ana Pérez, First.")));
        QCOMPARE(said(2), text("v1, built in, Everything goes to a person."));
    }

    void hiddenCharactersAreMadeVisible()
    {
        open();
        m_policy->addRule(Json::object({{key("action"), Json(QStringLiteral("pay\u202eyap"))}}));
        settle();
        QVERIFY(m_policy->look().rows.first().words.cases.contains(text("[U+202E]")));
        QVERIFY(!sentences().first().contains(QChar(0x202e)));
        PolicyChangesModel changes;
        const QAbstractItemModelTester tester(&changes);
        changes.setLines(m_policy->look().changes);
        QCOMPARE(changes.rowCount(), 1);
        QCOMPARE(changes.index(0, PolicyChangesModel::SettingColumn).data().toString(),
                 text("New rule"));
    }
};

QTEST_GUILESS_MAIN(TestPolicyModel)
#include "tst_policymodel.moc"
