// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/decisionbar.h"

#include "views/actionregistry.h"
#include "views/style/flowrow.h"
#include "views/style/icons.h"
#include "views/style/layoutpause.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QShortcut>

namespace countersign {

namespace {

QString id(const char *verb)
{
    return QStringLiteral("inbox.") + QLatin1String(verb);
}

} // namespace

DecisionBar::DecisionBar(ActionRegistry &actions, const Clock &clock, QWidget *parent)
    : QWidget(parent),
      m_actions(actions),
      m_clock(clock),
      m_row(new FlowRow),
      m_undo(new QWidget),
      m_ring(new CountdownRing),
      m_undoText(new PlainLabel(style::Type::Body)),
      m_hint(new PlainLabel(style::Type::Caption)),
      m_edit(new PlainLabel(style::Type::Caption)),
      m_editor(new QWidget),
      m_siblings(new PlainLabel(style::Type::Body)),
      m_editorLabel(new PlainLabel(style::Type::Body)),
      m_text(new QPlainTextEdit),
      m_submit(new KeyButton(tr("Send changed"), QStringLiteral("approve"), tr("Ctrl+Enter")))
{
    auto *editor = new QVBoxLayout(m_editor);
    editor->setContentsMargins(0, 0, 0, 0);
    editor->setSpacing(style::unit);
    editor->addWidget(m_editorLabel);
    editor->addWidget(m_text);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(fontMetrics().lineSpacing() * 3 + style::gap);
    auto *cancel = new KeyButton(tr("Cancel"), {}, tr("Esc"));
    cancel->setObjectName(id("cancel"));
    m_submit->setObjectName(id("submit"));

    m_row->setSpacing(style::gap);
    m_row->addWidget(m_submit);
    m_row->addWidget(cancel);
    m_row->addWidget(makeButton(id("approve"), style::Role::Accept));
    m_row->addWidget(makeButton(id("edit"), std::nullopt));
    m_row->addWidget(makeButton(id("sendback"), style::Role::Info));
    m_row->addWidget(makeButton(id("reject"), style::Role::Reject));
    m_row->addWidget(makeButton(id("ignore"), std::nullopt));
    m_row->addWidget(makeButton(id("repair"), std::nullopt));
    m_row->addWidget(makeButton(id("setaside"), std::nullopt));
    m_buttons.insert(id("cancel"), cancel);

    auto *undo = new QHBoxLayout(m_undo);
    undo->setContentsMargins(0, 0, 0, 0);
    undo->setSpacing(style::gap);
    undo->addWidget(m_ring);
    undo->addWidget(m_undoText, 1);
    undo->addWidget(makeButton(id("undo"), std::nullopt));
    undo->addWidget(makeButton(id("return"), std::nullopt));

    m_siblings->setRole(style::Role::Caution);
    m_siblings->setObjectName(QStringLiteral("siblings"));
    m_siblings->hide();
    for (const char *verb : {"reject", "approve"}) {
        m_buttons.value(id(verb))->installEventFilter(this);
    }
    m_hint->setRole(style::Role::Muted);
    m_hint->hide();
    m_edit->setObjectName(QStringLiteral("editStanding"));
    m_edit->hide();
    m_editor->hide();
    m_undo->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(style::pageEdge, style::gap + style::unit, style::pageEdge,
                               style::gap + style::unit);
    layout->setSpacing(style::gap);
    layout->addWidget(m_undo);
    layout->addWidget(m_hint);
    layout->addWidget(m_edit);
    layout->addWidget(m_siblings);
    layout->addWidget(m_editor);
    layout->addLayout(m_row);

    connect(m_submit, &QPushButton::clicked, this, &DecisionBar::submit);
    connect(cancel, &QPushButton::clicked, this, &DecisionBar::cancelled);
    auto *send = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), m_text);
    send->setContext(Qt::WidgetShortcut);
    send->setAutoRepeat(false);
    connect(send, &QShortcut::activated, this, &DecisionBar::submit);
    show(std::nullopt, std::nullopt);
}

KeyButton *DecisionBar::makeButton(const QString &actionId, std::optional<style::Role> role)
{
    QAction *action = m_actions.action(actionId);
    auto *button = new KeyButton(action->text(), {}, {});
    button->followKey(action);
    button->setObjectName(actionId);
    for (const ActionSpec &spec : m_actions.all()) {
        if (spec.id == actionId) {
            button->setSymbol(spec.symbol, role);
        }
    }
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    m_buttons.insert(actionId, button);
    return button;
}

void DecisionBar::show(const std::optional<Case> &shown, std::optional<DecisionKind> editing)
{
    m_editing = editing;
    const bool waits = shown && shown->state == CaseState::Waiting;
    const bool trouble = shown && shown->state == CaseState::Trouble;
    label(shown && shown->purpose == Purpose::SpotCheck);
    offer(shown ? offered(*shown) : AllowedDecisions(), waits || trouble,
          trouble && shown->proposal.trouble && shown->proposal.trouble->repairable);
    QAction *aside = m_actions.action(id("setaside"));
    const bool isAside
        = shown && shown->setAsideUntilMs && *shown->setAsideUntilMs > m_clock.nowMs();
    aside->setText(isAside ? tr("Take back") : tr("Set aside"));
    m_buttons.value(id("setaside"))->setText(aside->text());
}

AllowedDecisions DecisionBar::offered(const Case &shown)
{
    if (shown.purpose == Purpose::SpotCheck) {
        return DecisionKind::Approve | DecisionKind::Edit | DecisionKind::Reject;
    }
    return shown.state == CaseState::Waiting ? shown.proposal.allowed : AllowedDecisions();
}

/// The same keys decide a case and mark a spot check.
void DecisionBar::label(bool spotCheck)
{
    for (const auto &[verb, kind] :
         {std::pair("approve", DecisionKind::Approve), std::pair("edit", DecisionKind::Edit),
          std::pair("reject", DecisionKind::Reject)}) {
        const QString text = spotCheck ? words::of(words::verdictOf(kind)) : words::of(kind);
        m_actions.action(id(verb))->setText(text);
        m_buttons.value(id(verb))->setText(text);
    }
}

void DecisionBar::showMany(AllowedDecisions allowed)
{
    m_editing.reset();
    label(false);
    QAction *aside = m_actions.action(id("setaside"));
    aside->setText(tr("Set aside"));
    m_buttons.value(id("setaside"))->setText(aside->text());
    offer(allowed, allowed != AllowedDecisions(), false);
}

void DecisionBar::offer(AllowedDecisions allowed, bool aside, bool repair)
{
    const LayoutPause pause(layout());
    const bool asking = isAsking();
    const QHash<QString, bool> offered{{id("approve"), allowed.testFlag(DecisionKind::Approve)},
                                       {id("edit"), allowed.testFlag(DecisionKind::Edit)},
                                       {id("sendback"), allowed.testFlag(DecisionKind::Respond)},
                                       {id("reject"), allowed.testFlag(DecisionKind::Reject)},
                                       {id("ignore"), allowed.testFlag(DecisionKind::Ignore)},
                                       {id("setaside"), aside},
                                       {id("repair"), repair}};
    for (auto it = offered.cbegin(); it != offered.cend(); ++it) {
        m_buttons.value(it.key())->setVisible(it.value() && !asking && !m_editing);
        m_actions.action(it.key())->setEnabled(it.value());
    }
    m_submit->setVisible(asking || m_editing);
    m_buttons.value(id("cancel"))->setVisible(asking || m_editing);
    if (m_editing) {
        const bool answers = *m_editing == DecisionKind::Respond;
        m_submit->setText(answers ? words::of(*m_editing) : tr("Approve with changes"));
        m_submit->setSymbol(style::symbolName(answers ? *m_editing : DecisionKind::Approve),
                            answers ? style::Role::Info : style::Role::Accept);
    } else {
        m_submit->setAccessibleDescription({});
    }
    m_edit->setVisible(m_editing || (asking && m_asked == DecisionKind::Edit));
}

void DecisionBar::ask(DecisionKind kind, const Case &shown)
{
    const bool reject = kind == DecisionKind::Reject;
    const bool respond = kind == DecisionKind::Respond;
    if (shown.purpose == Purpose::SpotCheck) {
        openEditor(kind,
                   kind == DecisionKind::Edit ? tr("What would you have done a little differently?")
                                              : tr("What is wrong with it?"));
        m_submit->setText(words::of(words::verdictOf(kind)));
        show(shown, std::nullopt);
        return;
    }
    openEditor(kind,
               reject        ? tr("Why is it rejected? The agent reads this.")
                   : respond ? tr("What should the agent do instead? It reads this.")
                             : tr("The risk is high. Why is “%1” right? It is kept with the "
                                  "decision, and the agent may be told.")
                                   .arg(words::of(kind)));
    show(shown, std::nullopt);
}

void DecisionBar::askMany(DecisionKind kind, AllowedDecisions allowed, bool cancelsSiblings)
{
    openEditor(kind,
               kind == DecisionKind::Reject
                   ? tr("Why are they rejected? The agents read this with each case.")
                   : tr("What should the agents do instead? They read this with each case."));
    m_onReject = cancelsSiblings
        ? tr("On this server, rejecting one part cancels its approved siblings.")
        : QString();
    showSiblings();
    showMany(allowed);
}

void DecisionBar::openEditor(DecisionKind kind, const QString &question)
{
    m_asked = kind;
    m_editorLabel->setText(question);
    m_text->setAccessibleName(question);
    m_text->clear();
    m_submit->setText(words::of(kind));
    m_submit->setSymbol(style::symbolName(kind),
                        kind == DecisionKind::Reject        ? style::Role::Reject
                            : kind == DecisionKind::Respond ? style::Role::Info
                                                            : style::Role::Accept);
    m_editor->setVisible(true);
    showSiblings();
    m_text->setFocus(Qt::OtherFocusReason);
}

void DecisionBar::warnOfSiblings(const QString &onReject, const QString &onApprove)
{
    m_onReject = onReject;
    m_onApprove = onApprove;
    showSiblings();
}

/// While the button has the pointer or the keys, and while words for it are asked.
void DecisionBar::showSiblings()
{
    const auto meant = [this](const char *verb, DecisionKind kind) -> bool {
        const KeyButton *button = m_buttons.value(id(verb));
        return (isAsking() && m_asked == kind)
            || (button->isVisible() && (button->hasFocus() || button->underMouse()));
    };
    const QString text = meant("reject", DecisionKind::Reject) ? m_onReject
        : meant("approve", DecisionKind::Approve)              ? m_onApprove
                                                               : QString();
    m_siblings->setText(text);
    m_siblings->setVisible(!text.isEmpty());
}

bool DecisionBar::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::FocusIn:
    case QEvent::FocusOut:
    case QEvent::Enter:
    case QEvent::Leave:
    case QEvent::Hide:
        // The button knows of it only after this.
        QMetaObject::invokeMethod(this, &DecisionBar::showSiblings, Qt::QueuedConnection);
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void DecisionBar::closeEditor()
{
    m_editor->hide();
    m_text->clear();
    showSiblings();
}

bool DecisionBar::isAsking() const
{
    return m_editor->isVisibleTo(this);
}

void DecisionBar::submit()
{
    if (m_editing) {
        Q_EMIT editSubmitted();
    } else if (isAsking()) {
        Q_EMIT submitted(m_asked, m_text->toPlainText());
    }
}

void DecisionBar::offerUndo(const QString &text, qint64 fromMs, qint64 untilMs)
{
    m_undoFrom = fromMs;
    m_undoUntil = untilMs;
    m_undoText->setText(text);
    m_ring->setVisible(untilMs > 0);
    m_undo->setVisible(true);
    setUndoAction("undo");
    tick();
}

void DecisionBar::offerReturn(const QString &text)
{
    m_undoUntil = 0;
    m_undoText->setText(text);
    m_ring->hide();
    m_undo->show();
    setUndoAction("return");
}

/// The one that the strip offers; none: empty.
void DecisionBar::setUndoAction(const char *verb)
{
    for (const char *each : {"undo", "return"}) {
        const bool offered = qstrcmp(each, verb) == 0;
        m_buttons.value(id(each))->setVisible(offered);
        m_actions.action(id(each))->setEnabled(offered);
    }
}

void DecisionBar::dropUndo()
{
    m_undo->hide();
    m_undoUntil = 0;
    setUndoAction("");
}

void DecisionBar::hint(const QString &text)
{
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
}

void DecisionBar::explainEdit(const QString &text, bool wrong)
{
    m_edit->setText(text);
    m_edit->setRole(wrong ? style::Role::Caution : style::Role::Muted);
    const bool answers = m_editing == DecisionKind::Respond;
    m_submit->setSymbol(style::symbolName(answers ? DecisionKind::Respond : DecisionKind::Approve),
                        wrong         ? style::Role::Muted
                            : answers ? style::Role::Info
                                      : style::Role::Accept);
    m_submit->setAccessibleDescription(text);
}

void DecisionBar::setBusy(bool busy)
{
    for (KeyButton *button : std::as_const(m_buttons)) {
        button->setEnabled(!busy);
    }
    m_submit->setEnabled(!busy);
}

void DecisionBar::tick()
{
    if (m_undoUntil > 0) {
        m_ring->setLeft(m_undoUntil - m_clock.nowMs(), m_undoUntil - m_undoFrom);
    }
}

} // namespace countersign
