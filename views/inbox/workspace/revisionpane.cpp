// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/workspace/revisionpane.h"

#include "domain/continued.h"
#include "views/foreigntext.h"
#include "views/inbox/sections/pieces.h"
#include "views/inbox/workspace/revisiondiff.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QResizeEvent>
#include <QTextBlock>
#include <QtConcurrentRun>

namespace countersign {

namespace {

constexpr int fewestRevisionLines = 4;
constexpr int mostRevisionLines = 16;
constexpr qsizetype longestRevisionQuote = 80;

QString nameOf(const ArtifactRevision &revision)
{
    const QString time = words::time(revision.atMs);
    return revision.byAgent ? RevisionPane::tr("Revision %1 · %2 · %3")
                                  .arg(revision.artifact.revision)
                                  .arg(foreignName(revision.who, 40), time)
                            : RevisionPane::tr("%1 on revision %2 · %3")
                                  .arg(foreignName(revision.who, 40))
                                  .arg(revision.artifact.revision)
                                  .arg(time);
}

/// Colour, and a line through or under it, so that colour is not all.
QTextCharFormat formatOf(DiffPiece::Kind kind, const QPalette &palette)
{
    QTextCharFormat format;
    if (kind == DiffPiece::Kind::Removed) {
        format.setForeground(style::color(style::Role::Reject, palette));
        format.setFontStrikeOut(true);
    } else if (kind == DiffPiece::Kind::Added) {
        format.setForeground(style::color(style::Role::Accept, palette));
        format.setFontUnderline(true);
        format.setFontWeight(QFont::DemiBold);
    }
    return format;
}

} // namespace

RevisionPane::RevisionPane(QWidget *parent)
    : QWidget(parent),
      m_from(new QComboBox),
      m_to(new QComboBox),
      m_summary(new PlainLabel(style::Type::Caption)),
      m_diff(new QPlainTextEdit),
      m_said(new QVBoxLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::unit);
    auto *row = new QHBoxLayout;
    row->setSpacing(style::gap);
    for (QComboBox *box : {m_from, m_to}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        connect(box, &QComboBox::currentIndexChanged, this, &RevisionPane::compare);
    }
    m_from->setObjectName(QStringLiteral("workspace.from"));
    m_diff->setObjectName(QStringLiteral("workspace.diff"));
    m_from->setAccessibleName(tr("Compare"));
    m_to->setAccessibleName(tr("With"));
    row->addWidget(m_from, 1);
    auto *arrow = makeSymbol(QStringLiteral("chevron-right"), style::Role::Muted);
    row->addWidget(arrow);
    row->addWidget(m_to, 1);
    layout->addLayout(row);
    m_said->setSpacing(style::unit);
    layout->addLayout(m_said);
    m_summary->setRole(style::Role::Muted);
    layout->addWidget(m_summary);
    m_diff->setReadOnly(true);
    m_diff->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_diff->setTabChangesFocus(true);
    m_diff->setAccessibleName(tr("What differs"));
    layout->addWidget(m_diff);
    fit();
}

void RevisionPane::show(const QList<ArtifactRevision> &revisions)
{
    const bool same = revisions.size() == m_revisions.size()
        && std::equal(revisions.begin(), revisions.end(), m_revisions.begin(),
                      [](const ArtifactRevision &a, const ArtifactRevision &b) -> bool {
                          return a.atMs == b.atMs && a.artifact == b.artifact;
                      });
    setVisible(revisions.size() > 1);
    if (same) {
        return;
    }
    m_revisions = revisions;
    for (QComboBox *box : {m_from, m_to}) {
        const QSignalBlocker quiet(box);
        box->clear();
        for (const ArtifactRevision &revision : revisions) {
            box->addItem(nameOf(revision));
        }
        box->setCurrentIndex(int(revisions.size()) - (box == m_to ? 1 : 2));
    }
    compare();
}

void RevisionPane::compare()
{
    const int turn = ++m_turn; // an older answer comes too late
    clearLayout(m_said);
    m_diff->clear();
    const int from = m_from->currentIndex();
    const int to = m_to->currentIndex();
    if (from < 0 || to < 0 || to >= m_revisions.size()) {
        return;
    }
    say(tr("Comparing…"));
    (void)continued(QtConcurrent::run(compareRevisions, m_revisions.at(from).artifact,
                                      m_revisions.at(to).artifact),
                    this, [this, turn](const RevisionDiff &diff) -> void {
                        if (turn == m_turn) {
                            take(diff);
                        }
                    });
    const ArtifactRevision &later = m_revisions.at(to);
    const QString note = later.byAgent ? later.artifact.note : later.message;
    if (!note.isEmpty()) {
        auto *ground = new AgentGround(later.byAgent ? tr("Agent says what it changed")
                                                     : tr("What was sent back with it"));
        pieces::addForeign(ground->body(), note);
        m_said->addWidget(ground);
    }
    for (const PassageComment &comment : later.comments) {
        m_said->addWidget(new ProseBlock(
            tr("On “%1”: %2")
                .arg(foreignLine(comment.quote, longestRevisionQuote), foreignText(comment.text)),
            style::Type::Caption));
    }
}

void RevisionPane::take(const RevisionDiff &diff)
{
    QTextCursor cursor(m_diff->document());
    cursor.beginEditBlock();
    for (const DiffPiece &piece : diff.pieces) {
        cursor.insertText(piece.text, formatOf(piece.kind, palette()));
    }
    cursor.endEditBlock();
    m_diff->moveCursor(QTextCursor::Start);
    say(diff.removed + diff.added == 0
            ? tr("The text is the same.")
            : tr("%1 passages removed (struck through), %2 added (underlined)")
                  .arg(words::count(diff.removed), words::count(diff.added)));
    fit();
}

void RevisionPane::say(const QString &summary)
{
    m_summary->setText(summary);
    m_diff->setAccessibleDescription(summary);
}

void RevisionPane::fit()
{
    int lines = 0;
    const int perLine
        = qMax(20, m_diff->viewport()->width() / qMax(1, fontMetrics().averageCharWidth()));
    for (QTextBlock block = m_diff->document()->begin(); block.isValid() && lines < mostRevisionLines;
         block = block.next()) {
        lines += 1 + block.length() / perLine;
    }
    m_diff->setFixedHeight(qBound(fewestRevisionLines, lines + 1, mostRevisionLines) * fontMetrics().lineSpacing()
                           + 2 * style::gap);
}

void RevisionPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        compare();
    }
}

void RevisionPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) {
        fit(); // lines break elsewhere
    }
}

} // namespace countersign
