// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/policychangesmodel.h"
#include "services/oversightport.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace countersign {

class PlainLabel;
class PolicyTable;

/// What is about to be signed: the next version, every change once more, and the reason, without
/// which nothing is set.
class SignSheet final : public QDialog
{
    Q_OBJECT
public:
    struct Subject
    {
        Json document;
        QList<PolicyChangeLine> changes;
        int after = 1; ///< the version it was made from
        QString title; ///< "Put policy v8 in force"
        QString remark; ///< empty for none
    };
    SignSheet(const Subject &subject, PolicyPort &port, const PersonId &person,
              QWidget *parent = nullptr);

Q_SIGNALS:
    void signedRecord(const countersign::PolicyRecord &record);

private:
    void build(const Subject &subject);
    void sign();
    void say(const QString &sentence);

    Subject m_subject;
    PolicyPort &m_port;
    PersonId m_person;
    PolicyChangesModel m_changes;
    PolicyTable *m_table;
    QLineEdit *m_reason;
    PlainLabel *m_message;
    QPushButton *m_sign = nullptr;
};

} // namespace countersign
