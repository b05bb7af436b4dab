// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxmodel.h"

#include <functional>

namespace countersign {

/// What a filter can ask for beside its queue and text; one chip each.
enum class FilterField
{
    CaseType,
    Action,
    Agent,
    Endpoint,
    Queue,
    Assignee,
    Risk,
    Confidence,
    Amount,
    Due,
    Age,
    State
};
inline constexpr FilterField allFilterFields[]
    = {FilterField::CaseType, FilterField::Action,   FilterField::Agent, FilterField::Endpoint,
       FilterField::Queue,    FilterField::Assignee, FilterField::Risk,  FilterField::Confidence,
       FilterField::Amount,   FilterField::Due,      FilterField::Age,   FilterField::State};

/// An endpoint's name by its id, for eyes.
using EndpointName = std::function<QString(const QString &id)>;

[[nodiscard]] bool restricts(const InboxFilter &filter, FilterField field);
void release(InboxFilter &filter, FilterField field);

/// One of the values that a field offers.
struct FieldValue
{
    QString key; ///< as the filter keeps it
    QString text; ///< for eyes
    int count = 0; ///< cases of the chosen queue; negative: not counted
    bool chosen = false;
};
/// What can be ticked: what there is, and what is chosen. Empty for fields that are no list.
[[nodiscard]] QList<FieldValue> valuesOf(const InboxFilter &filter, FilterField field,
                                         const InboxCounts &counts, const EndpointName &name);
void setValues(InboxFilter &filter, FilterField field, const QStringList &keys);

namespace words {

[[nodiscard]] QString of(FilterField field); ///< "Case type"
/// What a chip says: "Risk: high, medium".
[[nodiscard]] QString chip(const InboxFilter &filter, FilterField field, const EndpointName &name);
/// The whole filter in a few words, as a name for it.
[[nodiscard]] QString brief(const InboxFilter &filter, const EndpointName &name);

} // namespace words

} // namespace countersign
