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
    Memo<QString> text{sameText};
};

CaseRow rowOf(const Rows &row, RowWords &words)
{
    CaseRow item;
    item.id = CaseId(row.text(0));
    item.endpoint = EndpointId(words.text(row.text(1)));
    item.endpointName = words.text(row.text(2));
    item.agent = words.text(row.text(3));
    item.action = words.text(row.text(4));
    item.caseType = words.text(row.text(5));
    item.headline = row.text(6);
    item.subject = row.text(7);
    item.confidence = words.decimal(row.text(8));
    item.impact.amount = words.decimal(row.text(9));
    item.impact.currency = words.text(row.text(10));
    item.risk = words.risk(row.text(11));
    item.reversibility = words.reversibility(row.text(12));
    item.state = words.state(row.text(13));
    item.queue = words.text(row.text(14));
    item.allowed = words.allowed(row.text(15));
    item.question = row.text(16);
    item.part = int(row.integer(17));
    item.of = int(row.integer(18));
    item.createdMs = row.integer(19);
    item.updatedMs = row.integer(20);
    item.dueMs = row.maybeInteger(21);
    item.setAsideUntilMs = row.maybeInteger(22);
    item.version = row.integer(23);
    return item;
}

} // namespace

Result<QList<CaseRow>> CaseTables::rows(const CaseQuery &query)
{
    const CaseFilter filter(query);
    auto rows = m_sql.run(
        QStringLiteral("SELECT c.id, c.endpoint, e.name, c.agent, c.action, c.case_type, "
                       "c.headline, c.subject, c.confidence, c.amount, c.currency, c.risk, "
                       "c.reversibility, c.state, c.queue, c.allowed, c.question, c.part, c.parts, "
                       "c.created_ms, c.updated_ms, c.due_ms, c.set_aside_until_ms, c.version "
                       "FROM cases c LEFT JOIN endpoint e ON e.id = c.endpoint ")
            + filter.where(),
        filter.arguments());
    if (!rows) {
        return tl::unexpected<Error>(rows.error());
    }
    RowWords words;
    QList<CaseRow> list;
    while (rows->next()) {
        CaseRow row = rowOf(*rows, words);
        if (filter.takes(row.confidence)) {
            list.append(std::move(row));
        }
    }
    const auto ended = m_sql.ended(*rows);
    return ended ? Result<QList<CaseRow>>(std::move(list)) : tl::unexpected<Error>(ended.error());
}

} // namespace countersign
