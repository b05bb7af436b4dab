// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxfilter.h"

#include <QHash>

#include <limits>

namespace countersign {

/// A row, packed for 100,000 of its kind: words that repeat are numbers, texts one block of bytes.
struct InboxEntry
{
    static constexpr qint64 none = std::numeric_limits<qint64>::max();

    enum Text
    {
        Search, ///< headline, subject and id in their search form
        Headline,
        Subject,
        Question,
        Amount, ///< as written
        Confidence,
        TextCount
    };
    QByteArray texts; ///< UTF-8, one after the other
    quint32 ends[TextCount];
    // Numbers of words of the stock.
    quint32 agent;
    quint32 action;
    quint32 caseType;
    quint32 endpoint;
    quint32 endpointName;
    quint32 queue;
    quint32 currency;
    quint32 shape;
    quint32 assignee;
    quint32 assigneeName;
    qint32 part;
    qint32 of;
    qint64 key; ///< of the id
    quint64 stamp; ///< another with every change
    qint64 createdMs;
    qint64 updatedMs;
    qint64 dueMs; ///< or none, as in what follows
    qint64 setAsideUntilMs;
    qint64 followUpMs;
    qint64 sendAtMs;
    qint64 backMs;
    qint64 version;
    double amount; ///< rounded
    double confidence; ///< rounded
    bool hasAmount;
    bool hasConfidence;
    bool roughAmount; ///< another amount may round to the same: then the text tells
    bool roughConfidence;
    Risk risk;
    Reversibility reversibility;
    CaseState state;
    AllowedDecisions allowed;
    bool spotCheck;
    bool mine;
    std::optional<Back> back;
    bool veiled;

    [[nodiscard]] QByteArrayView text(Text which) const
    {
        const quint32 from = which == Search ? 0 : ends[which - 1];
        return QByteArrayView(texts).sliced(from, ends[which] - from);
    }
    [[nodiscard]] Decimal exact(Text which) const;
    [[nodiscard]] std::optional<qint64> due() const
    {
        return dueMs == none ? std::nullopt : std::optional<qint64>(dueMs);
    }
};

/// Narrow rows by number, in the order in which they came; none leaves. A value that is cheap to
/// copy: copies share what neither has changed, and each may be read on a thread of its own.
class InboxStock
{
public:
    InboxStock();

    [[nodiscard]] int size() const { return m_size; }
    [[nodiscard]] const InboxEntry &entry(int number) const
    {
        return m_pages.at(number / pageSize).at(number % pageSize);
    }
    [[nodiscard]] quint64 stamp() const { return m_stamp; } ///< of the row that changed last
    [[nodiscard]] InboxRow row(int number) const;
    [[nodiscard]] CaseId id(int number) const { return idOf(entry(number).key); }
    [[nodiscard]] int numberOf(const CaseId &id) const; ///< -1 where there is none
    /// By the key of its entry.
    [[nodiscard]] CaseId idOf(qint64 key) const;
    [[nodiscard]] const QStringList &words() const { return m_words; }
    [[nodiscard]] const QStringList &searchForms() const { return m_forms; } ///< of the words

    /// Adds a row, or puts it in the place of an older version. Its number; -1 where nothing
    /// changed.
    int put(const InboxRow &row);

private:
    static constexpr int pageSize = 1024; // what a change copies while somebody else reads

    [[nodiscard]] quint32 wordOf(const QString &text);
    [[nodiscard]] qint64 keyOf(const CaseId &id);
    [[nodiscard]] InboxEntry pack(const InboxRow &row);

    QList<QList<InboxEntry>> m_pages;
    int m_size = 0;
    quint64 m_stamp = 0;
    QHash<qint64, int> m_numbers; // by key
    QStringList m_words;
    QStringList m_forms;
    QHash<QString, quint32> m_wordAt;
};

} // namespace countersign
