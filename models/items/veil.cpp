// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/veil.h"

#include <QCoreApplication>

namespace countersign {

namespace {

void strip(Proposal &proposal)
{
    proposal.recommendation.clear();
    proposal.reasoning.clear();
    proposal.confidence.reset();
    proposal.raw = {};
}

/// Gates tell how sure the agent is, in figures.
void hideConfidence(Case &subject)
{
    if (!subject.proposal.confidence) {
        return;
    }
    const QString figure = subject.proposal.confidence->toString();
    for (QString &reason : subject.gateReasons) {
        if (reason.contains(figure)) {
            reason = QCoreApplication::translate(
                "Veil", "A reason that tells the confidence; hidden until your own answer stands.");
        }
    }
}

} // namespace

Result<Veil> Veil::of(Reader &reader, const PersonId &person)
{
    Veil veil;
    if (person.isEmpty()) {
        return veil;
    }
    veil.m_person = person;
    const auto share = reader.setting(QString::fromLatin1(setting::blindRate), person);
    if (!share) {
        return tl::unexpected<Error>(share.error());
    }
    veil.m_share = *share;
    if (isShare(*share)) {
        auto answered = reader.committedCases(person);
        if (!answered) {
            return tl::unexpected<Error>(answered.error());
        }
        veil.m_answered = std::move(*answered);
    }
    return veil;
}

bool Veil::covers(const CaseId &id, CaseState state, bool spotCheck) const
{
    if (state != CaseState::Waiting || m_person.isEmpty()) {
        return false;
    }
    return spotCheck || (isBlindCase(id, m_person, m_share) && !m_answered.contains(id));
}

bool Veil::cover(CaseRow &row) const
{
    const bool covered = covers(row.id, row.state, row.spotCheck);
    if (covered) {
        row.confidence.reset();
    }
    return covered;
}

bool Veil::cover(Case &subject) const
{
    const bool covered = covers(subject.id, subject.state, subject.purpose == Purpose::SpotCheck);
    if (covered) {
        hideConfidence(subject);
        strip(subject.proposal);
        if (subject.before) {
            strip(*subject.before);
        }
    }
    return covered;
}

} // namespace countersign
