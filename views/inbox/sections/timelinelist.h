// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "items/timelinemodel.h"

#include <QListView>

namespace countersign {

/// A story as lines, as tall as all of them: when, who and what; what was said in full below. Enter
/// chooses a line.
class TimelineList final : public QListView
{
    Q_OBJECT
public:
    /// Both outlive it.
    TimelineList(TimelineModel &model, const Clock &clock, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(qint64 seq); ///< its event is wanted in full

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void fit();

    int m_width = 0;
};

} // namespace countersign
