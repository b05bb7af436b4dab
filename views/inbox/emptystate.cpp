// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/emptystate.h"

#include "views/style/widgets.h"

#include <QVBoxLayout>

namespace countersign {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent),
      m_sentence(new PlainLabel(style::Type::Title)),
      m_more(new PlainLabel(style::Type::Body)),
      m_action(new KeyButton)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(style::pageEdge, style::pageEdge, style::pageEdge, style::pageEdge);
    layout->setSpacing(style::gap);
    layout->addStretch(2);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_more->setAlignment(Qt::AlignHCenter);
    m_more->setRole(style::Role::Muted);
    layout->addWidget(m_sentence);
    layout->addWidget(m_more);
    layout->addSpacing(style::gap);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::acted);
}

void EmptyState::show(const QString &sentence, const QString &more, const QString &action)
{
    m_sentence->setText(sentence);
    m_more->setText(more);
    m_more->setVisible(!more.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_action->updateGeometry();
}

} // namespace countersign
