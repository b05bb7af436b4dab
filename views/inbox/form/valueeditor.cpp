// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/form/valueeditor.h"

#include "domain/jsonchanges.h"
#include "domain/schema/formats.h"
#include "domain/schema/numbers.h"
#include "items/argumentsmodel.h"
#include "views/foreigntext.h"
#include "views/inbox/form/calmcombobox.h"
#include "views/style/tokens.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace countersign {

namespace {

using Kind = FormShape::Kind;

constexpr qsizetype longLine = 60;
constexpr qsizetype longestValue = 100'000; // an editor of more would hold up the window

QString written(const Json &value, Kind kind)
{
    return kind == Kind::Json ? QString::fromUtf8(toPrettyJson(value)) : jsonText(value);
}

} // namespace

QString ValueEditor::typeWord(const std::optional<Json> &value, Kind kind)
{
    if (!value) {
        return tr("not set");
    }
    switch (value->type()) {
    case Json::Type::Null:
        return tr("null");
    case Json::Type::Bool:
        return tr("yes or no");
    case Json::Type::Number:
        return kind == Kind::Integer ? tr("whole number") : tr("number");
    case Json::Type::String:
        return kind == Kind::Choice ? tr("choice") : tr("text");
    case Json::Type::Array:
        return tr("list");
    case Json::Type::Object:
        return tr("group");
    }
    Q_UNREACHABLE();
}

ValueEditor::ValueEditor(const QString &name, const std::optional<Json> &value,
                         const FormShape &shape, Kind kind, QWidget *parent)
    : QWidget(parent),
      m_value(value),
      m_kind(kind)
{
    const QString usual
        = shape.preset ? foreignLine(jsonText(*shape.preset), 60) : formatExample(shape.format);
    m_unset = shape.preset         ? tr("not set; usual: %1").arg(usual)
        : usual.isEmpty() || value ? tr("not set")
                                   : tr("not set; like %1").arg(usual);
    build(name, shape);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_editor, m_choice || m_tick ? 0 : 1);
    if (m_choice || m_tick) {
        layout->addStretch(1);
    }
    show(value);
}

void ValueEditor::fillChoices(const FormShape &shape)
{
    for (const FormChoice &choice : shape.choices) {
        m_choices.append(choice.value);
        const QString text = jsonText(choice.value);
        m_choice->addItem(foreignLine(choice.title.isEmpty() || choice.title == text
                                          ? text
                                          : tr("%1 (%2)").arg(choice.title, text),
                                      120));
    }
}

void ValueEditor::build(const QString &name, const FormShape &shape)
{
    const qsizetype size = m_value ? weightOf(*m_value, longestValue) : 0;
    m_fixed = size >= longestValue;
    const QString text
        = m_value && m_value->isString() && !m_fixed ? m_value->toString() : QString();
    if (m_kind == Kind::Choice) {
        m_editor = m_choice = new CalmComboBox;
        m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_choice->setMinimumContentsLength(18);
        m_choice->setPlaceholderText(m_unset);
        fillChoices(shape);
        connect(m_choice, &QComboBox::currentIndexChanged, this, &ValueEditor::edited);
    } else if (m_kind == Kind::YesNo) {
        m_editor = m_tick = new QCheckBox;
        connect(m_tick, &QCheckBox::stateChanged, this, &ValueEditor::edited);
    } else if (m_fixed || m_kind == Kind::Json
               || (m_kind == Kind::Text
                   && (text.size() > longLine || text.contains(QLatin1Char('\n'))
                       || shape.schema[u"maxLength"].toInteger(0) > 4 * longLine))) {
        m_editor = m_text = new QPlainTextEdit;
        m_text->setTabChangesFocus(true);
        if (m_kind == Kind::Json) {
            m_text->setFont(style::monospace(font()));
        }
        const int lines = m_fixed ? 2 : m_kind == Kind::Json ? 8 : 4;
        m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * lines + 2 * style::gap);
        connect(m_text, &QPlainTextEdit::textChanged, this, &ValueEditor::edited);
    } else {
        m_editor = m_line = new QLineEdit;
        connect(m_line, &QLineEdit::textChanged, this, &ValueEditor::edited);
    }
    m_editor->setAccessibleName(name);
}

void ValueEditor::show(const std::optional<Json> &value)
{
    const QSignalBlocker quiet(m_editor);
    m_value = value;
    const bool none = !value || value->isNull();
    const QString placeholder = value ? tr("null") : m_unset;
    if (m_choice) {
        int at = -1;
        for (qsizetype i = 0; i < m_choices.size() && value; ++i) {
            at = jsonnumber::same(m_choices.at(i), *value) ? int(i) : at;
        }
        if (at < 0 && !none) { // as the agent wrote it, though it is none of them
            m_choices.prepend(*value);
            m_choice->insertItem(0, foreignLine(jsonText(*value), 120));
            at = 0;
        }
        m_choice->setPlaceholderText(placeholder);
        m_choice->setCurrentIndex(at);
    } else if (m_tick) {
        const bool yes = !none && (value->toBool() || value->toString() == QLatin1String("true"));
        m_tick->setTristate(none || !value->isBool());
        m_tick->setCheckState(none || !value->isBool() ? Qt::PartiallyChecked
                                  : yes                ? Qt::Checked
                                                       : Qt::Unchecked);
    } else if (m_text) {
        m_text->setReadOnly(m_fixed);
        m_text->setPlaceholderText(m_fixed ? tr("Too long to be edited here; it stays as it is.")
                                           : placeholder);
        m_text->setPlainText(m_fixed || none ? QString() : written(*value, m_kind));
    } else {
        m_line->setPlaceholderText(placeholder);
        m_line->setText(none ? QString() : written(*value, m_kind));
        m_line->setCursorPosition(0);
    }
}

Result<std::optional<Json>> ValueEditor::read() const
{
    if (m_fixed) {
        return m_value;
    }
    if (m_choice) {
        return m_choice->currentIndex() < 0
            ? m_value
            : std::optional(m_choices.value(m_choice->currentIndex()));
    }
    if (m_tick) {
        return m_tick->checkState() == Qt::PartiallyChecked
            ? m_value
            : std::optional<Json>(m_tick->isChecked());
    }
    const QString text = m_text ? m_text->toPlainText() : m_line->text();
    if (text.isEmpty() && (!m_value || m_value->isNull())) {
        return m_value;
    }
    if (m_kind == Kind::Text) {
        return std::optional(Json(text));
    }
    if (m_kind == Kind::Number || m_kind == Kind::Integer) {
        return number(text.trimmed());
    }
    return parseJson(text.toUtf8()).map([](const Json &value) -> std::optional<Json> {
        return value;
    });
}

Result<std::optional<Json>> ValueEditor::number(const QString &text)
{
    const QByteArray digits = text.toUtf8();
    if (!isJsonNumber(digits)) {
        return fail(ErrorCode::InvalidInput,
                    tr("A number is written like 1250.00: digits, a point, no commas."));
    }
    return std::optional(Json::number(digits));
}

} // namespace countersign
