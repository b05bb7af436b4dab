// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/casetables.h"

#include "store/sql/casefilter.h"
#include "store/sql/reviewtables.h"
#include "store/sql/storedvalues.h"
#include "store/sql/trailtables.h"

namespace countersign {

namespace {

/// What the narrow columns still say of a proposal whose payload was erased.
Proposal remains(const Rows &row)
{
    Proposal proposal;
    proposal.source = {.question = row.text(3),
                       .part = int(row.integer(4)),
                       .of = int(row.integer(5)),
                       .lane = row.text(7),
                       .rebind = row.text(8)};
    proposal.agent = row.text(9);
    proposal.action = row.text(10);
    proposal.allowed = allowedFromWords(row.text(11).split(QLatin1Char(' ')));
    return proposal;
}

constexpr auto caseSelect
    = "SELECT c.id, c.endpoint, e.name, c.question, c.part, c.parts, c.occurrence, c.lane, "
      "c.rebind, c.agent, c.action, c.allowed, c.digest, c.disposition, c.policy, c.queue, "
      "c.state, c.state_text, c.created_ms, c.updated_ms, c.set_aside_until_ms, c.version, "
      "e.kind, p.bytes, b.bytes, (SELECT count(*) FROM cases s WHERE s.endpoint = c.endpoint AND "
      "s.question = c.question AND s.occurrence = c.occurrence AND s.state IN ('held', 'sending', "
      "'delivered', 'failed')), c.purpose, c.assignee, (SELECT name FROM person n WHERE n.id = "
      "c.assignee), c.follow_up_ms, c.back, c.back_ms, c.zero_passed_ms, g.bytes FROM cases c LEFT JOIN "
      "endpoint e ON e.id = c.endpoint "
      "LEFT JOIN payload p ON p.digest = c.payload LEFT JOIN payload b ON b.digest = c.before "
      "LEFT JOIN payload g ON g.digest = c.gate ";

Case caseOf(const Rows &row)
{
    Case item;
    item.id = CaseId(row.text(0));
    item.endpoint = EndpointId(row.text(1));
    item.endpointName = row.text(2);
    item.occurrence = int(row.integer(6));
    item.digest = row.text(12);
    item.disposition = fromWord<Disposition>(row.text(13)).value_or(Disposition::Approve);
    item.policyVersion = row.text(14);
    item.queue = row.text(15);
    item.state = fromWord<CaseState>(row.text(16)).value_or(CaseState::Waiting);
    item.stateText = row.text(17);
    item.createdMs = row.integer(18);
    item.updatedMs = row.integer(19);
    item.setAsideUntilMs = row.maybeInteger(20);
    item.version = row.integer(21);
    item.endpointKind = row.text(22);
    const Json payload = stored(row.bytes(23));
    item.proposal = Proposal::fromJson(payload[u"proposal"]).value_or(remains(row));
    const QByteArray gated = row.bytes(33);
    const Json gate = gated.isEmpty() ? payload : stored(gated);
    item.gateReasons = gate[u"gate_reasons"].toStrings();
    item.terms = GateTerms::fromJson(gate[u"terms"]);
    if (const QByteArray before = row.bytes(24); !before.isEmpty()) {
        if (auto proposal = Proposal::fromJson(stored(before)[u"proposal"])) {
            item.before = std::move(*proposal);
        }
    }
    item.partsDecided = int(row.integer(25));
    item.purpose = fromWord<Purpose>(row.text(26)).value_or(Purpose::Work);
    item.assignee = row.text(27);
    const QString name = row.text(28);
    item.assigneeName = name.isEmpty() ? item.assignee : name;
    item.followUpMs = row.maybeInteger(29);
    item.back = backFromWord(row.text(30));
    item.backMs = row.integer(31);
    item.zeroPassedMs = row.integer(32);
    return item;
}

Decision decisionOf(const Rows &row)
{
    Decision decision;
    decision.id = DecisionId(row.text(0));
    decision.caseId = CaseId(row.text(1));
    decision.kind = fromWord<DecisionKind>(row.text(2)).value_or(DecisionKind::Approve);
    decision.state = fromWord<DecisionState>(row.text(3)).value_or(DecisionState::Failed);
    decision.stateText = row.text(4);
    decision.digest = row.text(5);
    decision.reasonCode = row.text(6);
    decision.person = PersonId(row.text(7));
    decision.personName = row.text(8);
    decision.decidedMs = row.integer(9);
    decision.sendAtMs = row.integer(10);
    const Json payload = stored(row.bytes(11));
    if (payload.contains(u"arguments")) {
        decision.arguments = payload[u"arguments"];
    }
    decision.work = ArtifactWork::fromJson(payload[u"artifact_work"]);
    decision.message = payload[u"message"].toString();
    return decision;
}

} // namespace

CaseTables::CaseTables(Statements &sql) : m_sql(sql) { }

Result<QList<Case>> CaseTables::load(const QString &where, const QVariantList &arguments)
{
    QList<Case> list;
    {
        auto rows = m_sql.run(QLatin1String(caseSelect) + where, arguments);
        if (!rows) {
            return tl::unexpected<Error>(rows.error());
        }
        while (rows->next()) {
            list.append(caseOf(*rows));
        }
        if (auto ended = m_sql.ended(*rows); !ended) {
            return tl::unexpected<Error>(ended.error());
        }
    }
    const auto people = list.isEmpty() ? Result<QList<Person>>(QList<Person>()) : TrailTables(m_sql).persons();
    if (!people) {
        return tl::unexpected<Error>(people.error());
    }
    for (Case &item : list) {
        item.people = *people;
        if (auto completed = complete(item); !completed) {
            return tl::unexpected<Error>(completed.error());
        }
    }
    return list;
}

Result<void> CaseTables::complete(Case &item)
{
    if (item.purpose == Purpose::SpotCheck) {
        auto marks = ReviewTables(m_sql).marks(item.id);
        if (!marks) {
            return tl::unexpected<Error>(marks.error());
        }
        if (!marks->isEmpty()) {
            item.mark = std::move(marks->last());
        }
    }
    auto decision = firstOf(loadDecisions(QStringLiteral("WHERE d.case_id = ? AND d.state <> "
                                                         "'withdrawn' ORDER BY d.seq DESC LIMIT 1"),
                                          item.id.toString()));
    if (!decision) {
        return tl::unexpected<Error>(decision.error());
    }
    item.decision = std::move(*decision);
    if (item.terms.approvers > 1) {
        if (auto approved = loadApprovals(item); !approved) {
            return approved;
        }
    }
    auto rows = m_sql.run(QStringLiteral("SELECT coalesce(text, word) FROM effect "
                                         "WHERE case_id = ? ORDER BY seq"),
                          {item.id.toString()});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    while (rows->next()) {
        item.effects.append(rows->text(0));
    }
    return m_sql.ended(*rows);
}

Result<void> CaseTables::loadApprovals(Case &item)
{
    auto rows = m_sql.run(QStringLiteral("SELECT actor, actor_name, at_ms FROM approval WHERE "
                                         "case_id = ? AND digest = ? ORDER BY seq"),
                          {item.id.toString(), item.digest});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    while (rows->next()) {
        item.approvals.append({PersonId(rows->text(0)), rows->text(1), rows->integer(2)});
    }
    return m_sql.ended(*rows);
}

Result<std::optional<Case>> CaseTables::loadOne(const QString &where, const QVariantList &arguments)
{
    return firstOf(load(where, arguments));
}

Result<std::optional<Case>> CaseTables::caseById(const CaseId &id)
{
    return loadOne(QStringLiteral("WHERE c.id = ?"), {id.toString()});
}

Result<std::optional<Case>> CaseTables::newestAt(const EndpointId &endpoint,
                                                 const QString &question, int part)
{
    return loadOne(QStringLiteral("WHERE c.endpoint = ? AND c.question = ? AND c.part = ? "
                                  "ORDER BY c.occurrence DESC, c.number DESC LIMIT 1"),
                   {endpoint.toString(), question, part});
}

Result<std::optional<Case>> CaseTables::newestByRebind(const EndpointId &endpoint,
                                                       const QString &rebind, int part)
{
    return loadOne(QStringLiteral("WHERE c.endpoint = ? AND c.rebind = ? AND c.part = ? "
                                  "ORDER BY c.occurrence DESC, c.number DESC LIMIT 1"),
                   {endpoint.toString(), rebind, part});
}

Result<QList<Case>> CaseTables::ofQuestion(const EndpointId &endpoint, const QString &question,
                                           int occurrence)
{
    return load(QStringLiteral("WHERE c.endpoint = ? AND c.question = ? AND c.occurrence = ? "
                               "ORDER BY c.part, c.number"),
                {endpoint.toString(), question, occurrence});
}

Result<QList<Case>> CaseTables::cases(const CaseQuery &query)
{
    const CaseFilter filter(query);
    auto list = load(filter.where(), filter.arguments());
    if (list) {
        list->removeIf([&filter](const Case &item) -> bool {
            return !filter.takes(item.proposal.confidence);
        });
    }
    return list;
}

Result<QList<Decision>> CaseTables::loadDecisions(const QString &where, const QVariant &argument)
{
    auto rows = m_sql.run(
        QStringLiteral("SELECT d.id, d.case_id, d.kind, d.state, d.state_text, d.digest, "
                       "d.reason_code, d.actor, d.actor_name, d.decided_ms, d.send_at_ms, p.bytes "
                       "FROM decision d LEFT JOIN payload p ON p.digest = d.payload ")
            + where,
        {argument});
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<Decision> list;
    while (rows->next()) {
        list.append(decisionOf(*rows));
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<Decision>>(list) : tl::unexpected<Error>(ended.error());
}

Result<std::optional<Decision>> CaseTables::decisionById(const DecisionId &id)
{
    return firstOf(loadDecisions(QStringLiteral("WHERE d.id = ?"), id.toString()));
}

} // namespace countersign
