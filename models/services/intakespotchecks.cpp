// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/intakerules.h"
#include "domain/json.h"
#include "services/spotdraws.h"

namespace countersign {

/// Every action is drawn once, in the order they come in; what hits becomes a case.
Result<void> IntakeRules::takePerformed(const Performed &performed)
{
    Proposal done = performed.proposal;
    done.allowed = {};
    done.trouble.reset();
    if (const QString text = faultOf(done); !text.isEmpty() || done.source.of != 1) {
        m_summary.refused.append(text);
        return {};
    }
    const QString &question = done.source.question;
    const auto before = m_transaction.drawAt(m_endpoint.id, question);
    const auto asked = m_transaction.newestCaseAt(m_endpoint.id, question, 1);
    const auto rate = m_transaction.setting(key(setting::spotCheckRate), {});
    if (!before || !asked || !rate) {
        return tl::unexpected<Error>(!before      ? before.error()
                                         : !asked ? asked.error()
                                                  : rate.error());
    }
    if (*before || *asked) {
        return takeEffect(performed.effect); // seen already, or a person was asked
    }
    const SpotCheckRule rule
        = spotCheckRule(done, isShare(*rate) ? *rate : key(builtInSpotCheckRate));
    const auto draw = recordDraw(m_transaction, m_actor, m_endpoint.id, done, rule);
    if (!draw) {
        return tl::unexpected<Error>(draw.error());
    }
    ++m_summary.performed;
    m_summary.spotChecks += draw->drawn ? 1 : 0;
    return draw->drawn ? takeEffect(performed.effect) : Result<void>();
}

} // namespace countersign
