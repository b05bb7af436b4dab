// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/filterpane.h"

#include "views/foreigntext.h"
#include "views/style/icons.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int keyRole = Qt::UserRole + 1;
constexpr int countRole = Qt::UserRole + 2;

/// Words at the left, the count at the right.
class CountDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {style::foldBelow / 8, option.fontMetrics.height() + style::tableRowPadding};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
        painter->save();
        if (selected || hovered) {
            painter->fillRect(
                option.rect,
                style::ground(selected ? style::Ground::Selected : style::Ground::Hovered,
                              option.palette));
        }
        if (selected) {
            painter->fillRect(option.rect.left(), option.rect.top(), style::edgeWidth,
                              option.rect.height(), option.palette.color(QPalette::Highlight));
        }
        if (selected && option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(option.palette.color(QPalette::Highlight));
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
        QRect area = option.rect.adjusted(style::groupGap, 0, -style::groupGap, 0);
        const QString count = words::count(index.data(countRole).toInt());
        painter->setFont(option.font);
        painter->setPen(style::color(style::Role::Muted, option.palette));
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, count);
        area.setRight(area.right() - option.fontMetrics.horizontalAdvance(count) - style::gap);
        painter->setPen(option.palette.color(QPalette::Text));
        if (selected) {
            painter->setFont(style::font(style::Type::Strong, option.font));
        }
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            area.width()));
        painter->restore();
    }
};

QListWidget *makeList(const QString &name)
{
    auto *list = new QListWidget;
    list->setAccessibleName(name);
    list->setFrameShape(QFrame::NoFrame);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setItemDelegate(new CountDelegate(list));
    list->setMouseTracking(true);
    list->viewport()->setAutoFillBackground(false);
    return list;
}

QWidget *heading(const QString &text)
{
    auto *label = new PlainLabel(text, style::Type::Caption);
    label->setRole(style::Role::Muted);
    label->setContentsMargins(style::groupGap, 0, style::groupGap, 0);
    return label;
}

QDoubleSpinBox *makeBound(const QString &name, double value)
{
    auto *box = new QDoubleSpinBox;
    box->setAccessibleName(name);
    box->setRange(0, 1);
    box->setSingleStep(0.05);
    box->setDecimals(2);
    box->setLocale(QLocale::c());
    box->setValue(value);
    return box;
}

} // namespace

FilterPane::FilterPane(InboxModel &model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_queues(makeList(tr("Queues"))),
      m_types(makeList(tr("Case types"))),
      m_known(new QCheckBox(tr("Known, from"))),
      m_unknown(new QCheckBox(tr("Unknown"))),
      m_min(makeBound(tr("Lowest confidence"), 0)),
      m_max(makeBound(tr("Highest confidence"), 1))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, style::groupGap, 0, style::groupGap);
    layout->setSpacing(style::unit);
    layout->addWidget(heading(tr("Queues")));
    layout->addWidget(m_queues);
    layout->addSpacing(style::gap);
    layout->addWidget(heading(tr("Case types")));
    layout->addWidget(m_types, 1);
    layout->addSpacing(style::gap);
    layout->addWidget(heading(tr("Confidence")));
    buildQueues();
    buildConfidence();
    connect(&m_model, &InboxModel::countsChanged, this, &FilterPane::recount);
    recount();
    follow();
}

void FilterPane::buildQueues()
{
    for (const InboxQueue queue : allInboxQueues) {
        auto *item = new QListWidgetItem(words::of(queue), m_queues);
        item->setData(keyRole, int(queue));
    }
    const int row = fontMetrics().height() + style::tableRowPadding;
    m_queues->setFixedHeight(row * m_queues->count());
    m_queues->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_queues, &QListWidget::currentRowChanged, this, &FilterPane::apply);
    connect(m_types, &QListWidget::currentRowChanged, this, &FilterPane::apply);
}

void FilterPane::buildConfidence()
{
    auto *range = new QHBoxLayout;
    range->setSpacing(style::unit);
    range->addWidget(m_min);
    auto *to = new PlainLabel(tr("to"), style::Type::Body);
    range->addWidget(to);
    range->addWidget(m_max);
    range->addStretch();
    auto *box = new QVBoxLayout;
    box->setContentsMargins(style::groupGap, 0, style::groupGap, 0);
    box->setSpacing(style::unit);
    box->addWidget(m_known);
    box->addLayout(range);
    box->addWidget(m_unknown);
    qobject_cast<QVBoxLayout *>(layout())->addLayout(box);
    for (QCheckBox *tick : {m_known, m_unknown}) {
        connect(tick, &QCheckBox::toggled, this, &FilterPane::apply);
    }
    for (QDoubleSpinBox *bound : {m_min, m_max}) {
        connect(bound, &QDoubleSpinBox::valueChanged, this, &FilterPane::apply);
    }
}

void FilterPane::recount()
{
    const bool was = std::exchange(m_following, true);
    const InboxCounts &counts = m_model.counts();
    for (int i = 0; i < m_queues->count(); ++i) {
        QListWidgetItem *item = m_queues->item(i);
        const int count = counts.queues.value(InboxQueue(item->data(keyRole).toInt()));
        item->setData(countRole, count);
        item->setData(Qt::AccessibleTextRole, tr("%1, %2").arg(item->text(), words::count(count)));
    }
    QMap<QString, int> types = counts.caseTypes;
    const QString chosen = m_model.filter().caseTypes.value(0);
    if (!chosen.isEmpty() && !types.contains(chosen)) {
        types.insert(chosen, 0);
    }
    QStringList keys{QString()};
    int all = 0;
    for (auto it = types.cbegin(); it != types.cend(); ++it) {
        all += it.value();
        if (!it.key().isEmpty()) {
            keys.append(it.key());
        }
    }
    while (m_types->count() > keys.size()) {
        delete m_types->takeItem(m_types->count() - 1);
    }
    for (int i = 0; i < keys.size(); ++i) {
        QListWidgetItem *item = m_types->item(i);
        item = item ? item : new QListWidgetItem(m_types);
        const int count = i == 0 ? all : types.value(keys[i]);
        item->setText(i == 0 ? tr("All types") : foreignName(keys[i]));
        item->setData(keyRole, keys[i]);
        item->setData(countRole, count);
        item->setData(Qt::AccessibleTextRole, tr("%1, %2").arg(item->text(), words::count(count)));
        if (keys[i] == chosen) {
            m_types->setCurrentItem(item);
        }
    }
    m_following = was;
}

void FilterPane::follow()
{
    m_following = true;
    const InboxFilter &filter = m_model.filter();
    m_queues->setCurrentRow(int(filter.queue));
    m_known->setChecked(filter.knownConfidence);
    m_unknown->setChecked(filter.unknownConfidence);
    m_min->setValue(filter.minConfidence ? filter.minConfidence->toDouble() : 0);
    m_max->setValue(filter.maxConfidence ? filter.maxConfidence->toDouble() : 1);
    m_min->setEnabled(filter.knownConfidence);
    m_max->setEnabled(filter.knownConfidence);
    recount();
    m_following = false;
}

void FilterPane::apply()
{
    if (m_following) {
        return;
    }
    const auto bound = [](double value, double open) -> std::optional<Decimal> {
        return qFuzzyCompare(value + 1, open + 1)
            ? std::nullopt
            : Decimal::parse(QByteArray::number(value, 'f', 2));
    };
    InboxFilter filter = m_model.filter();
    filter.queue = InboxQueue(m_queues->currentItem()->data(keyRole).toInt());
    const QString type
        = m_types->currentItem() ? m_types->currentItem()->data(keyRole).toString() : QString();
    filter.caseTypes = type.isEmpty() ? QStringList() : QStringList{type};
    filter.knownConfidence = m_known->isChecked();
    filter.unknownConfidence = m_unknown->isChecked();
    filter.minConfidence = bound(m_min->value(), 0);
    filter.maxConfidence = bound(m_max->value(), 1);
    m_min->setEnabled(filter.knownConfidence);
    m_max->setEnabled(filter.knownConfidence);
    m_model.setFilter(filter);
}

} // namespace countersign

#include "filterpane.moc"
