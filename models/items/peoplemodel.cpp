// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/peoplemodel.h"

#include "domain/continued.h"

namespace countersign {

PeopleModel::PeopleModel(Store &store, QObject *parent) : QAbstractListModel(parent), m_store(store)
{
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (changes.persons) {
            read();
        }
    });
    read();
}

int PeopleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_people.size());
}

QVariant PeopleModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_people.size()) {
        return {};
    }
    const Person &person = m_people.at(index.row());
    return role == Qt::DisplayRole ? QVariant(person.name)
        : role == IdRole           ? QVariant(person.id.toString())
                                   : QVariant();
}

QString PeopleModel::nameOf(const PersonId &id) const
{
    const auto it = std::find_if(m_people.cbegin(), m_people.cend(),
                                 [&](const Person &one) -> bool { return one.id == id; });
    return it == m_people.cend() ? QString() : it->name;
}

void PeopleModel::read()
{
    const int turn = ++m_newest;
    continued(m_store.read<QList<Person>>([](Reader &reader) { return reader.persons(); }), this,
              [this, turn](const Result<QList<Person>> &people) -> void {
                  if (turn == m_newest && people) {
                      beginResetModel();
                      m_people = *people;
                      endResetModel();
                  }
              });
}

} // namespace countersign
