// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxmodel.h"

#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;

namespace countersign {

class PlainLabel;

/// A groove from 0 to 1 with a handle for each end of a range; by mouse, and by keys: the arrows
/// move the lower end, with Shift the upper. Hundredths.
class RangeSlider final : public QWidget
{
    Q_OBJECT
public:
    explicit RangeSlider(QWidget *parent = nullptr);
    [[nodiscard]] int low() const { return m_low; }
    [[nodiscard]] int high() const { return m_high; }
    void setRange(int low, int high); ///< emits nothing
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void moved(int low, int high);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QRect groove() const;
    [[nodiscard]] int placeOf(int value) const;
    [[nodiscard]] int valueAt(int x) const;
    void move(bool lower, int value);

    int m_low = 0;
    int m_high = 100;
    bool m_lower = true; ///< the handle that the mouse holds
};

/// The range of confidence of the model's filter, unknown with a tick of its own, and how often
/// what lies above its lower end was wrong. Every change shows at once.
class ConfidenceRange final : public QWidget
{
    Q_OBJECT
public:
    explicit ConfidenceRange(InboxModel &model, QWidget *parent = nullptr);

private:
    void follow();
    void apply();
    void showRate();

    InboxModel &m_model;
    QCheckBox *m_known;
    QCheckBox *m_unknown;
    QDoubleSpinBox *m_min;
    QDoubleSpinBox *m_max;
    RangeSlider *m_slider;
    PlainLabel *m_rate;
    bool m_following = false;
};

} // namespace countersign
