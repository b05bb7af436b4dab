// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/thresholdcharts.h"

#include "views/policy/pastwords.h"
#include "views/style/tokens.h"
#include "views/words.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace countersign {

namespace {

constexpr int dotSize = style::unit * 2;
constexpr int narrowestChart = style::unit * 70;
constexpr int lowestChart = style::unit * 48;

} // namespace

EvidenceChart::EvidenceChart(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::TabFocus); // so that what it shows can be heard
}

QSize EvidenceChart::sizeHint() const
{
    return {narrowestChart * 3 / 2, lowestChart * 5 / 4};
}

QSize EvidenceChart::minimumSizeHint() const
{
    return {narrowestChart, lowestChart};
}

void EvidenceChart::describe()
{
    setAccessibleName(words());
    update();
}

void EvidenceChart::setEvidence(const std::shared_ptr<const ThresholdEvidence> &evidence)
{
    if (m_evidence != evidence) {
        m_evidence = evidence;
        describe();
    }
}

void EvidenceChart::setThreshold(double threshold)
{
    m_threshold = threshold;
    update();
}

void EvidenceChart::setMarks(const std::optional<double> &advised,
                             const std::optional<double> &inForce)
{
    m_advised = advised;
    m_inForce = inForce;
    update();
}

void EvidenceChart::setTarget(double errorRate)
{
    m_target = errorRate;
    update();
}

int EvidenceChart::captionHeight() const
{
    return QFontMetrics(style::font(style::Type::Caption, font())).height();
}

QRect EvidenceChart::plot() const
{
    const QFontMetrics metrics(style::font(style::Type::Caption, font()));
    const int left = metrics.horizontalAdvance(QStringLiteral("99.9 %")) + style::gap;
    return rect().adjusted(left, captionHeight() + style::gap, -style::groupGap,
                           -2 * captionHeight() - style::unit);
}

QPointF EvidenceChart::at(double x, double y) const
{
    const QRectF area(plot());
    return {area.left() + x * area.width(), area.bottom() - y * area.height()};
}

void EvidenceChart::paintAxes(QPainter &painter, const QString &across, const QString &up,
                              double high) const
{
    const QRect area = plot();
    const QColor line = style::hairlineColor(palette());
    painter.setPen(style::color(style::Role::Muted, palette()));
    for (int i = 0; i <= 4; ++i) {
        const double share = i / 4.0;
        const int x = qRound(at(share, 0).x());
        const int y = qRound(at(0, share).y());
        painter.fillRect(area.left(), y, area.width(), style::hairline, line);
        painter.drawText(
            QRect(0, y - captionHeight() / 2, area.left() - style::gap, captionHeight()),
            Qt::AlignRight | Qt::AlignVCenter, pastwords::percent(share * high));
        painter.drawText(QRect(x - style::pageEdge, area.bottom() + style::unit,
                               2 * style::pageEdge, captionHeight()),
                         Qt::AlignCenter, pastwords::percent(share));
    }
    painter.drawText(QRect(0, 0, width(), captionHeight()), Qt::AlignLeft, up);
    painter.drawText(QRect(area.left(), height() - captionHeight(), area.width(), captionHeight()),
                     Qt::AlignRight, across);
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), style::hairline));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void EvidenceChart::paintUpright(QPainter &painter, double x, const QString &word,
                                 const QColor &color, bool dashed) const
{
    const QRectF area(plot());
    const qreal place = at(x, 0).x();
    painter.setPen(QPen(color, style::iconStroke, dashed ? Qt::DashLine : Qt::SolidLine));
    painter.drawLine(QPointF(place, area.top()), QPointF(place, area.bottom()));
    const int wide = painter.fontMetrics().horizontalAdvance(word);
    const bool right = place + style::unit + wide <= area.right();
    painter.drawText(QPointF(right ? place + style::unit : place - style::unit - wide,
                             area.top() + painter.fontMetrics().ascent()),
                     word);
}

QString ReliabilityChart::words() const
{
    if (!m_evidence || !m_evidence->calibration()) {
        return tr("Reliability: nothing measured yet");
    }
    QStringList parts;
    for (const statistics::CalibrationBin &bin : m_evidence->calibration()->bins) {
        if (bin.count > 0) {
            parts.append(tr("confidence %1: %2 right of %3")
                             .arg(bin.confidence, 0, 'f', 2)
                             .arg(pastwords::percent(bin.accuracy), words::count(bin.count)));
        }
    }
    return tr("Reliability: %1").arg(parts.join(QStringLiteral("; ")));
}

void ReliabilityChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(style::font(style::Type::Caption, font()));
    paintAxes(painter, tr("Confidence that the agent gave"), tr("Right, of those measured"), 1);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        QPen(style::color(style::Role::Muted, palette()), style::hairline, Qt::DashLine));
    painter.drawLine(at(0, 0), at(1, 1));
    const QColor info = style::color(style::Role::Info, palette());
    if (m_inForce) {
        paintUpright(painter, *m_inForce, {}, style::color(style::Role::Muted, palette()), true);
    }
    paintUpright(painter, m_threshold, QString::number(m_threshold, 'f', 2),
                 palette().color(QPalette::Text), false);
    if (!m_evidence || !m_evidence->calibration()) {
        return;
    }
    for (const statistics::CalibrationBin &bin : m_evidence->calibration()->bins) {
        if (bin.count == 0) {
            continue;
        }
        const auto interval
            = statistics::wilson({double(bin.correct), double(bin.count - bin.correct)});
        const QPointF low = at(bin.confidence, interval.low);
        const QPointF high = at(bin.confidence, interval.high);
        painter.setPen(QPen(info, style::iconStroke));
        painter.drawLine(low, high);
        for (const QPointF &end : {low, high}) {
            painter.drawLine(end - QPointF(style::unit, 0), end + QPointF(style::unit, 0));
        }
        const QPointF centre = at(bin.confidence, bin.accuracy);
        painter.setBrush(palette().color(QPalette::Base));
        painter.drawEllipse(centre, dotSize / 2.0, dotSize / 2.0);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(style::color(style::Role::Muted, palette()));
        const QRectF count(low.x() - style::pageEdge, low.y() + style::unit / 2.0,
                           2 * style::pageEdge, captionHeight());
        if (count.bottom() < plot().bottom()) {
            painter.drawText(count, Qt::AlignCenter, words::count(bin.count));
        } else {
            painter.drawText(
                count.translated(0, high.y() - low.y() - captionHeight() - style::unit),
                Qt::AlignCenter, words::count(bin.count));
        }
    }
}

double RiskCoverageChart::high() const
{
    double most = 2 * m_target;
    for (const statistics::RiskPoint &point :
         m_evidence ? m_evidence->curve() : QList<statistics::RiskPoint>()) {
        if (point.passed >= 10) { // the first few jump, whatever they are worth
            most = std::max(most, point.risk());
        }
    }
    return std::min(1.0, std::ceil(most * 25) / 25);
}

QString RiskCoverageChart::words() const
{
    if (!m_evidence || m_evidence->curve().isEmpty()) {
        return tr("Risk over coverage: nothing measured yet");
    }
    QStringList parts;
    const auto &curve = m_evidence->curve();
    for (const double share : {0.25, 0.5, 0.75, 1.0}) {
        for (const statistics::RiskPoint &point : curve) {
            if (double(point.passed) >= share * double(m_evidence->measured())) {
                parts.append(tr("%1 wrong if %2 pass")
                                 .arg(pastwords::percent(point.risk()),
                                      pastwords::percent(double(point.passed)
                                                         / double(m_evidence->measured()))));
                break;
            }
        }
    }
    return tr("Risk over coverage: %1").arg(parts.join(QStringLiteral("; ")));
}

void RiskCoverageChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(style::font(style::Type::Caption, font()));
    const double top = high();
    paintAxes(painter, tr("Pass without a person, of those measured"),
              tr("Wrong among what passes"), top);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor caution = style::color(style::Role::Caution, palette());
    painter.setPen(QPen(caution, style::hairline, Qt::DashLine));
    const double target = std::min(1.0, m_target / top);
    painter.drawLine(at(0, target), at(1, target));
    painter.drawText(QRectF(at(0, target) + QPointF(style::unit, -captionHeight()),
                            QSizeF(plot().width(), captionHeight())),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     tr("target %1").arg(pastwords::percent(m_target)));
    if (!m_evidence || m_evidence->curve().isEmpty()) {
        return;
    }
    QPolygonF line;
    const auto all = double(std::max<qint64>(1, m_evidence->measured()));
    for (const statistics::RiskPoint &point : m_evidence->curve()) {
        line << at(double(point.passed) / all, std::min(1.0, point.risk() / top));
    }
    painter.setPen(QPen(style::color(style::Role::Info, palette()), style::iconStroke));
    painter.drawPolyline(line);
    const Outlook outlook = m_evidence->outlookAt(m_threshold);
    if (outlook.measured > 0) {
        const double risk = double(outlook.wrong) / double(outlook.measured);
        const double coverage = double(outlook.measured) / all;
        paintUpright(painter, coverage, QString::number(m_threshold, 'f', 2),
                     palette().color(QPalette::Text), false);
        painter.setBrush(palette().color(QPalette::Base));
        painter.drawEllipse(at(coverage, std::min(1.0, risk / top)), dotSize / 2.0, dotSize / 2.0);
    }
}

} // namespace countersign
