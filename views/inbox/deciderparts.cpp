// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/decider.h"

#include "domain/authority.h"
#include "views/actionregistry.h"
#include "views/inbox/caseview.h"
#include "views/inbox/decisionbar.h"
#include "views/inbox/form/argumentsform.h"
#include "views/inbox/inboxlist.h"

// The parts of one question, and what is done within a form.

namespace countersign {

void Decider::registerActions()
{
    const auto add = [this](const char *verb, const QString &text, const QKeySequence &keys,
                            const char *place, const std::function<void()> &act) -> void {
        QAction *action
            = m_context.actions.add({.id = QStringLiteral("inbox.") + QLatin1String(verb),
                                     .text = text,
                                     .keys = keys.isEmpty() ? QList<QKeySequence>() : QList{keys},
                                     .place = QLatin1String(place),
                                     .group = tr("Inbox")});
        connect(action, &QAction::triggered, this, act);
    };
    add("nextpart", tr("Next part of the question"), QKeySequence(Qt::CTRL | Qt::Key_PageDown),
        "inbox.list", [this]() -> void { stepPart(1); });
    add("previouspart", tr("Previous part of the question"),
        QKeySequence(Qt::CTRL | Qt::Key_PageUp), "inbox.list", [this]() -> void { stepPart(-1); });
    add("fault", tr("Go to what is wrong"), QKeySequence(Qt::Key_F8), "",
        [this]() -> void { m_view.form().focusFault(); });
    add("resetfield", tr("Reset the field"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R), "",
        [this]() -> void { m_view.form().resetFocused(); });
    add("resetall", tr("Reset all changes"), {}, "",
        [this]() -> void { m_view.form().resetAll(); });
}

CaseId Decider::nextPart(const CaseId &after) const
{
    const QList<Case> &parts = m_context.detail.parts();
    qsizetype at = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        at = parts.at(i).id == after ? i : at;
    }
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const Case &part = parts.at((at + i) % parts.size());
        if (part.state == CaseState::Waiting && part.id != after) {
            return part.id;
        }
    }
    return {};
}

void Decider::stepPart(int by)
{
    const QList<Case> &parts = m_context.detail.parts();
    for (qsizetype i = 0; i < parts.size() && parts.size() > 1; ++i) {
        if (parts.at(i).id == m_context.detail.id()) {
            const CaseId next = parts.at((i + by + parts.size()) % parts.size()).id;
            openCase(next); // which forgets the parts
            return;
        }
    }
}

/// A filter that hides a sibling stays as it is; the page shows it all the same.
void Decider::openCase(const CaseId &id)
{
    if (m_context.inbox.indexOf(id) >= 0) {
        m_list.select(id);
    }
    m_context.detail.open(id);
}

QString Decider::lack(const Case &shown, DecisionKind kind) const
{
    return shown.purpose == Purpose::SpotCheck
        ? QString()
        : lackOf(shown, m_context.person, kind, m_context.clock.nowMs());
}

void Decider::showParts()
{
    const auto &shown = m_context.detail.current();
    if (const Case *open = waiting()) {
        if (const QString why = lack(*open, DecisionKind::Approve); !why.isEmpty()) {
            m_bar.hint(why);
        }
    }
    const auto enable = [this](const char *verb, bool enabled) -> void {
        m_context.actions.action(QStringLiteral("inbox.") + QLatin1String(verb))
            ->setEnabled(enabled);
    };
    for (const char *verb : {"nextpart", "previouspart"}) {
        enable(verb, m_context.detail.parts().size() > 1);
    }
    for (const char *verb : {"fault", "resetfield", "resetall"}) {
        enable(verb, m_view.isEditing());
    }
    int approved = 0;
    int rejected = 0;
    for (const Case &part : m_context.detail.parts()) {
        if (shown && part.id != shown->id && part.decision && part.state == CaseState::Held) {
            const DecisionKind kind = part.decision->kind;
            approved += kind == DecisionKind::Approve || kind == DecisionKind::Edit ? 1 : 0;
            rejected += kind == DecisionKind::Reject ? 1 : 0;
        }
    }
    if (!shown || shown->proposal.source.of <= 1 || !shown->proposal.rejectCancelsSiblings) {
        m_bar.warnOfSiblings({}, {});
        return;
    }
    const QString rule = tr("On this server, rejecting one part cancels its approved siblings.");
    m_bar.warnOfSiblings(
        approved > 0 ? tr("%1 Approved so far: %2.").arg(rule).arg(approved) : rule,
        rejected > 0
            ? tr("Another part is rejected: on this server, what is approved here will not run.")
            : QString());
}

} // namespace countersign
