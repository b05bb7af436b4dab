// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/policypanels.h"

#include "items/policymodel.h"
#include "items/policyread.h"
#include "policy/rules/policy.h"
#include "views/messagebar.h"
#include "views/policy/policypage.h"
#include "views/policy/riskmapview.h"
#include "views/policy/thresholdview.h"
#include "views/policy/tryoutview.h"

namespace countersign {

PolicyPanels::PolicyPanels(Store &store, const Clock &clock, PolicyModel &policy, PolicyPage &page,
                           MessageBar &messages, QObject *parent)
    : QObject(parent),
      m_policy(policy),
      m_messages(messages),
      m_risks(store, clock),
      m_replay(store, clock),
      m_behind(store),
      m_thresholds(store)
{
    auto *risks = new RiskMapView(m_risks);
    auto *tryOut = new TryOutView(m_replay, m_behind);
    auto *thresholds = new ThresholdView(m_thresholds);
    page.addPanel(QStringLiteral("try"), tr("Try it"), tryOut);
    page.addPanel(QStringLiteral("risks"), tr("Risk map"), risks);
    page.addPanel(QStringLiteral("thresholds"), tr("Thresholds"), thresholds);
    connect(risks, &RiskMapView::groupChosen, &page,
            [&page](const QString &agent, const QString &action, const QString &caseType) -> void {
                page.editRuleFor(agent, action, caseType);
            });
    connect(thresholds, &ThresholdView::thresholdChosen, &page, &PolicyPage::editRuleFor);
    connect(tryOut, &TryOutView::caseChosen, this, &PolicyPanels::caseChosen);
    const auto say = [this](const Error &error) -> void {
        m_messages.show(QStringLiteral("policy.past"), error);
    };
    connect(risks, &RiskMapView::failed, this, say);
    connect(tryOut, &TryOutView::failed, this, say);
    connect(thresholds, &ThresholdView::failed, this, say);
    connect(&policy, &PolicyModel::changed, this, &PolicyPanels::follow);
    follow();
}

void PolicyPanels::follow()
{
    if (!m_policy.isLoaded() || m_policy.isLooking()) {
        return; // changed() comes again
    }
    const QString digests = m_policy.inForce().digest + u' ' + m_policy.look().digest;
    if (std::exchange(m_digests, digests) == digests) {
        return;
    }
    const auto inForce = readPolicy(m_policy.inForce().document).policy;
    const auto draft = m_policy.isDrafted() ? readPolicy(m_policy.look().document).policy
                                            : std::optional<Policy>();
    m_replay.setPolicies(inForce.value_or(everythingToAPerson()), draft);
}

} // namespace countersign
