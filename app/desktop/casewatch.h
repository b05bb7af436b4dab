// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QHash>
#include <QTimer>

#include <limits>

class QSettings;

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

/// The cases that wait for a person or are in trouble, as narrow as their state needs; 100,000 are
/// looked through in a millisecond. A value: made on one thread, used on another.
class OpenCases
{
public:
    void put(const CaseRow &row);
    bool remove(const CaseId &id); ///< whether it was there
    [[nodiscard]] bool contains(const CaseId &id) const { return m_at.contains(id); }
    [[nodiscard]] InboxState state(qint64 nowMs) const;

private:
    struct Open
    {
        CaseId id;
        InboxState::Worst own = InboxState::Worst::Waiting; ///< as long as it is not overdue
        qint64 dueMs = std::numeric_limits<qint64>::max();
        qint64 asideUntilMs = 0;
    };
    QList<Open> m_list;
    QHash<CaseId, qsizetype> m_at;
};

/// Follows the store and says which cases came to wait and which no longer do, which are back from
/// where they were set aside, and which somebody wanted to look at again now. What waited already
/// at the start is no news; what came back or fell due while nobody watched is, once.
class CaseWatch final : public QObject
{
    Q_OBJECT
public:
    /// Both outlive the watch.
    CaseWatch(Store &store, const Clock &clock, QObject *parent = nullptr);

    /// Where it keeps until when it has told, so that a restart repeats nothing and misses
    /// nothing. Before start(); `settings` outlives the watch.
    void remember(QSettings &settings);
    void start();
    void look(); ///< at the clock; by itself whenever a time may have come
    [[nodiscard]] InboxState state() const;

Q_SIGNALS:
    void proposed(const QList<countersign::CaseRow> &rows);
    void returned(const QList<countersign::CaseRow> &rows); ///< why: backOf()
    void followUpsDue(const QList<countersign::CaseRow> &rows);
    void settled(const countersign::CaseId &id); ///< waits no more
    void stateChanged();
    void failed(const countersign::Error &error);

private:
    struct News
    {
        OpenCases open; ///< of the first answer
        QList<CaseRow> rows; ///< of the first answer those that may come back or are followed
    };
    void read();
    void note(const CaseRow &row);
    void waitForNext(qint64 nowMs);
    [[nodiscard]] bool isNews(QHash<CaseId, qint64> &told, const CaseId &id, qint64 atMs,
                              qint64 nowMs) const;
    void take(const News &seen, const QSet<CaseId> &asked);

    Store &m_store;
    const Clock &m_clock;
    OpenCases m_open;
    QHash<CaseId, CaseRow> m_aside; ///< of those open, what may come back
    QHash<CaseId, CaseRow> m_followed; ///< with a follow-up date, of any state
    QHash<CaseId, qint64> m_toldBack; ///< which return was told
    QHash<CaseId, qint64> m_toldFollowUp;
    qint64 m_fromMs = 0; ///< what came before was told, or was there when it was first watched
    QSettings *m_settings = nullptr;
    QTimer m_next;
    QSet<CaseId> m_touched;
    InboxState m_said;
    bool m_started = false; ///< the first answer is there
    bool m_reading = false;
};

} // namespace countersign
