// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/savedpane.h"

#include "views/actionregistry.h"
#include "views/inbox/countlist.h"
#include "views/inbox/findbar.h"
#include "views/inbox/savedfilters.h"
#include "views/messagebar.h"
#include "views/style/widgets.h"

#include <QKeyEvent>
#include <QMenu>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int mostSavedRows = 6; // then it scrolls

QString id(const char *verb)
{
    return QStringLiteral("inbox.") + QLatin1String(verb);
}

} // namespace

SavedPane::SavedPane(InboxModel &model, SavedFilters &saved, ActionRegistry &actions,
                     MessageBar &messages, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_saved(saved),
      m_actions(actions),
      m_messages(messages),
      m_list(makeCountList(tr("Saved filters"))),
      m_none(new PlainLabel(tr("Filter the list, then Save… keeps the filter here."),
                            style::Type::Caption))
{
    m_none->setRole(style::Role::Muted);
    m_none->setContentsMargins(style::groupGap, 0, style::groupGap, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_none);
    layout->addWidget(m_list);
    registerActions();
    m_list->installEventFilter(this);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    const auto choose = [this](QListWidgetItem *item) -> void {
        if (item != nullptr) {
            Q_EMIT chosen(m_saved.all().at(m_list->row(item)).filter);
        }
    };
    connect(m_list, &QListWidget::itemClicked, this, choose);
    connect(m_list, &QListWidget::itemActivated, this, choose);
    connect(m_list, &QWidget::customContextMenuRequested, this, &SavedPane::openMenu);
    connect(&saved, &SavedFilters::changed, this, &SavedPane::rebuild);
    connect(&model, &InboxModel::countsChanged, this, &SavedPane::recount);
    connect(&model, &InboxModel::filterChanged, this, &SavedPane::follow);
    rebuild();
}

void SavedPane::registerActions()
{
    const QString place = QStringLiteral("inbox.saved");
    const auto add = [&](const char *verb, const QString &text, const QList<QKeySequence> &keys,
                         const std::function<void()> &act) -> void {
        connect(m_actions.add({.id = id(verb),
                               .text = text,
                               .keys = keys,
                               .place = place,
                               .group = tr("Saved filters")}),
                &QAction::triggered, this, [this, act]() -> void {
                    if (m_list->currentRow() >= 0) {
                        act();
                    }
                });
    };
    add("renamesaved", tr("Rename…"), {Qt::Key_F2}, [this]() -> void { rename(); });
    add("updatesaved", tr("Set to what is shown"), {Qt::Key_U}, [this]() -> void { setToShown(); });
    add("removesaved", tr("Remove"), {Qt::Key_Delete}, [this]() -> void { remove(); });
    add("savedup", tr("Move up"), {QKeySequence(Qt::ALT | Qt::Key_Up)},
        [this]() -> void { shift(-1); });
    add("saveddown", tr("Move down"), {QKeySequence(Qt::ALT | Qt::Key_Down)},
        [this]() -> void { shift(1); });
    m_actions.attach(place, m_list);
}

void SavedPane::rebuild()
{
    QList<InboxFilter> filters;
    while (m_list->count() > m_saved.all().size()) {
        delete m_list->takeItem(m_list->count() - 1);
    }
    for (int i = 0; i < m_saved.all().size(); ++i) {
        const SavedFilter &saved = m_saved.all().at(i);
        QListWidgetItem *item = i < m_list->count() ? m_list->item(i) : new QListWidgetItem(m_list);
        item->setText(saved.name);
        filters.append(saved.filter);
    }
    fitRows(m_list, qMin(mostSavedRows, m_list->count()));
    m_list->setVisible(m_list->count() > 0);
    m_none->setVisible(m_list->count() == 0);
    m_model.watch(filters);
    recount();
    follow();
}

void SavedPane::recount()
{
    for (int i = 0; i < m_list->count(); ++i) {
        setCount(m_list->item(i), m_list->item(i)->text(), m_model.counts().watched.value(i));
    }
}

void SavedPane::follow()
{
    if (!m_list->hasFocus()) {
        m_list->setCurrentRow(m_saved.find(m_model.filter()));
    }
}

bool SavedPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn && m_list->currentRow() < 0) {
        m_list->setCurrentRow(0);
    } else if (event->type() == QEvent::FocusOut
               && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason) {
        m_list->setCurrentRow(m_saved.find(m_model.filter()));
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space)
            && m_list->currentRow() >= 0) {
            Q_EMIT chosen(m_saved.all().at(m_list->currentRow()).filter);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SavedPane::openMenu(const QPoint &at)
{
    QListWidgetItem *item = m_list->itemAt(at);
    if (item == nullptr) {
        return;
    }
    m_list->setCurrentItem(item);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const char *verb : {"renamesaved", "updatesaved", "savedup", "saveddown", "removesaved"}) {
        menu->addAction(m_actions.action(id(verb)));
    }
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

void SavedPane::rename()
{
    const int at = m_list->currentRow();
    const QString before = m_saved.all().at(at).name;
    askName(m_list, tr("Rename"), before, [this, at, before](const QString &name) -> QString {
        if (at >= m_saved.all().size() || m_saved.all().at(at).name != before) {
            return {};
        }
        return m_saved.rename(at, name) ? QString()
            : name.trimmed().isEmpty()  ? tr("Give it a name.")
                                        : tr("Another saved filter has this name.");
    });
}

void SavedPane::setToShown()
{
    const int at = m_list->currentRow();
    const SavedFilter before = m_saved.all().at(at);
    m_saved.update(at, m_model.filter());
    m_messages.show({.id = QStringLiteral("inbox.saved"),
                     .text = tr("“%1” finds what is shown now.").arg(before.name),
                     .actionText = tr("Undo"),
                     .act = [this, before]() -> void {
                         if (const int now = m_saved.indexOf(before.name); now >= 0) {
                             m_saved.update(now, before.filter);
                         }
                     }});
}

void SavedPane::remove()
{
    const int at = m_list->currentRow();
    const SavedFilter before = m_saved.all().at(at);
    m_saved.remove(at);
    m_list->setCurrentRow(qMin(at, m_list->count() - 1));
    m_messages.show({.id = QStringLiteral("inbox.saved"),
                     .text = tr("“%1” is removed.").arg(before.name),
                     .actionText = tr("Undo"),
                     .act = [this, at, before]() -> void {
                         m_saved.insert(at, before);
                     }});
}

void SavedPane::shift(int by)
{
    const int at = m_list->currentRow();
    m_saved.move(at, at + by);
    m_list->setCurrentRow(qBound(0, at + by, m_list->count() - 1));
}

} // namespace countersign
