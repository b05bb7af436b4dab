// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/argumentdraft.h"

namespace countersign {

namespace {

/// A member that is new comes after those that stood before it in `was`.
Json withMember(const Json &object, const QString &key, const std::optional<Json> &value,
                const Json &was)
{
    Json result = object.isObject() ? object : Json::object();
    if (!value) {
        result.remove(key);
        return result;
    }
    if (result.contains(key) || !was.contains(key)) {
        result.set(key, *value);
        return result;
    }
    qsizetype at = 0;
    for (const auto &[name, member] : was.members()) {
        if (name == key) {
            break;
        }
        for (qsizetype i = at; i < result.members().size(); ++i) {
            if (result.members().at(i).first == name) {
                at = i + 1;
            }
        }
    }
    Json::Object members = result.members();
    members.insert(at, {key, *value});
    return Json::object(members);
}

Json withItem(const Json &list, qsizetype index, const std::optional<Json> &value)
{
    Json::Array items = list.items();
    if (index < 0 || index > items.size()) {
        return list;
    }
    if (!value) {
        items.remove(index, index < items.size() ? 1 : 0);
    } else if (index == items.size()) {
        items.append(*value);
    } else {
        items[index] = *value;
    }
    return Json::array(items);
}

const Json nothing;

Json withAt(const Json &root, const QStringList &way, qsizetype step,
            const std::optional<Json> &value, const Json &was)
{
    const QString &token = way.at(step);
    const bool last = step + 1 == way.size();
    if (root.isArray()) {
        const qsizetype index = token.toInt();
        const Json &below = index < was.items().size() ? was.items().at(index) : nothing;
        if (last || index >= root.items().size()) {
            return withItem(root, index, value);
        }
        return withItem(root, index, withAt(root.items().at(index), way, step + 1, value, below));
    }
    if (last) {
        return withMember(root, token, value, was);
    }
    if (!value && !root.contains(token)) {
        return root; // nothing is made only to take something out of it
    }
    return withMember(root, token, withAt(root[token], way, step + 1, value, was[token]), was);
}

} // namespace

ArgumentDraft::ArgumentDraft(std::optional<Json> original)
    : m_original(original),
      m_current(std::move(original))
{
}

std::optional<Json> ArgumentDraft::at(const QString &pointer) const
{
    const Json *found = m_current ? m_current->at(pointer) : nullptr;
    return found != nullptr ? std::optional(*found) : std::nullopt;
}

QString ArgumentDraft::resetTarget(const QString &pointer) const
{
    QString base;
    for (const QString &token : pointerTokens(pointer)) {
        const Json *now = m_current ? m_current->at(base) : nullptr;
        const Json *then = m_original ? m_original->at(base) : nullptr;
        if (now != nullptr && then != nullptr && now->isArray() && then->isArray()
            && now->items().size() != then->items().size()) {
            return base;
        }
        base = pointerTo(base, token);
    }
    return pointer;
}

std::optional<Json> ArgumentDraft::was(const QString &pointer) const
{
    const Json *found
        = m_original && resetTarget(pointer) == pointer ? m_original->at(pointer) : nullptr;
    return found != nullptr ? std::optional(*found) : std::nullopt;
}

bool ArgumentDraft::isChanged(const QString &pointer) const
{
    const QString target = resetTarget(pointer);
    return target != pointer || at(pointer) != was(pointer);
}

void ArgumentDraft::forget(const QString &pointer)
{
    m_unreadable.removeIf(
        [&pointer](const auto &it) -> bool { return isWithin(it.key(), pointer); });
}

void ArgumentDraft::set(const QString &pointer, const std::optional<Json> &value)
{
    forget(pointer);
    const QStringList way = pointerTokens(pointer);
    if (way.isEmpty()) {
        m_current = value;
    } else if (m_current || value) {
        m_current = withAt(m_current.value_or(Json::object()), way, 0, value,
                           m_original.value_or(Json()));
    }
}

void ArgumentDraft::insert(const QString &list, qsizetype index, const Json &value)
{
    const auto now = at(list);
    Json::Array items = now ? now->items() : Json::Array();
    items.insert(qBound(qsizetype(0), index, items.size()), value);
    set(list, Json::array(items));
}

void ArgumentDraft::move(const QString &list, qsizetype from, qsizetype to)
{
    const auto now = at(list);
    Json::Array items = now ? now->items() : Json::Array();
    if (from >= 0 && to >= 0 && from < items.size() && to < items.size() && from != to) {
        items.move(from, to);
        set(list, Json::array(items));
    }
}

void ArgumentDraft::reset(const QString &pointer)
{
    const QString target = resetTarget(pointer);
    if (target.isEmpty()) {
        resetAll();
        return;
    }
    const Json *then = m_original ? m_original->at(target) : nullptr;
    set(target, then != nullptr ? std::optional(*then) : std::nullopt);
}

void ArgumentDraft::resetAll()
{
    m_current = m_original;
    m_unreadable.clear();
}

void ArgumentDraft::setUnreadable(const QString &pointer, const QString &why)
{
    if (why.isEmpty()) {
        m_unreadable.remove(pointer);
    } else {
        m_unreadable.insert(pointer, why);
    }
}

QList<JsonChange> ArgumentDraft::changes() const
{
    if (!isChanged()) {
        return {};
    }
    if (!m_original || !m_current) {
        return {{{}, m_original, m_current}};
    }
    return jsonChanges(*m_original, *m_current);
}

} // namespace countersign
