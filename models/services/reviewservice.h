// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

private:
    Store &m_store;
};

} // namespace countersign
