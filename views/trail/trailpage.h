// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"
#include "domain/ids.h"

#include <QList>
#include <QWidget>

class QAction;
class QLabel;
class QSettings;
class QSplitter;
class QTableView;

namespace countersign {

class ActionRegistry;
class Clock;
class EventPane;
class Prompt;
class TrailFilterBar;
class TrailModel;
class TrailPort;
class VerificationStrip;

/// The trail: what happened, newest first; one event in full; verification and export of what the
/// filter finds. Keys act while the table has the focus (place "trail.table").
class TrailPage final : public QWidget
{
    Q_OBJECT
public:
    TrailPage(TrailModel &model, TrailPort &trail, ActionRegistry &actions, Prompt &prompt,
              const Clock &clock, QWidget *parent = nullptr);

    /// Every event of one case, and nothing else.
    void showCase(const CaseId &id);
    /// The same, with this one chosen where it is among the newest; negative: the newest.
    void showStory(const CaseId &id, qint64 seq);
    void save(QSettings &settings) const;
    void restore(QSettings &settings);

Q_SIGNALS:
    void done(const QString &sentence);
    void failed(const countersign::Error &error);

protected:
    void showEvent(QShowEvent *event) override;
    void focusInEvent(QFocusEvent *event) override; ///< gives it to the table
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void buildTable();
    void addActions(ActionRegistry &actions);
    [[nodiscard]] QAction *addAction(ActionRegistry &actions, const QString &id,
                                     const QString &text, const QKeySequence &keys,
                                     const QString &symbol, void (TrailPage::*slot)());
    void connectParts();
    void sizeColumns();
    void describe();
    void select(qint64 seq);
    void showCurrent();
    void readFacets();

    void verify();
    void verifyAgainstFiles();
    void verifyAgainstClipboard();
    void storyOfCurrent();
    void exportCsv();
    void exportJson();
    void exportRows(bool csv);
    void copyCheckpoint();
    void saveCheckpoint();
    void findCase();
    void showNewest();

    TrailModel &m_model;
    TrailPort &m_trail;
    Prompt &m_prompt;
    VerificationStrip *m_strip;
    TrailFilterBar *m_filters;
    QTableView *m_table;
    QLabel *m_count;
    QLabel *m_empty;
    EventPane *m_pane;
    QSplitter *m_splitter;
    QList<QAction *> m_verifying; ///< off while a verification runs
    QAction *m_story = nullptr;
    qint64 m_current = -1; ///< the event in the pane
    qint64 m_wanted = -1; ///< to be chosen once it is read
};

} // namespace countersign
