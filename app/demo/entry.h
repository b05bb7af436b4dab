// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/catalog.h"

#include <QSet>

namespace countersign::demo {

/// A case as the server keeps it, with what became of it.
struct Entry
{
    Draft draft;
    Json wire; ///< as it is served
    QByteArray body; ///< of the answer that was taken, empty while there is none
    Json decisions = Json::array(); ///< by part, once answered
    Json receipts = Json::array(); ///< by part, once answered
    QSet<int> told; ///< parts whose outcome was reported
    QSet<int> askedAgain; ///< parts that were sent back and stand in a new case

    [[nodiscard]] int parts() const; ///< 1 where it asks about one action
    /// The case as if it asked about that part alone; 1-based.
    [[nodiscard]] Json partOf(int part) const;
    [[nodiscard]] Json scriptOf(int part) const; ///< effects, outcomes, revision
    [[nodiscard]] Json receipt() const; ///< as it is served
    void refresh(); ///< the digests, after the content

    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Entry fromJson(const Json &json);
};

} // namespace countersign::demo
