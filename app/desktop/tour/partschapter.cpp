// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/chapters.h"

namespace countersign {

namespace {

/// A part of the question that the first part was of.
TourStage::Wanted part(int number, const std::shared_ptr<QString> &question)
{
    return [number, question](const InboxRow &row) -> bool {
        return row.of > 1 && row.part == number
            && (question->isEmpty() || row.question == *question);
    };
}

/// Whether the agent did with every part what was decided, all of it after the last decision.
bool areDone(TourStage &stage, const QList<CaseId> &parts, const QStringList &kinds)
{
    for (qsizetype i = 0; i < kinds.size(); ++i) {
        const Json line = stage.effectOn(parts.value(i), kinds.at(i));
        if (line[u"part"].toInteger() != i + 1) {
            return false;
        }
    }
    return true;
}

} // namespace

void addPartsChapter(TourStage &stage)
{
    const auto parts = std::make_shared<QList<CaseId>>();
    const auto held = [&stage, parts](int decided) -> TourStage::Question {
        return [&stage, parts, decided]() -> bool {
            const CaseId id = parts->value(decided - 1);
            stage.take(id);
            return stage.inState(id, CaseState::Held)
                && stage.log().effectOf(stage.decisionOf(id)->id.toString()).isNull();
        };
    };
    const auto question = std::make_shared<QString>();
    const auto decide = [&stage, parts, question](Qt::Key key) -> std::function<void()> {
        return [&stage, parts, question, key]() -> void {
            parts->append(stage.current());
            *question = stage.shown()->proposal.source.question;
            TourGuide::press(key);
        };
    };
    stage.guide().add({.name = QStringLiteral("parts"),
                       .ready = stage.at(part(1, question)),
                       .act = {},
                       .until = {},
                       .missing = QStringLiteral("no question asks about several actions")});
    stage.guide().add({.name = QStringLiteral("parts-one-decided"),
                       .ready = stage.at(part(1, question)),
                       .act = decide(Qt::Key_A),
                       .until = held(1),
                       .missing = QStringLiteral("the first part was not decided for itself")});
    stage.guide().add({.name = QStringLiteral("parts-two-decided"),
                       .ready = stage.at(part(2, question)),
                       .act = decide(Qt::Key_A),
                       .until = held(2),
                       .missing = QStringLiteral("the second part did not wait for the third")});
    stage.guide().add(
        {.name = QStringLiteral(".last-part"),
         .ready = stage.at(part(3, question)),
         .act = [act = decide(Qt::Key_R)]() -> void {
             act();
             TourGuide::type(QStringLiteral("Nobody on that team needs the Finance share."));
             TourGuide::press(Qt::Key_Return, Qt::ControlModifier);
         },
         .until = [&stage, parts]() -> bool {
             return areDone(
                 stage, *parts,
                 {QStringLiteral("approve"), QStringLiteral("approve"), QStringLiteral("reject")});
         },
         .missing = QStringLiteral("the agent's log does not show what was decided of each part")});
}

} // namespace countersign
