// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trail/trailpage.h"

#include "domain/continued.h"

#include "items/trailmodel.h"
#include "services/ports.h"
#include "views/actionregistry.h"
#include "views/prompt.h"
#include "views/style/icons.h"
#include "views/trail/eventpane.h"
#include "views/trail/traildelegate.h"
#include "views/trail/trailfilterbar.h"
#include "views/trail/verificationstrip.h"

#include <QClipboard>
#include <QFile>
#include <QFocusEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSaveFile>
#include <QSettings>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr qint64 longestNote = 64 * 1024;
const QString trailPlace = QStringLiteral("trail.table");

} // namespace

TrailPage::TrailPage(TrailModel &model, TrailPort &trail, ActionRegistry &actions, Prompt &prompt,
                     const Clock &clock, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_trail(trail),
      m_prompt(prompt),
      m_strip(new VerificationStrip(trail, clock, this)),
      m_filters(new TrailFilterBar(clock, this)),
      m_table(new QTableView(this)),
      m_count(new QLabel(this)),
      m_empty(new QLabel(m_table->viewport())),
      m_pane(new EventPane(this)),
      m_splitter(new QSplitter(this))
{
    build();
    addActions(actions);
    connectParts();
    describe();
}

void TrailPage::build()
{
    buildTable();
    m_count->setTextFormat(Qt::PlainText);
    m_count->setFont(style::font(style::Type::Caption, font()));
    m_count->setContentsMargins(style::groupGap, style::unit, style::groupGap, style::unit);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setContentsMargins(style::groupGap, style::groupGap, style::groupGap, 0);
    auto *left = new QWidget(this);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    leftColumn->addWidget(m_table, 1);
    leftColumn->addWidget(m_count);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({style::readingWidth, style::readingWidth / 2});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(m_filters);
    column->addWidget(m_splitter, 1);
}

void TrailPage::buildTable()
{
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new TrailDelegate(m_table));
    m_table->setAccessibleName(tr("Events"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height()
                                                     + style::tableRowPadding);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(style::pageEdge);
    header->setSectionResizeMode(TrailModel::WhatColumn, QHeaderView::Stretch);
    const QFontMetrics metrics = m_table->fontMetrics();
    const auto width = [&](const QString &sample) -> int {
        return metrics.horizontalAdvance(sample) + 3 * style::gap;
    };
    m_table->setColumnWidth(TrailModel::NumberColumn, width(QStringLiteral("4,812,331")));
    m_table->setColumnWidth(TrailModel::TimeColumn, width(QStringLiteral("2026-11-20 14:46:49")));
    m_table->setColumnWidth(TrailModel::WhoColumn, width(QStringLiteral("Johanna Schmidt")));
    m_table->setColumnWidth(TrailModel::CaseColumn, width(QStringLiteral("c-48123")));
    m_table->setColumnWidth(TrailModel::AgentColumn, width(QStringLiteral("support-agent")));
    m_table->setColumnWidth(TrailModel::DecisionColumn,
                            width(QStringLiteral("superseded")) + style::icon);
}

QAction *TrailPage::addAction(ActionRegistry &actions, const QString &id, const QString &text,
                              const QKeySequence &keys, const QString &symbol,
                              void (TrailPage::*slot)())
{
    QAction *action = actions.add({.id = id,
                                   .text = text,
                                   .keys = keys.isEmpty() ? QList<QKeySequence>() : QList{keys},
                                   .place = trailPlace,
                                   .symbol = symbol,
                                   .group = tr("Trail"),
                                   .anywhere = slot != &TrailPage::storyOfCurrent});
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void TrailPage::addActions(ActionRegistry &actions)
{
    const auto add = [&](const char *id, const QString &text, const QKeySequence &keys,
                         const char *symbol, void (TrailPage::*slot)()) -> QAction * {
        return addAction(actions, QLatin1String(id), text, keys, QLatin1String(symbol), slot);
    };
    QAction *verifyNow
        = add("trail.verify", tr("Verify"), Qt::Key_V, "approve", &TrailPage::verify);
    QAction *againstFiles
        = add("trail.verify_files", tr("Verify against a checkpoint file…"),
              QKeySequence(Qt::SHIFT | Qt::Key_V), "approve", &TrailPage::verifyAgainstFiles);
    QAction *againstClipboard
        = add("trail.verify_clipboard", tr("Verify against the checkpoint on the clipboard"), {},
              "approve", &TrailPage::verifyAgainstClipboard);
    m_verifying = {verifyNow, againstFiles, againstClipboard};
    QAction *copyNote = add("trail.copy_checkpoint", tr("Copy checkpoint"), {}, "copy",
                            &TrailPage::copyCheckpoint);
    QAction *saveNote = add("trail.save_checkpoint", tr("Save checkpoint…"), {}, "export",
                            &TrailPage::saveCheckpoint);
    QAction *csv
        = add("trail.export_csv", tr("Export as CSV…"), Qt::Key_E, "export", &TrailPage::exportCsv);
    QAction *json = add("trail.export_json", tr("Export as JSON lines…"),
                        QKeySequence(Qt::SHIFT | Qt::Key_E), "export", &TrailPage::exportJson);
    m_story = add("trail.story", tr("Whole story of this case"), Qt::Key_W, "trail",
                  &TrailPage::storyOfCurrent);
    add("trail.find_case", tr("Find a case"), Qt::Key_Slash, "search", &TrailPage::findCase);
    add("trail.newest", tr("Show the newest events"), Qt::Key_F5, "refresh",
        &TrailPage::showNewest);
    actions.attach(trailPlace, m_table);

    const auto addButton
        = [this](const QString &text, QAction *main, const QList<QAction *> &more) -> void {
        auto *button = new QToolButton(m_strip);
        auto *menu = new QMenu(button);
        menu->addActions(more);
        button->setMenu(menu);
        if (main != nullptr) {
            button->setDefaultAction(main);
            button->setPopupMode(QToolButton::MenuButtonPopup);
        } else {
            button->setText(text);
            button->setIcon(style::symbol(QStringLiteral("export")));
            button->setPopupMode(QToolButton::InstantPopup);
        }
        m_strip->addButton(button);
    };
    addButton({}, verifyNow, {againstFiles, againstClipboard});
    addButton(tr("Export"), nullptr, {csv, json, copyNote, saveNote});
}

void TrailPage::connectParts()
{
    connect(m_filters, &TrailFilterBar::filterChanged, this, [this]() -> void {
        if (isVisible()) {
            m_model.setFilter(m_filters->filter());
        }
    });
    connect(&m_model, &TrailModel::stateChanged, this, &TrailPage::describe);
    connect(&m_model, &TrailModel::failed, this, &TrailPage::failed);
    connect(&m_model, &QAbstractItemModel::modelReset, this,
            [this]() -> void { select(m_wanted < 0 ? m_current : m_wanted); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &TrailPage::showCurrent);
    connect(m_strip, &VerificationStrip::refreshRequested, this, &TrailPage::showNewest);
    connect(m_strip, &VerificationStrip::failed, this, &TrailPage::failed);
    connect(m_strip, &VerificationStrip::runningChanged, this, [this](bool running) -> void {
        for (QAction *action : std::as_const(m_verifying)) {
            action->setEnabled(!running);
        }
    });
    connect(m_pane, &EventPane::storyRequested, this, &TrailPage::showCase);
    connect(m_pane, &EventPane::copied, this, &TrailPage::done);
}

void TrailPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    readFacets();
    if (m_filters->filter() != m_model.filter() || m_model.total() == 0) {
        m_model.setFilter(m_filters->filter());
    }
    if (m_model.unseen() > 0) {
        m_model.refresh();
    }
}

// Not by a focus proxy: Tab would jump to it over all that stands before it.
void TrailPage::focusInEvent(QFocusEvent *event)
{
    m_table->setFocus(event->reason());
}

void TrailPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    sizeColumns();
}

void TrailPage::sizeColumns()
{
    // The sentence names agents and people as well, so it is given the room first.
    m_table->setColumnHidden(TrailModel::AgentColumn, width() < style::foldBelow * 3 / 2);
    m_table->setColumnHidden(TrailModel::WhoColumn, width() < style::foldBelow);
    m_table->setColumnHidden(TrailModel::DecisionColumn, width() < style::foldBelow);
}

void TrailPage::readFacets()
{
    continued(m_model.facets(), this, [this](const Result<TrailFacets> &facets) -> void {
        if (facets) {
            m_filters->setFacets(*facets);
        } else {
            Q_EMIT failed(facets.error());
        }
    });
}

void TrailPage::describe()
{
    m_strip->setTotal(m_model.total(), m_model.unseen());
    const int rows = m_model.rowCount();
    const QString number = QLocale().toString(rows);
    const bool filtered = m_model.filter() != TrailFilter{};
    m_count->setText(
        m_model.isComplete()
            ? (filtered ? (rows == 1 ? tr("1 event matches") : tr("%1 events match").arg(number))
                        : (rows == 1 ? tr("1 event") : tr("%1 events").arg(number)))
            : tr("The newest %1; more come as you scroll").arg(number));
    m_empty->setVisible(rows == 0 && !m_model.isBusy());
    m_empty->setText(filtered ? tr("No event matches these filters.")
                              : tr("Nothing has happened yet."));
    m_empty->adjustSize();
}

void TrailPage::select(qint64 seq)
{
    const int row = m_model.rowOf(seq);
    m_wanted = m_model.rowCount() > 0 ? -1 : m_wanted;
    if (row >= 0) {
        m_table->selectRow(row);
        m_table->scrollTo(m_model.index(row, 0));
        return;
    }
    m_table->scrollToTop();
    if (m_model.rowCount() > 0) {
        m_table->selectRow(0);
    } else {
        m_current = -1;
        m_pane->showNothing(tr("Choose an event to see it in full."));
    }
}

void TrailPage::showCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    const QVariant seq = current.data(TrailModel::SeqRole);
    m_story->setEnabled(!current.data(TrailModel::CaseRole).toString().isEmpty());
    if (!seq.isValid() || seq.toLongLong() < 0) {
        return;
    }
    m_current = seq.toLongLong();
    continued(m_model.detail(m_current), this,
              [this, asked = m_current](const Result<EventDetail> &detail) -> void {
                  if (asked != m_current) {
                      return; // another row was chosen meanwhile
                  }
                  if (detail) {
                      m_pane->show(*detail);
                  } else {
                      m_pane->showNothing(detail.error().text);
                  }
              });
}

void TrailPage::showCase(const CaseId &id)
{
    m_filters->showCase(id);
}

void TrailPage::showStory(const CaseId &id, qint64 seq)
{
    m_wanted = seq;
    showCase(id);
    if (m_filters->filter() == m_model.filter() && m_model.rowCount() > 0) {
        select(seq); // it was shown already
    }
}

void TrailPage::storyOfCurrent()
{
    const QString id = m_table->currentIndex().data(TrailModel::CaseRole).toString();
    if (!id.isEmpty()) {
        showCase(CaseId(id));
    }
}

void TrailPage::findCase()
{
    m_filters->focusCase();
}

void TrailPage::showNewest()
{
    m_current = -1;
    m_model.refresh();
    readFacets();
}

void TrailPage::verify()
{
    m_strip->verify({});
}

void TrailPage::verifyAgainstFiles()
{
    m_prompt.openFiles(
        this, tr("Checkpoints that were kept elsewhere"),
        tr("Checkpoints (*.note *.txt);;All files (*)"), [this](const QStringList &paths) -> void {
            QList<QByteArray> notes;
            for (const QString &path : paths) {
                QFile file(path);
                if (!file.open(QIODevice::ReadOnly)) {
                    Q_EMIT failed({.code = ErrorCode::InvalidInput,
                                   .text = tr("%1 cannot be read: %2. Nothing was verified.")
                                               .arg(path, file.errorString())});
                    return;
                }
                notes.append(file.read(longestNote));
            }
            m_strip->verify(notes);
        });
}

void TrailPage::verifyAgainstClipboard()
{
    m_strip->verify({QGuiApplication::clipboard()->text().toUtf8()});
}

void TrailPage::exportCsv()
{
    exportRows(true);
}

void TrailPage::exportJson()
{
    exportRows(false);
}

void TrailPage::exportRows(bool csv)
{
    m_prompt.saveFile(this, tr("Export what the filters find"),
                      csv ? QStringLiteral("trail.csv") : QStringLiteral("trail.jsonl"),
                      csv ? tr("CSV (*.csv)") : tr("JSON lines (*.jsonl)"),
                      [this, csv](const QString &path) -> void {
                          continued(m_trail.exportRows(m_model.query(), path, csv), this,
                                    [this, path](const Result<qint64> &rows) -> void {
                                        if (rows) {
                                            Q_EMIT done(tr("Written to %2; number of events: %1.")
                                                            .arg(QLocale().toString(*rows), path));
                                        } else {
                                            Q_EMIT failed(rows.error());
                                        }
                                    });
                      });
}

void TrailPage::copyCheckpoint()
{
    continued(m_trail.checkpoint(), this, [this](const Result<QByteArray> &note) -> void {
        if (note) {
            QGuiApplication::clipboard()->setText(QString::fromUtf8(*note));
            Q_EMIT done(tr("The checkpoint was copied. Keep it where nobody who can change this "
                           "trail can change it."));
        } else {
            Q_EMIT failed(note.error());
        }
    });
}

void TrailPage::saveCheckpoint()
{
    m_prompt.saveFile(
        this, tr("Save a checkpoint of the trail"), QStringLiteral("checkpoint.note"),
        tr("Checkpoints (*.note)"), [this](const QString &path) -> void {
            continued(
                m_trail.checkpoint(), this, [this, path](const Result<QByteArray> &note) -> void {
                    QSaveFile file(path);
                    if (!note) {
                        Q_EMIT failed(note.error());
                    } else if (file.open(QIODevice::WriteOnly) && file.write(*note) == note->size()
                               && file.commit()) {
                        Q_EMIT done(tr("The checkpoint was saved as %1.").arg(path));
                    } else {
                        Q_EMIT failed(
                            {.code = ErrorCode::Storage,
                             .text
                             = tr("%1 could not be written: %2.").arg(path, file.errorString())});
                    }
                });
        });
}

void TrailPage::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("splitter"), m_splitter->saveState());
    m_filters->save(settings);
}

void TrailPage::restore(QSettings &settings)
{
    m_splitter->restoreState(settings.value(QStringLiteral("splitter")).toByteArray());
    m_filters->restore(settings);
}

} // namespace countersign
