// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QToolButton;
class QVBoxLayout;

namespace countersign {

/// The column at the window's left edge: pages on top, what concerns the whole window at its foot.
/// Each entry is a symbol over its word.
class Rail final : public QWidget
{
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);

    /// A page: checkable, exclusive.
    QToolButton *addPage(QAction *action);
    QToolButton *addFoot(QAction *action);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QToolButton *addButton(QAction *action);

    QVBoxLayout *m_pages;
    QVBoxLayout *m_foot;
};

} // namespace countersign
