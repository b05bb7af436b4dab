// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/caseview.h"

#include "domain/headline.h"
#include "views/codeblock.h"
#include "views/foreigntext.h"
#include "views/inbox/argumentsform.h"
#include "views/inbox/inboxdelegate.h"
#include "views/inbox/jsonchanges.h"
#include "views/style/icons.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QGridLayout>
#include <QScrollBar>

namespace countersign {

namespace {

constexpr qsizetype proseLimit = 6000; // some pages; the raw payload holds the rest

QWidget *marked(const QString &symbol, style::Role role, QWidget *text)
{
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::gap);
    layout->addWidget(makeSymbol(symbol, role), 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    return line;
}

PlainLabel *muted(const QString &text, style::Type type = style::Type::Caption)
{
    auto *label = new PlainLabel(text, type);
    label->setRole(style::Role::Muted);
    return label;
}

void addWarning(QVBoxLayout *layout, const QString &foreign)
{
    if (const QString warning = foreignWarning(foreign); !warning.isEmpty()) {
        auto *label = new PlainLabel(warning, style::Type::Caption);
        label->setRole(style::Role::Caution);
        layout->addWidget(marked(QStringLiteral("warning"), style::Role::Caution, label));
    }
}

void addForeign(QVBoxLayout *layout, const QString &text, style::Type type = style::Type::Body)
{
    layout->addWidget(new ProseBlock(foreignText(text, proseLimit), type));
    addWarning(layout, text);
}

} // namespace

CaseView::CaseView(CaseModel &model, const Clock &clock, QSettings &state, QWidget *parent)
    : QScrollArea(parent),
      m_model(model),
      m_clock(clock),
      m_state(state),
      m_page(new QWidget),
      m_header(new QVBoxLayout),
      m_column(new QVBoxLayout(m_page)),
      m_form(new ArgumentsForm)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Case"));
    // Else the scroll area takes the height that the texts would have at their narrowest.
    m_page->setMinimumSize(1, 1);
    m_column->setContentsMargins(style::pageEdge, style::groupGap, style::pageEdge,
                                 style::groupGap);
    m_column->setSpacing(style::gap);
    m_header->setSpacing(style::unit);
    m_column->addLayout(m_header);
    m_column->addWidget(makeHairline());
    m_fate = addSection(tr("What became of it"), QStringLiteral("fate"));
    m_change = addSection(tr("Changed since you looked"), QStringLiteral("change"));
    m_reasons = addSection(tr("Why you are asked"), QStringLiteral("why"));
    m_advice = addSection(tr("Agent recommends"), QStringLiteral("advice"));
    m_arguments = addSection(tr("Action"), QStringLiteral("arguments"));
    m_evidence = addSection(tr("Evidence"), QStringLiteral("evidence"));
    m_uncertainty = addSection(tr("Uncertainty"), QStringLiteral("uncertainty"));
    m_parts = addSection(tr("Parts of one question"), QStringLiteral("parts"));
    m_timeline = addSection(tr("Timeline"), QStringLiteral("timeline"), false);
    m_raw = addSection(tr("Raw payload"), QStringLiteral("raw"), false);
    m_column->addStretch(1);
    auto *ground = new AgentGround(QString());
    ground->body()->addWidget(m_form);
    m_arguments->body()->addWidget(ground);
    m_edits = new QVBoxLayout;
    m_edits->setSpacing(style::unit);
    m_arguments->body()->addLayout(m_edits);
    setWidget(m_page);
    m_page->hide();
    connect(m_timeline, &Section::unfolded, this, &CaseView::fillTimeline);
    connect(m_raw, &Section::unfolded, this, [this]() -> void {
        if (m_model.current()) {
            fillRaw(*m_model.current());
        }
    });
    connect(&m_model, &CaseModel::changed, this, &CaseView::refresh);
    connect(m_form, &ArgumentsForm::changed, this, &CaseView::showEdits);
}

Section *CaseView::addSection(const QString &title, const QString &key, bool open)
{
    auto *section = new Section(title, key, m_state, open);
    m_column->addWidget(section);
    return section;
}

void CaseView::refresh(bool another)
{
    const auto &shown = m_model.current();
    if (!shown) {
        m_editing = false;
        m_page->setVisible(false);
        return;
    }
    const int scroll = verticalScrollBar()->value();
    m_page->setUpdatesEnabled(false);
    fillHeader(*shown);
    fillFate(*shown);
    if (another) {
        m_editing = false;
        fillChange(*shown);
        fillArguments(*shown);
    }
    fillReasons(*shown);
    fillAdvice(*shown);
    fillEvidence(*shown);
    fillUncertainty(*shown);
    fillParts(*shown);
    fillTimeline();
    fillRaw(*shown);
    m_page->setVisible(true);
    m_page->setUpdatesEnabled(true);
    verticalScrollBar()->setValue(another ? 0 : scroll);
}

void CaseView::fillHeader(const Case &shown)
{
    clearLayout(m_header);
    const Proposal &p = shown.proposal;
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
    m_header->addLayout(top);
    const QString amount = words::amount(p.impact);
    QString headline = foreignLine(headlineAlone(headlineOf(p), p.impact), 400);
    if (!amount.isEmpty()) {
        headline += QLatin1Char(' ') + amount;
    }
    m_header->addWidget(new ProseBlock(headline, style::Type::Title));
    QStringList facts;
    if (p.impact.people) {
        facts.append(*p.impact.people == 1
                         ? tr("1 person affected")
                         : tr("%1 people affected").arg(words::count(*p.impact.people)));
    }
    facts.append(words::of(p.reversibility));
    facts.append(p.confidence ? tr("confidence %1").arg(words::confidence(p.confidence))
                              : tr("confidence unknown"));
    if (p.dueMs) {
        facts.append(words::due(*p.dueMs, m_clock.nowMs()));
    }
    facts.append(tr("asked %1").arg(words::time(shown.createdMs)));
    m_header->addWidget(muted(facts.join(QStringLiteral(" · ")), style::Type::Body));
    if (!p.impact.sentence.isEmpty()) {
        auto *ground = new AgentGround(tr("Agent says of its effect"));
        addForeign(ground->body(), p.impact.sentence);
        m_header->addWidget(ground);
    }
}

void CaseView::fillChange(const Case &shown)
{
    m_change->clear();
    m_change->setVisible(shown.before.has_value());
    if (!shown.before) {
        return;
    }
    auto *note = new PlainLabel(tr("The agent changed its proposal. This is what differs:"),
                                style::Type::Body);
    m_change->body()->addWidget(marked(QStringLiteral("warning"), style::Role::Caution, note));
    addChanges(m_change->body(), shown.before->arguments, shown.proposal.arguments);
    if (shown.before->action != shown.proposal.action) {
        addChanges(m_change->body(), Json(shown.before->action), Json(shown.proposal.action));
    }
    if (shown.before->question != shown.proposal.question) {
        addChanges(m_change->body(), Json(shown.before->question), Json(shown.proposal.question));
    }
}

void CaseView::addChanges(QVBoxLayout *layout, const Json &before, const Json &after) const
{
    auto *ground = new AgentGround(QString());
    for (const JsonChange &change : jsonChanges(before, after)) {
        const auto side = [](const std::optional<Json> &value) -> QString {
            return value ? foreignLine(jsonText(*value), 400) : tr("not set");
        };
        if (!change.path.isEmpty()) {
            ground->body()->addWidget(muted(foreignName(change.path)));
        }
        ground->body()->addWidget(marked(QStringLiteral("reject"), style::Role::Reject,
                                         new ProseBlock(side(change.before))));
        ground->body()->addWidget(marked(QStringLiteral("chevron-right"), style::Role::Accept,
                                         new ProseBlock(side(change.after), style::Type::Strong)));
    }
    layout->addWidget(ground);
}

void CaseView::fillReasons(const Case &shown)
{
    m_reasons->clear();
    for (const QString &reason : shown.gateReasons) {
        m_reasons->body()->addWidget(new PlainLabel(foreignText(reason), style::Type::Body));
    }
    for (const QString &mark : shown.proposal.marks) {
        m_reasons->body()->addWidget(marked(QStringLiteral("warning"), style::Role::Caution,
                                            new PlainLabel(foreignText(mark), style::Type::Body)));
    }
    m_reasons->setVisible(!shown.gateReasons.isEmpty() || !shown.proposal.marks.isEmpty());
}

void CaseView::fillAdvice(const Case &shown)
{
    m_advice->clear();
    const Proposal &p = shown.proposal;
    m_advice->setVisible(!p.recommendation.isEmpty() || !p.reasoning.isEmpty()
                         || !p.question.isEmpty());
    auto *ground = new AgentGround(tr("Agent says"));
    if (!p.recommendation.isEmpty()) {
        addForeign(ground->body(), p.recommendation, style::Type::Strong);
    }
    for (const QString &text : {p.question, p.reasoning}) {
        if (!text.isEmpty()) {
            addForeign(ground->body(), text);
        }
    }
    m_advice->body()->addWidget(ground);
}

void CaseView::fillArguments(const Case &shown)
{
    const Json &arguments = shown.proposal.arguments;
    m_form->show(arguments, shown.proposal.schema, m_editing);
    m_arguments->setVisible(m_editing || !arguments.isObject() || !arguments.members().isEmpty());
    m_arguments->setCount(arguments.isObject() ? int(arguments.members().size()) : -1);
    clearLayout(m_edits);
}

void CaseView::fillEvidence(const Case &shown)
{
    m_evidence->clear();
    m_evidence->setCount(int(shown.proposal.evidence.size()));
    m_evidence->setVisible(!shown.proposal.evidence.isEmpty());
    auto *ground = new AgentGround(QString());
    for (const Evidence &item : shown.proposal.evidence) {
        if (ground->body()->count() > 0) {
            ground->body()->addSpacing(style::unit);
        }
        if (!item.title.isEmpty()) {
            addForeign(ground->body(), item.title, style::Type::Strong);
        }
        if (!item.text.isEmpty()) {
            addForeign(ground->body(), item.text);
        }
        if (!item.link.isEmpty()) {
            ground->body()->addWidget(
                marked(QStringLiteral("link"), style::Role::Muted,
                       new ProseBlock(foreignName(item.link, 2000), style::Type::Caption)));
        }
    }
    m_evidence->body()->addWidget(ground);
}

void CaseView::fillUncertainty(const Case &shown)
{
    m_uncertainty->clear();
    m_uncertainty->setCount(int(shown.proposal.uncertainty.size()));
    m_uncertainty->setVisible(!shown.proposal.uncertainty.isEmpty());
    auto *ground = new AgentGround(QString());
    for (const QString &text : shown.proposal.uncertainty) {
        ground->body()->addWidget(marked(QStringLiteral("warning"), style::Role::Caution,
                                         new ProseBlock(foreignText(text, proseLimit))));
    }
    m_uncertainty->body()->addWidget(ground);
}

void CaseView::fillParts(const Case &shown)
{
    m_parts->clear();
    const int of = shown.proposal.source.of;
    m_parts->setVisible(of > 1);
    if (of <= 1) {
        return;
    }
    m_parts->body()->addWidget(new PlainLabel(
        tr("Part %1 of %2; %3 decided. All answers go out together when the last part is decided.")
            .arg(shown.proposal.source.part)
            .arg(of)
            .arg(shown.partsDecided),
        style::Type::Body));
    if (shown.proposal.rejectCancelsSiblings) {
        m_parts->body()->addWidget(
            marked(QStringLiteral("warning"), style::Role::Caution,
                   new PlainLabel(tr("On this server, rejecting one part cancels its approved "
                                     "siblings."),
                                  style::Type::Body)));
    }
    for (const Case &part : m_model.parts()) {
        const QString name
            = tr("%1. %2 (%3)")
                  .arg(part.proposal.source.part)
                  .arg(foreignLine(headlineOf(part.proposal), 80), words::of(part.state));
        auto *button = new KeyButton(name, style::symbolName(part.state), {});
        button->setEnabled(part.id != shown.id);
        connect(button, &QPushButton::clicked, this,
                [this, id = part.id]() -> void { Q_EMIT caseChosen(id); });
        m_parts->body()->addWidget(button, 0, Qt::AlignLeft);
    }
}

void CaseView::fillFate(const Case &shown)
{
    m_fate->clear();
    const bool any = shown.state != CaseState::Waiting || shown.decision
        || !shown.stateText.isEmpty() || !shown.effects.isEmpty();
    m_fate->setVisible(any);
    if (!any) {
        return;
    }
    const style::Role role = style::roleOf(shown.state);
    auto *state = new PlainLabel(words::of(shown.state), style::Type::Strong);
    state->setRole(role);
    m_fate->body()->addWidget(marked(style::symbolName(shown.state), role, state));
    if (const auto &decision = shown.decision) {
        m_fate->body()->addWidget(
            new PlainLabel(tr("%1 by %2, %3")
                               .arg(words::past(decision->kind), foreignName(decision->personName),
                                    words::time(decision->decidedMs, true)),
                           style::Type::Body));
        if (!decision->message.isEmpty()) {
            m_fate->body()->addWidget(new ProseBlock(foreignText(decision->message)));
        }
        if (!decision->stateText.isEmpty() && decision->stateText != shown.stateText) {
            m_fate->body()->addWidget(new ProseBlock(foreignText(decision->stateText)));
        }
        if (decision->kind == DecisionKind::Edit && decision->arguments) {
            addChanges(m_fate->body(), shown.proposal.arguments, *decision->arguments);
        }
    }
    if (!shown.stateText.isEmpty()) {
        m_fate->body()->addWidget(new ProseBlock(foreignText(shown.stateText)));
    }
    if (!shown.effects.isEmpty()) {
        auto *ground = new AgentGround(tr("Agent says what it did"));
        for (const QString &effect : shown.effects) {
            addForeign(ground->body(), effect);
        }
        m_fate->body()->addWidget(ground);
    }
}

void CaseView::fillTimeline()
{
    m_timeline->clear();
    m_timeline->setCount(int(m_model.timeline().size()));
    if (!m_timeline->isOpen()) {
        return;
    }
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(style::groupGap);
    grid->setVerticalSpacing(style::unit);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const TimelineEntry &entry : m_model.timeline()) {
        auto *at = muted(words::time(entry.atMs, true));
        at->setWordWrap(false);
        grid->addWidget(at, row, 0, Qt::AlignTop);
        grid->addWidget(new ProseBlock(foreignLine(entry.sentence)), row++, 1);
        if (!entry.remark.isEmpty()) {
            grid->addWidget(new ProseBlock(foreignText(entry.remark, 2000), style::Type::Caption),
                            row++, 1);
        }
    }
    m_timeline->body()->addLayout(grid);
}

void CaseView::fillRaw(const Case &shown)
{
    m_raw->clear();
    if (!m_raw->isOpen()) {
        return;
    }
    auto *code = new CodeBlock(tr("Raw payload"));
    const QString raw = QString::fromUtf8(toPrettyJson(shown.proposal.raw));
    code->setCode(foreignText(raw, 100'000));
    m_raw->body()->addWidget(code);
}

void CaseView::setEditing(bool editing)
{
    if (!m_model.current()) {
        return;
    }
    m_editing = editing;
    fillArguments(*m_model.current());
    if (editing) {
        m_arguments->setOpen(true);
        m_form->focusFirst();
        ensureWidgetVisible(m_arguments);
    }
}

void CaseView::showEdits()
{
    clearLayout(m_edits);
    const auto &shown = m_model.current();
    if (shown && m_form->isChanged()) {
        m_edits->addWidget(new PlainLabel(tr("Your changes"), style::Type::Strong));
        addChanges(m_edits, shown->proposal.arguments, m_form->value());
    }
    Q_EMIT edited();
}

} // namespace countersign
