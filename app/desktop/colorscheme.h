// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/mainwindow.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>

namespace countersign {

/// Light or dark, live: the Settings portal's color-scheme where it speaks, else the desktop's own
/// palette, unless the person wants one of them always.
class ColorScheme final : public QObject
{
    Q_OBJECT
public:
    ColorScheme(const QDBusConnection &bus, Appearance appearance, QObject *parent = nullptr);

    void setAppearance(Appearance appearance);
    [[nodiscard]] Appearance appearance() const { return m_appearance; }
    [[nodiscard]] style::Scheme scheme() const;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private Q_SLOTS:
    void onSettingChanged(const QDBusMessage &message);

private:
    void takePortal(const QVariant &value);
    void readPalette();

    Appearance m_appearance;
    std::optional<style::Scheme> m_portal; ///< nothing where it does not care
    style::Scheme m_palette = style::Scheme::Light;
};

} // namespace countersign
