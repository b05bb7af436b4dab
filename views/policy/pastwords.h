// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/riskmapmodel.h"
#include "views/style/tokens.h"

#include <QIcon>
#include <QString>

class QPainter;

/// What people read about the past, and the marks that stand for modes on the risk map.
namespace countersign::pastwords {

[[nodiscard]] QString mode(PolicyMode mode); ///< "autonomous"
[[nodiscard]] QString modeLetters(PolicyMode mode); ///< "Au", in its mark
[[nodiscard]] style::Role roleOf(PolicyMode mode);
/// The mark of a mode: a circle, a square, a diamond or an octagon, with its letters.
void paintMark(QPainter &painter, const QRectF &area, PolicyMode mode, const QPalette &palette,
               bool isMixed);
[[nodiscard]] QIcon markIcon(PolicyMode mode, const QPalette &palette, const QFont &font,
                             qreal ratio);

/// "refund · over limit"; foreign parts made safe.
[[nodiscard]] QString kind(const QString &action, const QString &caseType, bool isRest);
[[nodiscard]] QString rough(double value); ///< "1,240", "82", "0.42"
[[nodiscard]] QString percent(double share); ///< "3.4 %", "61 %"
/// "412 a month", or "412 so far" where there is no month of them.
[[nodiscard]] QString frequency(double perMonth, bool hasMonth);
[[nodiscard]] QString wrong(qint64 wrong, qint64 measured); ///< "3 of 120"
/// "refund, over limit: 412 a month, mean 82 USD, wrong 3 of 120 measured, approve"
[[nodiscard]] QString sentence(const RiskGroup &group, bool hasMonth);
/// "1,250.00 EUR, 400 USD", or "–"; currencies are foreign.
[[nodiscard]] QString money(const QMap<QString, Decimal> &sums);

} // namespace countersign::pastwords
