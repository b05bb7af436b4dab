// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/decisionrules.h"

namespace countersign {

/// Walks down a list of cases in pieces, each one transaction, and records for each of them what a
/// single decision (or undo) would have recorded. Lives on the thread of the store.
class BatchService final : public QObject, public BatchPort
{
    Q_OBJECT
public:
    /// Decisions that are recorded in one go, which nobody can get between.
    static constexpr qsizetype pieceSize = 25;

    /// `desk` (where given, it outlives this) knows the holds that policy lets into a batch.
    BatchService(Store &store, FindProtocol findProtocol, const PolicyDesk *desk = nullptr,
                 QObject *parent = nullptr);

    [[nodiscard]] BatchRule rule() const override;
    [[nodiscard]] QFuture<BatchReport> decideMany(const BatchRequest &request,
                                                  const Progress &progress) override;
    /// Records nothing: the report says what would be taken. Parts of a question that fall into
    /// different pieces do not see each other.
    [[nodiscard]] QFuture<BatchReport> rehearse(const BatchRequest &request);
    [[nodiscard]] QFuture<BatchReport> undoMany(const QList<CaseId> &ids, const PersonId &person,
                                                const Progress &progress) override;

private:
    struct Run;
    [[nodiscard]] std::shared_ptr<Run> runOf(const BatchRequest &request) const;
    void begin(const std::shared_ptr<Run> &run);
    void next(const std::shared_ptr<Run> &run);
    void take(const std::shared_ptr<Run> &run, const Result<QList<BatchEntry>> &piece);
    void stop(const std::shared_ptr<Run> &run, const Error &error);

    Store &m_store;
    FindProtocol m_findProtocol;
    const PolicyDesk *m_desk;
};

} // namespace countersign
