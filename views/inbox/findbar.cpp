// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/findbar.h"

#include "views/actionregistry.h"
#include "views/inbox/filterchips.h"
#include "views/inbox/orderpopup.h"
#include "views/inbox/savedfilters.h"
#include "views/style/icons.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int searchPauseMs = 200;

/// A line for a name; Enter takes it, where it can be taken.
class NamePopup final : public Popup
{
    Q_OBJECT
public:
    NamePopup(const QString &title, const QString &suggested,
              const std::function<QString(const QString &)> &take, QWidget *parent)
        : Popup(title, parent),
          m_line(new QLineEdit(suggested)),
          m_fault(new PlainLabel(style::Type::Caption)),
          m_take(take)
    {
        setObjectName(QStringLiteral("namepopup"));
        m_line->setAccessibleName(tr("Name"));
        m_line->setMaxLength(60);
        m_line->setMinimumWidth(style::foldBelow / 5);
        m_line->selectAll();
        m_fault->setRole(style::Role::Reject);
        m_fault->hide();
        auto *done = new QPushButton(tr("Save"));
        done->setAutoDefault(false);
        body()->addWidget(m_line);
        body()->addWidget(m_fault);
        body()->addWidget(done, 0, Qt::AlignLeft);
        connect(m_line, &QLineEdit::returnPressed, this, &NamePopup::finish);
        connect(done, &QPushButton::clicked, this, &NamePopup::finish);
        m_line->setFocus(Qt::PopupFocusReason);
    }

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            return; // the line's own
        }
        Popup::keyPressEvent(event);
    }

private:
    void finish()
    {
        const QString fault = m_take(m_line->text());
        m_fault->setText(fault);
        m_fault->setVisible(!fault.isEmpty());
        if (fault.isEmpty()) {
            close();
        }
    }

    QLineEdit *m_line;
    PlainLabel *m_fault;
    std::function<QString(const QString &)> m_take;
};

} // namespace

void askName(QWidget *anchor, const QString &title, const QString &suggested,
             const std::function<QString(const QString &)> &take)
{
    // Not a child of the anchor, which may hide once there is a name.
    (new NamePopup(title, suggested, take, anchor->window()))->openAt(anchor);
}

FindBar::FindBar(InboxModel &model, SavedFilters &saved, ActionRegistry &actions,
                 const QString &place, const EndpointName &name, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_saved(saved),
      m_name(name),
      m_top(new QHBoxLayout),
      m_search(new QLineEdit),
      m_order(new QPushButton),
      m_chips(new FilterChips(model, name)),
      m_save(new QPushButton(tr("Save…"))),
      m_clear(new QPushButton(tr("Clear all")))
{
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(style::symbol(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_order->setAutoDefault(false);
    m_order->setObjectName(QStringLiteral("order"));
    m_order->setIcon(style::symbol(QStringLiteral("chevron-down")));
    m_order->setLayoutDirection(Qt::RightToLeft); // the symbol stands after the words
    m_top->setSpacing(style::gap);
    m_top->addWidget(m_search, 1);
    m_top->addWidget(m_order);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(style::gap, style::gap, style::gap, style::unit);
    layout->setSpacing(style::unit);
    layout->addLayout(m_top);
    layout->addWidget(m_chips);
    buildButtons();
    registerActions(actions, place);
    m_pause.setSingleShot(true);
    m_pause.setInterval(searchPauseMs);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) -> void {
        if (text.isEmpty()) {
            search(); // cleared: what it hid is wanted back at once
        } else {
            m_pause.start();
        }
    });
    connect(&m_pause, &QTimer::timeout, this, &FindBar::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this]() -> void {
        search();
        Q_EMIT finished();
    });
    connect(m_order, &QPushButton::clicked, this, &FindBar::openOrder);
    connect(&model, &InboxModel::filterChanged, this, &FindBar::follow);
    connect(&model, &InboxModel::orderChanged, this, &FindBar::follow);
    connect(&saved, &SavedFilters::changed, this, &FindBar::offer);
    follow();
}

void FindBar::registerActions(ActionRegistry &actions, const QString &place)
{
    const auto add = [&](const char *verb, const QString &text, const QList<QKeySequence> &keys,
                         const char *symbol, const std::function<void()> &act) -> void {
        connect(actions.add({.id = QStringLiteral("inbox.") + QLatin1String(verb),
                             .text = text,
                             .keys = keys,
                             .place = place,
                             .symbol = QLatin1String(symbol),
                             .group = tr("Inbox"),
                             .anywhere = true}),
                &QAction::triggered, this, act);
    };
    add("search", tr("Search"), {Qt::Key_Slash}, "search", [this]() -> void { focusSearch(); });
    add("filter", tr("Filter by…"), {QKeySequence(Qt::SHIFT | Qt::Key_F)}, "filter",
        [this]() -> void { m_chips->openMenu(); });
    add("clearfilter", tr("Clear all filters"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)},
        "filter", [this]() -> void {
            clearAll();
            Q_EMIT finished();
        });
    add("savefilter", tr("Save this filter…"), {QKeySequence(Qt::CTRL | Qt::Key_S)}, "filter",
        [this]() -> void { askName(); });
    add("order", tr("Order and groups…"), {QKeySequence(Qt::SHIFT | Qt::Key_O)}, "",
        [this]() -> void { openOrder(); });
}

void FindBar::buildButtons()
{
    for (QPushButton *button : {m_save, m_clear}) {
        button->setAutoDefault(false);
        m_chips->addButton(button);
    }
    connect(m_save, &QPushButton::clicked, this, &FindBar::askName);
    connect(m_clear, &QPushButton::clicked, this, &FindBar::clearAll);
}

void FindBar::addLeading(QWidget *widget)
{
    m_top->insertWidget(0, widget);
}

void FindBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void FindBar::clearAll()
{
    m_pause.stop();
    m_chips->clearAll();
}

void FindBar::search()
{
    m_pause.stop();
    InboxFilter filter = m_model.filter();
    filter.text = m_search->text().trimmed();
    m_model.setFilter(filter);
}

void FindBar::follow()
{
    if (!m_pause.isActive() && m_search->text().trimmed() != m_model.filter().text) {
        m_search->setText(m_model.filter().text);
        m_pause.stop(); // it is what is looked for already
    }
    m_order->setText(words::order(m_model.order()));
    m_order->setToolTip(tr("Order and groups"));
    offer();
}

/// What is saved already need not be saved again.
void FindBar::offer()
{
    m_save->setProperty("offered", m_saved.find(m_model.filter()) < 0);
    m_chips->relayout();
}

void FindBar::openOrder()
{
    auto *popup = new OrderPopup(m_model, this);
    connect(popup, &Popup::closed, m_order,
            [this]() -> void { m_order->setFocus(Qt::OtherFocusReason); });
    popup->openAt(m_order);
}

void FindBar::askName()
{
    QString suggested = words::brief(m_model.filter(), m_name);
    suggested.remove(QChar(0x2068)).remove(QChar(0x2069));
    countersign::askName(m_save->isVisible() ? static_cast<QWidget *>(m_save) : m_search,
                         tr("Save this filter"), suggested, [this](const QString &name) -> QString {
                             return m_saved.save(name, m_model.filter()) < 0 ? tr("Give it a name.")
                                                                             : QString();
                         });
}

} // namespace countersign

#include "findbar.moc"
