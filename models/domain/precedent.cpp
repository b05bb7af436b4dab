// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/precedent.h"

#include "domain/searchtext.h"
#include "domain/trust.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

namespace countersign {

namespace {

constexpr qsizetype mostValues = 24;
constexpr qsizetype mostNumbers = 8;
constexpr qsizetype mostWords = 16;
constexpr qsizetype longestValue = 64; ///< what is longer is text, of which the words count
constexpr qsizetype longestText = 4'000;
constexpr int deepest = 16;
constexpr int shortestWord = 4;
constexpr int tokenBytes = 5;

/// Hashes one kind of thing within one action.
class Hasher
{
public:
    Hasher(const QByteArray &key, const QString &action) : m_begin(key + action.toUtf8() + '\0') { }
    [[nodiscard]] Token operator()(char kind, const QByteArray &what = {}) const
    {
        const QByteArray hash = sha256(m_begin + kind + what);
        Token token = 0;
        for (int i = 0; i < tokenBytes; ++i) {
            token = token << 8 | quint8(hash.at(i));
        }
        return token == 0 ? 1 : token;
    }
    [[nodiscard]] Token operator()(char kind, const QString &what) const
    {
        return (*this)(kind, what.toUtf8());
    }

private:
    QByteArray m_begin;
};

using Leaf = std::function<void(const QString &path, const Json &value)>;

void eachLeaf(const Json &value, const QString &path, int depth, const Leaf &leaf)
{
    const auto below = [&path](const QString &name) -> QString {
        return path.isEmpty() ? name : path + QLatin1Char('/') + name;
    };
    if (value.isObject() && depth < deepest) {
        for (const auto &[name, member] : value.members()) {
            eachLeaf(member, below(name), depth + 1, leaf);
        }
    } else if (value.isArray() && depth < deepest) {
        for (const Json &item : value.items()) {
            eachLeaf(item, below(QStringLiteral("*")), depth + 1, leaf);
        }
    } else {
        leaf(path, value);
    }
}

bool isInteger(const QByteArray &number)
{
    return !number.contains('.') && !number.contains('e') && !number.contains('E');
}

template <class T> void sortUnique(QList<T> &list)
{
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

class Reading
{
public:
    Reading(const Proposal &proposal, const QByteArray &key) : m_hash(key, proposal.action)
    {
        m_traits.action = m_hash('a');
        m_traits.type = proposal.caseType.isEmpty() ? 0 : m_hash('t', proposal.caseType);
        takeAmount(proposal.impact);
        eachLeaf(proposal.arguments, {}, 0,
                 [this](const QString &path, const Json &value) -> void { take(path, value); });
        takeText(proposal.question);
        takeText(proposal.impact.sentence);
        for (const QString &doubt : proposal.uncertainty) {
            takeText(doubt);
        }
        sortUnique(m_traits.values);
        sortUnique(m_traits.words);
        m_traits.words.resize(std::min(m_traits.words.size(), mostWords));
    }
    [[nodiscard]] const PrecedentTraits &traits() const { return m_traits; }

private:
    void takeAmount(const Impact &impact)
    {
        if (impact.amount && std::isfinite(impact.amount->toDouble())) {
            m_traits.amount = impact.amount->toDouble();
            m_traits.currency = m_hash('c', impact.currency);
        }
    }
    void take(const QString &path, const Json &value)
    {
        switch (value.type()) {
        case Json::Type::Bool:
            addValue(path, value.toBool() ? "true" : "false");
            break;
        case Json::Type::Number:
            takeNumber(path, value.numberText());
            break;
        case Json::Type::String:
            if (value.toString().size() <= longestValue) {
                addValue(path, value.toString().trimmed().toCaseFolded().toUtf8());
            } else {
                takeText(value.toString());
            }
            break;
        default:
            break;
        }
    }
    void takeNumber(const QString &path, const QByteArray &written)
    {
        if (isInteger(written)) {
            addValue(path, written);
        }
        const auto exact = Decimal::parse(written);
        const double number = exact ? exact->toDouble() : 0;
        if (exact && std::isfinite(number) && m_traits.numbers.size() < mostNumbers) {
            m_traits.numbers.append({.path = m_hash('p', path), .value = number});
        }
    }
    void addValue(const QString &path, const QByteArray &value)
    {
        if (m_traits.values.size() < mostValues && !value.isEmpty()) {
            m_traits.values.append(m_hash('v', path.toUtf8() + '\0' + value));
        }
    }
    void takeText(const QString &text)
    {
        for (const QString &word : searchWords(text.left(longestText))) {
            if (word.size() >= shortestWord) {
                m_traits.words.append(m_hash('w', word));
            }
        }
    }

    Hasher m_hash;
    PrecedentTraits m_traits;
};

/// 0..1000.
int closeness(double a, double b)
{
    if (a == b) {
        return 1000;
    }
    if ((a < 0) != (b < 0) || a == 0 || b == 0) {
        return 0;
    }
    const double small = std::min(std::abs(a), std::abs(b));
    return int(small / std::max(std::abs(a), std::abs(b)) * 1000);
}

/// Points and what they could be.
class Tally
{
public:
    void add(int most, qint64 got, qint64 of)
    {
        m_points += most * got / of;
        m_most += most;
    }
    [[nodiscard]] int perMille() const
    {
        return m_most == 0 ? 1000 : int(m_points * 1000 / m_most);
    }

private:
    qint64 m_points = 0;
    qint64 m_most = 0;
};

void addShared(Tally &tally, int most, const QList<Token> &asked, const QList<Token> &past,
               const QHash<Token, int> &weights)
{
    qint64 shared = 0;
    qint64 all = 0;
    for (const Token token : asked) {
        const int weight = weights.value(token);
        all += weight;
        shared += std::binary_search(past.begin(), past.end(), token) ? weight : 0;
    }
    if (all > 0) {
        tally.add(most, shared, all);
    }
}

void addNumbers(Tally &tally, int most, const PrecedentTraits &asked, const PrecedentTraits &past)
{
    qint64 close = 0;
    for (const auto &number : asked.numbers) {
        int best = 0;
        for (const auto &other : past.numbers) {
            if (other.path == number.path) {
                best = std::max(best, closeness(number.value, other.value));
            }
        }
        close += best;
    }
    if (!asked.numbers.isEmpty()) {
        tally.add(most, close, 1000 * asked.numbers.size());
    }
}

class Packer
{
public:
    void byte(qsizetype value) { m_bytes.append(char(value)); }
    void token(Token token)
    {
        for (int shift = 8 * (tokenBytes - 1); shift >= 0; shift -= 8) {
            m_bytes.append(char(token >> shift));
        }
    }
    void tokens(const QList<Token> &list)
    {
        for (const Token one : list) {
            token(one);
        }
    }
    void number(double value)
    {
        const auto bits = std::bit_cast<quint64>(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            m_bytes.append(char(bits >> shift));
        }
    }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

class Unpacker
{
public:
    explicit Unpacker(QByteArrayView bytes) : m_bytes(bytes) { }
    [[nodiscard]] quint64 big(int bytes)
    {
        quint64 value = 0;
        for (int i = 0; i < bytes; ++i) {
            value = value << 8 | byte();
        }
        return value;
    }
    [[nodiscard]] quint8 byte() { return m_at < m_bytes.size() ? quint8(m_bytes[m_at++]) : fail(); }
    [[nodiscard]] Token token() { return big(tokenBytes); }
    void tokens(QList<Token> &list, int count)
    {
        list.reserve(count);
        for (int i = 0; i < count; ++i) {
            list.append(token());
        }
    }
    [[nodiscard]] double number() { return std::bit_cast<double>(big(8)); }
    [[nodiscard]] bool isWhole() const { return !m_short && m_at == m_bytes.size(); }

private:
    quint8 fail()
    {
        m_short = true;
        return 0;
    }
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_short = false;
};

} // namespace

QHash<Token, QString> pathTokens(const Proposal &proposal, const QByteArray &key)
{
    const Hasher hash(key, proposal.action);
    QHash<Token, QString> names;
    eachLeaf(proposal.arguments, {}, 0, [&](const QString &path, const Json &) -> void {
        names.insert(hash('p', path), path);
    });
    return names;
}

PrecedentTraits traitsOf(const Proposal &proposal, const QByteArray &key)
{
    return Reading(proposal, key).traits();
}

QList<std::pair<QString, Json>> leavesOf(const Json &value)
{
    QList<std::pair<QString, Json>> leaves;
    eachLeaf(value, {}, 0, [&leaves](const QString &path, const Json &leaf) -> void {
        leaves.append({path, leaf});
    });
    return leaves;
}

QStringList differingPaths(const Json &before, const Json &after)
{
    QStringList paths;
    QHash<QString, QByteArrayList> sides[2];
    for (const int side : {0, 1}) {
        for (const auto &[path, leaf] : leavesOf(side == 0 ? before : after)) {
            sides[side][path].append(canonicalJson(leaf));
            paths.append(path);
        }
    }
    paths.removeDuplicates();
    paths.removeIf([&sides](const QString &path) -> bool {
        return sides[0].value(path) == sides[1].value(path);
    });
    return paths;
}

QList<Token> editedPaths(const QString &action, const Json &before, const Json &after,
                         const QByteArray &key)
{
    const Hasher hash(key, action);
    QList<Token> edited;
    for (const QString &path : differingPaths(before, after)) {
        edited.append(hash('p', path));
    }
    sortUnique(edited);
    return edited;
}

Token numberStep(const PrecedentTraits &traits, Token path, double value, int by)
{
    int exponent = 0;
    const double mantissa = std::frexp(std::abs(value), &exponent); // [0.5, 1), or 0
    const int step = value == 0 ? -100'000 : exponent * 4 + int((mantissa - 0.5) * 8);
    // Mixed, not hashed anew: both tokens are hashes already, and a number is no secret.
    const quint64 scope = traits.type != 0 ? traits.type : traits.action;
    quint64 mixed = scope * 0x9e3779b97f4a7c15U ^ path * 0xc2b2ae3d27d4eb4fU
        ^ quint64(qint64(step + by) * 2 + (value < 0 ? 1 : 0)) * 0x165667b19e3779f9U;
    mixed = (mixed ^ mixed >> 29) * 0xbf58476d1ce4e5b9U;
    const Token token = (mixed ^ mixed >> 32) & 0xff'ffff'ffffU;
    return token == 0 ? 1 : token;
}

QList<Token> searchTokens(const PrecedentTraits &traits)
{
    QList<Token> tokens{traits.action};
    if (traits.type != 0) {
        tokens.append(traits.type);
    }
    if (traits.amount) {
        tokens.append(numberStep(traits, traits.currency, *traits.amount));
    }
    for (const auto &number : traits.numbers) {
        tokens.append(numberStep(traits, number.path, number.value));
    }
    tokens += traits.values;
    tokens += traits.words;
    sortUnique(tokens);
    return tokens;
}

int tokenWeight(int others)
{
    return others <= 0 ? 0 : std::max(1, 11 - int(std::bit_width(unsigned(others))));
}

int likeness(const PrecedentTraits &asked, const PrecedentTraits &past,
             const QHash<Token, int> &weights)
{
    Tally tally;
    if (asked.type != 0) {
        tally.add(350, asked.type == past.type ? 1 : 0, 1);
    }
    if (asked.amount) {
        const bool same = past.amount && asked.currency == past.currency;
        tally.add(300, same ? closeness(*asked.amount, *past.amount) : 0, 1000);
    }
    addShared(tally, 150, asked.values, past.values, weights);
    addShared(tally, 100, asked.words, past.words, weights);
    addNumbers(tally, 100, asked, past);
    return tally.perMille();
}

QByteArray packTraits(const PrecedentTraits &traits)
{
    Packer pack;
    pack.byte(traits.values.size());
    pack.byte(traits.numbers.size());
    pack.byte(traits.words.size());
    pack.byte(traits.amount ? 1 : 0);
    pack.token(traits.action);
    pack.token(traits.type);
    if (traits.amount) {
        pack.token(traits.currency);
        pack.number(*traits.amount);
    }
    pack.tokens(traits.values);
    for (const auto &number : traits.numbers) {
        pack.token(number.path);
        pack.number(number.value);
    }
    pack.tokens(traits.words);
    return pack.bytes();
}

std::optional<PrecedentTraits> unpackTraits(QByteArrayView bytes)
{
    Unpacker unpack(bytes);
    const int values = unpack.byte();
    const int numbers = unpack.byte();
    const int words = unpack.byte();
    const bool amount = unpack.byte() != 0;
    PrecedentTraits traits;
    traits.action = unpack.token();
    traits.type = unpack.token();
    if (amount) {
        traits.currency = unpack.token();
        traits.amount = unpack.number();
    }
    unpack.tokens(traits.values, values);
    for (int i = 0; i < numbers; ++i) {
        const Token path = unpack.token();
        traits.numbers.append({.path = path, .value = unpack.number()});
    }
    unpack.tokens(traits.words, words);
    return unpack.isWhole() ? std::optional<PrecedentTraits>(std::move(traits)) : std::nullopt;
}

} // namespace countersign
