// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/form/tabstops.h"

#include <QLayout>
#include <QWidget>

namespace countersign {

QList<QWidget *> tabStops(const QLayout *layout)
{
    QList<QWidget *> stops;
    for (int i = 0; layout != nullptr && i < layout->count(); ++i) {
        QLayoutItem *item = layout->itemAt(i);
        QWidget *widget = item->widget();
        if (widget == nullptr) {
            stops += tabStops(item->layout());
        } else if ((widget->focusPolicy() & Qt::TabFocus) != 0 && !widget->focusProxy()) {
            stops.append(widget);
        } else {
            stops += tabStops(widget->layout());
        }
    }
    return stops;
}

void linkTabs(QWidget *before, const QList<QWidget *> &stops)
{
    for (QWidget *stop : stops) {
        QWidget::setTabOrder(before, stop);
        before = stop;
    }
}

} // namespace countersign
