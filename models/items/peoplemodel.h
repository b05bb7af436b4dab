// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QAbstractListModel>

namespace countersign {

/// Who is enrolled, by id. Reads on the store's reader thread and follows it. GUI thread.
class PeopleModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role
    {
        IdRole = Qt::UserRole + 1 ///< QString; the name is Qt::DisplayRole
    };
    explicit PeopleModel(Store &store, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QString nameOf(const PersonId &id) const; ///< empty where nobody has it

private:
    void read();

    Store &m_store;
    QList<Person> m_people;
    int m_newest = 0;
};

} // namespace countersign
