// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/agentendpoint.h"
#include "services/assigner.h"
#include "services/policydesk.h"
#include "store/store.h"

namespace countersign {

/// What one observation changed.
struct IntakeSummary
{
    int proposed = 0;
    int changed = 0;
    int updated = 0;
    int reopened = 0;
    int troubled = 0;
    int closed = 0;
    int effects = 0;
    int performed = 0; ///< actions drawn from, whether they hit or not
    int spotChecks = 0; ///< of these, hits
    int decided = 0; ///< by policy
    QStringList refused; ///< a sentence for each proposal that could not be taken in

    IntakeSummary &operator+=(const IntakeSummary &other);
};

/// The rules by which an observation meets what is known, within one transaction. Idempotent. Lives
/// for one job.
///
/// The cases of one question share an occurrence. It is asked again, as new cases of the next
/// occurrence, once it has been answered (delivered, superseded or failed); before that, the cases
/// change in place and keep their history.
class IntakeRules
{
public:
    /// `ended`: cases whose decision was superseded a moment ago in this transaction because the
    /// endpoint's proposal is another one; they wait again as themselves.
    IntakeRules(Transaction &transaction, const Endpoint &endpoint, const Observation &observation,
                QSet<CaseId> ended = {}, const PolicyDesk *desk = nullptr);

    [[nodiscard]] Result<void> takeAll();
    /// The steps of takeAll(), in its order.
    [[nodiscard]] Result<void> takeClosed(); ///< what is known to be closed
    [[nodiscard]] Result<void> takeQuestion(const QList<Proposal> &parts); ///< each, all its parts
    [[nodiscard]] Result<void> takeRest(); ///< what nobody asks any more, and what came of it

    [[nodiscard]] const IntakeSummary &summary() const { return m_summary; }

private:
    struct Place
    {
        int occurrence = 0;
        QList<Case> cases; ///< of that occurrence
        bool leaveAlone = false; ///< its own answer is in flight, or the look is older than it
    };
    [[nodiscard]] Result<void> takeGone(const Gone &gone);
    [[nodiscard]] Result<void> closeUnlisted();
    [[nodiscard]] Result<void> takeEffect(const EffectReport &report);
    [[nodiscard]] Result<void> takePerformed(const Performed &performed);
    [[nodiscard]] Result<Place> placeOf(const QList<Proposal> &parts);
    [[nodiscard]] bool answeredAfterLook(const QList<Case> &cases) const;
    [[nodiscard]] Result<void> takeKnown(const Case &known, const Proposal &now, int occurrence);
    [[nodiscard]] Result<void> takeUnknown(const Proposal &now, int occurrence);
    [[nodiscard]] Result<std::optional<Case>> askedBefore(const Proposal &now);
    [[nodiscard]] Result<void> close(const Case &subject, bool answeredElsewhere,
                                     const QString &text);
    [[nodiscard]] Result<void> supersede(const Case &subject, const QString &text);
    [[nodiscard]] Result<void> append(const EventDraft &draft, int &counter);
    [[nodiscard]] Result<void> askPolicy(const QList<Proposal> &parts);
    [[nodiscard]] Gate gateFor(const char *kind, const Case &known, const Proposal &now) const;
    [[nodiscard]] Result<void> letPolicyDecide();
    [[nodiscard]] Result<void> suggestPeople();

    Transaction &m_transaction;
    const Endpoint &m_endpoint;
    const Observation &m_observation;
    Actor m_actor;
    QSet<CaseId> m_ended;
    QSet<QString> m_asked; ///< questions in the observation
    QSet<QString> m_gone;
    const PolicyDesk *m_desk;
    std::optional<PolicyStanding> m_standing; ///< once asked
    QHash<int, Gate> m_gates; ///< of the question at hand, by part
    QList<CaseId> m_automatic; ///< of the question at hand, for policy to decide
    QList<CaseId> m_arrived; ///< of it, for people
    std::optional<Assigner> m_assigner; ///< with m_standing
    IntakeSummary m_summary;
};

/// Why a proposal cannot be taken in; empty where it can.
[[nodiscard]] QString faultOf(const Proposal &proposal);
/// The observation's proposals by question, in their order.
[[nodiscard]] QList<QList<Proposal>> byQuestion(const QList<Proposal> &proposals);

} // namespace countersign
