// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/thresholdadvice.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

using Finding = HistoryGroup::Scored::Finding;

/// A curve that is drawn needs no more points than there are pixels.
QList<statistics::RiskPoint> thinned(const QList<statistics::RiskPoint> &curve, int most)
{
    if (curve.size() <= most) {
        return curve;
    }
    QList<statistics::RiskPoint> points;
    for (int i = 0; i < most; ++i) {
        points.append(curve.at((curve.size() - 1) * i / (most - 1)));
    }
    return points;
}

} // namespace

ThresholdEvidence::ThresholdEvidence(const HistoryGroup &group)
    : m_unknown(group.cases - group.confident),
      m_isCut(group.confident > qint64(group.scored.size()))
{
    if (m_isCut) { // in the proportion of what is looked at
        m_unknown
            = qRound64(double(m_unknown) * double(group.scored.size()) / double(group.confident));
    }
    std::vector<HistoryGroup::Scored> sorted = group.scored;
    std::sort(sorted.begin(), sorted.end(),
              [](const auto &a, const auto &b) -> bool { return a.confidence > b.confidence; });
    QList<statistics::Scored> found;
    qint64 measured = 0;
    qint64 wrong = 0;
    m_confidences.reserve(sorted.size());
    m_measured.reserve(sorted.size());
    m_wrong.reserve(sorted.size());
    for (const HistoryGroup::Scored &one : sorted) {
        measured += one.finding == Finding::NotMeasured ? 0 : 1;
        wrong += one.finding == Finding::Wrong ? 1 : 0;
        m_confidences.push_back(one.confidence);
        m_measured.push_back(measured);
        m_wrong.push_back(wrong);
        if (one.finding != Finding::NotMeasured) {
            found.append({one.confidence, one.finding == Finding::Right});
        }
    }
    if (found.isEmpty()) {
        return;
    }
    m_calibration = statistics::calibration(found, bins);
    m_brier = statistics::brierScore(found);
    m_skill = statistics::brierSkill(found);
    const QList<statistics::RiskPoint> curve = statistics::riskCoverage(found);
    m_area = statistics::areaUnderRiskCoverage(curve);
    m_curve = thinned(curve, mostPoints);
    QList<double> hundredths;
    for (int i = steps; i >= 0; --i) {
        hundredths.append(double(i) / steps);
    }
    m_grid = statistics::riskAt(found, hundredths);
}

Outlook ThresholdEvidence::outlookAt(double threshold) const
{
    const auto end = std::partition_point(
        m_confidences.begin(), m_confidences.end(),
        [threshold](double confidence) -> bool { return confidence >= threshold; });
    const auto passed = size_t(end - m_confidences.begin());
    Outlook outlook{
        .threshold = threshold, .passed = qint64(passed), .reviewed = cases() - qint64(passed)};
    if (passed > 0) {
        outlook.measured = m_measured[passed - 1];
        outlook.wrong = m_wrong[passed - 1];
    }
    outlook.wrongShare
        = statistics::wilson({double(outlook.wrong), double(outlook.measured - outlook.wrong)});
    return outlook;
}

Advised ThresholdEvidence::advise(double target, double certainty) const
{
    Advised advised{.threshold = {}, .steps = {}, .measured = measured()};
    advised.wanted = statistics::zeroErrorCases(1 - target, 1 - certainty).value_or(0);
    if (advised.wanted == 0) {
        return advised;
    }
    QList<statistics::RiskPoint> asked;
    for (const statistics::RiskPoint &point : m_grid) {
        if (point.passed >= advised.wanted) {
            asked.append(point);
        }
    }
    const statistics::ThresholdAdvice advice
        = statistics::learnThenTest(asked, target, 1 - certainty);
    advised.steps = advice.steps;
    if (advice.threshold) {
        const Outlook outlook = outlookAt(*advice.threshold);
        const double lowest = m_confidences[size_t(outlook.passed) - 1];
        advised.threshold = std::max(*advice.threshold, std::floor(lowest * steps + 1e-9) / steps);
    }
    return advised;
}

} // namespace countersign
