// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/carepopup.h"

#include "domain/caretimes.h"
#include "views/style/widgets.h"

#include <QApplication>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyledItemDelegate>

namespace countersign {

namespace {

constexpr int detailRole = Qt::UserRole;
constexpr int sheetWidth = style::unit * 92;
constexpr int wordLines = 4;

/// The text, and its detail at the right end.
class ChoiceDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex & /*index*/) const override
    {
        return {0, option.fontMetrics.height() + style::tableRowPadding};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, style::ground(style::Ground::Selected, option.palette));
        }
        QRect area = option.rect.adjusted(style::groupGap, 0, -style::groupGap, 0);
        const QString detail = index.data(detailRole).toString();
        const QFont caption = style::font(style::Type::Caption, option.font);
        const int room = QFontMetrics(caption).horizontalAdvance(detail);
        painter->setFont(caption);
        painter->setPen(style::color(style::Role::Muted, option.palette));
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, detail);
        area.setRight(area.right() - room - style::gap);
        painter->setFont(option.font);
        painter->setPen(option.palette.color(QPalette::Text));
        painter->drawText(
            area, Qt::AlignLeft | Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, area.width()));
        painter->restore();
    }
};

} // namespace

CarePopup::CarePopup(const QString &title, QWidget &anchor, QWidget &page)
    : QFrame(&page),
      m_anchor(anchor),
      m_page(page),
      m_before(QApplication::focusWidget()),
      m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("care"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(title);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_layout->setContentsMargins(style::hairline, style::gap + style::unit, style::hairline,
                                 style::gap); // the frame stays whole
    m_layout->setSpacing(style::gap);
    auto *head = new PlainLabel(title, style::Type::Strong);
    head->setContentsMargins(style::groupGap, 0, style::groupGap, 0);
    head->setTextInteractionFlags(Qt::NoTextInteraction);
    m_layout->addWidget(head);
    page.installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) -> void {
        if (now != nullptr && isVisible() && !holds(now)) {
            close(); // the keys went elsewhere; they stay there
        }
    });
}

void CarePopup::addChoices(const QList<Choice> &choices)
{
    m_choices = choices;
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("choices"));
    m_list->setAccessibleName(accessibleName());
    m_list->setFrameShape(NoFrame);
    m_list->setItemDelegate(new ChoiceDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_list->installEventFilter(this);
    connect(m_list, &QListWidget::itemClicked, this,
            [this](QListWidgetItem *item) -> void { choose(m_list->row(item)); });
    m_layout->addWidget(m_list);
    refill();
}

void CarePopup::addTyped(const QString &prompt, const Other &other)
{
    m_other = other;
    m_typed = new QLineEdit;
    m_typed->setPlaceholderText(prompt);
    m_typed->setAccessibleName(prompt);
    m_typed->installEventFilter(this);
    connect(m_typed, &QLineEdit::textChanged, this, &CarePopup::refill);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(style::groupGap, 0, style::groupGap, 0);
    row->addWidget(m_typed);
    m_layout->insertLayout(1, row);
    m_list->setFocusPolicy(Qt::NoFocus);
}

void CarePopup::addTime(const QString &label, qint64 ms, bool withHour,
                        const std::function<void(qint64)> &act)
{
    m_takeTime = act;
    m_withHour = withHour;
    m_time = new QDateTimeEdit(QDateTime::fromMSecsSinceEpoch(ms));
    m_time->setObjectName(QStringLiteral("time"));
    m_time->setDisplayFormat(withHour ? QStringLiteral("yyyy-MM-dd HH:mm")
                                      : QStringLiteral("yyyy-MM-dd"));
    m_time->setCalendarPopup(true);
    m_time->setAccessibleName(label);
    m_time->installEventFilter(this);
    auto *text = new PlainLabel(label, style::Type::Body);
    text->setTextInteractionFlags(Qt::NoTextInteraction);
    text->setWordWrap(false);
    auto *take = new KeyButton(tr("Choose"), {}, tr("Enter"));
    connect(take, &QPushButton::clicked, this, &CarePopup::submitTime);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(style::groupGap, 0, style::groupGap, 0);
    row->setSpacing(style::gap);
    row->addWidget(text);
    row->addWidget(m_time, 1);
    row->addWidget(take);
    m_layout->addWidget(makeHairline());
    m_layout->addLayout(row);
}

void CarePopup::addWords(const QString &label, const QString &submit,
                         const std::function<void(const QString &)> &act)
{
    m_takeWords = act;
    m_text = new QPlainTextEdit;
    m_text->setAccessibleName(accessibleName());
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(fontMetrics().lineSpacing() * wordLines + style::groupGap);
    m_text->installEventFilter(this);
    auto *hint = new PlainLabel(label, style::Type::Caption);
    hint->setRole(style::Role::Muted);
    hint->setTextInteractionFlags(Qt::NoTextInteraction);
    auto *take = new KeyButton(submit, {}, tr("Ctrl+Enter"));
    auto *cancel = new KeyButton(tr("Cancel"), {}, tr("Esc"));
    connect(take, &QPushButton::clicked, this, &CarePopup::submitWords);
    connect(cancel, &QPushButton::clicked, this, &CarePopup::leave);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(style::gap);
    buttons->addWidget(take);
    buttons->addWidget(cancel);
    buttons->addStretch();
    auto *column = new QVBoxLayout;
    column->setContentsMargins(style::groupGap, 0, style::groupGap, style::unit);
    column->setSpacing(style::gap);
    column->addWidget(m_text);
    column->addWidget(hint);
    column->addLayout(buttons);
    m_layout->addLayout(column);
}

void CarePopup::open()
{
    place();
    show();
    raise();
    QWidget *first = m_typed != nullptr ? static_cast<QWidget *>(m_typed)
        : m_list != nullptr             ? static_cast<QWidget *>(m_list)
                                        : static_cast<QWidget *>(m_text);
    first->setFocus(Qt::PopupFocusReason);
}

void CarePopup::place()
{
    const int width = qMin(sheetWidth, m_page.width() - 2 * style::gap);
    setFixedWidth(width);
    adjustSize();
    const QPoint at = m_anchor.mapTo(&m_page, QPoint(style::pageEdge, 0));
    move(qMax(style::gap, qMin(at.x(), m_page.width() - width - style::gap)),
         qMax(style::gap, at.y() - height() - style::gap));
}

void CarePopup::refill()
{
    const QString typed = m_typed != nullptr ? m_typed->text().trimmed() : QString();
    m_offered.clear();
    bool exact = typed.isEmpty();
    for (const Choice &choice : std::as_const(m_choices)) {
        if (choice.text.contains(typed, Qt::CaseInsensitive)) {
            m_offered.append(choice);
            exact = exact || choice.text.compare(typed, Qt::CaseInsensitive) == 0;
        }
    }
    if (const auto other = m_other && !exact ? m_other(typed) : std::nullopt) {
        m_offered.append(*other);
    }
    m_list->clear();
    for (const Choice &choice : std::as_const(m_offered)) {
        auto *item = new QListWidgetItem(choice.text, m_list);
        item->setData(detailRole, choice.detail);
        item->setData(Qt::AccessibleTextRole,
                      QStringLiteral("%1 %2").arg(choice.text, choice.detail).trimmed());
    }
    m_list->setCurrentRow(0);
    const int row = fontMetrics().height() + style::tableRowPadding;
    const auto most = qsizetype(qMax(1, (m_page.height() / 2) / row));
    // As tall as with nothing typed, so that it does not jump.
    m_list->setFixedHeight(int(qMin(most, qMax(m_choices.size(), qsizetype(m_other ? 3 : 1))))
                           * row);
}

void CarePopup::choose(int row)
{
    if (row < 0 || row >= m_offered.size()) {
        return;
    }
    const std::function<void()> act = m_offered.at(row).act;
    leave();
    act();
}

void CarePopup::leave()
{
    if (m_before != nullptr && m_before->isVisible()) {
        m_before->setFocus(Qt::PopupFocusReason); // which closes it
    }
    close();
}

void CarePopup::submitTime()
{
    m_time->interpretText();
    const QDateTime time = m_time->dateTime();
    const qint64 ms = m_withHour ? time.toMSecsSinceEpoch() : morningOf(time.date());
    const auto act = m_takeTime;
    leave();
    act(ms);
}

void CarePopup::submitWords()
{
    const QString text = m_text->toPlainText();
    if (text.trimmed().isEmpty()) {
        m_text->setFocus(Qt::OtherFocusReason);
        return;
    }
    const auto act = m_takeWords;
    leave();
    act(text);
}

bool CarePopup::holds(const QWidget *widget) const
{
    for (; widget != nullptr; widget = widget->parentWidget()) { // also over a calendar's window
        if (widget == this) {
            return true;
        }
    }
    return false;
}

bool CarePopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_page && event->type() == QEvent::Resize) {
        place();
    }
    if (event->type() != QEvent::KeyPress) {
        return QFrame::eventFilter(watched, event);
    }
    auto *press = static_cast<QKeyEvent *>(event); // NOLINT(*-static-cast-downcast)
    const bool enter = press->key() == Qt::Key_Return || press->key() == Qt::Key_Enter;
    const bool control = press->modifiers().testFlag(Qt::ControlModifier);
    if (enter && !press->isAutoRepeat() && (watched == m_typed || watched == m_list)) {
        choose(m_list->currentRow());
        return true;
    }
    if (enter && !press->isAutoRepeat() && watched == m_time) {
        submitTime();
        return true;
    }
    if (enter && control && !press->isAutoRepeat() && watched == m_text) {
        submitWords();
        return true;
    }
    if (watched == m_typed && (press->key() == Qt::Key_Down || press->key() == Qt::Key_Up)) {
        const int by = press->key() == Qt::Key_Down ? 1 : -1;
        m_list->setCurrentRow(qBound(0, m_list->currentRow() + by, m_list->count() - 1));
        return true;
    }
    if (watched == m_list && m_time != nullptr && press->key() == Qt::Key_Down
        && m_list->currentRow() == m_list->count() - 1) {
        m_time->setFocus(Qt::TabFocusReason);
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void CarePopup::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        leave();
    }
    event->accept(); // nothing of it is for the page below
}

void CarePopup::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setPen(QPen(style::color(style::Role::Muted, palette()), style::hairline));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace countersign
