// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/agentendpoint.h"

namespace countersign {

/// LangGraph Agent Server (LangGraph Platform, LangSmith Deployment, `langgraphjs dev`).
class LangGraphProtocol final : public Protocol
{
public:
    [[nodiscard]] QString kind() const override;
    [[nodiscard]] QString displayName() const override;
    [[nodiscard]] Result<void> validate(const AnsweredPart &part) const override;
    [[nodiscard]] Result<QByteArray> encode(const QList<AnsweredPart> &parts) const override;
    [[nodiscard]] std::unique_ptr<AgentEndpoint>
    open(const EndpointContext &context) const override;
};

} // namespace countersign
