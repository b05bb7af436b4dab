// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/reviewtables.h"

#include "store/sql/storedvalues.h"

namespace countersign {

namespace {

SpotDraw drawOf(const Rows &row)
{
    return {.index = row.integer(0),
            .seed = row.text(1),
            .probability = row.text(2),
            .drawn = row.integer(3) != 0,
            .outlier = row.integer(4) != 0,
            .endpoint = EndpointId(row.text(5)),
            .question = row.text(6),
            .agent = row.text(7),
            .action = row.text(8),
            .caseType = row.text(9),
            .caseId = CaseId(row.text(10)),
            .atMs = row.integer(11)};
}

Mark markOf(const Rows &row)
{
    return {.verdict = fromWord<Verdict>(row.text(0)).value_or(Verdict::Wrong),
            .reason = stored(row.bytes(5))[u"reason"].toString(),
            .person = PersonId(row.text(1)),
            .personName = row.text(2),
            .atMs = row.integer(3),
            .blind = row.integer(4) != 0};
}

CheckedAnswer checkedOf(const Rows &row)
{
    return {.caseId = CaseId(row.text(0)),
            .person = PersonId(row.text(1)),
            .personName = row.text(2),
            .answer = fromWord<DecisionKind>(row.text(3)).value_or(DecisionKind::Approve),
            .right = row.integer(4) != 0,
            .atMs = row.integer(5)};
}

Reviewed reviewedOf(const Rows &row)
{
    return {.atMs = row.integer(0),
            .answer = row.text(1),
            .lookMs = row.maybeInteger(2),
            .size = row.integer(3),
            .opened = int(row.integer(4))};
}

JudgedCase judgedOf(const Rows &row)
{
    JudgedCase judged{.action = row.text(0),
                      .caseType = row.text(1),
                      .confidence = Decimal::parse(row.text(2)).value_or(Decimal()),
                      .verdict = Verdict::Correct};
    const QString outcome = row.text(3);
    const auto marked = fromWord<Verdict>(row.text(4));
    const auto decided = fromWord<DecisionKind>(row.text(5));
    if (!outcome.isEmpty()) {
        judged.verdict = outcome == QLatin1String("bad") ? Verdict::Wrong : Verdict::Correct;
    } else if (marked) {
        judged.verdict = *marked;
    } else if (decided && *decided != DecisionKind::Approve) {
        judged.verdict = *decided == DecisionKind::Edit ? Verdict::MinorEdit : Verdict::Wrong;
    }
    return judged;
}

} // namespace

ReviewTables::ReviewTables(Statements &sql) : m_sql(sql) { }

template <class T>
Result<QList<T>> ReviewTables::load(const QString &sql, const QVariantList &arguments,
                                    T (*read)(const Rows &))
{
    auto rows = m_sql.run(sql, arguments);
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QList<T> list;
    while (rows->next()) {
        list.append(read(*rows));
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<T>>(std::move(list)) : tl::unexpected<Error>(ended.error());
}

Result<QList<SpotDraw>> ReviewTables::loadDraws(const QString &where, const QVariantList &arguments)
{
    return load<SpotDraw>(
        QStringLiteral("SELECT number, seed, probability, drawn, outlier, endpoint, question, "
                       "agent, action, case_type, case_id, at_ms FROM spot_draw ")
            + where,
        arguments, drawOf);
}

Result<std::optional<SpotDraw>> ReviewTables::newestDraw()
{
    return firstOf(loadDraws(QStringLiteral("ORDER BY number DESC LIMIT 1"), {}));
}

Result<std::optional<SpotDraw>> ReviewTables::drawAt(const EndpointId &endpoint,
                                                     const QString &question)
{
    return firstOf(loadDraws(QStringLiteral("WHERE endpoint = ? AND question = ?"),
                             {endpoint.toString(), question}));
}

Result<QList<SpotDraw>> ReviewTables::draws(qint64 after, int limit)
{
    return loadDraws(QStringLiteral("WHERE number > ? ORDER BY number LIMIT ?"), {after, limit});
}

Result<QList<Mark>> ReviewTables::marks(const CaseId &id)
{
    auto list = load<Mark>(
        QStringLiteral("SELECT v.verdict, v.actor, v.actor_name, v.at_ms, v.blind, p.bytes "
                       "FROM verdict v LEFT JOIN payload p ON p.digest = v.payload "
                       "WHERE v.case_id = ? ORDER BY v.seq"),
        {id.toString()}, markOf);
    if (list) {
        for (qsizetype i = 0; i < list->size(); ++i) {
            (*list)[i].times = int(i) + 1;
        }
    }
    return list;
}

Result<std::optional<DecisionKind>>
ReviewTables::commitment(const CaseId &id, const PersonId &person, const QString &digest)
{
    const auto words = load<QString>(
        QStringLiteral("SELECT answer FROM commitment WHERE case_id = ? AND actor = ? "
                       "AND digest = ?"),
        {id.toString(), person.toString(), digest},
        +[](const Rows &row) -> QString { return row.text(0); });
    if (!words) {
        return tl::unexpected<Error>(words.error());
    }
    return words->isEmpty() ? std::optional<DecisionKind>()
                            : fromWord<DecisionKind>(words->first());
}

Result<QSet<CaseId>> ReviewTables::committedCases(const PersonId &person)
{
    const auto ids = load<QString>(
        QStringLiteral("SELECT m.case_id FROM commitment m JOIN cases c ON c.id = m.case_id "
                       "AND c.digest = m.digest WHERE m.actor = ?"),
        {person.toString()}, +[](const Rows &row) -> QString { return row.text(0); });
    return ids.map([](const QList<QString> &list) -> QSet<CaseId> {
        QSet<CaseId> cases;
        for (const QString &id : list) {
            cases.insert(CaseId(id));
        }
        return cases;
    });
}

Result<std::optional<KnownAnswer>> ReviewTables::knownAnswer(const CaseId &id)
{
    const auto found = load<Json>(
        QStringLiteral("SELECT p.bytes FROM cases c LEFT JOIN payload p ON p.digest = c.payload "
                       "WHERE c.id = ? AND c.purpose = 'known-answer'"),
        {id.toString()}, +[](const Rows &row) -> Json { return stored(row.bytes(0)); });
    if (!found) {
        return tl::unexpected<Error>(found.error());
    }
    if (found->isEmpty()) {
        return std::nullopt;
    }
    const Json &known = found->first()[u"known_answer"];
    KnownAnswer answer{
        .from = CaseId(known[u"from"].toString()), .right = {}, .why = known[u"why"].toString()};
    for (const QString &word : known[u"right"].toStrings()) {
        if (const auto kind = fromWord<DecisionKind>(word)) {
            answer.right.insert(*kind);
        }
    }
    return answer;
}

Result<QList<CaseId>> ReviewTables::settledCases(const EndpointId &endpoint)
{
    return load<CaseId>(
        QStringLiteral(
            "SELECT c.id FROM cases c WHERE c.state = 'delivered' AND c.endpoint = ? "
            "AND c.parts = 1 AND c.purpose IS NULL AND NOT EXISTS (SELECT 1 FROM cases k "
            "WHERE k.known_from = c.id) ORDER BY c.number DESC LIMIT 200"),
        {endpoint.toString()}, +[](const Rows &row) -> CaseId { return CaseId(row.text(0)); });
}

Result<QString> ReviewTables::outcomeOf(const CaseId &id)
{
    const auto words = load<QString>(
        QStringLiteral("SELECT word FROM effect WHERE case_id = ? AND word IN ('good', 'bad') "
                       "ORDER BY seq DESC LIMIT 1"),
        {id.toString()}, +[](const Rows &row) -> QString { return row.text(0); });
    return words.map([](const QList<QString> &list) -> QString { return list.value(0); });
}

Result<QList<JudgedCase>> ReviewTables::judgedCases(int limit)
{
    return load<JudgedCase>(
        QStringLiteral(
            "SELECT action, case_type, confidence, outcome, mark, decided FROM ("
            "SELECT c.number, c.action, c.case_type, c.confidence, "
            "(SELECT word FROM effect e WHERE e.case_id = c.id AND e.word IN ('good', 'bad') "
            "ORDER BY e.seq DESC LIMIT 1) AS outcome, "
            "(SELECT verdict FROM verdict v WHERE v.case_id = c.id ORDER BY v.seq DESC LIMIT 1) "
            "AS mark, "
            "(SELECT kind FROM decision d WHERE d.case_id = c.id AND d.state = 'delivered' "
            "AND d.kind IN ('approve', 'edit', 'reject') "
            "AND d.actor IN (SELECT id FROM person) ORDER BY d.seq DESC LIMIT 1) AS decided "
            "FROM cases c WHERE c.state IN ('delivered', 'marked') AND c.confidence IS NOT NULL "
            "AND (c.purpose IS NULL OR c.purpose = 'spot-check')) AS judged "
            "WHERE outcome IS NOT NULL OR mark IS NOT NULL OR decided IS NOT NULL "
            "ORDER BY number DESC LIMIT ?"),
        {limit}, judgedOf);
}

Result<QList<CheckedAnswer>> ReviewTables::checkedAnswers(qint64 sinceMs)
{
    return load<CheckedAnswer>(
        QStringLiteral("SELECT case_id, actor, actor_name, answer, is_right, at_ms FROM checked "
                       "WHERE at_ms >= ? ORDER BY seq"),
        {sinceMs}, checkedOf);
}

Result<QString> ReviewTables::setting(const QString &name, const PersonId &person)
{
    // A person's own row sorts after that of everybody, whose person is empty.
    const auto values = load<QString>(
        QStringLiteral("SELECT value FROM setting WHERE name = ? AND person IN ('', ?) "
                       "ORDER BY person DESC LIMIT 1"),
        {name, person.toString()}, +[](const Rows &row) -> QString { return row.text(0); });
    return values.map([](const QList<QString> &list) -> QString { return list.value(0); });
}

Result<QList<Reviewed>> ReviewTables::reviewed(const PersonId &person, qint64 sinceMs)
{
    return load<Reviewed>(
        QStringLiteral("SELECT decided_ms, kind, look_ms, look_size, look_opened, seq "
                       "FROM decision WHERE actor = ? AND decided_ms >= ? AND state <> 'withdrawn' "
                       "UNION ALL SELECT at_ms, verdict, look_ms, look_size, look_opened, seq "
                       "FROM verdict WHERE actor = ? AND at_ms >= ? ORDER BY 6"),
        {person.toString(), sinceMs, person.toString(), sinceMs}, reviewedOf);
}

} // namespace countersign
