// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/style/theme.h"

#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>

namespace countersign::style {

namespace {

/// Fusion without gradients and frames in frames: splitters are hairlines, item views have no
/// frame, focus is a line of the accent colour.
class HouseStyle final : public QProxyStyle
{
    Q_OBJECT
public:
    HouseStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    {
        setObjectName(QStringLiteral("countersign"));
    }

    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override
    {
        if (element == CE_Splitter) {
            drawSplitter(*option, *painter);
            return;
        }
        QProxyStyle::drawControl(element, option, painter, widget);
    }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        if (element == PE_PanelButtonCommand) {
            drawButton(*option, *painter);
            return;
        }
        if (element == PE_FrameLineEdit || element == PE_Frame) {
            drawFieldFrame(*option, *painter);
            return;
        }
        if (element == PE_FrameFocusRect) {
            painter->setPen(option->palette.color(QPalette::Highlight));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), corner,
                                     corner);
            return;
        }
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }

    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override
    {
        switch (metric) {
        case PM_HeaderMargin:
            return gap; // lines up with the cells
        case PM_SplitterWidth:
            return unit + 1;
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
            return icon;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
        }
    }

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override
    {
        if (hint == SH_EtchDisabledText || hint == SH_DialogButtonBox_ButtonsHaveIcons) {
            return 0;
        }
        return QProxyStyle::styleHint(hint, option, widget, data);
    }

private:
    static void drawSplitter(const QStyleOption &option, QPainter &painter)
    {
        const bool hot = option.state.testFlag(State_MouseOver);
        const int width = hot ? edgeWidth : hairline;
        QRect line = option.rect;
        if (option.state.testFlag(State_Horizontal)) {
            line.setLeft(line.center().x() - width / 2);
            line.setWidth(width);
        } else {
            line.setTop(line.center().y() - width / 2);
            line.setHeight(width);
        }
        painter.fillRect(line, hairlineColor(option.palette));
    }

    static void drawFieldFrame(const QStyleOption &option, QPainter &painter)
    {
        const bool focus = option.state.testFlag(State_HasFocus);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(
            QPen(focus ? option.palette.color(QPalette::Highlight) : hairlineColor(option.palette),
                 hairline));
        painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        painter.restore();
    }

    static void drawButton(const QStyleOption &option, QPainter &painter)
    {
        const bool enabled = option.state.testFlag(State_Enabled);
        const bool down = option.state.testFlag(State_Sunken) || option.state.testFlag(State_On);
        const bool hot = enabled && option.state.testFlag(State_MouseOver);
        const bool focus = enabled && option.state.testFlag(State_HasFocus);
        QColor fill = option.palette.color(QPalette::Button);
        if (down) {
            fill = ground(Ground::Selected, option.palette);
        } else if (hot) {
            fill = ground(Ground::Hovered, option.palette);
        }
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(enabled ? fill : option.palette.color(QPalette::Window));
        painter.setPen(
            QPen(focus ? option.palette.color(QPalette::Highlight) : hairlineColor(option.palette),
                 focus ? 2 : hairline));
        const qreal inset = focus ? 1 : 0.5;
        painter.drawRoundedRect(QRectF(option.rect).adjusted(inset, inset, -inset, -inset), corner,
                                corner);
        painter.restore();
    }
};

} // namespace

void applyTheme(QApplication &application, Scheme scheme)
{
    if (application.style()->objectName() != QLatin1String("countersign")) {
        application.setStyle(new HouseStyle);
    }
    application.setPalette(palette(scheme));
}

} // namespace countersign::style

#include "theme.moc"
