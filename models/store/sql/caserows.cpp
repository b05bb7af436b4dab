// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/casefilter.h"
#include "store/sql/casetables.h"

namespace countersign {

namespace {

/// Words repeat over thousands of rows; each is looked up once.
template <class Value> class Memo
{
public:
    using Parse = Value (*)(const QString &);
    explicit Memo(Parse parse) : m_parse(parse) { }
    [[nodiscard]] Value operator()(const QString &word)
    {
        auto it = m_known.find(word);
        if (it == m_known.end()) {
            it = m_known.insert(word, m_parse(word));
        }
        return *it;
    }

private:
    Parse m_parse;
    QHash<QString, Value> m_known;
};

/// Texts that repeat are shared, which keeps 100,000 rows small.
QString sameText(const QString &word)
{
    return word;
}

struct RowWords
{
    Memo<Risk> risk{[](const QString &word) -> Risk {
        return fromWord<Risk>(word).value_or(Risk::Unknown);
    }};
    Memo<Reversibility> reversibility{[](const QString &word) -> Reversibility {
        return fromWord<Reversibility>(word).value_or(Reversibility::Unknown);
    }};
    Memo<CaseState> state{[](const QString &word) -> CaseState {
        return fromWord<CaseState>(word).value_or(CaseState::Waiting);
    }};
    Memo<AllowedDecisions> allowed{[](const QString &words) -> AllowedDecisions {
        return allowedFromWords(words.split(QLatin1Char(' ')));
    }};
    Memo<std::optional<Decimal>> decimal{[](const QString &word) -> std::optional<Decimal> {
        return word.isEmpty() ? std::nullopt : Decimal::parse(word);
    }};
    Memo<std::optional<Back>> back{[](const QString &word) -> std::optional<Back> {
        return backFromWord(word);
    }};
    Memo<QString> text{sameText};
};

struct Names
{
    QHash<QString, QString> endpoints;
    QHash<QString, QString> persons;
};

CaseRow rowOf(const Rows &row, RowWords &words, const Names &names)
{
    CaseRow item;
    item.id = CaseId(row.text(0));
    item.endpoint = EndpointId(words.text(row.text(1)));
    item.endpointName = names.endpoints.value(item.endpoint.toString());
    item.agent = words.text(row.text(2));
    item.action = words.text(row.text(3));
    item.caseType = words.text(row.text(4));
    item.headline = row.text(5);
    item.subject = row.text(6);
    item.confidence = words.decimal(row.text(7));
    item.impact.amount = words.decimal(row.text(8));
    item.impact.currency = words.text(row.text(9));
    item.risk = words.risk(row.text(10));
    item.reversibility = words.reversibility(row.text(11));
    item.state = words.state(row.text(12));
    item.queue = words.text(row.text(13));
    item.allowed = words.allowed(row.text(14));
    item.question = row.text(15);
    item.part = int(row.integer(16));
    item.of = int(row.integer(17));
    item.createdMs = row.integer(18);
    item.updatedMs = row.integer(19);
    item.dueMs = row.maybeInteger(20);
    item.setAsideUntilMs = row.maybeInteger(21);
    item.version = row.integer(22);
    item.shape = words.text(row.text(23));
    item.spotCheck = row.text(24) == QLatin1String("spot-check");
    item.assignee = words.text(row.text(25));
    item.assigneeName = words.text(names.persons.value(item.assignee, item.assignee));
    item.followUpMs = row.maybeInteger(26);
    item.back = words.back(row.text(27));
    item.backMs = row.integer(28);
    return item;
}

} // namespace

/// Looked up once instead of joined to every row.
Result<QHash<QString, QString>> CaseTables::namesIn(const QString &table)
{
    auto rows = m_sql.run(QStringLiteral("SELECT id, name FROM ") + table);
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    QHash<QString, QString> names;
    while (rows->next()) {
        names.insert(rows->text(0), rows->text(1));
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QHash<QString, QString>>(names) : tl::unexpected<Error>(ended.error());
}

Result<QList<CaseRow>> CaseTables::rows(const CaseQuery &query)
{
    const CaseFilter filter(query);
    const auto endpoints = namesIn(QStringLiteral("endpoint"));
    const auto persons = namesIn(QStringLiteral("person"));
    if (!endpoints || !persons) {
        return tl::unexpected<Error>(endpoints ? persons.error() : endpoints.error());
    }
    const Names names{*endpoints, *persons};
    auto rows = m_sql.run(
        QStringLiteral("SELECT c.id, c.endpoint, c.agent, c.action, c.case_type, "
                       "c.headline, c.subject, c.confidence, c.amount, c.currency, c.risk, "
                       "c.reversibility, c.state, c.queue, c.allowed, c.question, c.part, c.parts, "
                       "c.created_ms, c.updated_ms, c.due_ms, c.set_aside_until_ms, c.version, "
                       "c.shape, c.purpose, c.assignee, c.follow_up_ms, c.back, c.back_ms "
                       "FROM cases c ")
            + filter.where(),
        filter.arguments());
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    RowWords words;
    QList<CaseRow> list;
    while (rows->next()) {
        CaseRow row = rowOf(*rows, words, names);
        if (filter.takes(row.confidence)) {
            list.append(std::move(row));
        }
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<CaseRow>>(std::move(list)) : tl::unexpected<Error>(ended.error());
}

} // namespace countersign
