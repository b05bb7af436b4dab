// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace countersign {

class PlainLabel;

/// The editor of one value. The value keeps its type, and until somebody changes it, its written
/// form.
class ArgumentField final : public QWidget
{
    Q_OBJECT
public:
    /// `original`: nothing where the argument is not set. `schema`: of this value, null where
    /// unknown.
    ArgumentField(const QString &name, const std::optional<Json> &original, const Json &schema,
                  QWidget *parent = nullptr);

    [[nodiscard]] std::optional<Json> value() const; ///< the original where unchanged or invalid
    [[nodiscard]] bool isChanged() const;
    [[nodiscard]] QString problem() const; ///< a sentence; empty where the value is fine
    void reset();
    [[nodiscard]] QWidget *editor() const { return m_editor; }

    /// "number", "text", "yes or no"… for a value and its schema.
    [[nodiscard]] static QString typeWord(const std::optional<Json> &value, const Json &schema);

Q_SIGNALS:
    void changed();

private:
    enum class Kind
    {
        Text,
        Number,
        Integer,
        Choice,
        YesNo,
        Other ///< as JSON
    };
    [[nodiscard]] static Kind kindOf(const std::optional<Json> &value, const Json &schema);
    void buildEditor(const QString &name);
    void show(const std::optional<Json> &value);
    [[nodiscard]] QString typed() const;
    [[nodiscard]] Result<std::optional<Json>> read() const;
    [[nodiscard]] Result<std::optional<Json>> readNumber(const QString &text) const;
    void edited();

    std::optional<Json> m_original;
    Json m_schema;
    Kind m_kind;
    bool m_touched = false;
    bool m_showing = false;
    QWidget *m_editor = nullptr;
    QLineEdit *m_line = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QComboBox *m_choice = nullptr;
    QCheckBox *m_tick = nullptr;
    QPushButton *m_reset = nullptr;
    PlainLabel *m_remark = nullptr;
};

} // namespace countersign
