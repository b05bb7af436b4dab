// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/mainwindow.h"

#include "views/actionregistry.h"
#include "views/messagebar.h"
#include "views/style/icons.h"
#include "views/window/endpointsheet.h"
#include "views/window/endpointspanel.h"
#include "views/window/keyssheet.h"
#include "views/window/palette.h"
#include "views/window/palettesources.h"
#include "views/window/rail.h"
#include "views/window/stopcontrol.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>
#include <QWindow>

namespace countersign {

namespace {

constexpr QSize designSize{1280, 800};
constexpr QSize smallestSize{880, 560};

} // namespace

QRect onScreen(const QRect &window, const QList<QRect> &screens)
{
    if (screens.isEmpty()) {
        return window;
    }
    QRect best = screens.first();
    int bestArea = -1;
    for (const QRect &screen : screens) {
        const QSize shared = screen.intersected(window).size();
        const int area = shared.isValid() ? shared.width() * shared.height() : 0;
        if (area > bestArea) {
            best = screen;
            bestArea = area;
        }
    }
    QRect moved(window.topLeft(), window.size().boundedTo(best.size()));
    moved.moveLeft(qBound(best.left(), moved.left(), best.right() - moved.width() + 1));
    moved.moveTop(qBound(best.top(), moved.top(), best.bottom() - moved.height() + 1));
    return moved;
}

MainWindow::MainWindow(const WindowContext &context, QWidget *parent)
    : QMainWindow(parent),
      m_context(context),
      m_rail(new Rail(this)),
      m_pages(new QStackedWidget(this)),
      m_messages(new MessageBar(this)),
      m_palette(new Palette(context.settings, this)),
      m_pageActions(new QActionGroup(this)),
      m_appearances(new QActionGroup(this))
{
    setWindowTitle(QApplication::applicationDisplayName());
    setMinimumSize(smallestSize);
    build();
    addActions();
    addMenu();
    fillPalette();
    connect(&context.endpoints, &EndpointPort::endpointsChanged, this,
            &MainWindow::followEndpoints);
    followEndpoints();
}

void MainWindow::build()
{
    auto *central = new QWidget(this);
    auto *row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    row->addLayout(column, 1);
    if (m_context.demo) {
        column->addWidget(demoBar());
    }
    column->addWidget(m_messages);
    column->addWidget(m_pages, 1);
    setCentralWidget(central);
    m_context.actions.attach({}, this);
}

QWidget *MainWindow::demoBar()
{
    auto *bar = new QLabel(tr("Demo profile: nothing here is real."), this);
    bar->setObjectName(QStringLiteral("demoBar"));
    bar->setAlignment(Qt::AlignCenter);
    bar->setFont(style::font(style::Type::Caption, font()));
    bar->setContentsMargins(style::groupGap, style::unit, style::groupGap, style::unit);
    bar->setForegroundRole(QPalette::PlaceholderText);
    bar->setAutoFillBackground(true);
    bar->setBackgroundRole(QPalette::AlternateBase);
    return bar;
}

void MainWindow::addActions()
{
    const auto add = [this](const char *id, const QString &text, const QList<QKeySequence> &keys,
                            const char *symbol, auto slot, const QString &alias = {}) -> QAction * {
        QAction *action = m_context.actions.add({.id = QLatin1String(id),
                                                 .text = text,
                                                 .keys = keys,
                                                 .place = {},
                                                 .symbol = QLatin1String(symbol),
                                                 .group = tr("Window"),
                                                 .alias = alias});
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    add("window.palette", tr("Find anything"), {QKeySequence(Qt::CTRL | Qt::Key_K)}, "search",
        [this]() -> void { m_palette->open(this); });
    m_endpoints = add(
        "window.endpoints", tr("Endpoints"), {QKeySequence(Qt::CTRL | Qt::Key_Period)}, "connect",
        [this]() -> void { openEndpoints(); }, tr("servers"));
    add("window.connect", tr("Connect an endpoint…"), {}, "add", &MainWindow::connectEndpoint);
    add("window.keys", tr("Keys"), {QKeySequence(Qt::Key_Question), QKeySequence(Qt::Key_F1)},
        "keyboard", &MainWindow::openKeys, tr("shortcuts: see and change them"));
    add("window.about", tr("About Countersign"), {}, "info", &MainWindow::openAbout);
    add("window.quit", tr("Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)}, "close",
        &MainWindow::quitRequested);
    for (const auto &[appearance, id, text] :
         {std::tuple{Appearance::System, "window.look_system", tr("Colours of the desktop")},
          std::tuple{Appearance::Light, "window.look_light", tr("Light colours")},
          std::tuple{Appearance::Dark, "window.look_dark", tr("Dark colours")}}) {
        QAction *action = add(
            id, text, {}, "",
            [this, chosen = appearance]() -> void { Q_EMIT appearanceChosen(chosen); },
            tr("appearance theme"));
        action->setCheckable(true);
        action->setData(int(appearance));
        m_appearances->addAction(action);
    }
    if (m_context.stops != nullptr) {
        m_stopControl = new StopControl(*m_context.stops, m_context.endpoints, m_context.actions,
                                        *m_rail, *m_messages, m_context.person, this);
    }
    showKeyInToolTip(m_endpoints);
    m_rail->addFoot(m_endpoints);
}

void MainWindow::fillPalette()
{
    m_palette->add([this]() -> QList<PaletteEntry> {
        return actionEntries(m_context.actions,
                             [this](const QWidget *place) -> void { showPageOf(place); });
    });
    m_palette->add([this]() -> QList<PaletteEntry> {
        return endpointEntries(m_context.endpoints,
                               [this](const EndpointId &id) -> void { openEndpoints(id); });
    });
}

void MainWindow::addMenu()
{
    m_more = new QAction(style::symbol(QStringLiteral("settings")), tr("More"), this);
    auto *menu = new QMenu(this);
    menu->addAction(m_context.actions.action(QStringLiteral("window.palette")));
    menu->addAction(m_context.actions.action(QStringLiteral("window.connect")));
    menu->addAction(m_context.actions.action(QStringLiteral("window.keys")));
    if (m_stopControl != nullptr) {
        m_stopControl->offer(*menu, *m_palette);
    }
    menu->addMenu(tr("Appearance"))->addActions(m_appearances->actions());
    menu->addSeparator();
    menu->addAction(m_context.actions.action(QStringLiteral("window.about")));
    menu->addAction(m_context.actions.action(QStringLiteral("window.quit")));
    QToolButton *button = m_rail->addFoot(m_more);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
}

void MainWindow::addPage(const QString &id, const QString &title, const QString &symbol,
                         QWidget *page)
{
    const int number = m_pages->count() + 1;
    QAction *action
        = m_context.actions.add({.id = QStringLiteral("page.") + id,
                                 .text = title,
                                 .keys = {QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number))},
                                 .place = {},
                                 .symbol = symbol,
                                 .group = tr("Window")});
    action->setCheckable(true);
    action->setData(id);
    showKeyInToolTip(action);
    m_pageActions->addAction(action);
    m_pages->addWidget(page);
    m_rail->addPage(action);
    connect(action, &QAction::triggered, this, [this, id]() -> void { showPage(id); });
    if (number == 1) {
        action->setChecked(true);
    }
}

void MainWindow::showKeyInToolTip(QAction *action)
{
    const auto follow = [action]() -> void {
        const QString keys = ActionRegistry::keyText(action);
        action->setToolTip(keys.isEmpty() ? action->text()
                                          : tr("%1 (%2)").arg(action->text(), keys));
    };
    connect(action, &QAction::changed, this, follow);
    follow();
}

void MainWindow::showPageOf(const QWidget *widget)
{
    for (int i = 0; i < m_pages->count(); ++i) {
        if (m_pages->widget(i)->isAncestorOf(widget)) {
            showPage(m_pageActions->actions().at(i)->data().toString());
        }
    }
}

void MainWindow::showPage(const QString &id)
{
    const QList<QAction *> actions = m_pageActions->actions();
    for (qsizetype i = 0; i < actions.size(); ++i) {
        if (actions.at(i)->data().toString() == id) {
            actions.at(i)->setChecked(true);
            m_pages->setCurrentIndex(int(i));
            m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
            Q_EMIT pageShown(id);
        }
    }
}

QString MainWindow::currentPage() const
{
    const QAction *checked = m_pageActions->checkedAction();
    return checked == nullptr ? QString() : checked->data().toString();
}

void MainWindow::followEndpoints()
{
    const EndpointsSummary summary = summaryOf(m_context.endpoints.endpoints());
    std::optional<style::Role> role;
    if (summary.worst == EndpointsSummary::Worst::Failing) {
        role = style::Role::Reject;
    } else if (summary.worst == EndpointsSummary::Worst::Ok) {
        role = style::Role::Accept;
    }
    m_endpoints->setIcon(style::symbol(summary.symbol, role));
    m_rail->setNote(m_endpoints, summary.word, role.value_or(style::Role::Muted));
}

void MainWindow::openEndpoints(const EndpointId &id)
{
    if (m_context.endpoints.endpoints().isEmpty()) {
        connectEndpoint();
        return;
    }
    auto *panel = new EndpointsPanel(m_context.endpoints, m_context.person, this);
    connect(panel, &EndpointsPanel::connectRequested, this, [this, panel]() -> void {
        panel->accept();
        connectEndpoint();
    });
    panel->open();
    panel->showEndpoint(id);
}

void MainWindow::connectEndpoint()
{
    auto *sheet = new EndpointSheet(m_context.endpoints, m_context.person, this);
    connect(sheet, &EndpointSheet::connected, this, [this](const QString &sentence) -> void {
        m_messages->show({.id = QStringLiteral("window.connected"),
                          .level = Notice::Level::News,
                          .text = sentence});
    });
    sheet->open();
}

void MainWindow::openKeys()
{
    (new KeysSheet(m_context.actions, this))->open();
}

void MainWindow::openAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    box->setWindowTitle(tr("About Countersign"));
    box->setIconPixmap(windowIcon().pixmap(style::railWidth));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Countersign %1").arg(QApplication::applicationVersion()));
    box->setInformativeText(tr("Agents propose. People countersign.\n\n"
                               "Free software under the GNU General Public License, version 3 or "
                               "later. It comes without any warranty."));
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

void MainWindow::setAppearance(Appearance appearance)
{
    for (QAction *action : m_appearances->actions()) {
        action->setChecked(action->data().toInt() == int(appearance));
    }
}

void MainWindow::restore()
{
    QSettings &settings = m_context.settings;
    settings.beginGroup(QStringLiteral("window"));
    const QByteArray geometry = settings.value(QStringLiteral("geometry")).toByteArray();
    const QString page = settings.value(QStringLiteral("page")).toString();
    settings.endGroup();
    if (!restoreGeometry(geometry)) {
        resize(designSize);
    }
    QList<QRect> screens;
    for (const QScreen *screen : QApplication::screens()) {
        screens.append(screen->availableGeometry());
    }
    setGeometry(onScreen(this->geometry(), screens));
    showPage(page.isEmpty() ? currentPage() : page);
}

void MainWindow::save()
{
    QSettings &settings = m_context.settings;
    settings.beginGroup(QStringLiteral("window"));
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("page"), currentPage());
    settings.endGroup();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    Q_EMIT closed();
}

} // namespace countersign
