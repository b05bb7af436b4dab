// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace countersign {

class PlainLabel;

/// What one field of a rule may hold.
struct PolicyFieldSpec
{
    enum class Kind
    {
        Text,
        Number, ///< kept as written; what is no number stays a text, for the reader to refuse
        Choice,
        Open ///< a choice that may also be typed
    };
    QString path; ///< members within the rule, joined by '/': "due/after"
    QString label;
    Kind kind = Kind::Text;
    QList<std::pair<QString, Json>> choices = {}; ///< words and values
    QString sample = {}; ///< what it may look like
};

/// One setting: its name, its editor, and what is wrong with it right below. Nothing typed, or the
/// first choice: the setting is left open.
class PolicyField final : public QWidget
{
    Q_OBJECT
public:
    explicit PolicyField(const PolicyFieldSpec &spec, QWidget *parent = nullptr);

    [[nodiscard]] const QString &path() const { return m_spec.path; }
    /// `otherwise`: what holds while it is open, in words; empty where nothing does.
    void show(const std::optional<Json> &value, const QString &otherwise = {});
    /// What the first choice is called from the next show() on; for choices only.
    void setOpenWord(const QString &word);
    [[nodiscard]] std::optional<Json> value() const;
    void setFaults(const QStringList &faults);
    [[nodiscard]] QWidget *editor() const;
    using QWidget::show;

Q_SIGNALS:
    void edited(); ///< by hand

private:
    void nameChoices(const QString &otherwise);

    PolicyFieldSpec m_spec;
    QLabel *m_label;
    QLineEdit *m_line = nullptr;
    QComboBox *m_choice = nullptr;
    PlainLabel *m_fault;
};

/// A text as a value: numbers, true, false, null and what is in quotes as JSON says it, anything
/// else as a text. And back.
[[nodiscard]] Json valueFromTyped(const QString &typed);
[[nodiscard]] QString typedFromValue(const Json &value);

} // namespace countersign
