// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

namespace countersign {

/// Builds many small widgets without holding up the window: some at once, the rest in slices of a
/// few milliseconds.
class BuildQueue final : public QObject
{
    Q_OBJECT
public:
    explicit BuildQueue(QObject *parent = nullptr);

    /// Makes one more each time it is called, and says whether there is more to make. Dropped when
    /// `owner` goes. What is added while another runs comes first.
    using Step = std::function<bool()>;
    void add(QObject *owner, const Step &step);
    /// Begins with at least `atOnce` steps.
    void run(int atOnce);
    void clear();
    [[nodiscard]] bool isDone() const { return m_work.isEmpty(); }

Q_SIGNALS:
    void paused(); ///< after each slice, the last one too

private:
    struct Work
    {
        QPointer<QObject> owner;
        Step step;
    };
    void slice(int atLeast);

    QList<Work> m_work; ///< the last one is at it
    bool m_running = false;
    QTimer m_next;
};

} // namespace countersign
