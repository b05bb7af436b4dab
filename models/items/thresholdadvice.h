// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/casehistory.h"
#include "policy/statistics/proportion.h"
#include "policy/statistics/threshold.h"

namespace countersign {

/// What would happen to past cases at one threshold.
struct Outlook
{
    double threshold = 1;
    qint64 passed = 0; ///< confidence at least the threshold: they would go by themselves
    qint64 reviewed = 0; ///< the others, those without a confidence among them
    qint64 measured = 0; ///< of the passed, those on which a verdict stands
    qint64 wrong = 0; ///< of these
    statistics::Interval wrongShare = {}; ///< 95 %, Wilson

    [[nodiscard]] double passedShare() const
    {
        return passed + reviewed > 0 ? double(passed) / double(passed + reviewed) : 0;
    }
};

/// The threshold that Learn-then-Test gives, or why there is none.
struct Advised
{
    std::optional<double> threshold; ///< what is at or above it may pass
    QList<statistics::ThresholdStep> steps; ///< up to and with the one that stopped the walk
    qint64 wanted = 0; ///< cases that must pass, all of them right, to say anything at this target
    qint64 measured = 0; ///< cases there are
    [[nodiscard]] bool isTooLittle() const { return measured < wanted; }
};

/// What the past says of one kind's confidence. Everything that is asked while a slider moves is
/// summed up beforehand: outlookAt() is a search in a sorted list. Immutable; reentrant.
class ThresholdEvidence
{
public:
    static constexpr int bins = 10;
    static constexpr int steps = 100; ///< thresholds are hundredths
    static constexpr int mostPoints = 200; ///< of the curve
    static constexpr qint64 leastMeasured = 30; ///< to speak of calibration at all

    ThresholdEvidence() = default;
    explicit ThresholdEvidence(const HistoryGroup &group); ///< sorts: off the GUI thread

    [[nodiscard]] qint64 cases() const { return qint64(m_confidences.size()) + m_unknown; }
    [[nodiscard]] qint64 unknown() const { return m_unknown; } ///< without a usable confidence
    [[nodiscard]] qint64 measured() const { return m_measured.empty() ? 0 : m_measured.back(); }
    [[nodiscard]] qint64 wrong() const { return m_wrong.empty() ? 0 : m_wrong.back(); }
    [[nodiscard]] bool isCut() const { return m_isCut; } ///< only the newest are looked at
    [[nodiscard]] bool isEnough() const { return measured() >= leastMeasured; }

    // Nothing where no case is measured.
    [[nodiscard]] const std::optional<statistics::Calibration> &calibration() const
    {
        return m_calibration;
    }
    [[nodiscard]] const std::optional<double> &brier() const { return m_brier; }
    [[nodiscard]] const std::optional<double> &skill() const { return m_skill; }
    /// Risk over coverage of the measured cases, strict to loose.
    [[nodiscard]] const QList<statistics::RiskPoint> &curve() const { return m_curve; }
    [[nodiscard]] const std::optional<double> &areaUnderCurve() const { return m_area; }

    [[nodiscard]] Outlook outlookAt(double threshold) const;
    /// Walks down the hundredths. Those at which too few measured cases pass to accept even no
    /// error are left out beforehand; that is chosen by confidence alone, never by the verdicts, so
    /// the guarantee holds. The answer is never looser than the lowest confidence that was seen.
    [[nodiscard]] Advised advise(double target, double certainty) const;

private:
    std::vector<double> m_confidences; ///< descending
    std::vector<qint64> m_measured; ///< measured cases up to and with that one
    std::vector<qint64> m_wrong;
    qint64 m_unknown = 0;
    bool m_isCut = false;
    std::optional<statistics::Calibration> m_calibration;
    std::optional<double> m_brier;
    std::optional<double> m_skill;
    std::optional<double> m_area;
    QList<statistics::RiskPoint> m_curve;
    QList<statistics::RiskPoint> m_grid; ///< measured cases at every hundredth, strict to loose
};

} // namespace countersign
