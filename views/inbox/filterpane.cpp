// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/filterpane.h"

#include "views/foreigntext.h"
#include "views/inbox/confidencerange.h"
#include "views/inbox/countlist.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace countersign {

namespace {

QWidget *heading(const QString &text)
{
    auto *label = new PlainLabel(text, style::Type::Caption);
    label->setRole(style::Role::Muted);
    label->setContentsMargins(style::groupGap, 0, style::groupGap, 0);
    return label;
}

} // namespace

FilterPane::FilterPane(InboxModel &model, QWidget *saved, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_queues(makeCountList(tr("Queues"))),
      m_types(makeCountList(tr("Case types")))
{
    auto *confidence = new ConfidenceRange(model);
    confidence->setContentsMargins(style::groupGap, 0, style::groupGap, 0);
    auto *content = new QWidget;
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, style::groupGap, 0, style::groupGap);
    layout->setSpacing(style::unit);
    layout->addWidget(heading(tr("Queues")));
    layout->addWidget(m_queues);
    layout->addSpacing(style::gap);
    layout->addWidget(heading(tr("Saved filters")));
    layout->addWidget(saved);
    layout->addSpacing(style::gap);
    layout->addWidget(heading(tr("Confidence")));
    layout->addWidget(confidence);
    layout->addSpacing(style::gap);
    layout->addWidget(heading(tr("Case types")));
    layout->addWidget(m_types);
    layout->addStretch(1);
    scroll->setWidget(content);
    content->setAutoFillBackground(false); // setWidget() fills it
    setMinimumWidth(content->minimumSizeHint().width());
    // Else it takes the height that the texts would have at their narrowest.
    content->setMinimumSize(1, 1);
    buildQueues();
    connect(m_types, &QListWidget::currentRowChanged, scroll, [this, scroll]() -> void {
        if (m_types->hasFocus()) { // the list is as long as its types; the pane scrolls
            const QRect row = m_types->visualItemRect(m_types->currentItem());
            const QPoint middle = m_types->viewport()->mapTo(scroll->widget(), row.center());
            scroll->ensureVisible(0, middle.y(), 0, row.height());
        }
    });
    connect(&m_model, &InboxModel::countsChanged, this, &FilterPane::recount);
    connect(&m_model, &InboxModel::filterChanged, this, &FilterPane::follow);
    follow();
}

void FilterPane::buildQueues()
{
    for (const InboxQueue queue : allInboxQueues) {
        setCount(new QListWidgetItem(words::of(queue), m_queues), toWord(queue), 0);
    }
    fitRows(m_queues, m_queues->count());
    m_queues->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_types->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_queues, &QListWidget::currentRowChanged, this, &FilterPane::chooseQueue);
    connect(m_types, &QListWidget::currentRowChanged, this, &FilterPane::chooseType);
}

void FilterPane::recount()
{
    const bool was = std::exchange(m_following, true);
    for (int i = 0; i < m_queues->count(); ++i) {
        QListWidgetItem *item = m_queues->item(i);
        setCount(item, keyOf(item), m_model.counts().queues.value(inboxQueueFromWord(keyOf(item))));
    }
    recountTypes();
    m_following = was;
}

/// Several chosen types are told by their chip; here, none is chosen then.
void FilterPane::recountTypes()
{
    const QStringList &chosen = m_model.filter().caseTypes;
    QMap<QString, int> types = m_model.counts().caseTypes;
    int all = 0;
    for (const int count : std::as_const(types)) {
        all += count;
    }
    for (const QString &type : chosen) {
        types.insert(type, types.value(type));
    }
    types.remove(QString());
    while (m_types->count() > types.size() + 1) {
        delete m_types->takeItem(m_types->count() - 1);
    }
    const auto put = [this](int row, const QString &key, const QString &text, int count) -> void {
        QListWidgetItem *item = m_types->item(row);
        item = item ? item : new QListWidgetItem(m_types);
        if (item->text() != text) {
            item->setText(text);
        }
        setCount(item, key, count);
    };
    put(0, {}, tr("All types"), all);
    int current = chosen.isEmpty() ? 0 : -1;
    int row = 1;
    for (auto it = types.cbegin(); it != types.cend(); ++it, ++row) {
        put(row, it.key(), foreignName(it.key()), it.value());
        current = chosen == QStringList{it.key()} ? row : current;
    }
    fitRows(m_types, m_types->count());
    m_types->setCurrentRow(current);
}

void FilterPane::follow()
{
    m_following = true;
    const InboxQueue queue = m_model.filter().queue;
    m_queues->setCurrentRow(queue == InboxQueue::Any ? -1 : int(queue));
    recount();
    m_following = false;
}

void FilterPane::chooseQueue()
{
    if (!m_following && m_queues->currentItem() != nullptr) {
        InboxFilter filter = m_model.filter();
        filter.queue = inboxQueueFromWord(keyOf(m_queues->currentItem()));
        m_model.setFilter(filter);
    }
}

void FilterPane::chooseType()
{
    if (!m_following && m_types->currentItem() != nullptr) {
        const QString type = keyOf(m_types->currentItem());
        InboxFilter filter = m_model.filter();
        filter.caseTypes = type.isEmpty() ? QStringList() : QStringList{type};
        m_model.setFilter(filter);
    }
}

} // namespace countersign
