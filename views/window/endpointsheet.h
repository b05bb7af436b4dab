// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ports.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace countersign {

/// Connects an agent server: adds it, asks it whether it answers, and says so. What it cannot reach
/// may be kept (it is tried again) or removed. Open it with open().
class EndpointSheet final : public QDialog
{
    Q_OBJECT
public:
    EndpointSheet(EndpointPort &endpoints, const PersonId &person, QWidget *parent = nullptr);

Q_SIGNALS:
    void connected(const QString &sentence);

private:
    void build();
    void connectEndpoint();
    void test(const EndpointId &id);
    void removeAgain();
    void say(const QString &sentence, bool bad);
    void setBusy(bool busy);

    EndpointPort &m_endpoints;
    PersonId m_person;
    EndpointId m_added;
    QComboBox *m_kind;
    QLineEdit *m_name;
    QLineEdit *m_url;
    QLineEdit *m_header;
    QLineEdit *m_secret;
    QLabel *m_message;
    QPushButton *m_connect;
    QPushButton *m_keep;
    QPushButton *m_remove;
    QPushButton *m_cancel;
};

} // namespace countersign
