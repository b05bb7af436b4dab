// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QWidget>

namespace countersign {

// A widget that is added to the layout of a visible one is shown by Qt in a later turn, and with
// every single one everything around it is laid out anew: with a hundred of them the window
// stalls. Here they are shown while nothing is laid out, and then all of it once.

/// As long as it lives, the layout of a widget places nothing.
class LayoutPause
{
public:
    explicit LayoutPause(QLayout *layout) : m_layout(layout) { m_layout->setEnabled(false); }
    ~LayoutPause()
    {
        m_layout->setEnabled(true);
        m_layout->update();
    }
    Q_DISABLE_COPY_MOVE(LayoutPause)

    /// Before it is added to the layout.
    template <class Widget> Widget *shown(Widget *widget)
    {
        widget->setParent(m_layout->parentWidget());
        widget->show();
        return widget;
    }

private:
    QLayout *m_layout;
};

/// Shows what was added to layouts within `layout` and waits to be shown.
inline void showWhatWaits(QLayout *layout)
{
    struct Walk
    {
        QList<QWidget *> waiting;
        QList<QLayout *> around;

        void at(QLayout *layout, bool ofWidget)
        {
            if (layout == nullptr) {
                return;
            }
            if (ofWidget) {
                around.append(layout);
            }
            for (int i = 0; i < layout->count(); ++i) {
                QWidget *widget = layout->itemAt(i)->widget();
                if (widget == nullptr) {
                    at(layout->itemAt(i)->layout(), false);
                    continue;
                }
                if (widget->isHidden() && !widget->testAttribute(Qt::WA_WState_ExplicitShowHide)) {
                    waiting.append(widget);
                }
                at(widget->layout(), true);
            }
        }
    } walk;
    walk.at(layout, true);
    if (walk.waiting.isEmpty()) {
        return;
    }
    for (QLayout *one : std::as_const(walk.around)) {
        one->setEnabled(false);
    }
    for (QWidget *widget : std::as_const(walk.waiting)) {
        widget->show();
    }
    for (QLayout *one : std::as_const(walk.around)) {
        one->setEnabled(true);
    }
}

} // namespace countersign
