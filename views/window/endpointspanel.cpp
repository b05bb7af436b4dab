// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/endpointspanel.h"

#include "domain/continued.h"

#include "views/style/icons.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace countersign {

namespace {

style::Role roleOf(const QString &state)
{
    if (state == QLatin1String("ok")) {
        return style::Role::Accept;
    }
    return state == QLatin1String("failing") ? style::Role::Reject : style::Role::Caution;
}

QString symbolOf(const QString &state)
{
    if (state == QLatin1String("ok")) {
        return QStringLiteral("delivered");
    }
    return state == QLatin1String("failing") ? QStringLiteral("warning") : QStringLiteral("clock");
}

QString testName(const EndpointId &id)
{
    return QStringLiteral("test:") + id.toString();
}

QLabel *plain(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

EndpointsSummary summaryOf(const QList<EndpointView> &endpoints)
{
    const auto count = [&](const char *state) -> int {
        return int(std::count_if(
            endpoints.begin(), endpoints.end(),
            [&](const EndpointView &view) -> bool { return view.state == QLatin1String(state); }));
    };
    using Worst = EndpointsSummary::Worst;
    if (endpoints.isEmpty()) {
        return {Worst::None, EndpointsPanel::tr("Connect"), QStringLiteral("connect")};
    }
    if (const int failing = count("failing")) {
        return {Worst::Failing, EndpointsPanel::tr("%n failing", nullptr, failing),
                QStringLiteral("warning")};
    }
    if (count("ok") < endpoints.size()) {
        return {Worst::Connecting, EndpointsPanel::tr("Connecting"), QStringLiteral("clock")};
    }
    return {Worst::Ok, EndpointsPanel::tr("All answer"), QStringLiteral("delivered")};
}

QString EndpointsPanel::wordOf(const QString &state)
{
    if (state == QLatin1String("ok")) {
        return tr("Answers");
    }
    return state == QLatin1String("failing") ? tr("Failing") : tr("Connecting");
}

EndpointsPanel::EndpointsPanel(EndpointPort &endpoints, const PersonId &person, QWidget *parent)
    : QDialog(parent),
      m_endpoints(endpoints),
      m_person(person)
{
    setWindowTitle(tr("Endpoints"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    auto *body = new QWidget(area);
    m_rows = new QVBoxLayout(body);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->addStretch(1);
    area->setWidget(body);
    m_said = plain({}, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_close = buttons->button(QDialogButtonBox::Close);
    QPushButton *add = buttons->addButton(tr("Connect an endpoint…"), QDialogButtonBox::ActionRole);
    connect(add, &QPushButton::clicked, this, &EndpointsPanel::connectRequested);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(area, 1);
    column->addWidget(m_said);
    column->addWidget(buttons);
    resize(style::readingWidth * 4 / 5, style::readingWidth / 2);
    connect(&endpoints, &EndpointPort::endpointsChanged, this, &EndpointsPanel::rebuild);
    rebuild();
}

void EndpointsPanel::rebuild()
{
    QString focused;
    if (m_list != nullptr) {
        if (m_list->isAncestorOf(focusWidget())) {
            focused = focusWidget()->objectName();
        }
        m_list->hide();
        m_list->deleteLater(); // one of its buttons may have been pressed just now
    }
    m_list = new QWidget(this);
    auto *column = new QVBoxLayout(m_list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::groupGap);
    const QList<EndpointView> views = m_endpoints.endpoints();
    if (views.isEmpty()) {
        column->addWidget(
            plain(tr("No endpoint is connected yet, so nothing can wait for you."), m_list));
    }
    for (const EndpointView &view : views) {
        column->addWidget(rowFor(view));
    }
    m_rows->insertWidget(0, m_list);
    if (!focused.isEmpty()) {
        auto *same = m_list->findChild<QWidget *>(focused);
        (same != nullptr ? same : m_close)->setFocus(Qt::OtherFocusReason);
    }
}

void EndpointsPanel::showEndpoint(const EndpointId &id)
{
    if (auto *test = m_list->findChild<QWidget *>(testName(id))) {
        test->setFocus(Qt::OtherFocusReason);
    }
}

QWidget *EndpointsPanel::rowFor(const EndpointView &view)
{
    auto *row = new QWidget(m_list);
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(style::gap);
    grid->setVerticalSpacing(style::unit);
    const QColor color = style::color(roleOf(view.state), palette());
    auto *symbol = new QLabel(row);
    symbol->setPixmap(
        style::symbolPixmap(symbolOf(view.state), style::icon, color, devicePixelRatioF()));
    QLabel *name = plain(view.endpoint.name, row);
    name->setFont(style::font(style::Type::Strong, font()));
    QLabel *where = plain(
        QStringLiteral("%1 · %2").arg(view.endpoint.kind, view.endpoint.url.toDisplayString()),
        row);
    where->setFont(style::font(style::Type::Caption, font()));
    QLabel *state
        = plain(view.text.isEmpty() ? wordOf(view.state)
                                    : wordOf(view.state) + QStringLiteral(": ") + view.text,
                row);
    auto *test = new QPushButton(tr("Test"), row);
    auto *remove = new QPushButton(
        m_removing == view.endpoint.id ? tr("Remove for good") : tr("Remove"), row);
    test->setObjectName(testName(view.endpoint.id));
    remove->setObjectName(QStringLiteral("remove:") + view.endpoint.id.toString());
    test->setAccessibleDescription(view.endpoint.name);
    remove->setAccessibleDescription(view.endpoint.name);
    grid->addWidget(symbol, 0, 0, Qt::AlignTop);
    grid->addWidget(name, 0, 1);
    grid->addWidget(test, 0, 2);
    grid->addWidget(remove, 0, 3);
    grid->addWidget(where, 1, 1, 1, 3);
    grid->addWidget(state, 2, 1, 1, 3);
    grid->setColumnStretch(1, 1);
    connect(test, &QPushButton::clicked, this,
            [this, id = view.endpoint.id]() -> void { EndpointsPanel::test(id); });
    connect(remove, &QPushButton::clicked, this,
            [this, id = view.endpoint.id]() -> void { EndpointsPanel::remove(id); });
    return row;
}

void EndpointsPanel::test(const EndpointId &id)
{
    say(tr("Asking the server…"));
    continued(m_endpoints.test(id), this, [this](const Result<QString> &answer) -> void {
        say(answer ? *answer : answer.error().text);
    });
}

void EndpointsPanel::remove(const EndpointId &id)
{
    if (m_removing != id) {
        m_removing = id;
        say(tr("Removing it forgets its settings and secrets. Its cases stay in the trail."));
        rebuild();
        return;
    }
    continued(m_endpoints.remove(id, m_person), this, [this](const Result<void> &removed) -> void {
        say(removed ? tr("The endpoint was removed.") : removed.error().text);
        m_removing = {};
        rebuild();
    });
}

void EndpointsPanel::say(const QString &sentence)
{
    m_said->setText(sentence);
}

} // namespace countersign
