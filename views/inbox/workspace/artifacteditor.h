// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/artifact.h"

#include <QWidget>

class QPlainTextEdit;
class QStackedWidget;
class QTableWidget;

namespace countersign {

class MarkdownPainter;

/// An artifact to be changed in place: prose, Markdown and JSON as plain text, a table cell by
/// cell. What is hidden in the agent's text stands in brackets, and does so in what is sent where
/// it was changed.
class ArtifactEditor final : public QWidget
{
    Q_OBJECT
public:
    explicit ArtifactEditor(QWidget *parent = nullptr);

    void show(const Artifact &artifact);
    void reset(); ///< as the agent had it
    using QWidget::show;

    /// Too long to be changed here: its beginning is shown, and it stays as it is.
    [[nodiscard]] bool isCut() const { return m_cut; }
    [[nodiscard]] bool isChanged() const;
    /// What it holds now; InvalidInput where that is none of the artifact's type.
    [[nodiscard]] Result<Json> value() const;
    /// The passage that is selected, with an empty text; nothing where none is.
    [[nodiscard]] std::optional<PassageComment> passage() const;
    [[nodiscard]] QWidget *focusTarget() const;

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fillText();
    void fillTable();
    [[nodiscard]] Json tableValue() const;
    void fit();

    Artifact m_artifact;
    QString m_shown; ///< the text as it was put in
    QStackedWidget *m_stack;
    QPlainTextEdit *m_text;
    QTableWidget *m_table;
    MarkdownPainter *m_painter; ///< without a document unless it is Markdown
    bool m_cut = false;
    bool m_filling = false;
};

} // namespace countersign
