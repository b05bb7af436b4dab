// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <algorithm>
#include <ctime>
#include <functional>
#include <vector>

/// What benchmarks are made of. A busy machine changes every time; so times are told by what a
/// thread worked, or as a ratio to a yardstick that ran in turns with what is measured.
namespace countersign::bench {

/// What this thread has worked, in milliseconds.
inline double workedMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// What all threads of the program have worked, in milliseconds.
inline double allWorkedMs()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

inline Json tenths(double value)
{
    return Json::number(QByteArray::number(value, 'f', 1));
}

/// One stretch of the window's life: how long it took, and the longest single turn of its loop, by
/// the clock and by what the thread worked.
struct Stretch
{
    double tookMs = 0;
    double worstTurnMs = 0;
    double worstWorkMs = 0;

    void add(const Stretch &other)
    {
        tookMs += other.tookMs;
        worstTurnMs = std::max(worstTurnMs, other.worstTurnMs);
        worstWorkMs = std::max(worstWorkMs, other.worstWorkMs);
    }
    [[nodiscard]] Json form() const
    {
        return Json::object({{QStringLiteral("ms"), tenths(tookMs)},
                             {QStringLiteral("longest_turn_ms"), tenths(worstTurnMs)},
                             {QStringLiteral("longest_turn_cpu_ms"), tenths(worstWorkMs)}});
    }
};

/// `begin` and everything that follows until `done`, at most two minutes.
inline Stretch until(const std::function<void()> &begin, const std::function<bool()> &done)
{
    Stretch stretch;
    QElapsedTimer whole;
    whole.start();
    bool first = true;
    do {
        QElapsedTimer turn;
        turn.start();
        const double before = workedMs();
        if (std::exchange(first, false)) {
            begin();
        }
        QCoreApplication::processEvents();
        stretch.worstTurnMs = std::max(stretch.worstTurnMs, double(turn.nsecsElapsed()) / 1e6);
        stretch.worstWorkMs = std::max(stretch.worstWorkMs, workedMs() - before);
        if (!done()) {
            QThread::usleep(200);
        }
    } while (!done() && whole.elapsed() < 120'000);
    stretch.tookMs = double(whole.nsecsElapsed()) / 1e6;
    return stretch;
}

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

/// What is measured and its yardstick, in turns, by the clock and by what all threads worked for it:
/// on a machine that others use as well the clock tells more of them.
struct Pairs
{
    struct Side
    {
        std::vector<double> ms;
        std::vector<double> worked;
        void add(const std::function<double()> &measure)
        {
            const double before = allWorkedMs();
            ms.push_back(measure());
            worked.push_back(allWorkedMs() - before);
        }
    };
    Side ours;
    Side yardstick;

    /// Both answer in milliseconds by the clock; `prepare` leaves nothing at work.
    void run(int pairs, const std::function<void()> &prepare,
             const std::function<double()> &measure, const std::function<double()> &bare)
    {
        for (int i = 0; i < pairs; ++i) {
            prepare();
            yardstick.add(bare);
            ours.add(measure);
        }
    }
    [[nodiscard]] static double ratio(const std::vector<double> &ours,
                                      const std::vector<double> &yardstick)
    {
        std::vector<double> ratios;
        for (size_t i = 0; i < ours.size(); ++i) {
            ratios.push_back(ours[i] / yardstick[i]);
        }
        return median(ratios);
    }
    [[nodiscard]] Json form() const
    {
        const auto hundredths = [](double value) -> Json {
            return Json::number(QByteArray::number(value, 'f', 2));
        };
        return Json::object(
            {{QStringLiteral("ms"), tenths(median(ours.ms))},
             {QStringLiteral("yardstick_ms"), tenths(median(yardstick.ms))},
             {QStringLiteral("ratio"), hundredths(ratio(ours.ms, yardstick.ms))},
             {QStringLiteral("worked_ms"), tenths(median(ours.worked))},
             {QStringLiteral("yardstick_worked_ms"), tenths(median(yardstick.worked))},
             {QStringLiteral("worked_ratio"), hundredths(ratio(ours.worked, yardstick.worked))},
             {QStringLiteral("yardstick_drift"),
              hundredths(yardstick.ms.empty() ? 0 : yardstick.ms.back() / yardstick.ms.front())}});
    }
};

} // namespace countersign::bench
