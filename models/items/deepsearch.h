// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxfilter.h"
#include "store/store.h"

#include <QTimer>

namespace countersign {

/// Asks the store's full-text index for words. Only the newest question is answered, and a question
/// that takes long is not waited for. GUI thread; the store reads on its own.
class DeepSearch final : public QObject
{
    Q_OBJECT
public:
    explicit DeepSearch(Store &store, QObject *parent = nullptr);
    ~DeepSearch() override;

    /// What is known of the words that were asked for last; of some perhaps nothing yet.
    [[nodiscard]] const DeepHits &hits() const { return m_hits; }
    /// From now on, these words (as filterWords() gives them). True where something new has to be
    /// read and is waited for: then answered() follows.
    bool ask(const QStringList &words);
    [[nodiscard]] bool isAwaited() const { return m_awaited; }
    /// Cases have changed: asks again in a little while, at most now and then.
    void refresh();

Q_SIGNALS:
    void answered(); ///< hits() are new, or are no longer waited for
    void failed(const countersign::Error &error);

private:
    void read();
    void stopWaiting();

    Store &m_store;
    QStringList m_words;
    DeepHits m_hits;
    bool m_awaited = false;
    std::shared_ptr<std::atomic<int>> m_newest = std::make_shared<std::atomic<int>>(0);
    QTimer m_patience;
    QTimer m_pause;
};

/// The same on a reader: one query for each word. `isStale` is asked before each.
[[nodiscard]] Result<DeepHits> deepHits(Reader &reader, const QStringList &words,
                                        const std::function<bool()> &isStale = {});

} // namespace countersign
