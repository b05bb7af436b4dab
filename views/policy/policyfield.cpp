// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/policyfield.h"

#include "views/foreigntext.h"
#include "views/inbox/form/calmcombobox.h"
#include "views/style/widgets.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace countersign {

Json valueFromTyped(const QString &typed)
{
    const auto value = parseJson(typed.toUtf8());
    return value && !value->isObject() && !value->isArray() ? *value : Json(typed);
}

QString typedFromValue(const Json &value)
{
    const bool plain = value.isString() && valueFromTyped(value.toString()) == value
        && value.toString() == value.toString().trimmed();
    return plain ? value.toString() : QString::fromUtf8(toJson(value));
}

PolicyField::PolicyField(const PolicyFieldSpec &spec, QWidget *parent)
    : QWidget(parent),
      m_spec(spec),
      m_label(new QLabel(spec.label, this)),
      m_fault(new PlainLabel(style::Type::Caption, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::unit / 2);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setFont(style::font(style::Type::Caption, font()));
    column->addWidget(m_label);
    if (spec.kind == PolicyFieldSpec::Kind::Choice || spec.kind == PolicyFieldSpec::Kind::Open) {
        m_choice = new CalmComboBox(this);
        m_choice->setEditable(spec.kind == PolicyFieldSpec::Kind::Open);
        m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_choice->setMinimumContentsLength(6);
        for (const auto &[word, value] : spec.choices) {
            m_choice->addItem(word);
        }
        connect(m_choice, &QComboBox::activated, this, &PolicyField::edited);
        if (m_choice->isEditable()) {
            m_choice->setInsertPolicy(QComboBox::NoInsert);
            m_choice->setCompleter(nullptr); // it would write what nobody typed
            m_choice->lineEdit()->setPlaceholderText(spec.sample);
            connect(m_choice->lineEdit(), &QLineEdit::textEdited, this, &PolicyField::edited);
        }
    } else {
        m_line = new QLineEdit(this);
        m_line->setPlaceholderText(spec.sample);
        connect(m_line, &QLineEdit::textEdited, this, &PolicyField::edited);
    }
    editor()->setAccessibleName(spec.label);
    m_label->setBuddy(editor());
    column->addWidget(editor());
    m_fault->setRole(style::Role::Reject);
    m_fault->hide();
    column->addWidget(m_fault);
}

QWidget *PolicyField::editor() const
{
    return m_line != nullptr ? static_cast<QWidget *>(m_line) : m_choice;
}

void PolicyField::show(const std::optional<Json> &value, const QString &otherwise)
{
    if (m_line != nullptr) {
        const QString text = !value          ? QString()
            : value->isString()              ? value->toString()
            : value->isNumber()              ? QString::fromLatin1(value->numberText())
                                             : QString::fromUtf8(toJson(*value));
        if (m_line->text() != text) {
            m_line->setText(text);
            m_line->setCursorPosition(0); // a long one shows how it begins
        }
        m_line->setPlaceholderText(otherwise.isEmpty() ? m_spec.sample : otherwise);
        return;
    }
    if (m_choice->isEditable()) {
        const QString text = value ? value->toString() : QString();
        if (m_choice->currentText() != text) {
            m_choice->setEditText(text);
        }
        return;
    }
    nameChoices(otherwise);
    int chosen = 0;
    for (int i = 0; value && i < m_spec.choices.size(); ++i) {
        if (i > 0 && m_spec.choices[i].second == *value) {
            chosen = i;
        }
    }
    if (value && chosen == 0 && !m_spec.choices.first().second.isNull()) {
        chosen = m_spec.choices.first().second == *value ? 0 : -1;
    } else if (value && chosen == 0) {
        chosen = -1; // something that cannot be chosen here
    }
    m_choice->setCurrentIndex(chosen);
}

void PolicyField::setOpenWord(const QString &word)
{
    m_spec.choices.first().first = word;
}

/// The first choice says what it leads to.
void PolicyField::nameChoices(const QString &otherwise)
{
    if (m_spec.choices.first().second.isNull()) {
        m_choice->setItemText(0,
                              otherwise.isEmpty()
                                  ? m_spec.choices.first().first
                                  : tr("%1 (%2)").arg(m_spec.choices.first().first, otherwise));
    }
}

std::optional<Json> PolicyField::value() const
{
    if (m_choice != nullptr && !m_choice->isEditable()) {
        const int at = m_choice->currentIndex();
        const Json value = at < 0 ? Json() : m_spec.choices[at].second;
        return value.isNull() ? std::nullopt : std::optional(value);
    }
    const QString text = m_line != nullptr ? m_line->text() : m_choice->currentText();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    const QByteArray bytes = text.trimmed().toUtf8();
    return m_spec.kind == PolicyFieldSpec::Kind::Number && isJsonNumber(bytes) ? Json::number(bytes)
                                                                               : Json(text);
}

void PolicyField::setFaults(const QStringList &faults)
{
    const QString text = foreignText(faults.join(QLatin1Char('\n')), 600);
    m_fault->setText(text);
    m_fault->setVisible(!faults.isEmpty());
    editor()->setAccessibleDescription(faults.join(QLatin1Char(' ')));
    QPalette colors;
    if (!faults.isEmpty()) {
        colors.setColor(QPalette::WindowText, style::color(style::Role::Reject, palette()));
    }
    m_label->setPalette(colors);
}

} // namespace countersign
