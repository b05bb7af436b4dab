// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/batchtraits.h"

#include <QCryptographicHash>

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype mostPaths = 200; ///< that are compared; an agent may send thousands
constexpr int deepest = 16; ///< what lies deeper is compared as a whole
constexpr qsizetype longestKey = 64;
constexpr qsizetype longestShown = 120;
constexpr qsizetype mostCommon = 3;

QByteArray keyOf(const QByteArray &value)
{
    return value.size() <= longestKey
        ? value
        : QCryptographicHash::hash(value, QCryptographicHash::Sha256).toHex() + '#';
}

QString shownOf(const QList<Json> &leaves)
{
    QString text;
    for (const Json &leaf : leaves) {
        text += text.isEmpty() ? QString() : QStringLiteral(", ");
        text += leaf.isString() ? leaf.toString().left(longestShown)
                                : QString::fromUtf8(toJson(leaf));
        if (text.size() >= longestShown) {
            break;
        }
    }
    return text.left(longestShown);
}

} // namespace

BatchTraits::Column &BatchTraits::column(BatchTrait::Kind kind, const QString &path)
{
    const QString key = QString::number(int(kind)) + QLatin1Char(' ') + path;
    const auto known = m_at.constFind(key);
    if (known != m_at.cend()) {
        return m_columns[*known];
    }
    m_at.insert(key, m_columns.size());
    m_columns.append({.kind = kind, .path = path, .values = {}});
    return m_columns.last();
}

void BatchTraits::addField(BatchTrait::Kind kind, const QString &value)
{
    Column &field = column(kind, {});
    field.numbers = false;
    ++field.present;
    Value &counted = field.values[keyOf(value.toUtf8())];
    counted.shown = value.left(longestShown);
    ++counted.count;
}

void BatchTraits::collect(const Json &value, const QString &path, int depth)
{
    const bool inner = depth < deepest
        && ((value.isObject() && !value.members().isEmpty())
            || (value.isArray() && !value.items().isEmpty()));
    if (!inner) {
        if (!m_cells.contains(path)) {
            if (m_order.size() >= mostPaths) {
                m_cutShort = true;
                return;
            }
            m_order.append(path);
        }
        Cell &cell = m_cells[path];
        cell.key += canonicalJson(value) + ',';
        cell.leaves.append(value);
    } else if (value.isArray()) {
        for (const Json &item : value.items()) {
            collect(item, path + QStringLiteral("[]"), depth + 1);
        }
    } else {
        for (const auto &[name, member] : value.members()) {
            collect(member, path.isEmpty() ? name : path + QLatin1Char('.') + name, depth + 1);
        }
    }
}

void BatchTraits::add(const Case &subject)
{
    using Kind = BatchTrait::Kind;
    const Proposal &proposal = subject.proposal;
    ++m_cases;
    addField(Kind::Endpoint, subject.endpointName);
    addField(Kind::Agent, proposal.agent);
    addField(Kind::Action, proposal.action);
    addField(Kind::CaseType, proposal.caseType);
    addField(Kind::Risk, toWord(proposal.risk));
    addField(Kind::Reversibility, toWord(proposal.reversibility));
    m_cells.clear();
    m_order.clear();
    collect(proposal.arguments, {}, 0);
    for (const QString &path : std::as_const(m_order)) {
        if (m_columns.size() >= 2 * mostPaths && !m_at.contains(QStringLiteral("6 ") + path)) {
            m_cutShort = true;
            continue;
        }
        const Cell &cell = m_cells[path];
        Column &argument = column(Kind::Argument, path);
        ++argument.present;
        Value &counted = argument.values[keyOf(cell.key)];
        if (counted.count++ == 0) {
            counted.shown = shownOf(cell.leaves);
        }
        for (const Json &leaf : cell.leaves) {
            const auto number = leaf.isNumber() ? Decimal::parse(leaf.numberText()) : std::nullopt;
            argument.numbers = argument.numbers && number;
            if (number && (!argument.least || *number < *argument.least)) {
                argument.least = number;
            }
            if (number && (!argument.most || *number > *argument.most)) {
                argument.most = number;
            }
        }
    }
}

void BatchTraits::fill(BatchSummary &summary) const
{
    summary.cutShort = m_cutShort;
    const bool sameAction
        = std::none_of(m_columns.begin(), m_columns.end(), [](const Column &one) -> bool {
              return one.kind == BatchTrait::Kind::Action && one.values.size() > 1;
          });
    for (const Column &one : m_columns) {
        if (!sameAction && one.kind == BatchTrait::Kind::Argument && 2 * one.present <= m_cases) {
            continue; // other actions have other arguments; that is no difference worth a line
        }
        BatchTrait trait{.kind = one.kind,
                         .path = one.path,
                         .distinct = int(one.values.size()),
                         .absent = m_cases - one.present,
                         .common = {}};
        if (one.numbers) {
            trait.least = one.least;
            trait.most = one.most;
        }
        QList<Value> values = one.values.values();
        std::sort(values.begin(), values.end(), [](const Value &a, const Value &b) -> bool {
            return a.count != b.count ? a.count > b.count : a.shown < b.shown;
        });
        for (const Value &value : values.first(std::min(mostCommon, values.size()))) {
            trait.common.append({value.shown, value.count});
        }
        (trait.distinct == 1 && trait.absent == 0 ? summary.same : summary.differs).append(trait);
    }
}

} // namespace countersign
