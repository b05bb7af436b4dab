// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/pieces.h"

#include "views/foreigntext.h"
#include "views/inbox/jsonchanges.h"

#include <QCoreApplication>
#include <QHBoxLayout>

namespace countersign::pieces {

QWidget *marked(const QString &symbol, style::Role role, QWidget *text)
{
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::gap);
    layout->addWidget(makeSymbol(symbol, role), 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    return line;
}

PlainLabel *muted(const QString &text, style::Type type)
{
    auto *label = new PlainLabel(text, type);
    label->setRole(style::Role::Muted);
    return label;
}

static void addWarning(QVBoxLayout *layout, const QString &foreign)
{
    if (const QString warning = foreignWarning(foreign); !warning.isEmpty()) {
        auto *label = new PlainLabel(warning, style::Type::Caption);
        label->setRole(style::Role::Caution);
        layout->addWidget(marked(QStringLiteral("warning"), style::Role::Caution, label));
    }
}

void addForeign(QVBoxLayout *layout, const QString &text, style::Type type)
{
    layout->addWidget(new ProseBlock(foreignText(text, proseLimit), type));
    addWarning(layout, text);
}

void addChanges(QVBoxLayout *layout, const Json &before, const Json &after)
{
    auto *ground = new AgentGround(QString());
    for (const JsonChange &change : jsonChanges(before, after)) {
        const auto side = [](const std::optional<Json> &value) -> QString {
            return value ? foreignLine(jsonText(*value), 400)
                         : QCoreApplication::translate("CaseView", "not set");
        };
        if (!change.path.isEmpty()) {
            ground->body()->addWidget(muted(foreignName(change.path)));
        }
        ground->body()->addWidget(marked(QStringLiteral("reject"), style::Role::Reject,
                                         new ProseBlock(side(change.before))));
        ground->body()->addWidget(marked(QStringLiteral("chevron-right"), style::Role::Accept,
                                         new ProseBlock(side(change.after), style::Type::Strong)));
    }
    layout->addWidget(ground);
}

} // namespace countersign::pieces
