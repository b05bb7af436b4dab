// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/style/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace countersign::style {

namespace {

constexpr qreal drawnOn = 16; // the symbols' view box

QByteArray source(const QString &name, qreal size, const QColor &color)
{
    QFile file(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("#000", color.name().toLatin1());
    svg.replace("stroke-width=\"1.5\"",
                "stroke-width=\"" + QByteArray::number(iconStroke * drawnOn / size) + '"');
    return svg;
}

class SymbolEngine final : public QIconEngine
{
public:
    SymbolEngine(QString name, std::optional<Role> role) : m_name(std::move(name)), m_role(role) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int size = qMin(rect.width(), rect.height());
        const QPixmap pixmap
            = symbolPixmap(m_name, size, tint(mode), painter->device()->devicePixelRatioF());
        painter->drawPixmap(rect.x() + (rect.width() - size) / 2,
                            rect.y() + (rect.height() - size) / 2, pixmap);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return symbolPixmap(m_name, qMin(size.width(), size.height()), tint(mode), 1.0);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // `size` is in device pixels here.
        const int logical = qRound(qMin(size.width(), size.height()) / scale);
        return symbolPixmap(m_name, logical, tint(mode), scale);
    }

    [[nodiscard]] QIconEngine *clone() const override { return new SymbolEngine(*this); }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

private:
    [[nodiscard]] QColor tint(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled) {
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        }
        return m_role ? color(*m_role, palette) : palette.color(QPalette::WindowText);
    }

    QString m_name;
    std::optional<Role> m_role;
};

} // namespace

QIcon symbol(const QString &name, std::optional<Role> role)
{
    return QIcon(new SymbolEngine(name, role));
}

QPixmap symbolPixmap(const QString &name, int size, const QColor &color, qreal ratio)
{
    const QString key
        = QStringLiteral("symbol/%1/%2/%3/%4").arg(name).arg(size).arg(color.rgba()).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    pixmap = QPixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(source(name, size, color));
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, size, size));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QString symbolName(Risk risk)
{
    return QStringLiteral("risk-") + toWord(risk);
}

QString symbolName(CaseState state)
{
    return toWord(state == CaseState::Marked ? CaseState::Delivered : state);
}

QString symbolName(DecisionKind kind)
{
    return kind == DecisionKind::Respond ? QStringLiteral("sendback") : toWord(kind);
}

Role roleOf(Risk risk)
{
    switch (risk) {
    case Risk::Low:
        return Role::Accept;
    case Risk::Medium:
        return Role::Caution;
    case Risk::High:
        return Role::Reject;
    case Risk::Unknown:
        break;
    }
    return Role::Hold;
}

Role roleOf(CaseState state)
{
    switch (state) {
    case CaseState::Waiting:
        return Role::Info;
    case CaseState::Held:
        return Role::Hold;
    case CaseState::Sending:
        return Role::Info;
    case CaseState::Delivered:
        return Role::Accept;
    case CaseState::Superseded:
    case CaseState::Marked:
    case CaseState::Withdrawn:
        return Role::Muted;
    case CaseState::Failed:
        return Role::Reject;
    case CaseState::Trouble:
        return Role::Caution;
    }
    return Role::Muted;
}

} // namespace countersign::style
