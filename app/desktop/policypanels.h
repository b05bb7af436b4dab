// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/replaymodel.h"
#include "items/riskmapmodel.h"
#include "items/thresholdmodel.h"

namespace countersign {

class MessageBar;
class PolicyModel;
class PolicyPage;

/// What the past says of a policy, hung into its page: risk map, try-out, thresholds. On the GUI
/// thread; what it is given outlives it.
class PolicyPanels final : public QObject
{
    Q_OBJECT
public:
    PolicyPanels(Store &store, const Clock &clock, PolicyModel &policy, PolicyPage &page,
                 MessageBar &messages, QObject *parent = nullptr);

    [[nodiscard]] const ReplayModel *replay() const { return &m_replay; }

Q_SIGNALS:
    void caseChosen(const countersign::CaseId &id);

private:
    void follow();

    PolicyModel &m_policy;
    MessageBar &m_messages;
    RiskMapModel m_risks;
    ReplayModel m_replay;
    CasesBehindModel m_behind;
    ThresholdModel m_thresholds;
    QString m_digests; ///< of the two policies that are compared
};

} // namespace countersign
