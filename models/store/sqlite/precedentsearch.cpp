// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/precedentindex.h"

#include "store/sqlite/connection.h"
#include "store/sqlite/precedentterms.h"

#include <QCoreApplication>

#include <algorithm>

namespace countersign::sqlite {

namespace {

constexpr int askEvery = 256; ///< rows between two looks whether it is still wanted

/// The newest cases that have a token.
struct Probe
{
    Token token = 0;
    QList<qint64> cases;
};

/// Candidates, each once.
class Candidates
{
public:
    /// The first `most` of `cases` that are new, as long as there are fewer than `all`.
    void add(const QList<qint64> &cases, qsizetype most, qsizetype all)
    {
        qsizetype added = 0;
        for (const qint64 number : cases) {
            if (added >= most || m_numbers.size() >= all) {
                return;
            }
            if (!m_numbers.contains(number)) {
                m_numbers.insert(number);
                ++added;
            }
        }
    }
    [[nodiscard]] QList<qint64> sorted() const
    {
        QList<qint64> list(m_numbers.cbegin(), m_numbers.cend());
        std::sort(list.begin(), list.end());
        return list;
    }

private:
    QSet<qint64> m_numbers;
};

void rareFirst(QList<Probe> &probes)
{
    std::sort(probes.begin(), probes.end(), [](const Probe &a, const Probe &b) -> bool {
        return std::pair(a.cases.size(), a.token) < std::pair(b.cases.size(), b.token);
    });
}

} // namespace

/// One look.
class PrecedentSearch
{
public:
    PrecedentSearch(PrecedentIndex &index, const PrecedentQuery &query)
        : m_index(index),
          m_query(query),
          m_limits(query.limits)
    {
    }

    Result<Precedents> run()
    {
        const auto ready = open().and_then([this]() -> Result<void> { return load(); });
        if (!ready) {
            return tl::unexpected<Error>(ready.error());
        }
        if (m_asked.action == 0) {
            return m_result;
        }
        const auto cut = gather().and_then([this]() -> Result<void> { return compare(); });
        if (!cut) {
            return tl::unexpected<Error>(cut.error());
        }
        std::sort(m_like.begin(), m_like.end(), [](const Like &a, const Like &b) -> bool {
            return std::pair(b.likeness, b.number) < std::pair(a.likeness, a.number);
        });
        for (const Like &one : m_like.first(std::min<qsizetype>(m_query.nearest, m_like.size()))) {
            m_result.nearest.append(
                {.id = CaseId(QStringLiteral("c-%1").arg(one.number)), .likeness = one.likeness});
        }
        return m_result;
    }

private:
    struct Like
    {
        qint64 number = 0;
        int likeness = 0;
    };

    Result<void> open()
    {
        sqlite3 *database = handleOf(m_index.m_sql.database());
        if (!m_index.m_probe) {
            m_index.m_probe = std::make_unique<RawQuery>(
                database,
                "SELECT rowid FROM precedent_term WHERE precedent_term MATCH ?1 "
                "ORDER BY rowid DESC LIMIT ?2");
            m_index.m_row = std::make_unique<RawQuery>(
                database,
                "SELECT answer, outcome, by_policy, edited, traits FROM precedent "
                "WHERE number = ?1");
        }
        return {};
    }

    /// The asked case: what it is like, and what it must not find.
    Result<void> load()
    {
        const auto progress = m_index.progress();
        const auto row
            = progress ? m_index.rowOf(m_query.id) : tl::unexpected<Error>(progress.error());
        if (!row) {
            return tl::unexpected<Error>(row.error());
        }
        if (!*row) {
            return fail(ErrorCode::NotFound,
                        QCoreApplication::translate("Store", "There is no case “%1”.")
                            .arg(m_query.id.toString()));
        }
        m_result.complete = progress->version != 0 && progress->below <= 1;
        m_others.insert((*row)->number);
        const auto key = m_index.key();
        const auto json
            = key ? m_index.payload((*row)->payload) : tl::unexpected<Error>(key.error());
        if (!json) {
            return tl::unexpected<Error>(json.error());
        }
        if (const QString from = (*json)[u"known_answer"][u"from"].toString(); !from.isEmpty()) {
            m_others.insert(from.section(u'-', 1).toLongLong()); // it would give the answer away
        }
        const auto proposal = Proposal::fromJson((*json)[u"proposal"]);
        if (!json->isNull() && proposal) {
            m_asked = traitsOf(*proposal, *key);
            m_paths = pathTokens(*proposal, *key);
        }
        return {};
    }

    [[nodiscard]] Result<void> wanted() const
    {
        if (m_query.cancelled && m_query.cancelled->load(std::memory_order_relaxed)) {
            return fail(ErrorCode::Cancelled,
                        QCoreApplication::translate("Store", "The query was cancelled."));
        }
        return {};
    }

    /// At most `most` cases, newest first.
    Result<Probe> probe(Token token, int most)
    {
        if (const auto still = wanted(); !still) {
            return tl::unexpected<Error>(still.error());
        }
        RawQuery &query = *m_index.m_probe;
        query.rewind();
        query.bindText(1, '"' + termOf(token).toLatin1() + '"');
        query.bind(2, qint64(most + m_others.size()));
        Probe found{.token = token, .cases = {}};
        for (;;) {
            const auto row = query.next();
            if (!row || !*row) {
                query.rewind();
                return row ? Result<Probe>(std::move(found)) : tl::unexpected<Error>(row.error());
            }
            if (!m_others.contains(query.integer(0)) && found.cases.size() < most) {
                found.cases.append(query.integer(0));
            }
        }
    }

    /// How much each token says, and the cases of those that say something.
    Result<QList<Probe>> weigh(const QList<Token> &tokens)
    {
        QList<Probe> rare;
        for (const Token token : tokens) {
            auto found = probe(token, m_limits.probe);
            if (!found) {
                return tl::unexpected<Error>(found.error());
            }
            const auto others = int(found->cases.size());
            m_weights.insert(token, tokenWeight(others * 512 / m_limits.probe));
            if (others > 0 && others < m_limits.probe) {
                rare.append(std::move(*found));
            }
        }
        rareFirst(rare);
        return rare;
    }

    Result<void> gather()
    {
        const auto values = weigh(m_asked.values);
        const auto words = values ? weigh(m_asked.words) : values;
        if (!words) {
            return tl::unexpected<Error>(words.error());
        }
        const qsizetype reserved = m_limits.near + m_limits.type + m_limits.action;
        for (const Probe &one : *values) {
            m_candidates.add(one.cases, m_limits.probe, m_limits.all - reserved);
        }
        return gatherNear()
            .and_then([this]() -> Result<void> { return gatherKind(); })
            .map([&]() -> void {
                for (const Probe &one : *words) {
                    m_candidates.add(one.cases, m_limits.probe, m_limits.all);
                }
            });
    }

    /// Own steps before the next ones, the amount before other numbers.
    Result<void> gatherNear()
    {
        QList<PrecedentTraits::Number> numbers = m_asked.numbers;
        if (m_asked.amount) {
            numbers.prepend({.path = m_asked.currency, .value = *m_asked.amount});
        }
        QList<qint64> near;
        for (const int by : {0, -1, 1}) {
            for (const auto &number : numbers) {
                const auto found
                    = probe(numberStep(m_asked, number.path, number.value, by), m_limits.near);
                if (!found) {
                    return tl::unexpected<Error>(found.error());
                }
                near += found->cases;
            }
        }
        m_candidates.add(near, m_limits.near, m_limits.all);
        return {};
    }

    Result<void> gatherKind()
    {
        const auto add = [this](Token token, int most) -> Result<void> {
            const auto found = probe(token, most + 1);
            if (!found) {
                return tl::unexpected<Error>(found.error());
            }
            m_result.cut = m_result.cut || found->cases.size() > most;
            m_candidates.add(found->cases.first(std::min<qsizetype>(most, found->cases.size())),
                             most, m_limits.all);
            return {};
        };
        const auto type = m_asked.type != 0 ? add(m_asked.type, m_limits.type) : Result<void>();
        return type ? add(m_asked.action, m_limits.action) : type;
    }

    Result<void> compare()
    {
        const QList<qint64> numbers = m_candidates.sorted();
        m_result.looked = int(numbers.size());
        RawQuery &query = *m_index.m_row;
        for (qsizetype i = 0; i < numbers.size(); ++i) {
            if (i % askEvery == 0) {
                if (const auto still = wanted(); !still) {
                    return still;
                }
            }
            query.rewind();
            query.bind(1, numbers.at(i));
            const auto row = query.next();
            if (!row) {
                return tl::unexpected<Error>(row.error());
            }
            const auto traits
                = *row ? unpackTraits(query.bytes(4)) : std::optional<PrecedentTraits>();
            const int alike = traits ? likeness(m_asked, *traits, m_weights) : 0;
            if (alike >= likeEnough) {
                m_like.append({.number = numbers.at(i), .likeness = alike});
                count(query);
            }
        }
        query.rewind();
        m_result.like = int(m_like.size());
        return {};
    }

    void count(const RawQuery &row)
    {
        switch (const int answer = int(row.integer(0)); answer) {
        case 32:
            ++m_result.verdicts[Verdict::Correct];
            break;
        case 64:
            ++m_result.verdicts[Verdict::MinorEdit];
            break;
        case 128:
            ++m_result.verdicts[Verdict::Wrong];
            break;
        default:
            ++m_result.decisions[DecisionKind(answer)];
        }
        m_result.reversed += row.integer(1) == 2 ? 1 : 0;
        m_result.byPolicy += row.integer(2) != 0 ? 1 : 0;
        for (const Token path : tokensOf(row.bytes(3))) {
            if (m_paths.contains(path)) {
                ++m_result.edited[m_paths.value(path)];
            }
        }
    }

    PrecedentIndex &m_index;
    const PrecedentQuery &m_query;
    const PrecedentLimits &m_limits;
    PrecedentTraits m_asked;
    QHash<Token, QString> m_paths;
    QSet<qint64> m_others; ///< never found
    QHash<Token, int> m_weights;
    Candidates m_candidates;
    QList<Like> m_like;
    Precedents m_result;
};

Result<Precedents> PrecedentIndex::precedents(const PrecedentQuery &query)
{
    auto found = PrecedentSearch(*this, query).run();
    if (found) {
        return found;
    }
    for (RawQuery *statement : {m_probe.get(), m_row.get()}) {
        if (statement != nullptr) {
            statement->rewind();
        }
    }
    if (found.error().code == ErrorCode::Tampered) { // of what is derived, no witness
        m_metDamage = true;
        Precedents none;
        none.complete = false;
        return none;
    }
    return found;
}

} // namespace countersign::sqlite
