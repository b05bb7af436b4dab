// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QAbstractListModel>

namespace countersign {

/// A case's own story, from its end back to when it was first seen: a line an event. Reads pages on
/// the store's reader thread, the newest first, and follows the store; older ones are fetched when
/// asked for. GUI thread.
class TimelineModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role
    {
        SeqRole = Qt::UserRole + 1, ///< qint64, the event's place in the trail
        AtRole, ///< qint64, milliseconds
        KindRole, ///< QString, the event's kind
        WhoRole, ///< QString, who did it; foreign
        RemarkRole ///< QString, what came with it in full; foreign
        // Qt::DisplayRole: what happened, in words
    };
    explicit TimelineModel(Store &store, QObject *parent = nullptr);

    void open(const CaseId &id); ///< empty: none
    [[nodiscard]] const CaseId &id() const { return m_id; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// Not by fetchMore(): a view that is as tall as its lines would ask for all of them.
    [[nodiscard]] bool hasEarlier() const { return m_more; }
    void readEarlier(); ///< nothing while it reads
    [[nodiscard]] bool isReading() const { return m_reading; }

    static constexpr int pageSize = 60;

Q_SIGNALS:
    void changed(); ///< after each answer
    void failed(const countersign::Error &error);

private:
    struct Line
    {
        qint64 seq = 0;
        qint64 atMs = 0;
        QString kind;
        QString who;
        QString words;
        QString remark;
    };
    struct Page
    {
        QList<Line> lines; ///< newest first
        bool more = false; ///< there are older ones
    };
    void read(std::optional<qint64> before);
    void take(const Page &page, bool older);
    [[nodiscard]] static Result<Page> load(Reader &reader, const TrailQuery &query);

    Store &m_store;
    CaseId m_id;
    QList<Line> m_lines;
    bool m_more = false;
    bool m_reading = false;
    bool m_earlier = false; ///< asked for while it was read
    bool m_again = false; ///< something happened while it was read
    int m_turn = 0;
};

} // namespace countersign
