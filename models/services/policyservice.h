// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/oversightport.h"
#include "store/store.h"

namespace countersign {

class PolicyService final : public PolicyPort
{
public:
    explicit PolicyService(Store &store);

    [[nodiscard]] QFuture<Result<PolicyRecord>> set(const PolicyRequest &request) override;

private:
    Store &m_store;
};

} // namespace countersign
