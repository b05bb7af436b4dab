// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/entry.h"
#include "endpoints/countersign/codec.h"
#include "items/pastreplay.h"
#include "items/policyread.h"
#include "services/servicesfixture.h"

#include <QFile>

using namespace countersign;

namespace {

constexpr int wantedCases = 10'000;
constexpr int questionsAtOnce = 250;

/// The demo's policy, with one kind that policy rejects.
Json document()
{
    QFile file(QStringLiteral(POLICIES "/demo.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("no demo policy");
    }
    QByteArray text = file.readAll();
    text.replace("\"action\": \"send_contract\", \"mode\": \"approve\"",
                 "\"action\": \"send_contract\", \"mode\": \"block\"");
    return parseJson(text).value();
}

QList<Proposal> asked(const demo::Draft &draft, int number, const Endpoint &endpoint)
{
    demo::Entry entry{.draft = draft, .wire = draft.content};
    entry.wire.set(QStringLiteral("id"), Json(QStringLiteral("case-%1").arg(number)));
    entry.wire.set(QStringLiteral("state"), Json(QStringLiteral("waiting")));
    entry.refresh();
    const auto read = native::readCase(entry.wire, endpoint);
    if (!read) {
        qFatal("%s", qPrintable(read.error().text));
    }
    return read->proposals;
}

} // namespace

/// What a replay says of the past is what policy said when it was the present.
class TestReplayLive final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void replayIsLive()
    {
        ServicesFixture f;
        f.open();
        f.connectEndpoint();
        const auto set = finished(f.policy->set(
            {.document = document(), .reason = QStringLiteral("For good."), .person = f.ana}));
        QVERIFY2(set, qPrintable(set ? QString() : set.error().text));
        auto catalog = demo::Catalog::load(QStringLiteral(CASES), 7);
        QVERIFY(catalog);
        int cases = 0;
        for (int number = 0; cases < wantedCases;) {
            QList<Proposal> proposals;
            for (int i = 0; i < questionsAtOnce && cases < wantedCases; ++i) {
                const QList<Proposal> parts
                    = asked(catalog->deal(f.base.clock.nowMs()), ++number, {});
                proposals += parts;
                cases += int(parts.size());
            }
            f.take(proposals, false);
        }
        QSet<CaseId> reviewed;
        QSet<CaseId> blocked;
        QMap<Disposition, int> live;
        for (const Case &one : f.cases()) {
            ++live[one.disposition];
            if (one.disposition == Disposition::Block) {
                blocked.insert(one.id);
            } else if (isStricter(one.disposition, Disposition::SpotCheck)) {
                reviewed.insert(one.id);
            }
        }
        QVERIFY(live.size() >= 4); // or the demo shows too little of a policy
        const auto policy = f.base.read<std::optional<Policy>>(
            [](Reader &reader) { return readPolicyInForce(reader); });
        QVERIFY(policy && *policy);
        PastReplay past(*f.base.store);
        const auto outcome
            = finished(past.run({.inForce = **policy, .draft = everythingToAPerson()}));
        QVERIFY(outcome);
        const PolicyReplay &replay = **outcome;
        QCOMPARE(replay.total().cases, cases);
        QCOMPARE(replay.unreadable(), 0);
        QCOMPARE(replay.total().figures[PolicyReplay::ReviewedBefore], reviewed.size());
        QCOMPARE(replay.total().figures[PolicyReplay::ReviewedAfter], cases);
        QCOMPARE(replay.total().figures[PolicyReplay::Unblocked], blocked.size());
        const auto setOf = [&replay](PolicyReplay::Figure figure) -> QSet<CaseId> {
            const QList<CaseId> &ids = replay.casesBehind(figure);
            return QSet<CaseId>(ids.cbegin(), ids.cend());
        };
        QCOMPARE(setOf(PolicyReplay::ReviewedBefore), reviewed);
        QCOMPARE(setOf(PolicyReplay::Unblocked), blocked);
        f.close();
    }
};

QTEST_GUILESS_MAIN(TestReplayLive)
#include "tst_replaylive.moc"
