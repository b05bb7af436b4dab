// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/agentendpoint.h"
#include "policy/gate.h"
#include "store/store.h"

#include <QMutex>

namespace countersign {

using FindProtocol = std::function<const Protocol *(const QString &kind)>;

/// What holds within one transaction: the policy that its log says is in force, and every stop.
struct PolicyStanding
{
    PolicyRecord record; ///< without the document
    /// Null where the built-in policy is in force, or where `fault` says why nothing passes.
    std::shared_ptr<const PolicyEvaluator> evaluator;
    QString fault; ///< the policy in force cannot be read: a sentence
    bool clockTrusted = true;
    QList<StopOrder> stops;

    [[nodiscard]] Gate gate(const Proposal &proposal, const Endpoint &endpoint,
                            qint64 seenMs) const;
};

/// Knows policies by their version, compiled, so that each transaction can ask the one that its own
/// log says is in force. Thread-safe; the rest of the program never caches a policy.
class PolicyDesk
{
public:
    PolicyDesk(const Clock &clock, FindProtocol findProtocol);

    [[nodiscard]] Result<PolicyStanding> standing(Reader &reader) const;
    /// The gate of every part of a question, by part. Where policy would answer and the endpoint
    /// does not take that answer, a person is asked.
    [[nodiscard]] QHash<int, Gate> gates(const PolicyStanding &standing,
                                         const QList<Proposal> &parts, const Endpoint &endpoint,
                                         qint64 seenMs) const;
    [[nodiscard]] const FindProtocol &findProtocol() const { return m_findProtocol; }

    /// Stops that hold although the database has not recorded them (yet).
    void setPendingStops(const QList<StopOrder> &stops);
    [[nodiscard]] QList<StopOrder> pendingStops() const;

private:
    struct Compiled
    {
        int version = 0;
        QString event;
        std::shared_ptr<const PolicyEvaluator> evaluator;
        QString fault;
    };
    [[nodiscard]] Result<Compiled> compiled(Reader &reader, const PolicyRecord &record) const;
    [[nodiscard]] bool isClockTrusted(Reader &reader) const;

    const Clock &m_clock;
    FindProtocol m_findProtocol;
    mutable QMutex m_mutex;
    mutable Compiled m_newest;
    mutable qint64 m_offsetMs; ///< between the wall clock and the one that never jumps
    mutable qint64 m_untrustedUntilMs = 0; ///< on the monotonic clock
    QList<StopOrder> m_pending;
};

/// Why a stop asks a person, a sentence.
[[nodiscard]] QString sentenceOf(const StopOrder &order);

} // namespace countersign
