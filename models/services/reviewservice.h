// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/knownfile.h"
#include "services/reviewport.h"
#include "store/store.h"

namespace countersign {

/// Checks inside the transaction that records. Nothing of it ever reaches the outbox.
class ReviewService final : public ReviewPort
{
public:
    explicit ReviewService(Store &store);

    [[nodiscard]] QFuture<Result<void>> mark(const MarkRequest &request) override;
    [[nodiscard]] QFuture<Result<void>> commit(const CommitRequest &request) override;
    [[nodiscard]] QFuture<Result<void>> set(const SettingRequest &request) override;
    /// See recordKnownFile().
    [[nodiscard]] QFuture<Result<int>>
    addKnown(const EndpointId &endpoint, const QList<KnownLine> &lines, const PersonId &person);

private:
    Store &m_store;
};

} // namespace countersign
