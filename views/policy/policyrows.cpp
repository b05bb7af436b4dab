// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/policyrows.h"

#include "views/inbox/form/tabstops.h"
#include "views/style/icons.h"
#include "views/style/widgets.h"

#include <QGridLayout>
#include <QPushButton>
#include <QSet>
#include <QVBoxLayout>

namespace countersign {

namespace {

using PolicyKind = PolicyFieldSpec::Kind;

QList<std::pair<QString, Json>> fieldChoices()
{
    QList<std::pair<QString, Json>> choices;
    for (const char *field :
         {"/amount", "/currency", "/confidence", "/risk", "/reversibility", "/people", "/agent",
          "/action", "/case_type", "/endpoint", "/recommendation", "/uncertainty", "/evidence",
          "/parts", "/arguments/"}) {
        choices.append({key(field), Json(key(field))});
    }
    return choices;
}

QList<std::pair<QString, Json>> comparisonChoices()
{
    return {{PolicyRows::tr("is"), Json(key("eq"))},
            {PolicyRows::tr("is not"), Json(key("ne"))},
            {PolicyRows::tr("is above"), Json(key("gt"))},
            {PolicyRows::tr("is at least"), Json(key("ge"))},
            {PolicyRows::tr("is below"), Json(key("lt"))},
            {PolicyRows::tr("is at most"), Json(key("le"))},
            {PolicyRows::tr("is within"), Json(key("between"))},
            {PolicyRows::tr("is one of"), Json(key("in"))},
            {PolicyRows::tr("is none of"), Json(key("not_in"))},
            {PolicyRows::tr("reads like"), Json(key("matches"))},
            {PolicyRows::tr("is missing"), Json(key("missing"))},
            {PolicyRows::tr("is there"), Json(key("present"))}};
}

QList<std::pair<QString, Json>> thenChoices()
{
    return {{PolicyRows::tr("a person decides"), Json(key("approve"))},
            {PolicyRows::tr("a person looks before the result is used"), Json(key("review"))},
            {PolicyRows::tr("it goes to a queue"), Json(key("escalate"))},
            {PolicyRows::tr("it is not allowed"), Json(key("block"))}};
}

bool isListed(const QString &comparison)
{
    return comparison == u"in" || comparison == u"not_in" || comparison == u"between";
}

/// "31, 90" as a list; each as valueFromTyped() reads it.
Json listFromTyped(const QString &typed)
{
    if (const auto whole = parseJson('[' + typed.toUtf8() + ']')) {
        return *whole;
    }
    Json list = Json::array();
    for (const QString &item : typed.split(QLatin1Char(','))) {
        list.append(valueFromTyped(item.trimmed()));
    }
    return list;
}

QString typedFromList(const Json &list)
{
    QStringList items;
    for (const Json &item : list.items()) {
        const QString typed = typedFromValue(item);
        items.append(typed.contains(QLatin1Char(',')) ? QString::fromUtf8(toJson(item)) : typed);
    }
    return items.join(QLatin1String(", "));
}

QString addWords(PolicyRows::Kind kind)
{
    switch (kind) {
    case PolicyRows::Kind::Limits:
        return PolicyRows::tr("Add a limit");
    case PolicyRows::Kind::Conditions:
        return PolicyRows::tr("Add a condition");
    case PolicyRows::Kind::Steps:
        return PolicyRows::tr("Add a step");
    }
    return {};
}

QPushButton *smallButton(const QString &words, const char *symbol, QWidget *parent)
{
    auto *button = new QPushButton(style::symbol(QString::fromLatin1(symbol)), words, parent);
    button->setAutoDefault(false);
    button->setFlat(true);
    button->setFont(style::font(style::Type::Caption, parent->font()));
    return button;
}

} // namespace

PolicyRows::PolicyRows(Kind kind, const QString &path, QWidget *parent)
    : QWidget(parent),
      m_kind(kind),
      m_path(path),
      m_column(new QVBoxLayout),
      m_otherwise(new PlainLabel(style::Type::Caption, this)),
      m_fault(new PlainLabel(style::Type::Caption, this)),
      m_add(smallButton(addWords(kind), "add", this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::unit);
    m_otherwise->setRole(style::Role::Muted);
    m_fault->setRole(style::Role::Reject);
    m_fault->hide();
    m_column->setSpacing(style::gap);
    column->addWidget(m_otherwise);
    column->addLayout(m_column);
    column->addWidget(m_fault);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this]() -> void {
        addRow({}, {});
        numberRows();
        m_rows.last().fields.first()->editor()->setFocus(Qt::TabFocusReason);
    });
}

QList<PolicyFieldSpec> PolicyRows::specs() const
{
    switch (m_kind) {
    case Kind::Limits:
        return {{key("currency"), tr("Currency"), PolicyKind::Text, {}, key("EUR")},
                {key("amount"), tr("Largest amount"), PolicyKind::Number, {}, key("500.00")}};
    case Kind::Conditions:
        return {{key("field"), tr("Where"), PolicyKind::Open, fieldChoices(), key("/arguments/…")},
                {key("is"), tr("Compares"), PolicyKind::Choice, comparisonChoices()},
                {key("value"), tr("With"), PolicyKind::Text, {}, tr("a value")},
                {key("then"), tr("Then at least"), PolicyKind::Choice, thenChoices()},
                {key("queue"), tr("To queue"), PolicyKind::Text, {}, tr("the rule's")},
                {key("reason"), tr("Because"), PolicyKind::Text, {}, tr("said by itself")}};
    case Kind::Steps:
        return {{key("queue"), tr("To queue"), PolicyKind::Text, {}, tr("Team leads")},
                {key("after"), tr("After another"), PolicyKind::Text, {}, key("8h")}};
    }
    return {};
}

void PolicyRows::addRow(const Json &value, const QString &name)
{
    Row row{.box = new QWidget(this)};
    auto *grid = new QGridLayout(row.box);
    grid->setContentsMargins(style::gap, 0, 0, 0);
    grid->setHorizontalSpacing(style::gap);
    grid->setVerticalSpacing(style::unit);
    const QList<PolicyFieldSpec> all = specs();
    const int across = m_kind == Kind::Conditions ? 3 : 2;
    for (int i = 0; i < all.size(); ++i) {
        auto *one = new PolicyField(all[i], row.box);
        grid->addWidget(one, i / across, i % across, Qt::AlignTop);
        grid->setColumnStretch(i % across, 1);
        connect(one, &PolicyField::edited, this, &PolicyRows::edited);
        row.fields.append(one);
    }
    auto *buttons = new QHBoxLayout;
    if (m_kind == Kind::Steps) {
        auto *up = smallButton(tr("Earlier"), "undo", row.box);
        connect(up, &QPushButton::clicked, this, [this, box = row.box]() -> void { raiseRow(box); });
        buttons->addWidget(up);
    }
    auto *remove = smallButton(tr("Remove"), "close", row.box);
    connect(remove, &QPushButton::clicked, this,
            [this, box = row.box]() -> void { removeRow(box); });
    buttons->addWidget(remove);
    if (m_kind == Kind::Conditions) {
        buttons->addStretch(1);
        grid->addLayout(buttons, int(all.size() + across - 1) / across, 0, 1, across);
    } else {
        grid->addLayout(buttons, 0, across, Qt::AlignBottom);
    }
    if (m_kind == Kind::Limits) {
        row.fields[0]->show(name.isEmpty() ? std::nullopt : std::optional(Json(name)));
        row.fields[1]->show(value.isNull() ? std::nullopt : std::optional(value));
    } else {
        for (PolicyField *one : std::as_const(row.fields)) {
            const Json &member = value[one->path()];
            std::optional<Json> shown
                = value.contains(one->path()) ? std::optional(member) : std::nullopt;
            if (shown && m_kind == Kind::Conditions && one->path() == u"value") {
                shown = Json(member.isArray() ? typedFromList(member) : typedFromValue(member));
            }
            one->show(shown);
        }
    }
    m_rows.append(row);
    m_column->addWidget(row.box);
}

void PolicyRows::removeRow(QWidget *box)
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].box == box) {
            m_add->setFocus(Qt::TabFocusReason);
            m_rows.removeAt(i);
            box->hide();
            box->deleteLater();
            break;
        }
    }
    numberRows();
    Q_EMIT edited();
}

void PolicyRows::raiseRow(QWidget *box)
{
    for (qsizetype i = 1; i < m_rows.size(); ++i) {
        if (m_rows[i].box == box) {
            m_rows.swapItemsAt(i, i - 1);
            m_column->removeWidget(box);
            m_column->insertWidget(int(i - 1), box);
            numberRows();
            Q_EMIT edited();
            return;
        }
    }
}

void PolicyRows::clearRows()
{
    for (const Row &row : std::as_const(m_rows)) {
        row.box->hide();
        row.box->deleteLater();
    }
    m_rows.clear();
}

/// Buttons of the same name are told apart by their row, which they describe; Tab goes through the
/// rows in their order, and then to the button that adds one.
void PolicyRows::numberRows()
{
    QList<QWidget *> stops;
    for (int i = 0; i < m_rows.size(); ++i) {
        for (auto *button : m_rows[i].box->findChildren<QPushButton *>()) {
            button->setAccessibleDescription(tr("%1, line %2").arg(m_path).arg(i + 1));
            button->setEnabled(button->text() != tr("Earlier") || i > 0);
        }
        if (m_kind == Kind::Steps) {
            m_rows[i].fields[1]->setVisible(i > 0 || m_rows[i].fields[1]->value());
        }
        stops += tabStops(m_rows[i].box->layout());
    }
    linkTabs(this, stops + QList<QWidget *>{m_add});
}

PolicyField *PolicyRows::field(const Row &row, const char *path) const
{
    for (PolicyField *one : row.fields) {
        if (one->path() == QLatin1String(path)) {
            return one;
        }
    }
    return nullptr;
}

bool PolicyRows::isBlank(const Row &row)
{
    for (const PolicyField *one : row.fields) {
        // Choices are never empty; they say nothing by themselves.
        if (one->path() != u"is" && one->path() != u"then" && one->value()) {
            return false;
        }
    }
    return true;
}

Json PolicyRows::read(const Row &row) const
{
    Json value = Json::object();
    const QString comparison
        = m_kind == Kind::Conditions ? field(row, "is")->value().value_or(Json()).toString()
                                     : QString();
    for (const PolicyField *one : row.fields) {
        std::optional<Json> given = one->value();
        if (given && one->path() == u"then" && *given == Json(key("approve"))) {
            continue; // what holds anyway
        }
        if (given && one->path() == u"value") {
            given = isListed(comparison) ? listFromTyped(given->toString())
                                         : valueFromTyped(given->toString());
        }
        if (given) {
            value.set(one->path(), *given);
        }
    }
    return value;
}

std::optional<Json> PolicyRows::value() const
{
    Json all = m_kind == Kind::Limits ? Json::object() : Json::array();
    int said = 0;
    for (const Row &row : m_rows) {
        if (isBlank(row)) {
            continue;
        }
        ++said;
        if (m_kind != Kind::Limits) {
            all.append(read(row));
            continue;
        }
        const QString currency = row.fields[0]->value().value_or(Json(QString())).toString();
        if (!all.contains(currency)) {
            all.set(currency, row.fields[1]->value().value_or(Json()));
        }
    }
    return said > 0 ? std::optional(all) : std::nullopt;
}

void PolicyRows::show(const std::optional<Json> &value, const QString &otherwise)
{
    m_otherwise->setText(otherwise);
    m_otherwise->setVisible(!otherwise.isEmpty() && m_rows.isEmpty() && !value);
    const auto mine = this->value();
    if (mine.has_value() == value.has_value() && (!value || *mine == *value)) {
        return; // as it is being typed
    }
    fill(value.value_or(Json()));
}

void PolicyRows::fill(const Json &value)
{
    clearRows();
    if (m_kind == Kind::Limits) {
        for (const auto &[currency, amount] : value.members()) {
            addRow(amount, currency);
        }
    } else {
        for (const Json &item : value.items()) {
            addRow(item, {});
        }
    }
    numberRows();
}

void PolicyRows::setFaults(const QMap<QString, QStringList> &faults)
{
    QMap<QString, QStringList> left = faults;
    QSet<QString> seen;
    int at = -1;
    for (const Row &row : std::as_const(m_rows)) {
        at += isBlank(row) ? 0 : 1;
        const QString currency = m_kind == Kind::Limits
            ? row.fields[0]->value().value_or(Json(QString())).toString()
            : QString();
        for (int i = 0; i < row.fields.size(); ++i) {
            QStringList mine;
            if (!isBlank(row) && m_kind == Kind::Limits) {
                const bool twice = seen.contains(currency);
                mine = i == 0 && twice
                    ? QStringList{tr("This currency is named above already; this line is not "
                                     "taken.")}
                    : i == 1 && !twice ? left.take(currency)
                                       : QStringList();
            } else if (!isBlank(row)) {
                mine = left.take(QStringLiteral("%1/%2").arg(at).arg(row.fields[i]->path()));
            }
            row.fields[i]->setFaults(mine);
        }
        seen.insert(currency);
    }
    QStringList rest;
    for (const QStringList &sentences : std::as_const(left)) {
        rest += sentences;
    }
    m_fault->setText(rest.join(QLatin1Char('\n')));
    m_fault->setVisible(!rest.isEmpty());
}

} // namespace countersign
