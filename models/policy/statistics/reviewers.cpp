// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/statistics/reviewers.h"

#include "policy/statistics/search.h"
#include "policy/statistics/special.h"

#include <algorithm>
#include <cmath>

namespace countersign::statistics {

namespace {

/// (observed - chance) / (1 - chance), nothing where chance is 1.
std::optional<double> beyondChance(double observed, double chance)
{
    if (!(chance < 1)) {
        return std::nullopt;
    }
    return (observed - chance) / (1 - chance);
}

/// Sums over cases for Krippendorff's alpha.
struct VoteSums
{
    double approvals = 0;
    double rejections = 0;
    double disagreement = 0; ///< ordered unlike pairs, each case divided by its votes less one

    void add(double approve, double reject, double cases)
    {
        approvals += cases * approve;
        rejections += cases * reject;
        disagreement += cases * 2 * approve * reject / (approve + reject - 1);
    }

    [[nodiscard]] std::optional<double> alpha() const
    {
        if (approvals == 0 || rejections == 0) {
            return std::nullopt;
        }
        const double votes = approvals + rejections;
        return 1 - disagreement * (votes - 1) / (2 * approvals * rejections);
    }
};

} // namespace

std::optional<double> roganGladen(double rejectionRate, double sensitivity, double specificity)
{
    if (!isInUnit(rejectionRate) || !isInUnit(sensitivity) || !isInUnit(specificity)
        || !(sensitivity + specificity > 1)) {
        return std::nullopt;
    }
    const double rate = (rejectionRate + specificity - 1) / (sensitivity + specificity - 1);
    return std::clamp(rate, 0.0, 1.0);
}

double correctedAccuracyLower(const Counts &reviewed, double sensitivity, double specificity,
                              double alpha)
{
    const double rejected = 1 - clopperPearsonLower(reviewed, alpha);
    return 1 - roganGladen(rejected, sensitivity, specificity).value_or(1);
}

double peerTail(qint64 approved, qint64 reviewed, double teamRate)
{
    if (approved < 0 || approved > reviewed || double(reviewed) > maxCases || !isInUnit(teamRate)) {
        return 1;
    }
    return std::exp(logBinomialAtLeast(double(approved), double(reviewed), teamRate));
}

bool PairTable::isValid() const
{
    return bothApprove >= 0 && firstOnly >= 0 && secondOnly >= 0 && bothReject >= 0 && total() >= 1
        && total() <= maxCases;
}

double PairTable::total() const
{
    return double(bothApprove) + double(firstOnly) + double(secondOnly) + double(bothReject);
}

std::optional<double> cohenKappa(const PairTable &table)
{
    if (!table.isValid()) {
        return std::nullopt;
    }
    const double n = table.total();
    const double first = double(table.bothApprove + table.firstOnly) / n;
    const double second = double(table.bothApprove + table.secondOnly) / n;
    return beyondChance(double(table.bothApprove + table.bothReject) / n,
                        first * second + (1 - first) * (1 - second));
}

std::optional<double> gwetAc1(const PairTable &table)
{
    if (!table.isValid()) {
        return std::nullopt;
    }
    const double n = table.total();
    const double approve
        = double(2 * table.bothApprove + table.firstOnly + table.secondOnly) / (2 * n);
    return beyondChance(double(table.bothApprove + table.bothReject) / n,
                        2 * approve * (1 - approve));
}

std::optional<double> krippendorffAlpha(const QList<Votes> &cases)
{
    VoteSums sums;
    for (const Votes &votes : cases) {
        if (votes.approvals < 0 || votes.rejections < 0) {
            return std::nullopt;
        }
        if (votes.approvals + votes.rejections >= 2) {
            sums.add(double(votes.approvals), double(votes.rejections), 1);
        }
    }
    return sums.alpha();
}

std::optional<double> krippendorffAlpha(const PairTable &table)
{
    if (!table.isValid()) {
        return std::nullopt;
    }
    VoteSums sums;
    sums.add(2, 0, double(table.bothApprove));
    sums.add(1, 1, double(table.firstOnly) + double(table.secondOnly));
    sums.add(0, 2, double(table.bothReject));
    return sums.alpha();
}

} // namespace countersign::statistics
