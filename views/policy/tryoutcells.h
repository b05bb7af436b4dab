// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/replaymodel.h"

#include <QStyledItemDelegate>

namespace countersign {

/// What the try-out's table and list say.
[[nodiscard]] QString replayCell(const ReplayModel &model, const QModelIndex &index);
/// A case as a line: its number, what it would do, its amount and confidence.
[[nodiscard]] QString behindLine(const CasesBehindModel &model, const QModelIndex &index);
[[nodiscard]] QString figureTitle(PolicyReplay::Figure figure); ///< "No longer reviewed"

/// The sum stands out, and so do wrong actions, in the colour of harm or help beside their sign.
class ReplayCells final : public QStyledItemDelegate
{
public:
    ReplayCells(const ReplayModel &model, QObject *parent)
        : QStyledItemDelegate(parent),
          m_model(model)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    const ReplayModel &m_model;
};

class LinesOfCases final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
};

} // namespace countersign
