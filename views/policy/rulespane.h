// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/policyrulesmodel.h"

#include <QWidget>

class QPlainTextEdit;
class QSettings;
class QSplitter;

namespace countersign {

class PolicyTable;
class RuleForm;

/// The rules as a table of sentences; the chosen one in full below; its form beside them on demand.
class RulesPane final : public QWidget
{
    Q_OBJECT
public:
    /// `policy` outlives the pane.
    explicit RulesPane(PolicyModel &policy, QWidget *parent = nullptr);

    [[nodiscard]] PolicyTable *table() const { return m_table; }
    [[nodiscard]] int currentPlace() const; ///< -1: none, or what holds otherwise
    [[nodiscard]] bool isOnOtherwise() const;
    [[nodiscard]] QString removedId() const; ///< of the chosen row, where the draft has no such rule
    void select(int place); ///< -1: what holds otherwise; also one that comes with the next look
    void edit(); ///< the chosen one, with the keys in its form
    void closeForm();
    void save(QSettings &settings) const;
    void restore(QSettings &settings);

Q_SIGNALS:
    void currentChanged();
    void editRequested(); ///< Enter or a double click

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void fold();
    void describe();
    void follow();

    PolicyModel &m_policy;
    PolicyRulesModel m_rules;
    PolicyTable *m_table;
    QPlainTextEdit *m_strip;
    QWidget *m_left;
    RuleForm *m_form;
    QSplitter *m_splitter;
    QString m_key; ///< of the chosen row
    int m_row = 0; ///< where it was
    std::optional<int> m_wanted; ///< to be chosen once it is there
    bool m_toForm = false; ///< and edited
};

} // namespace countersign
