// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/application.h"
#include "app/desktop/tour/agentlog.h"
#include "app/desktop/tour/tourguide.h"

class QAbstractItemView;

namespace countersign {

/// What the chapters of the tour share: what is on the screen, in the store and in the agent's own
/// log, and the ways by keys that lead there.
class TourStage final : public QObject
{
    Q_OBJECT
public:
    using Wanted = std::function<bool(const InboxRow &)>;
    using Question = std::function<bool()>;

    static constexpr int atLeast = 20; ///< cases that a full inbox holds

    TourStage(Application &application, const QString &directory, const QString &log);
    /// Once the window is there.
    void open();

    [[nodiscard]] Application &application() { return m_application; }
    [[nodiscard]] TourGuide &guide() { return m_guide; }
    [[nodiscard]] AgentLog &log() { return m_log; }
    [[nodiscard]] const QString &directory() const { return m_directory; }

    /// The case that the step is about; its newest form in the store comes with the next looks.
    [[nodiscard]] const CaseId &current() const { return m_case; }
    void setCurrent(const CaseId &id) { m_case = id; }
    [[nodiscard]] const std::optional<Case> &shown() const
    {
        return m_application.detail().current();
    }
    [[nodiscard]] const CaseId &story() const { return m_story; } ///< decided last

    /// The first waiting row that is wanted and was not decided yet; empty where none.
    [[nodiscard]] CaseId find(const Wanted &wanted) const;
    /// Whether the list has the keys; presses Esc where not.
    bool reachList();
    /// Whether the case is on the screen and armed; one press of J or K nearer to it where not.
    bool reach(const CaseId &id);
    /// Ready when a wanted case is on the screen and armed; walks there meanwhile.
    [[nodiscard]] Question at(const Wanted &wanted);
    /// An everyday case, alone in its question, that takes such an answer without a typed reason.
    [[nodiscard]] static Wanted canTake(DecisionKind kind);

    /// The case's decision as the store knows it; null while there is none.
    [[nodiscard]] const Decision *decisionOf(const CaseId &id);
    [[nodiscard]] bool inState(const CaseId &id, CaseState state);
    /// The agent did what was decided on that case, in its own words, and the store knows that it
    /// was delivered. The line of the agent's log; null while it is not so.
    [[nodiscard]] Json effectOn(const CaseId &id, const QString &kind);
    [[nodiscard]] Question effect(const QString &kind); ///< on the current case
    void take(const CaseId &id) { m_taken.insert(id); } ///< not to be found again

private:
    [[nodiscard]] bool armed(const CaseId &id) const;
    const std::optional<Case> &known(const CaseId &id);

    Application &m_application;
    QString m_directory;
    AgentLog m_log;
    TourGuide m_guide;
    QAbstractItemView *m_list = nullptr;
    QElapsedTimer m_shownFor;
    CaseId m_case;
    CaseId m_story;
    QHash<CaseId, std::optional<Case>> m_known; ///< as read last
    QSet<CaseId> m_taken;
};

} // namespace countersign
