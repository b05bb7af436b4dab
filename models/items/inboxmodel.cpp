// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/inboxmodel.h"

#include "domain/continued.h"
#include "items/errorrates.h"
#include "items/veil.h"

namespace countersign {

namespace {

constexpr int touchedAtOnce = 400; // more are cheaper to read whole
constexpr int repaintedOneByOne = 64;
constexpr int small = 2000; // rows that are arranged and counted in a millisecond, right away
constexpr int countPauseMs = 250;

QList<CaseQuery> everything(qint64 nowMs)
{
    CaseQuery open;
    open.states = {CaseState::Waiting, CaseState::Held, CaseState::Sending, CaseState::Failed,
                   CaseState::Trouble};
    CaseQuery ended;
    ended.states = {CaseState::Delivered, CaseState::Superseded, CaseState::Marked};
    ended.updatedSinceMs = startOfDay(nowMs);
    CaseQuery followed;
    followed.followUpsOnly = true;
    return {open, ended, followed};
}

Result<QHash<CaseId, qint64>> endsOfHolds(Reader &reader)
{
    const auto outbox = reader.outbox(true);
    if (!outbox) {
        return tl::unexpected<Error>(outbox.error());
    }
    QHash<CaseId, qint64> ends;
    for (const OutboxEntry &entry : *outbox) {
        for (const CaseId &id : entry.cases) {
            ends.insert(id, entry.dueMs);
        }
    }
    return ends;
}

} // namespace

InboxModel::InboxModel(Store &store, const Clock &clock, QObject *parent)
    : QAbstractListModel(parent),
      m_store(store),
      m_clock(clock),
      m_deep(store)
{
    new ErrorRates(store, this);
    m_pool.setMaxThreadCount(1);
    m_countPause.setSingleShot(true);
    m_countPause.setInterval(countPauseMs);
    connect(&m_countPause, &QTimer::timeout, this, [this]() -> void {
        m_countNext = true;
        work();
    });
    connect(&store, &Store::changed, this, &InboxModel::touch);
    connect(&m_deep, &DeepSearch::failed, this, &InboxModel::failed);
    connect(&m_deep, &DeepSearch::answered, this, [this]() -> void {
        // What is shown stays unless it was this that one waited for.
        if (std::exchange(m_searching, false)) {
            arrange();
        } else {
            count();
        }
    });
}

InboxModel::~InboxModel()
{
    if (m_stop) {
        *m_stop = true;
    }
}

void InboxModel::load()
{
    m_following = true;
    m_everything = true;
    readTouched();
}

void InboxModel::setReviewer(const PersonId &person)
{
    if (person != m_reviewer) {
        m_reviewer = person;
        if (m_loaded || m_reading) {
            load();
        }
    }
}

int InboxModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_arranged.shown.size());
}

QVariant InboxModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_arranged.shown.size()) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return rowAt(index.row()).headline;
    case Qt::AccessibleTextRole:
        return m_describe ? m_describe(rowAt(index.row())) : rowAt(index.row()).headline;
    case IdRole:
        return idAt(index.row()).toString();
    case SectionRole:
        return startsSection(index.row()) ? sectionValue(index.row()) : QVariant();
    default:
        return {};
    }
}

InboxRow InboxModel::rowAt(int row) const
{
    return m_stock.row(m_arranged.shown[row]);
}

CaseId InboxModel::idAt(int row) const
{
    return m_stock.id(m_arranged.shown[row]);
}

int InboxModel::indexOf(const CaseId &id) const
{
    const int number = m_stock.numberOf(id);
    return number < 0 ? -1 : m_arranged.places.value(number, -1);
}

std::optional<InboxRow> InboxModel::find(const CaseId &id) const
{
    const int number = m_stock.numberOf(id);
    return number < 0 ? std::nullopt : std::optional<InboxRow>(m_stock.row(number));
}

CaseState InboxModel::stateAt(int row) const
{
    return m_stock.entry(m_arranged.shown[row]).state;
}

QList<CaseId> InboxModel::waiting(int most, const std::optional<CaseId> &like) const
{
    const int number = like ? m_stock.numberOf(*like) : -1;
    if (like && number < 0) {
        return {};
    }
    const InboxEntry *model = like ? &m_stock.entry(number) : nullptr;
    const auto isLike = [model](const InboxEntry &one) -> bool {
        return model->shape != 0 && one.shape == model->shape && one.action == model->action
            && one.caseType == model->caseType && one.endpoint == model->endpoint;
    };
    QList<CaseId> ids;
    for (qsizetype row = 0; row < m_arranged.shown.size() && ids.size() < most; ++row) {
        const InboxEntry &one = m_stock.entry(m_arranged.shown[row]);
        if (one.state == CaseState::Waiting && (!model || model == &one || isLike(one))) {
            ids.append(m_stock.idOf(one.key));
        }
    }
    return ids;
}

bool InboxModel::startsSection(int row) const
{
    return std::binary_search(m_arranged.sections.begin(), m_arranged.sections.end(), row);
}

int InboxModel::sectionSize(int row) const
{
    const QList<int> &starts = m_arranged.sections;
    const auto next = std::upper_bound(starts.begin(), starts.end(), row);
    return (next == starts.end() ? rowCount() : *next) - row;
}

QVariant InboxModel::sectionValue(int row) const
{
    if (m_arranged.singlesLast && row == m_arranged.sections.last()) {
        return {};
    }
    const InboxRow first = rowAt(row);
    switch (m_order.group) {
    case InboxGroup::None:
        break;
    case InboxGroup::CaseType:
        return first.caseType;
    case InboxGroup::Action:
        return first.action;
    case InboxGroup::Queue:
        return first.queue;
    case InboxGroup::Due:
        return int(DueBands(m_clock.nowMs()).of(first.dueMs));
    }
    return {};
}

void InboxModel::setFilter(const InboxFilter &filter)
{
    if (filter == m_filter) {
        return;
    }
    m_filter = filter;
    m_searching = m_deep.ask(searched());
    Q_EMIT filterChanged();
    arrange();
}

QStringList InboxModel::searched() const
{
    QStringList words = filterWords(m_filter.text);
    for (const InboxFilter &filter : m_watched) {
        words += filterWords(filter.text);
    }
    words.removeDuplicates();
    return words;
}

void InboxModel::setOrder(const InboxOrder &order)
{
    if (order != m_order) {
        m_order = order;
        Q_EMIT orderChanged();
        arrange();
    }
}

void InboxModel::watch(const QList<InboxFilter> &filters)
{
    m_watched = filters;
    (void)m_deep.ask(searched());
    count();
}

void InboxModel::takeIn()
{
    arrange();
}

void InboxModel::markSeen(const CaseId &id)
{
    const int row = indexOf(id);
    if (row >= 0 && !m_seen.contains(id)) {
        m_seen.insert(id);
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void InboxModel::tick()
{
    repaint(m_running.values());
    if (m_loaded && m_clock.nowMs() >= m_counts.untilMs) {
        count();
    }
}

void InboxModel::touch(const Changes &changes)
{
    m_touched.unite(changes.cases);
    if (changes.settings && m_following) {
        load(); // what is blind may be another
        return;
    }
    if (m_following && !m_touched.isEmpty()) {
        readTouched();
    }
}

void InboxModel::readTouched()
{
    if (m_reading) {
        m_again = true;
        return;
    }
    if (!m_everything && m_touched.isEmpty()) {
        return; // no ids would mean every case
    }
    if (m_everything || m_touched.size() > touchedAtOnce) {
        start(everything(m_clock.nowMs()));
    } else {
        CaseQuery some;
        some.ids = m_touched;
        start({some});
    }
    m_touched.clear();
    m_everything = false;
}

/// Rows are packed where they are read; what is shared with the stock is copied there, too.
void InboxModel::start(QList<CaseQuery> queries)
{
    m_reading = true;
    const auto job = [queries = std::move(queries), stock = m_stock,
                      reviewer = m_reviewer](Reader &reader) -> Result<Batch> {
        Batch batch{stock, {}};
        const auto ends = endsOfHolds(reader);
        if (!ends) {
            return tl::unexpected<Error>(ends.error());
        }
        const auto veil = Veil::of(reader, reviewer);
        if (!veil) {
            return tl::unexpected<Error>(veil.error());
        }
        for (const CaseQuery &query : queries) {
            const auto rows = reader.caseRows(query);
            if (!rows) {
                return tl::unexpected<Error>(rows.error());
            }
            for (const CaseRow &one : *rows) {
                InboxRow row{one, {}, false, false};
                const auto end = ends->constFind(row.id);
                if (end != ends->cend()) {
                    row.sendAtMs = *end;
                }
                row.mine = !row.assignee.isEmpty() && row.assignee == reviewer.toString();
                row.veiled = veil->cover(row);
                const int number = batch.stock.put(row);
                if (number >= 0) {
                    batch.touched.append(number);
                }
            }
        }
        return batch;
    };
    continued(m_store.read<Batch>(job), this, [this](const Result<Batch> &batch) -> void {
        m_reading = false;
        if (batch) {
            take(*batch);
        } else {
            Q_EMIT failed(batch.error());
        }
        if (std::exchange(m_again, false)) {
            readTouched();
        }
    });
}

void InboxModel::take(const Batch &batch)
{
    m_stock = batch.stock;
    m_read = true;
    for (const int number : batch.touched) {
        if (m_stock.entry(number).sendAtMs != InboxEntry::none) {
            m_running.insert(number);
        } else {
            m_running.remove(number);
        }
    }
    repaint(batch.touched);
    m_deep.refresh();
    if (m_loaded) {
        count();
    } else {
        arrange();
    }
}

/// Says that rows changed where they are shown.
void InboxModel::repaint(const QList<int> &numbers)
{
    QList<int> rows;
    for (const int number : numbers) {
        if (const int row = m_arranged.places.value(number, -1); row >= 0) {
            rows.append(row);
        }
    }
    if (rows.size() > repaintedOneByOne) {
        const auto [first, last] = std::minmax_element(rows.begin(), rows.end());
        Q_EMIT dataChanged(index(*first), index(*last));
        return;
    }
    for (const int row : std::as_const(rows)) {
        Q_EMIT dataChanged(index(row), index(row));
    }
}

bool InboxModel::isSmall() const
{
    return m_stock.size() <= small;
}

void InboxModel::arrange()
{
    if (m_stop) {
        *m_stop = true; // what was wished for before
    }
    m_arrangeNext = !m_searching && !isSmall();
    if (m_searching) {
        return; // the answer will
    }
    if (isSmall()) {
        const InboxStop never{false};
        adopt(
            m_arranger->arrange(m_stock, m_filter, m_order, m_clock.nowMs(), m_deep.hits(), never));
        return;
    }
    work();
}

void InboxModel::adopt(const InboxArrangement &made)
{
    beginResetModel();
    m_arranged = made;
    const bool first = m_read && !std::exchange(m_loaded, m_read);
    endResetModel();
    if (std::exchange(m_counts.unshown, 0) != 0) {
        Q_EMIT newCountChanged(0);
    }
    m_countPause.stop();
    m_countNext = true;
    if (isSmall()) {
        count();
    } else {
        work();
    }
    if (first) {
        Q_EMIT loaded();
    }
}

void InboxModel::count()
{
    if (m_searching) {
        m_countNext = true;
    } else if (isSmall()) {
        m_countNext = false;
        const InboxStop never{false};
        counted(countRows(m_stock, m_filter, m_watched, m_arranged.places, m_clock.nowMs(),
                          m_deep.hits(), never));
    } else if (!m_countPause.isActive() && !m_countNext) {
        m_countPause.start();
    }
}

void InboxModel::counted(const InboxCounts &counts)
{
    const int before = std::exchange(m_counts, counts).unshown;
    Q_EMIT countsChanged();
    if (m_arranged.shown.isEmpty() && counts.unshown > 0) {
        arrange(); // nothing is there that could move
    } else if (before != counts.unshown) {
        Q_EMIT newCountChanged(counts.unshown);
    }
}

void InboxModel::work()
{
    if (m_working) {
        return;
    }
    if (std::exchange(m_arrangeNext, false)) {
        run<InboxArrangement>(
            [arranger = m_arranger, stock = m_stock, filter = m_filter, order = m_order,
             now = m_clock.nowMs(),
             deep = m_deep.hits()](const InboxStop &stop) -> InboxArrangement {
                return arranger->arrange(stock, filter, order, now, deep, stop);
            },
            [this](const InboxArrangement &made) -> void { adopt(made); });
    } else if (!m_searching && std::exchange(m_countNext, false)) {
        run<InboxCounts>(
            [stock = m_stock, filter = m_filter, watched = m_watched, places = m_arranged.places,
             now = m_clock.nowMs(), deep = m_deep.hits()](const InboxStop &stop) -> InboxCounts {
                return countRows(stock, filter, watched, places, now, deep, stop);
            },
            [this](const InboxCounts &counts) -> void { counted(counts); });
    }
}

/// The answer of a job that was stopped is for a wish that is gone.
template <class T>
void InboxModel::run(std::function<T(const InboxStop &)> job, std::function<void(const T &)> done)
{
    m_working = true;
    m_stop = std::make_shared<InboxStop>(false);
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    const QFuture<T> future = promise->future();
    m_pool.start([promise, job = std::move(job), stop = m_stop]() -> void {
        promise->addResult(job(*stop));
        promise->finish();
    });
    continued(future, this, [this, stop = m_stop, done = std::move(done)](const T &answer) -> void {
        m_working = false;
        if (!*stop) {
            done(answer);
        }
        work();
    });
}

} // namespace countersign
