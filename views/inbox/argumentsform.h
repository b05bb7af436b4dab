// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <QWidget>

class QFormLayout;
class QGridLayout;

namespace countersign {

class ArgumentField;

/// The arguments of an action: to read, a dense table; to edit, a form from their JSON Schema.
/// Objects are indented, what lies deeper than three or in arrays is edited as JSON.
class ArgumentsForm final : public QWidget
{
    Q_OBJECT
public:
    explicit ArgumentsForm(QWidget *parent = nullptr);

    void show(const Json &arguments, const Json &schema, bool editable);
    /// With what was changed; members that were not touched are as they were, to the digit.
    [[nodiscard]] Json value() const;
    [[nodiscard]] bool isChanged() const;
    [[nodiscard]] QString problem() const; ///< the first one; empty where all is fine
    void focusFirst();
    using QWidget::show;

Q_SIGNALS:
    void changed();

private:
    struct Entry
    {
        QStringList path;
        ArgumentField *field;
    };
    void readRows(QGridLayout *grid, const Json &value, const Json &schema, int depth);
    void readRow(QGridLayout *grid, const QString &key, const Json &value, const Json &schema,
                 int depth);
    void editRows(QFormLayout *form, const QStringList &path, const Json &value,
                  const Json &schema);
    void editRow(QFormLayout *form, const QStringList &path, const std::optional<Json> &value,
                 const Json &schema, bool required);

    Json m_arguments;
    QList<Entry> m_entries;
    QWidget *m_content = nullptr;
};

} // namespace countersign
