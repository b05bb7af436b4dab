// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/style/tokens.h"

#include <QFontDatabase>

#include <cmath>

namespace countersign::style {

namespace {

struct Pair
{
    QRgb light;
    QRgb dark;

    [[nodiscard]] QColor of(Scheme scheme) const
    {
        return QColor::fromRgb(scheme == Scheme::Light ? light : dark);
    }
};

constexpr Pair windowTone{0xfff6f7f8, 0xff1f2226};
constexpr Pair baseTone{0xffffffff, 0xff17191c};
constexpr Pair textTone{0xff1b1e22, 0xffe6e8eb};
constexpr Pair buttonTone{0xfffbfbfc, 0xff2b2f34};
constexpr Pair lineTone{0xffd8dbdf, 0xff373c42};
constexpr Pair accentTone{0xff2a63b5, 0xff3471c6};
constexpr Pair linkTone{0xff1f5aa8, 0xff86b6f4};
constexpr Pair disabledTone{0xff8b9198, 0xff757c84};
constexpr Pair selectedTone{0xffe3ecf8, 0xff27384e};
constexpr Pair hoveredTone{0xfff1f3f6, 0xff24282d};
constexpr Pair agentTone{0xfffaf5e9, 0xff292419};
constexpr Pair agentLineTone{0xffddd0ae, 0xff57492a};

Pair tone(Role role)
{
    switch (role) {
    case Role::Accept:
        return {0xff1b7339, 0xff6fcb8e};
    case Role::Reject:
        return {0xffb3261e, 0xfff58f86};
    case Role::Caution:
        return {0xff855500, 0xffe8b95a};
    case Role::Info:
        return {0xff1f5aa8, 0xff86b6f4};
    case Role::Muted:
        return {0xff59616a, 0xffa3abb3};
    case Role::Hold:
        return {0xff6a3ca3, 0xffc3a4f0};
    }
    return {};
}

Pair tone(Ground ground)
{
    switch (ground) {
    case Ground::Base:
        return baseTone;
    case Ground::Window:
        return windowTone;
    case Ground::Selected:
        return selectedTone;
    case Ground::Hovered:
        return hoveredTone;
    case Ground::Agent:
        return agentTone;
    }
    return {};
}

double luminance(const QColor &color)
{
    const auto linear = [](double c) -> double {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

} // namespace

QFont font(Type type, const QFont &base)
{
    QFont result(base);
    const double size = base.pointSizeF() > 0 ? base.pointSizeF() : 10.0;
    switch (type) {
    case Type::Caption:
        result.setPointSizeF(size * 0.85);
        break;
    case Type::Body:
        break;
    case Type::Strong:
        result.setWeight(QFont::DemiBold);
        break;
    case Type::Title:
        result.setPointSizeF(size * 1.25);
        result.setWeight(QFont::DemiBold);
        break;
    case Type::Figure:
        result.setPointSizeF(size * 1.8);
        result.setWeight(QFont::Light);
        break;
    }
    return result;
}

QFont monospace(const QFont &base)
{
    QFont result = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    result.setPointSizeF((base.pointSizeF() > 0 ? base.pointSizeF() : 10.0) * 0.95);
    return result;
}

QPalette palette(Scheme scheme)
{
    const QColor text = textTone.of(scheme);
    const QColor line = lineTone.of(scheme);
    QPalette p;
    p.setColor(QPalette::Window, windowTone.of(scheme));
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, baseTone.of(scheme));
    p.setColor(QPalette::AlternateBase, windowTone.of(scheme));
    p.setColor(QPalette::ToolTipBase, baseTone.of(scheme));
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, color(Role::Muted, scheme));
    p.setColor(QPalette::Button, buttonTone.of(scheme));
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, color(Role::Reject, scheme));
    p.setColor(QPalette::Light, baseTone.of(scheme));
    p.setColor(QPalette::Midlight, windowTone.of(scheme));
    p.setColor(QPalette::Mid, line);
    p.setColor(QPalette::Dark, line.darker(scheme == Scheme::Light ? 120 : 140));
    p.setColor(QPalette::Shadow, line.darker(scheme == Scheme::Light ? 160 : 220));
    p.setColor(QPalette::Highlight, accentTone.of(scheme));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, linkTone.of(scheme));
    p.setColor(QPalette::LinkVisited, linkTone.of(scheme));
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, disabledTone.of(scheme));
    }
    p.setColor(QPalette::Disabled, QPalette::Highlight, line);
    return p;
}

Scheme schemeOf(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? Scheme::Dark : Scheme::Light;
}

QColor color(Role role, Scheme scheme)
{
    return tone(role).of(scheme);
}

QColor color(Role role, const QPalette &palette)
{
    return color(role, schemeOf(palette));
}

QColor ground(Ground ground, Scheme scheme)
{
    return tone(ground).of(scheme);
}

QColor ground(Ground which, const QPalette &palette)
{
    return ground(which, schemeOf(palette));
}

QColor agentBorder(const QPalette &palette)
{
    return agentLineTone.of(schemeOf(palette));
}

QColor hairlineColor(const QPalette &palette)
{
    return lineTone.of(schemeOf(palette));
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return first > second ? first / second : second / first;
}

} // namespace countersign::style
