// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/form/argumentstable.h"

#include "domain/jsonchanges.h"
#include "items/argumentsmodel.h"
#include "views/foreigntext.h"
#include "views/inbox/form/valueeditor.h"
#include "views/style/layoutpause.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QGridLayout>

namespace countersign {

namespace {

constexpr int deepest = 3;
constexpr qsizetype mostTableRows = 60;
constexpr qsizetype valueLimit = 6000; // characters to read; the raw payload holds the rest
constexpr qsizetype heavy = 200'000;
constexpr int rowsBuiltAtOnce = 8;

bool isGroup(const Json &value)
{
    return value.isObject() || value.isArray();
}

/// A list of single values reads better on a line than in rows.
bool isPlainList(const Json &value)
{
    return value.isArray() && std::none_of(value.items().cbegin(), value.items().cend(), isGroup);
}

QString readable(const Json &value)
{
    if (weightOf(value, heavy) >= heavy && isGroup(value)) {
        const qsizetype count = value.isArray() ? value.items().size() : value.members().size();
        return ArgumentsTable::tr("%1 entries, too many to be shown here; “Raw” has them.")
            .arg(words::count(count));
    }
    if (isPlainList(value)) {
        QStringList all;
        for (const Json &item : value.items()) {
            all.append(jsonText(item));
            if (all.size() > 200) {
                break;
            }
        }
        return all.join(QStringLiteral(", "));
    }
    return isGroup(value) ? QString::fromUtf8(toPrettyJson(value)) : jsonText(value);
}

} // namespace

ArgumentsTable::ArgumentsTable(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

void ArgumentsTable::show(const Json &value, const SchemaVerdict &verdict)
{
    m_queue.clear();
    clearLayout(layout());
    m_content = new QWidget;
    layout()->addWidget(m_content);
    m_grid = new QGridLayout(m_content);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(style::groupGap);
    m_grid->setVerticalSpacing(style::unit);
    m_grid->setColumnStretch(1, 1);
    m_faults.clear();
    for (const SchemaFault &fault : verdict.faults) {
        QString &text = m_faults[fault.pointer];
        text = text.isEmpty() ? fault.text : text;
    }
    auto rows = std::make_shared<QList<Row>>();
    collect({.value = value, .depth = -1}, *rows);
    const bool more = rows->size() > mostTableRows;
    rows->resize(qMin(rows->size(), mostTableRows));
    for (const SchemaFault &fault : verdict.faults) { // what is missing has no row of its own
        if (more || rows->size() > mostTableRows) {
            break;
        }
        const bool shown = std::any_of(rows->cbegin(), rows->cend(), [&](const Row &row) -> bool {
            return row.pointer == fault.pointer;
        });
        if (!shown) {
            rows->append({.pointer = fault.pointer,
                          .name = pointerTokens(fault.pointer).value(0),
                          .value = {},
                          .depth = -1});
        }
    }
    auto next = std::make_shared<qsizetype>(0);
    m_queue.add(m_content, [this, rows, next, more]() -> bool {
        if (*next < rows->size()) {
            build(rows->at(*next));
        } else if (more) {
            auto *note = new PlainLabel(tr("There is more than is shown here; the form and the raw "
                                           "payload have all of it."),
                                        style::Type::Caption);
            note->setRole(style::Role::Muted);
            m_grid->addWidget(note, m_grid->rowCount(), 0, 1, 3);
        }
        return ++*next < rows->size() + (more ? 1 : 0);
    });
    m_queue.run(rowsBuiltAtOnce);
}

void ArgumentsTable::collect(const Row &row, QList<Row> &rows) const
{
    if (rows.size() > mostTableRows) {
        return;
    }
    const Json &value = row.value;
    const bool opens = row.depth + 1 <= deepest && isGroup(value) && !isPlainList(value)
        && !(value.isObject() && value.members().isEmpty());
    if (row.depth >= 0 || !opens) {
        rows.append({row.pointer, row.name, opens ? Json() : value, qMax(0, row.depth), opens});
    }
    if (!opens) {
        return;
    }
    for (const auto &[name, member] : value.members()) {
        collect({pointerTo(row.pointer, name), name, member, row.depth + 1}, rows);
    }
    for (qsizetype i = 0; i < value.items().size() && rows.size() <= mostTableRows; ++i) {
        collect({pointerTo(row.pointer, i), tr("Item %1").arg(i + 1), value.items().at(i),
                 row.depth + 1},
                rows);
    }
}

void ArgumentsTable::build(const Row &row)
{
    LayoutPause pause(m_grid);
    const int at = m_grid->rowCount();
    const bool missing = row.depth < 0;
    auto *label = new PlainLabel(foreignName(row.name), style::Type::Body);
    label->setRole(style::Role::Muted);
    label->setContentsMargins(qMax(0, row.depth) * style::groupGap, 0, 0, 0);
    label->setWordWrap(false);
    label->setMaximumWidth(style::readingWidth / 3);
    label->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_grid->addWidget(pause.shown(label), at, 0, Qt::AlignTop);
    const bool empty = row.value.isObject() && row.value.members().isEmpty();
    if (!row.opens && !missing && !empty) {
        auto *shown = new ProseBlock(foreignText(readable(row.value), valueLimit));
        if (isGroup(row.value) && !isPlainList(row.value)) {
            shown->setFont(style::monospace(font()));
        }
        m_grid->addWidget(pause.shown(shown), at, 1);
        auto *type = new PlainLabel(ValueEditor::typeWord(row.value, FormShape::Kind::Json),
                                    style::Type::Caption);
        type->setRole(style::Role::Muted);
        type->setWordWrap(false);
        m_grid->addWidget(pause.shown(type), at, 2, Qt::AlignTop | Qt::AlignRight);
    }
    const auto remark = [this, &pause](const QString &text, int line) -> void {
        auto *shown = new PlainLabel(text, style::Type::Caption);
        shown->setRole(style::Role::Caution);
        m_grid->addWidget(pause.shown(shown), line, 1, 1, 2);
    };
    const QString text = row.value.isString() ? row.value.toString().left(heavy) : QString();
    if (const QString warning = foreignWarning(text); !warning.isEmpty()) {
        remark(warning, at + 1);
    }
    if (const QString fault = m_faults.value(row.pointer); !fault.isEmpty()) {
        remark(fault, at + 2);
    }
}

} // namespace countersign
