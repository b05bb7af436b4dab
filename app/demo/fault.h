// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QString>

namespace countersign::demo {

/// What goes wrong on purpose. Written KIND[:after-N][:times-M][:on-SCOPE]: the first N requests in
/// scope are served well, the next M (all, if not given) meet the fault. Scopes: decisions, reads,
/// all.
///
/// 500                 answers 500 and does nothing (on-all)
/// hang                takes the request, never answers, does nothing (on-all)
/// slow                answers a byte a second (on-all)
/// malformed           answers what is not JSON, by turns: cut off, HTML, doubled members, bad
/// UTF-8 (on-reads) huge                answers 64 MiB (on-reads) duplicate           lists every
/// case and tells every event twice reorder             lists in reverse order, tells events in
/// swapped pairs change-after-shown  the case changes when its decision arrives (on-decisions)
/// drop-after-apply    takes the decision, then hangs up without a word (on-decisions)
class Fault
{
public:
    enum class Kind
    {
        None,
        ServerError,
        Hang,
        Slow,
        Malformed,
        Duplicate,
        Reorder,
        ChangeAfterShown,
        DropAfterApply,
        Huge
    };

    Fault() = default;
    [[nodiscard]] static Result<Fault> parse(const QString &written);

    /// What this request meets; counts it.
    [[nodiscard]] Kind meet(bool decision);
    /// Duplicate and Reorder last as long as they are set.
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] int met() const { return m_met; }

private:
    Kind m_kind = Kind::None;
    bool m_onDecisions = true;
    bool m_onReads = true;
    int m_after = 0;
    int m_times = -1;
    int m_met = 0;
};

} // namespace countersign::demo
