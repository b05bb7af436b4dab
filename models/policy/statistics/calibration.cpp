// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/statistics/calibration.h"

#include "policy/statistics/search.h"

#include <algorithm>
#include <cmath>

namespace countersign::statistics {

namespace {

QList<Scored> ascending(QList<Scored> cases)
{
    std::sort(cases.begin(), cases.end(),
              [](const Scored &a, const Scored &b) { return a.confidence < b.confidence; });
    return cases;
}

double shareCorrect(const QList<Scored> &cases)
{
    return double(std::count_if(cases.begin(), cases.end(),
                                [](const Scored &scored) { return scored.correct; }))
        / double(cases.size());
}

template <class Loss> std::optional<double> mean(const QList<Scored> &cases, Loss loss)
{
    if (!isUsable(cases)) {
        return std::nullopt;
    }
    double sum = 0;
    for (const Scored &scored : cases) {
        sum += loss(scored);
    }
    return sum / double(cases.size());
}

int binOf(double confidence, int bins)
{
    int bin = std::min(int(confidence * bins), bins - 1);
    while (bin + 1 < bins && double(bin + 1) / bins <= confidence) {
        ++bin;
    }
    while (bin > 0 && double(bin) / bins > confidence) {
        --bin;
    }
    return bin;
}

} // namespace

bool isUsable(const QList<Scored> &cases)
{
    return !cases.isEmpty() && std::all_of(cases.begin(), cases.end(), [](const Scored &scored) {
        return isInUnit(scored.confidence);
    });
}

std::optional<double> brierScore(const QList<Scored> &cases)
{
    return mean(cases, [](const Scored &scored) {
        const double error = scored.confidence - (scored.correct ? 1 : 0);
        return error * error;
    });
}

std::optional<double> brierSkill(const QList<Scored> &cases)
{
    const std::optional<double> score = brierScore(cases);
    const double share = score ? shareCorrect(cases) : 0;
    if (!isInsideUnit(share)) {
        return std::nullopt;
    }
    return 1 - *score / (share * (1 - share));
}

std::optional<double> logLoss(const QList<Scored> &cases)
{
    return mean(cases, [](const Scored &scored) {
        constexpr double least = 1e-15;
        const double given = scored.correct ? scored.confidence : 1 - scored.confidence;
        return -std::log(std::max(given, least));
    });
}

std::optional<double> auroc(const QList<Scored> &cases)
{
    if (!isUsable(cases)) {
        return std::nullopt;
    }
    const QList<Scored> sorted = ascending(cases);
    double correct = 0;
    double wrong = 0;
    double won = 0; // pairs in which the correct case has more confidence, ties half
    for (qsizetype i = 0; i < sorted.size();) {
        double correctHere = 0;
        double wrongHere = 0;
        const double confidence = sorted.at(i).confidence;
        for (; i < sorted.size() && sorted.at(i).confidence == confidence; ++i) {
            (sorted.at(i).correct ? correctHere : wrongHere) += 1;
        }
        won += correctHere * (wrong + wrongHere / 2);
        correct += correctHere;
        wrong += wrongHere;
    }
    if (correct == 0 || wrong == 0) {
        return std::nullopt;
    }
    return won / (correct * wrong);
}

double CalibrationBin::gap() const
{
    return std::abs(accuracy - confidence);
}

std::optional<Calibration> calibration(const QList<Scored> &cases, int bins)
{
    if (bins < 1 || !isUsable(cases)) {
        return std::nullopt;
    }
    Calibration result;
    for (int k = 0; k < bins; ++k) {
        result.bins.append({double(k) / bins, double(k + 1) / bins});
    }
    for (const Scored &scored : cases) {
        CalibrationBin &bin = result.bins[binOf(scored.confidence, bins)];
        ++bin.count;
        bin.correct += scored.correct ? 1 : 0;
        bin.confidence += scored.confidence;
    }
    for (CalibrationBin &bin : result.bins) {
        if (bin.count == 0) {
            continue;
        }
        bin.confidence /= double(bin.count);
        bin.accuracy = double(bin.correct) / double(bin.count);
        result.expectedError += double(bin.count) / double(cases.size()) * bin.gap();
        result.maximumError = std::max(result.maximumError, bin.gap());
    }
    return result;
}

QList<IsotonicBlock> isotonic(const QList<Scored> &cases)
{
    QList<IsotonicBlock> blocks;
    if (!isUsable(cases)) {
        return blocks;
    }
    for (const Scored &scored : ascending(cases)) {
        if (blocks.isEmpty() || blocks.last().high != scored.confidence) {
            blocks.append({scored.confidence, scored.confidence});
        }
        ++blocks.last().count;
        blocks.last().correct += scored.correct ? 1 : 0;
    }
    qsizetype kept = 0; // blocks [0, kept) ascend
    for (IsotonicBlock block : std::as_const(blocks)) {
        // Shares compared crosswise in whole numbers: no rounding decides a pooling.
        while (kept > 0
               && blocks.at(kept - 1).correct * block.count
                   > block.correct * blocks.at(kept - 1).count) {
            --kept;
            block.low = blocks.at(kept).low;
            block.count += blocks.at(kept).count;
            block.correct += blocks.at(kept).correct;
        }
        blocks[kept++] = block;
    }
    blocks.resize(kept);
    return blocks;
}

std::optional<double> recalibrated(const QList<IsotonicBlock> &blocks, double confidence)
{
    if (blocks.isEmpty() || !isInUnit(confidence)) {
        return std::nullopt;
    }
    const auto after = std::upper_bound(
        blocks.begin(), blocks.end(), confidence,
        [](double value, const IsotonicBlock &block) { return value < block.low; });
    return after == blocks.begin() ? blocks.first().value() : (after - 1)->value();
}

} // namespace countersign::statistics
