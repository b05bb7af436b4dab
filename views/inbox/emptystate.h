// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace countersign {

class PlainLabel;

/// One sentence and at most one thing to do.
class EmptyState final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);
    void show(const QString &sentence, const QString &more, const QString &action);
    using QWidget::show;

Q_SIGNALS:
    void acted();

private:
    PlainLabel *m_sentence;
    PlainLabel *m_more;
    QPushButton *m_action;
};

} // namespace countersign
