// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/caseport.h"
#include "store/store.h"

namespace countersign {

/// Checks inside the transaction that records.
class CaseService final : public CasePort
{
public:
    explicit CaseService(Store &store);

    [[nodiscard]] QFuture<Result<void>> setAside(const QList<CaseId> &ids, const Aside &aside,
                                                 const PersonId &person) override;
    [[nodiscard]] QFuture<Result<void>> assign(const QList<CaseId> &ids, const QString &whom,
                                               const PersonId &person,
                                               const QString &note = {}) override;
    [[nodiscard]] QFuture<Result<void>> comment(const QList<CaseId> &ids, const QString &text,
                                                const PersonId &person) override;
    [[nodiscard]] QFuture<Result<void>> setFollowUp(const QList<CaseId> &ids,
                                                    std::optional<qint64> whenMs,
                                                    const PersonId &person) override;

private:
    Store &m_store;
};

} // namespace countersign
