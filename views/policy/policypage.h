// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"
#include "domain/ids.h"
#include "domain/json.h"
#include "items/policylook.h"

#include <QWidget>

#include <optional>

class QAction;
class QKeySequence;
class QSettings;
class QStackedWidget;
class QTabWidget;

namespace countersign {

class ActionRegistry;
class Clock;
class DocumentPane;
class EmptyState;
class HistoryPane;
class MessageBar;
class PolicyChangesModel;
class PolicyHeader;
class PolicyModel;
class PolicyPort;
class PolicyTable;
class Prompt;
class RulesPane;
struct PolicyRecord;

/// What the page is built from; all of it outlives the page.
struct PolicyContext
{
    PolicyModel &policy;
    PolicyPort &port;
    ActionRegistry &actions;
    MessageBar &messages;
    Prompt &prompt;
    const Clock &clock;
    PersonId person;
};

/// The policy in force and the draft of the next: its rules, what it changes, earlier versions, and
/// the document itself; signing and going back. Keys act while the rules have the focus (place
/// "policy.rules").
class PolicyPage final : public QWidget
{
    Q_OBJECT
public:
    explicit PolicyPage(const PolicyContext &context, QWidget *parent = nullptr);

    /// Another part of the page, behind the changes; it is taken over. `id` is stable, and gives
    /// the action "policy.show_<id>".
    void addPanel(const QString &id, const QString &title, QWidget *panel);
    /// Leads to the draft's rule for just these (empty: any), with that threshold where one is
    /// given; makes the rule where there is none.
    void editRuleFor(const QString &agent, const QString &action, const QString &caseType,
                     std::optional<double> threshold = {});
    void save(QSettings &settings) const;
    void restore(QSettings &settings);

protected:
    void focusInEvent(QFocusEvent *event) override; ///< gives it to what is shown

private:
    struct Spec
    {
        const char *id;
        QString text;
        QList<QKeySequence> keys;
        const char *symbol;
        bool anywhere = true;
        const char *place = "policy.rules";
    };
    template <class Slot> QAction *add(const Spec &spec, Slot slot);

    void build();
    void addRuleActions();
    void addDraftActions();
    void addFileActions();
    void addStarters();
    void addTab(const QString &id, const QString &title, QWidget *panel, int at);
    void follow();
    void followRule();
    void showTab(QWidget *panel);

    void addRule();
    void makeFirst();
    void sign();
    void openSheet(const Json &document, const QList<PolicyChangeLine> &changes, int after,
                   const QString &remark, bool ofDraft);
    void rollBack();
    void importFile();
    void exportFile();
    void startFrom(const QByteArray &bytes, const QString &name);
    void say(const QString &sentence);
    void showFault();

    PolicyContext m;
    PolicyHeader *m_header;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QTabWidget *m_tabs;
    RulesPane *m_rules;
    PolicyTable *m_changes;
    PolicyChangesModel *m_changesModel;
    HistoryPane *m_history;
    DocumentPane *m_document;
    QList<QAction *> m_starters;
    bool m_signWanted = false; ///< as soon as the draft was looked at
};

} // namespace countersign
