// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policyreplay.h"

#include <algorithm>

namespace countersign {

namespace {

/// Whether a person sees it before it takes effect.
bool isReviewed(Disposition disposition)
{
    return disposition == Disposition::Review || disposition == Disposition::Approve
        || disposition == Disposition::Escalate;
}

bool passes(Disposition disposition)
{
    return !isReviewed(disposition) && disposition != Disposition::Block;
}

QList<PolicyReplay::Figure> figuresOf(Disposition before, Disposition after, PastResult result)
{
    QList<PolicyReplay::Figure> figures;
    const auto add = [&figures](bool holds, PolicyReplay::Figure figure) -> void {
        if (holds) {
            figures.append(figure);
        }
    };
    const bool wrong = result == PastResult::Wrong;
    add(isReviewed(before), PolicyReplay::ReviewedBefore);
    add(isReviewed(after), PolicyReplay::ReviewedAfter);
    add(!isReviewed(before) && isReviewed(after), PolicyReplay::MoreReviews);
    add(isReviewed(before) && !isReviewed(after), PolicyReplay::FewerReviews);
    add(wrong && passes(before) && !passes(after), PolicyReplay::WrongCaught);
    add(wrong && !passes(before) && passes(after), PolicyReplay::WrongLetThrough);
    add(before != Disposition::Block && after == Disposition::Block, PolicyReplay::Blocked);
    add(before == Disposition::Block && after != Disposition::Block, PolicyReplay::Unblocked);
    add(!passes(before) && passes(after), PolicyReplay::Released);
    add(passes(before) && !passes(after), PolicyReplay::Held);
    return figures;
}

void addAmount(QMap<QString, Decimal> &sums, const Impact &impact)
{
    if (impact.amount) {
        sums[impact.currency] = sums.value(impact.currency) + *impact.amount;
    }
}

/// What would have happened to it: what its endpoint does not take as an answer, policy cannot say.
Disposition answered(const PolicyEvaluator &policy, const ReplayCase &past)
{
    const Disposition said = policy.disposition(past.proposal, past.endpointName);
    const DecisionKind answer
        = said == Disposition::Block ? DecisionKind::Reject : DecisionKind::Approve;
    const bool automatic = passes(said) || said == Disposition::Block;
    return automatic && !past.proposal.allowed.testFlag(answer) ? Disposition::Approve : said;
}

void addSums(QMap<QString, Decimal> &sums, const QMap<QString, Decimal> &more)
{
    for (auto it = more.cbegin(); it != more.cend(); ++it) {
        sums[it.key()] = sums.value(it.key()) + *it;
    }
}

void addCounts(PolicyReplay::Row &row, const PolicyReplay::Row &more)
{
    row.cases += more.cases;
    row.measured += more.measured;
    for (int i = 0; i < PolicyReplay::FigureCount; ++i) {
        row.figures[i] += more.figures[i];
    }
    addSums(row.released, more.released);
    addSums(row.held, more.held);
}

} // namespace

QSet<QByteArray> membersAskedBy(const Policy &policy)
{
    QSet<QByteArray> members{"source",     "agent",  "action", "allowed", "case_type",
                             "confidence", "impact", "risk",   "trouble", "reversibility"};
    const auto addAll = [&members](const PolicyRule &rule) -> void {
        for (const PolicyCondition &condition :
             rule.conditions.value_or(QList<PolicyCondition>())) {
            members.insert(condition.field.section(u'/', 1, 1).toLatin1());
        }
    };
    addAll(policy.defaults);
    for (const PolicyRule &rule : policy.rules) {
        addAll(rule);
    }
    return members;
}

PolicyReplay::PolicyReplay(PolicyEvaluator inForce, PolicyEvaluator draft)
    : m_inForce(std::move(inForce)),
      m_draft(std::move(draft))
{
    m_rest.isRest = true;
}

PolicyReplay::Row &PolicyReplay::rowOf(const QString &action, const QString &caseType)
{
    const std::pair<QString, QString> kind{action, caseType};
    auto found = m_rows.find(kind);
    if (found == m_rows.end()) {
        if (m_rows.size() >= mostRows) {
            return m_rest;
        }
        found = m_rows.insert(kind, Row());
        found->action = action;
        found->caseType = caseType;
    }
    return *found;
}

void PolicyReplay::keep(Row &row, Figure figure, const CaseId &id)
{
    if (m_total.behind[figure].size() < mostKept) {
        m_total.behind[figure].append(id);
    }
    if (row.behind[figure].size() < mostKeptOfRow && m_keptOfRows[figure] < mostKeptOfRows) {
        row.behind[figure].append(id);
        ++m_keptOfRows[figure];
    }
}

void PolicyReplay::add(const ReplayCase &past)
{
    const Disposition before = answered(m_inForce, past);
    const Disposition after = answered(m_draft, past);
    Row &own = rowOf(past.proposal.action, past.proposal.caseType);
    const QList<Figure> figures = figuresOf(before, after, past.result);
    for (Row *row : {&m_total, &own}) {
        ++row->cases;
        row->measured += past.result == PastResult::Unknown ? 0 : 1;
        for (const Figure figure : figures) {
            ++row->figures[figure];
        }
        if (!passes(before) && passes(after)) {
            addAmount(row->released, past.proposal.impact);
        } else if (passes(before) && !passes(after)) {
            addAmount(row->held, past.proposal.impact);
        }
    }
    for (const Figure figure : figures) {
        keep(own, figure, past.id);
    }
}

void PolicyReplay::add(const PolicyReplay &other)
{
    const auto keepAll = [this](Row &own, const Row &more) -> void {
        for (int i = 0; i < FigureCount; ++i) {
            for (const CaseId &id : more.behind[i]) {
                if (own.behind[i].size() >= mostKeptOfRow || m_keptOfRows[i] >= mostKeptOfRows) {
                    break;
                }
                own.behind[i].append(id);
                ++m_keptOfRows[i];
            }
        }
    };
    addCounts(m_total, other.m_total);
    for (int i = 0; i < FigureCount; ++i) {
        const qsizetype room = mostKept - m_total.behind[i].size();
        m_total.behind[i]
            += other.m_total.behind[i].first(std::min(room, other.m_total.behind[i].size()));
    }
    for (const Row &row : other.rows()) {
        if (row.isRest) {
            continue;
        }
        Row &own = rowOf(row.action, row.caseType);
        addCounts(own, row);
        keepAll(own, row);
    }
    addCounts(m_rest, other.m_rest);
    keepAll(m_rest, other.m_rest);
    m_unreadable += other.m_unreadable;
}

QList<PolicyReplay::Row> PolicyReplay::rows() const
{
    QList<Row> rows = m_rows.values();
    std::sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) -> bool {
        if (a.cases != b.cases) {
            return a.cases > b.cases;
        }
        return std::tie(a.action, a.caseType) < std::tie(b.action, b.caseType);
    });
    if (m_rest.cases > 0) {
        rows.append(m_rest);
    }
    return rows;
}

} // namespace countersign
