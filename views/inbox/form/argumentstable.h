// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/schema/schema.h"
#include "views/inbox/form/buildqueue.h"

#include <QHash>
#include <QWidget>

class QGridLayout;

namespace countersign {

/// A value to read: a dense table, groups and lists indented, what lies deep or is much as JSON.
/// What breaks the value's own schema is marked where it stands. Built in slices.
class ArgumentsTable final : public QWidget
{
    Q_OBJECT
public:
    explicit ArgumentsTable(QWidget *parent = nullptr);

    void show(const Json &value, const SchemaVerdict &verdict);
    using QWidget::show;

private:
    struct Row
    {
        QString pointer;
        QString name;
        Json value; ///< nothing to be shown for an object or list that has rows of its own
        int depth = 0;
        bool opens = false;
    };
    void collect(const Row &row, QList<Row> &rows) const;
    void build(const Row &row);

    BuildQueue m_queue;
    QHash<QString, QString> m_faults;
    QWidget *m_content = nullptr;
    QGridLayout *m_grid = nullptr;
};

} // namespace countersign
