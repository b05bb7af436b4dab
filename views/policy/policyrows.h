// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/policy/policyfield.h"

#include <QMap>

class QPushButton;
class QVBoxLayout;

namespace countersign {

/// A setting that is a list: amounts by currency, conditions, or the steps of an escalation. Rows
/// come and go by buttons; an untouched row is not part of the setting yet.
class PolicyRows final : public QWidget
{
    Q_OBJECT
public:
    enum class Kind
    {
        Limits,
        Conditions,
        Steps ///< in their order: each but the first says how long after the one before
    };
    PolicyRows(Kind kind, const QString &path, QWidget *parent = nullptr);

    [[nodiscard]] const QString &path() const { return m_path; }
    void show(const std::optional<Json> &value, const QString &otherwise = {});
    [[nodiscard]] std::optional<Json> value() const;
    /// By path within the list: "EUR", "1/value".
    void setFaults(const QMap<QString, QStringList> &faults);
    using QWidget::show;

Q_SIGNALS:
    void edited(); ///< by hand

private:
    struct Row
    {
        QWidget *box = nullptr;
        QList<PolicyField *> fields;
    };

    void addRow(const Json &value, const QString &name);
    void removeRow(QWidget *box);
    void raiseRow(QWidget *box);
    void clearRows();
    void numberRows();
    void fill(const Json &value);
    [[nodiscard]] QList<PolicyFieldSpec> specs() const;
    [[nodiscard]] Json read(const Row &row) const;
    [[nodiscard]] static bool isBlank(const Row &row);
    [[nodiscard]] PolicyField *field(const Row &row, const char *path) const;

    Kind m_kind;
    QString m_path;
    QList<Row> m_rows;
    QVBoxLayout *m_column;
    PlainLabel *m_otherwise;
    PlainLabel *m_fault;
    QPushButton *m_add;
};

} // namespace countersign
