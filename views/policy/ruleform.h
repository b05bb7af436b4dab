// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/policy/policyrows.h"

#include <QMap>

class QScrollArea;
class QVBoxLayout;

namespace countersign {

class PolicyModel;

/// Every setting of one rule (or of what holds otherwise) as a form. What is typed goes into the
/// draft at once; what is wrong with it stands beside the field.
class RuleForm final : public QWidget
{
    Q_OBJECT
public:
    explicit RuleForm(PolicyModel &policy, QWidget *parent = nullptr);

    /// -1: what holds otherwise, with the document's own settings.
    void showRule(int place);
    [[nodiscard]] int place() const { return m_place; }
    void focusFirst();

Q_SIGNALS:
    void closed(); ///< by hand

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void addHeading(const QString &text);
    PolicyField *addField(const PolicyFieldSpec &spec);
    void addPair(const PolicyFieldSpec &left, const PolicyFieldSpec &right);
    PolicyRows *addRows(PolicyRows::Kind kind, const QString &path);
    void addMatch();
    void addConsequences();
    void addPeople();
    void addTime();
    void addDocument();

    void follow();
    void showValues();
    void showFaults();
    void edited(const QString &path, const std::optional<Json> &value);
    [[nodiscard]] bool isOfDocument(const QString &path) const;
    [[nodiscard]] Json subject(const QString &path) const;
    [[nodiscard]] QString otherwise(const QString &path) const;

    PolicyModel &m_policy;
    int m_place = -1;
    QScrollArea *m_area;
    QVBoxLayout *m_column;
    PlainLabel *m_title;
    PlainLabel *m_fault;
    QList<PolicyField *> m_fields;
    QList<PolicyRows *> m_lists;
    QList<PolicyField *> m_inheriting; ///< what a rule leaves open, the defaults say
    QList<QWidget *> m_ofRules; ///< only for a rule
    QList<QWidget *> m_ofDocument; ///< only for what holds otherwise
    QList<QWidget *> *m_group = nullptr; ///< to which what is added belongs
};

} // namespace countersign
