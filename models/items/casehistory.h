// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/evidence.h"
#include "store/store.h"

#include <QElapsedTimer>
#include <QTimer>

#include <array>
#include <vector>

namespace countersign {

/// What became of past cases of one kind: the same agent, action and case type.
struct HistoryGroup
{
    /// A case whose confidence is known and within 0..1.
    struct Scored
    {
        enum Finding : qint8
        {
            NotMeasured,
            Right,
            Wrong
        };
        double confidence = 0;
        Finding finding = NotMeasured;
    };
    /// For means and drawing; the amounts themselves stay with the cases.
    struct Money
    {
        qint64 cases = 0;
        double sum = 0; ///< of sizes, whatever their sign
    };
    static constexpr qsizetype mostScored = 100'000; ///< the newest
    static constexpr qsizetype mostCurrencies = 20;

    QString agent; ///< foreign, as are the next two
    QString action;
    QString caseType;
    bool isRest = false; ///< of all kinds beyond CaseHistory::mostGroups
    qint64 cases = 0;
    qint64 measured = 0; ///< on which a verdict stands
    qint64 wrong = 0;
    std::array<qint64, 4> byRisk{}; ///< cases by Risk
    QMap<QString, Money> money; ///< by currency (foreign)
    std::vector<Scored> scored; ///< newest first
    qint64 confident = 0; ///< how many cases have a confidence
};

struct History
{
    std::vector<HistoryGroup> groups; ///< most cases first, the rest last
    qint64 cases = 0;
    qint64 restKinds = 0; ///< how many kinds the rest is of, at least
    qint64 oldestMs = 0;
    qint64 newestMs = 0;

    static constexpr qint64 dayMs = 86'400'000;
    static constexpr qint64 monthMs = dayMs * 365 / 12;
    /// Whether it is long enough to speak of months.
    [[nodiscard]] bool hasMonth() const { return newestMs - oldestMs >= 28 * dayMs; }
    /// So many of it in a month; as many as there are where it is shorter.
    [[nodiscard]] double perMonth(qint64 cases) const;
};

/// Past cases of a store, by kind. Walks them in short looks on a reader's thread, newest first, at
/// its leisure, and again when they have changed; what it found before stays until then. Memory is
/// bounded whatever there are. GUI thread.
class CaseHistory final : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t mostGroups = 5000;
    static constexpr qsizetype mostScoredInAll = 2'000'000;

    explicit CaseHistory(Store &store, QObject *parent = nullptr);

    /// Only cases first seen from then on (UTC); nothing: all. Reads again where it has read.
    void setSince(const std::optional<qint64> &sinceMs);
    void load(); ///< the first time; afterwards it follows by itself
    [[nodiscard]] bool isLoaded() const { return m_history->newestMs > 0 || m_done; }
    [[nodiscard]] bool isReading() const { return m_walk != nullptr; }
    [[nodiscard]] int percent() const; ///< of what is being read
    [[nodiscard]] const History &history() const { return *m_history; }

Q_SIGNALS:
    void changed();
    void progressed(); ///< isReading() or percent()
    void failed(const countersign::Error &error);

private:
    struct Walk;
    void begin();
    void step(const std::shared_ptr<Walk> &walk);
    void finish(const std::shared_ptr<Walk> &walk);

    Store &m_store;
    std::optional<qint64> m_sinceMs;
    std::shared_ptr<const History> m_history = std::make_shared<const History>();
    std::shared_ptr<Walk> m_walk;
    QTimer m_pause;
    bool m_wanted = false;
    bool m_done = false;
    bool m_stale = false;
};

} // namespace countersign
