// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/json.h"

#include <QString>

#include <optional>

namespace countersign {

/// What the rule that gated a case asks of whoever decides it, kept with the case. An absent member
/// leaves it to the built-in ways.
struct GateTerms
{
    QString rule; ///< its id; empty: the defaults, or the built-in policy
    std::optional<qint64> holdMs; ///< 0..3'600'000; nothing: by risk
    std::optional<bool> batch; ///< may be decided with others; nothing: by risk
    std::optional<bool> typedReason; ///< nothing: where the risk is high
    QString authority; ///< role that must decide: "lead", "finance"; empty: anybody
    int approvers = 1; ///< how many people must approve it
    QString spotCheckRate; ///< a share where it acts by itself and a sample is looked at
    std::optional<qint64> zeroMs; ///< UTC, when `atZero` happens
    QString atZero; ///< "wait", "remind", "escalate", "reject"; empty where nothing is due
    QList<std::pair<qint64, QString>> path; ///< escalation: UTC and queue, in their order

    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static GateTerms fromJson(const Json &json);
    friend bool operator==(const GateTerms &, const GateTerms &) = default;
};

/// A policy that a person set. The built-in one has version 1 and no record.
struct PolicyRecord
{
    int version = 1; ///< 2 is the first that a person set
    QString event; ///< leaf hash of its policy.set, hex; what its decisions carry
    QString digest; ///< of its document
    PersonId person;
    QString personName;
    qint64 atMs = 0;
    QString reason;
    Json document; ///< null where it was not asked for
    Json diff;

    [[nodiscard]] QString name() const; ///< "policy v2"
};

/// The policy by which an agent keeps its gates while nobody is connected.
struct KeptPolicy
{
    QString version; ///< "policy v3"; foreign where an endpoint told it
    QString digest; ///< of the document
    friend bool operator==(const KeptPolicy &, const KeptPolicy &) = default;
};

/// What is stopped. Both empty: everything.
struct StopScope
{
    EndpointId endpoint;
    QString agent; ///< as events name it (shortName())

    [[nodiscard]] bool isEverything() const { return endpoint.isEmpty() && agent.isEmpty(); }
    [[nodiscard]] bool covers(const EndpointId &where, const QString &who) const;
    friend bool operator==(const StopScope &, const StopScope &) = default;
};

/// A stop that holds.
struct StopOrder
{
    StopScope scope;
    QString reason;
    PersonId person;
    QString personName;
    qint64 atMs = 0;
    bool recorded = true; ///< false: in memory, the database refuses
    friend bool operator==(const StopOrder &, const StopOrder &) = default;
};

/// The first of `stops` that covers an agent, or nothing.
[[nodiscard]] std::optional<StopOrder> stopFor(const QList<StopOrder> &stops,
                                               const EndpointId &endpoint, const QString &agent);

} // namespace countersign
