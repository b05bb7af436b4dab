// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/form/argumentsform.h"

#include "views/foreigntext.h"
#include "views/inbox/form/formgroup.h"
#include "views/inbox/form/formleaf.h"
#include "views/inbox/form/tabstops.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QScrollArea>

namespace countersign {

namespace {

constexpr int builtAtOnce = 8; // the rest a little later, a slice at a time
constexpr qsizetype roomAtFirst = 60;
constexpr int unfoldedDepth = 3;

} // namespace

ArgumentsForm::ArgumentsForm(QWidget *parent)
    : QWidget(parent),
      m_summary(new PlainLabel(style::Type::Caption)),
      m_jump(new KeyButton(tr("Go to it"), {}, {})),
      m_json(new KeyButton(tr("Edit as JSON"), QStringLiteral("raw"), {}))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::gap);
    auto *top = new QHBoxLayout;
    top->setSpacing(style::gap);
    top->addWidget(m_summary, 1);
    top->addWidget(m_jump, 0, Qt::AlignTop);
    top->addWidget(m_json, 0, Qt::AlignTop);
    layout->addLayout(top);
    m_summary->setObjectName(QStringLiteral("faults"));
    connect(m_jump, &QPushButton::clicked, this, &ArgumentsForm::focusFault);
    connect(m_json, &QPushButton::clicked, this,
            [this]() -> void { setAsJson({}, !isAsJson({})); });
    connect(&m_model, &ArgumentsModel::changed, this, &ArgumentsForm::followValue);
    connect(&m_model, &ArgumentsModel::judged, this, &ArgumentsForm::followFaults);
    connect(&m_queue, &BuildQueue::paused, this, [this]() -> void {
        if (m_content != nullptr) {
            linkTabs(m_json, tabStops(m_content->layout()));
        }
        tryFocus();
    });
}

void ArgumentsForm::open(const ArgumentDraft &draft, const Json &schema)
{
    close();
    m_room = roomAtFirst;
    m_model.open(draft, schema);
    m_content = makeNode({.pointer = {}, .name = {}, .schema = schema, .needed = true});
    layout()->addWidget(m_content);
    m_queue.run(builtAtOnce);
    followFaults();
}

void ArgumentsForm::close()
{
    m_queue.clear();
    m_nodes.clear();
    m_open.clear();
    m_branches.clear();
    m_asJson.clear();
    m_focusOn.reset();
    if (m_content != nullptr) {
        m_content->hide();
        layout()->removeWidget(m_content);
        m_content->deleteLater();
        m_content = nullptr;
    }
    m_model.open({}, {});
}

FormNode *ArgumentsForm::makeNode(const FormPlace &place)
{
    const FormShape shape = m_model.reader().shapeOf(place.schema, draft().at(place.pointer),
                                                     branchAt(place.pointer));
    const bool group
        = (shape.kind == FormShape::Kind::Object || shape.kind == FormShape::Kind::List)
        && !isAsJson(place.pointer);
    FormNode *node = nullptr;
    if (group) {
        node = new FormGroup(*this, place, shape);
    } else {
        node = new FormLeaf(*this, place, shape,
                            isAsJson(place.pointer) ? FormShape::Kind::Json : shape.kind);
    }
    m_nodes.insert(place.pointer, node);
    return node;
}

bool ArgumentsForm::opensAtFirst(const QString &pointer, int depth, qsizetype count)
{
    const auto known = m_open.constFind(pointer);
    if (known != m_open.cend()) {
        return *known;
    }
    const bool opens = depth <= unfoldedDepth && count > 0 && count <= m_room;
    m_room -= opens ? count : 0;
    m_open.insert(pointer, opens);
    return opens;
}

FormNode *ArgumentsForm::nearest(const QString &pointer) const
{
    for (QString at = pointer;; at.truncate(at.lastIndexOf(QLatin1Char('/')))) {
        if (FormNode *node = m_nodes.value(at)) {
            return node;
        }
        if (at.isEmpty()) {
            return nullptr;
        }
    }
}

void ArgumentsForm::rebuild(const QString &pointer)
{
    FormNode *old = nearest(pointer);
    if (old == nullptr) {
        return;
    }
    const FormPlace place = old->place();
    const auto focused = focusedPlace();
    m_nodes.removeIf(
        [&place](const auto &it) -> bool { return isWithin(it.key(), place.pointer); });
    FormNode *made = makeNode(place);
    QLayout *around = old->parentWidget() != nullptr ? old->parentWidget()->layout() : nullptr;
    if (around == nullptr) {
        return;
    }
    delete around->replaceWidget(old, made);
    if (m_content == old) {
        m_content = made;
    }
    old->hide();
    old->deleteLater();
    if (focused && isWithin(*focused, place.pointer)) {
        m_focusOn = focused;
    }
    m_queue.run(builtAtOnce);
    followFaults();
}

void ArgumentsForm::setAsJson(const QString &pointer, bool asJson)
{
    if (asJson) {
        m_asJson.insert(pointer);
    } else {
        m_asJson.remove(pointer);
        m_model.setUnreadable(pointer, {});
    }
    rebuild(pointer);
    focusOn(pointer);
    m_json->setText(isAsJson({}) ? tr("Edit as a form") : tr("Edit as JSON"));
}

void ArgumentsForm::followValue(const QString &pointer)
{
    const auto nodes = m_nodes; // a conditional group may build itself anew
    for (auto it = nodes.cbegin(); it != nodes.cend(); ++it) {
        if (*it && (isWithin(it.key(), pointer) || isWithin(pointer, it.key()))) {
            (*it)->followValue();
        }
    }
    if (m_model.isJudging()) { // else the verdict follows at once
        Q_EMIT changed();
    }
}

void ArgumentsForm::followFaults()
{
    for (const QPointer<FormNode> &node : std::as_const(m_nodes)) {
        if (node) {
            node->followFaults();
        }
    }
    const QString first = problem();
    const int count = problemCount();
    QString text = count == 0 ? QString()
        : count == 1          ? tr("To put right: %1").arg(first)
                              : tr("%n to put right, the first: %1", nullptr, count).arg(first);
    if (count == 0 && !m_model.unusable().isEmpty()) {
        text = m_model.unusable();
    }
    m_summary->setText(text);
    m_summary->setRole(style::Role::Caution);
    m_jump->setVisible(count > 0);
    Q_EMIT judged();
    Q_EMIT changed();
}

QString ArgumentsForm::problem() const
{
    if (m_model.faults().isEmpty()) {
        return {};
    }
    const SchemaFault &fault = m_model.faults().first();
    return fault.pointer.isEmpty() ? toSentence(fault)
                                   : tr("%1: %2").arg(foreignName(fault.pointer), fault.text);
}

QString ArgumentsForm::inWords() const
{
    const QList<JsonChange> changes = draft().changes();
    const auto side = [](const std::optional<Json> &value) -> QString {
        return value ? foreignLine(jsonText(*value), 40) : tr("not set");
    };
    QStringList told;
    for (const JsonChange &change : changes.mid(0, 3)) {
        const QString place
            = change.pointer.isEmpty() ? tr("The whole value") : foreignName(change.pointer);
        told.append(tr("%1: %2 → %3").arg(place, side(change.before), side(change.after)));
    }
    if (changes.size() > told.size()) {
        told.append(tr("and %1 more").arg(words::count(changes.size() - told.size())));
    }
    const QString all = told.join(QStringLiteral("; "));
    return changes.size() == 1 ? tr("1 change: %1").arg(all)
                               : tr("%1 changes: %2").arg(words::count(changes.size()), all);
}

void ArgumentsForm::reset(const QString &pointer)
{
    const QString target = draft().resetTarget(pointer);
    m_branches.removeIf([&target](const auto &it) -> bool { return isWithin(it.key(), target); });
    m_model.reset(pointer);
    rebuild(target);
    focusOn(target);
}

void ArgumentsForm::resetAll()
{
    m_model.resetAll();
    m_branches.clear();
    rebuild({});
    focusFirst();
}

void ArgumentsForm::resetFocused()
{
    if (const auto place = focusedPlace()) {
        reset(*place);
    }
}

void ArgumentsForm::focusFirst()
{
    if (auto *root = qobject_cast<FormNode *>(m_content)) {
        root->focusIn();
    }
}

std::optional<QString> ArgumentsForm::focusedPlace() const
{
    for (QWidget *at = QApplication::focusWidget(); at != nullptr && at != this;
         at = at->parentWidget()) {
        if (const auto *node = qobject_cast<FormNode *>(at);
            node != nullptr && isAncestorOf(node)) {
            return node->place().pointer;
        }
    }
    return std::nullopt;
}

void ArgumentsForm::focusFault()
{
    const QList<SchemaFault> &faults = m_model.faults();
    if (faults.isEmpty()) {
        return;
    }
    const auto here = focusedPlace();
    qsizetype next = 0;
    for (qsizetype i = 0; i < faults.size() && here; ++i) {
        next = faults.at(i).pointer == *here ? (i + 1) % faults.size() : next;
    }
    focusOn(faults.at(next).pointer);
}

void ArgumentsForm::focusOn(const QString &pointer)
{
    m_focusOn = pointer;
    tryFocus();
}

/// Unfolds the way there, as far as it is built; the keys go to the place itself, or when all is
/// built to the nearest one around it.
void ArgumentsForm::tryFocus()
{
    if (!m_focusOn || m_seeking) {
        return;
    }
    m_seeking = true;
    QString at;
    for (const QString &token : pointerTokens(*m_focusOn)) {
        if (FormNode *around = m_nodes.value(at)) {
            around->reveal(token);
        }
        at = pointerTo(at, token);
    }
    m_seeking = false;
    FormNode *node = m_nodes.value(*m_focusOn);
    if (node == nullptr && m_queue.isDone()) {
        node = nearest(*m_focusOn);
    }
    if (node == nullptr) {
        return;
    }
    m_focusOn.reset();
    node->focusIn();
    for (QWidget *around = parentWidget(); around != nullptr; around = around->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(around)) {
            const QPointer<FormNode> kept(node); // its place is known after the next layout
            QTimer::singleShot(0, area, [area, kept]() -> void {
                if (kept) {
                    area->ensureWidgetVisible(kept, 0, style::pageEdge);
                }
            });
            return;
        }
    }
}

/// What is built late would be the window's last stop.
QWidget *ArgumentsForm::lastStop() const
{
    const QList<QWidget *> stops
        = m_content != nullptr ? tabStops(m_content->layout()) : QList<QWidget *>();
    return stops.isEmpty() ? m_json : stops.last();
}

} // namespace countersign
