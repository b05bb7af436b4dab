// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/continued.h"
#include "views/foreigntext.h"
#include "views/inbox/caseview.h"
#include "views/inbox/decider.h"
#include "views/inbox/decisionbar.h"
#include "views/inbox/inboxlist.h"
#include "views/messagebar.h"
#include "views/words.h"

namespace countersign {

void Decider::undo()
{
    if (m_undoable.isEmpty() || m_busy) {
        return;
    }
    if (m_undoable.size() > 1) {
        undoMany();
        return;
    }
    finish<void>(
        noticeId(), m_context.decisions.undo(m_undoable.first(), m_context.person),
        [this, id = m_undoable.first()](const Result<void> &) -> void {
            m_undoable = {};
            m_undoUntil = 0;
            m_bar.dropUndo();
            if (isInPlace() || m_list.currentCase() == id) {
                openCase(id);
                return;
            }
            m_undone = {id};
            const auto row = m_context.inbox.find(id);
            m_bar.offerReturn(
                tr("Waits again: %1").arg(foreignLine(row ? row->headline : id.toString(), 80)));
        });
}

bool Decider::isInPlace() const
{
    return m_list.currentCase() == m_after && !m_view.isEditing() && !m_bar.isAsking();
}

void Decider::goBack()
{
    const QList<CaseId> undone = std::exchange(m_undone, {});
    m_bar.dropUndo();
    if (undone.size() == 1) {
        Q_EMIT caseWanted(undone.first());
    } else {
        m_list.setMarks({undone.begin(), undone.end()});
    }
}

void Decider::remember(const QList<CaseId> &ids, const QString &what, qint64 untilMs)
{
    m_undoable = ids;
    m_undoUntil = untilMs;
    m_undone = {};
    m_bar.offerUndo(what, m_context.clock.nowMs(), untilMs);
    // The list goes on once this is done.
    QMetaObject::invokeMethod(
        this, [this]() -> void { m_after = m_list.currentCase(); }, Qt::QueuedConnection);
}

/// What was decided together is selected again afterwards, unless the reviewer works elsewhere.
void Decider::undoMany()
{
    m_busy = true;
    m_bar.setBusy(true);
    const auto undone = m_context.batches.undoMany(m_undoable, m_context.person, {});
    (void)continued(undone, this, [this](const BatchReport &report) -> void {
        m_busy = false;
        m_bar.setBusy(false);
        m_undoable = {};
        m_undoUntil = 0;
        m_bar.dropUndo();
        QSet<CaseId> waiting;
        std::optional<Error> error;
        for (const BatchEntry &entry : report.entries) {
            if (entry.error) {
                error = entry.error;
            } else if (m_context.inbox.indexOf(entry.id) >= 0) {
                waiting.insert(entry.id);
            }
        }
        m_context.messages.dismiss(noticeId());
        if (error) {
            error->text = tr("%1 of %2 could not be taken back: %3")
                              .arg(words::count(report.entries.size() - waiting.size()),
                                   words::count(report.entries.size()), error->text);
            m_context.messages.show(noticeId(), *error);
        }
        if (isInPlace() || waiting.size() < 2) {
            m_list.setMarks(waiting);
            return;
        }
        m_undone = waiting.values();
        m_bar.offerReturn(tr("%n cases wait again.", nullptr, int(waiting.size())));
    });
}

} // namespace countersign
