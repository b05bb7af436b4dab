// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/batchmodel.h"
#include "services/ports.h"

#include <QScrollArea>

class QProgressBar;

namespace countersign {

class ActionRegistry;
class BatchTable;
class DotStrip;
class KeyButton;
class PlainLabel;

/// What takes the place of the case while more than one is selected: the figures, what does not go
/// with the rest, what differs and what is the same; then how the decision goes, and what was left
/// out of it.
class BatchPanel final : public QScrollArea
{
    Q_OBJECT
public:
    explicit BatchPanel(ActionRegistry &actions, QWidget *parent = nullptr);

    void showSummary(const BatchModel &model);
    void showProgress(const QString &what, qsizetype done, qsizetype of);
    /// `whatOf` names a case on one line; foreign text.
    void showOutcome(const QString &title, const BatchReport &report,
                     const std::function<QString(const CaseId &)> &whatOf);

Q_SIGNALS:
    void caseChosen(const countersign::CaseId &id);
    void stopRequested();

private:
    void build();
    [[nodiscard]] QWidget *figures();
    void hideAll();
    void fillFigures(const BatchSummary &summary);
    void fillTables(const BatchSummary &summary);
    void fillNotes(const BatchModel &model);

    ActionRegistry &m_actions;
    PlainLabel *m_title;
    PlainLabel *m_note;
    QWidget *m_figures;
    struct Total
    {
        PlainLabel *sum;
        PlainLabel *currency;
        PlainLabel *detail;
    };
    QList<Total> m_totals;
    PlainLabel *m_noAmount;
    DotStrip *m_confidence;
    QWidget *m_apartHead;
    PlainLabel *m_apartTitle;
    BatchTable *m_apart;
    PlainLabel *m_apartMore;
    PlainLabel *m_differsTitle;
    BatchTable *m_differs;
    PlainLabel *m_differsMore;
    PlainLabel *m_sameTitle;
    BatchTable *m_same;
    QProgressBar *m_progress;
    KeyButton *m_stop;
    BatchTable *m_leftOut;
    PlainLabel *m_leftOutMore;
};

} // namespace countersign
