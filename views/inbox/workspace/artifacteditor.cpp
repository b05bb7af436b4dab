// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/workspace/artifacteditor.h"

#include "domain/displaytext.h"
#include "views/foreigntext.h"
#include "views/inbox/workspace/markdownpainter.h"
#include "views/style/tokens.h"

#include <QHeaderView>
#include <QPlainTextEdit>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTextBlock>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr qsizetype longestDraft = 2 * 1024 * 1024;
constexpr qsizetype longestEditable = 200'000; // beyond these an editor holds up the window
constexpr qsizetype longestLine = 8'000;
constexpr qsizetype longestCut = 8'000; // what is shown of one that is longer
constexpr qsizetype mostCells = 5'000;
constexpr int fewestLines = 6;
constexpr int mostLines = 18; // then it scrolls

QString visible(const QString &text)
{
    return displayText(text, {.maxLength = longestDraft}).text;
}

QString cellText(const Json &cell)
{
    return cell.isString() ? cell.toString()
        : cell.isNull()    ? QString()
                           : QString::fromUtf8(toJson(cell));
}

/// What was typed into a cell: it stays of its kind where it can.
Json cellValue(const QString &text, const Json &before)
{
    if (text == visible(cellText(before))) {
        return before;
    }
    const auto parsed = parseJson(text.toUtf8());
    return !before.isString() && parsed && !parsed->isString() ? *parsed : Json(text);
}

bool hasLongLine(QStringView text)
{
    qsizetype from = 0;
    while (text.size() - from > longestLine) {
        const qsizetype end = text.mid(from, longestLine).lastIndexOf(u'\n');
        if (end < 0) {
            return true;
        }
        from += end + 1;
    }
    return false;
}

qint64 codePoints(QStringView text)
{
    return text.size()
        - std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
}

} // namespace

ArtifactEditor::ArtifactEditor(QWidget *parent)
    : QWidget(parent),
      m_stack(new QStackedWidget),
      m_text(new QPlainTextEdit),
      m_table(new QTableWidget),
      m_painter(new MarkdownPainter(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_table);
    m_text->setTabChangesFocus(true);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height()
                                                     + style::tableRowPadding);
    const auto told = [this]() -> void {
        if (!m_filling) {
            Q_EMIT changed();
        }
    };
    connect(m_text, &QPlainTextEdit::textChanged, this, told);
    connect(m_table, &QTableWidget::cellChanged, this, told);
}

void ArtifactEditor::show(const Artifact &artifact)
{
    m_artifact = artifact;
    reset();
}

void ArtifactEditor::reset()
{
    m_filling = true;
    const bool table = m_artifact.type == Artifact::Type::Table;
    m_cut = false;
    m_stack->setCurrentWidget(table ? static_cast<QWidget *>(m_table) : m_text);
    for (QWidget *target : {static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_table)}) {
        target->setAccessibleName(tr("Draft: %1").arg(foreignName(m_artifact.title, 80)));
    }
    if (table) {
        fillTable();
    } else {
        fillText();
    }
    fit();
    m_filling = false;
    Q_EMIT changed();
}

void ArtifactEditor::fillText()
{
    const QString text = Artifact::toText(m_artifact.type, m_artifact.content);
    m_cut = text.size() > longestEditable || hasLongLine(text);
    m_shown = m_cut ? displayText(text, {.maxLength = longestCut}).text : visible(text);
    m_text->setReadOnly(m_cut);
    const QFont body = style::font(style::Type::Body, font());
    m_text->setFont(m_artifact.type == Artifact::Type::Json ? style::monospace(body) : body);
    const bool markdown = m_artifact.type == Artifact::Type::Markdown && !m_cut;
    m_painter->setDocument(nullptr);
    m_text->setPlainText(m_shown);
    if (markdown) {
        m_painter->setDocument(m_text->document());
        m_painter->setBase(m_text->font(), m_text->palette());
    }
}

void ArtifactEditor::fillTable()
{
    const QStringList columns = m_artifact.content[u"columns"].toStrings();
    const Json::Array &rows = m_artifact.content[u"rows"].items();
    m_cut = rows.size() * columns.size() > mostCells;
    const auto shownRows = int(m_cut ? mostCells / columns.size() : rows.size());
    m_table->clear();
    m_table->setColumnCount(int(columns.size()));
    m_table->setRowCount(shownRows);
    m_table->setEditTriggers(m_cut ? QAbstractItemView::NoEditTriggers
                                   : QAbstractItemView::DoubleClicked
                                     | QAbstractItemView::EditKeyPressed
                                     | QAbstractItemView::AnyKeyPressed);
    for (int column = 0; column < columns.size(); ++column) {
        m_table->setHorizontalHeaderItem(column,
                                         new QTableWidgetItem(foreignLine(columns.at(column), 80)));
    }
    for (int row = 0; row < shownRows; ++row) {
        for (int column = 0; column < columns.size(); ++column) {
            const Json &cell = rows.at(row).items().at(column);
            auto *item = new QTableWidgetItem(visible(cellText(cell)));
            if (cell.isNumber()) {
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            }
            m_table->setItem(row, column, item);
        }
    }
}

/// As tall as what it holds, within bounds, so that the pane scrolls and not a hole in it.
void ArtifactEditor::fit()
{
    const int frame = 2 * style::gap;
    if (m_stack->currentWidget() == m_table) {
        const int rows = qBound(2, m_table->rowCount() + 1, mostLines);
        m_stack->setFixedHeight(rows * (fontMetrics().height() + style::tableRowPadding) + frame);
        return;
    }
    int lines = 0;
    const int width = qMax(1, fontMetrics().averageCharWidth());
    const int perLine = qMax(20, m_text->viewport()->width() / width);
    for (QTextBlock block = m_text->document()->begin(); block.isValid() && lines < mostLines;
         block = block.next()) {
        lines += 1 + block.length() / perLine;
    }
    m_stack->setFixedHeight(qBound(fewestLines, lines + 1, mostLines) * fontMetrics().lineSpacing()
                            + frame);
}

bool ArtifactEditor::isChanged() const
{
    if (m_cut) {
        return false;
    }
    return m_artifact.type == Artifact::Type::Table ? tableValue() != m_artifact.content
                                                    : m_text->toPlainText() != m_shown;
}

Result<Json> ArtifactEditor::value() const
{
    if (!isChanged()) {
        return m_artifact.content;
    }
    auto value = m_artifact.type == Artifact::Type::Table
        ? Result<Json>(tableValue())
        : Artifact::fromText(m_artifact.type, m_text->toPlainText());
    if (!value) {
        return value;
    }
    const auto checked = Artifact::check(m_artifact.type, *value);
    return checked ? value : tl::unexpected<Error>(checked.error());
}

Json ArtifactEditor::tableValue() const
{
    Json rows = Json::array();
    const Json::Array &before = m_artifact.content[u"rows"].items();
    for (int row = 0; row < m_table->rowCount(); ++row) {
        Json cells = Json::array();
        for (int column = 0; column < m_table->columnCount(); ++column) {
            const QTableWidgetItem *item = m_table->item(row, column);
            cells.append(cellValue(item == nullptr ? QString() : item->text(),
                                   before.at(row).items().at(column)));
        }
        rows.append(cells);
    }
    Json value = m_artifact.content;
    value.set(QStringLiteral("rows"), rows);
    return value;
}

std::optional<PassageComment> ArtifactEditor::passage() const
{
    if (m_artifact.type == Artifact::Type::Table) {
        const QTableWidgetItem *item = m_table->currentItem();
        return item == nullptr || item->text().isEmpty()
            ? std::nullopt
            : std::optional(PassageComment{.quote = item->text(), .start = {}, .text = {}});
    }
    const QTextCursor cursor = m_text->textCursor();
    if (!cursor.hasSelection()) {
        return std::nullopt;
    }
    const QString text = m_text->toPlainText();
    PassageComment comment{.quote = text.mid(cursor.selectionStart(),
                                             cursor.selectionEnd() - cursor.selectionStart())};
    const QString agents = Artifact::toText(m_artifact.type, m_artifact.content);
    if (m_artifact.type != Artifact::Type::Json
        && (isChanged() || agents.startsWith(QStringView(text).left(cursor.selectionEnd())))) {
        comment.start = codePoints(QStringView(text).left(cursor.selectionStart()));
    }
    return comment;
}

QWidget *ArtifactEditor::focusTarget() const
{
    return m_stack->currentWidget();
}

void ArtifactEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_painter->document() != nullptr) {
        m_filling = true; // another look is no change
        m_painter->setBase(m_text->font(), m_text->palette());
        m_filling = false;
    }
}

void ArtifactEditor::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) {
        fit(); // lines break elsewhere
    }
}

} // namespace countersign
