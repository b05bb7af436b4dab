// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/statistics/threshold.h"

#include "policy/statistics/proportion.h"
#include "policy/statistics/search.h"
#include "policy/statistics/special.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace countersign::statistics {

namespace {

QList<Scored> descending(QList<Scored> cases)
{
    std::sort(cases.begin(), cases.end(),
              [](const Scored &a, const Scored &b) { return a.confidence > b.confidence; });
    return cases;
}

bool areThresholds(const QList<double> &thresholds)
{
    return std::all_of(thresholds.begin(), thresholds.end(), isInUnit)
        && std::adjacent_find(thresholds.begin(), thresholds.end(), std::less_equal<>())
        == thresholds.end();
}

bool isPoint(const RiskPoint &point)
{
    return point.errors >= 0 && point.errors <= point.passed && double(point.passed) <= maxCases;
}

} // namespace

double RiskPoint::risk() const
{
    return passed > 0 ? double(errors) / double(passed) : 0;
}

QList<RiskPoint> riskAt(const QList<Scored> &cases, const QList<double> &thresholds)
{
    QList<RiskPoint> points;
    if (!isUsable(cases) || !areThresholds(thresholds)) {
        return points;
    }
    const QList<Scored> sorted = descending(cases);
    RiskPoint point;
    for (const double threshold : thresholds) {
        point.threshold = threshold;
        while (point.passed < sorted.size() && sorted.at(point.passed).confidence >= threshold) {
            point.errors += sorted.at(point.passed).correct ? 0 : 1;
            ++point.passed;
        }
        points.append(point);
    }
    return points;
}

QList<RiskPoint> riskCoverage(const QList<Scored> &cases)
{
    QList<double> confidences;
    for (const Scored &scored : cases) {
        confidences.append(scored.confidence);
    }
    std::sort(confidences.begin(), confidences.end(), std::greater<>());
    confidences.erase(std::unique(confidences.begin(), confidences.end()), confidences.end());
    return riskAt(cases, confidences);
}

std::optional<double> areaUnderRiskCoverage(const QList<RiskPoint> &curve)
{
    if (curve.isEmpty() || curve.last().passed <= 0) {
        return std::nullopt;
    }
    double area = 0;
    qint64 before = 0;
    for (const RiskPoint &point : curve) {
        area += double(point.passed - before) * point.risk();
        before = point.passed;
    }
    return area / double(curve.last().passed);
}

ThresholdAdvice learnThenTest(const QList<RiskPoint> &points, double alpha, double delta)
{
    ThresholdAdvice advice;
    if (!isInsideUnit(alpha) || !isInsideUnit(delta)
        || !std::all_of(points.begin(), points.end(), isPoint)) {
        return advice;
    }
    for (const RiskPoint &point : points) {
        const double logP = logBinomialAtMost(double(point.errors), double(point.passed), alpha);
        const bool accepted = logP <= std::log(delta);
        advice.steps.append({point, std::exp(logP), accepted});
        if (!accepted) {
            const double best = logBinomialAtMost(0, double(point.passed), alpha);
            advice.tooFewCases = !(best <= std::log(delta));
            break;
        }
        advice.threshold = point.threshold;
    }
    return advice;
}

double conformalRisk(const RiskPoint &point, qint64 cases)
{
    if (!isPoint(point) || cases < 1 || point.passed > cases) {
        return 1;
    }
    return (double(point.errors) + 1) / (double(cases) + 1);
}

std::optional<double> conformalThreshold(const QList<RiskPoint> &points, qint64 cases, double alpha)
{
    std::optional<double> threshold;
    if (!isInsideUnit(alpha)) {
        return threshold;
    }
    for (const RiskPoint &point : points) {
        if (conformalRisk(point, cases) > alpha) {
            break;
        }
        threshold = point.threshold;
    }
    return threshold;
}

double selectiveRiskUpper(const RiskPoint &point, double delta, int tried)
{
    if (!isPoint(point) || tried < 1) {
        return 1;
    }
    return clopperPearsonUpper({double(point.errors), double(point.passed - point.errors)},
                               delta / tried);
}

double breakEvenError(double reviewCost, double errorCost)
{
    if (!(reviewCost > 0) || !(errorCost > 0) || !std::isfinite(reviewCost)
        || !std::isfinite(errorCost)) {
        return 0;
    }
    return std::min(1.0, reviewCost / errorCost);
}

} // namespace countersign::statistics
