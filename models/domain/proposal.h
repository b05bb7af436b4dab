// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/artifact.h"
#include "domain/decimal.h"
#include "domain/ids.h"
#include "domain/json.h"
#include "domain/words.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace countersign {

/// Where a proposal comes from, in terms that every protocol can fill.
struct Source
{
    /// Names the question within its endpoint, the same at every look, for instance
    /// "thread/interrupt". All parts of one question share it.
    QString question;
    int part = 1; ///< 1-based position within the question
    int of = 1; ///< how many actions the question asks about
    /// Answers on one lane go out one after the other (LangGraph: the thread).
    QString lane;
    /// Recognises a question that is asked again under a new id (LangGraph: thread, task name,
    /// value digest); empty where the protocol needs none.
    QString rebind;
    /// The protocol's own ids, an object, shown and kept as they are: thread, interrupt, task…
    Json ids = Json::object();

    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Source fromJson(const Json &json);
    friend bool operator==(const Source &, const Source &) = default;
};

/// What the agent looked at. Foreign text, all of it.
struct Evidence
{
    QString title;
    QString text;
    QString link; ///< shown, never followed by itself
    friend bool operator==(const Evidence &, const Evidence &) = default;
};

struct Impact
{
    std::optional<Decimal> amount;
    QString currency; ///< ISO 4217 as the agent wrote it, empty if unknown
    std::optional<qint64> people; ///< persons affected
    QString sentence;
    friend bool operator==(const Impact &, const Impact &) = default;
};

/// Why a thread cannot be answered as it is. Such a case is in state `trouble`.
struct Trouble
{
    QString code; ///< "poisoned", "ghost"…
    QString text; ///< our sentence: what is wrong and what can be done
    bool repairable = false; ///< the endpoint's repair() can mend it
    friend bool operator==(const Trouble &, const Trouble &) = default;
};

/// One action that waits for a person, as an adapter understood it. Before Intake has taken it in
/// it is not a case yet. Everything an agent wrote is foreign text: plain, unbounded in content.
struct Proposal
{
    Source source;
    QString
        dialect; ///< how the adapter read it, for people and tests: "hitl", "agent-inbox", "free"…
    QString agent;
    QString action; ///< empty where the question names none
    Json arguments = Json::object(); ///< as the endpoint sent them
    Json schema; ///< JSON Schema of the arguments, null where unknown
    Json answerSchema; ///< JSON Schema that a `respond` with a value must meet, null where unknown
    std::optional<Artifact> artifact; ///< where approving means sending or publishing one
    QString question; ///< the question's own text (LangGraph: description)
    AllowedDecisions allowed;
    bool rejectCancelsSiblings = false; ///< on this runtime a rejection drops approved siblings

    QString caseType; ///< empty if unknown
    std::optional<Decimal> confidence; ///< within 0..1, else nothing and a mark
    QString recommendation;
    QString reasoning;
    QList<Evidence> evidence;
    QStringList uncertainty;
    Impact impact;
    Risk risk = Risk::Unknown;
    Reversibility reversibility = Reversibility::Unknown;
    std::optional<qint64> dueMs; ///< UTC
    std::optional<qint64> reportedMs; ///< when the endpoint says it asked, UTC
    /// Our remarks, whole sentences: "May have been rounded by the server." …
    QStringList marks;
    std::optional<Trouble> trouble;
    Json raw; ///< the protocol's payload, whole

    /// SHA-256, lower-case hex, over canonicalJson({action, allowed, arguments, question}), and
    /// `artifact` (Artifact::hashed()) where there is one.
    [[nodiscard]] QString digest() const;
    /// Lossless both ways; the form kept as an event's payload.
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Result<Proposal> fromJson(const Json &json);
    friend bool operator==(const Proposal &, const Proposal &) = default;
};

} // namespace countersign
