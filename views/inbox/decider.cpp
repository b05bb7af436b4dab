// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/decider.h"

#include "domain/continued.h"
#include "domain/headline.h"
#include "views/actionregistry.h"
#include "views/foreigntext.h"
#include "views/inbox/caseview.h"
#include "views/inbox/decisionbar.h"
#include "views/inbox/form/argumentsform.h"
#include "views/inbox/inboxlist.h"
#include "views/inbox/lookwatch.h"
#include "views/inbox/sections/workspacesection.h"
#include "views/messagebar.h"
#include "views/style/tokens.h"
#include "views/words.h"

namespace countersign {

namespace {

QString whatWas(DecisionKind kind, const Case &decided)
{
    return Decider::tr("%1: %2").arg(words::past(kind),
                                     foreignLine(headlineOf(decided.proposal), 80));
}

/// When the answer goes out; 0 while it waits for its other parts.
qint64 holdEnd(const CaseModel &model)
{
    qint64 end = 0;
    for (const Case &part : model.parts()) {
        if (!part.decision || part.decision->sendAtMs == 0) {
            return 0;
        }
        end = qMax(end, part.decision->sendAtMs);
    }
    return end;
}

} // namespace

Decider::Decider(const InboxContext &context, InboxList &list, CaseView &view, DecisionBar &bar,
                 LookWatch &look, QObject *parent)
    : QObject(parent),
      m_context(context),
      m_list(list),
      m_view(view),
      m_bar(bar),
      m_look(look),
      m_changedAt(context.clock.monotonicMs())
{
    const auto on = [this](const char *verb, const std::function<void()> &act) -> void {
        connect(m_context.actions.action(QStringLiteral("inbox.") + QLatin1String(verb)),
                &QAction::triggered, this, act);
    };
    on("approve", [this]() -> void { begin(DecisionKind::Approve); });
    on("edit", [this]() -> void { begin(DecisionKind::Edit); });
    on("sendback", [this]() -> void { begin(DecisionKind::Respond); });
    on("reject", [this]() -> void { begin(DecisionKind::Reject); });
    on("ignore", [this]() -> void { begin(DecisionKind::Ignore); });
    on("repair", [this]() -> void { repair(); });
    on("undo", [this]() -> void { undo(); });
    on("return", [this]() -> void { goBack(); });
    connect(&view.workspace(), &WorkspaceSection::sendBackRequested, this,
            [this]() -> void { begin(DecisionKind::Respond); });
    connect(&context.detail, &CaseModel::changed, this, &Decider::contentChanged);
    connect(&bar, &DecisionBar::submitted, this, &Decider::submitWords);
    connect(&bar, &DecisionBar::editSubmitted, this, &Decider::submitEdit);
    connect(&bar, &DecisionBar::cancelled, this, [this]() -> void { cancel(); });
    for (ArgumentsForm *form : view.forms()) {
        connect(form, &ArgumentsForm::changed, this, &Decider::editChanged);
        connect(form, &ArgumentsForm::judged, this, [this]() -> void {
            if (m_submitWhenJudged && m_view.isEditing()) {
                submitEdit();
            }
        });
    }
    registerActions();
    m_bar.dropUndo();
    showBar();
}

void Decider::setSuspended(bool suspended)
{
    if (suspended == m_suspended) {
        return;
    }
    cancel();
    m_suspended = suspended;
    m_changedAt = m_context.clock.monotonicMs();
    showBar();
}

void Decider::contentChanged(bool another)
{
    if (m_suspended) {
        return;
    }
    if (another) {
        m_changedAt = m_context.clock.monotonicMs();
        m_bar.closeEditor();
        m_bar.hint({});
    }
    const auto &shown = m_context.detail.current();
    if (shown && m_undone == QList<CaseId>{shown->id}) {
        m_undone = {};
        m_bar.dropUndo();
    }
    const bool undoable = shown && m_undoable.contains(shown->id);
    if (shown && shown->decision && shown->state == CaseState::Held
        && (!undoable || m_undoable.size() == 1)) {
        m_undoable = {shown->id};
        m_undoUntil = holdEnd(m_context.detail);
        const QString past = whatWas(shown->decision->kind, *shown);
        m_bar.offerUndo(m_undoUntil > 0 ? tr("%1. Not sent yet.").arg(past)
                                        : tr("%1. Goes out with the last part.").arg(past),
                        shown->decision->decidedMs, m_undoUntil);
    } else if (undoable && m_undoable.size() == 1 && shown->state != CaseState::Held
               && shown->approvals.isEmpty()) {
        m_undoable = {};
        m_bar.dropUndo();
    }
    showBar();
}

bool Decider::armed()
{
    const bool ready = m_context.clock.monotonicMs() - m_changedAt >= style::armMs && !m_busy;
    m_bar.hint(ready ? QString()
                     : tr("This case has only just appeared. Look at it, then decide again."));
    return ready;
}

const Case *Decider::waiting() const
{
    const auto &shown = m_context.detail.current();
    const bool open = shown
        && (shown->state == CaseState::Waiting
            || (shown->state == CaseState::Marked && shown->purpose == Purpose::SpotCheck));
    return !m_suspended && open ? &*shown : nullptr;
}

void Decider::begin(DecisionKind kind)
{
    const Case *shown = waiting();
    if (!shown || !DecisionBar::offered(*shown).testFlag(kind) || !armed() || m_view.isEditing()
        || m_bar.isAsking()) {
        return;
    }
    if (shown->purpose == Purpose::SpotCheck) {
        if (kind == DecisionKind::Approve) {
            mark(*shown, kind, {});
        } else {
            m_bar.ask(kind, *shown);
        }
        return;
    }
    if (m_context.detail.isVeiled()) {
        commit(*shown, kind);
        return;
    }
    if (const QString why = lack(*shown, kind); !why.isEmpty()) {
        m_bar.hint(why);
        return;
    }
    switch (kind) {
    case DecisionKind::Approve:
        approve(*shown);
        break;
    case DecisionKind::Ignore:
        if (m_context.decisions.needsReason(*shown, kind)) {
            m_bar.ask(kind, *shown);
        } else {
            send(*shown, kind, {}, std::nullopt);
        }
        break;
    case DecisionKind::Respond:
        if (m_view.beginAnswer()) {
            m_submitWhenJudged = false;
            showBar();
            editChanged();
            break;
        }
        [[fallthrough]];
    case DecisionKind::Reject:
        m_bar.ask(kind, *shown);
        break;
    case DecisionKind::Edit:
        m_submitWhenJudged = false;
        m_view.setEditing(true);
        showBar();
        editChanged();
        break;
    }
}

std::optional<ArtifactWork> Decider::work()
{
    const auto work = m_view.workspace().work();
    if (!work) {
        m_bar.hint(work.error().text);
        return std::nullopt;
    }
    return *work;
}

bool Decider::leavesNothingBehind(const ArtifactWork &work)
{
    if (!work.comments.isEmpty()) {
        m_bar.hint(tr("Your comments go along only when it is sent back. Send it back, or remove "
                      "them first."));
    }
    return work.comments.isEmpty();
}

/// With what was changed in the workspace: what is on the screen is what goes out.
void Decider::approve(const Case &shown)
{
    const auto done = work();
    if (!done || !leavesNothingBehind(*done)) {
        return;
    }
    const DecisionKind kind = done->content ? DecisionKind::Edit : DecisionKind::Approve;
    if (!shown.proposal.allowed.testFlag(kind)) {
        m_bar.hint(tr("This agent takes no changes. Send it back, or discard your changes first."));
    } else if (m_context.decisions.needsReason(shown, kind)) {
        m_bar.ask(kind, shown);
    } else if (kind == DecisionKind::Edit) {
        send(shown, kind, {}, shown.proposal.arguments, *done);
    } else {
        send(shown, kind, {}, std::nullopt);
    }
}

void Decider::submitWords(DecisionKind kind, const QString &text)
{
    const Case *shown = waiting();
    if (!shown || !armed()) {
        return;
    }
    if (shown->purpose == Purpose::SpotCheck) {
        if (text.trimmed().isEmpty()) {
            m_bar.hint(tr("Say in a few words what is not right."));
        } else {
            mark(*shown, kind, text.trimmed());
        }
        return;
    }
    const bool edits = kind == DecisionKind::Edit;
    const auto done = kind == DecisionKind::Respond || edits ? work() : ArtifactWork();
    if (!done) {
        return;
    }
    if (text.trimmed().isEmpty() && (kind != DecisionKind::Respond || done->isEmpty())) {
        m_bar.hint(kind == DecisionKind::Reject ? tr("Say in a few words why it is rejected.")
                       : kind == DecisionKind::Respond
                       ? tr("Say in a few words what to do instead.")
                       : tr("The risk is high: say in a few words why."));
        return;
    }
    send(*shown, kind, text.trimmed(), edits ? m_view.form().draft().current() : std::nullopt,
         *done);
}

template <class T>
void Decider::finish(const QString &id, QFuture<Result<T>> future,
                     std::function<void(const Result<T> &)> then)
{
    m_busy = true;
    m_bar.setBusy(true);
    continued(future, this, [this, id, then = std::move(then)](const Result<T> &result) -> void {
        m_busy = false;
        m_bar.setBusy(false);
        if (result) {
            m_context.messages.dismiss(id);
            then(result);
        } else {
            m_context.messages.show(id, result.error());
        }
    });
}

void Decider::send(const Case &shown, DecisionKind kind, const QString &message,
                   const std::optional<Json> &arguments, const ArtifactWork &work)
{
    DecisionRequest request;
    request.caseId = shown.id;
    request.digest = shown.digest;
    request.kind = kind;
    request.message = message;
    request.arguments = arguments;
    request.work = work;
    request.person = m_context.person;
    request.look = m_look.look(toWord(kind));
    request.look->blind = m_context.detail.ownAnswer().has_value();
    const QString what = whatWas(kind, shown);
    finish<DecisionReceipt>(
        noticeId(), m_context.decisions.decide(request),
        [this, id = shown.id, kind, what](const Result<DecisionReceipt> &receipt) -> void {
            m_look.answered(toWord(kind));
            decided(id, what, *receipt);
        });
}

void Decider::decided(const CaseId &id, const QString &what, const DecisionReceipt &receipt)
{
    const bool fromList = m_list.hasFocus();
    m_view.forgetDraft(id);
    m_bar.closeEditor();
    m_undoable = receipt.checked ? QList<CaseId>() : QList<CaseId>{id};
    const qint64 now = m_context.clock.nowMs();
    if (receipt.checked) {
        m_bar.dropUndo();
        m_context.messages.show({.id = QStringLiteral("inbox.checked"),
                                 .level = Notice::Level::News,
                                 .text = receipt.checked->text});
    } else if (receipt.approval) {
        m_undoUntil = 0;
        m_bar.offerUndo(tr("%1. %2 of %3 approvals; goes out with the last.")
                            .arg(what)
                            .arg(receipt.approval->given)
                            .arg(receipt.approval->of),
                        now, 0);
    } else if (receipt.state == DecisionState::WaitingForParts) {
        m_undoUntil = 0;
        m_bar.offerUndo(tr("%1. %2 of %3 parts decided; goes out with the last.")
                            .arg(what)
                            .arg(receipt.decided)
                            .arg(receipt.of),
                        now, 0);
    } else {
        m_undoUntil = receipt.sendAtMs;
        m_bar.offerUndo(what, now, receipt.sendAtMs);
    }
    m_undone = {};
    if (const CaseId sibling = nextPart(id); !sibling.isEmpty()) {
        openCase(sibling);
    } else {
        m_list.selectNextWaiting(id);
    }
    m_after = m_list.currentCase();
    if (!fromList) {
        m_list.setFocus(Qt::OtherFocusReason);
    }
    m_view.setEditing(false);
    showBar();
}

void Decider::repair()
{
    const auto &shown = m_context.detail.current();
    if (!m_suspended && shown && shown->state == CaseState::Trouble && armed()) {
        finish<void>(
            noticeId(), m_context.decisions.repair(shown->id, m_context.person),
            [this](const Result<void> &) -> void { m_bar.hint(tr("The repair is on its way.")); });
    }
}

bool Decider::cancel()
{
    const bool open = !m_suspended && (m_bar.isAsking() || m_view.isEditing());
    if (open) {
        m_bar.closeEditor();
        m_bar.hint({});
        m_view.setEditing(false);
        showBar();
        m_list.setFocus(Qt::OtherFocusReason);
    }
    return open;
}

void Decider::tick()
{
    if (m_undoUntil > 0 && m_context.clock.nowMs() >= m_undoUntil) {
        m_undoUntil = 0;
        m_undoable = {};
        m_bar.dropUndo();
    }
    m_bar.tick();
}

void Decider::showBar()
{
    if (!m_suspended) {
        m_bar.show(m_context.detail.current(),
                   !m_view.isEditing()        ? std::nullopt
                       : m_view.isAnswering() ? std::optional(DecisionKind::Respond)
                                              : std::optional(DecisionKind::Edit));
        showParts();
    }
}

template void Decider::finish<void>(const QString &, QFuture<Result<void>>,
                                    std::function<void(const Result<void> &)>);

} // namespace countersign
