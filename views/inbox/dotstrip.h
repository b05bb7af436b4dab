// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/decimal.h"

#include <QWidget>

namespace countersign {

/// Confidences as dots over a line from 0 to 1, piled up where they meet; hollow ones beside it
/// stand for those that are unknown. Where there are many, a dot stands for more than one case, and
/// a caption says so.
class DotStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit DotStrip(QWidget *parent = nullptr);
    void show(const QList<Decimal> &values, int unknown); ///< ascending
    using QWidget::show;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int axisWidth() const;
    [[nodiscard]] QList<int> piles() const; ///< cases in each column of dots
    [[nodiscard]] int worth() const; ///< cases that one dot stands for
    [[nodiscard]] int unknownColumns() const; ///< all there are where nothing is known

    QList<double> m_values;
    QString m_range;
    int m_unknown = 0;
};

} // namespace countersign
