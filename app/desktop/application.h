// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/casewatch.h"
#include "app/desktop/colorscheme.h"
#include "app/desktop/demoagent.h"
#include "app/desktop/desktopnotifier.h"
#include "app/desktop/policypanels.h"
#include "app/desktop/trayicon.h"
#include "app/profile/instance.h"
#include "app/profile/profile.h"
#include "items/casefinder.h"
#include "items/casemodel.h"
#include "items/inboxmodel.h"
#include "items/pacemodel.h"
#include "items/peoplemodel.h"
#include "items/policymodel.h"
#include "items/timelinemodel.h"
#include "items/trailmodel.h"
#include "views/actionregistry.h"
#include "views/inbox/inboxpage.h"
#include "views/policy/policypage.h"
#include "views/prompt.h"
#include "views/trail/trailpage.h"

#include <QSettings>

#include <optional>

namespace countersign {

struct DesktopOptions
{
    std::optional<DemoAgent::Options> demo; ///< start the demo agent and connect it
    Prompt *prompt = nullptr; ///< in place of file dialogs; outlives the application
};

/// The composition root of the desktop application: one profile, one window, and what stands around
/// it. Ends the event loop when the person is done.
class Application final : public QObject
{
    Q_OBJECT
public:
    Application(std::unique_ptr<Profile> profile, const DesktopOptions &options);
    ~Application() override;

    /// Listens for second starts, opens the window, starts the services.
    void start();
    void raise(const QByteArray &activationToken);

    // For the tour and tests, once opened() was said.
    [[nodiscard]] Profile &profile() { return *m_profile; }
    [[nodiscard]] ActionRegistry &actions() { return m_actions; }
    [[nodiscard]] MainWindow &window() { return *m_window; }
    [[nodiscard]] InboxModel &inbox() { return m_inbox; }
    [[nodiscard]] CaseModel &detail() { return m_case; }
    [[nodiscard]] BatchModel &batch() { return m_batch; }
    [[nodiscard]] TrailModel &trail() { return m_trail; }
    [[nodiscard]] TrailPage &trailPage() { return *m_trailPage; }
    [[nodiscard]] PolicyModel &policy() { return m_policy; }
    [[nodiscard]] PolicyPanels &policyPanels() { return *m_policyPanels; }
    [[nodiscard]] PolicyPage &policyPage() { return *m_policyPage; }
    void setAppearance(Appearance appearance);

Q_SIGNALS:
    void opened();
    void failed(const QString &sentence);

private:
    void open(const Person &person);
    void openPages(const Person &person);
    void fillPalette();
    void openTray();
    void openNotifier();
    void listen();
    void startDemo(const PersonId &person);
    void connectDemo(const QUrl &url, const QByteArray &token, const PersonId &person);
    void showCase(const CaseId &id, const QByteArray &activationToken);
    void followState();
    void applyTheme();
    void sayAloud();
    void save();

    std::unique_ptr<Profile> m_profile;
    DesktopOptions m_options;
    QSettings m_settings;
    ColorScheme m_scheme;
    ActionRegistry m_actions;
    FilePrompt m_filePrompt;
    std::unique_ptr<InstanceServer> m_instance;
    std::unique_ptr<DemoAgent> m_demo;
    InboxModel m_inbox;
    PaceModel m_pace;
    PeopleModel m_people;
    TimelineModel m_timeline;
    CaseModel m_case;
    BatchModel m_batch;
    CaseFinder m_finder;
    TrailModel m_trail;
    PolicyModel m_policy;
    CaseWatch m_watch;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<TrayIcon> m_tray;
    std::unique_ptr<DesktopNotifier> m_notifier;
    InboxPage *m_inboxPage = nullptr;
    TrailPage *m_trailPage = nullptr;
    PolicyPage *m_policyPage = nullptr;
    std::unique_ptr<PolicyPanels> m_policyPanels;
};

} // namespace countersign
