// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/ruledelegate.h"

#include "items/policylook.h"
#include "views/style/icons.h"

#include <QPainter>
#include <QTextLayout>

namespace countersign {

namespace {

struct MarkLook
{
    const char *symbol;
    style::Role role;
};

std::optional<MarkLook> markLook(PolicyRow::Mark mark, bool faulty)
{
    if (faulty) {
        return MarkLook{"warning", style::Role::Reject};
    }
    switch (mark) {
    case PolicyRow::Mark::Same:
        return std::nullopt;
    case PolicyRow::Mark::Added:
        return MarkLook{"add", style::Role::Accept};
    case PolicyRow::Mark::Changed:
        return MarkLook{"edit", style::Role::Info};
    case PolicyRow::Mark::Removed:
        return MarkLook{"close", style::Role::Caution};
    }
    return std::nullopt;
}

/// One line in the middle, or two with the second cut.
void paintLines(QPainter &painter, const QRect &area, const QString &text, const QFont &font)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    QTextLine first = layout.createLine();
    if (!first.isValid()) {
        layout.endLayout();
        return;
    }
    first.setLineWidth(area.width());
    const QTextLine second = layout.createLine();
    layout.endLayout();
    const QFontMetrics metrics(font);
    const auto line = [&](const QString &words, int top) -> void {
        painter.drawText(QRect(area.left(), top, area.width(), metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         metrics.elidedText(words, Qt::ElideRight, area.width()));
    };
    if (!second.isValid()) {
        line(text, area.center().y() - metrics.height() / 2);
        return;
    }
    line(text.left(first.textLength()).trimmed(), area.center().y() - metrics.height());
    line(text.mid(second.textStart()), area.center().y());
}

} // namespace

RuleDelegate::RuleDelegate(int markRole, int faultsRole, int markColumn, QObject *parent)
    : QStyledItemDelegate(parent),
      m_markRole(markRole),
      m_faultsRole(faultsRole),
      m_markColumn(markColumn)
{
}

void RuleDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    painter->setClipRect(option.rect);
    const auto mark = PolicyRow::Mark(index.data(m_markRole).toInt());
    const bool faulty = m_faultsRole != 0 && !index.data(m_faultsRole).toStringList().isEmpty();
    const auto look = markLook(mark, faulty);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(option.rect, style::ground(style::Ground::Selected, option.palette));
    }
    if (index.column() == 0 && look) {
        painter->fillRect(option.rect.left(), option.rect.top(), style::edgeWidth,
                          option.rect.height(), style::color(look->role, option.palette));
    }
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(),
                      style::hairline, style::hairlineColor(option.palette));
    QRect area = option.rect.adjusted(style::gap, 0, -style::gap, 0);
    const bool gone = mark == PolicyRow::Mark::Removed && m_markColumn >= 0;
    QFont font = index.column() == 0 ? style::font(style::Type::Strong, option.font) : option.font;
    font.setStrikeOut(gone && index.column() != m_markColumn);
    painter->setFont(font);
    painter->setPen(index.column() > 1 || gone ? style::color(style::Role::Muted, option.palette)
                                               : option.palette.color(QPalette::Text));
    if (index.column() == m_markColumn) {
        if (look) {
            painter->setPen(style::color(look->role, option.palette));
            painter->drawPixmap(
                area.left(), area.center().y() - style::icon / 2,
                style::symbolPixmap(QString::fromLatin1(look->symbol), style::icon,
                                    style::color(look->role, option.palette),
                                    painter->device()->devicePixelRatioF()));
            area.setLeft(area.left() + style::icon + style::unit);
        }
    }
    paintLines(*painter, area, index.data().toString(), font);
    painter->restore();
}

QSize RuleDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {0, 2 * option.fontMetrics.height() + style::tableRowPadding};
}

} // namespace countersign
