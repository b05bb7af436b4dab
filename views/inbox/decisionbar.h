// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"
#include "domain/clock.h"
#include "views/style/tokens.h"

#include <QWidget>

class QPlainTextEdit;

namespace countersign {

class ActionRegistry;
class CountdownRing;
class FlowRow;
class KeyButton;
class PlainLabel;

/// The bar under the case: what this case can take and nothing else, an editor for words that go
/// along, and undo. No button is ever a default one.
class DecisionBar final : public QWidget
{
    Q_OBJECT
public:
    DecisionBar(ActionRegistry &actions, const Clock &clock, QWidget *parent = nullptr);

    /// `editing`: what a form that is open would be sent as, Edit or Respond.
    void show(const std::optional<Case> &shown, std::optional<DecisionKind> editing);
    /// What a case takes: its decisions while it waits; a spot check the three verdicts, also to
    /// correct one.
    [[nodiscard]] static AllowedDecisions offered(const Case &shown);
    /// Opens the editor for the words of a rejection or an answer.
    void ask(DecisionKind kind, const Case &shown);
    /// The same for many cases: what all of them can take.
    void showMany(AllowedDecisions allowed);
    void askMany(DecisionKind kind, AllowedDecisions allowed, bool cancelsSiblings);
    void closeEditor();
    [[nodiscard]] bool isAsking() const;
    /// A decision that can still be taken back; `untilMs` by the wall clock, the hold began at
    /// `fromMs`; 0 where no countdown runs.
    void offerUndo(const QString &text, qint64 fromMs, qint64 untilMs);
    void dropUndo();
    /// In its place: what was taken back while the reviewer was elsewhere, and the way to it.
    void offerReturn(const QString &text);
    void hint(const QString &text);
    /// What a rejection, or an approval, would do to the other parts of the question, said before
    /// it is pressed; empty for nothing.
    void warnOfSiblings(const QString &onReject, const QString &onApprove);
    /// While a form is open: what would go out, or why it cannot.
    void explainEdit(const QString &text, bool wrong);
    void setBusy(bool busy);
    void tick(); ///< repaints the ring
    using QWidget::show;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void submitted(countersign::DecisionKind kind, const QString &text);
    void editSubmitted();
    void cancelled();

private:
    KeyButton *makeButton(const QString &id, std::optional<style::Role> role);
    void submit();
    void setUndoAction(const char *verb);
    void offer(AllowedDecisions allowed, bool aside, bool repair);
    void label(bool spotCheck);
    void openEditor(DecisionKind kind, const QString &question);
    void showSiblings();

    ActionRegistry &m_actions;
    const Clock &m_clock;
    QHash<QString, KeyButton *> m_buttons;
    FlowRow *m_row;
    QWidget *m_undo;
    CountdownRing *m_ring;
    PlainLabel *m_undoText;
    PlainLabel *m_hint;
    PlainLabel *m_edit;
    QWidget *m_editor;
    PlainLabel *m_siblings;
    PlainLabel *m_editorLabel;
    QPlainTextEdit *m_text;
    KeyButton *m_submit;
    DecisionKind m_asked = DecisionKind::Reject;
    qint64 m_undoFrom = 0;
    qint64 m_undoUntil = 0;
    std::optional<DecisionKind> m_editing;
    QString m_onReject;
    QString m_onApprove;
};

} // namespace countersign
