// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

/// Alarms that take a rung away. Values, reentrant; feed them cases in the order of their verdicts.
/// An alarm stands as long as the statistic is over its limit; after a demotion start with a new
/// object.
namespace countersign::statistics {

/// Bernoulli CUSUM (Page 1954; Reynolds and Stoumbos 1999): S = max(0, S + w), w = ln(e1/e0) on an
/// error, ln((1-e1)/(1-e0)) on a success, alarm at S >= limit.
class BernoulliCusum
{
public:
    static constexpr double defaultUsual = 0.03;
    static constexpr double defaultDrifted = 0.10;
    /// With the defaults about one false alarm in 7,300 cases; 3 % -> 10 % is seen after 75 cases
    /// at the median.
    static constexpr double defaultLimit = 5.2;

    /// Error rates 0 < usual < drifted < 1 and a finite limit > 0; InvalidInput otherwise.
    [[nodiscard]] static Result<BernoulliCusum> create(double usual = defaultUsual,
                                                       double drifted = defaultDrifted,
                                                       double limit = defaultLimit);
    /// One more case; whether the alarm stands after it.
    bool add(bool error);
    [[nodiscard]] bool isAlarm() const { return m_statistic >= m_limit; }
    [[nodiscard]] double statistic() const { return m_statistic; }
    [[nodiscard]] double limit() const { return m_limit; }
    [[nodiscard]] double errorWeight() const { return m_error; }
    [[nodiscard]] double successWeight() const { return m_success; }

private:
    BernoulliCusum() = default;

    double m_error = 0;
    double m_success = 0;
    double m_limit = 0;
    double m_statistic = 0;
};

/// Exponentially weighted moving average of the error rate (Roberts 1959): z = L x + (1-L) z from z
/// = e0, alarm at z >= e0 + k sqrt(e0 (1-e0) L/(2-L) (1 - (1-L)^(2t))).
class Ewma
{
public:
    /// Usual error rate in (0, 1), weight L in (0, 1], finite width k > 0; InvalidInput otherwise.
    [[nodiscard]] static Result<Ewma> create(double usual, double weight = 0.1, double width = 3);
    bool add(bool error);
    /// False before the first case.
    [[nodiscard]] bool isAlarm() const { return m_cases > 0 && m_statistic >= limit(); }
    [[nodiscard]] double statistic() const { return m_statistic; }
    [[nodiscard]] double limit() const; ///< for the number of cases so far

private:
    Ewma() = default;

    double m_usual = 0;
    double m_weight = 0;
    double m_width = 0;
    double m_statistic = 0;
    double m_cases = 0;
};

/// Drift detection method (Gama et al. 2004). With e the error rate over t cases and s = sqrt(e
/// (1-e) / t), the lowest e + s is remembered; from there a warning at 2 s_min, drift at 3 s_min.
/// The lowest point counts from `warmUp` cases and the first error on: before an error s is 0, and
/// the very first one would be called a drift.
class Ddm
{
public:
    enum class State
    {
        Steady,
        Warning,
        Drift
    };

    explicit Ddm(int warmUp = 30);
    State add(bool error);
    [[nodiscard]] State state() const { return m_state; }
    /// Meaningful once hasMinimum().
    [[nodiscard]] bool hasMinimum() const { return m_lowest < 2; }
    [[nodiscard]] double lowestRate() const { return m_lowestRate; }
    [[nodiscard]] double lowestDeviation() const { return m_lowestDeviation; }
    [[nodiscard]] double level() const { return m_level; } ///< e + s now

private:
    int m_warmUp;
    double m_cases = 0;
    double m_errors = 0;
    double m_level = 0;
    double m_lowest = 2; ///< of e + s, which stays below
    double m_lowestRate = 0;
    double m_lowestDeviation = 0;
    State m_state = State::Steady;
};

} // namespace countersign::statistics
