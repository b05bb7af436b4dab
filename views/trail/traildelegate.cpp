// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trail/traildelegate.h"

#include "domain/event.h"
#include "items/trailmodel.h"
#include "views/style/icons.h"

#include <QApplication>
#include <QLocale>
#include <QPainter>

namespace countersign {

namespace {

struct RowLook
{
    const char *symbol;
    style::Role role;
};

RowLook lookOf(const QString &kind)
{
    static const QHash<QString, RowLook> looks{
        {QLatin1String(event::decisionApprove), {"approve", style::Role::Accept}},
        {QLatin1String(event::decisionEdit), {"edit", style::Role::Info}},
        {QLatin1String(event::decisionReject), {"reject", style::Role::Reject}},
        {QLatin1String(event::decisionRespond), {"sendback", style::Role::Info}},
        {QLatin1String(event::decisionIgnore), {"ignore", style::Role::Muted}},
        {QLatin1String(event::decisionWithdrawn), {"undo", style::Role::Muted}},
        {QLatin1String(event::decisionSent), {"sending", style::Role::Muted}},
        {QLatin1String(event::decisionDelayed), {"clock", style::Role::Caution}},
        {QLatin1String(event::decisionDelivered), {"delivered", style::Role::Accept}},
        {QLatin1String(event::decisionSuperseded), {"superseded", style::Role::Caution}},
        {QLatin1String(event::decisionFailed), {"failed", style::Role::Reject}}};
    return looks.value(kind, {"info", style::Role::Muted});
}

void paintChip(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const QString word = index.data().toString();
    if (word.isEmpty()) {
        return;
    }
    const auto [symbol, role] = lookOf(index.data(TrailModel::KindRole).toString());
    const QColor color = style::color(role, option.palette);
    const QFont font = style::font(style::Type::Caption, option.font);
    const QFontMetrics metrics(font);
    const int height = metrics.height() + style::unit;
    const int width = style::icon + metrics.horizontalAdvance(word) + 3 * style::unit;
    const QRect chip(option.rect.left() + style::gap, option.rect.center().y() - height / 2 + 1,
                     qMin(width, option.rect.width() - 2 * style::gap), height);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor line = color;
    line.setAlphaF(0.5F);
    painter.setPen(line);
    painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), style::corner,
                            style::corner);
    const int inner = style::icon - style::unit;
    painter.drawPixmap(chip.left() + style::unit, chip.center().y() - inner / 2 + 1,
                       style::symbolPixmap(QString::fromLatin1(symbol), inner, color,
                                           painter.device()->devicePixelRatioF()));
    painter.setPen(color);
    painter.setFont(font);
    painter.drawText(chip.adjusted(style::icon + style::unit, 0, -style::unit, 0),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, word);
}

} // namespace

void TrailDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setClipRect(option.rect);
    if (selected) {
        painter->fillRect(option.rect, style::ground(style::Ground::Selected, option.palette));
        if (index.column() == 0) {
            painter->fillRect(option.rect.left(), option.rect.top(), style::edgeWidth,
                              option.rect.height(), option.palette.color(QPalette::Highlight));
        }
    }
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(),
                      style::hairline, style::ground(style::Ground::Hovered, option.palette));
    const int column = index.column();
    if (column == TrailModel::DecisionColumn) {
        paintChip(*painter, option, index);
        painter->restore();
        return;
    }
    const bool number = column == TrailModel::NumberColumn;
    const bool loaded = index.data(TrailModel::LoadedRole).toBool();
    const bool primary
        = loaded && (column == TrailModel::WhatColumn || column == TrailModel::WhoColumn);
    const QVariant value = index.data();
    const QString text
        = number && value.isValid() ? QLocale().toString(value.toLongLong()) : value.toString();
    painter->setFont(option.font);
    painter->setPen(primary ? option.palette.color(QPalette::Text)
                            : style::color(style::Role::Muted, option.palette));
    const QRect inner = option.rect.adjusted(style::gap, 0, -style::gap, 0);
    painter->drawText(inner,
                      int(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft))
                          | int(Qt::TextSingleLine),
                      option.fontMetrics.elidedText(text, Qt::ElideRight, inner.width()));
    painter->restore();
}

QSize TrailDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {0, option.fontMetrics.height() + style::tableRowPadding};
}

} // namespace countersign
