// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/partssection.h"

#include "domain/headline.h"
#include "views/foreigntext.h"
#include "views/inbox/form/argumentstable.h"
#include "views/inbox/sections/pieces.h"
#include "views/style/icons.h"
#include "views/words.h"

namespace countersign {

using namespace pieces;

namespace {

constexpr int mostParts = 50; // on the page; more are in the list

QString standing(const Case &part)
{
    return part.decision && part.state != CaseState::Waiting ? words::past(part.decision->kind)
                                                             : words::of(part.state);
}

int decidedOf(const QList<Case> &parts)
{
    return int(std::count_if(parts.cbegin(), parts.cend(), [](const Case &part) -> bool {
        return part.decision && part.state != CaseState::Waiting;
    }));
}

} // namespace

PartsSection::PartsSection(const CaseContext &context)
    : CaseSection(context, tr("Parts of one question"), QStringLiteral("parts"))
{
}

void PartsSection::refresh(bool /*another*/)
{
    clear();
    const int of = shown().proposal.source.of;
    setVisible(of > 1);
    if (of <= 1) {
        m_unfolded.clear();
        return;
    }
    if (m_question != shown().proposal.source.question) {
        m_question = shown().proposal.source.question;
        m_unfolded.clear();
    }
    const QList<Case> &parts = m_context.model.parts();
    const int decided = decidedOf(parts);
    auto *progress = new PlainLabel(
        decided < of ? tr("%1 of %2 decided. All answers go out together when the last part is "
                          "decided.")
                           .arg(decided)
                           .arg(of)
                     : tr("%1 of %2 decided.").arg(decided).arg(of),
        style::Type::Body);
    progress->setObjectName(QStringLiteral("partsProgress"));
    body()->addWidget(progress);
    addWarning();
    for (const Case &part : parts.mid(0, mostParts)) {
        body()->addWidget(partRow(part));
    }
    body()->addWidget(makeHairline());
}

void PartsSection::addWarning()
{
    if (!shown().proposal.rejectCancelsSiblings) {
        return;
    }
    QStringList rejected;
    for (const Case &part : m_context.model.parts()) {
        if (part.state == CaseState::Held && part.decision
            && part.decision->kind == DecisionKind::Reject) {
            rejected.append(QString::number(part.proposal.source.part));
        }
    }
    const QString text = rejected.isEmpty()
        ? tr("On this server, rejecting one part cancels its approved siblings.")
        : tr("Part %1 is rejected: on this server, nothing that is approved here will run.")
              .arg(rejected.join(QStringLiteral(", ")));
    body()->addWidget(marked(QStringLiteral("warning"), style::Role::Caution,
                             new PlainLabel(text, style::Type::Body)));
}

QWidget *PartsSection::partRow(const Case &part)
{
    const bool current = part.id == shown().id;
    const bool open = !current && m_unfolded.contains(part.id);
    auto *row = new QWidget;
    row->setObjectName(QStringLiteral("part"));
    auto *column = new QVBoxLayout(row);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::unit);
    auto *line = new QHBoxLayout;
    line->setSpacing(style::gap);
    const QString name = tr("%1. %2")
                             .arg(part.proposal.source.part)
                             .arg(foreignLine(headlineOf(part.proposal), 80));
    line->addWidget(makeSymbol(style::symbolName(part.state), style::roleOf(part.state)), 0,
                    Qt::AlignVCenter);
    line->addWidget(new PlainLabel(name, current ? style::Type::Strong : style::Type::Body), 1);
    auto *state = muted(standing(part), style::Type::Body);
    state->setWordWrap(false);
    line->addWidget(state, 0, Qt::AlignVCenter);
    if (current) {
        auto *here = muted(tr("on this page"), style::Type::Body);
        here->setWordWrap(false);
        here->setRole(style::Role::Info);
        line->addWidget(here, 0, Qt::AlignVCenter);
    } else {
        auto *fold = new KeyButton(
            open ? tr("Fold") : tr("Look"),
            open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), {});
        fold->setAccessibleDescription(name);
        fold->setObjectName(QStringLiteral("look.") + part.id.toString());
        connect(
            fold, &QPushButton::clicked, this,
            [this, id = part.id, open]() -> void {
                if (open) {
                    m_unfolded.remove(id);
                } else {
                    m_unfolded.insert(id);
                }
                refresh(false);
                // What is new in a layout is shown in the loop's next turn; the one before is gone
                // then.
                QMetaObject::invokeMethod(
                    this,
                    [this, id]() -> void {
                        const auto again
                            = findChildren<KeyButton *>(QStringLiteral("look.") + id.toString());
                        if (!again.isEmpty()) {
                            again.last()->setFocus(Qt::OtherFocusReason);
                        }
                    },
                    Qt::QueuedConnection);
            },
            Qt::QueuedConnection); // it goes with its row
        auto *go
            = new KeyButton(part.state == CaseState::Waiting ? tr("Decide") : tr("Open"), {}, {});
        go->setAccessibleDescription(name);
        connect(
            go, &QPushButton::clicked, this,
            [this, id = part.id]() -> void { Q_EMIT caseChosen(id); }, Qt::QueuedConnection);
        line->addWidget(fold, 0, Qt::AlignVCenter);
        line->addWidget(go, 0, Qt::AlignVCenter);
    }
    column->addLayout(line);
    if (open) {
        auto *ground = new AgentGround(QString());
        if (!part.proposal.question.isEmpty()) {
            addForeign(ground->body(), part.proposal.question);
        }
        auto *table = new ArgumentsTable;
        table->show(part.proposal.arguments, m_context.model.argumentVerdict(part.id));
        ground->body()->addWidget(table);
        if (part.decision && part.decision->kind == DecisionKind::Edit && part.decision->arguments
            && part.state != CaseState::Waiting) {
            addChanges(ground->body(), part.proposal.arguments, *part.decision->arguments);
        }
        column->addWidget(ground);
    }
    return row;
}

} // namespace countersign
