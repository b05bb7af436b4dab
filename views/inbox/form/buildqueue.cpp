// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/form/buildqueue.h"

#include <QElapsedTimer>

namespace countersign {

namespace {

constexpr qint64 sliceNs = 4'000'000; // leaves room for layout and painting in a frame

} // namespace

BuildQueue::BuildQueue(QObject *parent) : QObject(parent)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, [this]() -> void { slice(1); });
}

void BuildQueue::add(QObject *owner, const Step &step)
{
    m_work.append({owner, step});
}

void BuildQueue::run(int atOnce)
{
    slice(atOnce);
}

void BuildQueue::clear()
{
    m_work.clear();
    m_next.stop();
}

void BuildQueue::slice(int atLeast)
{
    if (m_running) {
        return; // what was added comes next anyhow
    }
    m_running = true;
    QElapsedTimer timer;
    timer.start();
    while (!m_work.isEmpty() && (atLeast > 0 || timer.nsecsElapsed() < sliceNs)) {
        --atLeast;
        const Work work = m_work.last();
        const qsizetype at = m_work.size() - 1;
        const bool more = work.owner && work.step();
        if (!more && at < m_work.size()) {
            m_work.removeAt(at);
        }
    }
    m_running = false;
    if (!m_work.isEmpty()) {
        m_next.start(0);
    }
    Q_EMIT paused();
}

} // namespace countersign
