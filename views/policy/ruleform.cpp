// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/ruleform.h"

#include "items/policymodel.h"
#include "views/foreigntext.h"
#include "views/style/widgets.h"

#include <QKeyEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace countersign {

namespace {

using RuleKind = PolicyFieldSpec::Kind;
using RuleChoices = QList<std::pair<QString, Json>>;

RuleChoices withOpen(const RuleChoices &choices)
{
    return RuleChoices{{RuleForm::tr("As otherwise"), Json()}} + choices;
}

RuleChoices modeChoices()
{
    return {{RuleForm::tr("A person approves before it acts"), Json(key("approve"))},
            {RuleForm::tr("It acts; a person looks before the result is used"), Json(key("review"))},
            {RuleForm::tr("It goes by itself"), Json(key("autonomous"))},
            {RuleForm::tr("It is not allowed"), Json(key("block"))}};
}

RuleChoices yesOrNo()
{
    return {{RuleForm::tr("Yes"), Json(true)}, {RuleForm::tr("No"), Json(false)}};
}

RuleChoices wordChoices(const QList<std::pair<QString, const char *>> &words)
{
    RuleChoices choices;
    for (const auto &[said, word] : words) {
        choices.append({said, Json(key(word))});
    }
    return choices;
}

std::optional<Json> memberAt(const Json &object, const QString &path)
{
    const Json *found = object.at(QLatin1Char('/') + path);
    return found != nullptr ? std::optional(*found) : std::nullopt;
}

/// With the member set or gone; an object that is left empty goes, too.
void setMember(Json &object, const QStringList &path, const std::optional<Json> &value)
{
    if (path.size() == 1) {
        if (value) {
            object.set(path.first(), *value);
        } else {
            object.remove(path.first());
        }
        return;
    }
    Json inner = object[path.first()].isObject() ? object[path.first()] : Json::object();
    setMember(inner, path.mid(1), value);
    if (inner.members().isEmpty()) {
        object.remove(path.first());
    } else {
        object.set(path.first(), inner);
    }
}

/// Which of `paths` a fault belongs to: the longest that leads to it; -1 for none.
int ownerOf(const QString &fault, const QStringList &paths)
{
    int best = -1;
    for (int i = 0; i < paths.size(); ++i) {
        const bool leads = fault == paths[i] || fault.startsWith(paths[i] + QLatin1Char('/'));
        if (leads && (best < 0 || paths[i].size() > paths[best].size())) {
            best = i;
        }
    }
    return best;
}

} // namespace

RuleForm::RuleForm(PolicyModel &policy, QWidget *parent)
    : QWidget(parent),
      m_policy(policy),
      m_area(new QScrollArea(this)),
      m_title(new PlainLabel(style::Type::Strong, this)),
      m_fault(new PlainLabel(style::Type::Body, this))
{
    auto *body = new QWidget;
    m_column = new QVBoxLayout(body);
    m_column->setContentsMargins(style::groupGap, 0, style::groupGap, style::groupGap);
    m_column->setSpacing(style::gap);
    m_area->setWidget(body);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    auto *done = new KeyButton(tr("Back to the rules"), {}, tr("Esc"), this);
    connect(done, &QPushButton::clicked, this, &RuleForm::closed);
    m_fault->setRole(style::Role::Reject);
    m_fault->setContentsMargins(style::groupGap, 0, style::groupGap, style::gap);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(style::groupGap, style::gap, style::groupGap, style::gap);
    head->addWidget(m_title, 1);
    head->addWidget(done, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_fault);
    column->addWidget(m_area, 1);
    build();
    connect(&policy, &PolicyModel::changed, this, &RuleForm::follow);
}

void RuleForm::build()
{
    addMatch();
    addDocument();
    m_group = nullptr;
    addConsequences();
    addPeople();
    addTime();
    m_column->addStretch(1);
}

void RuleForm::addHeading(const QString &text)
{
    auto *heading = new PlainLabel(text, style::Type::Strong);
    heading->setContentsMargins(0, style::gap, 0, 0);
    m_column->addWidget(heading);
    if (m_group != nullptr) {
        m_group->append(heading);
    }
}

PolicyField *RuleForm::addField(const PolicyFieldSpec &spec)
{
    auto *field = new PolicyField(spec);
    m_fields.append(field);
    connect(field, &PolicyField::edited, this,
            [this, field]() -> void { edited(field->path(), field->value()); });
    m_column->addWidget(field);
    if (m_group != nullptr) {
        m_group->append(field);
    }
    if (!spec.choices.isEmpty() && spec.choices.first().first == tr("As otherwise")) {
        m_inheriting.append(field);
    }
    return field;
}

void RuleForm::addPair(const PolicyFieldSpec &left, const PolicyFieldSpec &right)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(style::groupGap);
    row->addWidget(addField(left), 1, Qt::AlignTop);
    row->addWidget(addField(right), 1, Qt::AlignTop);
    m_column->addLayout(row);
}

PolicyRows *RuleForm::addRows(PolicyRows::Kind kind, const QString &path)
{
    auto *rows = new PolicyRows(kind, path);
    m_lists.append(rows);
    connect(rows, &PolicyRows::edited, this,
            [this, rows]() -> void { edited(rows->path(), rows->value()); });
    m_column->addWidget(rows);
    return rows;
}

void RuleForm::addMatch()
{
    m_group = &m_ofRules;
    addPair({key("id"), tr("Id"), RuleKind::Text, {}, key("refunds")},
            {key("title"), tr("Title"), RuleKind::Text, {}, tr("for people; may be empty")});
    addHeading(tr("Which cases"));
    addPair({key("action"), tr("Action"), RuleKind::Text, {}, tr("any action")},
            {key("case_type"), tr("Case type"), RuleKind::Text, {}, tr("any case type")});
    addPair({key("agent"), tr("Agent"), RuleKind::Text, {}, tr("any agent")},
            {key("risk"), tr("Risk"), RuleKind::Choice,
             RuleChoices{{tr("Any risk"), Json()}}
                 + wordChoices({{tr("Low"), "low"}, {tr("Medium"), "medium"}, {tr("High"), "high"}})});
}

void RuleForm::addDocument()
{
    m_group = &m_ofDocument;
    addHeading(tr("The policy"));
    addField({key("title"), tr("Title of the policy"), RuleKind::Text, {}, tr("for people")});
    addHeading(tr("Business hours"));
    addPair({key("business_hours/from"), tr("From"), RuleKind::Text, {}, key("09:00")},
            {key("business_hours/to"), tr("Until"), RuleKind::Text, {}, key("17:00")});
    addPair({key("business_hours/days"), tr("Days"), RuleKind::Text, {}, key("mon, tue, wed, thu, fri")},
            {key("business_hours/zone"), tr("Time zone"), RuleKind::Text, {}, key("UTC")});
}

void RuleForm::addConsequences()
{
    addHeading(tr("What may happen"));
    addField({key("mode"), tr("Mode"), RuleKind::Choice, withOpen(modeChoices())});
    addPair({key("min_confidence"), tr("Least confidence"), RuleKind::Number, {}, key("0.80")},
            {key("worst_reversibility"), tr("Worst reversibility"), RuleKind::Choice,
             withOpen(wordChoices({{tr("Can be undone"), "reversible"},
                                   {tr("Costly to undo"), "costly"}}))});
    addPair({key("spot_check_rate"), tr("Spot-check rate"), RuleKind::Number, {}, key("0.05")},
            {key("rung_cap"), tr("Highest rung"), RuleKind::Choice,
             withOpen(wordChoices({{tr("Draft"), "draft"},
                                   {tr("Supervised"), "supervised"},
                                   {tr("Spot-check"), "spot-check"},
                                   {tr("Autonomous"), "autonomous"}}))});
    addHeading(tr("Up to which amount"));
    addRows(PolicyRows::Kind::Limits, key("limits"));
    addHeading(tr("Unless"));
    addRows(PolicyRows::Kind::Conditions, key("conditions"));
}

void RuleForm::addPeople()
{
    addHeading(tr("Who decides"));
    addPair({key("queue"), tr("Queue"), RuleKind::Text, {}, tr("Everything")},
            {key("authority"), tr("Authority"), RuleKind::Choice,
             withOpen(wordChoices({{tr("A reviewer"), "reviewer"}, {tr("A lead"), "lead"}}))});
    addPair({key("approvers"), tr("Number of approvers"), RuleKind::Number, {}, key("1")},
            {key("typed_reason"), tr("Typed reason"), RuleKind::Choice, withOpen(yesOrNo())});
    addPair({key("batch"), tr("In batches"), RuleKind::Choice, withOpen(yesOrNo())},
            {key("undo_seconds"), tr("Undo window in seconds"), RuleKind::Number, {},
             tr("5, 10 or 30 by risk")});
}

void RuleForm::addTime()
{
    addHeading(tr("Until when"));
    addPair({key("due/after"), tr("Due after"), RuleKind::Text, {}, key("4h")},
            {key("due/business_hours"), tr("Only business hours count"), RuleKind::Choice,
             RuleChoices{{tr("No"), Json()}, {tr("Yes"), Json(true)}}});
    addField({key("due/at_zero"), tr("When nobody came in time"), RuleKind::Choice,
              RuleChoices{{tr("It goes on waiting"), Json()}}
                  + wordChoices({{tr("Somebody is reminded"), "remind"},
                                 {tr("It goes to other queues"), "escalate"},
                                 {tr("It is rejected"), "reject"}})});
    addRows(PolicyRows::Kind::Steps, key("due/path"));
}

void RuleForm::showRule(int place)
{
    m_place = place;
    for (QWidget *widget : std::as_const(m_ofRules)) {
        widget->setVisible(place >= 0);
    }
    for (QWidget *widget : std::as_const(m_ofDocument)) {
        widget->setVisible(place < 0);
    }
    for (PolicyField *field : std::as_const(m_inheriting)) {
        field->setOpenWord(place >= 0 ? tr("As otherwise") : tr("Left open"));
    }
    m_area->ensureVisible(0, 0);
    follow();
}

void RuleForm::focusFirst()
{
    for (PolicyField *field : std::as_const(m_fields)) {
        if (field->isVisibleTo(this)) {
            field->editor()->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void RuleForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
        return;
    }
    QWidget::keyPressEvent(event);
}

void RuleForm::follow()
{
    if (isHidden()) {
        return;
    }
    showValues();
    if (!m_policy.isLooking()) {
        showFaults();
    }
}

/// Settings of the document itself; only the defaults' form shows them.
bool RuleForm::isOfDocument(const QString &path) const
{
    return m_place < 0 && (path == u"title" || path.startsWith(QLatin1String("business_hours")));
}

Json RuleForm::subject(const QString &path) const
{
    if (m_place >= 0) {
        return m_policy.rule(m_place);
    }
    const Json whole = m_policy.document();
    return isOfDocument(path) ? whole : whole[u"defaults"];
}

/// What holds while a rule leaves a setting open, in the words of the form.
QString RuleForm::otherwise(const QString &path) const
{
    if (m_place < 0 || path.startsWith(QLatin1String("due"))) {
        return {};
    }
    const auto value = memberAt(m_policy.document()[u"defaults"], path);
    if (!value || value->isObject() || value->isArray()) {
        return {};
    }
    return value->isString() ? foreignLine(value->toString(), 60)
        : value->isBool()    ? (value->toBool() ? tr("Yes") : tr("No"))
                             : QString::fromUtf8(toJson(*value));
}

void RuleForm::showValues()
{
    const QString id = subject(key("id"))[u"id"].toString();
    m_title->setText(m_place < 0 ? tr("What holds otherwise")
                                 : tr("Rule %1").arg(foreignName(id, 60)));
    for (PolicyField *field : std::as_const(m_fields)) {
        if (!field->isVisibleTo(this)) {
            continue;
        }
        auto value = memberAt(subject(field->path()), field->path());
        if (value && field->path() == u"business_hours/days") {
            value = Json(value->isArray() ? value->toStrings().join(QLatin1String(", "))
                                          : value->toString());
        }
        field->show(value, otherwise(field->path()));
    }
    for (PolicyRows *rows : std::as_const(m_lists)) {
        const auto value = memberAt(subject(rows->path()), rows->path());
        const bool inherits = m_place >= 0 && memberAt(m_policy.document()[u"defaults"], rows->path());
        rows->show(value, inherits ? tr("As otherwise") : QString());
        if (rows->path() == u"due/path") {
            const auto zero = memberAt(subject(rows->path()), key("due/at_zero"));
            rows->setVisible(value || zero == Json(key("escalate")));
        }
    }
}

void RuleForm::showFaults()
{
    const QString base = m_place < 0 ? key("/defaults") : QStringLiteral("/rules/%1").arg(m_place);
    QStringList paths;
    for (const PolicyField *field : std::as_const(m_fields)) {
        paths.append(field->isVisibleTo(this)
                         ? (isOfDocument(field->path()) ? QString() : base) + QLatin1Char('/')
                             + field->path()
                         : QStringLiteral("-"));
    }
    for (const PolicyRows *rows : std::as_const(m_lists)) {
        paths.append(base + QLatin1Char('/') + rows->path());
    }
    QHash<int, QStringList> ofFields;
    QHash<int, QMap<QString, QStringList>> ofLists;
    QStringList rest;
    for (const PolicyFault &fault : m_policy.look().faults) {
        const int owner = ownerOf(fault.path, paths);
        if (owner >= m_fields.size()) {
            ofLists[owner][fault.path.mid(paths[owner].size() + 1)].append(fault.text);
        } else if (owner >= 0) {
            ofFields[owner].append(fault.text);
        } else if (fault.path == base || fault.path.startsWith(base + QLatin1Char('/'))) {
            rest.append(fault.text);
        }
    }
    for (int i = 0; i < m_fields.size(); ++i) {
        m_fields[i]->setFaults(ofFields.value(i));
    }
    for (int i = 0; i < m_lists.size(); ++i) {
        m_lists[i]->setFaults(ofLists.value(int(m_fields.size()) + i));
    }
    m_fault->setText(foreignText(rest.join(QLatin1Char('\n')), 1000));
    m_fault->setVisible(!rest.isEmpty());
}

void RuleForm::edited(const QString &path, const std::optional<Json> &value)
{
    Json changed = subject(path);
    if (!changed.isObject()) {
        changed = Json::object();
    }
    std::optional<Json> written = value;
    if (value && path == u"business_hours/days") {
        QStringList days;
        for (const QString &day : value->toString().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            days.append(day.trimmed());
        }
        written = Json::fromStrings(days);
    }
    setMember(changed, path.split(QLatin1Char('/')), written);
    if (path == u"due/at_zero" && written != Json(key("escalate")) && changed.contains(u"due")) {
        setMember(changed, {key("due"), key("path")}, std::nullopt); // it has nowhere to go
    }
    const QString run = QStringLiteral("%1 %2").arg(m_place).arg(path);
    if (m_place >= 0) {
        m_policy.setRule(m_place, changed, run);
    } else if (isOfDocument(path)) {
        m_policy.setDocument(changed, run);
    } else {
        Json whole = m_policy.document();
        if (changed.members().isEmpty()) {
            whole.remove(u"defaults");
        } else {
            whole.set(key("defaults"), changed);
        }
        m_policy.setDocument(whole, run);
    }
}

} // namespace countersign
