// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <compare>

namespace countersign {

/// Ids that do not mix: a CaseId is never taken for a DecisionId.
template <class Tag> class Id
{
public:
    Id() = default;
    explicit Id(QString text) : m_text(std::move(text)) { }
    [[nodiscard]] const QString &toString() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    friend bool operator==(const Id &, const Id &) = default;
    friend bool operator<(const Id &a, const Id &b) { return a.m_text < b.m_text; }
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

using CaseId = Id<struct CaseTag>; ///< "c-42", dense per profile
using DecisionId = Id<struct DecisionTag>; ///< "d-<uuid>", the idempotency key on the wire
using EndpointId = Id<struct EndpointTag>; ///< "e-3", dense per profile
using OutboxId = Id<struct OutboxTag>; ///< "o-7", one per question that is being answered
using PersonId = Id<struct PersonTag>; ///< "p-1", dense per profile

} // namespace countersign
