// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/riskmapview.h"

#include "views/foreigntext.h"
#include "views/inbox/emptystate.h"
#include "views/policy/cellwords.h"
#include "views/policy/pastwords.h"
#include "views/policy/riskmapchart.h"
#include "views/style/flowrow.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QComboBox>
#include <QHeaderView>
#include <QPainter>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int stackedBelow = style::foldBelow - style::railWidth - 2 * style::pageEdge;

QString riskCell(const RiskMapModel &model, const QModelIndex &index)
{
    const RiskGroup &group = model.at(index.row());
    switch (index.column()) {
    case RiskMapModel::ActionColumn:
        return pastwords::kind(group.action, {}, group.isRest);
    case RiskMapModel::CaseTypeColumn:
        return group.isRest ? RiskMapView::tr("%1 kinds").arg(words::count(model.restKinds()))
                            : foreignName(group.caseType);
    case RiskMapModel::AgentColumn:
        return foreignName(group.agent);
    case RiskMapModel::FrequencyColumn:
        return pastwords::rough(group.perMonth);
    case RiskMapModel::MeanColumn:
        return group.mean ? pastwords::rough(*group.mean) : QStringLiteral("–");
    case RiskMapModel::WrongColumn:
        return group.isMeasured() ? QStringLiteral("%1 (%2)").arg(
                   pastwords::percent(double(group.wrong) / double(group.measured)),
                   pastwords::wrong(group.wrong, group.measured))
                                  : pastwords::wrong(group.wrong, group.measured);
    default:
        return group.isMixed ? RiskMapView::tr("%1, by risk").arg(pastwords::mode(group.mode))
                             : pastwords::mode(group.mode);
    }
}

bool isRiskNumber(int column)
{
    return column >= RiskMapModel::FrequencyColumn && column <= RiskMapModel::WrongColumn;
}

/// The mark of the mode beside its word.
class RiskCells final : public QStyledItemDelegate
{
public:
    RiskCells(const RiskMapModel &model, QObject *parent)
        : QStyledItemDelegate(parent),
          m_model(model)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.column() == RiskMapModel::ModeColumn) {
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->icon = pastwords::markIcon(m_model.at(index.row()).mode, option->palette,
                                               option->font, option->widget->devicePixelRatioF());
            option->decorationSize = QSize(style::railIcon, style::railIcon);
        }
    }

private:
    const RiskMapModel &m_model;
};

/// What the marks mean.
class RiskLegend final : public QWidget
{
public:
    RiskLegend()
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(style::unit);
        for (const PolicyMode mode :
             {PolicyMode::Approve, PolicyMode::Review, PolicyMode::Autonomous, PolicyMode::Block}) {
            auto *mark = new QLabel;
            m_marks.append({mark, mode});
            row->addWidget(mark);
            row->addWidget(new PlainLabel(pastwords::mode(mode), style::Type::Caption));
            row->addSpacing(style::gap);
        }
        tint();
    }

protected:
    void changeEvent(QEvent *event) override
    {
        QWidget::changeEvent(event);
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
            tint();
        }
    }

private:
    void tint()
    {
        for (const auto &[label, mode] : m_marks) {
            label->setPixmap(pastwords::markIcon(mode, palette(), font(), devicePixelRatioF())
                                 .pixmap(style::railIcon, style::railIcon));
        }
    }
    QList<std::pair<QLabel *, PolicyMode>> m_marks;
};

} // namespace

RiskMapView::RiskMapView(RiskMapModel &model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_days(new QComboBox),
      m_currency(new QComboBox),
      m_state(new PlainLabel(style::Type::Caption)),
      m_splitter(new QSplitter),
      m_chart(new RiskMapChart(model)),
      m_table(new QTableView),
      m_empty(new EmptyState),
      m_legend(new RiskLegend)
{
    m_days->setAccessibleName(tr("Period"));
    for (const auto &[days, text] :
         {std::pair{30, tr("Last 30 days")}, std::pair{90, tr("Last 90 days")},
          std::pair{365, tr("Last year")}, std::pair{0, tr("All cases")}}) {
        m_days->addItem(text, days);
    }
    m_days->setCurrentIndex(m_days->findData(model.days()));
    m_currency->setAccessibleName(tr("Amounts in"));
    m_state->setRole(style::Role::Muted);
    m_state->setObjectName(QStringLiteral("state"));
    auto *controls = new QWidget;
    auto *row = new FlowRow;
    controls->setLayout(row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style::gap);
    row->addWidget(m_days);
    row->addWidget(m_currency);
    row->addWidget(m_legend);
    buildTable();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_chart);
    m_splitter->addWidget(m_table);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::gap);
    column->addWidget(controls);
    column->addWidget(m_state);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_empty, 1);

    connect(m_days, &QComboBox::currentIndexChanged, this,
            [this]() -> void { m_model.setDays(m_days->currentData().toInt()); });
    connect(m_currency, &QComboBox::activated, this,
            [this]() -> void { m_model.setCurrency(m_currency->currentData().toString()); });
    connect(&model, &RiskMapModel::stateChanged, this, &RiskMapView::describe);
    connect(&model, &RiskMapModel::failed, this, &RiskMapView::failed);
    connect(m_chart, &RiskMapChart::currentChanged, this, &RiskMapView::select);
    connect(m_chart, &RiskMapChart::chosen, this, &RiskMapView::choose);
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex &index) -> void { choose(index.row()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) -> void { m_chart->setCurrent(current.row()); });
    describe();
}

void RiskMapView::buildTable()
{
    m_table->setModel(new CellWords(
        m_model, [this](const QModelIndex &index) -> QString { return riskCell(m_model, index); },
        isRiskNumber, m_table));
    m_table->setItemDelegate(new RiskCells(m_model, m_table));
    m_table->setAccessibleName(tr("Kinds of action"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(
        qMax(m_table->fontMetrics().height(), style::railIcon) + style::tableRowPadding / 2);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSortIndicator(RiskMapModel::FrequencyColumn, Qt::DescendingOrder);
    m_table->setSortingEnabled(true);
    header->setMinimumSectionSize(style::pageEdge);
    header->setSectionResizeMode(RiskMapModel::ActionColumn, QHeaderView::Stretch);
    const QFontMetrics metrics = m_table->fontMetrics();
    const auto width = [&](RiskMapModel::Column column, const QString &sample) -> void {
        m_table->setColumnWidth(column, metrics.horizontalAdvance(sample) + 3 * style::gap);
    };
    width(RiskMapModel::CaseTypeColumn, QStringLiteral("damaged_order"));
    width(RiskMapModel::FrequencyColumn, QStringLiteral("12,345.0"));
    width(RiskMapModel::MeanColumn, QStringLiteral("1,234,567"));
    width(RiskMapModel::WrongColumn, QStringLiteral("12.3 % (123 of 1,234)"));
    m_table->setColumnWidth(RiskMapModel::ModeColumn,
                            metrics.horizontalAdvance(QStringLiteral("autonomous, by risk"))
                                + style::railIcon + 2 * style::gap);
}

void RiskMapView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.load();
}

void RiskMapView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const auto wanted = width() < stackedBelow ? Qt::Vertical : Qt::Horizontal;
    if (!std::exchange(m_isSized, true) || m_splitter->orientation() != wanted) {
        m_splitter->setOrientation(wanted);
        m_splitter->setSizes(wanted == Qt::Vertical ? QList{1, 1}
                                                    : QList{width() * 4 / 10, width() * 6 / 10});
    }
    m_table->setColumnHidden(RiskMapModel::AgentColumn, width() < style::foldBelow * 5 / 4);
}

void RiskMapView::fillCurrencies()
{
    QStringList shown;
    for (int i = 0; i < m_currency->count(); ++i) {
        shown.append(m_currency->itemData(i).toString());
    }
    if (shown != m_model.currencies()) {
        m_currency->clear();
        for (const QString &currency : m_model.currencies()) {
            m_currency->addItem(currency.isEmpty() ? tr("Without currency")
                                                   : tr("Amounts in %1").arg(foreignName(currency)),
                                currency);
        }
    }
    m_currency->setCurrentIndex(int(m_model.currencies().indexOf(m_model.currency())));
    m_currency->setVisible(m_currency->count() > 1);
}

void RiskMapView::describe()
{
    fillCurrencies();
    const int rows = m_model.rowCount();
    const bool any = rows > 0;
    m_splitter->setVisible(any);
    m_legend->setVisible(any);
    m_empty->setVisible(!any);
    if (!any) {
        if (m_model.isReading() || !m_model.isLoaded()) {
            m_empty->show(tr("Reading past cases…"), {}, {});
        } else {
            m_empty->show(tr("No case was seen in this period."),
                          tr("The map is drawn from what agents have asked for."), {});
        }
    }
    QStringList said;
    if (any) {
        said.append(tr("%1 cases of %2 kinds")
                        .arg(words::count(m_model.cases()),
                             words::count(rows + std::max<qint64>(0, m_model.restKinds() - 1))));
        qint64 measured = 0;
        for (int row = 0; row < rows; ++row) {
            measured += m_model.at(row).measured;
        }
        said.append(measured < RiskGroup::leastMeasured
                        ? tr("too little data: %1 of them measured, %2 wanted to tell how often "
                             "they are wrong")
                              .arg(words::count(measured), words::count(RiskGroup::leastMeasured))
                        : tr("%1 of them measured").arg(words::count(measured)));
        if (m_chart->bubbles() < rows) {
            said.append(tr("the %1 largest kinds are drawn, the table has the others")
                            .arg(words::count(m_chart->bubbles())));
        }
        if (m_model.isReading()) {
            said.append(tr("reading again, %1 %").arg(m_model.percent()));
        }
    }
    m_state->setText(said.join(QStringLiteral(" · ")));
    m_state->setVisible(any);
}

void RiskMapView::select(int row)
{
    if (row >= 0 && row != m_table->currentIndex().row()) {
        const QSignalBlocker quiet(m_chart);
        m_table->selectRow(row);
        m_table->scrollTo(m_table->currentIndex());
    }
}

void RiskMapView::choose(int row)
{
    if (row >= 0 && row < m_model.rowCount() && !m_model.at(row).isRest) {
        const RiskGroup group = m_model.at(row);
        Q_EMIT groupChosen(group.agent, group.action, group.caseType);
    }
}

} // namespace countersign
