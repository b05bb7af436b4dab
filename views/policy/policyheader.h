// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;

namespace countersign {

class Clock;
class FlowRow;
class PlainLabel;
class PolicyModel;

/// What is in force, and below it the draft: how much it changes, what keeps it from being signed,
/// and whether somebody set another policy meanwhile.
class PolicyHeader final : public QWidget
{
    Q_OBJECT
public:
    PolicyHeader(PolicyModel &policy, const Clock &clock, QWidget *parent = nullptr);

    void addButton(QAction *action); ///< beside what is in force
    void addMenuButton(const QString &text, const QString &symbol, const QList<QAction *> &actions);
    void addDraftButton(QAction *action, const QString &symbol);
    /// Seen only while the draft was made from another policy.
    void setTakeOver(QAction *action);
    void describe();

    [[nodiscard]] static QString draftSentence(const PolicyModel &policy, const Clock &clock);

private:
    PolicyModel &m_policy;
    const Clock &m_clock;
    PlainLabel *m_name;
    PlainLabel *m_how;
    QHBoxLayout *m_buttons;
    QWidget *m_banner;
    PlainLabel *m_draft;
    FlowRow *m_draftButtons;
    QWidget *m_takeOver = nullptr;
};

} // namespace countersign
