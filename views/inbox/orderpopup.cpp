// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/orderpopup.h"

#include "views/style/widgets.h"
#include "views/words.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QGridLayout>

namespace countersign {

namespace words {

QString direction(const InboxSortKey &key)
{
    const auto say = [&key](const char *usual, const char *reversed) -> QString {
        return QCoreApplication::translate("OrderPopup", key.reversed ? reversed : usual);
    };
    switch (key.column) {
    case InboxColumn::Due:
        return say(QT_TRANSLATE_NOOP("OrderPopup", "soonest first"),
                   QT_TRANSLATE_NOOP("OrderPopup", "latest first"));
    case InboxColumn::Risk:
        return say(QT_TRANSLATE_NOOP("OrderPopup", "worst first"),
                   QT_TRANSLATE_NOOP("OrderPopup", "least first"));
    case InboxColumn::Age:
        return say(QT_TRANSLATE_NOOP("OrderPopup", "oldest first"),
                   QT_TRANSLATE_NOOP("OrderPopup", "newest first"));
    case InboxColumn::Amount:
        return say(QT_TRANSLATE_NOOP("OrderPopup", "largest first"),
                   QT_TRANSLATE_NOOP("OrderPopup", "smallest first"));
    case InboxColumn::Confidence:
        return say(QT_TRANSLATE_NOOP("OrderPopup", "lowest first"),
                   QT_TRANSLATE_NOOP("OrderPopup", "highest first"));
    default:
        return say(QT_TRANSLATE_NOOP("OrderPopup", "A to Z"),
                   QT_TRANSLATE_NOOP("OrderPopup", "Z to A"));
    }
}

QString order(const InboxOrder &order)
{
    return of(order.keys.value(0).column);
}

} // namespace words

OrderPopup::OrderPopup(InboxModel &model, QWidget *parent)
    : Popup(tr("Order and groups"), parent),
      m_model(model),
      m_group(new QComboBox)
{
    setObjectName(QStringLiteral("orderpopup"));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(style::gap);
    grid->setVerticalSpacing(style::unit);
    const QString names[keyCount] = {tr("Order by"), tr("Then by"), tr("Last by")};
    for (int i = 0; i < keyCount; ++i) {
        m_columns[i] = new QComboBox;
        m_directions[i] = new QComboBox;
        m_columns[i]->setAccessibleName(names[i]);
        m_directions[i]->setAccessibleName(tr("%1: direction").arg(names[i]));
        if (i > 0) {
            m_columns[i]->addItem(QStringLiteral("–"), -1);
        }
        for (const InboxColumn column : allInboxColumns) {
            m_columns[i]->addItem(words::of(column), int(column));
        }
        m_directions[i]->addItems({QString(), QString()});
        m_directions[i]->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        grid->addWidget(new PlainLabel(names[i], style::Type::Body), i, 0);
        grid->addWidget(m_columns[i], i, 1);
        grid->addWidget(m_directions[i], i, 2);
        connect(m_columns[i], &QComboBox::currentIndexChanged, this, [this, i]() -> void {
            if (!m_following) {
                m_directions[i]->setCurrentIndex(0);
                apply();
            }
        });
        connect(m_directions[i], &QComboBox::currentIndexChanged, this, &OrderPopup::apply);
    }
    m_group->setAccessibleName(tr("Groups"));
    for (const InboxGroup group : allInboxGroups) {
        m_group->addItem(words::of(group), int(group));
    }
    grid->addWidget(new PlainLabel(tr("Groups"), style::Type::Body), keyCount, 0);
    grid->addWidget(m_group, keyCount, 1, 1, 2);
    connect(m_group, &QComboBox::currentIndexChanged, this, &OrderPopup::apply);
    body()->addLayout(grid);
    connect(&model, &InboxModel::orderChanged, this, &OrderPopup::follow);
    follow();
    m_columns[0]->setFocus(Qt::PopupFocusReason);
}

void OrderPopup::follow()
{
    const bool was = std::exchange(m_following, true);
    const InboxOrder &order = m_model.order();
    for (int i = 0; i < keyCount; ++i) {
        const bool there = i < order.keys.size();
        const InboxSortKey key = order.keys.value(i);
        m_columns[i]->setCurrentIndex(m_columns[i]->findData(there ? int(key.column) : -1));
        m_directions[i]->setItemText(0, words::direction({key.column, false}));
        m_directions[i]->setItemText(1, words::direction({key.column, true}));
        m_directions[i]->setCurrentIndex(key.reversed ? 1 : 0);
        m_directions[i]->setEnabled(there);
        m_columns[i]->setEnabled(i <= order.keys.size());
    }
    m_group->setCurrentIndex(m_group->findData(int(order.group)));
    m_following = was;
}

/// A column that is chosen again higher up leaves its place below.
void OrderPopup::apply()
{
    if (m_following) {
        return;
    }
    InboxOrder order;
    order.group = InboxGroup(m_group->currentData().toInt());
    order.keys.clear();
    for (int i = 0; i < keyCount; ++i) {
        const int column = m_columns[i]->currentData().toInt();
        const bool twice = std::any_of(
            order.keys.begin(), order.keys.end(),
            [column](const InboxSortKey &key) -> bool { return int(key.column) == column; });
        if (column >= 0 && !twice) {
            order.keys.append({InboxColumn(column), m_directions[i]->currentIndex() == 1});
        }
    }
    m_model.setOrder(order);
    follow();
}

} // namespace countersign
