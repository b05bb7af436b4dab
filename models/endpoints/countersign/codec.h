// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/agentendpoint.h"
#include "endpoints/eventstreamparser.h"

/// countersign/1 between its JSON and our values, as resources/protocol/countersign-1.openapi.yaml
/// says. Pure.
namespace countersign::native {

/// Who decided a case first.
struct Winner
{
    DecisionId decision;
    QString kind;
    QString reviewer; ///< foreign; empty if not told
    QString decidedAt;

    [[nodiscard]] QString sentence() const;
};

[[nodiscard]] std::optional<Winner> readWinner(const Json &json); ///< nothing where none is told

/// A case as it is served.
struct WireCase
{
    QList<Proposal> proposals; ///< one, or all the parts in order
    QString state; ///< "waiting", "decided", "expired", "withdrawn"
    std::optional<Winner> winner;
};
/// Protocol where a required member is missing or of the wrong type. A member that may be missing
/// and is of the wrong type leaves a mark. A digest that is not that of the content makes a
/// proposal in trouble.
[[nodiscard]] Result<WireCase> readCase(const Json &json, const Endpoint &endpoint);

struct Page
{
    QList<Proposal> proposals;
    QSet<QString> open; ///< also of cases that could not be read, where their id could
    QStringList faults; ///< sentences, one for each case that could not be read
    QString next; ///< cursor, empty on the last page
    QByteArray eventsAfter; ///< the newest event when the page was made; empty where not told
};
[[nodiscard]] Result<Page> readPage(const Json &json, const Endpoint &endpoint);

struct Receipt
{
    DecisionId decision;
    QString caseId;
    QString digest;
    QString kind;
    std::optional<EffectReport> effect;
};
/// One, or one for each part.
[[nodiscard]] Result<QList<Receipt>> readReceipts(const Json &json);

/// One event of the stream. A reset says that events were missed; a type that is not known is
/// nothing.
struct News
{
    Observation seen;
    bool reset = false;
};
[[nodiscard]] Result<News> readEvent(const ServerEvent &event, const Endpoint &endpoint);

/// What an answer that is not 200 says about itself.
struct Refusal
{
    QString code; ///< empty where the body is not the protocol's
    QString message; ///< foreign
    std::optional<Winner> winner;
    Json changed; ///< the case as it is now, with code "changed"
};
[[nodiscard]] Refusal readRefusal(const QByteArray &body);

[[nodiscard]] Result<void> validateAnswer(const AnsweredPart &part);
/// The body of POST /v1/cases/{id}/decision; InvalidInput where a part is missing.
[[nodiscard]] Result<QByteArray> encodeAnswer(const QList<AnsweredPart> &parts);

/// The body of PUT /v1/policy.
[[nodiscard]] QByteArray encodePolicy(const PolicyRecord &policy);
/// What a server says that it keeps, in its card or in answer to that. Protocol where it is not
/// what countersign/1 says; empty where it keeps none.
[[nodiscard]] Result<KeptPolicy> readKeptPolicy(const Json &json);

} // namespace countersign::native
