// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/keyssheet.h"

#include "views/actionregistry.h"
#include "views/style/tokens.h"
#include "views/window/keyfield.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int idRole = Qt::UserRole;

QString keysText(const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &one : keys) {
        texts.append(one.toString(QKeySequence::NativeText));
    }
    return texts.join(QStringLiteral("  "));
}

} // namespace

KeysSheet::KeysSheet(ActionRegistry &actions, QWidget *parent)
    : QDialog(parent),
      m_actions(actions),
      m_tree(new QTreeWidget(this)),
      m_field(new KeyField(this)),
      m_said(new QLabel(this))
{
    setWindowTitle(tr("Keys"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    fill();
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &KeysSheet::follow);
    connect(m_tree, &QTreeWidget::itemActivated, this, &KeysSheet::change);
    connect(m_change, &QPushButton::clicked, this, &KeysSheet::change);
    connect(m_field, &KeyField::struck, this, &KeysSheet::take);
    connect(m_field, &KeyField::givenUp, this, [this]() -> void { done({}); });
    connect(m_swap, &QPushButton::clicked, this, &KeysSheet::swap);
    connect(m_reset, &QPushButton::clicked, this, &KeysSheet::reset);
    connect(m_resetAll, &QPushButton::clicked, this, &KeysSheet::resetAll);
    follow();
}

void KeysSheet::build()
{
    m_tree->setAccessibleName(windowTitle());
    m_tree->setColumnCount(3);
    m_tree->setHeaderLabels({tr("Action"), tr("Keys"), tr("Changed")});
    m_tree->setRootIsDecorated(false);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_tree->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setWordWrap(true);
    m_said->setMinimumHeight(2 * fontMetrics().lineSpacing()); // nothing moves when it speaks
    m_said->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_change = buttons->addButton(tr("Change…"), QDialogButtonBox::ActionRole);
    m_swap = buttons->addButton(tr("Swap"), QDialogButtonBox::ActionRole);
    m_reset = buttons->addButton(tr("Reset"), QDialogButtonBox::ResetRole);
    m_resetAll = buttons->addButton(tr("Reset all"), QDialogButtonBox::ResetRole);
    for (QAbstractButton *button : buttons->buttons()) {
        static_cast<QPushButton *>(button)->setAutoDefault(false); // Enter is the tree's
    }
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(style::gap);
    column->addWidget(m_tree, 1);
    column->addWidget(m_said);
    column->addWidget(m_field);
    column->addWidget(buttons);
    m_field->hide();
    m_swap->hide();
    resize(style::readingWidth * 4 / 5, style::readingWidth * 4 / 5);
}

void KeysSheet::fill()
{
    QHash<QString, QTreeWidgetItem *> groups;
    for (const ActionSpec &spec : m_actions.all()) {
        QTreeWidgetItem *&group = groups[spec.group];
        if (group == nullptr) {
            group = new QTreeWidgetItem(m_tree, {spec.group});
            group->setFont(0, style::font(style::Type::Strong, font()));
            group->setFlags(Qt::ItemIsEnabled);
            group->setSizeHint(0, {0, fontMetrics().height() + style::listRowPadding});
        }
        auto *item = new QTreeWidgetItem(group);
        item->setSizeHint(0, {0, fontMetrics().height() + style::tableRowPadding});
        item->setData(0, idRole, spec.id);
        label(item);
    }
    m_tree->expandAll();
    if (m_tree->topLevelItemCount() > 0) {
        m_tree->setCurrentItem(m_tree->topLevelItem(0)->child(0));
    }
}

void KeysSheet::label(QTreeWidgetItem *item)
{
    const QString id = item->data(0, idRole).toString();
    // The action's text may have changed since it was registered.
    item->setText(0, nameOf(id));
    item->setText(1, keysText(m_actions.action(id)->shortcuts()));
    item->setText(2, m_actions.isChanged(id) ? tr("changed") : QString());
}

void KeysSheet::labelAll()
{
    for (QTreeWidgetItemIterator it(m_tree); *it != nullptr; ++it) {
        if (!(*it)->data(0, idRole).toString().isEmpty()) {
            label(*it);
        }
    }
    follow();
}

QString KeysSheet::chosen() const
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    return item == nullptr ? QString() : item->data(0, idRole).toString();
}

QString KeysSheet::nameOf(const QString &id) const
{
    return m_actions.action(id)->text();
}

void KeysSheet::follow()
{
    const QString id = chosen();
    m_change->setEnabled(!id.isEmpty());
    m_reset->setEnabled(!id.isEmpty() && m_actions.isChanged(id));
    const QList<ActionSpec> &all = m_actions.all();
    m_resetAll->setEnabled(
        std::any_of(all.begin(), all.end(), [this](const ActionSpec &spec) -> bool {
            return m_actions.isChanged(spec.id);
        }));
    m_field->hide();
    m_swap->hide();
    say(tr("Enter changes the keys of an action; you can take another action's keys over."));
}

void KeysSheet::change()
{
    if (chosen().isEmpty()) {
        return;
    }
    m_swap->hide();
    m_field->show();
    m_field->setFocus(Qt::OtherFocusReason);
    say(tr("Press the new keys for “%1”. Esc leaves them as they are.").arg(nameOf(chosen())));
}

void KeysSheet::take(const QKeySequence &keys)
{
    const QString id = chosen();
    if (const QString refusal = m_actions.refusal(id, keys); !refusal.isEmpty()) {
        say(refusal, true);
        return;
    }
    const QStringList others = m_actions.takenBy(id, keys);
    if (others.isEmpty()) {
        assign(id, keys);
        done(tr("“%1” is on %2 now.").arg(nameOf(id), keys.toString(QKeySequence::NativeText)));
        return;
    }
    QStringList names;
    for (const QString &other : others) {
        names.append(QStringLiteral("“%1”").arg(nameOf(other)));
    }
    m_wanted = keys;
    const QKeySequence mine = m_actions.action(id)->shortcut();
    // The other one must be able to have what this one gives away.
    const bool swaps = others.size() == 1
        && (mine.isEmpty()
            || (m_actions.refusal(others.first(), mine).isEmpty()
                && m_actions.takenBy(others.first(), mine) == QStringList{id}));
    m_swap->setVisible(swaps);
    say(tr("%1 is already used by %2.")
                .arg(keys.toString(QKeySequence::NativeText), names.join(QStringLiteral(", ")))
            + (swaps ? u' ' + tr("Swap gives it the keys that “%1” has now.").arg(nameOf(id))
                     : QString()),
        true);
    if (swaps) {
        m_swap->setFocus(Qt::OtherFocusReason);
    }
}

/// The first of its keys; the others stay.
void KeysSheet::assign(const QString &id, const QKeySequence &keys)
{
    QList<QKeySequence> all = m_actions.action(id)->shortcuts();
    if (!all.isEmpty()) {
        all.removeFirst();
    }
    all.removeAll(keys);
    if (!keys.isEmpty()) {
        all.prepend(keys);
    }
    m_actions.setKeys(id, all);
}

void KeysSheet::swap()
{
    const QString id = chosen();
    const QString other = m_actions.takenBy(id, m_wanted).value(0);
    const QKeySequence mine = m_actions.action(id)->shortcut();
    QList<QKeySequence> theirs = m_actions.action(other)->shortcuts();
    const qsizetype at = theirs.indexOf(m_wanted);
    theirs.removeAt(at);
    if (!mine.isEmpty()) {
        theirs.insert(at, mine);
    }
    m_actions.setKeys(other, theirs);
    assign(id, m_wanted);
    done(tr("“%1” and “%2” have swapped their keys.").arg(nameOf(id), nameOf(other)));
}

void KeysSheet::reset()
{
    // Its own keys may be another's by now.
    const QString id = chosen();
    for (const ActionSpec &spec : m_actions.all()) {
        if (spec.id != id) {
            continue;
        }
        for (const QKeySequence &keys : spec.keys) {
            const QStringList others = m_actions.takenBy(id, keys);
            if (!others.isEmpty()) {
                say(tr("%1 is already used by “%2”. Reset that one first, or all.")
                        .arg(keys.toString(QKeySequence::NativeText), nameOf(others.first())),
                    true);
                return;
            }
        }
    }
    m_actions.resetKeys(id);
    done(tr("“%1” has its own keys again.").arg(nameOf(id)));
}

void KeysSheet::resetAll()
{
    m_actions.resetAllKeys();
    done(tr("Every action has its own keys again."));
}

void KeysSheet::done(const QString &sentence)
{
    labelAll();
    m_tree->setFocus(Qt::OtherFocusReason);
    if (!sentence.isEmpty()) {
        say(sentence);
    }
}

void KeysSheet::say(const QString &sentence, bool bad)
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText,
                    style::color(bad ? style::Role::Caution : style::Role::Muted, palette()));
    m_said->setPalette(colors);
    m_said->setText(sentence);
}

} // namespace countersign
