// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/form/formgroup.h"

#include "domain/jsonchanges.h"
#include "views/foreigntext.h"
#include "views/inbox/form/argumentsform.h"
#include "views/style/icons.h"
#include "views/style/layoutpause.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace countersign {

namespace {

constexpr qsizetype pageSize = 40;
constexpr int deepestIndent = 4;

} // namespace

FormGroup::FormGroup(ArgumentsForm &form, const FormPlace &place, const FormShape &shape)
    : FormNode(form, place, shape),
      m_conditional(form.model().reader().isConditional(place.schema)),
      m_body(new QWidget),
      m_rows(new QVBoxLayout),
      m_foot(new QVBoxLayout)
{
    m_names = childNames();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::unit);
    if (!place.pointer.isEmpty()) {
        buildHead(column);
    } else if (!shape.branches.isEmpty()) {
        column->addWidget(branchChooser(), 0, Qt::AlignLeft);
    }
    column->addLayout(m_remarks);
    column->addWidget(m_body);
    auto *body = new QVBoxLayout(m_body);
    const bool indents = place.depth > 0 && place.depth <= deepestIndent;
    body->setContentsMargins(indents ? style::groupGap : 0, 0, 0, 0);
    body->setSpacing(style::gap);
    m_rows->setSpacing(style::gap);
    body->addLayout(m_rows);
    body->addLayout(m_foot);
    m_body->hide();
    setOpen(place.pointer.isEmpty()
            || form.opensAtFirst(place.pointer, place.depth, m_names.size()));
}

QStringList FormGroup::childNames() const
{
    const Json now = value().value_or(Json());
    QStringList names;
    if (isList()) {
        for (qsizetype i = 0; i < now.items().size(); ++i) {
            names.append(QString::number(i));
        }
        return names;
    }
    QSet<QString> seen;
    for (const auto &[name, member] : now.members()) {
        names.append(name);
        seen.insert(name);
    }
    if (value()) { // what is not there at all has to be filled in first
        for (const QString &name : m_shape.named()) {
            if (!seen.contains(name)) {
                names.append(name);
            }
        }
    }
    return names;
}

FormPlace FormGroup::childPlace(const QString &name) const
{
    FormPlace child;
    child.pointer = pointerTo(m_place.pointer, name);
    child.inList = isList();
    child.depth = m_place.depth + 1;
    if (child.inList) {
        child.schema = m_shape.item(name.toInt());
        child.name = QString::number(name.toInt() + 1);
    } else {
        child.schema = m_shape.member(name);
        child.name = name;
        child.needed = m_shape.needs(name);
    }
    return child;
}

void FormGroup::buildHead(QVBoxLayout *column)
{
    auto *head = new QHBoxLayout;
    head->setSpacing(style::gap);
    m_fold = new KeyButton;
    m_fold->setFlat(true);
    m_fold->setFont(style::font(style::Type::Strong, font()));
    connect(m_fold, &QPushButton::clicked, this, [this]() -> void {
        setOpen(!m_open);
        m_form.remember(m_place.pointer, m_open);
    });
    head->addWidget(m_fold);
    if (!m_shape.branches.isEmpty()) {
        head->addWidget(branchChooser());
    }
    m_inside = new PlainLabel(style::Type::Caption);
    m_inside->setRole(style::Role::Caution);
    head->addWidget(m_inside, 1);
    addTools(head);
    column->addLayout(head);
    addDescription(column);
}

void FormGroup::label()
{
    if (m_fold == nullptr) {
        return;
    }
    m_fold->setSymbol(m_open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"));
    const auto now = value();
    m_fold->setText(!now                ? tr("%1: not set").arg(title())
                        : now->isNull() ? tr("%1: null").arg(title())
                                        : tr("%1 (%2)").arg(title(), words::count(m_names.size())));
    m_fold->setAccessibleDescription(m_open ? tr("unfolded") : tr("folded"));
}

void FormGroup::setOpen(bool open)
{
    m_open = open;
    m_body->setVisible(open);
    if (open && m_rows->isEmpty()) {
        fill();
    }
    FormGroup::followValue();
    FormGroup::followFaults();
}

void FormGroup::fill()
{
    clearLayout(m_rows);
    clearLayout(m_foot);
    m_next = m_first;
    m_form.queue().add(this, [this]() -> bool { return fillNext(); });
    m_form.queue().run(4);
}

bool FormGroup::fillNext()
{
    const qsizetype end = qMin(m_first + pageSize, m_names.size());
    if (m_next < end) {
        FormNode *node = m_form.makeNode(childPlace(m_names.at(m_next)));
        LayoutPause pause(m_body->layout());
        m_rows->addWidget(pause.shown(node));
        ++m_next;
    }
    if (m_next < end) {
        return true;
    }
    addFoot();
    return false;
}

void FormGroup::addFoot()
{
    auto *foot = new QWidget;
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(style::gap);
    const auto button = [this, line](const QString &text, const QString &symbol,
                                     void (FormGroup::*act)()) -> void {
        auto *made = new KeyButton(text, symbol, {});
        connect(made, &QPushButton::clicked, this, act, Qt::QueuedConnection);
        line->addWidget(made);
    };
    const auto now = value();
    if (!now || now->isNull()) {
        auto *fillIn = new KeyButton(tr("Fill in"), QStringLiteral("add"), {});
        connect(
            fillIn, &QPushButton::clicked, this,
            [this]() -> void {
                ArgumentsForm &form = m_form;
                const QString pointer = m_place.pointer;
                const Json empty = isList() ? Json::array() : Json::object();
                form.model().set(pointer,
                                 form.model().reader().startOf(m_place.schema).value_or(empty));
                form.remember(pointer, true);
                form.rebuild(pointer);
                form.focusOn(pointer);
            },
            Qt::QueuedConnection);
        line->addWidget(fillIn);
    } else if (isList() && m_shape.takesItem(m_names.size())) {
        button(tr("Add an item"), QStringLiteral("add"), &FormGroup::addItem);
    } else if (!isList() && m_shape.takesMore()) {
        askMember(line);
    }
    if (m_names.size() > pageSize) {
        auto *where
            = new PlainLabel(tr("%1 to %2 of %3")
                                 .arg(words::count(m_first + 1),
                                      words::count(qMin(m_first + pageSize, m_names.size())),
                                      words::count(m_names.size())),
                             style::Type::Caption);
        where->setRole(style::Role::Muted);
        line->addWidget(where);
        if (m_first > 0) {
            auto *back = new KeyButton(tr("The ones before"), {}, {});
            connect(
                back, &QPushButton::clicked, this, [this]() -> void { turnPage(-1); },
                Qt::QueuedConnection);
            line->addWidget(back);
        }
        if (m_first + pageSize < m_names.size()) {
            auto *on = new KeyButton(tr("The next ones"), {}, {});
            connect(
                on, &QPushButton::clicked, this, [this]() -> void { turnPage(1); },
                Qt::QueuedConnection);
            line->addWidget(on);
        }
    }
    line->addStretch(1);
    if (line->count() > 1) {
        m_foot->addWidget(foot);
    } else {
        delete foot;
    }
}

void FormGroup::turnPage(int by)
{
    m_first = qBound(qsizetype(0), m_first + by * pageSize, m_names.size() - 1);
    fill();
    m_form.focusOn(pointerTo(m_place.pointer, m_names.value(m_first)));
}

void FormGroup::addItem()
{
    ArgumentsForm &form = m_form;
    const QString list = m_place.pointer;
    const qsizetype at = m_names.size();
    const Json schema = m_shape.item(at);
    const FormShape shape = form.model().reader().shapeOf(schema, std::nullopt);
    const Json empty = shape.kind == FormShape::Kind::Text ? Json(QString()) : Json();
    form.model().insert(list, at, form.model().reader().startOf(schema).value_or(empty));
    form.rebuild(list);
    form.focusOn(pointerTo(list, at));
}

void FormGroup::askMember(QBoxLayout *foot)
{
    auto *name = new QLineEdit;
    name->setPlaceholderText(tr("Name of one more"));
    name->setAccessibleName(name->placeholderText());
    foot->addWidget(name);
    auto *add = new KeyButton(tr("Add"), QStringLiteral("add"), {});
    foot->addWidget(add);
    const auto act = [this, name]() -> void {
        const QString key = name->text().trimmed();
        if (key.isEmpty() || value().value_or(Json()).contains(key)) {
            return;
        }
        ArgumentsForm &form = m_form;
        const QString pointer = pointerTo(m_place.pointer, key);
        const FormShape shape = form.model().reader().shapeOf(m_shape.member(key), std::nullopt);
        const Json empty = shape.kind == FormShape::Kind::Text ? Json(QString()) : Json();
        form.model().set(pointer,
                         form.model().reader().startOf(m_shape.member(key)).value_or(empty));
        form.rebuild(m_place.pointer);
        form.focusOn(pointer);
    };
    connect(add, &QPushButton::clicked, this, act, Qt::QueuedConnection);
    connect(name, &QLineEdit::returnPressed, this, act, Qt::QueuedConnection);
}

void FormGroup::reveal(const QString &child)
{
    const qsizetype at = m_names.indexOf(child);
    if (at < 0) {
        return;
    }
    if (!m_open) {
        m_first = at / pageSize * pageSize;
        setOpen(true);
    } else if (at < m_first || at >= m_first + pageSize) {
        m_first = at / pageSize * pageSize;
        fill();
    }
}

void FormGroup::followValue()
{
    FormNode::followValue();
    label();
    if (m_conditional && m_open) {
        const FormShape now
            = m_form.model().reader().shapeOf(m_place.schema, value(), m_shape.branch);
        if (now.named() != m_shape.named()) {
            m_form.rebuild(m_place.pointer);
        }
    }
}

void FormGroup::followFaults()
{
    const ArgumentsModel &model = m_form.model();
    showRemark(model.faultAt(m_place.pointer), false);
    if (m_inside != nullptr) {
        const int faults = m_open ? 0 : model.faultsWithin(m_place.pointer);
        m_inside->setText(faults > 0 ? tr("%n to put right inside", nullptr, faults) : QString());
    }
}

void FormGroup::focusIn()
{
    if (m_fold != nullptr) {
        m_fold->setFocus(Qt::OtherFocusReason);
    } else if (!m_rows->isEmpty()) {
        if (auto *node = qobject_cast<FormNode *>(m_rows->itemAt(0)->widget())) {
            node->focusIn();
        }
    }
}

} // namespace countersign
