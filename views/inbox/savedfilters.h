// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxfilter.h"

#include <QObject>

class QSettings;

namespace countersign {

struct SavedFilter
{
    QString name; ///< the person's own words
    InboxFilter filter;
};

/// The filters that a person has given names to, in the order they want; kept in the profile's
/// settings with every change. Names are unique, whatever their case.
class SavedFilters final : public QObject
{
    Q_OBJECT
public:
    /// `settings` outlives this; kept under `key`.
    SavedFilters(QSettings &settings, const QString &key, QObject *parent = nullptr);

    [[nodiscard]] const QList<SavedFilter> &all() const { return m_all; }
    [[nodiscard]] int indexOf(const QString &name) const; ///< -1 where there is none
    [[nodiscard]] int find(const InboxFilter &filter) const; ///< the first that is the same, or -1
    /// Puts it in the place of the one of that name, else at the end. Its index; -1 for a name of
    /// nothing but blanks.
    int save(const QString &name, const InboxFilter &filter);
    /// False where the name is blank or another has it.
    bool rename(int index, const QString &name);
    void update(int index, const InboxFilter &filter);
    void remove(int index);
    void insert(int index, const SavedFilter &saved);
    void move(int from, int to); ///< nothing where `to` is out of bounds

Q_SIGNALS:
    void changed();

private:
    void read();
    void keep();

    QSettings &m_settings;
    QString m_key;
    QList<SavedFilter> m_all;
};

} // namespace countersign
