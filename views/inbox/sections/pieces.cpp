// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/pieces.h"

#include "domain/jsonchanges.h"
#include "views/foreigntext.h"
#include "views/words.h"

#include <QCoreApplication>
#include <QHBoxLayout>

namespace countersign::pieces {

static constexpr qsizetype mostChanges = 30;

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

void addForeign(QVBoxLayout *layout, const QString &text, style::Type type)
{
    const auto [shown, warning] = foreignWithWarning(text, proseLimit);
    layout->addWidget(new ProseBlock(shown, type));
    if (!warning.isEmpty()) {
        auto *label = new PlainLabel(warning, style::Type::Caption);
        label->setRole(style::Role::Caution);
        layout->addWidget(marked(QStringLiteral("warning"), style::Role::Caution, label));
    }
}

void addChanges(QVBoxLayout *layout, const Json &before, const Json &after,
                const std::function<void(const QString &pointer)> &reset)
{
    const auto tr = [](const char *text) -> QString {
        return QCoreApplication::translate("CaseView", text);
    };
    auto *ground = new AgentGround(QString());
    QList<JsonChange> changes = jsonChanges(before, after);
    const qsizetype more = changes.size() - mostChanges;
    changes.resize(qMin(changes.size(), mostChanges));
    for (const JsonChange &change : std::as_const(changes)) {
        const auto side = [&tr](const std::optional<Json> &value) -> QString {
            return value ? foreignLine(jsonText(*value), 400) : tr("not set");
        };
        auto *head = new QHBoxLayout;
        head->setSpacing(style::gap);
        const QString place = foreignName(change.pointer);
        if (!change.pointer.isEmpty()) {
            head->addWidget(muted(place), 1);
        }
        if (reset) {
            auto *button = new KeyButton(tr("Reset"), {}, {});
            button->setAccessibleDescription(tr("Reset %1").arg(place));
            QObject::connect(
                button, &QPushButton::clicked, ground,
                [reset, pointer = change.pointer]() -> void { reset(pointer); },
                Qt::QueuedConnection); // it goes with its row
            head->addWidget(button);
        }
        ground->body()->addLayout(head);
        ground->body()->addWidget(marked(QStringLiteral("reject"), style::Role::Reject,
                                         new ProseBlock(side(change.before))));
        ground->body()->addWidget(marked(QStringLiteral("chevron-right"), style::Role::Accept,
                                         new ProseBlock(side(change.after), style::Type::Strong)));
    }
    if (more > 0) {
        ground->body()->addWidget(muted(tr("and %1 more").arg(words::count(more))));
    }
    layout->addWidget(ground);
}

} // namespace countersign::pieces
