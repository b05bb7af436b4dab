// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringListModel>
#include <QTimer>
#include <QWidget>

class QListView;
class QPlainTextEdit;

namespace countersign {

class PlainLabel;
class PolicyModel;

/// The whole document as JSON, to be edited by those who want to, with every fault and its path
/// below.
class DocumentPane final : public QWidget
{
    Q_OBJECT
public:
    explicit DocumentPane(PolicyModel &policy, QWidget *parent = nullptr);

    /// What was typed a moment ago goes into the draft now.
    void flush();

protected:
    void changeEvent(QEvent *event) override;

private:
    void follow();
    void goTo(int fault);

    PolicyModel &m_policy;
    QPlainTextEdit *m_text;
    PlainLabel *m_verdict;
    QStringListModel m_faults;
    QListView *m_list;
    QTimer m_rest; ///< until the typing rests
    bool m_filling = false;
    bool m_typed = false; ///< not in the draft yet
};

/// Where in a JSON text the value begins that a pointer leads to; as near as it leads, 0 at worst.
[[nodiscard]] qsizetype offsetOf(const QString &text, const QString &pointer);

} // namespace countersign
