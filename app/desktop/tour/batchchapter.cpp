// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/chapters.h"
#include "views/style/tokens.h"

#include <QWidget>

#include <memory>

namespace countersign {

namespace {

constexpr int atLeastTogether = 3;

/// Of a kind of which several wait, and that may be decided together.
TourStage::Wanted isOneOfSeveral(TourStage &stage)
{
    const InboxModel &inbox = stage.application().inbox();
    return [&inbox, approvable = TourStage::canTake(DecisionKind::Approve)](const InboxRow &row) {
        int alike = 0;
        for (int i = 0; i < inbox.rowCount(); ++i) {
            const InboxRow other = inbox.rowAt(i);
            alike += other.state == CaseState::Waiting && other.action == row.action
                    && other.caseType == row.caseType
                ? 1
                : 0;
        }
        return approvable(row) && row.risk != Risk::Unknown && alike >= atLeastTogether;
    };
}

} // namespace

void addBatchChapter(TourStage &stage)
{
    const BatchModel &batch = stage.application().batch();
    const auto chosen = std::make_shared<QSet<CaseId>>();
    const auto shownFor = std::make_shared<QElapsedTimer>();
    stage.guide().add(
        {.name = QStringLiteral("batch"),
         .ready = stage.at(isOneOfSeveral(stage)),
         .act = []() -> void { TourGuide::press(Qt::Key_L); },
         .until = [&batch, chosen, shownFor]() -> bool {
             const auto &items = batch.summary().decidable;
             if (batch.isReading() || items.size() < atLeastTogether) {
                 return false;
             }
             for (const auto &item : items) {
                 chosen->insert(item.id);
             }
             shownFor->start();
             return true;
         },
         .missing = QStringLiteral("the panel does not sum up the cases that are alike")});
    stage.guide().add(
        {.name = QStringLiteral("batch-approved"),
         .ready = [shownFor, &stage]() -> bool {
             return shownFor->hasExpired(style::armMs * 3 / 2) && stage.reachList();
         },
         .act = []() -> void { TourGuide::press(Qt::Key_A); },
         .until = [&stage, chosen]() -> bool {
             bool all = true;
             for (const CaseId &id : *chosen) {
                 all = stage.effectOn(id, QStringLiteral("approve")).isObject() && all;
             }
             return all;
         },
         .missing = QStringLiteral("the agent's log lacks an effect for one of them")});
}

} // namespace countersign
