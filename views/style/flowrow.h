// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

namespace countersign {

/// Widgets in a row that goes on in the next line where there is no room; the last one stands at
/// the right end. Never wider than its widest.
class FlowRow final : public QLayout
{
    Q_OBJECT
public:
    FlowRow() = default;
    ~FlowRow() override;

    void addItem(QLayoutItem *item) override { m_items.append(item); }
    [[nodiscard]] int count() const override { return int(m_items.size()); }
    [[nodiscard]] QLayoutItem *itemAt(int at) const override { return m_items.value(at); }
    QLayoutItem *takeAt(int at) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect &area) override;

private:
    /// The height it takes; moves the items where `apply`.
    int lay(const QRect &area, bool apply) const;

    QList<QLayoutItem *> m_items;
};

} // namespace countersign
