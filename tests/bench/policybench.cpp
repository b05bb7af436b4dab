// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/frame.h"
#include "policy/rules/evaluation.h"

#include <cstdio>

using namespace countersign;

namespace {

constexpr int rules = 500;
constexpr int proposals = 2000;
constexpr double measureMs = 2000; // of work

Policy policyOf()
{
    QByteArrayList list;
    for (int i = 0; i < rules; ++i) {
        const QByteArray number = QByteArray::number(i);
        list.append("{\"id\":\"r" + number + "\",\"action\":\"act" + number
                    + (i % 2 ? "\",\"case_type\":\"t1" : "")
                    + "\",\"mode\":\"autonomous\",\"min_confidence\":0.8,\"limits\":{\"EUR\":500},"
                      "\"conditions\":[{\"field\":\"/arguments/days\",\"is\":\"gt\",\"value\":30},"
                      "{\"field\":\"/uncertainty\",\"is\":\"gt\",\"value\":2}]}");
    }
    return readPolicy(R"({"format":"countersign-policy/1","rules":[)" + list.join(',') + "]}")
        .policy.value();
}

QList<Proposal> proposalsOf()
{
    QList<Proposal> list;
    for (int i = 0; i < proposals; ++i) {
        Proposal p;
        p.agent = QStringLiteral("support-agent");
        p.action = QStringLiteral("act%1").arg(i % (rules + 50));
        p.caseType = i % 3 ? QStringLiteral("t1") : QStringLiteral("t2");
        p.confidence = Decimal::parse(QByteArray::number((i % 101) / 100.0));
        p.impact.amount = Decimal::parse(QByteArray::number(i % 700) + ".50");
        p.impact.currency = QStringLiteral("EUR");
        p.risk = Risk(i % 4);
        p.reversibility = Reversibility::Reversible;
        p.arguments = *parseJson("{\"order\":\"A1\",\"days\":" + QByteArray::number(i % 60) + "}");
        list.append(p);
    }
    return list;
}

} // namespace

/// Evaluations a second that one core works for nothing else; prints a line of JSON. Measure a
/// release build.
int main()
{
    const PolicyEvaluator policy(policyOf());
    const QList<Proposal> all = proposalsOf();
    const QString endpoint = QStringLiteral("shop");
    qint64 count = 0;
    qint64 passed = 0;
    QElapsedTimer timer;
    timer.start();
    const double before = bench::workedMs();
    double worked = 0;
    while (worked < measureMs) {
        for (const Proposal &p : all) {
            passed += isStricter(policy.evaluate(p, endpoint).disposition, Disposition::SpotCheck)
                ? 0
                : 1;
        }
        count += all.size();
        worked = bench::workedMs() - before;
    }
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    std::printf("{\"benchmark\":\"policy\",\"rules\":%d,\"evaluations\":%lld,\"passed\":%lld,"
                "\"per_second_worked\":%.0f,\"per_second_by_the_clock\":%.0f}\n",
                rules, static_cast<long long>(count), static_cast<long long>(passed),
                double(count) / worked * 1e3, double(count) / seconds);
    return 0;
}
