// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/veil.h"

#include "domain/searchtext.h"

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

Result<QList<CaseId>> Veil::casesWithText(Reader &reader, const QString &typed) const
{
    auto found = reader.casesWithText(typed);
    if (!found || m_person.isEmpty()) {
        return found;
    }
    CaseQuery query;
    query.ids = QSet<CaseId>(found->begin(), found->end());
    query.states = {CaseState::Waiting};
    const auto waiting = reader.caseRows(query);
    if (!waiting) {
        return tl::unexpected<Error>(waiting.error());
    }
    query.ids.clear();
    for (const CaseRow &row : *waiting) {
        if (covers(row.id, row.state, row.spotCheck)) {
            query.ids.insert(row.id);
        }
    }
    if (query.ids.isEmpty()) {
        return found;
    }
    auto veiled = reader.cases(query);
    if (!veiled) {
        return tl::unexpected<Error>(veiled.error());
    }
    const SearchTerms terms(typed);
    for (Case &one : *veiled) {
        strip(one.proposal);
        if (!terms.matches(searchBody(one.id, one.proposal))) {
            found->removeAll(one.id);
        }
    }
    return found;
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
