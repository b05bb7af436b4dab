// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"
#include "domain/schema/formshape.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace countersign {

/// The editor of one value. The value keeps its type, and until somebody changes it, its written
/// form.
class ValueEditor final : public QWidget
{
    Q_OBJECT
public:
    /// `value`: nothing where it is not set. `kind`: Json for whatever a form cannot say.
    ValueEditor(const QString &name, const std::optional<Json> &value, const FormShape &shape,
                FormShape::Kind kind, QWidget *parent = nullptr);

    void show(const std::optional<Json> &value);
    /// What is typed as a value; InvalidInput, with what is wrong, where it is none.
    [[nodiscard]] Result<std::optional<Json>> read() const;
    [[nodiscard]] QWidget *editor() const { return m_editor; }
    /// Too long to be edited here: it stays as it is.
    [[nodiscard]] bool isFixed() const { return m_fixed; }
    using QWidget::show;

    /// "number", "text", "yes or no"… of a value as it is.
    [[nodiscard]] static QString typeWord(const std::optional<Json> &value, FormShape::Kind kind);

Q_SIGNALS:
    void edited();

private:
    void build(const QString &name, const FormShape &shape);
    void fillChoices(const FormShape &shape);
    [[nodiscard]] static Result<std::optional<Json>> number(const QString &text);

    std::optional<Json> m_value; ///< as last shown
    FormShape::Kind m_kind;
    QString m_unset; ///< in words
    bool m_fixed = false;
    QWidget *m_editor = nullptr;
    QLineEdit *m_line = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QComboBox *m_choice = nullptr;
    QCheckBox *m_tick = nullptr;
    Json::Array m_choices;
};

} // namespace countersign
