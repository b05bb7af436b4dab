// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/lookmeter.h"

namespace countersign {

LookMeter::LookMeter(const Clock &clock) : m_clock(clock) { }

void LookMeter::pause()
{
    if (m_since) {
        m_seen[m_shown].ms += m_clock.monotonicMs() - *m_since;
        m_since.reset();
    }
}

void LookMeter::show(const CaseId &id, qint64 size)
{
    if (id != m_shown) {
        pause();
        m_shown = id;
        setActive(m_active);
    }
    if (!id.isEmpty()) {
        m_seen[id].size = size;
    }
}

void LookMeter::setActive(bool active)
{
    m_active = active;
    if (!active) {
        pause();
    } else if (!m_since && !m_shown.isEmpty()) {
        m_since = m_clock.monotonicMs();
    }
}

void LookMeter::open(const QString &section)
{
    if (!m_shown.isEmpty() && !m_seen[m_shown].opened.contains(section)) {
        m_seen[m_shown].opened.append(section);
    }
}

Look LookMeter::look(const QString &answer) const
{
    const Seen seen = m_seen.value(m_shown);
    const qint64 running = m_since ? m_clock.monotonicMs() - *m_since : 0;
    return {.lookMs = seen.ms + running,
            .size = seen.size,
            .opened = seen.opened,
            .streak = answer == m_lastAnswer ? m_streak + 1 : 1};
}

void LookMeter::answered(const QString &answer)
{
    m_streak = answer == m_lastAnswer ? m_streak + 1 : 1;
    m_lastAnswer = answer;
    const qint64 size = m_seen.take(m_shown).size;
    m_seen[m_shown].size = size;
    m_since.reset();
    setActive(m_active);
}

} // namespace countersign
