// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/stopcontrol.h"

#include "domain/continued.h"
#include "views/actionregistry.h"
#include "views/foreigntext.h"
#include "views/messagebar.h"
#include "views/style/icons.h"
#include "views/style/widgets.h"
#include "views/window/palette.h"
#include "views/window/rail.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace countersign {

namespace {

const QString noticeId = QStringLiteral("window.stopped");
const QString faultId = QStringLiteral("window.resume");

} // namespace

ResumeSheet::ResumeSheet(const QString &stopped, QWidget *parent)
    : QDialog(parent),
      m_reason(new QLineEdit(this))
{
    setWindowTitle(tr("Resume"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *what = new PlainLabel(style::Type::Body, this);
    what->setText(stopped);
    what->setWordWrap(true);
    auto *label = new PlainLabel(style::Type::Body, this);
    label->setText(tr("Why it may go on"));
    label->setBuddy(m_reason);
    m_reason->setAccessibleName(label->text());
    m_reason->setMaxLength(1000);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *go = buttons->addButton(tr("Resume"), QDialogButtonBox::AcceptRole);
    go->setDefault(true);
    go->setEnabled(false);
    connect(m_reason, &QLineEdit::textChanged, go,
            [go](const QString &text) -> void { go->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this]() -> void {
        Q_EMIT given(m_reason->text());
        accept();
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(style::pageEdge, style::pageEdge, style::pageEdge, style::pageEdge);
    column->setSpacing(style::gap);
    column->addWidget(what);
    column->addSpacing(style::gap);
    column->addWidget(label);
    column->addWidget(m_reason);
    column->addWidget(buttons);
    m_reason->setFocus();
}

StopControl::StopControl(StopPort &stops, const EndpointPort &endpoints, ActionRegistry &actions,
                         Rail &rail, MessageBar &messages, const PersonId &person, QWidget *window)
    : QObject(window),
      m_stops(stops),
      m_endpoints(endpoints),
      m_rail(rail),
      m_messages(messages),
      m_person(person),
      m_window(window),
      m_stop(actions.add({.id = QStringLiteral("window.stop"),
                          .text = tr("Stop"),
                          .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
                          .place = {},
                          .symbol = QStringLiteral("stop"),
                          .group = tr("Window"),
                          .alias = tr("stop everything, halt, pause all agents")})),
      m_resume(actions.add({.id = QStringLiteral("window.resume"),
                            .text = tr("Resume…"),
                            .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)},
                            .place = {},
                            .symbol = QStringLiteral("refresh"),
                            .group = tr("Window"),
                            .alias = tr("go on after a stop")})),
      m_menu(new QMenu(tr("Stop one endpoint"), window))
{
    connect(m_stop, &QAction::triggered, this, [this]() -> void { stop({}); });
    connect(m_resume, &QAction::triggered, this, [this]() -> void { askToResume({}); });
    connect(m_menu, &QMenu::aboutToShow, this, &StopControl::fillMenu);
    connect(&stops, &StopPort::stopsChanged, this, &StopControl::follow);
    m_stop->setToolTip(tr("Stop everything: nothing is approved by itself or sent (%1)")
                           .arg(ActionRegistry::keyText(m_stop)));
    rail.addFoot(m_stop);
    follow();
}

void StopControl::stop(const StopScope &scope)
{
    // What could not be recorded is said by remark(); it holds all the same.
    (void)m_stops.stop({.scope = scope, .reason = {}, .person = m_person});
}

void StopControl::askToResume(const std::optional<StopScope> &scope)
{
    QList<StopOrder> orders = m_stops.stops();
    orders.removeIf(
        [&](const StopOrder &order) -> bool { return scope && !(order.scope == *scope); });
    auto *sheet = new ResumeSheet(sentence(orders), m_window);
    connect(sheet, &ResumeSheet::given, this,
            [this, orders](const QString &reason) -> void { resume(orders, reason); });
    sheet->open();
}

void StopControl::resume(const QList<StopOrder> &orders, const QString &reason)
{
    for (const StopOrder &order : orders) {
        const auto lifted
            = m_stops.resume({.scope = order.scope, .reason = reason, .person = m_person});
        (void)continued(lifted, this, [this](const Result<void> &done) -> void {
            if (!done) {
                m_messages.show(faultId, done.error());
            }
        });
    }
}

void StopControl::offer(QMenu &menu, Palette &palette)
{
    menu.addMenu(m_menu);
    palette.add([this]() -> QList<PaletteEntry> { return entries(); });
}

bool StopControl::isStopped(const StopScope &scope) const
{
    const QList<StopOrder> orders = m_stops.stops();
    return std::any_of(orders.cbegin(), orders.cend(),
                       [&](const StopOrder &order) -> bool { return order.scope == scope; });
}

QString StopControl::nameOf(const StopScope &scope) const
{
    for (const EndpointView &view : m_endpoints.endpoints()) {
        if (view.endpoint.id == scope.endpoint) {
            return foreignName(view.endpoint.name);
        }
    }
    return scope.agent.isEmpty() ? scope.endpoint.toString() : foreignName(scope.agent);
}

QList<PaletteEntry> StopControl::entries()
{
    QList<PaletteEntry> entries;
    for (const EndpointView &view : m_endpoints.endpoints()) {
        const StopScope scope{.endpoint = view.endpoint.id, .agent = {}};
        if (!isStopped(scope)) {
            entries.append({.id = QStringLiteral("stop:") + view.endpoint.id.toString(),
                            .text = tr("Stop %1").arg(foreignName(view.endpoint.name)),
                            .detail = tr("this endpoint alone"),
                            .kind = tr("Action"),
                            .symbol = QStringLiteral("stop"),
                            .alias = tr("halt, pause one endpoint"),
                            .run = [this, scope]() -> void {
                                stop(scope);
                            }});
        }
    }
    for (const StopOrder &order : m_stops.stops()) {
        if (!order.scope.isEverything()) {
            entries.append({.id = QStringLiteral("resume:") + order.scope.endpoint.toString()
                                + QLatin1Char('/') + order.scope.agent,
                            .text = tr("Resume %1…").arg(nameOf(order.scope)),
                            .kind = tr("Action"),
                            .symbol = QStringLiteral("refresh"),
                            .run = [this, scope = order.scope]() -> void {
                                askToResume(scope);
                            }});
        }
    }
    return entries;
}

void StopControl::fillMenu()
{
    m_menu->clear();
    for (const PaletteEntry &entry : entries()) {
        m_menu->addAction(style::symbol(entry.symbol), entry.text, m_menu,
                          [run = entry.run]() -> void { run(); });
    }
    if (m_menu->isEmpty()) {
        m_menu->addAction(tr("No endpoint is connected"))->setEnabled(false);
    }
}

QString StopControl::sentence(const QList<StopOrder> &orders) const
{
    QStringList lines;
    for (const StopOrder &order : orders) {
        const QString since = QLocale().toString(QDateTime::fromMSecsSinceEpoch(order.atMs).time(),
                                                 QLocale::ShortFormat);
        const QString what = order.scope.isEverything() ? tr("Everything is stopped since %1.")
            : order.scope.agent.isEmpty()
            ? tr("Endpoint %2 is stopped since %1.").arg(since, nameOf(order.scope))
            : tr("Agent “%2” is stopped since %1.").arg(since, foreignName(order.scope.agent));
        lines.append(order.scope.isEverything() ? what.arg(since) : what);
    }
    lines.append(tr("Nothing of it is approved by itself or sent; what is held stays held."));
    return lines.join(u' ');
}

void StopControl::follow()
{
    const QList<StopOrder> orders = m_stops.stops();
    const bool stopped = !orders.isEmpty();
    m_resume->setEnabled(stopped);
    m_stop->setIcon(style::symbol(QStringLiteral("stop"),
                                  stopped ? std::optional(style::Role::Reject) : std::nullopt));
    m_rail.setNote(m_stop, stopped ? tr("stopped") : QString(), style::Role::Reject);
    if (!stopped) {
        m_said.clear();
        m_messages.dismiss(noticeId);
        return;
    }
    const QString remark = m_stops.remark();
    const QString text
        = remark.isEmpty() ? sentence(orders) : sentence(orders) + QLatin1Char(' ') + remark;
    if (text != m_said) {
        m_said = text;
        m_messages.show({.id = noticeId,
                         .level = Notice::Level::Error,
                         .text = text,
                         .actionText = m_resume->text(),
                         .act = [this]() -> void {
                             askToResume({});
                         }});
    }
}

} // namespace countersign
