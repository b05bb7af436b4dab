// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/casemodel.h"
#include "items/inboxmodel.h"
#include "services/ports.h"

#include <QWidget>

class QSettings;

namespace countersign {

class ActionRegistry;
class MessageBar;

/// What the inbox is built from; all of it outlives the page.
struct InboxContext
{
    InboxModel &inbox;
    CaseModel &detail;
    DecisionPort &decisions;
    EndpointPort &endpoints;
    ActionRegistry &actions;
    MessageBar &messages;
    const Clock &clock;
    PersonId person;
    QSettings &state; ///< filter, order, widths, folds; under the group "inbox"
};

/// The inbox: queues and filters, the list, the case with its decisions. Registers its actions
/// ("inbox.…").
class InboxPage final : public QWidget
{
    Q_OBJECT
public:
    explicit InboxPage(const InboxContext &context, QWidget *parent = nullptr);

    /// Opens a case and selects its row, widening the filter where it hides it.
    void showCase(const CaseId &id);

Q_SIGNALS:
    void connectEndpointRequested();

private:
    InboxContext m_context;
};

} // namespace countersign
