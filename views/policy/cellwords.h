// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIdentityProxyModel>

#include <functional>

namespace countersign {

/// A model's raw values as the words that people read, so that a table is seen and heard alike.
/// Rows and columns are the model's own.
class CellWords final : public QIdentityProxyModel
{
public:
    using Words = std::function<QString(const QModelIndex &)>; ///< of an index of the source
    using IsNumber = std::function<bool(int column)>; ///< it stands at the right

    CellWords(QAbstractItemModel &source, Words words, IsNumber isNumber, QObject *parent)
        : QIdentityProxyModel(parent),
          m_words(std::move(words)),
          m_isNumber(std::move(isNumber))
    {
        setSourceModel(&source);
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::DisplayRole && index.isValid()) {
            return m_words(mapToSource(index));
        }
        if (role == Qt::TextAlignmentRole && index.isValid()) {
            return alignment(index.column());
        }
        return QIdentityProxyModel::data(index, role);
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override
    {
        return role == Qt::TextAlignmentRole && orientation == Qt::Horizontal
            ? alignment(section)
            : QIdentityProxyModel::headerData(section, orientation, role);
    }

private:
    [[nodiscard]] QVariant alignment(int column) const
    {
        return int((m_isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    Words m_words;
    IsNumber m_isNumber;
};

} // namespace countersign
