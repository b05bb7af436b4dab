// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "items/inboxmodel.h"

#include <QStyledItemDelegate>

namespace countersign {

/// Paints one row of the inbox: what would happen with its amount, whom it concerns with its age,
/// risk at the edge, confidence as a number over a bar. Rows that start a group carry its heading.
class InboxDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// `marks`: the cases that are selected to be decided together; outlives the delegate.
    InboxDelegate(const InboxModel &model, const Clock &clock, const QSet<CaseId> &marks,
                  QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

    [[nodiscard]] int rowHeight(const QFont &font) const; ///< without a heading
    [[nodiscard]] int headingHeight(const QFont &font) const;

private:
    struct Pen;
    void paintHeading(Pen &pen, QRect area, int row) const;
    void paintRisk(Pen &pen, const QRect &area, const InboxRow &row) const;
    void paintConfidence(Pen &pen, const QRect &area, const InboxRow &row) const;
    void paintFirstLine(Pen &pen, QRect line, const InboxRow &row) const;
    void paintSecondLine(Pen &pen, QRect line, const InboxRow &row) const;

    const InboxModel &m_model;
    const Clock &m_clock;
    const QSet<CaseId> &m_marks;
};

/// The headline without the amount at its end, which has a place of its own.
[[nodiscard]] QString headlineAlone(const QString &headline, const Impact &impact);

} // namespace countersign
