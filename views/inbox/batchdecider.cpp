// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/batchdecider.h"

#include "domain/continued.h"
#include "views/actionregistry.h"
#include "views/inbox/batchpanel.h"
#include "views/inbox/decider.h"
#include "views/inbox/decisionbar.h"
#include "views/inbox/inboxlist.h"
#include "views/messagebar.h"
#include "views/words.h"

#include <QPointer>

namespace countersign {

BatchDecider::BatchDecider(const InboxContext &context, InboxList &list, BatchPanel &panel,
                           DecisionBar &bar, Decider &single, QObject *parent)
    : QObject(parent),
      m_context(context),
      m_list(list),
      m_panel(panel),
      m_bar(bar),
      m_single(single)
{
    const auto on = [this](const char *verb, const std::function<void()> &act) -> void {
        connect(m_context.actions.action(QStringLiteral("inbox.") + QLatin1String(verb)),
                &QAction::triggered, this, act);
    };
    on("approve", [this]() -> void { begin(DecisionKind::Approve); });
    on("sendback", [this]() -> void { begin(DecisionKind::Respond); });
    on("reject", [this]() -> void { begin(DecisionKind::Reject); });
    on("ignore", [this]() -> void { begin(DecisionKind::Ignore); });
    on("leaveout", [this]() -> void { leaveOut(); });
    connect(&bar, &DecisionBar::submitted, this,
            [this](DecisionKind kind, const QString &text) -> void { submit(kind, text); });
    connect(&bar, &DecisionBar::cancelled, this, [this]() -> void {
        if (isShown()) {
            cancel();
        }
    });
    connect(&list, &InboxList::marksChanged, this, &BatchDecider::marksChanged);
    connect(&context.batch, &BatchModel::changed, this, &BatchDecider::summaryChanged);
    connect(&panel, &BatchPanel::stopRequested, this, [this]() -> void { m_stop = true; });
    showBar();
}

void BatchDecider::marksChanged()
{
    m_looking = false;
    m_changedAt = m_context.clock.monotonicMs();
    if (m_mode == Mode::Running) {
        return; // at its end
    }
    m_bar.hint({});
    followMarks();
}

void BatchDecider::followMarks()
{
    const QList<CaseId> marked = m_list.marked();
    const bool many = marked.size() > 1;
    m_context.batch.select(many ? marked : QList<CaseId>());
    setMode(many && !m_looking ? Mode::Many : Mode::One);
    if (many) {
        m_panel.showSummary(m_context.batch);
    }
}

void BatchDecider::summaryChanged(bool another)
{
    if (another) {
        m_changedAt = m_context.clock.monotonicMs();
    }
    if (m_mode == Mode::Many) {
        m_panel.showSummary(m_context.batch);
        showBar();
    }
}

void BatchDecider::setMode(Mode mode)
{
    const bool was = isShown();
    if (mode != m_mode) {
        m_mode = mode;
        m_bar.closeEditor();
    }
    m_single.setSuspended(isShown());
    if (was != isShown()) {
        Q_EMIT shownChanged(isShown());
    }
    if (m_looking) {
        m_bar.hint(tr("Only this case. Esc goes back to the %n selected.", nullptr,
                      int(m_list.marks().size())));
    }
    showBar();
}

void BatchDecider::showBar()
{
    const bool many = m_mode == Mode::Many;
    m_context.actions.action(QStringLiteral("inbox.leaveout"))
        ->setEnabled(many && !m_context.batch.summary().apart.isEmpty());
    if (isShown()) {
        m_bar.showMany(many ? m_context.batch.summary().allowed : AllowedDecisions());
    }
}

bool BatchDecider::armed()
{
    const bool ready = !m_context.batch.isReading()
        && m_context.clock.monotonicMs() - m_changedAt >= style::armMs;
    m_bar.hint(ready ? QString()
                     : tr("The selection has only just changed. Look at it, then decide again."));
    return ready;
}

void BatchDecider::begin(DecisionKind kind)
{
    const BatchSummary &summary = m_context.batch.summary();
    if (m_mode != Mode::Many || !summary.allowed.testFlag(kind) || !armed() || m_bar.isAsking()) {
        return;
    }
    if (kind == DecisionKind::Approve || kind == DecisionKind::Ignore) {
        send(kind, {});
    } else {
        m_bar.askMany(kind, summary.allowed,
                      kind == DecisionKind::Reject && summary.cancelsSiblings);
    }
}

void BatchDecider::submit(DecisionKind kind, const QString &text)
{
    if (m_mode != Mode::Many || !armed()) {
        return;
    }
    if (text.trimmed().isEmpty()) {
        m_bar.hint(kind == DecisionKind::Reject ? tr("Say in a few words why they are rejected.")
                                                : tr("Say in a few words what to do instead."));
        return;
    }
    send(kind, text.trimmed());
}

void BatchDecider::send(DecisionKind kind, const QString &message)
{
    BatchRequest request;
    for (const BatchSummary::Item &item : m_context.batch.summary().decidable) {
        request.cases.append({item.id, item.digest});
    }
    request.kind = kind;
    request.message = message;
    request.person = m_context.person;
    m_stop = false;
    m_context.batch.pause(true);
    setMode(Mode::Running);
    m_bar.setBusy(true);
    const QPointer<BatchDecider> self(this);
    const auto progress = [self, kind](qsizetype done, qsizetype of) -> bool {
        return self && self->goOn(kind, done, of);
    };
    (void)continued(m_context.batches.decideMany(request, progress), this,
                    [this, kind](const BatchReport &report) -> void { finish(kind, report); });
}

bool BatchDecider::goOn(DecisionKind kind, qsizetype done, qsizetype of)
{
    if (done < of) {
        m_panel.showProgress(words::under(kind), done, of);
    }
    return !m_stop;
}

void BatchDecider::finish(DecisionKind kind, const BatchReport &report)
{
    m_bar.setBusy(false);
    QList<CaseId> decided;
    QSet<CaseId> rest = m_list.marks();
    qsizetype partly = 0;
    for (const BatchEntry &entry : report.entries) {
        if (!entry.error) {
            decided.append(entry.id);
            rest.remove(entry.id);
            partly += entry.receipt.approval ? 1 : 0;
        }
    }
    const bool all = decided.size() == report.entries.size();
    QString past = tr("%1: %2 cases", nullptr, int(decided.size()))
                       .arg(words::past(kind), words::count(decided.size()));
    if (partly > 0) {
        past = tr("%1, %2 of them wait for other approvals").arg(past, words::count(partly));
    }
    m_list.setMarks(rest);
    m_context.batch.pause(false);
    if (!decided.isEmpty()) {
        m_single.remember(decided, past, report.sendAtMs);
    }
    if (all) {
        followMarks();
        m_list.selectNextWaiting(decided.last());
    } else {
        const InboxModel &inbox = m_context.inbox;
        m_panel.showOutcome(past, report, [&inbox](const CaseId &id) -> QString {
            const auto row = inbox.find(id);
            return row ? row->headline : id.toString();
        });
        setMode(Mode::Outcome);
    }
    m_list.setFocus(Qt::OtherFocusReason);
}

void BatchDecider::leaveOut()
{
    if (m_mode != Mode::Many) {
        return;
    }
    QSet<CaseId> rest = m_list.marks();
    for (const BatchApart &one : m_context.batch.summary().apart) {
        rest.remove(one.id);
    }
    m_list.setMarks(rest);
}

void BatchDecider::look()
{
    m_looking = m_list.marks().size() > 1;
    if (m_mode == Mode::Many || m_mode == Mode::Outcome) {
        setMode(Mode::One);
    }
}

bool BatchDecider::cancel()
{
    if (isShown() && m_bar.isAsking()) {
        m_bar.closeEditor();
        m_bar.hint({});
        showBar();
        m_list.setFocus(Qt::OtherFocusReason);
    } else if (m_mode == Mode::Running) {
        m_stop = true;
    } else if (m_mode == Mode::Outcome || m_looking) {
        m_looking = false;
        m_changedAt = m_context.clock.monotonicMs();
        m_bar.hint({});
        followMarks();
    } else if (!m_list.marks().isEmpty()) {
        m_list.setMarks({});
    } else {
        return false;
    }
    return true;
}

} // namespace countersign
