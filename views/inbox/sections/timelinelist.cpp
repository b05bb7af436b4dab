// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/timelinelist.h"

#include "domain/event.h"
#include "views/foreigntext.h"
#include "views/style/tokens.h"
#include "views/words.h"

#include <QEvent>
#include <QFocusEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QWheelEvent>

#include <cmath>

namespace countersign {

namespace {

constexpr qsizetype longestRemark = 6000;
constexpr qsizetype longestWho = 60;

bool isComment(const QModelIndex &index)
{
    return index.data(TimelineModel::KindRole).toString() == QLatin1String(event::caseCommented);
}

QString remarkOf(const QModelIndex &index)
{
    return foreignText(index.data(TimelineModel::RemarkRole).toString(), longestRemark);
}

/// Who and what, as one sentence.
QString lineOf(const QModelIndex &index)
{
    const QString who = foreignName(index.data(TimelineModel::WhoRole).toString(), longestWho);
    return who + QLatin1Char(' ') + foreignLine(index.data().toString());
}

class TimelineDelegate final : public QStyledItemDelegate
{
public:
    TimelineDelegate(const Clock &clock, QObject *parent)
        : QStyledItemDelegate(parent),
          m_clock(clock)
    {
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override
    {
        const auto *view = qobject_cast<const QListView *>(option.widget);
        const int width = view != nullptr ? view->viewport()->width() : 0;
        int height = option.fontMetrics.height() + 2 * style::unit;
        if (const QString remark = remarkOf(index); !remark.isEmpty()) {
            QTextLayout layout(remark, remarkFont(option, index));
            height += lay(layout, width - left(option)) + style::unit;
        }
        return {width, height};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        painter->save();
        const bool current = option.state.testFlag(QStyle::State_Selected)
            && option.state.testFlag(QStyle::State_HasFocus);
        if (current) {
            painter->fillRect(option.rect, style::ground(style::Ground::Selected, option.palette));
        }
        QRect line = option.rect.adjusted(0, style::unit, 0, 0);
        line.setHeight(option.fontMetrics.height());
        paintTimes(*painter, option, line, index.data(TimelineModel::AtRole).toLongLong());
        line.setLeft(line.left() + left(option));
        painter->setFont(option.font);
        painter->setPen(option.palette.color(QPalette::Text));
        painter->drawText(
            line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            option.fontMetrics.elidedText(lineOf(index), Qt::ElideRight, line.width()));
        if (const QString remark = remarkOf(index); !remark.isEmpty()) {
            QTextLayout layout(remark, remarkFont(option, index));
            lay(layout, option.rect.width() - left(option));
            painter->setPen(isComment(index) ? option.palette.color(QPalette::Text)
                                             : style::color(style::Role::Muted, option.palette));
            layout.draw(painter, QPointF(line.left(), line.bottom() + 1 + style::unit / 2.0));
        }
        painter->restore();
    }

private:
    [[nodiscard]] static QFont captionOf(const QStyleOptionViewItem &option)
    {
        return style::font(style::Type::Caption, option.font);
    }
    [[nodiscard]] static QFont remarkFont(const QStyleOptionViewItem &option,
                                          const QModelIndex &index)
    {
        return isComment(index) ? option.font : captionOf(option);
    }
    /// Where the words begin.
    [[nodiscard]] static int left(const QStyleOptionViewItem &option)
    {
        return QFontMetrics(captionOf(option)).horizontalAdvance(words::time(0, true))
            + style::groupGap;
    }
    static int lay(QTextLayout &layout, int width)
    {
        QTextOption wrap;
        wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(wrap);
        QString text = layout.text();
        text.replace(QLatin1Char('\n'), QChar::LineSeparator);
        layout.setText(text);
        qreal height = 0;
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(qMax(1, width));
            line.setPosition({0, height});
            height += line.height();
        }
        layout.endLayout();
        return int(std::ceil(height));
    }
    void paintTimes(QPainter &painter, const QStyleOptionViewItem &option, QRect &line,
                    qint64 atMs) const
    {
        const QFont caption = captionOf(option);
        painter.setFont(caption);
        painter.setPen(style::color(style::Role::Muted, option.palette));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         words::time(atMs, true));
        const QString ago = TimelineList::tr("%1 ago").arg(words::span(m_clock.nowMs() - atMs));
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, ago);
        line.setRight(line.right() - QFontMetrics(caption).horizontalAdvance(ago) - style::gap);
    }

    const Clock &m_clock;
};

} // namespace

TimelineList::TimelineList(TimelineModel &model, const Clock &clock, QWidget *parent)
    : QListView(parent)
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Timeline"));
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setToolTip(tr("Enter shows an event in the trail"));
    viewport()->setAutoFillBackground(false); // stands on the page
    setItemDelegate(new TimelineDelegate(clock, this));
    setModel(&model);
    connect(this, &QListView::activated, this, [this](const QModelIndex &index) -> void {
        Q_EMIT chosen(index.data(TimelineModel::SeqRole).toLongLong());
    });
    connect(&model, &TimelineModel::changed, this, &TimelineList::fit);
    fit();
}

void TimelineList::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the pane scrolls
}

void TimelineList::fit()
{
    doItemsLayout();
    int height = 0;
    for (int row = 0; row < model()->rowCount(); ++row) {
        height += sizeHintForIndex(model()->index(row, 0)).height();
    }
    setFixedHeight(height);
}

void TimelineList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    if (viewport()->width() != m_width) {
        m_width = viewport()->width();
        fit();
    }
}

void TimelineList::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fit();
    }
}

void TimelineList::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && model()->rowCount() > 0) {
        setCurrentIndex(model()->index(0, 0));
    }
}

/// It does not scroll itself: the pane around it follows.
void TimelineList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (!hasFocus() || !current.isValid()) {
        return;
    }
    for (QWidget *above = parentWidget(); above != nullptr; above = above->parentWidget()) {
        if (auto *pane = qobject_cast<QScrollArea *>(above)) {
            const QPoint at = mapTo(pane->widget(), visualRect(current).center());
            pane->ensureVisible(at.x(), at.y(), 0, style::pageEdge);
            return;
        }
    }
}

} // namespace countersign
