// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QThread>
#include <QWaitCondition>

#include <deque>
#include <functional>
#include <optional>

namespace countersign::sqlite {

class Connection;

/// Work for the threads of a store. Thread-safe.
class JobQueue
{
public:
    /// Gets the connection of the thread it runs on, or null where it is cancelled instead.
    using Job = std::function<void(Connection *)>;
    enum class Pending
    {
        Finish, ///< at the end, do what was asked for
        Cancel ///< at the end, answer what has not begun
    };

    explicit JobQueue(Pending pending) : m_pending(pending) { }
    void push(Job job); ///< cancelled at once where the queue is closed
    [[nodiscard]] std::optional<Job> take(); ///< waits; nothing once closed and empty
    void close();

private:
    const Pending m_pending;
    QMutex m_mutex;
    QWaitCondition m_arrived;
    std::deque<Job> m_jobs;
    bool m_closed = false;
};

/// Runs jobs on a connection of its own until the queue is closed. Where the connection cannot be
/// opened, every job is cancelled.
class JobThread final : public QThread
{
public:
    using Open = std::function<std::unique_ptr<Connection>()>;
    JobThread(JobQueue &queue, Open open);

protected:
    void run() override;

private:
    JobQueue &m_queue;
    Open m_open;
};

} // namespace countersign::sqlite
