// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/riskmapchart.h"

#include "views/foreigntext.h"
#include "views/policy/pastwords.h"
#include "views/style/tokens.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

constexpr int smallest = style::unit * 6; ///< across a mark
constexpr int largest = style::unit * 13;
constexpr int mostNames = 12;
constexpr int narrowest = style::unit * 80;
constexpr int lowest = style::unit * 70;

double decadeOf(double value)
{
    return std::log10(std::max(value, 0.01));
}

} // namespace

RiskBubble::RiskBubble(RiskMapChart &chart, const RiskGroup &group, bool hasMonth)
    : QAbstractButton(&chart),
      m_chart(chart),
      m_group(group)
{
    const QString sentence = pastwords::sentence(group, hasMonth);
    setAccessibleName(sentence);
    setToolTip(QStringLiteral("<qt>%1</qt>").arg(sentence.toHtmlEscaped())); // foreign, in parts
    setFocusPolicy(Qt::ClickFocus);
    setFont(style::font(style::Type::Caption, chart.font()));
    connect(this, &QAbstractButton::clicked, &chart,
            [this]() -> void { Q_EMIT m_chart.chosen(m_chart.m_model.rowOf(m_group)); });
}

void RiskBubble::setCurrent(bool current)
{
    m_isCurrent = current;
    setFocusPolicy(current ? Qt::StrongFocus : Qt::ClickFocus);
    update();
}

void RiskBubble::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const qreal ring = 2 * style::hairline;
    pastwords::paintMark(painter, QRectF(rect()).adjusted(ring, ring, -ring, -ring), m_group.mode,
                         palette(), m_group.isMixed);
    if (m_isCurrent) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(hasFocus() ? palette().color(QPalette::Highlight)
                                       : style::color(style::Role::Muted, palette()),
                            ring));
        painter.drawEllipse(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

bool RiskBubble::hitButton(const QPoint &at) const
{
    const QPointF off = QPointF(at) - QRectF(rect()).center();
    return std::hypot(off.x(), off.y()) <= width() / 2.0;
}

void RiskBubble::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
        m_chart.step(this, event->key());
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        break;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void RiskBubble::focusInEvent(QFocusEvent *event)
{
    QAbstractButton::focusInEvent(event);
    const int row = m_chart.m_model.rowOf(m_group);
    m_chart.setCurrent(row);
    Q_EMIT m_chart.currentChanged(row);
}

RiskMapChart::RiskMapChart(RiskMapModel &model, QWidget *parent) : QWidget(parent), m_model(model)
{
    setAccessibleName(tr("Risk map"));
    connect(&model, &QAbstractItemModel::modelReset, this, &RiskMapChart::rebuild);
    rebuild();
}

QSize RiskMapChart::sizeHint() const
{
    return {narrowest * 2, lowest * 3 / 2};
}

QSize RiskMapChart::minimumSizeHint() const
{
    return {narrowest, lowest};
}

int RiskMapChart::captionHeight() const
{
    return QFontMetrics(style::font(style::Type::Caption, font())).height();
}

QRect RiskMapChart::plot() const
{
    const QFontMetrics metrics(style::font(style::Type::Caption, font()));
    const int left = metrics.horizontalAdvance(QStringLiteral("1,000,000")) + style::gap;
    const int below = captionHeight() * 2 + style::gap + (m_hasBand ? largest + style::gap : 0);
    return rect().adjusted(left, captionHeight() + style::gap, -style::gap, -below);
}

QRect RiskMapChart::band() const
{
    const QRect area = plot();
    return m_hasBand ? QRect(area.left(), area.bottom() + style::gap, area.width(), largest)
                     : QRect();
}

qreal RiskMapChart::across(double perMonth) const
{
    const QRect area = plot().adjusted(largest / 2, 0, -largest / 2, 0);
    return area.left()
        + area.width() * (decadeOf(perMonth) - m_leftDecade) / (m_rightDecade - m_leftDecade);
}

qreal RiskMapChart::up(double mean) const
{
    const QRect area = plot().adjusted(0, largest / 2, 0, -largest / 2);
    return area.bottom()
        - area.height() * (decadeOf(mean) - m_lowDecade) / (m_highDecade - m_lowDecade);
}

void RiskMapChart::rebuild()
{
    const RiskGroup kept = m_current != nullptr ? m_current->group() : RiskGroup();
    const bool hadFocus = m_current != nullptr && m_current->hasFocus();
    m_current = nullptr;
    for (RiskBubble *bubble : std::as_const(m_bubbles)) {
        bubble->setParent(nullptr); // it may be what is being handled
        bubble->deleteLater();
    }
    m_bubbles.clear();
    std::vector<const RiskGroup *> drawn;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (!m_model.at(row).isRest) {
            drawn.push_back(&m_model.at(row));
        }
    }
    const auto more = [](const RiskGroup *a, const RiskGroup *b) -> bool {
        return a->cases > b->cases;
    };
    const size_t most = std::min<size_t>(mostBubbles, drawn.size());
    std::partial_sort(drawn.begin(), drawn.begin() + qsizetype(most), drawn.end(), more);
    drawn.resize(most);
    m_hasBand = false;
    m_leftDecade = m_lowDecade = 1e9;
    m_rightDecade = m_highDecade = -1e9;
    for (const RiskGroup *group : drawn) {
        m_bubbles.append(new RiskBubble(*this, *group, m_model.hasMonth()));
        m_leftDecade = std::min(m_leftDecade, std::floor(decadeOf(group->perMonth)));
        m_rightDecade = std::max(m_rightDecade, std::ceil(decadeOf(group->perMonth)));
        if (group->mean) {
            m_lowDecade = std::min(m_lowDecade, std::floor(decadeOf(*group->mean)));
            m_highDecade = std::max(m_highDecade, std::ceil(decadeOf(*group->mean)));
        } else {
            m_hasBand = true;
        }
    }
    if (m_lowDecade > m_highDecade) {
        m_lowDecade = 0;
        m_highDecade = 1;
    }
    if (m_leftDecade > m_rightDecade) {
        m_leftDecade = 0;
        m_rightDecade = 1;
    }
    m_rightDecade = std::max(m_rightDecade, m_leftDecade + 1);
    m_highDecade = std::max(m_highDecade, m_lowDecade + 1);
    place();
    for (RiskBubble *bubble : std::as_const(m_bubbles)) {
        bubble->show();
    }
    const int row = m_model.rowOf(kept);
    setCurrent(row >= 0 && !kept.action.isEmpty()
                   ? row
                   : (m_bubbles.isEmpty() ? -1 : m_model.rowOf(m_bubbles.first()->group())));
    if (hadFocus && m_current != nullptr) {
        m_current->setFocus(Qt::OtherFocusReason);
    }
    update();
}

void RiskMapChart::place()
{
    const double most
        = m_bubbles.isEmpty() ? 1 : std::max<double>(1, double(m_bubbles.first()->group().cases));
    for (RiskBubble *bubble : std::as_const(m_bubbles)) { // the smaller ones above the larger
        const RiskGroup &group = bubble->group();
        const int size
            = smallest + int((largest - smallest) * std::sqrt(double(group.cases) / most));
        const QPointF centre(across(group.perMonth),
                             group.mean ? up(*group.mean) : band().center().y());
        bubble->setGeometry(
            QRect(qRound(centre.x()) - size / 2, qRound(centre.y()) - size / 2, size, size));
        bubble->raise();
    }
}

void RiskMapChart::setCurrent(int row)
{
    RiskBubble *wanted = nullptr;
    if (row >= 0) {
        const RiskGroup &group = m_model.at(row);
        for (RiskBubble *bubble : std::as_const(m_bubbles)) {
            if (bubble->group().isSameKind(group)) {
                wanted = bubble;
                break;
            }
        }
    }
    if (wanted == nullptr || wanted == m_current) {
        return;
    }
    if (m_current != nullptr) {
        m_current->setCurrent(false);
    }
    m_current = wanted;
    m_current->setCurrent(true);
    m_current->raise();
    update();
}

void RiskMapChart::step(const RiskBubble *from, int key)
{
    QList<RiskBubble *> order = m_bubbles;
    const bool sideways
        = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home || key == Qt::Key_End;
    std::stable_sort(
        order.begin(), order.end(), [sideways](const RiskBubble *a, const RiskBubble *b) -> bool {
            return sideways ? a->group().perMonth < b->group().perMonth
                            : a->group().mean.value_or(-1) < b->group().mean.value_or(-1);
        });
    const qsizetype at = order.indexOf(const_cast<RiskBubble *>(from));
    const qsizetype to = key == Qt::Key_Home        ? 0
        : key == Qt::Key_End                        ? order.size() - 1
        : key == Qt::Key_Right || key == Qt::Key_Up ? at + 1
                                                    : at - 1;
    if (to >= 0 && to < order.size()) {
        order.at(to)->setFocus(Qt::OtherFocusReason);
    }
}

void RiskMapChart::paintAxes(QPainter &painter) const
{
    const QRect area = plot();
    const QColor line = style::hairlineColor(palette());
    const QColor muted = style::color(style::Role::Muted, palette());
    painter.setPen(muted);
    const auto tick = [](double decade) -> QString {
        return pastwords::rough(std::pow(10, decade));
    };
    for (double decade = m_leftDecade; decade <= m_rightDecade; ++decade) {
        const int x = qRound(across(std::pow(10, decade)));
        painter.fillRect(x, area.top(), style::hairline,
                         rect().bottom() - area.top() - captionHeight() * 2, line);
        painter.drawText(
            QRect(x - largest, height() - captionHeight() * 2, largest * 2, captionHeight()),
            Qt::AlignCenter, tick(decade));
    }
    for (double decade = m_lowDecade; decade <= m_highDecade; ++decade) {
        const int y = qRound(up(std::pow(10, decade)));
        painter.fillRect(area.left(), y, area.width(), style::hairline, line);
        painter.drawText(
            QRect(0, y - captionHeight() / 2, area.left() - style::gap, captionHeight()),
            Qt::AlignRight | Qt::AlignVCenter, tick(decade));
    }
    const QString currency = foreignName(m_model.currency());
    painter.drawText(QRect(0, 0, width(), captionHeight()), Qt::AlignLeft,
                     currency.isEmpty() ? tr("Cost of an error")
                                        : tr("Cost of an error: mean amount in %1").arg(currency));
    painter.drawText(QRect(area.left(), height() - captionHeight(), area.width(), captionHeight()),
                     Qt::AlignRight,
                     m_model.hasMonth() ? tr("How often: cases a month →")
                                        : tr("How often: cases so far →"));
    if (m_hasBand) {
        painter.fillRect(band(), style::ground(style::Ground::Window, palette()));
        painter.drawText(band().adjusted(-area.left(), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("no\namount"));
    }
}

/// Names beside the largest marks, where there is room for them.
void RiskMapChart::paintNames(QPainter &painter) const
{
    QList<QRect> taken;
    for (const RiskBubble *bubble : m_bubbles) {
        taken.append(bubble->geometry());
    }
    const QFontMetrics metrics(painter.font());
    painter.setPen(palette().color(QPalette::Text));
    for (qsizetype i = 0; i < std::min<qsizetype>(mostNames, m_bubbles.size()); ++i) {
        const RiskBubble *bubble = m_bubbles.at(i);
        const QString name = metrics.elidedText(
            pastwords::kind(bubble->group().action, bubble->group().caseType, false),
            Qt::ElideRight, largest * 4);
        const QSize size(metrics.horizontalAdvance(name), metrics.height());
        const QRect mark = bubble->geometry();
        const QList<QRect> places{
            {QPoint(mark.right() + style::unit, mark.center().y() - size.height() / 2), size},
            {QPoint(mark.left() - style::unit - size.width(),
                    mark.center().y() - size.height() / 2),
             size},
            {QPoint(mark.center().x() - size.width() / 2, mark.bottom() + 1), size},
            {QPoint(mark.center().x() - size.width() / 2, mark.top() - size.height() - 1), size}};
        for (const QRect &place : places) {
            const bool free = rect().contains(place)
                && std::none_of(taken.cbegin(), taken.cend(), [&](const QRect &other) -> bool {
                                  return other.intersects(place);
                              });
            if (free) {
                painter.drawText(place, Qt::AlignCenter, name);
                taken.append(place);
                break;
            }
        }
    }
}

void RiskMapChart::paintEvent(QPaintEvent *)
{
    if (m_bubbles.isEmpty()) {
        return;
    }
    QPainter painter(this);
    painter.setFont(style::font(style::Type::Caption, font()));
    paintAxes(painter);
    paintNames(painter);
}

void RiskMapChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void RiskMapChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        rebuild();
    }
}

} // namespace countersign
