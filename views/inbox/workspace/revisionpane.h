// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/artifacthistory.h"

#include <QWidget>

class QComboBox;
class QPlainTextEdit;
class QVBoxLayout;

namespace countersign {

class PlainLabel;
struct RevisionDiff;

/// Any two revisions of an artifact against each other, and what was said about the later one.
/// Compares on a thread of the global pool; the newest wish wins.
class RevisionPane final : public QWidget
{
    Q_OBJECT
public:
    explicit RevisionPane(QWidget *parent = nullptr);

    /// Shows the newest against the one before, unless the same list is shown already.
    void show(const QList<ArtifactRevision> &revisions);
    using QWidget::show;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void compare(); ///< elsewhere; take() follows
    void take(const RevisionDiff &diff);
    void say(const QString &summary);
    void fit();

    QList<ArtifactRevision> m_revisions;
    int m_turn = 0; ///< of comparing
    QComboBox *m_from;
    QComboBox *m_to;
    PlainLabel *m_summary;
    QPlainTextEdit *m_diff;
    QVBoxLayout *m_said;
};

} // namespace countersign
