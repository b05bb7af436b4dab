// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/agentendpoint.h"

/// What a LangGraph thread asks, and the bytes that answer it. Pure.
namespace countersign::langgraph {

/// The written names of the dialects in Proposal::dialect.
namespace dialect {
inline constexpr auto inbox = "agent-inbox";
inline constexpr auto hitl = "hitl"; ///< snake_case, as Python writes it
inline constexpr auto hitlJs = "hitl-js"; ///< camelCase
inline constexpr auto toolApproval = "tool-approval";
inline constexpr auto schema = "response-schema";
inline constexpr auto mcp = "mcp-input";
inline constexpr auto free = "free";
inline constexpr auto breakpoint = "breakpoint";
inline constexpr auto ghost = "ghost";
} // namespace dialect

/// Everything that `thread` (an entry of a search) asks, given its `state` (with subgraphs); all
/// parts of a question together. A question is open where its id stands in both. Empty for threads
/// that are idle or busy, and for those that failed without a question.
[[nodiscard]] QList<Proposal> readThread(const Json &thread, const Json &state,
                                         const Endpoint &endpoint, bool javascript);

/// The question keys that a busy thread may come back with.
[[nodiscard]] QStringList possibleQuestions(const Json &thread);

[[nodiscard]] Result<void> validateAnswer(const AnsweredPart &part);
/// {"command":{"resume":{ID: answer}}}, or {"input":null} for a breakpoint: the part of a run's
/// body that answers.
[[nodiscard]] Result<Json> encodeAnswer(const QList<AnsweredPart> &parts);
/// Answers of one thread as one: their resume maps joined. Protocol where they cannot be sent
/// together.
[[nodiscard]] Result<Json> joinAnswers(const QList<QByteArray> &answers);

} // namespace countersign::langgraph
