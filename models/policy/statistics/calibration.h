// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <optional>

/// Whether confidence means what it says. Pure, reentrant.
///
/// Everywhere: nothing (or an empty list) where there is no case or a confidence is NaN or outside
/// [0, 1]. Leave those cases out with isUsable() first, and say how many they were.
namespace countersign::statistics {

/// A case with the confidence its agent gave and what its verdict says.
struct Scored
{
    double confidence = 0;
    bool correct = false;
};

[[nodiscard]] bool isUsable(const QList<Scored> &cases);

/// Mean of (c - y)^2 (Brier 1950): 0 perfect, 1 always surely wrong.
[[nodiscard]] std::optional<double> brierScore(const QList<Scored> &cases);
/// 1 - Brier / (o (1-o)), o the share of correct cases. Nothing where all or none are correct.
[[nodiscard]] std::optional<double> brierSkill(const QList<Scored> &cases);
/// Mean of -ln(probability given to what happened); that probability is held at 1e-15 or more, so
/// that one sure mistake costs 34.5 and not infinity.
[[nodiscard]] std::optional<double> logLoss(const QList<Scored> &cases);
/// P(a correct case has more confidence than a wrong one), ties half (Mann-Whitney). Nothing where
/// all or none are correct.
[[nodiscard]] std::optional<double> auroc(const QList<Scored> &cases);

/// One bin of the reliability curve. For an interval: statistics::wilson({correct, count -
/// correct}).
struct CalibrationBin
{
    double low = 0;
    double high = 1;
    qint64 count = 0;
    qint64 correct = 0;
    double confidence = 0; ///< mean; 0 in an empty bin
    double accuracy = 0; ///< 0 in an empty bin

    [[nodiscard]] double gap() const;
};

struct Calibration
{
    QList<CalibrationBin> bins; ///< all of them, empty ones too
    double expectedError = 0; ///< ECE (Naeini et al. 2015; Guo et al., arXiv 1706.04599)
    double maximumError = 0; ///< MCE, the widest gap of a bin that is not empty
};

/// Equal bins [k/m, (k+1)/m), the last one closed, m = `bins` >= 1. The edge k/m is the double
/// nearest to it, so a confidence written 0.6 lies in the upper of the bins that meet there.
[[nodiscard]] std::optional<Calibration> calibration(const QList<Scored> &cases, int bins = 10);

/// One step of the isotonic recalibration: what confidences from `low` to `high` are worth.
struct IsotonicBlock
{
    double low = 0;
    double high = 0;
    qint64 count = 0;
    qint64 correct = 0;

    [[nodiscard]] double value() const { return double(correct) / double(count); }
};

/// Pool adjacent violators (Ayer et al. 1955), ascending; equal confidences are pooled first, equal
/// neighbours stay apart.
[[nodiscard]] QList<IsotonicBlock> isotonic(const QList<Scored> &cases);
/// The value of the last block that begins at or below `confidence`, of the first block below all.
/// Nothing without blocks or for an invalid confidence.
[[nodiscard]] std::optional<double> recalibrated(const QList<IsotonicBlock> &blocks,
                                                 double confidence);

} // namespace countersign::statistics
