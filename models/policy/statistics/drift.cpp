// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/statistics/drift.h"

#include "policy/statistics/search.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace countersign::statistics {

Result<BernoulliCusum> BernoulliCusum::create(double usual, double drifted, double limit)
{
    if (!isInsideUnit(usual) || !isInsideUnit(drifted) || !(usual < drifted) || !(limit > 0)
        || !std::isfinite(limit)) {
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate(
                        "statistics",
                        "The drift alarm needs two error rates between 0 and 1, the usual one "
                        "below the drifted one, and a limit above 0. Correct them in the policy."));
    }
    BernoulliCusum chart;
    chart.m_error = std::log(drifted / usual);
    chart.m_success = std::log((1 - drifted) / (1 - usual));
    chart.m_limit = limit;
    return chart;
}

bool BernoulliCusum::add(bool error)
{
    m_statistic = std::max(0.0, m_statistic + (error ? m_error : m_success));
    return isAlarm();
}

Result<Ewma> Ewma::create(double usual, double weight, double width)
{
    if (!isInsideUnit(usual) || !(weight > 0 && weight <= 1) || !(width > 0)
        || !std::isfinite(width)) {
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate(
                        "statistics",
                        "The moving average needs a usual error rate between 0 and 1, a weight "
                        "above 0 and at most 1, and a width above 0. Correct them in the policy."));
    }
    Ewma chart;
    chart.m_usual = usual;
    chart.m_weight = weight;
    chart.m_width = width;
    chart.m_statistic = usual;
    return chart;
}

bool Ewma::add(bool error)
{
    m_cases += 1;
    m_statistic += m_weight * ((error ? 1.0 : 0.0) - m_statistic);
    return isAlarm();
}

double Ewma::limit() const
{
    const double settled = 1 - std::pow(1 - m_weight, 2 * m_cases);
    const double variance = m_usual * (1 - m_usual) * m_weight / (2 - m_weight) * settled;
    return m_usual + m_width * std::sqrt(variance);
}

Ddm::Ddm(int warmUp) : m_warmUp(std::max(1, warmUp)) { }

Ddm::State Ddm::add(bool error)
{
    m_cases += 1;
    m_errors += error ? 1 : 0;
    const double rate = m_errors / m_cases;
    const double deviation = std::sqrt(rate * (1 - rate) / m_cases);
    m_level = rate + deviation;
    if (m_cases < m_warmUp || m_errors == 0) {
        return m_state;
    }
    if (m_level < m_lowest) {
        m_lowest = m_level;
        m_lowestRate = rate;
        m_lowestDeviation = deviation;
    }
    // Where every case fails the deviation is 0, and equality would be called a drift.
    const bool risen = m_level > m_lowest;
    m_state = risen && m_level >= m_lowestRate + 3 * m_lowestDeviation ? State::Drift
        : risen && m_level >= m_lowestRate + 2 * m_lowestDeviation     ? State::Warning
                                                                       : State::Steady;
    return m_state;
}

} // namespace countersign::statistics
