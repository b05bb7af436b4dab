// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/batchpanel.h"

#include "views/actionregistry.h"
#include "views/foreigntext.h"
#include "views/inbox/batchtable.h"
#include "views/inbox/dotstrip.h"
#include "views/inbox/inboxdelegate.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QGridLayout>
#include <QProgressBar>
#include <QScrollBar>

namespace countersign {

namespace {

constexpr qsizetype mostRows = 30; ///< in a table; the rest is counted
constexpr qsizetype mostTotals = 4;

QString labelOf(const BatchTrait &trait)
{
    switch (trait.kind) {
    case BatchTrait::Kind::Endpoint:
        return BatchPanel::tr("Endpoint");
    case BatchTrait::Kind::Agent:
        return BatchPanel::tr("Agent");
    case BatchTrait::Kind::Action:
        return BatchPanel::tr("Action");
    case BatchTrait::Kind::CaseType:
        return BatchPanel::tr("Case type");
    case BatchTrait::Kind::Risk:
        return BatchPanel::tr("Risk");
    case BatchTrait::Kind::Reversibility:
        return BatchPanel::tr("Reversibility");
    case BatchTrait::Kind::Argument:
        return foreignName(trait.path);
    }
    Q_UNREACHABLE();
}

QString valueOf(const BatchTrait &trait, const QString &value)
{
    if (trait.kind == BatchTrait::Kind::Risk) {
        return words::of(fromWord<Risk>(value).value_or(Risk::Unknown));
    }
    if (trait.kind == BatchTrait::Kind::Reversibility) {
        return words::of(fromWord<Reversibility>(value).value_or(Reversibility::Unknown));
    }
    return value.isEmpty() ? QStringLiteral("–") : foreignLine(value, 120);
}

/// "20.00 – 900.00", else the most frequent values with how often.
QString spreadOf(const BatchTrait &trait)
{
    if (trait.least && trait.most) {
        return QStringLiteral("%1 – %2").arg(words::amount(*trait.least),
                                             words::amount(*trait.most));
    }
    QStringList values;
    for (const auto &[value, count] : trait.common) {
        if (count > 1 || trait.distinct <= 3) {
            values.append(QStringLiteral("%1 ×%2").arg(valueOf(trait, value), words::count(count)));
        }
    }
    if (trait.absent > 0) {
        values.prepend(BatchPanel::tr("not in %1").arg(words::count(trait.absent)));
    }
    return values.isEmpty() ? BatchPanel::tr("each its own") : values.join(QStringLiteral(", "));
}

template <class Row, class Source>
QList<BatchTable::Row> rowsOf(const QList<Source> &list, PlainLabel &more, Row row)
{
    QList<BatchTable::Row> rows;
    for (const Source &one : list.first(qMin(mostRows, list.size()))) {
        rows.append(row(one));
    }
    more.setText(BatchPanel::tr("and %n more", nullptr, int(list.size() - rows.size())));
    more.setVisible(list.size() > rows.size());
    return rows;
}

PlainLabel *muted(style::Type type = style::Type::Body)
{
    auto *label = new PlainLabel(type);
    label->setRole(style::Role::Muted);
    return label;
}

/// Where all want the same, what tells them apart comes alone.
QString nameOf(const BatchApart &one, bool sameAction)
{
    const QString headline = headlineAlone(one.headline, one.impact);
    if (one.subject.isEmpty() || !sameAction) {
        return foreignLine(
            one.subject.isEmpty() ? headline : headline + QStringLiteral(" · ") + one.subject, 160);
    }
    return foreignLine(one.subject, 160);
}

} // namespace

BatchPanel::BatchPanel(ActionRegistry &actions, QWidget *parent)
    : QScrollArea(parent),
      m_actions(actions),
      m_title(new PlainLabel(style::Type::Title)),
      m_note(muted()),
      m_figures(new QWidget),
      m_noAmount(muted(style::Type::Caption)),
      m_confidence(new DotStrip),
      m_apartHead(new QWidget),
      m_apartTitle(new PlainLabel(style::Type::Strong)),
      m_apart(new BatchTable(tr("Set apart"), {{6}, {3, true}, {4}})),
      m_apartMore(muted(style::Type::Caption)),
      m_differsTitle(new PlainLabel(tr("What differs"), style::Type::Strong)),
      m_differs(new BatchTable(tr("What differs"), {{4}, {2, true}, {8}})),
      m_differsMore(muted(style::Type::Caption)),
      m_sameTitle(new PlainLabel(tr("The same in all"), style::Type::Strong)),
      m_same(new BatchTable(tr("The same in all"), {{4}, {10}})),
      m_progress(new QProgressBar),
      m_stop(new KeyButton(tr("Stop here"), QStringLiteral("stop"), tr("Esc"))),
      m_leftOut(new BatchTable(tr("Left out"), {{5}, {8}})),
      m_leftOutMore(muted(style::Type::Caption))
{
    setObjectName(QStringLiteral("batch"));
    setAccessibleName(tr("Selected cases"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_apart->setObjectName(QStringLiteral("apart"));
    m_leftOut->setObjectName(QStringLiteral("leftout"));
    build();
    for (BatchTable *table : {m_apart, m_leftOut}) {
        connect(table, &BatchTable::caseChosen, this, &BatchPanel::caseChosen);
    }
    connect(m_stop, &QPushButton::clicked, this, &BatchPanel::stopRequested);
}

void BatchPanel::build()
{
    auto *leave = m_actions.action(QStringLiteral("inbox.leaveout"));
    auto *leaveOut = new KeyButton(leave->text(), QStringLiteral("filter"), {});
    leaveOut->followKey(leave);
    leaveOut->setObjectName(leave->objectName());
    connect(leaveOut, &QPushButton::clicked, leave, &QAction::trigger);
    auto *head = new QHBoxLayout(m_apartHead);
    head->setContentsMargins(0, 0, 0, 0);
    head->addWidget(m_apartTitle, 1);
    head->addWidget(leaveOut);
    m_stop->setObjectName(QStringLiteral("inbox.stopbatch"));
    m_progress->setTextVisible(false);

    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(style::pageEdge, style::groupGap, style::pageEdge, style::groupGap);
    column->setSpacing(style::gap);
    column->addWidget(m_title);
    column->addWidget(m_note);
    column->addWidget(m_progress);
    column->addWidget(m_stop, 0, Qt::AlignLeft);
    column->addWidget(figures());
    column->addWidget(m_apartHead);
    column->addWidget(m_apart);
    column->addWidget(m_apartMore);
    column->addWidget(m_differsTitle);
    column->addWidget(m_differs);
    column->addWidget(m_differsMore);
    column->addWidget(m_sameTitle);
    column->addWidget(m_same);
    column->addWidget(m_leftOut);
    column->addWidget(m_leftOutMore);
    column->addStretch(1);
    setWidget(body);
}

QWidget *BatchPanel::figures()
{
    auto *amounts = new QGridLayout;
    amounts->setHorizontalSpacing(style::gap);
    amounts->setVerticalSpacing(style::unit);
    amounts->setColumnStretch(2, 1);
    for (int row = 0; row < mostTotals; ++row) {
        const Total total{new PlainLabel(style::Type::Title), new PlainLabel(style::Type::Title),
                          muted(style::Type::Caption)};
        total.sum->setWordWrap(false);
        total.sum->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        amounts->addWidget(total.sum, row, 0);
        amounts->addWidget(total.currency, row, 1);
        amounts->addWidget(total.detail, row, 2);
        m_totals.append(total);
    }
    amounts->addWidget(m_noAmount, mostTotals, 0, 1, 3);
    amounts->setRowStretch(mostTotals + 1, 1);
    auto *row = new QHBoxLayout(m_figures);
    row->setContentsMargins(0, style::gap, 0, style::gap);
    row->setSpacing(style::pageEdge);
    row->addLayout(amounts, 1);
    row->addWidget(m_confidence, 0, Qt::AlignTop);
    return m_figures;
}

void BatchPanel::hideAll()
{
    for (QWidget *part : QWidgetList{m_note, m_progress, m_stop, m_figures, m_apartHead, m_apart,
                                     m_apartMore, m_differsTitle, m_differs, m_differsMore,
                                     m_sameTitle, m_same, m_leftOut, m_leftOutMore}) {
        part->hide();
    }
}

void BatchPanel::showSummary(const BatchModel &model)
{
    const BatchSummary &summary = model.summary();
    setUpdatesEnabled(false);
    hideAll();
    const auto selected = int(model.selection().size());
    m_title->setText(tr("%1 cases selected", nullptr, selected).arg(words::count(selected)));
    fillNotes(model);
    if (summary.count > 0 && summary.count <= BatchModel::most) {
        fillFigures(summary);
        fillTables(summary);
    }
    setUpdatesEnabled(true);
}

void BatchPanel::fillNotes(const BatchModel &model)
{
    const BatchSummary &summary = model.summary();
    QStringList notes;
    if (summary.count == 0 && model.isReading()) {
        notes.append(tr("Looking at all of them…"));
    } else if (model.selection().size() > BatchModel::most) {
        notes.append(
            tr("At most %1 can be decided at once. Select fewer, by a filter for instance.")
                .arg(words::count(BatchModel::most)));
    } else if (summary.decidable.size() < summary.count) {
        notes.append(
            tr("%1 of them can be decided together.").arg(words::count(summary.decidable.size())));
    }
    if (summary.tooRisky > 0) {
        notes.append(model.rule().sentence);
    }
    if (summary.blind > 0) {
        notes.append(tr("%n wait for your own answer before the agent's advice is shown.", nullptr,
                        summary.blind));
    }
    for (const DecisionKind kind : decisionKinds(~AllowedDecisions())) {
        if (const int cannot = summary.refusing.value(kind); cannot > 0) {
            notes.append(tr("%n cannot take “%1”.", nullptr, cannot).arg(words::of(kind)));
        }
    }
    if (summary.cancelsSiblings) {
        notes.append(tr("On some server, rejecting one part cancels its approved siblings."));
    }
    m_note->setText(notes.join(QLatin1Char(' ')));
    m_note->setVisible(!notes.isEmpty());
}

void BatchPanel::fillFigures(const BatchSummary &summary)
{
    for (qsizetype i = 0; i < mostTotals; ++i) {
        const bool used = i < summary.totals.size();
        const BatchTotal total = summary.totals.value(i);
        m_totals.at(i).sum->setText(words::amount(total.sum));
        m_totals.at(i).currency->setText(foreignName(total.currency));
        m_totals.at(i).detail->setText(
            total.least == total.most
                ? tr("%1 cases", nullptr, total.cases).arg(words::count(total.cases))
                : tr("%1 cases, %2 – %3", nullptr, total.cases)
                      .arg(words::count(total.cases), words::amount(total.least),
                           words::amount(total.most)));
        for (QWidget *part :
             QWidgetList{m_totals.at(i).sum, m_totals.at(i).currency, m_totals.at(i).detail}) {
            part->setVisible(used);
        }
    }
    QStringList more;
    if (summary.totals.size() > mostTotals) {
        more.append(tr("and %n more currencies", nullptr, int(summary.totals.size() - mostTotals)));
    }
    if (summary.withoutAmount > 0) {
        more.append(summary.totals.isEmpty()
                        ? tr("No amount in any of them")
                        : tr("%n without an amount", nullptr, summary.withoutAmount));
    }
    m_noAmount->setText(more.join(QStringLiteral(" · ")));
    m_noAmount->setVisible(!more.isEmpty());
    m_confidence->show(summary.confidences, summary.unknownConfidence);
    m_figures->setVisible(!summary.decidable.isEmpty());
}

void BatchPanel::fillTables(const BatchSummary &summary)
{
    const bool sameAction
        = std::any_of(summary.same.begin(), summary.same.end(), [](const BatchTrait &one) -> bool {
              return one.kind == BatchTrait::Kind::Action;
          });
    const auto rowOf = [sameAction](const BatchApart &one) -> BatchTable::Row {
        return {.cells = {nameOf(one, sameAction && !one.barred), words::amount(one.impact),
                          one.reasons.join(QStringLiteral(", "))},
                .role = one.barred ? style::Role::Reject : style::Role::Caution,
                .symbol = one.barred ? QStringLiteral("reject") : QStringLiteral("warning"),
                .id = one.id};
    };
    m_apart->fill(rowsOf(summary.apart, *m_apartMore, rowOf));
    const auto barred = std::count_if(summary.apart.begin(), summary.apart.end(),
                                      [](const BatchApart &one) -> bool { return one.barred; });
    const int odd = int(summary.apart.size() - barred);
    QStringList title;
    if (barred > 0) {
        title.append(tr("%n cannot be decided with the others", nullptr, int(barred)));
    }
    if (odd > 0) {
        title.append(tr("%n unlike the others", nullptr, odd));
    }
    m_apartTitle->setText(title.join(QStringLiteral(" · ")));
    m_apartHead->setVisible(!summary.apart.isEmpty());
    m_differs->fill(
        rowsOf(summary.differs, *m_differsMore, [](const BatchTrait &trait) -> BatchTable::Row {
            return {.cells
                    = {labelOf(trait),
                       trait.distinct == 1 ? tr("1 value")
                                           : tr("%1 values").arg(words::count(trait.distinct)),
                       spreadOf(trait)},
                    .role = {},
                    .symbol = {},
                    .id = {}};
        }));
    m_differsTitle->setVisible(!summary.differs.isEmpty());
    if (summary.cutShort) {
        m_differsMore->setText(tr("There are more arguments than are compared here."));
        m_differsMore->show();
    }
    PlainLabel unused; // what is the same is never long: the arguments of one action
    m_same->fill(rowsOf(summary.same, unused, [](const BatchTrait &trait) -> BatchTable::Row {
        return {.cells = {labelOf(trait), valueOf(trait, trait.common.value(0).first)},
                .role = {},
                .symbol = {},
                .id = {}};
    }));
    m_sameTitle->setVisible(!summary.same.isEmpty());
}

void BatchPanel::showProgress(const QString &what, qsizetype done, qsizetype of)
{
    hideAll();
    m_title->setText(what);
    m_note->setText(tr("%1 of %2 recorded. What is recorded stays when you stop.")
                        .arg(words::count(done), words::count(of)));
    m_note->show();
    m_progress->setRange(0, int(of));
    m_progress->setValue(int(done));
    m_progress->show();
    m_stop->show();
}

void BatchPanel::showOutcome(const QString &title, const BatchReport &report,
                             const std::function<QString(const CaseId &)> &whatOf)
{
    hideAll();
    m_title->setText(title);
    QList<BatchEntry> leftOut;
    for (const BatchEntry &entry : report.entries) {
        if (entry.error) {
            leftOut.append(entry);
        }
    }
    m_note->setText(report.cancelled ? tr("You stopped it. These were left out:")
                                     : tr("These were left out:"));
    m_note->show();
    m_leftOut->fill(
        rowsOf(leftOut, *m_leftOutMore, [&whatOf](const BatchEntry &entry) -> BatchTable::Row {
            return {.cells = {foreignLine(whatOf(entry.id), 160), entry.error->text},
                    .role = style::Role::Caution,
                    .symbol = QStringLiteral("warning"),
                    .id = entry.id};
        }));
    verticalScrollBar()->setValue(0);
}

} // namespace countersign
