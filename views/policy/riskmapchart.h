// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/riskmapmodel.h"

#include <QAbstractButton>

namespace countersign {

class RiskBubble;

/// The kinds of action over frequency and cost, both by powers of ten: a mark each, its size by
/// volume, its shape, letters and colour by mode. One mark takes the focus by Tab; the arrows go on
/// to the others, to the right and left by frequency, up and down by cost. Kinds without an amount
/// stand in a band below.
class RiskMapChart final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int mostBubbles = 200; ///< those with most cases

    explicit RiskMapChart(RiskMapModel &model, QWidget *parent = nullptr);
    void setCurrent(int row); ///< of the model; -1: none
    [[nodiscard]] qsizetype bubbles() const { return m_bubbles.size(); }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(int row); ///< by mouse or key
    void chosen(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    friend class RiskBubble;
    void rebuild();
    void place();
    void step(const RiskBubble *from, int key);
    [[nodiscard]] QRect plot() const; ///< where kinds with an amount stand
    [[nodiscard]] QRect band() const; ///< and those without
    [[nodiscard]] int captionHeight() const;
    [[nodiscard]] qreal across(double perMonth) const;
    [[nodiscard]] qreal up(double mean) const;
    void paintAxes(QPainter &painter) const;
    void paintNames(QPainter &painter) const;

    RiskMapModel &m_model;
    QList<RiskBubble *> m_bubbles; ///< the largest first
    RiskBubble *m_current = nullptr;
    double m_leftDecade = 0; ///< powers of ten
    double m_rightDecade = 1;
    double m_lowDecade = 0;
    double m_highDecade = 1;
    bool m_hasBand = false;
};

/// One kind on the map.
class RiskBubble final : public QAbstractButton
{
    Q_OBJECT
public:
    RiskBubble(RiskMapChart &chart, const RiskGroup &group, bool hasMonth);
    [[nodiscard]] const RiskGroup &group() const { return m_group; }
    void setCurrent(bool current);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    [[nodiscard]] bool hitButton(const QPoint &at) const override;

private:
    RiskMapChart &m_chart;
    RiskGroup m_group;
    bool m_isCurrent = false;
};

} // namespace countersign
