// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/inboxpage.h"

#include "items/errorrates.h"
#include "views/actionregistry.h"
#include "views/foreigntext.h"
#include "views/inbox/batchdecider.h"
#include "views/inbox/batchpanel.h"
#include "views/inbox/caretaker.h"
#include "views/inbox/caseview.h"
#include "views/inbox/decider.h"
#include "views/inbox/decisionbar.h"
#include "views/inbox/emptystate.h"
#include "views/inbox/filterpane.h"
#include "views/inbox/findbar.h"
#include "views/inbox/inboxlist.h"
#include "views/inbox/lookwatch.h"
#include "views/inbox/savedfilters.h"
#include "views/inbox/savedpane.h"
#include "views/inbox/sections/workspacesection.h"
#include "views/inbox/wayback.h"
#include "views/messagebar.h"
#include "views/style/icons.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int agesMs = 10'000; // ages of the rows in sight are minutes at the finest

QString settingKey(const char *name)
{
    return QStringLiteral("inbox/") + QLatin1String(name);
}

QString listPlace()
{
    return QStringLiteral("inbox.list");
}

QString pagePlace()
{
    return QStringLiteral("inbox.page");
}

} // namespace

InboxPage::InboxPage(const InboxContext &context, QWidget *parent)
    : QWidget(parent),
      m_context(context),
      m_split(new QSplitter),
      m_saved(new SavedFilters(context.state, settingKey("saved"), this)),
      m_middle(new QWidget),
      m_fold(new QPushButton),
      m_news(new QPushButton),
      m_stack(new QStackedWidget),
      m_list(new InboxList(context.inbox, context.clock)),
      m_empty(new EmptyState),
      m_foot(new PlainLabel(style::Type::Caption)),
      m_pace(new PlainLabel(style::Type::Caption))
{
    registerActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_split);
    m_split->setChildrenCollapsible(false);
    buildSide();
    buildList();
    buildCase();
    context.inbox.setReviewer(context.person);
    context.detail.setReviewer(context.person);
    context.batch.setReviewer(context.person);
    connect(&context.pace, &PaceModel::changed, this, &InboxPage::showPace);
    context.pace.setPerson(context.person);
    showPace();
    auto *look = new LookWatch(context.detail, *m_view, context.clock);
    m_decider = new Decider(context, *m_list, *m_view, *m_bar, *look, this);
    m_many = new BatchDecider(context, *m_list, *m_batch, *m_bar, *m_decider, this);
    new Caretaker(context, *m_list, *m_bar, *this);
    context.inbox.setDescriber([this, &clock = context.clock](const InboxRow &row) -> QString {
        const QString sentence = words::sentence(row, clock.nowMs());
        return m_list->marks().contains(row.id) ? tr("Selected. %1").arg(sentence) : sentence;
    });
    connectParts();
    restoreState();
    showState();
}

InboxPage::~InboxPage()
{
    keepState();
}

void InboxPage::registerActions()
{
    const QString group = tr("Inbox");
    const auto add = [&](const char *verb, const QString &text, const QList<QKeySequence> &keys,
                         const char *symbol) -> QAction * {
        return m_context.actions.add({QStringLiteral("inbox.") + QLatin1String(verb), text, keys,
                                      listPlace(), QLatin1String(symbol), group});
    };
    add("approve", tr("Approve"), {Qt::Key_A}, "approve");
    add("edit", tr("Edit"), {Qt::Key_E}, "edit");
    add("sendback", tr("Send back"), {Qt::Key_S}, "sendback");
    add("reject", tr("Reject"), {Qt::Key_R}, "reject");
    add("ignore", tr("Ignore"), {Qt::Key_I}, "ignore");
    connect(add("workspace", tr("Work on the draft"), {Qt::Key_W}, "edit"), &QAction::triggered,
            this, [this]() -> void { m_view->workspace().open(); });
    registerCare(add);
    add("repair", tr("Repair"), {}, "trouble");
    add("undo", tr("Undo"), {Qt::Key_Z, QKeySequence::Undo}, "undo");
    add("return", tr("Back to it"), {Qt::Key_B}, "chevron-right");
    connect(add("next", tr("Next case"), {Qt::Key_J}, ""), &QAction::triggered, m_list,
            [this]() -> void { m_list->step(1); });
    connect(add("previous", tr("Previous case"), {Qt::Key_K}, ""), &QAction::triggered, m_list,
            [this]() -> void { m_list->step(-1); });
    connect(add("takein", tr("Take in what is new"), {Qt::Key_N}, "refresh"), &QAction::triggered,
            &m_context.inbox, &InboxModel::takeIn);
    registerSelection(add);
    for (const char *verb : {"next", "previous", "selectdown", "selectup"}) {
        m_context.actions.action(QStringLiteral("inbox.") + QLatin1String(verb))
            ->setAutoRepeat(true);
    }
    m_context.actions.attach(listPlace(), m_list);
    m_context.actions.attach(pagePlace(), this);
}

/// What decides nothing.
void InboxPage::registerCare(const AddAction &add)
{
    add("setaside", tr("Set aside"), {Qt::Key_D}, "setaside");
    add("assign", tr("Assign"), {Qt::Key_G}, "person");
    add("assignme", tr("Assign to me"), {Qt::Key_M}, "person");
    add("comment", tr("Comment"), {Qt::Key_C}, "edit");
    add("followup", tr("Follow up"), {Qt::Key_U}, "clock");
    connect(add("trail", tr("Show in trail"), {Qt::Key_T}, "trail"), &QAction::triggered, this,
            [this]() -> void {
                if (!m_context.detail.id().isEmpty()) {
                    Q_EMIT trailRequested(m_context.detail.id(), -1);
                }
            });
}

/// Beside these, the mouse: Ctrl for one more, Shift for a range.
void InboxPage::registerSelection(const AddAction &add)
{
    const auto on
        = [this, &add](const char *verb, const QString &text, const QList<QKeySequence> &keys,
                       const char *symbol, const std::function<void()> &act) -> void {
        connect(add(verb, text, keys, symbol), &QAction::triggered, m_list, act);
    };
    on("select", tr("Select or unselect"), {Qt::Key_Space}, "selected",
       [this]() -> void { m_list->toggleMark(); });
    on("selectdown", tr("Select downwards"),
       {QKeySequence(Qt::SHIFT | Qt::Key_J), QKeySequence(Qt::SHIFT | Qt::Key_Down)}, "",
       [this]() -> void { m_list->extendMarks(1); });
    on("selectup", tr("Select upwards"),
       {QKeySequence(Qt::SHIFT | Qt::Key_K), QKeySequence(Qt::SHIFT | Qt::Key_Up)}, "",
       [this]() -> void { m_list->extendMarks(-1); });
    on("selectlike", tr("Select all like this one"), {Qt::Key_L}, "selected",
       [this]() -> void { m_list->markAlike(); });
    on("selectall", tr("Select all that match"), {QKeySequence(Qt::CTRL | Qt::Key_A)}, "selected",
       [this]() -> void { m_list->markAll(); });
    on("selectnone", tr("Select none"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)}, "",
       [this]() -> void { m_list->setMarks({}); });
    m_context.actions.add({.id = QStringLiteral("inbox.back"),
                           .text = tr("Back to the case"),
                           .keys = {QKeySequence(Qt::ALT | Qt::Key_Left)},
                           .place = pagePlace(),
                           .symbol = QStringLiteral("undo"),
                           .group = tr("Inbox"),
                           .within = true});
    add("leaveout", tr("Leave these out"), {Qt::Key_O}, "filter");
}

void InboxPage::buildSide()
{
    auto *saved = new SavedPane(m_context.inbox, *m_saved, m_context.actions, m_context.messages);
    m_filters = new FilterPane(m_context.inbox, saved);
    m_split->addWidget(m_filters);
    connect(saved, &SavedPane::chosen, &m_context.inbox, &InboxModel::setFilter);
    ErrorRates::of(m_context.inbox).load();
}

void InboxPage::buildList()
{
    m_find = new FindBar(m_context.inbox, *m_saved, m_context.actions, listPlace(),
                         [this](const QString &id) -> QString {
                             for (const EndpointView &view : m_context.endpoints.endpoints()) {
                                 if (view.endpoint.id.toString() == id) {
                                     return view.endpoint.name;
                                 }
                             }
                             return id;
                         });
    m_fold->setText(tr("Filters"));
    m_fold->setIcon(style::symbol(QStringLiteral("filter")));
    m_fold->setCheckable(true);
    m_fold->setAutoDefault(false);
    m_news->setAutoDefault(false);
    m_news->setIcon(style::symbol(QStringLiteral("chevron-down"), style::Role::Info));
    m_news->hide();
    m_foot->setRole(style::Role::Muted);
    m_foot->setContentsMargins(style::groupGap, style::unit, style::groupGap, style::unit);
    m_find->addLeading(m_fold);
    auto *layout = new QVBoxLayout(m_middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_find);
    layout->addWidget(makeHairline());
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_news);
    layout->addWidget(makeHairline());
    layout->addWidget(m_foot);
    layout->addWidget(m_pace);
    m_pace->setObjectName(QStringLiteral("pace"));
    m_pace->setContentsMargins(style::groupGap, 0, style::groupGap, style::unit);
    m_pace->setWordWrap(true);
    m_split->addWidget(m_middle);
}

void InboxPage::buildCase()
{
    auto *right = new QWidget;
    m_view = new CaseView(m_context.detail, m_context.timeline, m_context.clock, m_context.state);
    m_batch = new BatchPanel(m_context.actions);
    m_right = new QStackedWidget;
    m_right->addWidget(m_view);
    m_right->addWidget(m_batch);
    m_bar = new DecisionBar(m_context.actions, m_context.clock);
    m_back = new WayBack(m_context.detail, m_context.actions.action(QStringLiteral("inbox.back")));
    auto *layout = new QVBoxLayout(right);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_back);
    layout->addWidget(m_right, 1);
    layout->addWidget(makeHairline());
    layout->addWidget(m_bar);
    m_split->addWidget(right);
    m_split->setStretchFactor(0, 0);
    m_split->setStretchFactor(1, 0);
    m_split->setStretchFactor(2, 1);
}

void InboxPage::connectParts()
{
    InboxModel &inbox = m_context.inbox;
    connect(&inbox, &QAbstractItemModel::modelReset, this, &InboxPage::showState);
    connect(&inbox, &InboxModel::newCountChanged, this, &InboxPage::showState);
    connect(&inbox, &InboxModel::countsChanged, this, &InboxPage::showFoot);
    connect(&inbox, &InboxModel::loaded, this, [this]() -> void {
        if (m_list->currentCase().isEmpty()) {
            m_list->step(0);
        }
    });
    const auto failed = [this](const Error &error) -> void {
        m_context.messages.show(QStringLiteral("inbox.read"), error);
    };
    connect(&inbox, &InboxModel::failed, this, failed);
    connect(&m_context.detail, &CaseModel::failed, this, failed);
    connect(&m_context.timeline, &TimelineModel::failed, this, failed);
    connect(m_view, &CaseView::trailRequested, this, &InboxPage::trailRequested);
    connect(&m_context.detail, &CaseModel::changed, this, [this]() -> void {
        if (m_context.detail.current()) {
            m_context.inbox.markSeen(m_context.detail.id());
        }
    });
    connect(&m_context.endpoints, &EndpointPort::endpointsChanged, this, &InboxPage::showState);
    connect(m_list, &InboxList::currentCaseChanged, this, [this](const CaseId &id) -> void {
        m_back->forget();
        m_context.detail.open(id);
    });
    connect(m_list, &InboxList::openRequested, m_view, [this]() -> void {
        if (m_many->isShown()) {
            m_many->look();
        } else {
            m_back->forget();
            m_context.detail.open(m_list->currentCase());
            m_view->setFocus(Qt::OtherFocusReason);
        }
    });
    connect(m_list, &InboxList::marksChanged, this, &InboxPage::showFoot);
    connect(m_many, &BatchDecider::shownChanged, m_right,
            [this](bool many) -> void { m_right->setCurrentIndex(many ? 1 : 0); });
    connect(m_batch, &BatchPanel::caseChosen, this, [this](const CaseId &id) -> void {
        showCase(id);
        m_many->look();
    });
    connect(&m_context.batch, &BatchModel::failed, this, failed);
    connect(m_view, &CaseView::caseChosen, this, &InboxPage::showCase);
    connect(m_decider, &Decider::caseWanted, this, &InboxPage::showCase);
    connect(m_view, &CaseView::pastChosen, this, &InboxPage::showPast);
    connect(m_news, &QPushButton::clicked, &inbox, &InboxModel::takeIn);
    connect(m_fold, &QPushButton::clicked, m_filters, &QWidget::setVisible);
    connect(m_find, &FindBar::finished, m_list,
            [this]() -> void { m_list->setFocus(Qt::OtherFocusReason); });
    connect(m_empty, &EmptyState::acted, this, [this]() -> void {
        if (m_context.endpoints.endpoints().isEmpty()) {
            Q_EMIT connectEndpointRequested();
            return;
        }
        m_find->clearAll();
    });
    connect(&m_second, &QTimer::timeout, this, [this]() -> void {
        m_decider->tick();
        m_context.inbox.tick();
    });
    m_second.start(250);
    connect(&m_ages, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(&m_ages, &QTimer::timeout, m_view, &CaseView::tick);
    m_ages.start(agesMs);
}

void InboxPage::applyFilter(const InboxFilter &filter)
{
    m_context.inbox.setFilter(filter);
    m_list->setFocus(Qt::OtherFocusReason);
}

QList<PaletteEntry>
InboxPage::filterEntries(const std::function<void(const InboxFilter &)> &apply) const
{
    QList<PaletteEntry> entries;
    const auto add = [&](const QString &id, const QString &text, int count,
                         const InboxFilter &filter) -> void {
        entries.append({.id = QStringLiteral("filter:") + id,
                        .text = text,
                        .detail = words::count(count),
                        .kind = tr("Filter"),
                        .symbol = QStringLiteral("filter"),
                        .run = [apply, filter]() -> void {
                            apply(filter);
                        }});
    };
    const InboxCounts &counts = m_context.inbox.counts();
    for (int i = 0; i < m_saved->all().size(); ++i) {
        const SavedFilter &saved = m_saved->all().at(i);
        add(QStringLiteral("saved:") + saved.name, saved.name, counts.watched.value(i),
            saved.filter);
    }
    for (const InboxQueue queue : allInboxQueues) {
        InboxFilter filter;
        filter.queue = queue;
        add(QStringLiteral("queue:") + toWord(queue), words::of(queue), counts.queues.value(queue),
            filter);
    }
    return entries;
}

void InboxPage::showState()
{
    const InboxModel &inbox = m_context.inbox;
    m_news->setVisible(inbox.newCount() > 0);
    m_news->setText(tr("%n new", nullptr, inbox.newCount()));
    showFoot();
    const bool empty = inbox.isLoaded() && inbox.rowCount() == 0;
    const bool wasEmpty = m_stack->currentWidget() == m_empty;
    m_stack->setCurrentIndex(empty ? 1 : 0);
    if (!empty) {
        // A hidden list had to give the keys away; unless somebody types, they come back.
        if (wasEmpty && qobject_cast<QLineEdit *>(focusWidget()) == nullptr) {
            m_list->setFocus(Qt::OtherFocusReason);
        }
        return;
    }
    if (m_context.endpoints.endpoints().isEmpty()) {
        m_empty->show(tr("No agent server is connected yet."),
                      tr("What your agents pause on will wait here."), tr("Connect an endpoint…"));
    } else if (inbox.filter().narrows()) {
        m_empty->show(tr("Nothing matches the filter."), {}, tr("Clear the filter"));
    } else if (inbox.filter().queue == InboxQueue::Open) {
        m_empty->show(
            tr("Nothing waits for you."),
            tr("%n decided today.", nullptr, inbox.counts().queues.value(InboxQueue::DecidedToday)),
            {});
    } else {
        m_empty->show(tr("“%1” is empty.").arg(words::of(inbox.filter().queue)), {}, {});
    }
}

void InboxPage::showFoot()
{
    const InboxModel &inbox = m_context.inbox;
    const int open = inbox.counts().queues.value(InboxQueue::Open);
    const QString shown
        = tr("%1 open · %2 shown").arg(words::count(open), words::count(inbox.rowCount()));
    const auto selected = m_list->marks().size();
    m_foot->setText(selected == 0 ? shown
                                  : tr("%1 · %2 selected").arg(shown, words::count(selected)));
}

/// Told to the reviewer alone, beside the work, where nothing has to be clicked away.
void InboxPage::showPace()
{
    const Pace &pace = m_context.pace.pace();
    m_pace->setText(words::pace(pace));
    m_pace->setRole(pace.hurry ? style::Role::Caution : style::Role::Muted);
    m_pace->setVisible(pace.decided > 0);
}

void InboxPage::showCase(const CaseId &id)
{
    InboxModel &inbox = m_context.inbox;
    if (inbox.indexOf(id) < 0) {
        if (const auto row = inbox.find(id)) {
            InboxFilter wide;
            const qint64 now = m_context.clock.nowMs();
            for (const InboxQueue queue : allInboxQueues) {
                if (isIn(queue, *row, now)) {
                    wide.queue = queue;
                    break;
                }
            }
            inbox.setFilter(wide);
            inbox.takeIn();
        }
    }
    m_back->forget();
    m_list->select(id);
    m_context.detail.open(id);
}

void InboxPage::showPast(const CaseId &id)
{
    const auto work = m_view->workspace().work();
    if (m_view->isEditing() || !work || !work->isEmpty()) {
        m_bar->hint(tr("Finish or cancel your change first, so that it is not lost."));
        return;
    }
    m_back->go(id);
    m_view->setFocus(Qt::OtherFocusReason); // the row that had it is gone
}

// Not by a focus proxy: Tab would jump to it over all that stands before it.
void InboxPage::focusInEvent(QFocusEvent *event)
{
    m_list->setFocus(event->reason());
}

void InboxPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !event->isAutoRepeat()) {
        if (!m_decider->cancel() && !m_many->cancel() && !m_back->back()) {
            m_list->setFocus(Qt::OtherFocusReason);
        }
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && event->modifiers().testFlag(Qt::ControlModifier) && !event->isAutoRepeat()
        && m_view->isEditing()) {
        Q_EMIT m_bar->editSubmitted();
        return;
    }
    QWidget::keyPressEvent(event);
}

void InboxPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

void InboxPage::fold()
{
    const bool narrow = width() < style::foldBelow;
    if (narrow == m_fold->isHidden()) {
        m_fold->setVisible(narrow);
        m_fold->setChecked(!narrow);
        m_filters->setVisible(!narrow);
    }
}

void InboxPage::restoreState()
{
    const QSettings &state = m_context.state;
    InboxFilter filter;
    if (const auto json = parseJson(state.value(settingKey("filter")).toString().toUtf8())) {
        filter = inboxFilterFromJson(*json).value_or(filter);
    }
    m_context.inbox.setFilter(filter);
    InboxOrder order;
    order.group = inboxGroupFromWord(state.value(settingKey("group")).toString());
    const auto keys = inboxKeysFromWords(state.value(settingKey("order")).toString());
    order.keys = keys && !keys->isEmpty() ? *keys : order.keys;
    m_context.inbox.setOrder(order);
    if (!m_split->restoreState(state.value(settingKey("split")).toByteArray())) {
        m_split->setSizes({style::unit * 48, style::unit * 95, style::unit * 160});
    }
    m_fold->hide();
}

void InboxPage::keepState()
{
    QSettings &state = m_context.state;
    const InboxModel &inbox = m_context.inbox;
    state.setValue(settingKey("filter"), QString::fromUtf8(toJson(toJson(inbox.filter()))));
    state.setValue(settingKey("order"), toWords(inbox.order().keys));
    state.setValue(settingKey("group"), toWord(inbox.order().group));
    state.setValue(settingKey("split"), m_split->saveState());
}

} // namespace countersign
