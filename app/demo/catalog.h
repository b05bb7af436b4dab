// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/template.h"
#include "domain/error.h"

#include <optional>

namespace countersign::demo {

/// A case before the agent has asked: what goes on the wire, and what the agent keeps to itself.
struct Draft
{
    Json content; ///< agent, action, arguments, question … as in the protocol's Case, without id,
                  ///< state and digest
    Json script; ///< effects, outcomes, revision: templates
    Json vars; ///< what their placeholders stand for
    bool right = true; ///< whether what the agent proposes is the right thing to do
    qint64 createdMs = 0;
    std::optional<qint64> dueMs;
};

/// The made-up Monday of a company that sells and services coffee machines. The same seed deals the
/// same cases. A round of the deck holds one case of every kind, so that few cases already show all
/// of them.
class Catalog
{
public:
    /// Reads every file of `folder` (":/demo").
    [[nodiscard]] static Result<Catalog> load(const QString &folder, quint64 seed);

    [[nodiscard]] Draft deal(qint64 nowMs);
    /// Where a case of this file's name is wanted ("refunds"), its next one; else like deal().
    [[nodiscard]] Draft deal(const QString &kind, qint64 nowMs);
    void reseed(quint64 seed) { m_dice.reseed(seed); }
    [[nodiscard]] const QList<Json> &kinds() const { return m_kinds; }
    [[nodiscard]] const Json &pools() const { return m_pools; }

private:
    explicit Catalog(quint64 seed) : m_dice(seed) { }
    [[nodiscard]] Draft draft(qsizetype kind, qint64 nowMs);

    Dice m_dice;
    Json m_pools;
    QList<Json> m_kinds;
    QList<QList<int>> m_decks; // by kind: the scenarios not yet dealt
    QList<qsizetype> m_round; // kinds still to come in this round
};

} // namespace countersign::demo
