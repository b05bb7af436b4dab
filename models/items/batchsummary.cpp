// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/batchsummary.h"

#include "domain/headline.h"
#include "domain/shape.h"
#include "domain/translate.h"
#include "items/batchtraits.h"


#include <algorithm>
#include <cmath>
#include <limits>

namespace countersign {

namespace {

constexpr qsizetype fewest = 5; ///< values that far out can be said among
constexpr double cut = 3.5;
constexpr double toDeviation = 1.4826; ///< of the median absolute deviation, for normal values
constexpr double leastConfidence = 0.15;

double median(QList<double> values)
{
    const auto middle = values.begin() + values.size() / 2;
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) {
        return *middle;
    }
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

/// What lies within is as the rest.
struct Range
{
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
};

Range usual(const QList<double> &values, double tolerance)
{
    if (values.size() < fewest) {
        return {};
    }
    const double middle = median(values);
    QList<double> distances;
    for (const double value : values) {
        distances.append(std::abs(value - middle));
    }
    const double reach = std::max(cut * toDeviation * median(distances), tolerance);
    return {middle - reach, middle + reach};
}

/// Amounts of one currency, by their logarithm where that is possible.
struct Amounts
{
    QList<double> values;
    bool positive = true;
    Range range;

    [[nodiscard]] double scaled(double value) const { return positive ? std::log2(value) : value; }
    void settle()
    {
        positive = std::all_of(values.begin(), values.end(),
                               [](double value) -> bool { return value > 0; });
        const double tolerance = positive || values.isEmpty() ? 1 : std::abs(median(values));
        for (double &value : values) {
            value = scaled(value);
        }
        range = usual(values, tolerance);
    }
    [[nodiscard]] int side(double value) const
    {
        const double at = scaled(value);
        return at < range.least ? -1 : at > range.most ? 1 : 0;
    }
};

/// What more than half have; nothing where there is no such value.
class Majority
{
public:
    void add(const QString &value) { ++m_counts[value]; }
    [[nodiscard]] bool contradicts(const QString &value) const
    {
        int all = 0;
        for (const int count : m_counts) {
            all += count;
        }
        const auto most = std::max_element(m_counts.cbegin(), m_counts.cend());
        return most != m_counts.cend() && 2 * *most > all && most.key() != value;
    }

private:
    QHash<QString, int> m_counts;
};

struct Norm
{
    Majority endpoint;
    Majority action;
    Majority shape;
    QHash<DecisionKind, int> taking;
    int cases = 0;
    QHash<QString, Amounts> amounts;
    QList<double> confidences;
    Range confidence;
    qsizetype unknown = 0;

    void add(const Case &one, const QString &shapeOfIt)
    {
        endpoint.add(one.endpoint.toString());
        action.add(one.proposal.action);
        shape.add(shapeOfIt);
        ++cases;
        for (const DecisionKind kind : decisionKinds(one.proposal.allowed)) {
            ++taking[kind];
        }
        if (const Impact &impact = one.proposal.impact; impact.amount) {
            amounts[impact.currency].values.append(impact.amount->toDouble());
        }
        if (one.proposal.confidence) {
            confidences.append(one.proposal.confidence->toDouble());
        } else {
            ++unknown;
        }
    }
    void settle()
    {
        for (Amounts &one : amounts) {
            one.settle();
        }
        confidence = usual(confidences, leastConfidence);
    }
};

/// Changes are made to one case at a time.
AllowedDecisions together(AllowedDecisions allowed)
{
    return allowed.setFlag(DecisionKind::Edit, false);
}

QString cannot(DecisionKind kind)
{
    switch (kind) {
    case DecisionKind::Approve:
    case DecisionKind::Edit:
        return tr("cannot be approved");
    case DecisionKind::Reject:
        return tr("cannot be rejected");
    case DecisionKind::Respond:
        return tr("cannot be sent back");
    case DecisionKind::Ignore:
        return tr("cannot be ignored");
    }
    Q_UNREACHABLE();
}

QStringList oddities(const Case &one, const QString &shapeOfIt, const Norm &norm)
{
    const Proposal &proposal = one.proposal;
    QStringList reasons;
    if (norm.endpoint.contradicts(one.endpoint.toString())) {
        reasons.append(tr("other endpoint"));
    }
    if (norm.action.contradicts(proposal.action)) {
        reasons.append(tr("other action"));
    } else if (norm.shape.contradicts(shapeOfIt)) {
        reasons.append(tr("other arguments"));
    }
    for (const DecisionKind kind : decisionKinds(together(~proposal.allowed))) {
        if (2 * norm.taking.value(kind) > norm.cases) {
            reasons.append(cannot(kind));
        }
    }
    if (proposal.impact.amount) {
        const int side
            = norm.amounts.value(proposal.impact.currency).side(proposal.impact.amount->toDouble());
        if (side != 0) {
            reasons.append(side > 0 ? tr("far larger amount") : tr("far smaller amount"));
        }
    }
    if (!proposal.confidence) {
        if (norm.confidences.size() > norm.unknown) {
            reasons.append(tr("confidence unknown"));
        }
    } else if (proposal.confidence->toDouble() < norm.confidence.least) {
        reasons.append(tr("far lower confidence"));
    } else if (proposal.confidence->toDouble() > norm.confidence.most) {
        reasons.append(tr("far higher confidence"));
    }
    return reasons;
}

QStringList bars(const Case &one, const QString &seenDigest, const BatchRule &rule, bool veiled)
{
    QStringList reasons;
    if (one.state != CaseState::Waiting) {
        reasons.append(tr("no longer waits"));
    }
    if (one.digest != seenDigest) {
        reasons.append(tr("changed since you selected it"));
    }
    if (!one.terms.batch.value_or(rule.takes(one.proposal.risk))) {
        reasons.append(one.proposal.risk == Risk::Unknown ? tr("unknown risk") : tr("high risk"));
    }
    if (veiled) {
        reasons.append(tr("answered blind, on its own"));
    }
    return reasons;
}

void addFigures(BatchSummary &summary, const QList<const Case *> &cases)
{
    QHash<QString, qsizetype> at;
    for (const Case *one : cases) {
        const Proposal &proposal = one->proposal;
        if (proposal.confidence) {
            summary.confidences.append(*proposal.confidence);
        } else {
            ++summary.unknownConfidence;
        }
        if (!proposal.impact.amount) {
            ++summary.withoutAmount;
            continue;
        }
        const Decimal &amount = *proposal.impact.amount;
        const QString &currency = proposal.impact.currency;
        if (!at.contains(currency)) {
            at.insert(currency, summary.totals.size());
            summary.totals.append(
                {.currency = currency, .sum = {}, .least = amount, .most = amount});
        }
        BatchTotal &total = summary.totals[at.value(currency)];
        total.sum = total.sum + amount;
        total.least = std::min(total.least, amount);
        total.most = std::max(total.most, amount);
        ++total.cases;
    }
    std::sort(summary.confidences.begin(), summary.confidences.end());
    std::stable_sort(
        summary.totals.begin(), summary.totals.end(),
        [](const BatchTotal &a, const BatchTotal &b) -> bool { return a.cases > b.cases; });
}

void addAllowed(BatchSummary &summary, const QList<const Case *> &cases)
{
    AllowedDecisions some;
    summary.allowed = ~AllowedDecisions();
    for (const Case *one : cases) {
        some |= one->proposal.allowed;
        summary.allowed &= one->proposal.allowed;
        summary.cancelsSiblings = summary.cancelsSiblings
            || (one->proposal.source.of > 1 && one->proposal.rejectCancelsSiblings);
    }
    some = together(some);
    summary.allowed &= some;
    for (const Case *one : cases) {
        for (const DecisionKind kind : decisionKinds(some & ~one->proposal.allowed)) {
            ++summary.refusing[kind];
        }
    }
}

BatchApart apart(const Case &one, const QStringList &reasons, bool barred)
{
    Proposal plain = one.proposal;
    plain.caseType.clear(); // it is among what is the same, or what differs
    return {.id = one.id,
            .headline = headlineOf(plain),
            .subject = subjectOf(plain),
            .impact = {.amount = one.proposal.impact.amount,
                       .currency = one.proposal.impact.currency,
                       .sentence = {}},
            .reasons = reasons,
            .barred = barred};
}

} // namespace

BatchSummary summarize(const QList<Case> &cases, const QHash<CaseId, QString> &seen,
                       const BatchRule &rule, const QSet<CaseId> &veiled)
{
    BatchSummary summary;
    summary.count = int(cases.size());
    QList<const Case *> decidable;
    QStringList shapes;
    Norm norm;
    BatchTraits traits;
    for (const Case &one : cases) {
        const QString digest = seen.value(one.id, one.digest);
        const bool blind = veiled.contains(one.id);
        if (const QStringList reasons = bars(one, digest, rule, blind); !reasons.isEmpty()) {
            summary.apart.append(apart(one, reasons, true));
            summary.tooRisky += one.terms.batch.value_or(rule.takes(one.proposal.risk)) ? 0 : 1;
            summary.blind += blind ? 1 : 0;
            continue;
        }
        decidable.append(&one);
        summary.decidable.append({one.id, digest});
        shapes.append(shapeOf(one.proposal.arguments));
        norm.add(one, shapes.last());
        traits.add(one);
    }
    norm.settle();
    for (qsizetype i = 0; i < decidable.size(); ++i) {
        const QStringList reasons = oddities(*decidable.at(i), shapes.at(i), norm);
        if (!reasons.isEmpty()) {
            summary.apart.append(apart(*decidable.at(i), reasons, false));
        }
    }
    addFigures(summary, decidable);
    addAllowed(summary, decidable);
    traits.fill(summary);
    return summary;
}

} // namespace countersign
