// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/savedfilters.h"

#include <QSettings>

namespace countersign {

namespace {

const QString nameKey = QStringLiteral("name");
const QString filterKey = QStringLiteral("filter");

} // namespace

SavedFilters::SavedFilters(QSettings &settings, const QString &key, QObject *parent)
    : QObject(parent),
      m_settings(settings),
      m_key(key)
{
    read();
}

/// What cannot be read is left out: a list with a hole is better than none.
void SavedFilters::read()
{
    const auto json = parseJson(m_settings.value(m_key).toString().toUtf8());
    for (const Json &item : json ? json->items() : Json::Array()) {
        auto filter = inboxFilterFromJson(item[filterKey]);
        const QString name = item[nameKey].toString().trimmed();
        if (filter && !name.isEmpty() && indexOf(name) < 0) {
            m_all.append({name, *filter});
        }
    }
}

void SavedFilters::keep()
{
    Json list = Json::array();
    for (const SavedFilter &saved : std::as_const(m_all)) {
        list.append(Json::object({{nameKey, Json(saved.name)}, {filterKey, toJson(saved.filter)}}));
    }
    m_settings.setValue(m_key, QString::fromUtf8(toJson(list)));
    Q_EMIT changed();
}

int SavedFilters::indexOf(const QString &name) const
{
    const QString wanted = name.trimmed();
    for (int i = 0; i < m_all.size(); ++i) {
        if (m_all[i].name.compare(wanted, Qt::CaseInsensitive) == 0) {
            return i;
        }
    }
    return -1;
}

int SavedFilters::find(const InboxFilter &filter) const
{
    for (int i = 0; i < m_all.size(); ++i) {
        if (m_all[i].filter == filter) {
            return i;
        }
    }
    return -1;
}

int SavedFilters::save(const QString &name, const InboxFilter &filter)
{
    const QString given = name.trimmed();
    if (given.isEmpty()) {
        return -1;
    }
    int at = indexOf(given);
    if (at < 0) {
        at = int(m_all.size());
        m_all.append({given, filter});
    } else {
        m_all[at] = {given, filter};
    }
    keep();
    return at;
}

bool SavedFilters::rename(int index, const QString &name)
{
    const int other = indexOf(name);
    if (name.trimmed().isEmpty() || (other >= 0 && other != index)) {
        return false;
    }
    m_all[index].name = name.trimmed();
    keep();
    return true;
}

void SavedFilters::update(int index, const InboxFilter &filter)
{
    m_all[index].filter = filter;
    keep();
}

void SavedFilters::remove(int index)
{
    m_all.removeAt(index);
    keep();
}

void SavedFilters::insert(int index, const SavedFilter &saved)
{
    if (indexOf(saved.name) < 0) {
        m_all.insert(qBound(0, index, int(m_all.size())), saved);
        keep();
    }
}

void SavedFilters::move(int from, int to)
{
    if (to >= 0 && to < m_all.size() && from != to) {
        m_all.move(from, to);
        keep();
    }
}

} // namespace countersign
