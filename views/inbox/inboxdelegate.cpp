// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/inboxdelegate.h"

#include "views/foreigntext.h"
#include "views/style/icons.h"
#include "views/words.h"

#include <QPainter>

namespace countersign {

QString headlineAlone(const QString &headline, const Impact &impact)
{
    if (!impact.amount) {
        return headline;
    }
    const QString tail
        = QStringLiteral("%1 %2").arg(impact.amount->toString(), impact.currency).trimmed();
    return headline.endsWith(tail) && headline.size() > tail.size()
        ? headline.chopped(tail.size()).trimmed()
        : headline;
}

/// A painter with what a row needs at hand.
struct InboxDelegate::Pen
{
    QPainter &painter;
    const QStyleOptionViewItem &option;
    QFont body = option.font;
    QFont caption = style::font(style::Type::Caption, option.font);
    bool ended = false; ///< decided and gone: everything steps back

    [[nodiscard]] QColor text() const
    {
        return ended ? muted() : option.palette.color(QPalette::Text);
    }
    [[nodiscard]] QColor muted() const { return style::color(style::Role::Muted, option.palette); }
    /// Writes `text` at the right end of `area`; what is left of the area.
    QRect right(const QRect &area, const QString &text, const QFont &font, const QColor &color)
    {
        const int width = QFontMetrics(font).horizontalAdvance(text);
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, text);
        return area.adjusted(0, 0, -width - style::gap, 0);
    }
    void left(const QRect &area, const QString &text, const QFont &font, const QColor &color)
    {
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetrics(font).elidedText(text, Qt::ElideRight, area.width()));
    }
    void symbol(const QPoint &at, const QString &name, const QColor &color)
    {
        painter.drawPixmap(
            at,
            style::symbolPixmap(name, style::icon, color, painter.device()->devicePixelRatioF()));
    }
};

InboxDelegate::InboxDelegate(const InboxModel &model, const Clock &clock, const QSet<CaseId> &marks,
                             QObject *parent)
    : QStyledItemDelegate(parent),
      m_model(model),
      m_clock(clock),
      m_marks(marks)
{
}

int InboxDelegate::headingHeight(const QFont &font) const
{
    return QFontMetrics(style::font(style::Type::Caption, font)).height() + 3 * style::unit;
}

int InboxDelegate::rowHeight(const QFont &font) const
{
    return QFontMetrics(font).height()
        + QFontMetrics(style::font(style::Type::Caption, font)).height() + style::unit
        + style::listRowPadding;
}

QSize InboxDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int heading = m_model.startsSection(index.row()) ? headingHeight(option.font) : 0;
    return {style::foldBelow / 4, rowHeight(option.font) + heading};
}

void InboxDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const InboxRow row = m_model.rowAt(index.row());
    Pen pen{*painter, option};
    pen.ended = row.state != CaseState::Waiting && row.state != CaseState::Failed
        && row.state != CaseState::Trouble;
    painter->save();
    QRect area = option.rect;
    if (m_model.startsSection(index.row())) {
        QRect heading = area;
        heading.setHeight(headingHeight(option.font));
        paintHeading(pen, heading, index.row());
        area.setTop(heading.bottom() + 1);
    }
    const bool current = option.state.testFlag(QStyle::State_Selected);
    const bool marked = m_marks.contains(row.id);
    const bool selected = m_marks.isEmpty() ? current : marked;
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (selected || hovered) {
        painter->fillRect(area,
                          style::ground(selected ? style::Ground::Selected : style::Ground::Hovered,
                                        option.palette));
    }
    painter->fillRect(area.left(), area.bottom(), area.width(), style::hairline,
                      style::hairlineColor(option.palette));
    if (current && (option.state.testFlag(QStyle::State_HasFocus) || !selected)) {
        painter->setPen(option.palette.color(QPalette::Highlight));
        painter->drawRect(area.adjusted(0, 0, -1, -1));
    }
    paintRisk(pen, area, row);
    if (marked) {
        pen.symbol({area.left() + style::edgeWidth + style::gap,
                    area.bottom() - style::listRowPadding / 2 - style::icon},
                   QStringLiteral("selected"), option.palette.color(QPalette::Highlight));
    }
    paintConfidence(pen, area, row);
    const int left = style::edgeWidth + style::gap + style::icon + style::gap;
    const int right = style::gap + style::unit + style::barWidth + style::groupGap;
    QRect line = area.adjusted(left, style::listRowPadding / 2, -right, 0);
    line.setHeight(QFontMetrics(pen.body).height());
    paintFirstLine(pen, line, row);
    line.moveTop(line.bottom() + 1 + style::unit);
    line.setHeight(QFontMetrics(pen.caption).height());
    paintSecondLine(pen, line, row);
    painter->restore();
}

void InboxDelegate::paintHeading(Pen &pen, QRect area, int row) const
{
    pen.painter.fillRect(area, pen.option.palette.color(QPalette::Window));
    pen.painter.fillRect(area.left(), area.bottom(), area.width(), style::hairline,
                         style::hairlineColor(pen.option.palette));
    area.adjust(style::edgeWidth + style::gap, 0, -style::gap - style::unit, 0);
    const QVariant value = m_model.index(row).data(InboxModel::SectionRole);
    const QString type = m_model.order().group == InboxGroup::Due
        ? words::of(DueBand(value.toInt()))
        : value.toString();
    const QRect rest
        = pen.right(area, words::count(m_model.sectionSize(row)), pen.caption, pen.muted());
    QFont strong = pen.caption;
    strong.setWeight(QFont::DemiBold);
    pen.left(rest, type.isEmpty() ? tr("None named") : foreignName(type), strong, pen.muted());
}

void InboxDelegate::paintRisk(Pen &pen, const QRect &area, const InboxRow &row) const
{
    const QColor color
        = pen.ended ? pen.muted() : style::color(style::roleOf(row.risk), pen.option.palette);
    if (!pen.ended) {
        pen.painter.fillRect(area.left(), area.top(), style::edgeWidth,
                             area.height() - style::hairline, color);
    }
    const int lift = (QFontMetrics(pen.body).height() - style::icon) / 2;
    pen.symbol({area.left() + style::edgeWidth + style::gap,
                area.top() + style::listRowPadding / 2 + lift},
               style::symbolName(row.risk), color);
}

void InboxDelegate::paintConfidence(Pen &pen, const QRect &area, const InboxRow &row) const
{
    QRect column(area.right() - style::gap - style::unit - style::barWidth,
                 area.top() + style::listRowPadding / 2, style::barWidth,
                 QFontMetrics(pen.body).height());
    pen.right(column, words::confidence(row.confidence), pen.body,
              row.confidence ? pen.text() : pen.muted());
    const int lower = QFontMetrics(pen.caption).height();
    QRectF bar(column.left(), column.bottom() + 1 + style::unit + (lower - style::barHeight) / 2.0,
               style::barWidth, style::barHeight);
    pen.painter.setRenderHint(QPainter::Antialiasing);
    const qreal round = style::barHeight / 2.0;
    if (!row.confidence) {
        pen.painter.setPen(QPen(pen.muted(), style::hairline, Qt::DotLine));
        pen.painter.setBrush(Qt::NoBrush);
        pen.painter.drawRoundedRect(bar, round, round);
    } else {
        pen.painter.setPen(Qt::NoPen);
        pen.painter.setBrush(style::hairlineColor(pen.option.palette));
        pen.painter.drawRoundedRect(bar, round, round);
        bar.setWidth(bar.width() * qBound(0.0, row.confidence->toDouble(), 1.0));
        pen.painter.setBrush(pen.ended ? pen.muted()
                                       : style::color(style::Role::Info, pen.option.palette));
        pen.painter.drawRoundedRect(bar, round, round);
    }
    pen.painter.setRenderHint(QPainter::Antialiasing, false);
}

void InboxDelegate::paintFirstLine(Pen &pen, QRect line, const InboxRow &row) const
{
    QFont font = pen.body;
    if (!m_model.isSeen(row.id) && row.state == CaseState::Waiting) {
        font.setWeight(QFont::DemiBold);
    }
    if (row.impact.amount) {
        const QString amount = QFontMetrics(font).elidedText(words::amount(row.impact),
                                                             Qt::ElideMiddle, line.width() * 2 / 3);
        line = pen.right(line, amount, font, pen.text());
    }
    pen.left(line, foreignLine(headlineAlone(row.headline, row.impact), 160), font, pen.text());
}

void InboxDelegate::paintSecondLine(Pen &pen, QRect line, const InboxRow &row) const
{
    const qint64 now = m_clock.nowMs();
    QString when = words::span(now - row.createdMs);
    QString symbol;
    style::Role role = style::Role::Muted;
    if (row.state != CaseState::Waiting) {
        symbol = style::symbolName(row.state);
        role = style::roleOf(row.state);
        when = row.state == CaseState::Held && row.sendAtMs
            ? tr("sends in %1").arg(words::span(*row.sendAtMs - now))
            : words::of(row.state);
    } else if (row.followUpMs && *row.followUpMs <= now) {
        symbol = QStringLiteral("clock");
        role = style::Role::Caution;
        when = tr("follow up");
    } else if (row.dueMs) {
        symbol = QStringLiteral("clock");
        role = *row.dueMs < now ? style::Role::Reject : style::Role::Muted;
        when = words::due(*row.dueMs, now);
    }
    const QColor color = style::color(role, pen.option.palette);
    line = pen.right(line, when, pen.caption, color);
    if (!symbol.isEmpty()) {
        const QPoint at(line.right() + 1 - style::icon + style::gap / 2,
                        line.top() + (line.height() - style::icon) / 2);
        pen.symbol(at, symbol, color);
        line.setRight(at.x() - style::gap);
    }
    if (const QString who = words::initials(row.assigneeName); !who.isEmpty()) {
        line = pen.right(line, who, pen.caption, row.mine ? pen.text() : pen.muted());
    }
    QString subject = row.subject;
    if (row.of > 1) {
        subject = tr("%1 of %2").arg(row.part).arg(row.of) + QStringLiteral(" · ") + subject;
    }
    if (m_model.order().group == InboxGroup::CaseType && !row.caseType.isEmpty()) {
        // The heading says the case type already.
        const qsizetype cut = subject.indexOf(QStringLiteral(" · "));
        const QString spaced = QString(row.caseType).replace(QLatin1Char('_'), QLatin1Char(' '));
        if (cut > 0 && subject.left(cut).compare(spaced, Qt::CaseInsensitive) == 0) {
            subject = subject.mid(cut + 3);
        }
    }
    if (const auto back = backOf(row, now); back && !pen.ended) {
        subject = tr("Back: %1").arg(words::because(*back)) + QStringLiteral(" · ") + subject;
    }
    pen.left(line, foreignLine(subject, 200), pen.caption, pen.muted());
}

} // namespace countersign
