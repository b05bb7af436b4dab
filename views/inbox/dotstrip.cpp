// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/dotstrip.h"

#include "views/style/tokens.h"
#include "views/words.h"

#include <QPainter>

#include <algorithm>

namespace countersign {

namespace {

constexpr int dot = style::unit;
constexpr int pitch = dot + 1;
constexpr int columns = 50;
constexpr int highest = 8; ///< dots in a pile
constexpr int fewColumns = 4;

} // namespace

DotStrip::DotStrip(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void DotStrip::show(const QList<Decimal> &values, int unknown)
{
    m_values.clear();
    for (const Decimal &value : values) {
        m_values.append(qBound(0.0, value.toDouble(), 1.0));
    }
    m_unknown = unknown;
    QStringList words;
    if (!values.isEmpty()) {
        const QString least = values.first().toString();
        const QString most = values.last().toString();
        words.append(least == most ? least : QStringLiteral("%1 – %2").arg(least, most));
    }
    if (unknown > 0) {
        words.append(values.isEmpty() ? tr("unknown for all")
                                      : tr("%1 unknown").arg(words::count(unknown)));
    }
    m_range = words.join(QStringLiteral(" · "));
    if (const int each = worth(); each > 1) {
        m_range += QStringLiteral(" · ") + tr("a dot is %1 cases").arg(words::count(each));
    }
    m_range = tr("Confidence %1").arg(m_range);
    setAccessibleName(m_range);
    updateGeometry();
    update();
}

int DotStrip::axisWidth() const
{
    return columns * pitch;
}

QList<int> DotStrip::piles() const
{
    QList<int> piles(columns, 0);
    for (const double value : m_values) {
        ++piles[std::min(columns - 1, int(value * columns))];
    }
    return piles;
}

int DotStrip::unknownColumns() const
{
    return m_values.isEmpty() ? columns + fewColumns : fewColumns;
}

int DotStrip::worth() const
{
    const QList<int> all = piles();
    const int most = std::max(*std::max_element(all.begin(), all.end()),
                              (m_unknown + unknownColumns() - 1) / unknownColumns());
    return std::max(1, (most + highest - 1) / highest);
}

QSize DotStrip::sizeHint() const
{
    const int caption = QFontMetrics(style::font(style::Type::Caption, font())).height();
    return {axisWidth() + style::groupGap + fewColumns * pitch,
            highest * pitch + 2 * style::unit + caption};
}

void DotStrip::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const int base = highest * pitch;
    const QColor muted = style::color(style::Role::Muted, palette());
    if (!m_values.isEmpty()) {
        const QColor line = style::hairlineColor(palette());
        painter.fillRect(0, base, axisWidth(), style::hairline, line);
        for (const int tick : {0, axisWidth() / 2, axisWidth() - style::hairline}) {
            painter.fillRect(tick, base, style::hairline, style::unit, line);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const auto place = [](int column, int level) -> QRectF {
        return {qreal(column * pitch), qreal((highest - 1 - level) * pitch), dot, dot};
    };
    const int each = worth();
    const QList<int> all = piles();
    painter.setPen(Qt::NoPen);
    painter.setBrush(style::color(style::Role::Info, palette()));
    for (int column = 0; column < columns; ++column) {
        for (int level = 0; level * each < all.at(column); ++level) {
            painter.drawEllipse(place(column, level));
        }
    }
    painter.setPen(QPen(muted, style::hairline));
    painter.setBrush(Qt::NoBrush);
    painter.translate(m_values.isEmpty() ? 0.5 : axisWidth() + style::groupGap + 0.5, 0.5);
    for (int i = 0; i * each < m_unknown; ++i) {
        painter.drawEllipse(place(i % unknownColumns(), i / unknownColumns())
                                .adjusted(0, 0, -style::hairline, -style::hairline));
    }
    painter.resetTransform();
    painter.setFont(style::font(style::Type::Caption, font()));
    painter.setPen(muted);
    painter.drawText(rect().adjusted(0, base + 2 * style::unit, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                     QFontMetrics(painter.font()).elidedText(m_range, Qt::ElideRight, width()));
}

} // namespace countersign
