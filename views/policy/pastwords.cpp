// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/pastwords.h"

#include "domain/translate.h"
#include "views/foreigntext.h"
#include "views/words.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace countersign::pastwords {

QString mode(PolicyMode mode)
{
    switch (mode) {
    case PolicyMode::Approve:
        return tr("approve");
    case PolicyMode::Review:
        return tr("review");
    case PolicyMode::Autonomous:
        return tr("autonomous");
    case PolicyMode::Block:
        return tr("block");
    }
    Q_UNREACHABLE();
}

QString modeLetters(PolicyMode mode)
{
    switch (mode) {
    case PolicyMode::Approve:
        return tr("Ap");
    case PolicyMode::Review:
        return tr("Re");
    case PolicyMode::Autonomous:
        return tr("Au");
    case PolicyMode::Block:
        return tr("Bl");
    }
    Q_UNREACHABLE();
}

style::Role roleOf(PolicyMode mode)
{
    switch (mode) {
    case PolicyMode::Approve:
        return style::Role::Info;
    case PolicyMode::Review:
        return style::Role::Hold;
    case PolicyMode::Autonomous:
        return style::Role::Accept;
    case PolicyMode::Block:
        return style::Role::Reject;
    }
    Q_UNREACHABLE();
}

void paintMark(QPainter &painter, const QRectF &area, PolicyMode mode, const QPalette &palette,
               bool isMixed)
{
    const QColor color = style::color(roleOf(mode), palette);
    // Letters stand on the plain ground, so that they stay readable where marks overlap.
    QPainterPath path;
    const QRectF inner = area.adjusted(1, 1, -1, -1);
    const qreal w = inner.width();
    switch (mode) {
    case PolicyMode::Approve:
        path.addEllipse(inner);
        break;
    case PolicyMode::Review:
        path.addRoundedRect(inner.adjusted(w / 16, w / 16, -w / 16, -w / 16), style::unit / 2.0,
                            style::unit / 2.0);
        break;
    case PolicyMode::Autonomous: {
        QPolygonF corners;
        corners << QPointF(inner.center().x(), inner.top())
                << QPointF(inner.right(), inner.center().y())
                << QPointF(inner.center().x(), inner.bottom())
                << QPointF(inner.left(), inner.center().y());
        path.addPolygon(corners);
        path.closeSubpath();
        break;
    }
    case PolicyMode::Block: {
        QPolygonF corners;
        for (int i = 0; i < 8; ++i) {
            const qreal angle = (i + 0.5) * M_PI / 4;
            corners << inner.center() + QPointF(std::cos(angle), std::sin(angle)) * (w / 2);
        }
        path.addPolygon(corners);
        path.closeSubpath();
        break;
    }
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = palette.color(QPalette::Base);
    ground.setAlphaF(0.85F);
    painter.fillPath(path, ground);
    QColor fill = color;
    fill.setAlphaF(0.10F);
    painter.fillPath(path, fill);
    QPen pen(color, style::iconStroke);
    if (isMixed) {
        pen.setStyle(Qt::DashLine);
    }
    painter.strokePath(path, pen);
    painter.setPen(color);
    painter.drawText(area, Qt::AlignCenter, modeLetters(mode));
    painter.restore();
}

QIcon markIcon(PolicyMode mode, const QPalette &palette, const QFont &font, qreal ratio)
{
    const int size = style::railIcon;
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setFont(style::font(style::Type::Caption, font));
    paintMark(painter, QRectF(0, 0, size, size), mode, palette, false);
    return QIcon(pixmap);
}

QString kind(const QString &action, const QString &caseType, bool isRest)
{
    if (isRest) {
        return tr("All other kinds");
    }
    const QString name = action.isEmpty() ? tr("no action") : foreignName(action);
    return caseType.isEmpty() ? name : QStringLiteral("%1 · %2").arg(name, foreignName(caseType));
}

QString rough(double value)
{
    if (!std::isfinite(value)) {
        return QStringLiteral("–");
    }
    const int decimals = value == std::round(value) ? 0
        : value != 0 && std::abs(value) < 1 ? 2 : std::abs(value) < 10 ? 1 : 0;
    const auto number = Decimal::parse(QByteArray::number(value, 'f', decimals));
    return number ? words::amount(*number) : QStringLiteral("–");
}

QString percent(double share)
{
    return QStringLiteral("%1 %").arg(share * 100, 0, 'f', share > 0 && share < 0.0995 ? 1 : 0);
}

QString frequency(double perMonth, bool hasMonth)
{
    return hasMonth ? tr("%1 a month").arg(rough(perMonth)) : tr("%1 so far").arg(rough(perMonth));
}

QString wrong(qint64 wrong, qint64 measured)
{
    return tr("%1 of %2").arg(words::count(wrong), words::count(measured));
}

QString sentence(const RiskGroup &group, bool hasMonth)
{
    QString name = group.isRest  ? tr("All other kinds")
        : group.action.isEmpty() ? tr("no action")
                                 : foreignName(group.action);
    if (!group.caseType.isEmpty()) {
        name += QStringLiteral(", ") + foreignName(group.caseType);
    }
    const QString mean = group.mean
        ? tr("mean %1 %2").arg(rough(*group.mean), foreignName(group.currency))
        : tr("no amount");
    const QString found = group.measured == 0
        ? tr("nobody has measured any")
        : tr("wrong %1 measured").arg(wrong(group.wrong, group.measured));
    QString how = mode(group.mode);
    if (group.isMixed) {
        how = tr("mostly %1, otherwise by risk").arg(how);
    }
    QString all
        = tr("%1: %2, %3, %4, %5").arg(name, frequency(group.perMonth, hasMonth), mean, found, how);
    if (group.measured > 0 && !group.isMeasured()) {
        all += tr(" (too few to tell)");
    }
    return all;
}

QString money(const QMap<QString, Decimal> &sums)
{
    QStringList parts;
    for (auto it = sums.cbegin(); it != sums.cend(); ++it) {
        parts.append(words::amount(*it) + QLatin1Char(' ')
                     + (it.key().isEmpty() ? tr("without currency") : foreignName(it.key())));
    }
    return parts.isEmpty() ? QStringLiteral("–") : parts.join(QStringLiteral(", "));
}

} // namespace countersign::pastwords
