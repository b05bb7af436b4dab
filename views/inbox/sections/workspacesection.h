// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

class QLineEdit;

namespace countersign {

class ArtifactEditor;
class RevisionPane;

/// The artifact of a case, worked on in turns with the agent: change it in place, comment on a
/// passage, and send it back or approve it from the bar. Its revisions stand against each other.
class WorkspaceSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit WorkspaceSection(const CaseContext &context);
    void refresh(bool another) override;

    /// Puts the keys into the draft; nothing where there is none.
    void open();
    [[nodiscard]] bool isChanged() const;
    [[nodiscard]] bool hasComments() const { return !m_comments.isEmpty(); }
    /// What a decision takes along; InvalidInput where the draft is none of its kind as it stands.
    [[nodiscard]] Result<ArtifactWork> work() const;

Q_SIGNALS:
    void worked(); ///< changed, or commented on
    void sendBackRequested();

private:
    void beginComment();
    void addComment();
    void showComments();
    void showState();

    QVBoxLayout *m_notes;
    ArtifactEditor *m_editor;
    PlainLabel *m_state;
    PlainLabel *m_warning;
    KeyButton *m_commentOn;
    KeyButton *m_reset;
    QWidget *m_asking;
    PlainLabel *m_quote;
    QLineEdit *m_comment;
    QVBoxLayout *m_list;
    RevisionPane *m_revisions;
    QString m_foreignWarning; ///< of how the agent wrote it
    PassageComment m_about; ///< being written
    QList<PassageComment> m_comments;
};

} // namespace countersign
