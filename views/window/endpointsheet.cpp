// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/endpointsheet.h"

#include "domain/continued.h"

#include "views/style/tokens.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace countersign {

EndpointSheet::EndpointSheet(EndpointPort &endpoints, const PersonId &person, QWidget *parent)
    : QDialog(parent),
      m_endpoints(endpoints),
      m_person(person),
      m_kind(new QComboBox(this)),
      m_name(new QLineEdit(this)),
      m_url(new QLineEdit(this)),
      m_header(new QLineEdit(this)),
      m_secret(new QLineEdit(this)),
      m_message(new QLabel(this))
{
    setWindowTitle(tr("Connect an endpoint"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connect(m_connect, &QPushButton::clicked, this, &EndpointSheet::connectEndpoint);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_remove, &QPushButton::clicked, this, &EndpointSheet::removeAgain);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
}

void EndpointSheet::build()
{
    m_kind->addItem(tr("LangGraph server"), QStringLiteral("langgraph"));
    m_kind->addItem(tr("Countersign protocol"), QStringLiteral("countersign"));
    m_name->setPlaceholderText(tr("Support agents"));
    m_url->setPlaceholderText(QStringLiteral("https://agents.example.com"));
    m_url->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    m_header->setPlaceholderText(tr("Authorization"));
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setPlaceholderText(tr("Bearer …"));
    auto *form = new QFormLayout;
    form->addRow(tr("&Kind"), m_kind);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&URL"), m_url);
    form->addRow(tr("&Header"), m_header);
    form->addRow(tr("&Secret"), m_secret);
    auto *hint
        = new QLabel(tr("Header and secret are for servers that want one. The secret is kept "
                        "in your keychain, never in the database."),
                     this);
    hint->setWordWrap(true);
    hint->setFont(style::font(style::Type::Caption, font()));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->hide();
    auto *buttons = new QDialogButtonBox(this);
    m_connect = buttons->addButton(tr("Test and connect"), QDialogButtonBox::ActionRole);
    m_connect->setDefault(true);
    m_keep = buttons->addButton(tr("Keep it"), QDialogButtonBox::ActionRole);
    m_remove = buttons->addButton(tr("Remove it again"), QDialogButtonBox::ActionRole);
    m_cancel = buttons->addButton(QDialogButtonBox::Cancel);
    m_keep->hide();
    m_remove->hide();
    auto *column = new QVBoxLayout(this);
    column->setSpacing(style::groupGap);
    column->addLayout(form);
    column->addWidget(hint);
    column->addWidget(m_message);
    column->addWidget(buttons);
    setMinimumWidth(style::readingWidth * 2 / 3);
    m_kind->setFocus();
}

void EndpointSheet::connectEndpoint()
{
    Endpoint endpoint;
    endpoint.kind = m_kind->currentData().toString();
    endpoint.name = m_name->text().trimmed();
    endpoint.url = QUrl(m_url->text().trimmed(), QUrl::StrictMode);
    QList<Header> secrets;
    if (!m_secret->text().isEmpty()) {
        const QString header = m_header->text().trimmed();
        secrets.append({header.isEmpty() ? QByteArrayLiteral("Authorization") : header.toUtf8(),
                        m_secret->text().toUtf8()});
    }
    for (const Header &secret : std::as_const(secrets)) {
        endpoint.secretHeaders.append(secret.first);
    }
    setBusy(true);
    say(tr("Adding…"), false);
    continued(m_endpoints.add(endpoint, secrets, m_person), this,
              [this](const Result<EndpointId> &added) -> void {
                  if (!added) {
                      setBusy(false);
                      say(added.error().text, true);
                      return;
                  }
                  m_secret->clear();
                  test(*added);
              });
}

void EndpointSheet::test(const EndpointId &id)
{
    m_added = id;
    say(tr("Asking the server…"), false);
    continued(m_endpoints.test(id), this, [this](const Result<QString> &answer) -> void {
        if (answer) {
            Q_EMIT connected(*answer);
            accept();
            return;
        }
        say(answer.error().text, true);
        m_connect->hide();
        m_cancel->hide();
        m_keep->show();
        m_remove->show();
        m_remove->setFocus();
    });
}

void EndpointSheet::removeAgain()
{
    continued(m_endpoints.remove(m_added, m_person), this,
              [this](const Result<void> &removed) -> void {
                  if (!removed) {
                      say(removed.error().text, true);
                      return;
                  }
                  m_keep->hide();
                  m_remove->hide();
                  m_connect->show();
                  m_cancel->show();
                  setBusy(false);
                  say(tr("It was removed again. Check what is written above, then try once more."),
                      false);
              });
}

void EndpointSheet::say(const QString &sentence, bool bad)
{
    QPalette colors = palette();
    if (bad) {
        colors.setColor(QPalette::WindowText, style::color(style::Role::Reject, palette()));
    }
    m_message->setPalette(colors);
    m_message->setText(sentence);
    m_message->show();
}

void EndpointSheet::setBusy(bool busy)
{
    for (QWidget *widget : {static_cast<QWidget *>(m_kind), static_cast<QWidget *>(m_name),
                            static_cast<QWidget *>(m_url), static_cast<QWidget *>(m_header),
                            static_cast<QWidget *>(m_secret), static_cast<QWidget *>(m_connect)}) {
        widget->setEnabled(!busy);
    }
}

} // namespace countersign
