// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/wayback.h"

#include "domain/headline.h"
#include "views/foreigntext.h"
#include "views/style/icons.h"
#include "views/style/widgets.h"

#include <QAction>
#include <QHBoxLayout>

namespace countersign {

WayBack::WayBack(CaseModel &model, QAction *back, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_action(back),
      m_words(new PlainLabel(style::Type::Body))
{
    auto *button = new KeyButton(back->text(), QStringLiteral("undo"), {});
    button->followKey(back);
    connect(button, &QPushButton::clicked, back, &QAction::trigger);
    connect(back, &QAction::triggered, this, [this]() -> void { (void)this->back(); });
    auto *line = new QHBoxLayout;
    line->setContentsMargins(style::pageEdge, style::gap, style::pageEdge, style::gap);
    line->setSpacing(style::groupGap);
    line->addWidget(button);
    line->addWidget(m_words, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(line);
    layout->addWidget(makeHairline());
    follow();
}

void WayBack::go(const CaseId &id)
{
    if (id == m_model.id()) {
        return;
    }
    if (m_way.isEmpty()) {
        m_from = m_model.current() ? headlineOf(m_model.current()->proposal) : QString();
    }
    m_way.append(m_model.id());
    m_model.open(id);
    follow();
}

void WayBack::forget()
{
    m_way.clear();
    follow();
}

bool WayBack::back()
{
    if (m_way.isEmpty()) {
        return false;
    }
    m_model.open(m_way.takeLast());
    follow();
    return true;
}

void WayBack::follow()
{
    m_words->setText(tr("A past case, opened from “%1”. The list stays where it was.")
                         .arg(foreignLine(m_from, 60)));
    m_action->setEnabled(!m_way.isEmpty());
    setVisible(!m_way.isEmpty());
}

} // namespace countersign
