// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/style/tokens.h"

#include <QHash>
#include <QWidget>

class QAction;
class QToolButton;
class QVBoxLayout;

namespace countersign {

class RailButton;

/// The column at the window's left edge: pages on top, what concerns the whole window at its foot.
/// Each entry is a symbol over its word; under the word may stand what it is like at the moment.
class Rail final : public QWidget
{
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);

    /// A page: checkable, exclusive.
    QToolButton *addPage(QAction *action);
    QToolButton *addFoot(QAction *action);
    /// "2 failing", under the word of an entry; screen readers read it as its description.
    void setNote(const QAction *action, const QString &note, style::Role role);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] RailButton *addButton(QAction *action);

    QHash<const QAction *, RailButton *> m_buttons;
    QVBoxLayout *m_pages;
    QVBoxLayout *m_foot;
};

} // namespace countersign
