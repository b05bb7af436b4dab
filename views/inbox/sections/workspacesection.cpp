// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/workspacesection.h"

#include "views/foreigntext.h"
#include "views/inbox/sections/pieces.h"
#include "views/inbox/workspace/artifacteditor.h"
#include "views/inbox/workspace/revisionpane.h"
#include "views/style/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QShortcut>

namespace countersign {

using namespace pieces;

namespace {

constexpr qsizetype longestQuote = 120;

} // namespace

WorkspaceSection::WorkspaceSection(const CaseContext &context)
    : CaseSection(context, tr("Workspace"), QStringLiteral("workspace")),
      m_notes(new QVBoxLayout),
      m_editor(new ArtifactEditor),
      m_state(new PlainLabel(style::Type::Caption)),
      m_warning(new PlainLabel(style::Type::Caption)),
      m_commentOn(new KeyButton(tr("Comment on the selection"), {}, tr("Ctrl+M"))),
      m_reset(new KeyButton(tr("Discard my changes"), {}, {})),
      m_asking(new QWidget),
      m_quote(new PlainLabel(style::Type::Caption)),
      m_comment(new QLineEdit),
      m_list(new QVBoxLayout),
      m_revisions(new RevisionPane)
{
    for (PlainLabel *label : {m_state, m_quote}) {
        label->setRole(style::Role::Muted);
    }
    m_warning->setRole(style::Role::Caution);
    m_warning->hide();
    m_notes->setSpacing(style::unit);
    m_list->setSpacing(style::unit);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(style::gap);
    buttons->addWidget(m_commentOn);
    buttons->addWidget(m_reset);
    buttons->addStretch(1);
    auto *asking = new QVBoxLayout(m_asking);
    asking->setContentsMargins(0, 0, 0, 0);
    asking->setSpacing(style::unit);
    asking->addWidget(m_quote);
    asking->addWidget(m_comment);
    m_comment->setPlaceholderText(tr("What should be different here? Enter adds it."));
    m_comment->setAccessibleName(tr("Comment"));
    m_asking->hide();
    body()->addLayout(m_notes);
    body()->addWidget(m_editor);
    body()->addWidget(m_state);
    body()->addWidget(m_warning);
    body()->addLayout(buttons);
    body()->addWidget(m_asking);
    body()->addLayout(m_list);
    body()->addWidget(m_revisions);
    connect(m_editor, &ArtifactEditor::changed, this, [this]() -> void {
        showState();
        Q_EMIT worked();
    });
    connect(m_commentOn, &QPushButton::clicked, this, &WorkspaceSection::beginComment);
    connect(m_reset, &QPushButton::clicked, m_editor, &ArtifactEditor::reset);
    connect(m_comment, &QLineEdit::returnPressed, this, &WorkspaceSection::addComment);
    const auto shortcut = [this](const QKeySequence &keys, auto slot) -> void {
        auto *key = new QShortcut(keys, this);
        key->setContext(Qt::WidgetWithChildrenShortcut);
        key->setAutoRepeat(false);
        connect(key, &QShortcut::activated, this, slot);
    };
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_M), &WorkspaceSection::beginComment);
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), &WorkspaceSection::sendBackRequested);
}

void WorkspaceSection::refresh(bool another)
{
    const auto &artifact = shown().proposal.artifact;
    setVisible(artifact.has_value());
    if (!artifact) {
        m_comments.clear();
        return;
    }
    if (another) {
        clearLayout(m_notes);
        m_notes->addWidget(new ProseBlock(foreignLine(artifact->title, 200), style::Type::Strong));
        m_comments.clear();
        m_asking->hide();
        showComments();
        m_foreignWarning = foreignWarning(Artifact::toText(artifact->type, artifact->content));
        m_editor->show(*artifact);
        const bool waits = shown().state == CaseState::Waiting;
        m_editor->setEnabled(waits);
        m_commentOn->setEnabled(waits);
    }
    m_revisions->show(m_context.model.revisions());
    setCount(int(m_context.model.revisions().size()));
    showState();
}

void WorkspaceSection::open()
{
    if (m_context.model.current() && shown().proposal.artifact) {
        setOpen(true);
        m_editor->focusTarget()->setFocus(Qt::ShortcutFocusReason);
    }
}

bool WorkspaceSection::isChanged() const
{
    return m_context.model.current() && shown().proposal.artifact && m_editor->isChanged();
}

Result<ArtifactWork> WorkspaceSection::work() const
{
    ArtifactWork work;
    work.comments = m_comments;
    if (isChanged()) {
        const auto value = m_editor->value();
        if (!value) {
            return tl::unexpected<Error>(value.error());
        }
        work.content = *value;
    }
    return work;
}

void WorkspaceSection::beginComment()
{
    const auto passage = m_editor->passage();
    m_asking->setVisible(passage.has_value());
    if (!passage) {
        m_warning->setText(tr("Select the passage first that the comment is about."));
        m_warning->show();
        return;
    }
    m_about = *passage;
    m_quote->setText(tr("On “%1”").arg(foreignLine(passage->quote, longestQuote)));
    m_comment->setFocus(Qt::ShortcutFocusReason);
}

void WorkspaceSection::addComment()
{
    if (m_comment->text().trimmed().isEmpty()) {
        return;
    }
    m_about.text = m_comment->text().trimmed();
    m_comments.append(m_about);
    m_comment->clear();
    m_asking->hide();
    showComments();
    m_editor->focusTarget()->setFocus(Qt::OtherFocusReason);
    Q_EMIT worked();
}

void WorkspaceSection::showComments()
{
    clearLayout(m_list);
    for (qsizetype i = 0; i < m_comments.size(); ++i) {
        const PassageComment &comment = m_comments.at(i);
        auto *row = new QWidget;
        row->setObjectName(QStringLiteral("workspace.comment"));
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(style::gap);
        line->addWidget(makeSymbol(QStringLiteral("sendback"), style::Role::Info), 0, Qt::AlignTop);
        line->addWidget(
            new ProseBlock(
                tr("On “%1”: %2").arg(foreignLine(comment.quote, longestQuote), comment.text)),
            1);
        auto *remove = new KeyButton(tr("Remove"), QStringLiteral("close"), {});
        remove->setAccessibleName(tr("Remove comment %1").arg(i + 1));
        connect(
            remove, &QPushButton::clicked, this,
            [this, i]() -> void {
                m_comments.removeAt(i);
                showComments();
                Q_EMIT worked();
            },
            Qt::QueuedConnection); // it goes with its row
        line->addWidget(remove, 0, Qt::AlignTop);
        m_list->addWidget(row);
    }
}

void WorkspaceSection::showState()
{
    if (!m_context.model.current() || !shown().proposal.artifact) {
        return;
    }
    const Artifact &artifact = *shown().proposal.artifact;
    const bool edited = m_editor->isChanged();
    m_reset->setVisible(edited);
    m_state->setText(
        m_editor->isCut() ? tr("Revision %1 of the agent, too long to be changed here: this is its "
                               "beginning. Approving sends all of it.")
                                .arg(artifact.revision)
            : edited ? tr("Revision %1, changed by you. Approving sends your version.")
                           .arg(artifact.revision)
                     : tr("Revision %1 of the agent. Approving sends it as it stands here.")
                           .arg(artifact.revision));
    QString warning = m_foreignWarning;
    if (const auto value = m_editor->value(); !value) {
        warning = value.error().text;
    }
    m_warning->setText(warning);
    m_warning->setVisible(!warning.isEmpty());
}

} // namespace countersign
