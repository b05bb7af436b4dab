// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/jobs.h"

#include "store/sqlite/connection.h"

namespace countersign::sqlite {

void JobQueue::push(Job job)
{
    {
        const QMutexLocker locker(&m_mutex);
        if (!m_closed) {
            m_jobs.push_back(std::move(job));
            m_arrived.wakeOne();
            return;
        }
    }
    job(nullptr);
}

std::optional<JobQueue::Job> JobQueue::take()
{
    const QMutexLocker locker(&m_mutex);
    while (m_jobs.empty() && !m_closed) {
        m_arrived.wait(&m_mutex);
    }
    if (m_jobs.empty()) {
        return std::nullopt;
    }
    Job job = std::move(m_jobs.front());
    m_jobs.pop_front();
    return job;
}

void JobQueue::close()
{
    std::deque<Job> cancelled;
    {
        const QMutexLocker locker(&m_mutex);
        m_closed = true;
        if (m_pending == Pending::Cancel) {
            cancelled.swap(m_jobs);
        }
        m_arrived.wakeAll();
    }
    for (const Job &job : cancelled) {
        job(nullptr);
    }
}

JobThread::JobThread(JobQueue &queue, Open open) : m_queue(queue), m_open(std::move(open)) { }

void JobThread::run()
{
    const std::unique_ptr<Connection> connection = m_open();
    while (auto job = m_queue.take()) {
        (*job)(connection.get());
    }
}

} // namespace countersign::sqlite
