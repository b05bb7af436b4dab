// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/argumentfield.h"

#include "domain/decimal.h"
#include "views/foreigntext.h"
#include "views/inbox/jsonchanges.h"
#include "views/style/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace countersign {

namespace {

constexpr qsizetype longLine = 60;
constexpr qsizetype longest = 200'000; // an editor of more would hold up the window

/// The type a schema names first that is not "null"; empty where it names none.
QString schemaType(const Json &schema)
{
    const Json &type = schema[u"type"];
    if (type.isString()) {
        return type.toString();
    }
    for (const QString &each : type.toStrings()) {
        if (each != QLatin1String("null")) {
            return each;
        }
    }
    return {};
}

} // namespace

ArgumentField::Kind ArgumentField::kindOf(const std::optional<Json> &value, const Json &schema)
{
    if (schema[u"enum"].isArray()) {
        return Kind::Choice;
    }
    const bool known = value && !value->isNull();
    if (known ? value->isBool() : schemaType(schema) == QLatin1String("boolean")) {
        return Kind::YesNo;
    }
    if (known ? value->isNumber() : schemaType(schema) == QLatin1String("number")) {
        return schemaType(schema) == QLatin1String("integer") ? Kind::Integer : Kind::Number;
    }
    if (!known && schemaType(schema) == QLatin1String("integer")) {
        return Kind::Integer;
    }
    if (known ? value->isString() : schemaType(schema) == QLatin1String("string")) {
        return Kind::Text;
    }
    return Kind::Other;
}

QString ArgumentField::typeWord(const std::optional<Json> &value, const Json &schema)
{
    if (!value) {
        return tr("not set");
    }
    if (value->isNull()) {
        return tr("null");
    }
    switch (kindOf(value, schema)) {
    case Kind::Text:
        return tr("text");
    case Kind::Number:
        return tr("number");
    case Kind::Integer:
        return tr("whole number");
    case Kind::Choice:
        return tr("choice");
    case Kind::YesNo:
        return tr("yes or no");
    case Kind::Other:
        break;
    }
    return tr("JSON");
}

ArgumentField::ArgumentField(const QString &name, const std::optional<Json> &original,
                             const Json &schema, QWidget *parent)
    : QWidget(parent),
      m_original(original),
      m_schema(schema),
      m_kind(kindOf(original, schema)),
      m_reset(new QPushButton(tr("Reset"))),
      m_remark(new PlainLabel(style::Type::Caption))
{
    buildEditor(name);
    m_reset->setAutoDefault(false);
    QSizePolicy keep = m_reset->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(keep);
    m_reset->hide();
    m_remark->setRole(style::Role::Caution);
    m_remark->hide();
    auto *line = new QHBoxLayout;
    line->setSpacing(style::gap);
    line->addWidget(m_editor, 1);
    line->addWidget(m_reset, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::unit);
    layout->addLayout(line);
    layout->addWidget(m_remark);
    setFocusProxy(m_editor);
    connect(m_reset, &QPushButton::clicked, this, &ArgumentField::reset);
    show(m_original);
}

void ArgumentField::buildEditor(const QString &name)
{
    const QString text = m_original ? jsonText(*m_original) : QString();
    if (m_kind == Kind::Choice) {
        m_editor = m_choice = new QComboBox;
        for (const Json &item : m_schema[u"enum"].items()) {
            m_choice->addItem(foreignLine(jsonText(item)), toJson(item));
        }
        if (m_original && m_choice->findData(toJson(*m_original)) < 0) {
            m_choice->insertItem(0, foreignLine(text), toJson(*m_original));
        }
        connect(m_choice, &QComboBox::currentIndexChanged, this, &ArgumentField::edited);
    } else if (m_kind == Kind::YesNo) {
        m_editor = m_tick = new QCheckBox;
        connect(m_tick, &QCheckBox::stateChanged, this, &ArgumentField::edited);
    } else if (m_kind == Kind::Other
               || (m_kind == Kind::Text
                   && (text.size() > longLine || text.contains(QLatin1Char('\n'))))) {
        m_editor = m_text = new QPlainTextEdit;
        m_text->setTabChangesFocus(true);
        if (m_kind == Kind::Other) {
            m_text->setFont(style::monospace(font()));
        }
        m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * 5 + style::gap);
        connect(m_text, &QPlainTextEdit::textChanged, this, &ArgumentField::edited);
    } else {
        m_editor = m_line = new QLineEdit;
        connect(m_line, &QLineEdit::textChanged, this, &ArgumentField::edited);
    }
    m_editor->setAccessibleName(name);
}

void ArgumentField::show(const std::optional<Json> &value)
{
    m_showing = true;
    const bool none = !value || value->isNull();
    const QString placeholder = value ? tr("null") : tr("not set");
    const QString text = none   ? QString()
        : m_kind == Kind::Other ? QString::fromUtf8(toPrettyJson(*value))
                                : jsonText(*value);
    if (m_choice) {
        m_choice->setCurrentIndex(value ? m_choice->findData(toJson(*value)) : -1);
    } else if (m_tick) {
        m_tick->setTristate(none);
        m_tick->setCheckState(none                  ? Qt::PartiallyChecked
                                  : value->toBool() ? Qt::Checked
                                                    : Qt::Unchecked);
    } else if (m_text) {
        const bool tooLong = text.size() > longest;
        m_text->setReadOnly(tooLong);
        m_text->setPlaceholderText(tooLong ? tr("Too long to be edited here; it stays as it is.")
                                           : placeholder);
        m_text->setPlainText(tooLong ? QString() : text);
    } else {
        m_line->setPlaceholderText(placeholder);
        m_line->setText(text);
        m_line->setCursorPosition(0);
    }
    m_showing = false;
    const QString warning = m_kind == Kind::Text ? foreignWarning(text) : QString();
    m_remark->setText(warning);
    m_remark->setVisible(!warning.isEmpty());
}

QString ArgumentField::typed() const
{
    return m_text ? m_text->toPlainText() : m_line->text();
}

Result<std::optional<Json>> ArgumentField::read() const
{
    if (m_choice) {
        if (m_choice->currentIndex() < 0) {
            return m_original;
        }
        return parseJson(m_choice->currentData().toByteArray())
            .map([](const Json &value) -> std::optional<Json> { return value; });
    }
    if (m_tick) {
        return m_tick->checkState() == Qt::PartiallyChecked
            ? m_original
            : std::optional<Json>(Json(m_tick->isChecked()));
    }
    const QString text = typed();
    if (text.isEmpty() && (!m_original || m_original->isNull())) {
        return m_original;
    }
    switch (m_kind) {
    case Kind::Text:
        return std::optional<Json>(Json(text));
    case Kind::Number:
    case Kind::Integer:
        return readNumber(text.trimmed());
    default:
        return parseJson(text.toUtf8()).map([](const Json &value) -> std::optional<Json> {
            return value;
        });
    }
}

Result<std::optional<Json>> ArgumentField::readNumber(const QString &text) const
{
    const QByteArray written = text.toUtf8();
    if (!isJsonNumber(written)) {
        return fail(ErrorCode::InvalidInput,
                    tr("A number is written like 1250.00: digits, a point, no commas."));
    }
    if (m_kind == Kind::Integer && (written.contains('.') || written.toLower().contains('e'))) {
        return fail(ErrorCode::InvalidInput, tr("This must be a whole number."));
    }
    const auto value = Decimal::parse(written);
    const auto least = Decimal::parse(m_schema[u"minimum"].numberText());
    const auto most = Decimal::parse(m_schema[u"maximum"].numberText());
    if (value && least && *value < *least) {
        return fail(ErrorCode::InvalidInput, tr("At least %1.").arg(least->toString()));
    }
    if (value && most && *value > *most) {
        return fail(ErrorCode::InvalidInput, tr("At most %1.").arg(most->toString()));
    }
    return std::optional<Json>(Json::number(written));
}

std::optional<Json> ArgumentField::value() const
{
    return m_touched ? read().value_or(m_original) : m_original;
}

bool ArgumentField::isChanged() const
{
    return value() != m_original;
}

QString ArgumentField::problem() const
{
    if (!m_touched) {
        return {};
    }
    const auto result = read();
    return result ? QString() : result.error().text;
}

void ArgumentField::reset()
{
    m_touched = false;
    show(m_original);
    m_reset->hide();
    m_editor->setFocus();
    Q_EMIT changed();
}

void ArgumentField::edited()
{
    if (m_showing) {
        return;
    }
    m_touched = true;
    const QString wrong = problem();
    m_remark->setText(wrong);
    m_remark->setVisible(!wrong.isEmpty());
    m_reset->setVisible(isChanged() || !wrong.isEmpty());
    Q_EMIT changed();
}

} // namespace countersign
