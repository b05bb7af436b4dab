// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/argumentsform.h"

#include "views/foreigntext.h"
#include "views/inbox/argumentfield.h"
#include "views/inbox/jsonchanges.h"
#include "views/style/widgets.h"

#include <QFormLayout>
#include <QGridLayout>

namespace countersign {

namespace {

constexpr int deepest = 3;
constexpr qsizetype valueLimit = 6000; // characters to read; the raw payload holds the rest
constexpr int mostRows = 200; // more are read, and edited, as JSON

Json withValue(const Json &root, const QStringList &path, const std::optional<Json> &value)
{
    if (path.isEmpty()) {
        return value.value_or(Json());
    }
    Json result = root;
    if (path.size() == 1 && !value) {
        result.remove(path.first());
    } else {
        result.set(path.first(), withValue(root[path.first()], path.mid(1), value));
    }
    return result;
}

int rowsOf(const Json &value, int depth)
{
    if (!value.isObject() || depth >= deepest) {
        return 1;
    }
    int rows = 0;
    for (const auto &[key, member] : value.members()) {
        rows += rowsOf(member, depth + 1);
        if (rows > mostRows) {
            break;
        }
    }
    return rows;
}

/// Nested objects become indented rows as long as they are not too deep.
bool opens(const Json &value, int depth)
{
    return value.isObject() && !value.members().isEmpty() && depth < deepest;
}

} // namespace

ArgumentsForm::ArgumentsForm(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

void ArgumentsForm::show(const Json &arguments, const Json &schema, bool editable)
{
    clearLayout(layout());
    m_entries.clear();
    m_arguments = arguments;
    m_content = new QWidget;
    layout()->addWidget(m_content);
    const bool asRows = rowsOf(arguments, 0) <= mostRows;
    if (editable) {
        auto *form = new QFormLayout(m_content);
        form->setContentsMargins(0, 0, 0, 0);
        form->setRowWrapPolicy(QFormLayout::WrapLongRows);
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setVerticalSpacing(style::gap);
        form->setHorizontalSpacing(style::groupGap);
        if (asRows) {
            editRows(form, {}, arguments, schema);
        } else {
            editRow(form, {}, arguments, {}, true);
        }
        return;
    }
    auto *grid = new QGridLayout(m_content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(style::groupGap);
    grid->setVerticalSpacing(style::unit);
    grid->setColumnStretch(1, 1);
    if (asRows) {
        readRows(grid, arguments, schema, 0);
    } else {
        readRow(grid, {}, arguments, {}, 0);
    }
}

void ArgumentsForm::readRows(QGridLayout *grid, const Json &value, const Json &schema, int depth)
{
    if (!value.isObject()) {
        readRow(grid, {}, value, schema, depth);
        return;
    }
    for (const auto &[key, member] : value.members()) {
        const Json &inner = schema[u"properties"][key];
        readRow(grid, key, opens(member, depth) ? Json::object() : member, inner, depth);
        if (opens(member, depth)) {
            readRows(grid, member, inner, depth + 1);
        }
    }
}

void ArgumentsForm::readRow(QGridLayout *grid, const QString &key, const Json &value,
                            const Json &schema, int depth)
{
    const int row = grid->rowCount();
    auto *label = new PlainLabel(foreignName(key), style::Type::Body);
    label->setRole(style::Role::Muted);
    label->setContentsMargins(depth * style::groupGap, 0, 0, 0);
    label->setWordWrap(false);
    label->setMaximumWidth(style::readingWidth / 3);
    label->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    grid->addWidget(label, row, 0, Qt::AlignTop);
    if (value.isObject() && value.members().isEmpty()) {
        return;
    }
    const QString text = value.isArray() || value.isObject()
        ? QString::fromUtf8(toPrettyJson(value))
        : jsonText(value);
    auto *shown = new ProseBlock(foreignText(text, valueLimit));
    if (value.isArray() || value.isObject()) {
        shown->setFont(style::monospace(font()));
    }
    grid->addWidget(shown, row, 1);
    auto *type = new PlainLabel(ArgumentField::typeWord(value, schema), style::Type::Caption);
    type->setRole(style::Role::Muted);
    type->setWordWrap(false);
    grid->addWidget(type, row, 2, Qt::AlignTop | Qt::AlignRight);
    if (const QString warning = foreignWarning(value.toString()); !warning.isEmpty()) {
        auto *remark = new PlainLabel(warning, style::Type::Caption);
        remark->setRole(style::Role::Caution);
        grid->addWidget(remark, row + 1, 1);
    }
}

void ArgumentsForm::editRows(QFormLayout *form, const QStringList &path, const Json &value,
                             const Json &schema)
{
    if (!value.isObject()) {
        editRow(form, path, value, schema, true);
        return;
    }
    const QStringList required = schema[u"required"].toStrings();
    for (const auto &[key, member] : value.members()) {
        const Json &inner = schema[u"properties"][key];
        if (opens(member, int(path.size()))) {
            auto *heading = new PlainLabel(foreignName(key), style::Type::Strong);
            heading->setContentsMargins(int(path.size()) * style::groupGap, 0, 0, 0);
            form->addRow(heading);
            editRows(form, path + QStringList{key}, member, inner);
        } else {
            editRow(form, path + QStringList{key}, member, inner, required.contains(key));
        }
    }
    for (const auto &[key, inner] : schema[u"properties"].members()) {
        if (!value.contains(key)) {
            editRow(form, path + QStringList{key}, std::nullopt, inner, required.contains(key));
        }
    }
}

void ArgumentsForm::editRow(QFormLayout *form, const QStringList &path,
                            const std::optional<Json> &value, const Json &schema, bool required)
{
    const QString name = path.isEmpty() ? tr("Value") : foreignName(path.last());
    auto *label = new PlainLabel(value || !required ? name : tr("%1 (needed)").arg(name),
                                 style::Type::Body);
    label->setRole(style::Role::Muted);
    label->setContentsMargins(qMax(0, int(path.size()) - 1) * style::groupGap, 0, 0, 0);
    auto *field = new ArgumentField(label->text(), value, schema);
    form->addRow(label, field);
    m_entries.append({path, field});
    connect(field, &ArgumentField::changed, this, &ArgumentsForm::changed);
}

Json ArgumentsForm::value() const
{
    Json result = m_arguments;
    for (const Entry &entry : m_entries) {
        if (entry.field->isChanged()) {
            result = withValue(result, entry.path, entry.field->value());
        }
    }
    return result;
}

bool ArgumentsForm::isChanged() const
{
    return std::any_of(m_entries.cbegin(), m_entries.cend(),
                       [](const Entry &entry) -> bool { return entry.field->isChanged(); });
}

QString ArgumentsForm::problem() const
{
    for (const Entry &entry : m_entries) {
        const QString problem = entry.field->problem();
        if (!problem.isEmpty()) {
            const QString name = entry.path.isEmpty() ? tr("Value") : entry.path.last();
            return tr("%1: %2").arg(foreignName(name), problem);
        }
    }
    return {};
}

void ArgumentsForm::focusFirst()
{
    if (!m_entries.isEmpty()) {
        m_entries.first().field->editor()->setFocus(Qt::TabFocusReason);
    }
}

} // namespace countersign
