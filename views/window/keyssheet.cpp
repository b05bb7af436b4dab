// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/keyssheet.h"

#include "views/actionregistry.h"
#include "views/style/tokens.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace countersign {

namespace {

QString keysText(const ActionSpec &spec)
{
    QStringList texts;
    for (const QKeySequence &keys : spec.keys) {
        texts.append(keys.toString(QKeySequence::NativeText));
    }
    return texts.join(QStringLiteral("  "));
}

} // namespace

KeysSheet::KeysSheet(const ActionRegistry &actions, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *tree = new QTreeWidget(this);
    tree->setAccessibleName(tr("Keys"));
    tree->setColumnCount(2);
    tree->setHeaderLabels({tr("Action"), tr("Keys")});
    tree->setRootIsDecorated(false);
    tree->setFrameShape(QFrame::NoFrame);
    tree->header()->setStretchLastSection(false);
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    QHash<QString, QTreeWidgetItem *> groups;
    for (const ActionSpec &spec : actions.all()) {
        if (spec.keys.isEmpty()) {
            continue;
        }
        QTreeWidgetItem *&group = groups[spec.group];
        if (group == nullptr) {
            group = new QTreeWidgetItem(tree, {spec.group});
            group->setFont(0, style::font(style::Type::Strong, font()));
            group->setFlags(Qt::ItemIsEnabled);
        }
        // The action's text may have changed since it was registered.
        new QTreeWidgetItem(group, {actions.action(spec.id)->text(), keysText(spec)});
    }
    tree->expandAll();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(tree, 1);
    column->addWidget(buttons);
    resize(style::readingWidth * 2 / 3, style::readingWidth * 3 / 4);
}

} // namespace countersign
