// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

#include <cmath>

/// Compares with an absolute tolerance and says both values where they differ.
#define NEAR(actual, expected, tolerance)                                                          \
    do {                                                                                           \
        const double nearActual = (actual);                                                        \
        const double nearExpected = (expected);                                                    \
        QVERIFY2(std::abs(nearActual - nearExpected) <= (tolerance),                               \
                 qPrintable(QStringLiteral("%1: got %2, expected %3")                              \
                                .arg(QLatin1String(#actual))                                       \
                                .arg(nearActual, 0, 'g', 17)                                       \
                                .arg(nearExpected, 0, 'g', 17)));                                  \
    } while (false)

/// The same, relative to the expected value.
#define NEAR_RELATIVE(actual, expected, tolerance)                                                 \
    NEAR(actual, expected, std::abs(double(expected)) * (tolerance))
