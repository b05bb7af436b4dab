// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QHash>

namespace countersign {

/// How the inbox stands, for those who do not look at it.
struct InboxState
{
    enum class Worst
    {
        Calm,
        Waiting,
        HighRisk, ///< some case that waits is of high or unknown risk, or overdue
        Trouble ///< something failed or is in trouble and needs a person
    };
    int waiting = 0;
    Worst worst = Worst::Calm;
    friend bool operator==(const InboxState &, const InboxState &) = default;
};

/// Follows the store and says which cases came to wait and which no longer do. What waited already
/// at the start is no news.
class CaseWatch final : public QObject
{
    Q_OBJECT
public:
    /// Both outlive the watch.
    CaseWatch(Store &store, const Clock &clock, QObject *parent = nullptr);

    void start();
    [[nodiscard]] InboxState state() const;

Q_SIGNALS:
    void proposed(const QList<countersign::CaseRow> &rows);
    void settled(const countersign::CaseId &id); ///< waits no more
    void stateChanged();
    void failed(const countersign::Error &error);

private:
    void read();
    void take(const QList<CaseRow> &rows, const QSet<CaseId> &asked);

    Store &m_store;
    const Clock &m_clock;
    QHash<CaseId, CaseRow> m_open; ///< waiting, failed or in trouble
    QSet<CaseId> m_touched;
    InboxState m_said;
    bool m_started = false; ///< the first answer is there
    bool m_reading = false;
};

} // namespace countersign
