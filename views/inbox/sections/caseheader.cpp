// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/caseheader.h"

#include "domain/headline.h"
#include "views/foreigntext.h"
#include "views/inbox/inboxdelegate.h"
#include "views/inbox/sections/pieces.h"
#include "views/style/icons.h"
#include "views/words.h"

#include <QHBoxLayout>

namespace countersign {

using namespace pieces;

CaseHeader::CaseHeader() : m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(style::unit);
}

void CaseHeader::show(const Case &shown, const Clock &clock, bool veiled)
{
    clearLayout(m_layout);
    m_shown = shown;
    m_veiled = veiled;
    const Proposal &p = m_shown.proposal;
    auto *top = new QHBoxLayout;
    top->setSpacing(style::gap);
    QStringList origin;
    for (const QString &name : {p.action, p.caseType, p.agent, shown.endpointName}) {
        if (!name.isEmpty()) {
            origin.append(foreignName(name, 60));
        }
    }
    top->addWidget(muted(origin.join(QStringLiteral(" · "))), 1);
    top->addWidget(makeSymbol(style::symbolName(p.risk), style::roleOf(p.risk)));
    auto *risk = new PlainLabel(words::of(p.risk), style::Type::Strong);
    risk->setRole(style::roleOf(p.risk));
    risk->setWordWrap(false);
    top->addWidget(risk);
    m_layout->addLayout(top);
    const QString amount = words::amount(p.impact);
    QString headline = foreignLine(headlineAlone(headlineOf(p), p.impact), 400);
    if (!amount.isEmpty()) {
        headline += QLatin1Char(' ') + amount;
    }
    m_layout->addWidget(new ProseBlock(headline, style::Type::Title));
    m_facts = muted(facts(clock.nowMs()), style::Type::Body);
    m_layout->addWidget(m_facts);
    m_care = new QVBoxLayout;
    m_layout->addLayout(m_care);
    m_careShown.clear();
    showCare(clock.nowMs());
    if (!p.impact.sentence.isEmpty()) {
        auto *ground = new AgentGround(tr("Agent says of its effect"));
        addForeign(ground->body(), p.impact.sentence);
        m_layout->addWidget(ground);
    }
}

void CaseHeader::tick(qint64 nowMs)
{
    if (m_facts == nullptr) {
        return;
    }
    const QString now = facts(nowMs);
    if (m_facts->text() != now) {
        m_facts->setText(now);
    }
    showCare(nowMs);
}

QString CaseHeader::facts(qint64 nowMs) const
{
    const Proposal &p = m_shown.proposal;
    QStringList told;
    if (p.impact.people) {
        told.append(*p.impact.people == 1
                         ? tr("1 person affected")
                         : tr("%1 people affected").arg(words::count(*p.impact.people)));
    }
    told.append(words::of(p.reversibility));
    told.append(m_veiled             ? tr("confidence hidden")
                     : p.confidence ? tr("confidence %1").arg(words::confidence(p.confidence))
                                    : tr("confidence unknown"));
    if (p.dueMs) {
        told.append(words::due(*p.dueMs, nowMs));
    }
    told.append(tr("asked %1").arg(words::time(m_shown.createdMs)));
    return told.join(QStringLiteral(" · "));
}

/// What brings it before somebody again stands out; who minds it does not.
void CaseHeader::showCare(qint64 nowMs)
{
    const QString care = words::care(m_shown, nowMs);
    if (care == m_careShown) {
        return;
    }
    m_careShown = care;
    clearLayout(m_care);
    if (care.isEmpty()) {
        return;
    }
    const bool calls
        = backOf(m_shown, nowMs) || (m_shown.followUpMs && *m_shown.followUpMs <= nowMs);
    auto *label = new PlainLabel(care, style::Type::Body);
    label->setRole(calls ? style::Role::Caution : style::Role::Muted);
    m_care->addWidget(calls ? marked(QStringLiteral("clock"), style::Role::Caution, label)
                            : static_cast<QWidget *>(label));
}

} // namespace countersign
