// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sql/casetables.h"
#include "store/sql/historytables.h"
#include "store/sql/oversighttables.h"
#include "store/sql/reviewtables.h"
#include "store/sql/searchindex.h"
#include "store/sql/trailtables.h"

namespace countersign {

/// Reader over SQL tables; `Port` is Reader, or Transaction which is one as well.
template <class Port> class SqlReads : public Port, public EvidenceReader
{
public:
    SqlReads(Statements &sql, SearchIndex &index)
        : m_cases(sql),
          m_reviews(sql),
          m_oversight(sql),
          m_trail(sql),
          m_history(sql),
          m_index(index)
    {
    }

    Result<std::optional<Case>> caseById(const CaseId &id) override { return m_cases.caseById(id); }
    Result<std::optional<Case>> newestCaseAt(const EndpointId &endpoint, const QString &question,
                                             int part) override
    {
        return m_cases.newestAt(endpoint, question, part);
    }
    Result<std::optional<Case>> newestCaseByRebind(const EndpointId &endpoint,
                                                   const QString &rebind, int part) override
    {
        return m_cases.newestByRebind(endpoint, rebind, part);
    }
    Result<QList<Case>> casesOfQuestion(const EndpointId &endpoint, const QString &question,
                                        int occurrence) override
    {
        return m_cases.ofQuestion(endpoint, question, occurrence);
    }
    Result<QList<Case>> cases(const CaseQuery &query) override { return m_cases.cases(query); }
    Result<QList<CaseRow>> caseRows(const CaseQuery &query) override { return m_cases.rows(query); }
    Result<QList<CaseId>> casesWithText(const QString &typed) override
    {
        return m_index.casesWithText(typed);
    }
    Result<Precedents> precedents(const PrecedentQuery &query) override
    {
        return m_index.precedents(query);
    }
    Result<std::optional<Decision>> decisionById(const DecisionId &id) override
    {
        return m_cases.decisionById(id);
    }
    Result<QList<OutboxEntry>> outbox(bool openOnly) override { return m_cases.outbox(openOnly); }
    Result<std::optional<OutboxEntry>> outboxById(const OutboxId &id) override
    {
        return m_cases.outboxById(id);
    }
    Result<QList<Endpoint>> endpoints() override { return m_trail.endpoints(); }
    Result<QByteArray> endpointCursor(const EndpointId &id) override { return m_trail.cursor(id); }
    Result<QList<Person>> persons() override { return m_trail.persons(); }
    Result<std::optional<SpotDraw>> newestDraw() override { return m_reviews.newestDraw(); }
    Result<std::optional<SpotDraw>> drawAt(const EndpointId &endpoint,
                                           const QString &question) override
    {
        return m_reviews.drawAt(endpoint, question);
    }
    Result<QList<SpotDraw>> draws(qint64 after, int limit) override
    {
        return m_reviews.draws(after, limit);
    }
    Result<QList<Mark>> marks(const CaseId &id) override { return m_reviews.marks(id); }
    Result<std::optional<DecisionKind>> commitment(const CaseId &id, const PersonId &person,
                                                   const QString &digest) override
    {
        return m_reviews.commitment(id, person, digest);
    }
    Result<QSet<CaseId>> committedCases(const PersonId &person) override
    {
        return m_reviews.committedCases(person);
    }
    Result<std::optional<KnownAnswer>> knownAnswer(const CaseId &id) override
    {
        return m_reviews.knownAnswer(id);
    }
    Result<QList<CaseId>> settledCases(const EndpointId &endpoint) override
    {
        return m_reviews.settledCases(endpoint);
    }
    Result<QString> outcomeOf(const CaseId &id) override { return m_reviews.outcomeOf(id); }
    Result<QList<CheckedAnswer>> checkedAnswers(qint64 sinceMs) override
    {
        return m_reviews.checkedAnswers(sinceMs);
    }
    Result<QString> setting(const QString &name, const PersonId &person) override
    {
        return m_reviews.setting(name, person);
    }
    Result<QList<JudgedCase>> judgedCases(int limit) override
    {
        return m_reviews.judgedCases(limit);
    }
    Result<qint64> newestCaseNumber() override { return m_history.newestNumber(); }
    Result<QList<HistoryRow>> history(const HistoryQuery &query) override
    {
        return m_history.rows(query);
    }
    Result<QList<HistoryCase>> historyCases(const HistoryQuery &query) override
    {
        return m_history.cases(query);
    }
    Result<QList<Reviewed>> reviewed(const PersonId &person, qint64 sinceMs) override
    {
        return m_reviews.reviewed(person, sinceMs);
    }
    Result<PolicyRecord> policyInForce() override { return m_oversight.policyInForce(); }
    Result<std::optional<PolicyRecord>> policyVersion(int version) override
    {
        return m_oversight.policyVersion(version);
    }
    Result<QList<PolicyRecord>> policies() override { return m_oversight.policies(); }
    Result<QHash<EndpointId, KeptPolicy>> keptPolicies() override
    {
        return m_oversight.keptPolicies();
    }
    Result<QList<StopOrder>> stops() override { return m_oversight.stops(); }
    Result<QHash<QString, QList<qint64>>> workloads() override { return m_oversight.workloads(); }
    Result<QList<CaseId>> casesAtZero(qint64 beforeMs) override
    {
        return m_oversight.casesAtZero(beforeMs);
    }
    Result<std::optional<qint64>> nextZeroMs() override { return m_oversight.nextZeroMs(); }
    Result<QList<EventRecord>> events(const TrailQuery &query) override
    {
        return m_trail.events(query);
    }
    Result<std::optional<EventRecord>> event(qint64 seq) override { return m_trail.event(seq); }
    Result<std::optional<Json>> payloadOf(qint64 seq) override { return m_trail.payloadOf(seq); }
    Result<Head> head() override { return m_trail.head(); }
    Result<QStringList> trailFacet(const QString &column) override { return m_trail.facet(column); }

private:
    CaseTables m_cases;
    ReviewTables m_reviews;
    OversightTables m_oversight;
    TrailTables m_trail;
    HistoryTables m_history;
    SearchIndex &m_index;
};

} // namespace countersign
