// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/signsheet.h"

#include "domain/continued.h"
#include "views/policy/policytable.h"
#include "views/policy/ruledelegate.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int sheetRows = 5;

} // namespace

SignSheet::SignSheet(const Subject &subject, PolicyPort &port, const PersonId &person,
                     QWidget *parent)
    : QDialog(parent),
      m_subject(subject),
      m_port(port),
      m_person(person),
      m_table(new PolicyTable(tr("Changes"), this)),
      m_reason(new QLineEdit(this)),
      m_message(new PlainLabel(style::Type::Body, this))
{
    setWindowTitle(subject.title);
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    build(subject);
    connect(m_sign, &QPushButton::clicked, this, &SignSheet::sign);
}

void SignSheet::build(const Subject &subject)
{
    auto *title = new PlainLabel(subject.title, style::Type::Title, this);
    auto *count = new PlainLabel(subject.changes.size() == 1
                                     ? tr("1 change against what is in force:")
                                     : tr("%1 changes against what is in force:")
                                           .arg(words::count(subject.changes.size())),
                                 style::Type::Body, this);
    m_changes.setSides(tr("In force"), tr("From now on"));
    m_changes.setLines(subject.changes);
    m_table->show(m_changes, PolicyChangesModel::AfterColumn);
    m_table->setItemDelegate(new RuleDelegate(PolicyChangesModel::KindRole, 0, -1, m_table));
    m_table->setEmptyText(tr("Nothing but the order of the rules."));
    m_table->setMinimumHeight(sheetRows * (2 * fontMetrics().height() + style::tableRowPadding));
    m_table->setColumnWidth(PolicyChangesModel::RuleColumn, style::readingWidth / 5);
    m_table->setColumnWidth(PolicyChangesModel::SettingColumn, style::readingWidth / 5);
    m_table->setColumnWidth(PolicyChangesModel::BeforeColumn, style::readingWidth / 4);
    auto *why = new PlainLabel(tr("Why does the policy change?"), style::Type::Body, this);
    m_reason->setAccessibleName(why->text());
    m_reason->setMaxLength(10'000);
    m_reason->setPlaceholderText(tr("In a few words; it is signed and kept in the trail."));
    m_message->setRole(style::Role::Reject);
    m_message->hide();
    auto *remark = new PlainLabel(subject.remark, style::Type::Body, this);
    remark->setRole(style::Role::Caution);
    remark->setVisible(!subject.remark.isEmpty());
    auto *buttons = new QDialogButtonBox(this);
    m_sign = buttons->addButton(tr("Sign and put in force"), QDialogButtonBox::ActionRole);
    m_sign->setDefault(true);
    buttons->addButton(QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(style::gap);
    column->addWidget(title);
    column->addWidget(remark);
    column->addWidget(count);
    column->addWidget(m_table, 1);
    column->addWidget(why);
    column->addWidget(m_reason);
    column->addWidget(m_message);
    column->addWidget(buttons);
    resize(style::readingWidth, sizeHint().height());
    m_reason->setFocus();
}

void SignSheet::sign()
{
    if (m_reason->text().trimmed().isEmpty()) {
        say(tr("Say in a few words why the policy changes."));
        m_reason->setFocus();
        return;
    }
    m_sign->setEnabled(false);
    m_reason->setEnabled(false);
    const PolicyRequest request{.document = m_subject.document,
                                .reason = m_reason->text().trimmed(),
                                .person = m_person,
                                .after = m_subject.after};
    continued(m_port.set(request), this, [this](const Result<PolicyRecord> &record) -> void {
        if (record) {
            Q_EMIT signedRecord(*record);
            accept();
            return;
        }
        m_reason->setEnabled(true);
        const bool overtakes = record.error().code == ErrorCode::Changed;
        m_sign->setEnabled(!overtakes); // what is shown here is not what would change by now
        say(record.error().text);
        m_reason->setFocus();
    });
}

void SignSheet::say(const QString &sentence)
{
    m_message->setText(sentence);
    m_message->show();
}

} // namespace countersign
