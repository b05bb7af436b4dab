// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/form/formnode.h"

#include "domain/jsonchanges.h"
#include "views/foreigntext.h"
#include "views/inbox/form/argumentsform.h"
#include "views/inbox/form/calmcombobox.h"
#include "views/style/icons.h"
#include "views/style/widgets.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPointer>

#include <functional>

namespace countersign {

FormNode::FormNode(ArgumentsForm &form, const FormPlace &place, const FormShape &shape)
    : m_form(form),
      m_place(place),
      m_shape(shape),
      m_remarks(new QVBoxLayout)
{
    m_remarks->setSpacing(0);
}

std::optional<Json> FormNode::value() const
{
    return m_form.draft().at(m_place.pointer);
}

QString FormNode::title() const
{
    const QString name
        = m_place.inList ? tr("Item %1").arg(m_place.name) : foreignName(m_place.name);
    return m_place.needed && !value() ? tr("%1 (needed)").arg(name) : name;
}

void FormNode::addDescription(QVBoxLayout *layout)
{
    QString text = m_shape.description;
    if (!m_shape.title.isEmpty() && m_shape.title.toLower() != m_place.name.toLower()) {
        text = text.isEmpty() ? m_shape.title : tr("%1: %2").arg(m_shape.title, text);
    }
    if (!text.isEmpty()) {
        auto *label = new PlainLabel(foreignLine(text, 240), style::Type::Caption);
        label->setRole(style::Role::Muted);
        layout->addWidget(label);
    }
}

void FormNode::addTools(QBoxLayout *head)
{
    m_head = head;
    if (!m_place.pointer.isEmpty()) { // of the whole, the form's own buttons
        m_more = new KeyButton;
        m_more->setSymbol(QStringLiteral("more"));
        m_more->setFlat(true);
        m_more->setAccessibleName(tr("More for %1").arg(title()));
        m_more->setToolTip(tr("More (Alt+Enter)"));
        m_more->setFocusPolicy(Qt::NoFocus); // Tab goes from field to field
        connect(m_more, &QPushButton::clicked, this, &FormNode::openMenu);
        head->addWidget(m_more, 0, Qt::AlignTop);
    }
}

void FormNode::followValue()
{
    const bool changed = m_form.draft().isChanged(m_place.pointer)
        || m_form.draft().unreadable().contains(m_place.pointer);
    if (changed && m_reset == nullptr && m_head != nullptr) {
        m_reset = new KeyButton(tr("Reset"), {}, {});
        m_reset->setAccessibleDescription(tr("Reset %1").arg(title()));
        connect(m_reset, &QPushButton::clicked, this,
                [this]() -> void { m_form.reset(m_place.pointer); });
        m_head->insertWidget(m_more ? m_head->count() - 1 : m_head->count(), m_reset, 0,
                             Qt::AlignTop);
    }
    if (m_reset != nullptr) {
        m_reset->setVisible(changed);
    }
}

void FormNode::showRemark(const QString &text, bool quiet)
{
    if (m_remark == nullptr && !text.isEmpty()) {
        m_remark = new PlainLabel(style::Type::Caption);
        m_remark->setObjectName(QStringLiteral("fault"));
        m_remarks->addWidget(m_remark);
    }
    if (m_remark != nullptr && m_remark->text() != text) {
        m_remark->setText(text);
    }
    if (m_remark != nullptr) {
        m_remark->setRole(quiet ? style::Role::Muted : style::Role::Caution);
        m_remark->setVisible(!text.isEmpty());
    }
}

QWidget *FormNode::branchChooser()
{
    auto *chooser = new CalmComboBox;
    chooser->setAccessibleName(tr("Form of %1").arg(title()));
    chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    chooser->setMinimumContentsLength(14);
    for (const FormBranch &branch : m_shape.branches) {
        chooser->addItem(foreignLine(branch.name, 60));
    }
    chooser->setCurrentIndex(m_shape.branch);
    connect(chooser, &QComboBox::activated, this, &FormNode::replaceBranch);
    return chooser;
}

void FormNode::replaceBranch(int branch)
{
    if (branch == m_shape.branch || branch >= m_shape.branches.size()) {
        return;
    }
    ArgumentsForm &form = m_form;
    const QString pointer = m_place.pointer;
    const auto kept = form.model().reader().carriedOver(value(), m_shape.branches.at(branch));
    form.setBranch(pointer, branch);
    if (kept || !m_place.inList) {
        form.model().set(pointer, kept);
    }
    form.rebuild(pointer);
}

void FormNode::openMenu()
{
    const QPoint below = m_more->mapToGlobal(QPoint(0, m_more->height()));
    auto *shown = new QMenu(this);
    fillMenu(*shown);
    shown->setAttribute(Qt::WA_DeleteOnClose);
    shown->popup(below);
}

void FormNode::fillMenu(QMenu &menu)
{
    const auto add = [this, &menu](const QString &text, const std::function<void()> &act,
                                   const QKeySequence &keys = {}) -> void {
        QAction *action = menu.addAction(text);
        action->setShortcut(keys); // to be read only: the node takes the keys itself
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, &m_form, act, Qt::QueuedConnection);
    };
    ArgumentsForm &form = m_form;
    const QString pointer = m_place.pointer;
    const auto put = [&form, pointer](const std::optional<Json> &value) -> std::function<void()> {
        return [&form, pointer, value]() -> void {
            form.model().set(pointer, value);
            form.rebuild(pointer);
            form.focusOn(pointer);
        };
    };
    if (m_place.inList) {
        const QPointer<FormNode> self(this);
        const auto move = [self](int by) -> std::function<void()> {
            return [self, by]() -> void {
                if (self) {
                    self->moveItem(by);
                }
            };
        };
        add(tr("Move up"), move(-1), QKeySequence(Qt::ALT | Qt::Key_Up));
        add(tr("Move down"), move(1), QKeySequence(Qt::ALT | Qt::Key_Down));
        add(
            tr("Remove"),
            [self]() -> void {
                if (self) {
                    self->takeOut();
                }
            },
            QKeySequence(Qt::ALT | Qt::Key_Delete));
    } else if (value() && !m_place.needed && !pointer.isEmpty()) {
        add(tr("Leave out"), put(std::nullopt));
    }
    if (m_shape.preset && value() != m_shape.preset) {
        add(tr("Use %1").arg(foreignLine(jsonText(*m_shape.preset), 60)), put(m_shape.preset));
    }
    if (m_shape.nullable && (!value() || !value()->isNull())) {
        add(tr("Set to null"), put(Json()));
    }
    const bool asJson = form.isAsJson(pointer);
    add(asJson ? tr("Edit as a form") : tr("Edit as JSON"),
        [&form, pointer, asJson]() -> void { form.setAsJson(pointer, !asJson); });
}

void FormNode::keyPressEvent(QKeyEvent *event)
{
    if (m_more != nullptr && event->modifiers() == Qt::AltModifier
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        openMenu();
        return;
    }
    if (m_place.inList && event->modifiers() == Qt::AltModifier) {
        switch (event->key()) {
        case Qt::Key_Up:
            moveItem(-1);
            return;
        case Qt::Key_Down:
            moveItem(1);
            return;
        case Qt::Key_Delete:
            takeOut();
            return;
        default:
            break;
        }
    }
    QWidget::keyPressEvent(event);
}

void FormNode::moveItem(int by)
{
    const qsizetype slash = m_place.pointer.lastIndexOf(QLatin1Char('/'));
    const QString list = m_place.pointer.left(slash);
    const qsizetype from = m_place.pointer.mid(slash + 1).toInt();
    const auto now = m_form.draft().at(list);
    const qsizetype to = from + by;
    if (!now || to < 0 || to >= now->items().size()) {
        return;
    }
    ArgumentsForm &form = m_form; // this goes with the list
    form.model().move(list, from, to);
    form.rebuild(list);
    form.focusOn(pointerTo(list, to));
}

void FormNode::takeOut()
{
    const QString list = m_place.pointer.left(m_place.pointer.lastIndexOf(QLatin1Char('/')));
    const qsizetype index = m_place.pointer.mid(list.size() + 1).toInt();
    ArgumentsForm &form = m_form;
    form.model().set(m_place.pointer, std::nullopt);
    form.rebuild(list);
    const auto left = form.draft().at(list);
    const qsizetype count = left ? left->items().size() : 0;
    form.focusOn(count > 0 ? pointerTo(list, qMin(index, count - 1)) : list);
}

} // namespace countersign
