// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/batchmodel.h"
#include "items/casemodel.h"
#include "items/inboxmodel.h"
#include "items/pacemodel.h"
#include "items/peoplemodel.h"
#include "items/timelinemodel.h"
#include "services/caseport.h"
#include "services/ports.h"
#include "services/reviewport.h"
#include "views/window/palettesource.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace countersign {

class ActionRegistry;
class BatchDecider;
class BatchPanel;
class CaseView;
class Decider;
class DecisionBar;
class EmptyState;
class FilterPane;
class FindBar;
class InboxList;
class MessageBar;
class PlainLabel;
class SavedFilters;
class WayBack;

/// What the inbox is built from; all of it outlives the page.
struct InboxContext
{
    InboxModel &inbox;
    CaseModel &detail;
    BatchModel &batch;
    DecisionPort &decisions;
    BatchPort &batches;
    CasePort &cases;
    ReviewPort &reviews;
    PaceModel &pace;
    PeopleModel &people;
    TimelineModel &timeline;
    EndpointPort &endpoints;
    ActionRegistry &actions;
    MessageBar &messages;
    const Clock &clock;
    PersonId person;
    QSettings &state; ///< filter, order, widths, folds; under the group "inbox"
};

/// The inbox: queues and filters, the list, the case with its decisions. Registers its actions
/// ("inbox.…").
class InboxPage final : public QWidget
{
    Q_OBJECT
public:
    explicit InboxPage(const InboxContext &context, QWidget *parent = nullptr);
    ~InboxPage() override;

    /// Shows what a filter finds, in the whole page, and puts the focus on the list.
    void applyFilter(const InboxFilter &filter);
    /// The inbox's filters for the palette; choosing one `apply`s it.
    [[nodiscard]] QList<PaletteEntry>
    filterEntries(const std::function<void(const InboxFilter &)> &apply) const;
    /// Opens a case and selects its row, widening the filter where it hides it.
    void showCase(const CaseId &id);

Q_SIGNALS:
    void connectEndpointRequested();
    /// The case's story in the trail, at this event; negative: its newest.
    void trailRequested(const countersign::CaseId &id, qint64 seq);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override; ///< gives it to the list
    void keyPressEvent(QKeyEvent *event) override;

private:
    using AddAction = std::function<QAction *(const char *verb, const QString &text,
                                              const QList<QKeySequence> &keys, const char *symbol)>;
    void registerActions();
    void registerSelection(const AddAction &add);
    void registerCare(const AddAction &add);
    void buildSide();
    void buildList();
    void buildCase();
    void connectParts();
    void restoreState();
    void keepState();
    void fold();
    void showState(); ///< list or an empty state; counts; strip
    void showFoot();
    void showPace();
    void showPast(const CaseId &id); ///< beside the case that the list is at

    InboxContext m_context;
    QSplitter *m_split;
    SavedFilters *m_saved;
    FilterPane *m_filters = nullptr;
    QWidget *m_middle;
    FindBar *m_find = nullptr;
    QPushButton *m_fold;
    QPushButton *m_news;
    QStackedWidget *m_stack;
    InboxList *m_list;
    EmptyState *m_empty;
    PlainLabel *m_foot;
    PlainLabel *m_pace; ///< the reviewer's own day
    QStackedWidget *m_right;
    CaseView *m_view;
    BatchPanel *m_batch;
    DecisionBar *m_bar;
    WayBack *m_back;
    Decider *m_decider;
    BatchDecider *m_many;
    QTimer m_second;
    QTimer m_ages;
};

} // namespace countersign
