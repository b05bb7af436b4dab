// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ports.h"
#include "views/style/tokens.h"

#include <QMainWindow>

class QAction;
class QActionGroup;
class QSettings;
class QStackedWidget;

namespace countersign {

class ActionRegistry;
class MessageBar;
class Palette;
class Rail;

/// What the person wants: the desktop's light or dark, or always one of them.
enum class Appearance
{
    System,
    Light,
    Dark
};

/// What the window is built from; all of it outlives the window.
struct WindowContext
{
    ActionRegistry &actions;
    EndpointPort &endpoints;
    QSettings &settings; ///< geometry and page, under the group "window"; the palette's own
    PersonId person;
    bool demo = false; ///< carries the bar that says so
    class StopPort *stops = nullptr; ///< null: nothing here can be stopped
};

/// The frame around the pages: rail, bars, endpoints, keys, about. Pages come from outside.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(const WindowContext &context, QWidget *parent = nullptr);

    /// Takes the page over and gives it the next number key (Ctrl+1…). `id` is stable.
    void addPage(const QString &id, const QString &title, const QString &symbol, QWidget *page);
    void showPage(const QString &id);
    [[nodiscard]] QString currentPage() const;
    [[nodiscard]] MessageBar &messages() { return *m_messages; }
    /// Where pages add what they have to offer.
    [[nodiscard]] Palette &commandPalette() { return *m_palette; }

    /// Geometry and page as they were left, on a screen that is there. After every addPage().
    void restore();
    void save();
    void setAppearance(Appearance appearance); ///< what the menu shows as chosen

    void openEndpoints(const EndpointId &id = {}); ///< with the focus on one of them
    void connectEndpoint();
    /// Null where nothing can be stopped.
    [[nodiscard]] class StopControl *stopControl() const { return m_stopControl; }

Q_SIGNALS:
    void pageShown(const QString &id);
    void appearanceChosen(countersign::Appearance appearance);
    void quitRequested();
    /// The person closed the window; whether that ends the program, and what is to be saved, is not
    /// the window's business.
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void build();
    void addActions();
    void fillPalette();
    void showPageOf(const QWidget *widget);
    void showKeyInToolTip(QAction *action);
    [[nodiscard]] QWidget *demoBar();
    void addMenu();
    void followEndpoints();
    void openKeys();
    void openAbout();

    WindowContext m_context;
    Rail *m_rail;
    QStackedWidget *m_pages;
    MessageBar *m_messages;
    Palette *m_palette;
    QActionGroup *m_pageActions;
    QActionGroup *m_appearances;
    class StopControl *m_stopControl = nullptr;
    QAction *m_endpoints = nullptr;
    QAction *m_more = nullptr;
};

/// `window` moved and shrunk so that it lies on one of the screens' free areas; as it is where it
/// already does. Without screens, as it is.
[[nodiscard]] QRect onScreen(const QRect &window, const QList<QRect> &screens);

} // namespace countersign
