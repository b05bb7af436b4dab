// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/argumentsmodel.h"

#include "domain/continued.h"

#include <QCoreApplication>
#include <QtConcurrent>

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype lightWeight = 12'000; // judged within a millisecond or two
constexpr qsizetype nodeWeight = 16;

/// A pattern of somebody else's may take its time on any text.
bool hasPatterns(const Json &schema, int depth = 0)
{
    if (depth > 64 || schema.contains(u"pattern") || schema.contains(u"patternProperties")) {
        return true;
    }
    return std::any_of(schema.members().cbegin(), schema.members().cend(),
                       [depth](const Json::Member &each) -> bool {
                           return hasPatterns(each.second, depth + 1);
                       })
        || std::any_of(schema.items().cbegin(), schema.items().cend(),
                       [depth](const Json &each) -> bool { return hasPatterns(each, depth + 1); });
}

} // namespace

qsizetype weightOf(const Json &value, qsizetype most)
{
    qsizetype weight = nodeWeight + value.toString().size() + value.numberText().size();
    for (const Json &item : value.items()) {
        if (weight >= most) {
            return most;
        }
        weight += weightOf(item, most - weight);
    }
    for (const auto &[name, member] : value.members()) {
        if (weight >= most) {
            return most;
        }
        weight += name.size() + weightOf(member, most - weight);
    }
    return qMin(weight, most);
}

ArgumentsModel::ArgumentsModel(QObject *parent) : QObject(parent), m_reader(Json()) { }

void ArgumentsModel::open(const ArgumentDraft &draft, const Json &schema)
{
    m_draft = draft;
    m_reader = FormReader(schema);
    m_verdict = {};
    const qsizetype ofSchema = weightOf(schema, lightWeight);
    m_heavy = !schema.isNull() && (ofSchema >= lightWeight || hasPatterns(schema));
    judge({});
}

void ArgumentsModel::set(const QString &pointer, const std::optional<Json> &value)
{
    m_draft.set(pointer, value);
    judge(pointer);
}

void ArgumentsModel::insert(const QString &list, qsizetype index, const Json &value)
{
    m_draft.insert(list, index, value);
    judge(list);
}

void ArgumentsModel::move(const QString &list, qsizetype from, qsizetype to)
{
    m_draft.move(list, from, to);
    judge(list);
}

void ArgumentsModel::reset(const QString &pointer)
{
    const QString target = m_draft.resetTarget(pointer);
    m_draft.reset(pointer);
    judge(target);
}

void ArgumentsModel::resetAll()
{
    m_draft.resetAll();
    judge({});
}

void ArgumentsModel::setUnreadable(const QString &pointer, const QString &why)
{
    m_draft.setUnreadable(pointer, why);
    take(m_verdict);
    Q_EMIT changed(pointer);
    Q_EMIT judged();
}

void ArgumentsModel::judge(const QString &changedAt)
{
    const int turn = ++m_turn;
    const Json schema = m_reader.root();
    const Json value = m_draft.current().value_or(Json());
    if (schema.isNull() || !m_draft.current()) {
        m_judging = false;
        take({});
    } else if (!m_heavy && weightOf(value, lightWeight) < lightWeight) {
        m_judging = false;
        take(judgeBySchema(schema, value));
    } else {
        m_judging = true;
        take(m_verdict);
        (void)continued(QtConcurrent::run([schema, value]() -> SchemaVerdict {
                            return judgeBySchema(schema, value);
                        }),
                        this, [this, turn](const SchemaVerdict &verdict) -> void {
                            if (turn == m_turn) {
                                m_judging = false;
                                take(verdict);
                                Q_EMIT judged();
                            }
                        });
    }
    Q_EMIT changed(changedAt);
    if (!m_judging) {
        Q_EMIT judged();
    }
}

void ArgumentsModel::take(const SchemaVerdict &verdict)
{
    m_verdict = verdict;
    m_faults.clear();
    for (auto it = m_draft.unreadable().cbegin(); it != m_draft.unreadable().cend(); ++it) {
        m_faults.append({it.key(), it.value()});
    }
    for (const SchemaFault &fault : m_verdict.faults) {
        if (!fault.format || m_draft.isChanged(fault.pointer)) {
            m_faults.append(fault);
        }
    }
    m_byPlace.clear();
    for (const SchemaFault &fault : std::as_const(m_faults)) {
        if (!m_byPlace.contains(fault.pointer)) {
            m_byPlace.insert(fault.pointer, fault.text);
        }
    }
}

QString ArgumentsModel::faultAt(const QString &pointer) const
{
    return m_byPlace.value(pointer);
}

QString ArgumentsModel::remarkAt(const QString &pointer) const
{
    for (const SchemaFault &fault : m_verdict.faults) {
        if (fault.format && fault.pointer == pointer) {
            return fault.text;
        }
    }
    return {};
}

int ArgumentsModel::faultsWithin(const QString &pointer) const
{
    return int(std::count_if(
        m_faults.cbegin(), m_faults.cend(),
        [&pointer](const SchemaFault &fault) -> bool { return isWithin(fault.pointer, pointer); }));
}

} // namespace countersign
