// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QRandomGenerator>

namespace countersign {

/// Makes a believable past: refunds, exchanges, invoices, messages and deployments of many
/// customers, proposed, decided and delivered, some with an outcome. The same for the same seed.
/// Events go through Transaction::append like any other, hundreds of cases to a transaction; most
/// are decided by a policy, so that few need a signature.
class PastMaker
{
public:
    explicit PastMaker(quint32 seed) : m_random(seed) { }

    /// The `number`th proposal.
    [[nodiscard]] Proposal proposal(qint64 number);
    /// Proposes, decides and delivers it within the transaction.
    [[nodiscard]] Result<CaseId> settle(Transaction &transaction, qint64 number);
    /// Only proposes it.
    [[nodiscard]] Result<CaseId> propose(Transaction &transaction, const Proposal &proposal);
    /// The endpoint that all of it comes from; once.
    [[nodiscard]] static Result<EventRecord> endpoint(Transaction &transaction);
    /// Appends `count` settled cases, `batch` to a transaction; `progress` after each.
    [[nodiscard]] Result<void> fill(Store &store, qint64 from, qint64 count, int batch,
                                    const std::function<void(qint64)> &progress);

private:
    [[nodiscard]] QString one(std::initializer_list<const char *> of);
    [[nodiscard]] QByteArray money(double median);
    void refund(Proposal &made, qint64 number);
    void invoice(Proposal &made, qint64 number);
    void message(Proposal &made);
    void deployment(Proposal &made);

    QRandomGenerator m_random;
};

} // namespace countersign
