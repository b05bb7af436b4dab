// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/trailmodel.h"

#include "domain/continued.h"

#include "domain/displaytext.h"
#include "items/eventwords.h"
#include "store/store.h"

#include <QDateTime>

namespace countersign {

struct TrailModel::Answer
{
    QList<TrailRow> rows;
    qint64 total = 0;
};

namespace {

Json envelopeJson(const EventRecord &record)
{
    // Shown as it is, even where it would not verify: the verifier judges, the page shows.
    return parseJson(record.envelope).value_or(Json());
}

QString laidOut(const Json &json)
{
    constexpr qsizetype longest = 100'000;
    return displayText(QString::fromUtf8(toPrettyJson(json)), {.maxLength = longest}).text;
}

TrailRow rowOfRecord(const EventRecord &record)
{
    const Json envelope = envelopeJson(record);
    const QString name = envelope[u"actor"][u"name"].toString();
    return {.seq = record.seq,
            .atMs = record.atMs,
            .kind = record.kind,
            .actor = shortName(name.isEmpty() ? record.actor : name),
            .sentence = sentenceOf(envelope),
            .caseId = record.caseId,
            .agent = shortName(record.agent)};
}

Result<EventDetail> readDetail(Reader &reader, qint64 seq)
{
    const auto record = reader.event(seq);
    if (!record) {
        return tl::unexpected<Error>(record.error());
    }
    if (!*record) {
        return fail(ErrorCode::NotFound, TrailModel::tr("There is no event %1.").arg(seq));
    }
    const auto payload = reader.payloadOf(seq);
    if (!payload) {
        return tl::unexpected<Error>(payload.error());
    }
    const EventRecord &event = **record;
    const Json envelope = envelopeJson(event);
    EventDetail detail{.seq = seq,
                       .atMs = event.atMs,
                       .kind = event.kind,
                       .sentence = sentenceOf(envelope),
                       .remark = {},
                       .caseId = event.caseId,
                       .envelope = event.envelope,
                       .pretty = laidOut(envelope),
                       .payload = {},
                       .payloadBytes = {},
                       .hasPayload = envelope.contains(u"payload"),
                       .leaf = QString::fromLatin1(event.leaf.toHex()),
                       .signatureKey = event.signatureKey,
                       .signature = QString::fromLatin1(event.signature.toBase64())};
    if (*payload) {
        detail.remark = displayText(remarkOf(envelope, **payload)).text;
        detail.payloadBytes = toPrettyJson(**payload);
        detail.payload = laidOut(**payload);
    }
    return detail;
}

Result<TrailFacets> readFacets(Reader &reader)
{
    TrailFacets facets;
    QStringList actorIds;
    for (const auto &[column, values] :
         {std::pair{"kind", &facets.kinds}, std::pair{"actor", &actorIds},
          std::pair{"agent", &facets.agents}, std::pair{"action", &facets.actions}}) {
        auto found = reader.trailFacet(QString::fromLatin1(column));
        if (!found) {
            return tl::unexpected<Error>(found.error());
        }
        found->removeAll(QString());
        *values = std::move(*found);
    }
    const auto persons = reader.persons();
    const auto endpoints = reader.endpoints();
    if (!persons || !endpoints) {
        return tl::unexpected<Error>(persons ? endpoints.error() : persons.error());
    }
    QHash<QString, QString> names;
    for (const Person &person : *persons) {
        names.insert(person.id.toString(), person.name);
    }
    for (const Endpoint &endpoint : *endpoints) {
        names.insert(endpoint.id.toString(), endpoint.name);
    }
    for (const QString &id : actorIds) {
        facets.actors.append({id, names.value(id, id)});
    }
    return facets;
}

} // namespace

TrailModel::TrailModel(Store &store, QObject *parent)
    : QAbstractTableModel(parent),
      m_store(store),
      m_query(std::make_unique<TrailQuery>())
{
    connect(&store, &Store::changed, this, &TrailModel::follow);
    connect(this, &TrailModel::pageWanted, this, &TrailModel::load, Qt::QueuedConnection);
}

TrailModel::~TrailModel() = default;

int TrailModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int TrailModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const TrailRow *TrailModel::rowAt(int row) const
{
    const Page &page = m_pages.at(row / pageSize);
    return page.rows.isEmpty() ? nullptr : &page.rows.at(row % pageSize);
}

QVariant TrailModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const TrailRow *row = rowAt(index.row());
    if (role == LoadedRole) {
        return row != nullptr;
    }
    if (row == nullptr) {
        Q_EMIT pageWanted(index.row() / pageSize, {});
        if (role == SeqRole) {
            return qint64(-1);
        }
        return role == Qt::DisplayRole && index.column() == WhatColumn ? QVariant(tr("Loading…"))
                                                                       : QVariant();
    }
    switch (role) {
    case SeqRole:
        return row->seq;
    case KindRole:
        return row->kind;
    case CaseRole:
        return row->caseId.toString();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case NumberColumn:
        return row->seq;
    case TimeColumn:
        return QDateTime::fromMSecsSinceEpoch(row->atMs).toString(
            QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    case WhatColumn:
        return row->sentence;
    case WhoColumn:
        return row->actor;
    case CaseColumn:
        return row->caseId.toString();
    case AgentColumn:
        return row->agent;
    default:
        return decisionChip(row->kind);
    }
}

QVariant TrailModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == NumberColumn) {
        return int(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case NumberColumn:
        return tr("No.");
    case TimeColumn:
        return tr("Time");
    case WhatColumn:
        return tr("What");
    case WhoColumn:
        return tr("Who");
    case CaseColumn:
        return tr("Case");
    case AgentColumn:
        return tr("Agent");
    case DecisionColumn:
        return tr("Decision");
    default:
        return {};
    }
}

bool TrailModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_end && !m_pages.isEmpty()
        && !m_asked.contains(int(m_pages.size()));
}

void TrailModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        read(int(m_pages.size()), m_pages.last().last);
    }
}

void TrailModel::setFilter(const TrailFilter &filter)
{
    if (filter == m_filter && m_read) {
        return;
    }
    m_filter = filter;
    *m_query = {};
    m_query->fromMs = filter.fromMs;
    m_query->toMs = filter.toMs;
    m_query->kind = filter.kind;
    m_query->actor = filter.actor;
    m_query->agent = filter.agent;
    m_query->action = filter.action;
    m_query->caseId = filter.caseId;
    refresh();
}

void TrailModel::refresh()
{
    ++m_generation;
    m_asked.clear();
    read(newest, std::nullopt);
}

void TrailModel::load(int page)
{
    if (page < m_pages.size() && m_pages.at(page).rows.isEmpty() && !m_asked.contains(page)) {
        read(page, m_pages.at(page).before);
    }
}

void TrailModel::read(int page, std::optional<qint64> before)
{
    TrailQuery query = *m_query;
    query.before = before;
    query.limit = pageSize;
    m_asked.insert(page);
    Q_EMIT stateChanged();
    continued(m_store.read<Answer>([query](Reader &reader) -> Result<Answer> {
        const auto head = reader.head();
        if (!head) {
            return tl::unexpected<Error>(head.error());
        }
        const auto records = reader.events(query);
        if (!records) {
            return tl::unexpected<Error>(records.error());
        }
        Answer answer;
        answer.total = head->size;
        for (const EventRecord &record : *records) {
            answer.rows.append(rowOfRecord(record));
        }
        return answer;
    }),
              this, [this, page, generation = m_generation](const Result<Answer> &answer) -> void {
                  if (generation != m_generation) {
                      return; // the question was replaced
                  }
                  m_asked.remove(page);
                  if (!answer) {
                      Q_EMIT failed(answer.error());
                  } else if (page == newest) {
                      restart(*answer);
                  } else {
                      take(page, answer->rows);
                  }
                  Q_EMIT stateChanged();
              });
}

void TrailModel::restart(const Answer &answer)
{
    beginResetModel();
    m_pages.clear();
    m_recent.clear();
    m_rows = 0;
    m_read = true;
    m_total = answer.total;
    m_unseen = 0;
    if (!answer.rows.isEmpty()) {
        append(answer.rows);
    }
    m_end = answer.rows.size() < pageSize;
    endResetModel();
}

void TrailModel::take(int page, const QList<TrailRow> &rows)
{
    if (page < m_pages.size()) {
        if (rows.size() != m_pages.at(page).rowCount) {
            refresh(); // the trail is not what it was: somebody else changed the file
            return;
        }
        m_pages[page].rows = rows;
        keepFewPages(page);
        Q_EMIT dataChanged(index(page * pageSize, 0),
                           index(page * pageSize + int(rows.size()) - 1, ColumnCount - 1));
        return;
    }
    m_end = rows.size() < pageSize;
    if (!rows.isEmpty()) {
        beginInsertRows({}, m_rows, m_rows + int(rows.size()) - 1);
        append(rows);
        endInsertRows();
    }
}

void TrailModel::append(const QList<TrailRow> &rows)
{
    m_pages.append({.before = rows.first().seq + 1,
                    .last = rows.last().seq,
                    .rowCount = rows.size(),
                    .rows = rows});
    m_rows += int(rows.size());
    keepFewPages(int(m_pages.size()) - 1);
}

void TrailModel::keepFewPages(int looked)
{
    m_recent.removeOne(looked);
    m_recent.append(looked);
    if (m_recent.size() > pagesKept) {
        m_pages[m_recent.takeFirst()].rows.clear();
    }
}

int TrailModel::rowOf(qint64 seq) const
{
    for (qsizetype page = 0; page < m_pages.size(); ++page) {
        const QList<TrailRow> &rows = m_pages.at(page).rows;
        for (qsizetype row = 0; row < rows.size(); ++row) {
            if (rows.at(row).seq == seq) {
                return int(page * pageSize + row);
            }
        }
    }
    return -1;
}

void TrailModel::follow(const Changes &changes)
{
    const qint64 unseen = m_read ? qMax<qint64>(0, changes.headSize - m_total) : 0;
    if (unseen != m_unseen) {
        m_unseen = unseen;
        Q_EMIT stateChanged();
    }
}

QFuture<Result<TrailFacets>> TrailModel::facets() const
{
    return m_store.read<TrailFacets>(
        [](Reader &reader) -> Result<TrailFacets> { return readFacets(reader); });
}

QFuture<Result<EventDetail>> TrailModel::detail(qint64 seq) const
{
    return m_store.read<EventDetail>(
        [seq](Reader &reader) -> Result<EventDetail> { return readDetail(reader, seq); });
}

} // namespace countersign
