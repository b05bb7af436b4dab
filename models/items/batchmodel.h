// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/batchsummary.h"
#include "store/store.h"

#include <QObject>

#include <atomic>

namespace countersign {

/// Many selected cases, summed up. Follows the store: a case keeps the digest with which it was
/// first looked at as long as it stays selected. Read and computed on a reader thread; only the
/// newest selection counts. GUI thread.
class BatchModel final : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype most = 5'000; ///< cases that are summed up; more are not read

    BatchModel(Store &store, BatchRule rule, QObject *parent = nullptr);
    ~BatchModel() override;

    /// Whose eyes these are: what they answer blind is neither summed up nor decided here.
    void setReviewer(const PersonId &person);
    /// In the order in which they are listed.
    void select(const QList<CaseId> &ids);
    [[nodiscard]] const QList<CaseId> &selection() const { return m_ids; }
    /// Whether the summary is that of an earlier selection.
    [[nodiscard]] bool isReading() const { return m_reading; }
    [[nodiscard]] const BatchSummary &summary() const { return m_summary; }
    [[nodiscard]] const BatchRule &rule() const { return m_rule; }
    /// While set, changes of the store are only noted.
    void pause(bool paused);

Q_SIGNALS:
    /// `another`: other cases or other digests are to be decided, so hands must wait.
    void changed(bool another);
    void failed(const countersign::Error &error);

private:
    struct Answer
    {
        BatchSummary summary;
        QHash<CaseId, QString> seen;
    };
    void follow(const Changes &changes);
    void read();
    void take(const Answer &answer);

    Store &m_store;
    BatchRule m_rule;
    PersonId m_reviewer;
    QList<CaseId> m_ids;
    QSet<CaseId> m_wanted;
    QHash<CaseId, QString> m_seen;
    BatchSummary m_summary;
    std::shared_ptr<std::atomic_int> m_turn = std::make_shared<std::atomic_int>(0);
    bool m_reading = false;
    bool m_paused = false;
    bool m_stale = false;
};

} // namespace countersign
