// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/style/theme.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>

namespace countersign::style {

namespace {

constexpr int scrollBarWidth = 12;
constexpr int leastThumb = 36;

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

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override
    {
        const auto *bar = control == CC_ScrollBar
            ? qstyleoption_cast<const QStyleOptionSlider *>(option)
            : nullptr;
        if (bar != nullptr) {
            drawScrollBar(*bar, *painter, widget);
            return;
        }
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }

    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                         SubControl part, const QWidget *widget) const override
    {
        const auto *bar = control == CC_ScrollBar
            ? qstyleoption_cast<const QStyleOptionSlider *>(option)
            : nullptr;
        return bar != nullptr ? scrollBarRect(*bar, part)
                              : QProxyStyle::subControlRect(control, option, part, widget);
    }

    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override
    {
        switch (metric) {
        case PM_HeaderMargin:
            return gap; // lines up with the cells
        case PM_ScrollBarExtent:
            return scrollBarWidth;
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

    /// A groove without arrows: the wheel, the keys and the thumb do what they did.
    static QRect scrollBarRect(const QStyleOptionSlider &bar, SubControl part)
    {
        const bool across = bar.orientation == Qt::Horizontal;
        const int length = across ? bar.rect.width() : bar.rect.height();
        const qint64 whole = qint64(bar.maximum) - bar.minimum + bar.pageStep;
        const qint64 share = whole > 0 ? length * qint64(bar.pageStep) / whole : length;
        const int thumb = std::min(length, std::max(leastThumb, int(share)));
        const int start = sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition,
                                                  length - thumb, bar.upsideDown);
        const auto from = [&bar, across](int at, int size) -> QRect {
            const QRect rect = across
                ? QRect(bar.rect.x() + at, bar.rect.y(), size, bar.rect.height())
                : QRect(bar.rect.x(), bar.rect.y() + at, bar.rect.width(), size);
            return visualRect(bar.direction, bar.rect, rect);
        };
        switch (part) {
        case SC_ScrollBarSlider:
            return from(start, thumb);
        case SC_ScrollBarSubPage:
            return from(0, start);
        case SC_ScrollBarAddPage:
            return from(start + thumb, length - start - thumb);
        case SC_ScrollBarGroove:
            return bar.rect;
        default:
            return {};
        }
    }

    static void drawScrollBar(const QStyleOptionSlider &bar, QPainter &painter,
                              const QWidget *widget)
    {
        painter.fillRect(bar.rect, groundBeside(bar, widget));
        if (bar.maximum <= bar.minimum) {
            return;
        }
        const bool taken = bar.state.testFlag(State_Sunken)
            && bar.activeSubControls.testFlag(SC_ScrollBarSlider);
        const bool hot = taken || bar.state.testFlag(State_MouseOver);
        QColor fill = color(Role::Muted, bar.palette);
        fill.setAlphaF(taken ? 1.0F : hot ? 0.8F : 0.5F);
        const qreal inset = hot ? 2.5 : 3.5;
        const QRectF thumb = QRectF(scrollBarRect(bar, SC_ScrollBarSlider))
                                 .adjusted(inset, inset, -inset, -inset);
        const qreal round = std::min(thumb.width(), thumb.height()) / 2;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(thumb, round, round);
        painter.restore();
    }

    /// The bar looks like a part of what it scrolls.
    static QColor groundBeside(const QStyleOption &bar, const QWidget *widget)
    {
        for (const QWidget *at = widget; at != nullptr; at = at->parentWidget()) {
            if (const auto *area = qobject_cast<const QAbstractScrollArea *>(at)) {
                const QWidget *view = area->viewport();
                return view->palette().color(view->autoFillBackground() ? view->backgroundRole()
                                                                        : QPalette::Window);
            }
        }
        return bar.palette.color(QPalette::Window);
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
