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
    return figures;
}

void addAmount(QMap<QString, Decimal> &sums, const Impact &impact)
{
    if (impact.amount) {
        sums[impact.currency] = sums.value(impact.currency) + *impact.amount;
    }
}

} // namespace

PolicyReplay::PolicyReplay(PolicyEvaluator inForce, PolicyEvaluator draft)
    : m_inForce(std::move(inForce)),
      m_draft(std::move(draft))
{
}

void PolicyReplay::add(const ReplayCase &past)
{
    const Disposition before = m_inForce.evaluate(past.proposal, past.endpointName).disposition;
    const Disposition after = m_draft.evaluate(past.proposal, past.endpointName).disposition;
    Row &own = m_rows[{past.proposal.action, past.proposal.caseType}];
    own.action = past.proposal.action;
    own.caseType = past.proposal.caseType;
    const QList<Figure> figures = figuresOf(before, after, past.result);
    for (Row *row : {&m_total, &own}) {
        ++row->cases;
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
        if (m_behind[figure].size() < mostKept) {
            m_behind[figure].append(past.id);
        }
    }
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
    return rows;
}

} // namespace countersign
