// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/tryoutcells.h"

#include "views/foreigntext.h"
#include "views/policy/pastwords.h"
#include "views/policy/tryoutview.h"
#include "views/words.h"

namespace countersign {

namespace {

QString signedCount(qint64 count)
{
    return count == 0 ? QStringLiteral("–") : QStringLiteral("+%1").arg(words::count(count));
}

} // namespace

QString replayCell(const ReplayModel &model, const QModelIndex &index)
{
    const PolicyReplay::Row &row = model.at(index.row());
    switch (index.column()) {
    case ReplayModel::KindColumn:
        return ReplayModel::isTotal(index.row())
            ? TryOutView::tr("All")
            : pastwords::kind(row.action, row.caseType, row.isRest);
    case ReplayModel::CasesColumn:
        return words::count(row.cases);
    case ReplayModel::BeforeColumn:
    case ReplayModel::AfterColumn:
        return words::count(row.figures[*ReplayModel::figureOf(index.column())]);
    case ReplayModel::ReleasedColumn:
        return pastwords::money(row.released);
    case ReplayModel::HeldColumn:
        return pastwords::money(row.held);
    default:
        return signedCount(row.figures[*ReplayModel::figureOf(index.column())]);
    }
}

QString behindLine(const CasesBehindModel &model, const QModelIndex &index)
{
    const CaseRow &row = model.at(index.row());
    QStringList parts{row.id.toString(), foreignLine(row.headline, 160)};
    if (row.impact.amount) {
        parts.append(words::amount(row.impact));
    }
    if (row.confidence) {
        parts.append(words::confidence(row.confidence));
    }
    return parts.join(QStringLiteral(" · "));
}

QString figureTitle(PolicyReplay::Figure figure)
{
    switch (figure) {
    case PolicyReplay::ReviewedBefore:
        return TryOutView::tr("Reviewed under the policy in force");
    case PolicyReplay::ReviewedAfter:
        return TryOutView::tr("Reviewed with the draft");
    case PolicyReplay::MoreReviews:
        return TryOutView::tr("Reviewed only with the draft");
    case PolicyReplay::FewerReviews:
        return TryOutView::tr("No longer reviewed");
    case PolicyReplay::WrongCaught:
        return TryOutView::tr("Wrong, and caught by the draft");
    case PolicyReplay::WrongLetThrough:
        return TryOutView::tr("Wrong, and let through by the draft");
    case PolicyReplay::Blocked:
        return TryOutView::tr("Newly blocked");
    case PolicyReplay::Released:
        return TryOutView::tr("Newly goes by itself");
    case PolicyReplay::Held:
        return TryOutView::tr("Newly waits, or is blocked");
    default:
        return TryOutView::tr("No longer blocked");
    }
}

void ReplayCells::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const PolicyReplay::Row &row = m_model.at(index.row());
    if (ReplayModel::isTotal(index.row())) {
        option->font = style::font(style::Type::Strong, option->font);
    }
    const bool harm = index.column() == ReplayModel::LetThroughColumn
        && row.figures[PolicyReplay::WrongLetThrough] > 0;
    const bool help
        = index.column() == ReplayModel::CaughtColumn && row.figures[PolicyReplay::WrongCaught] > 0;
    if ((harm || help) && !(option->state & QStyle::State_Selected)) {
        option->palette.setColor(
            QPalette::Text,
            style::color(harm ? style::Role::Reject : style::Role::Accept, option->palette));
    }
}

QSize LinesOfCases::sizeHint(const QStyleOptionViewItem &option,
                             const QModelIndex & /*index*/) const
{
    return {0, option.fontMetrics.height() + style::tableRowPadding};
}

} // namespace countersign
