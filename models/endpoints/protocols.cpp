// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/agentendpoint.h"
#include "endpoints/countersign/endpoint.h"
#include "endpoints/langgraph/endpoint.h"

#include <algorithm>

namespace countersign {

QFuture<Result<KeptPolicy>> AgentEndpoint::pushPolicy(const PolicyRecord & /*policy*/)
{
    return QtFuture::makeReadyFuture(Result<KeptPolicy>(KeptPolicy()));
}

QFuture<Result<bool>> AgentEndpoint::tellStop(const QString & /*agent*/, bool /*stopped*/,
                                              const QString & /*reason*/)
{
    return QtFuture::makeReadyFuture(Result<bool>(false));
}

const std::vector<std::unique_ptr<Protocol>> &protocols()
{
    static const auto all = []() -> std::vector<std::unique_ptr<Protocol>> {
        std::vector<std::unique_ptr<Protocol>> list;
        list.push_back(std::make_unique<LangGraphProtocol>());
        list.push_back(std::make_unique<CountersignProtocol>());
        return list;
    }();
    return all;
}

const Protocol *protocolFor(const QString &kind)
{
    const auto &all = protocols();
    const auto found = std::find_if(all.cbegin(), all.cend(),
                                    [&kind](const std::unique_ptr<Protocol> &protocol) -> bool {
                                        return protocol->kind() == kind;
                                    });
    return found == all.cend() ? nullptr : found->get();
}

} // namespace countersign
