// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/filterpopup.h"

#include "views/inbox/confidencerange.h"
#include "views/inbox/countlist.h"
#include "views/style/tokens.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QCheckBox>
#include <QCloseEvent>
#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QRadioButton>
#include <QScreen>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int manyValues = 8; // from here on one can type to find one
constexpr int mostPopupRows = 10;
constexpr qint64 hourMs = 60LL * 60 * 1000;
constexpr qint64 dayMs = 24 * hourMs;

} // namespace

Popup::Popup(const QString &title, QWidget *parent)
    : QFrame(parent, Qt::Popup),
      m_body(new QVBoxLayout(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(title);
    setWindowTitle(title);
    m_body->setContentsMargins(style::gap + style::unit, style::gap, style::gap + style::unit,
                               style::gap + style::unit);
    m_body->setSpacing(style::gap);
    auto *heading = new PlainLabel(title, style::Type::Strong);
    heading->setTextInteractionFlags(Qt::NoTextInteraction);
    m_body->addWidget(heading);
}

void Popup::openAt(QWidget *anchor)
{
    adjustSize();
    const QRect screen = anchor->screen()->availableGeometry();
    QPoint at = anchor->mapToGlobal(QPoint(0, anchor->height() + style::unit));
    at.setX(qBound(screen.left(), at.x(), qMax(screen.left(), screen.right() - width())));
    at.setY(qBound(screen.top(), at.y(), qMax(screen.top(), screen.bottom() - height())));
    move(at);
    show();
    if (focusWidget() == nullptr) {
        focusNextChild();
    }
}

void Popup::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

void Popup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(style::hairlineColor(palette()));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void Popup::closeEvent(QCloseEvent *event)
{
    QFrame::closeEvent(event);
    Q_EMIT closed();
}

FilterPopup::FilterPopup(FilterField field, InboxModel &model, const EndpointName &name,
                         QWidget *parent)
    : Popup(words::of(field), parent),
      m_field(field),
      m_model(model)
{
    setObjectName(QStringLiteral("filterpopup"));
    switch (field) {
    case FilterField::Confidence:
        buildConfidence();
        break;
    case FilterField::Amount:
        buildAmount();
        break;
    case FilterField::Due:
        buildDue();
        break;
    case FilterField::Age:
        buildAge();
        break;
    default:
        buildValues(name);
    }
}

void FilterPopup::apply(const std::function<void(InboxFilter &)> &change)
{
    InboxFilter filter = m_model.filter();
    change(filter);
    m_model.setFilter(filter);
}

void FilterPopup::buildValues(const EndpointName &name)
{
    const auto values = valuesOf(m_model.filter(), m_field, m_model.counts(), name);
    m_list = makeCountList(words::of(m_field));
    for (const FieldValue &value : values) {
        auto *item = new QListWidgetItem(value.text, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(value.chosen ? Qt::Checked : Qt::Unchecked);
        setCount(item, value.key, value.count);
    }
    if (values.isEmpty()) {
        body()->addWidget(new PlainLabel(tr("No case in this queue has one."), style::Type::Body));
        return;
    }
    if (values.size() > manyValues) {
        m_typed = new QLineEdit;
        m_typed->setPlaceholderText(tr("Find"));
        m_typed->setAccessibleName(tr("Find"));
        m_typed->setClearButtonEnabled(true);
        m_typed->installEventFilter(this);
        connect(m_typed, &QLineEdit::textChanged, this, &FilterPopup::narrow);
        body()->addWidget(m_typed);
    }
    fitRows(m_list, qMin(mostPopupRows, int(values.size())));
    m_list->setMinimumWidth(style::foldBelow / 4);
    m_list->setCurrentRow(0);
    m_list->installEventFilter(this);
    body()->addWidget(m_list);
    connect(m_list, &QListWidget::itemChanged, this, &FilterPopup::applyValues);
    (m_typed ? static_cast<QWidget *>(m_typed) : m_list)->setFocus(Qt::PopupFocusReason);
}

void FilterPopup::narrow(const QString &typed)
{
    const QString wanted = searchForm(typed.trimmed());
    int first = -1;
    for (int row = 0; row < m_list->count(); ++row) {
        const bool fits = searchForm(m_list->item(row)->text()).contains(wanted);
        m_list->setRowHidden(row, !fits);
        first = fits && first < 0 ? row : first;
    }
    m_list->setCurrentRow(first);
}

void FilterPopup::applyValues()
{
    QStringList keys;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked) {
            keys.append(keyOf(m_list->item(row)));
        }
    }
    apply([this, &keys](InboxFilter &filter) -> void { setValues(filter, m_field, keys); });
}

/// Down goes from the words to the list; Enter takes the value one stands on, where none is taken.
bool FilterPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) {
        return Popup::eventFilter(watched, event);
    }
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (watched == m_typed && (key == Qt::Key_Down || key == Qt::Key_Up)) {
        m_list->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        QListWidgetItem *item = m_list->currentItem();
        const InboxFilter &filter = m_model.filter();
        if (item != nullptr && (!restricts(filter, m_field) || watched == m_typed)) {
            item->setCheckState(Qt::Checked);
        }
        close();
        return true;
    }
    return Popup::eventFilter(watched, event);
}

void FilterPopup::buildConfidence()
{
    auto *range = new ConfidenceRange(m_model);
    body()->addWidget(range);
    range->setFocus(Qt::PopupFocusReason);
}

void FilterPopup::buildAmount()
{
    const QList<AmountRange> before = m_model.filter().amounts;
    const AmountRange shown = before.value(0);
    auto *currency = new QComboBox;
    currency->setAccessibleName(tr("Currency"));
    currency->addItem(tr("Any currency"), QString());
    QMap<QString, int> there = m_model.counts().currencies;
    if (!shown.currency.isEmpty() && !there.contains(shown.currency)) {
        there.insert(shown.currency, 0);
    }
    for (auto it = there.cbegin(); it != there.cend(); ++it) {
        currency->addItem(tr("%1 (%2)").arg(it.key(), words::count(it.value())), it.key());
    }
    currency->setCurrentIndex(qMax(0, currency->findData(shown.currency)));
    auto *least = new QLineEdit(shown.min ? shown.min->toString() : QString());
    auto *most = new QLineEdit(shown.max ? shown.max->toString() : QString());
    least->setAccessibleName(tr("At least"));
    most->setAccessibleName(tr("At most"));
    least->setPlaceholderText(tr("any"));
    most->setPlaceholderText(tr("any"));
    auto *hint = new PlainLabel(style::Type::Caption);
    hint->setRole(style::Role::Reject);
    hint->hide();
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(style::gap);
    grid->setVerticalSpacing(style::unit);
    grid->addWidget(currency, 0, 0, 1, 2);
    grid->addWidget(new PlainLabel(tr("At least"), style::Type::Body), 1, 0);
    grid->addWidget(least, 1, 1);
    grid->addWidget(new PlainLabel(tr("At most"), style::Type::Body), 2, 0);
    grid->addWidget(most, 2, 1);
    body()->addLayout(grid);
    body()->addWidget(hint);
    const auto change = [this, currency, least, most, hint, before]() -> void {
        AmountRange range{currency->currentData().toString(), {}, {}};
        bool fine = true;
        for (const auto &[box, bound] : {std::pair(least, &range.min), {most, &range.max}}) {
            const QString typed = box->text().trimmed().remove(QLatin1Char(','));
            *bound = typed.isEmpty() ? std::nullopt : Decimal::parse(typed);
            fine = fine && (typed.isEmpty() || bound->has_value());
        }
        const bool turned = range.min && range.max && *range.max < *range.min;
        hint->setText(!fine ? tr("An amount is a number, such as 1250.50.")
                            : tr("The least is more than the most."));
        hint->setVisible(!fine || turned);
        if (!fine || turned) {
            return;
        }
        apply([&](InboxFilter &filter) -> void {
            filter.amounts = before.mid(1);
            if (range != AmountRange()) {
                filter.amounts.prepend(range);
            }
        });
    };
    connect(currency, &QComboBox::currentIndexChanged, this, change);
    connect(least, &QLineEdit::textEdited, this, change);
    connect(most, &QLineEdit::textEdited, this, change);
    least->setFocus(Qt::PopupFocusReason);
}

void FilterPopup::buildDue()
{
    const InboxFilter &now = m_model.filter();
    auto *none = new QCheckBox(tr("Without a due time"));
    none->setChecked(now.withoutDue);
    const auto add = [this, none](const QString &text, std::optional<qint64> within) -> void {
        auto *choice = new QRadioButton(text);
        choice->setChecked(m_model.filter().dueWithinMs == within);
        body()->addWidget(choice);
        connect(choice, &QRadioButton::toggled, none, [this, within](bool on) -> void {
            if (on) {
                apply([&](InboxFilter &filter) -> void { filter.dueWithinMs = within; });
            }
        });
        if (choice->isChecked()) {
            choice->setFocus(Qt::PopupFocusReason);
        }
    };
    QList<qint64> spans{0, hourMs, 4 * hourMs, dayMs, 3 * dayMs, 7 * dayMs};
    if (now.dueWithinMs && !spans.contains(*now.dueWithinMs)) {
        spans.append(*now.dueWithinMs);
    }
    add(now.withoutDue ? tr("At no time") : tr("At any time"), std::nullopt);
    for (const qint64 span : spans) {
        add(span == 0 ? tr("Overdue") : tr("Within %1").arg(words::span(span)), span);
    }
    body()->addWidget(none);
    connect(none, &QCheckBox::toggled, this, [this](bool on) -> void {
        apply([on](InboxFilter &filter) -> void { filter.withoutDue = on; });
    });
}

void FilterPopup::buildAge()
{
    const QList<qint64> usual{hourMs, 4 * hourMs, dayMs, 3 * dayMs, 7 * dayMs, 30 * dayMs};
    const auto box = [&](const QString &name, const QString &any,
                         const std::optional<qint64> &value) -> QComboBox * {
        auto *made = new QComboBox;
        made->setAccessibleName(name);
        made->addItem(any);
        QList<qint64> spans = usual;
        if (value && !spans.contains(*value)) {
            spans.append(*value);
        }
        for (const qint64 span : std::as_const(spans)) {
            made->addItem(words::span(span), span);
        }
        made->setCurrentIndex(value ? made->findData(*value) : 0);
        return made;
    };
    const InboxFilter &now = m_model.filter();
    auto *least = box(tr("Older than"), tr("any age"), now.minAgeMs);
    auto *most = box(tr("Younger than"), tr("any age"), now.maxAgeMs);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(style::gap);
    grid->setVerticalSpacing(style::unit);
    grid->addWidget(new PlainLabel(tr("Older than"), style::Type::Body), 0, 0);
    grid->addWidget(least, 0, 1);
    grid->addWidget(new PlainLabel(tr("Younger than"), style::Type::Body), 1, 0);
    grid->addWidget(most, 1, 1);
    body()->addLayout(grid);
    const auto valueOf = [](const QComboBox *from) -> std::optional<qint64> {
        const QVariant span = from->currentData();
        return span.isValid() ? std::optional<qint64>(span.toLongLong()) : std::nullopt;
    };
    const auto change = [this, least, most, valueOf]() -> void {
        apply([&](InboxFilter &filter) -> void {
            filter.minAgeMs = valueOf(least);
            filter.maxAgeMs = valueOf(most);
        });
    };
    connect(least, &QComboBox::currentIndexChanged, this, change);
    connect(most, &QComboBox::currentIndexChanged, this, change);
    least->setFocus(Qt::PopupFocusReason);
}

} // namespace countersign
