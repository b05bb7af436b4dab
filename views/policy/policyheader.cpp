// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/policyheader.h"

#include "domain/clock.h"
#include "items/policymodel.h"
#include "views/foreigntext.h"
#include "views/style/flowrow.h"
#include "views/style/icons.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace countersign {

namespace {

/// The draft's ground: an edge that says what it is like, nothing behind the text.
class DraftBanner final : public QWidget
{
public:
    explicit DraftBanner(PolicyModel &policy, QWidget *parent) : QWidget(parent), m_policy(policy) { }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const style::Role role = !m_policy.look().faults.isEmpty() ? style::Role::Reject
            : m_policy.isBehind()                                  ? style::Role::Caution
                                                                   : style::Role::Info;
        painter.fillRect(0, 0, style::edgeWidth, height(), style::color(role, palette()));
        painter.fillRect(0, 0, width(), style::hairline, style::hairlineColor(palette()));
    }

private:
    PolicyModel &m_policy;
};

QString setBy(const PolicyRecord &record, const Clock &clock)
{
    constexpr qint64 justNowMs = 60'000;
    const qint64 ago = clock.nowMs() - record.atMs;
    const QString who = foreignName(record.personName);
    const QString why = foreignLine(record.reason, 400);
    return ago < justNowMs
        ? PolicyHeader::tr("set by %1 just now: %2").arg(who, why)
        : PolicyHeader::tr("set by %1, %2 ago: %3").arg(who, words::span(ago), why);
}

} // namespace

PolicyHeader::PolicyHeader(PolicyModel &policy, const Clock &clock, QWidget *parent)
    : QWidget(parent),
      m_policy(policy),
      m_clock(clock),
      m_name(new PlainLabel(style::Type::Title, this)),
      m_how(new PlainLabel(style::Type::Body, this)),
      m_buttons(new QHBoxLayout),
      m_banner(new DraftBanner(policy, this)),
      m_draft(new PlainLabel(style::Type::Body)),
      m_draftButtons(new FlowRow)
{
    m_how->setRole(style::Role::Muted);
    auto *words = new QVBoxLayout;
    words->setSpacing(style::unit);
    words->addWidget(m_name);
    words->addWidget(m_how);
    m_buttons->setSpacing(style::gap);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(style::groupGap, style::groupGap, style::groupGap, style::gap);
    top->setSpacing(style::groupGap);
    top->addLayout(words, 1);
    top->addLayout(m_buttons);
    top->setAlignment(m_buttons, Qt::AlignTop);
    auto *draft = new QVBoxLayout(m_banner);
    draft->setContentsMargins(style::groupGap, style::gap, style::groupGap, style::gap);
    draft->setSpacing(style::gap);
    draft->addWidget(m_draft);
    draft->addLayout(m_draftButtons);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_banner);
    describe();
    connect(&policy, &PolicyModel::changed, this, &PolicyHeader::describe);
}

void PolicyHeader::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    m_buttons->addWidget(button);
}

void PolicyHeader::addMenuButton(const QString &text, const QString &symbol,
                                 const QList<QAction *> &actions)
{
    auto *button = new QToolButton(this);
    auto *menu = new QMenu(button);
    menu->addActions(actions);
    button->setMenu(menu);
    button->setText(text);
    button->setIcon(style::symbol(symbol));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::TabFocus);
    m_buttons->addWidget(button);
}

void PolicyHeader::addDraftButton(QAction *action, const QString &symbol)
{
    auto *button = new KeyButton(action->text(), symbol, {}, m_banner);
    button->followKey(action);
    const auto follow = [button, action]() -> void {
        button->setEnabled(action->isEnabled());
    };
    connect(action, &QAction::changed, button, follow);
    follow();
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    m_draftButtons->addWidget(button);
}

void PolicyHeader::setTakeOver(QAction *action)
{
    addDraftButton(action, QStringLiteral("refresh"));
    m_takeOver = m_draftButtons->itemAt(m_draftButtons->count() - 1)->widget();
    describe();
}

QString PolicyHeader::draftSentence(const PolicyModel &policy, const Clock &clock)
{
    QStringList parts;
    const qsizetype changes = policy.look().changes.size();
    const qsizetype faults = policy.look().faults.size();
    parts.append(changes == 1 ? tr("Draft with 1 change against %1.").arg(policy.inForce().name())
                              : tr("Draft with %1 changes against %2.")
                                    .arg(words::count(changes), policy.inForce().name()));
    if (policy.isBehind()) {
        const QString by
            = policy.isBuiltIn() ? tr("built in") : setBy(policy.inForce(), clock);
        parts.append(tr("It was made from policy v%1; by now %2 is in force (%3).")
                         .arg(policy.draftedFrom())
                         .arg(policy.inForce().name(), by));
    }
    if (faults > 0) {
        const PolicyFault &first = policy.look().faults.first();
        const QString where = first.path.isEmpty() ? QStringLiteral("/") : first.path;
        parts.append(faults == 1
                         ? tr("1 fault keeps it from being signed, at %1: %2")
                               .arg(foreignLine(where, 120), foreignLine(first.text, 400))
                         : tr("%1 faults keep it from being signed; the first is at %2: %3")
                               .arg(words::count(faults), foreignLine(where, 120),
                                    foreignLine(first.text, 400)));
    }
    return parts.join(QLatin1Char(' '));
}

void PolicyHeader::describe()
{
    const PolicyRecord &record = m_policy.inForce();
    m_name->setText(tr("Policy v%1").arg(record.version));
    m_how->setText(!m_policy.isLoaded()   ? tr("Reading…")
                       : m_policy.isBuiltIn() ? tr("built in: everything goes to a person")
                                              : setBy(record, m_clock));
    m_how->setToolTip(record.digest.isEmpty()
                          ? QString()
                          : tr("Digest (SHA-256) %1").arg(record.digest));
    m_banner->setVisible(m_policy.isDrafted());
    if (m_policy.isDrafted()) {
        m_draft->setText(draftSentence(m_policy, m_clock));
        m_banner->update();
    }
    if (m_takeOver != nullptr) {
        m_takeOver->setVisible(m_policy.isBehind());
    }
}

} // namespace countersign
