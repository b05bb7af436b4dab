// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/policychangesmodel.h"
#include "items/policyhistorymodel.h"

#include <QWidget>

namespace countersign {

class PlainLabel;
class PolicyTable;

/// Every version that was in force; what the chosen one changed, and its whole reason.
class HistoryPane final : public QWidget
{
    Q_OBJECT
public:
    /// `policy` outlives the pane.
    explicit HistoryPane(PolicyModel &policy, QWidget *parent = nullptr);

    [[nodiscard]] PolicyTable *table() const { return m_table; }
    [[nodiscard]] int currentVersion() const; ///< 0: none

Q_SIGNALS:
    void currentChanged();
    void failed(const countersign::Error &error);

private:
    void showCurrent();
    void describe(const PolicyRecord &record, const Json &before);

    PolicyModel &m_policy;
    PolicyHistoryModel m_versions;
    PolicyChangesModel m_changes;
    PolicyTable *m_table;
    PlainLabel *m_reason;
    PlainLabel *m_digest;
    PolicyTable *m_what;
    int m_asked = 0;
};

} // namespace countersign
