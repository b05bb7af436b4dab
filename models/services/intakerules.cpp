// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/intakerules.h"

#include "domain/translate.h"
#include "services/caseevents.h"
#include "services/knownanswers.h"


#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype longestQuestion = 1000;
constexpr int mostParts = 1000;

/// All that a person could see of a proposal; what merely varies from look to look is left out.
QByteArray content(Proposal proposal)
{
    proposal.raw = {};
    proposal.reportedMs.reset();
    return canonicalJson(proposal.toJson());
}

/// What merely became known starts no escalation anew.
void keepPlace(Json &fields, const GateTerms &terms, qint64 passedMs)
{
    fields.remove(u"zero_ms");
    for (const auto &[atMs, queue] : terms.path) {
        if (atMs > passedMs) {
            fields.set(QStringLiteral("zero_ms"), Json(atMs));
            return;
        }
    }
}

bool isOver(CaseState state)
{
    return state == CaseState::Delivered || state == CaseState::Superseded
        || state == CaseState::Failed;
}

} // namespace

QString faultOf(const Proposal &proposal)
{
    const Source &source = proposal.source;
    if (source.question.isEmpty() || source.question.size() > longestQuestion
        || !source.question.isValidUtf16()) {
        return tr("A question was left out: its id is missing or cannot be used.");
    }
    if (source.part < 1 || source.of < 1 || source.part > source.of || source.of > mostParts) {
        return tr("A question was left out: it is part %1 of %2.").arg(source.part).arg(source.of);
    }
    return {};
}

IntakeSummary &IntakeSummary::operator+=(const IntakeSummary &other)
{
    proposed += other.proposed;
    changed += other.changed;
    updated += other.updated;
    reopened += other.reopened;
    troubled += other.troubled;
    closed += other.closed;
    effects += other.effects;
    performed += other.performed;
    spotChecks += other.spotChecks;
    decided += other.decided;
    refused += other.refused;
    return *this;
}

QList<QList<Proposal>> byQuestion(const QList<Proposal> &proposals)
{
    QList<QList<Proposal>> questions;
    QHash<QString, qsizetype> index;
    for (const Proposal &proposal : proposals) {
        const QString &question = proposal.source.question;
        if (!index.contains(question)) {
            index.insert(question, questions.size());
            questions.append(QList<Proposal>());
        }
        questions[index.value(question)].append(proposal);
    }
    return questions;
}

IntakeRules::IntakeRules(Transaction &transaction, const Endpoint &endpoint,
                         const Observation &observation, QSet<CaseId> ended, const PolicyDesk *desk)
    : m_transaction(transaction),
      m_endpoint(endpoint),
      m_observation(observation),
      m_actor(Actor::endpoint(endpoint.id, endpoint.name)),
      m_ended(std::move(ended)),
      m_desk(desk)
{
    for (const Proposal &proposal : observation.proposals) {
        m_asked.insert(proposal.source.question);
    }
    for (const Gone &gone : observation.gone) {
        m_gone.insert(gone.question);
    }
}

Result<void> IntakeRules::append(const EventDraft &draft, int &counter)
{
    const auto appended = m_transaction.append(draft);
    if (!appended) {
        return tl::unexpected<Error>(appended.error());
    }
    ++counter;
    return {};
}

Result<void> IntakeRules::takeQuestion(const QList<Proposal> &parts)
{
    for (const Proposal &part : parts) {
        if (const QString text = faultOf(part); !text.isEmpty()) {
            m_summary.refused.append(text);
            return {};
        }
    }
    const auto place = placeOf(parts);
    if (!place) {
        return tl::unexpected<Error>(place.error());
    }
    if (place->leaveAlone) {
        return {};
    }
    if (auto gated = askPolicy(parts); !gated) {
        return gated;
    }
    QSet<int> asked;
    for (const Proposal &part : parts) {
        asked.insert(part.source.part);
        const auto known
            = std::find_if(place->cases.cbegin(), place->cases.cend(), [&](const Case &c) -> bool {
                  return c.proposal.source.part == part.source.part;
              });
        const auto taken = known == place->cases.cend()
            ? takeUnknown(part, place->occurrence)
            : takeKnown(*known, part, place->occurrence);
        if (!taken) {
            return taken;
        }
    }
    for (const Case &known : place->cases) {
        if (!asked.contains(known.proposal.source.part)) {
            const auto closed
                = close(known, false, tr("The question no longer asks about this action."));
            if (!closed) {
                return closed;
            }
        }
    }
    auto decided = letPolicyDecide();
    return decided ? suggestPeople() : decided;
}

Result<IntakeRules::Place> IntakeRules::placeOf(const QList<Proposal> &parts)
{
    Place place;
    const QString &question = parts.first().source.question;
    bool known = false;
    for (const Proposal &part : parts) {
        const auto newest = m_transaction.newestCaseAt(m_endpoint.id, question, part.source.part);
        if (!newest) {
            return tl::unexpected<Error>(newest.error());
        }
        if (*newest) {
            known = true;
            place.occurrence = std::max(place.occurrence, (*newest)->occurrence);
        }
    }
    if (!known) {
        return place;
    }
    const auto cases = m_transaction.casesOfQuestion(m_endpoint.id, question, place.occurrence);
    if (!cases) {
        return tl::unexpected<Error>(cases.error());
    }
    bool live = false;
    bool over = false;
    for (const Case &c : *cases) {
        if (c.state == CaseState::Sending) {
            place.leaveAlone = true;
        }
        over = over || isOver(c.state);
        live = live || m_ended.contains(c.id) || c.state == CaseState::Waiting
            || c.state == CaseState::Held || c.state == CaseState::Trouble;
    }
    if (live || !over) {
        place.cases = *cases;
        return place;
    }
    place.leaveAlone = place.leaveAlone || answeredAfterLook(*cases);
    ++place.occurrence;
    return place;
}

bool IntakeRules::answeredAfterLook(const QList<Case> &cases) const
{
    // A clock that was set back must not keep a question away for ever.
    const qint64 now = m_transaction.nowMs();
    return m_observation.begunMs
        && std::any_of(cases.cbegin(), cases.cend(), [&](const Case &c) -> bool {
               return c.updatedMs > *m_observation.begunMs && c.updatedMs <= now;
           });
}

Result<void> IntakeRules::takeKnown(const Case &known, const Proposal &now, int occurrence)
{
    if (known.purpose != Purpose::Work) {
        m_summary.refused.append(
            tr("A question was left out: its id is that of an action that was done already."));
        return {};
    }
    const bool moved = now.source.question != known.proposal.source.question;
    const bool sameDigest = now.digest() == known.digest;
    const auto record = [&](const char *kind, int &counter) -> Result<void> {
        const Gate gate = gateFor(kind, known, now);
        if (QLatin1String(kind) != QLatin1String(event::caseUpdated)) {
            (gate.isAutomatic() ? m_automatic : m_arrived).append(known.id);
        }
        EventDraft draft
            = proposalEvent(kind, m_actor, known.id, m_endpoint.id, now, occurrence, gate);
        if (QLatin1String(kind) == QLatin1String(event::caseUpdated) && known.zeroPassedMs > 0) {
            keepPlace(draft.fields, gate.terms, known.zeroPassedMs);
        }
        return append(draft, counter);
    };
    const auto settle = [&]() -> Result<void> {
        if (now.trouble) {
            return record(event::caseTrouble, m_summary.troubled);
        }
        return sameDigest ? record(event::caseReopened, m_summary.reopened)
                          : record(event::caseChanged, m_summary.changed);
    };
    const auto update = [&]() -> Result<void> {
        return content(now) == content(known.proposal)
            ? Result<void>()
            : record(event::caseUpdated, m_summary.updated);
    };
    switch (known.state) {
    case CaseState::Waiting:
        return sameDigest && !moved && !now.trouble ? update() : settle();
    case CaseState::Held: {
        const bool sameShape = now.source.of == known.proposal.source.of;
        if (sameDigest && sameShape && !moved && !now.trouble) {
            return update();
        }
        if (const auto ended = supersede(known, tr("The proposal changed before it was sent."));
            !ended) {
            return ended;
        }
        return settle();
    }
    case CaseState::Trouble:
        return sameDigest && !moved && now.trouble && now.trouble == known.proposal.trouble
            ? update()
            : settle();
    case CaseState::Withdrawn:
    case CaseState::Delivered:
    case CaseState::Superseded:
    case CaseState::Failed:
        return settle();
    case CaseState::Sending:
    case CaseState::Marked:
        return {};
    }
    Q_UNREACHABLE();
}

Result<void> IntakeRules::takeUnknown(const Proposal &now, int occurrence)
{
    const auto before = askedBefore(now);
    if (!before) {
        return tl::unexpected<Error>(before.error());
    }
    if (*before) {
        if ((*before)->state == CaseState::Sending) {
            return {};
        }
        return takeKnown(**before, now, occurrence);
    }
    const auto id = m_transaction.nextCaseId();
    if (!id) {
        return tl::unexpected<Error>(id.error());
    }
    const Gate gate = m_gates.value(now.source.part);
    (gate.isAutomatic() ? m_automatic : m_arrived).append(*id);
    const auto added = append(
        proposalEvent(event::caseProposed, m_actor, *id, m_endpoint.id, now, occurrence, gate),
        m_summary.proposed);
    if (!added) {
        return added;
    }
    const auto gateOf = [this](const Proposal &again) -> Gate {
        return m_standing ? m_standing->gate(again, m_endpoint, m_transaction.nowMs())
                          : countersign::gate(again);
    };
    const auto mixedIn = mixInKnownAnswer(m_transaction, m_endpoint.id, gateOf);
    if (mixedIn && *mixedIn) {
        m_arrived.append(**mixedIn); // given to people like any other
    }
    return mixedIn ? Result<void>() : tl::unexpected<Error>(mixedIn.error());
}

/// The same question under another id: it was repaired or run again. Only where the old id is known
/// to be closed.
Result<std::optional<Case>> IntakeRules::askedBefore(const Proposal &now)
{
    if (now.source.rebind.isEmpty()) {
        return std::nullopt;
    }
    auto found
        = m_transaction.newestCaseByRebind(m_endpoint.id, now.source.rebind, now.source.part);
    if (!found || !*found) {
        return found;
    }
    const Case &before = **found;
    const QString &old = before.proposal.source.question;
    const bool stillAsked = m_asked.contains(old)
        || (m_observation.open ? m_observation.open->contains(old) : !m_gone.contains(old));
    if (isOver(before.state) || old == now.source.question || stillAsked) {
        return std::nullopt;
    }
    return found;
}

Result<void> IntakeRules::takeAll()
{
    if (auto taken = takeClosed(); !taken) {
        return taken;
    }
    for (const QList<Proposal> &parts : byQuestion(m_observation.proposals)) {
        if (auto taken = takeQuestion(parts); !taken) {
            return taken;
        }
    }
    return takeRest();
}

Result<void> IntakeRules::takeClosed()
{
    for (const Gone &gone : m_observation.gone) {
        if (auto taken = takeGone(gone); !taken) {
            return taken;
        }
    }
    return {};
}

Result<void> IntakeRules::takeRest()
{
    if (auto closed = closeUnlisted(); !closed) {
        return closed;
    }
    for (const Performed &performed : m_observation.performed) {
        if (auto taken = takePerformed(performed); !taken) {
            return taken;
        }
    }
    for (const EffectReport &report : m_observation.effects) {
        if (auto taken = takeEffect(report); !taken) {
            return taken;
        }
    }
    return m_observation.readUpTo
        ? m_transaction.setEndpointCursor(m_endpoint.id, *m_observation.readUpTo)
        : Result<void>();
}

} // namespace countersign
