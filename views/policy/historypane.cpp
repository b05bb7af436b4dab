// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/historypane.h"

#include "domain/continued.h"
#include "views/foreigntext.h"
#include "views/policy/policytable.h"
#include "views/policy/ruledelegate.h"
#include "views/style/widgets.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace countersign {

HistoryPane::HistoryPane(PolicyModel &policy, QWidget *parent)
    : QWidget(parent),
      m_policy(policy),
      m_versions(policy),
      m_table(new PolicyTable(tr("Versions"), this)),
      m_reason(new PlainLabel(style::Type::Body, this)),
      m_digest(new PlainLabel(style::Type::Caption, this)),
      m_what(new PolicyTable(tr("What it changed"), this))
{
    m_table->show(m_versions, PolicyHistoryModel::ReasonColumn);
    m_table->setItemDelegate(new RuleDelegate(-1, 0, -1, m_table));
    const QFontMetrics metrics = m_table->fontMetrics();
    const auto width = [&](const QString &sample) -> int {
        return metrics.horizontalAdvance(sample) + 4 * style::gap;
    };
    m_table->setColumnWidth(PolicyHistoryModel::VersionColumn, width(tr("v%1, in force").arg(188)));
    m_table->setColumnWidth(PolicyHistoryModel::TimeColumn,
                            width(QStringLiteral("2026-11-20 14:46")));
    m_table->setColumnWidth(PolicyHistoryModel::WhoColumn, width(QStringLiteral("Johanna Schmidt")));
    m_changes.setSides(tr("Before"), tr("With it"));
    m_what->show(m_changes, PolicyChangesModel::AfterColumn);
    m_what->setItemDelegate(new RuleDelegate(PolicyChangesModel::KindRole, 0, -1, m_what));
    m_what->setColumnWidth(PolicyChangesModel::RuleColumn, style::readingWidth / 5);
    m_what->setColumnWidth(PolicyChangesModel::SettingColumn, style::readingWidth / 5);
    m_what->setColumnWidth(PolicyChangesModel::BeforeColumn, style::readingWidth / 3);
    m_what->setEmptyText(tr("Nothing came before it."));
    m_digest->setRole(style::Role::Muted);
    auto *words = new QVBoxLayout;
    words->setContentsMargins(style::groupGap, style::gap, style::groupGap, style::gap);
    words->setSpacing(style::unit);
    words->addWidget(m_reason);
    words->addWidget(m_digest);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(makeHairline(this));
    column->addLayout(words);
    column->addWidget(m_what, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &HistoryPane::showCurrent);
    const auto first = [this]() -> void {
        m_table->setCurrentIndex(m_versions.index(0, 0));
        showCurrent();
    };
    connect(&m_versions, &QAbstractItemModel::modelReset, this, first);
    first();
}

int HistoryPane::currentVersion() const
{
    return m_table->currentIndex().data(PolicyHistoryModel::VersionRole).toInt();
}

void HistoryPane::showCurrent()
{
    const int wanted = currentVersion();
    m_asked = wanted;
    Q_EMIT currentChanged();
    if (wanted <= 0) {
        return;
    }
    const auto both = [this, wanted](const Result<PolicyRecord> &record) -> void {
        if (!record) {
            Q_EMIT failed(record.error());
            return;
        }
        continued(m_policy.version(wanted - 1), this,
                  [this, wanted, record = *record](const Result<PolicyRecord> &before) -> void {
                      if (wanted == m_asked && before) {
                          describe(record, wanted > 1 ? before->document : Json());
                      }
                  });
    };
    continued(m_policy.version(wanted), this, both);
}

void HistoryPane::describe(const PolicyRecord &record, const Json &before)
{
    m_reason->setText(record.event.isEmpty()
                          ? tr("The built-in policy: everything goes to a person.")
                          : tr("Policy v%1, by %2: %3")
                                .arg(record.version)
                                .arg(foreignName(record.personName),
                                     foreignText(record.reason, 2000)));
    m_digest->setText(record.digest.isEmpty() ? QString()
                                              : tr("Digest (SHA-256) %1").arg(record.digest));
    m_changes.setLines(before.isNull() ? QList<PolicyChangeLine>()
                                       : changeLines(before, record.document));
}

} // namespace countersign
