// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/inboxpage.h"

namespace countersign {

class CarePopup;
class InboxList;

/// The hands of the inbox for what decides nothing: setting aside, assigning, commenting, following
/// up. For the cases that are selected, else the one shown.
class Caretaker final : public QObject
{
    Q_OBJECT
public:
    /// Its sheets stand on `page`, above `anchor`.
    Caretaker(const InboxContext &context, InboxList &list, QWidget &anchor, QWidget &page);

private:
    [[nodiscard]] QList<CaseId> targets() const;
    /// "Set aside", or "Set 12 cases aside".
    [[nodiscard]] CarePopup *sheet(const QString &one, const QString &many,
                                   const QList<CaseId> &ids);
    void setAside();
    void setAside(const QList<CaseId> &ids, const Aside &aside, const QString &said);
    void assign();
    void assign(const QList<CaseId> &ids, const QString &whom, const QString &said);
    void assignToMe();
    void comment();
    void followUp();
    void followUp(const QList<CaseId> &ids, std::optional<qint64> whenMs);
    void finish(QFuture<Result<void>> done, const QString &said,
                const std::function<void()> &then = {});

    InboxContext m_context;
    InboxList &m_list;
    QWidget &m_anchor;
    QWidget &m_page;
};

} // namespace countersign
