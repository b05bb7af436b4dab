// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/application.h"

#include "domain/continued.h"

#include "app/commands/runner.h"
#include "views/messagebar.h"
#include "views/style/theme.h"
#include "views/window/palette.h"
#include "views/window/palettesources.h"
#include "views/window/stopcontrol.h"
#include "views/words.h"

#include <QApplication>
#include <QDir>
#include <QWindow>

namespace countersign {

namespace {

const QString inboxId = QStringLiteral("inbox");
const QString trailId = QStringLiteral("trail");
const QString policyId = QStringLiteral("policy");
const QString appearanceKey = QStringLiteral("appearance");
const QString demoName = QStringLiteral("Demo agents");

} // namespace

Application::Application(std::unique_ptr<Profile> profile, const DesktopOptions &options)
    : m_profile(std::move(profile)),
      m_options(options),
      m_settings(QDir(m_profile->directory()).filePath(QStringLiteral("desktop.ini")),
                 QSettings::IniFormat),
      m_scheme(QDBusConnection::sessionBus(),
               Appearance(qBound(0, m_settings.value(appearanceKey).toInt(), 2))),
      m_inbox(m_profile->store(), m_profile->clock()),
      m_pace(m_profile->store(), m_profile->clock()),
      m_people(m_profile->store()),
      m_timeline(m_profile->store()),
      m_case(m_profile->store()),
      m_batch(m_profile->store(), m_profile->batches().rule()),
      m_finder(m_profile->store()),
      m_trail(m_profile->store()),
      m_policy(m_profile->store(), m_settings),
      m_watch(m_profile->store(), m_profile->clock())
{
    m_actions.remember(m_settings);
    QApplication::setQuitOnLastWindowClosed(false); // decided when the window was closed
    connect(&m_scheme, &ColorScheme::changed, this, &Application::applyTheme);
    connect(qApp, &QApplication::aboutToQuit, this, &Application::save);
    applyTheme();
}

Application::~Application()
{
    m_profile->stop();
}

void Application::applyTheme()
{
    style::applyTheme(*qApp, m_scheme.scheme());
}

void Application::start()
{
    listen();
    continued(m_profile->self(), this, [this](const Result<Person> &person) -> void {
        if (person) {
            open(*person);
        } else {
            Q_EMIT failed(person.error().text);
        }
    });
}

void Application::listen()
{
    m_instance = std::make_unique<InstanceServer>(
        [this](const InstanceRequest &request) -> QFuture<InstanceReply> {
            return runCommand(*m_profile, request);
        });
    connect(m_instance.get(), &InstanceServer::raiseRequested, this, &Application::raise);
    if (const auto listening = m_instance->listen(m_profile->directory()); !listening) {
        qWarning("%s", qPrintable(listening.error().text));
    }
}

void Application::open(const Person &person)
{
    m_window = std::make_unique<MainWindow>(WindowContext{.actions = m_actions,
                                                          .endpoints = m_profile->endpoints(),
                                                          .settings = m_settings,
                                                          .person = person.id,
                                                          .demo = m_profile->isDemo(),
                                                          .stops = &m_profile->stops()});
    m_window->setAppearance(m_scheme.appearance());
    openPages(person);
    fillPalette();
    openTray();
    openNotifier();
    connect(m_window.get(), &MainWindow::appearanceChosen, this, &Application::setAppearance);
    connect(m_window.get(), &MainWindow::quitRequested, qApp, &QApplication::quit);
    connect(m_window.get(), &MainWindow::closed, this, [this]() -> void {
        save();
        if (!m_tray->keepsRunning()) {
            QApplication::quit();
        }
    });
    m_window->restore();
    m_window->show();
    m_window->activateWindow();
    sayAloud();
    m_inbox.load();
    m_watch.remember(m_settings);
    m_watch.start();
    m_profile->start();
    if (m_options.demo) {
        startDemo(person.id);
    }
    Q_EMIT opened();
}

void Application::openPages(const Person &person)
{
    m_inboxPage = new InboxPage({.inbox = m_inbox,
                                 .detail = m_case,
                                 .batch = m_batch,
                                 .decisions = m_profile->decisions(),
                                 .batches = m_profile->batches(),
                                 .cases = m_profile->cases(),
                                 .reviews = m_profile->reviews(),
                                 .pace = m_pace,
                                 .people = m_people,
                                 .timeline = m_timeline,
                                 .endpoints = m_profile->endpoints(),
                                 .actions = m_actions,
                                 .messages = m_window->messages(),
                                 .clock = m_profile->clock(),
                                 .person = person.id,
                                 .state = m_settings});
    Prompt &prompt = m_options.prompt != nullptr ? *m_options.prompt : m_filePrompt;
    m_trailPage
        = new TrailPage(m_trail, m_profile->trail(), m_actions, prompt, m_profile->clock());
    m_policyPage = new PolicyPage({.policy = m_policy,
                                   .port = m_profile->policy(),
                                   .actions = m_actions,
                                   .messages = m_window->messages(),
                                   .prompt = prompt,
                                   .clock = m_profile->clock(),
                                   .person = person.id});
    m_policyPanels
        = std::make_unique<PolicyPanels>(m_profile->store(), m_profile->clock(), m_policy,
                                         *m_policyPage, m_window->messages());
    connect(m_policyPanels.get(), &PolicyPanels::caseChosen, this, [this](const CaseId &id) -> void {
        m_window->showPage(inboxId);
        m_inboxPage->showCase(id);
    });
    m_window->addPage(inboxId, tr("Inbox"), QStringLiteral("inbox"), m_inboxPage);
    m_window->addPage(trailId, tr("Trail"), QStringLiteral("trail"), m_trailPage);
    m_window->addPage(policyId, tr("Policy"), QStringLiteral("policy"), m_policyPage);
    connect(m_inboxPage, &InboxPage::connectEndpointRequested, m_window.get(),
            &MainWindow::connectEndpoint);
    connect(m_inboxPage, &InboxPage::trailRequested, this,
            [this](const CaseId &id, qint64 seq) -> void {
                m_window->showPage(trailId);
                m_trailPage->showStory(id, seq);
            });
    connect(m_trailPage, &TrailPage::done, this, [this](const QString &sentence) -> void {
        m_window->messages().show(
            {.id = QStringLiteral("trail.done"), .level = Notice::Level::News, .text = sentence});
    });
    connect(m_trailPage, &TrailPage::failed, this, [this](const Error &error) -> void {
        m_window->messages().show(QStringLiteral("trail.failed"), error);
    });
    connect(&m_profile->delivery(), &Delivery::heldBack, this,
            [this](const std::optional<Error> &why) -> void {
                const QString id = QStringLiteral("delivery.heldback");
                if (why) {
                    m_window->messages().show(id, *why);
                } else {
                    m_window->messages().dismiss(id);
                }
            });
    connect(&m_watch, &CaseWatch::failed, this, [this](const Error &error) -> void {
        m_window->messages().show(QStringLiteral("watch.failed"), error);
    });
    m_settings.beginGroup(trailId);
    m_trailPage->restore(m_settings);
    m_settings.endGroup();
    m_settings.beginGroup(policyId);
    m_policyPage->restore(m_settings);
    m_settings.endGroup();
}

void Application::fillPalette()
{
    Palette &palette = m_window->commandPalette();
    // A filter shows in the inbox, wherever the person was.
    const auto inInbox = [this](const InboxFilter &filter) -> void {
        m_window->showPage(inboxId);
        m_inboxPage->applyFilter(filter);
    };
    palette.add(
        [this, inInbox]() -> QList<PaletteEntry> { return m_inboxPage->filterEntries(inInbox); });
    palette.addSearch(caseSearch(
        m_finder, m_window.get(), [this](const CaseId &id) -> void { showCase(id, {}); },
        [inInbox](const QString &agent) -> void {
            InboxFilter filter;
            filter.agents = {agent};
            inInbox(filter);
        },
        [this](const QString &agent) -> void {
            if (StopControl *stops = m_window->stopControl()) {
                stops->stop({.endpoint = {}, .agent = agent});
            }
        }));
}

void Application::openTray()
{
    m_tray = std::make_unique<TrayIcon>(*m_window, m_settings);
    connect(m_tray.get(), &TrayIcon::quitRequested, qApp, &QApplication::quit);
    connect(m_tray.get(), &TrayIcon::windowWanted, this, [this](bool shown) -> void {
        if (shown) {
            raise({});
        } else {
            m_window->close();
        }
    });
    connect(m_tray.get(), &TrayIcon::inboxRequested, this, [this]() -> void { showCase({}, {}); });
    connect(&m_watch, &CaseWatch::stateChanged, this, &Application::followState);
    connect(&m_profile->endpoints(), &EndpointPort::endpointsChanged, this,
            &Application::followState);
    followState();
}

void Application::openNotifier()
{
    m_notifier = std::make_unique<DesktopNotifier>(QDBusConnection::sessionBus());
    connect(&m_watch, &CaseWatch::proposed, this, [this](const QList<CaseRow> &rows) -> void {
        if (!m_window->isActiveWindow()) {
            m_notifier->tell(rows); // who looks at the window sees them there
        }
    });
    const auto again = [this](const QList<CaseRow> &rows, const auto &why) -> void {
        for (const CaseRow &row : rows) {
            if (!m_window->isActiveWindow()) {
                m_notifier->tell({row}, why(row));
            }
        }
    };
    connect(&m_watch, &CaseWatch::returned, this, [this, again](const QList<CaseRow> &rows) {
        again(rows, [this](const CaseRow &row) -> QString {
            const auto why = backOf(row, m_profile->clock().nowMs());
            return tr("Back: %1").arg(words::because(why.value_or(Back::Time)));
        });
    });
    connect(&m_watch, &CaseWatch::followUpsDue, this, [again](const QList<CaseRow> &rows) {
        again(rows, [](const CaseRow &) -> QString { return tr("Follow up"); });
    });
    connect(&m_watch, &CaseWatch::settled, m_notifier.get(), &DesktopNotifier::withdraw);
    connect(m_notifier.get(), &DesktopNotifier::chosen, this, &Application::showCase);
}

void Application::followState()
{
    m_tray->set(m_watch.state(), summaryOf(m_profile->endpoints().endpoints()));
}

void Application::showCase(const CaseId &id, const QByteArray &activationToken)
{
    m_window->showPage(inboxId);
    if (!id.isEmpty()) {
        m_inboxPage->showCase(id);
    }
    raise(activationToken);
}

void Application::raise(const QByteArray &activationToken)
{
    if (!m_window) {
        return; // it is about to open
    }
    if (!activationToken.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", activationToken); // taken by the next activation
    }
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
    qunsetenv("XDG_ACTIVATION_TOKEN");
}

void Application::setAppearance(Appearance appearance)
{
    m_settings.setValue(appearanceKey, int(appearance));
    m_scheme.setAppearance(appearance);
    if (m_window) {
        m_window->setAppearance(appearance);
    }
}

void Application::sayAloud()
{
    const QStringList &sentences = m_profile->notices();
    if (sentences.isEmpty()) {
        return;
    }
    Notice notice{.id = QStringLiteral("profile"),
                  .level = Notice::Level::Warning,
                  .text = sentences.first()};
    if (sentences.size() > 1) { // one calm bar, whatever there is to say
        notice.text
            = tr("How secrets are kept here: %n things to know.", nullptr, int(sentences.size()));
        notice.detail = sentences.join(u'\n');
    }
    m_window->messages().show(notice);
}

void Application::startDemo(const PersonId &person)
{
    m_demo = std::make_unique<DemoAgent>();
    connect(m_demo.get(), &DemoAgent::failed, this, [this](const QString &sentence) -> void {
        m_window->messages().show(
            {.id = QStringLiteral("demo"), .level = Notice::Level::Error, .text = sentence});
        Q_EMIT failed(sentence);
    });
    connect(m_demo.get(), &DemoAgent::ready, this,
            [this, person](const QUrl &url, const QByteArray &token) -> void {
                connectDemo(url, token, person);
            });
    m_demo->start(*m_options.demo);
}

/// Another address and token each time, the same agents: they go on where they were.
void Application::connectDemo(const QUrl &url, const QByteArray &token, const PersonId &person)
{
    EndpointPort &endpoints = m_profile->endpoints();
    const auto connectTo = [this, &endpoints, url, token,
                            person](const QList<Endpoint> &known) -> QFuture<Result<void>> {
        const QList<Header> secrets{{QByteArrayLiteral("Authorization"), "Bearer " + token}};
        for (Endpoint one : known) {
            if (one.name == demoName) {
                one.url = url;
                return endpoints.change(one, secrets, person);
            }
        }
        Endpoint endpoint;
        endpoint.kind = QStringLiteral("countersign");
        endpoint.name = demoName;
        endpoint.url = url;
        return continued(endpoints.add(endpoint, secrets, person), this,
                         [](const Result<EndpointId> &added) -> Result<void> {
                             return added.map([](const EndpointId &) -> void {});
                         });
    };
    const auto read = m_profile->store().read<QList<Endpoint>>(
        [](Reader &reader) -> Result<QList<Endpoint>> { return reader.endpoints(); });
    const auto connected
        = continued(read, this,
                    [connectTo](const Result<QList<Endpoint>> &known) -> QFuture<Result<void>> {
                        return connectTo(known.value_or(QList<Endpoint>()));
                    })
              .unwrap();
    continued(connected, this, [this](const Result<void> &done) -> void {
        if (!done) {
            m_window->messages().show(QStringLiteral("demo"), done.error());
            Q_EMIT failed(done.error().text);
        }
    });
}

void Application::save()
{
    if (!m_window) {
        return;
    }
    m_window->save();
    m_settings.beginGroup(trailId);
    m_trailPage->save(m_settings);
    m_settings.endGroup();
    m_settings.beginGroup(policyId);
    m_policyPage->save(m_settings);
    m_settings.endGroup();
    m_settings.sync();
}

} // namespace countersign
