// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/tryoutview.h"

#include "views/inbox/emptystate.h"
#include "views/policy/cellwords.h"
#include "views/policy/pastwords.h"
#include "views/policy/tryoutcells.h"
#include "views/style/flowrow.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QComboBox>
#include <QDateEdit>
#include <QEvent>
#include <QHeaderView>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int stackBelow = style::foldBelow - style::railWidth;

} // namespace

TryOutView::TryOutView(ReplayModel &model, CasesBehindModel &behind, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_behind(behind),
      m_period(new QComboBox),
      m_from(new QDateEdit),
      m_to(new QDateEdit),
      m_between(new QWidget),
      m_start(new QPushButton(tr("Start"))),
      m_cancel(new QPushButton(tr("Cancel"))),
      m_progress(new QProgressBar),
      m_state(new PlainLabel(style::Type::Caption)),
      m_reviews(new PlainLabel(style::Type::Title)),
      m_wrong(new PlainLabel(style::Type::Body)),
      m_money(new PlainLabel(style::Type::Body)),
      m_table(new QTableView),
      m_title(new PlainLabel(style::Type::Strong)),
      m_cases(new QListView),
      m_pane(makeBehind()),
      m_splitter(new QSplitter),
      m_result(new QWidget),
      m_empty(new EmptyState)
{
    m_state->setRole(style::Role::Muted);
    m_state->setObjectName(QStringLiteral("state"));
    m_reviews->setObjectName(QStringLiteral("reviews"));
    m_wrong->setObjectName(QStringLiteral("wrong"));
    m_money->setObjectName(QStringLiteral("money"));
    m_title->setObjectName(QStringLiteral("behind"));
    buildTable();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 1);
    auto *result = new QVBoxLayout(m_result);
    result->setContentsMargins(0, 0, 0, 0);
    result->setSpacing(style::unit);
    result->addWidget(m_reviews);
    result->addWidget(m_wrong);
    result->addWidget(m_money);
    result->addSpacing(style::unit);
    result->addWidget(m_splitter, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::gap);
    column->addWidget(makeControls());
    column->addWidget(m_state);
    column->addWidget(m_result, 1);
    column->addWidget(m_empty, 1);
    connectParts();
    describe();
    describeResult();
}

QWidget *TryOutView::makeControls()
{
    m_period->setAccessibleName(tr("Period"));
    for (const auto &[period, text] :
         {std::pair{ReplayModel::Period::Week, tr("Last 7 days")},
          std::pair{ReplayModel::Period::Month, tr("Last 30 days")},
          std::pair{ReplayModel::Period::Quarter, tr("Last 90 days")},
          std::pair{ReplayModel::Period::All, tr("All cases")},
          std::pair{ReplayModel::Period::Between, tr("From … to …")}}) {
        m_period->addItem(text, int(period));
    }
    m_period->setCurrentIndex(m_period->findData(int(m_model.period())));
    auto *between = new QHBoxLayout(m_between);
    between->setContentsMargins(0, 0, 0, 0);
    between->setSpacing(style::unit);
    for (const auto &[edit, name] : {std::pair{m_from, tr("From")}, std::pair{m_to, tr("to")}}) {
        edit->setAccessibleName(name);
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
        edit->setCalendarPopup(true);
        between->addWidget(new PlainLabel(name, style::Type::Body));
        between->addWidget(edit);
    }
    m_to->setDate(QDate::currentDate());
    m_from->setDate(QDate::currentDate().addDays(-30));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(style::readingWidth / 4, style::gap);
    auto *controls = new QWidget;
    auto *row = new FlowRow;
    controls->setLayout(row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style::gap);
    row->addWidget(m_period);
    row->addWidget(m_between);
    row->addWidget(m_start);
    row->addWidget(m_cancel);
    row->addWidget(m_progress);
    row->addWidget(new QWidget); // the last stands at the right
    return controls;
}

QWidget *TryOutView::makeBehind()
{
    m_cases->setModel(new CellWords(
        m_behind,
        [this](const QModelIndex &index) -> QString { return behindLine(m_behind, index); },
        [](int) -> bool { return false; }, m_cases));
    m_cases->setItemDelegate(new LinesOfCases(m_cases));
    m_cases->setAccessibleName(tr("Cases behind the figure"));
    m_cases->setFrameShape(QFrame::NoFrame);
    m_cases->setUniformItemSizes(true);
    m_cases->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(style::gap, 0, 0, 0);
    column->setSpacing(style::unit);
    column->addWidget(m_title);
    column->addWidget(m_cases, 1);
    return pane;
}

void TryOutView::buildTable()
{
    m_table->setModel(new CellWords(
        m_model, [this](const QModelIndex &index) -> QString { return replayCell(m_model, index); },
        [](int column) -> bool { return column != ReplayModel::KindColumn; }, m_table));
    m_table->setItemDelegate(new ReplayCells(m_model, m_table));
    m_table->setAccessibleName(tr("Figures by kind of action"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(style::pageEdge);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height()
                                                     + style::tableRowPadding);
    const QFontMetrics metrics(style::font(style::Type::Strong, m_table->font()));
    for (int column = 0; column < ReplayModel::ColumnCount; ++column) {
        const bool money
            = column == ReplayModel::ReleasedColumn || column == ReplayModel::HeldColumn;
        const QString sample = column == ReplayModel::KindColumn
            ? QStringLiteral("issue_refund · damaged_order")
            : money ? QStringLiteral("12,345.00 EUR, 12,345 USD")
                    : m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        m_table->setColumnWidth(column,
                                qMax(metrics.horizontalAdvance(sample),
                                     metrics.horizontalAdvance(QStringLiteral("1,234,567")))
                                    + 2 * style::gap);
    }
}

void TryOutView::connectParts()
{
    connect(m_period, &QComboBox::currentIndexChanged, this, &TryOutView::choosePeriod);
    connect(m_from, &QDateEdit::dateChanged, this, &TryOutView::choosePeriod);
    connect(m_to, &QDateEdit::dateChanged, this, &TryOutView::choosePeriod);
    connect(m_start, &QPushButton::clicked, &m_model, &ReplayModel::start);
    connect(m_cancel, &QPushButton::clicked, &m_model, &ReplayModel::cancel);
    connect(&m_model, &ReplayModel::stateChanged, this, &TryOutView::describe);
    connect(&m_model, &ReplayModel::failed, this, &TryOutView::failed);
    connect(&m_behind, &CasesBehindModel::failed, this, &TryOutView::failed);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &TryOutView::describeResult);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &TryOutView::showBehind);
    connect(m_table, &QTableView::activated, this, [this]() -> void {
        if (m_behind.rowCount() > 0) {
            m_cases->setFocus(Qt::OtherFocusReason);
            m_cases->setCurrentIndex(m_cases->model()->index(0, 0));
        }
    });
    connect(m_cases, &QListView::activated, this, [this](const QModelIndex &index) -> void {
        Q_EMIT caseChosen(m_behind.at(index.row()).id);
    });
}

void TryOutView::choosePeriod()
{
    const auto period = ReplayModel::Period(m_period->currentData().toInt());
    if (period == ReplayModel::Period::Between) {
        m_model.setBetween(m_from->date().startOfDay().toMSecsSinceEpoch(),
                           m_to->date().addDays(1).startOfDay().toMSecsSinceEpoch());
    } else {
        m_model.setPeriod(period);
    }
    describe();
}

void TryOutView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_splitter->setOrientation(width() < stackBelow ? Qt::Vertical : Qt::Horizontal);
}

void TryOutView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_table->viewport()->update();
    }
}

void TryOutView::describe()
{
    const bool running = m_model.isRunning();
    const bool between = m_period->currentData().toInt() == int(ReplayModel::Period::Between);
    const bool keyWasHere = m_start->hasFocus() || m_cancel->hasFocus();
    m_between->setVisible(between);
    m_start->setVisible(!running);
    m_start->setEnabled(m_model.hasDraft() && !(between && m_to->date() < m_from->date()));
    m_cancel->setVisible(running);
    m_progress->setVisible(running);
    if (keyWasHere) {
        (running ? m_cancel : m_start)->setFocus(Qt::OtherFocusReason);
    }
    if (running) {
        m_progress->setRange(0, int(m_model.of()));
        m_progress->setValue(int(m_model.done()));
        m_state->setText(m_model.of() > 0
                             ? tr("%1 of %2 past cases")
                                   .arg(words::count(m_model.done()), words::count(m_model.of()))
                             : tr("Reading past cases…"));
    }
    m_state->setVisible(running || m_model.outcome() != nullptr);
    const bool any = m_model.outcome() != nullptr && m_model.outcome()->total().cases > 0;
    m_result->setVisible(any);
    m_empty->setVisible(!any);
    if (m_model.outcome() != nullptr && !running) {
        const PolicyReplay &outcome = *m_model.outcome();
        QStringList said{
            tr("%1 past cases, %2 measured")
                .arg(words::count(outcome.total().cases), words::count(outcome.total().measured))};
        if (outcome.total().measured < 30) {
            said.append(tr("too little data to tell how many wrong ones it would catch"));
        }
        if (outcome.unreadable() > 0) {
            said.append(tr("%1 left out, of which nothing is kept")
                            .arg(words::count(outcome.unreadable())));
        }
        m_state->setText(said.join(QStringLiteral(" · ")));
    }
    if (any) {
        return;
    }
    if (m_model.outcome() != nullptr) {
        m_empty->show(tr("No case was seen in this period."), tr("Choose a longer one."), {});
    } else if (!m_model.hasDraft()) {
        m_empty->show(tr("There is no draft to try."),
                      tr("Change the policy, or open a document, and try it here before you set "
                         "it."),
                      {});
    } else {
        m_empty->show(running ? tr("Asking both policies about every past case…")
                              : tr("See what the draft would have done."),
                      tr("Past cases are only read; nothing is decided or sent."), {});
    }
}

void TryOutView::describeResult()
{
    m_behind.show({});
    m_title->setText(tr("Choose a figure to see the cases behind it."));
    if (m_model.outcome() == nullptr) {
        return;
    }
    const PolicyReplay::Row &total = m_model.outcome()->total();
    const auto figure = [&total](PolicyReplay::Figure which) -> QString {
        return words::count(total.figures[which]);
    };
    const qint64 before = total.figures[PolicyReplay::ReviewedBefore];
    const qint64 after = total.figures[PolicyReplay::ReviewedAfter];
    const QString both
        = tr("Reviews: %1 now, %2 with the draft.").arg(words::count(before), words::count(after));
    m_reviews->setText(
        both + QLatin1Char(' ')
        + (before == after
               ? tr("As many, %1 of them others.").arg(figure(PolicyReplay::MoreReviews))
               : before > after ? tr("%1 fewer.").arg(words::count(before - after))
                                : tr("%1 more.").arg(words::count(after - before))));
    m_wrong->setText(tr("Wrong actions: %1 more caught, %2 more let through, of %3 measured.")
                         .arg(figure(PolicyReplay::WrongCaught),
                              figure(PolicyReplay::WrongLetThrough), words::count(total.measured)));
    m_money->setText(tr("Money: %1 would newly go by itself, %2 would newly wait.")
                         .arg(pastwords::money(total.released), pastwords::money(total.held)));
    m_table->setCurrentIndex(m_table->model()->index(
        0,
        total.figures[PolicyReplay::WrongLetThrough] > 0 ? ReplayModel::LetThroughColumn
                                                         : ReplayModel::FewerColumn));
}

void TryOutView::showBehind(const QModelIndex &index)
{
    const auto figure = ReplayModel::figureOf(index.column());
    if (!index.isValid() || !figure) {
        m_behind.show({});
        m_title->setText(tr("Choose a figure to see the cases behind it."));
        return;
    }
    const PolicyReplay::Row &row = m_model.at(index.row());
    const QList<CaseId> &ids = row.behind[*figure];
    m_behind.show(ids);
    const qint64 all = row.figures[*figure];
    const qint64 shown = std::min<qint64>(ids.size(), CasesBehindModel::mostShown);
    QString title = figureTitle(*figure);
    if (!ReplayModel::isTotal(index.row())) {
        title += QStringLiteral(" · ") + pastwords::kind(row.action, row.caseType, row.isRest);
    }
    m_title->setText(
        all == shown
            ? QStringLiteral("%1: %2").arg(title, words::count(all))
            : tr("%1: the newest %2 of %3").arg(title, words::count(shown), words::count(all)));
}

} // namespace countersign
