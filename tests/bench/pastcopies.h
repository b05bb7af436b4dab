// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace countersign::bench {

/// Makes the past of a closed profile `most` cases long, by copies of what is there, written past
/// the trail: cases, decisions and the index of precedents, as the real ones. For measuring alone;
/// no such profile can be verified. Minutes where signing and hashing a million cases takes hours.
void copyPast(const QString &path, qint64 most);

} // namespace countersign::bench
