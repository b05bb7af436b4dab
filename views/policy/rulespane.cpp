// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/rulespane.h"

#include "views/policy/policytable.h"
#include "views/policy/ruledelegate.h"
#include "views/policy/ruleform.h"
#include "views/style/widgets.h"

#include <QHeaderView>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int stripLines = 4;
constexpr int formWidth = 440;

} // namespace

RulesPane::RulesPane(PolicyModel &policy, QWidget *parent)
    : QWidget(parent),
      m_policy(policy),
      m_rules(policy),
      m_table(new PolicyTable(tr("Rules"), this)),
      m_strip(new QPlainTextEdit(this)),
      m_left(new QWidget(this)),
      m_form(new RuleForm(policy, this)),
      m_splitter(new QSplitter(this))
{
    build();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RulesPane::describe);
    connect(m_table, &QTableView::activated, this, &RulesPane::editRequested);
    connect(&m_rules, &QAbstractItemModel::modelReset, this, &RulesPane::follow);
    connect(&m_rules, &QAbstractItemModel::dataChanged, this, &RulesPane::describe);
    connect(m_form, &RuleForm::closed, this, &RulesPane::closeForm);
    connect(&policy, &PolicyModel::changed, this, [this]() -> void {
        if (!m_policy.isLooking() && (m_wanted || m_toForm)) {
            follow();
        }
    });
    follow();
}

void RulesPane::build()
{
    m_table->show(m_rules, PolicyRulesModel::HappensColumn);
    m_table->setItemDelegate(new RuleDelegate(PolicyRulesModel::MarkRole,
                                              PolicyRulesModel::FaultsRole,
                                              PolicyRulesModel::MarkColumn, m_table));
    m_strip->setReadOnly(true);
    m_strip->setTabChangesFocus(true);
    m_strip->setAccessibleName(tr("The chosen rule"));
    m_strip->setFrameShape(QFrame::NoFrame);
    m_strip->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_strip->document()->setDocumentMargin(style::gap);
    m_strip->viewport()->setBackgroundRole(QPalette::Window);
    m_strip->setFixedHeight(stripLines * fontMetrics().lineSpacing() + 2 * style::gap);
    auto *column = new QVBoxLayout(m_left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(makeHairline(m_left));
    column->addWidget(m_strip);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(style::hairline);
    m_splitter->addWidget(m_left);
    m_splitter->addWidget(m_form);
    m_splitter->setStretchFactor(0, 1);
    m_form->hide();
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_splitter);
}

int RulesPane::currentPlace() const
{
    const QVariant place = m_table->currentIndex().data(PolicyRulesModel::PlaceRole);
    return place.isValid() ? place.toInt() : -1;
}

bool RulesPane::isOnOtherwise() const
{
    return m_table->currentIndex().data(PolicyRulesModel::OtherwiseRole).toBool();
}

QString RulesPane::removedId() const
{
    const QModelIndex current = m_table->currentIndex();
    return PolicyRow::Mark(current.data(PolicyRulesModel::MarkRole).toInt())
            == PolicyRow::Mark::Removed
        ? current.data(PolicyRulesModel::RowKeyRole).toString().mid(1)
        : QString();
}

void RulesPane::select(int place)
{
    m_wanted = place;
    if (!m_policy.isLooking()) {
        follow();
    }
}

void RulesPane::edit()
{
    if (m_policy.isLooking()) {
        m_toForm = true; // with the look that is under way
        return;
    }
    if (currentPlace() < 0 && !isOnOtherwise()) {
        return;
    }
    const bool opening = m_form->isHidden();
    m_form->show();
    m_form->showRule(currentPlace());
    if (opening) {
        m_splitter->setSizes({qMax(width() - formWidth, formWidth), formWidth});
    }
    fold();
    m_form->focusFirst();
}

void RulesPane::closeForm()
{
    m_form->hide();
    fold();
    m_table->setFocus(Qt::OtherFocusReason);
}

/// Where there is no room for both, the form takes the place of the table.
void RulesPane::fold()
{
    const bool narrow = width() < style::foldBelow - style::railWidth;
    m_left->setVisible(m_form->isHidden() || !narrow);
    const bool tight = m_left->isVisible() && (!m_form->isHidden() || width() < style::readingWidth);
    const int across = tight ? qMax(width() - m_form->width(), 1) : width();
    m_table->setColumnHidden(PolicyRulesModel::TimeColumn, tight);
    m_table->setColumnHidden(PolicyRulesModel::PeopleColumn, tight);
    const QFontMetrics metrics(m_table->font());
    m_table->setColumnWidth(PolicyRulesModel::CasesColumn, across * (tight ? 3 : 2) / 9);
    m_table->setColumnWidth(PolicyRulesModel::PeopleColumn, across * 3 / 20);
    m_table->setColumnWidth(PolicyRulesModel::TimeColumn, across * 4 / 20);
    m_table->setColumnWidth(PolicyRulesModel::MarkColumn,
                            metrics.horizontalAdvance(tr("Changed")) + style::icon
                                + 4 * style::gap);
}

void RulesPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

void RulesPane::describe()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid() && m_rules.rowCount() > 1) { // one row alone is nobody's choice
        m_key = current.data(PolicyRulesModel::RowKeyRole).toString();
        m_row = current.row();
    }
    const QModelIndex first = current.siblingAtColumn(PolicyRulesModel::CasesColumn);
    const QStringList lines
        = QStringList{first.data(Qt::AccessibleTextRole).toString()}
        + current.data(PolicyRulesModel::ChangesRole).toStringList();
    if (const QString text = lines.join(QLatin1Char('\n')); m_strip->toPlainText() != text) {
        m_strip->setPlainText(text);
    }
    if (!m_form->isHidden() && current.isValid() && m_form->place() != currentPlace()) {
        if (currentPlace() >= 0 || isOnOtherwise()) {
            m_form->showRule(currentPlace());
        } else {
            closeForm();
        }
    }
    Q_EMIT currentChanged();
}

/// The same row as before, or the one that is wanted.
void RulesPane::follow()
{
    int row = m_wanted ? m_rules.rowOfPlace(*m_wanted) : m_rules.rowOfKey(m_key);
    m_wanted.reset();
    if (row < 0) {
        row = qMin(m_row, m_rules.rowCount() - 1); // the one that moved up to its place
    }
    if (row >= 0) {
        m_table->setCurrentIndex(m_rules.index(row, 0));
        m_table->scrollTo(m_rules.index(row, 0));
    }
    describe();
    if (m_toForm) {
        m_toForm = false;
        edit();
    }
}

void RulesPane::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("rule"), m_key);
}

void RulesPane::restore(QSettings &settings)
{
    m_key = settings.value(QStringLiteral("rule")).toString();
    follow();
}

} // namespace countersign
