// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/timelinemodel.h"

#include "domain/continued.h"
#include "domain/envelope.h"
#include "domain/translate.h"
#include "items/eventwords.h"
#include "items/storywords.h"


namespace countersign {

namespace {

/// What a proposal brought along, where that is a draft.
QString draftOf(const Json &payload)
{
    const auto artifact = Artifact::fromJson(payload[u"proposal"][u"artifact"]);
    if (!artifact) {
        return {};
    }
    return artifact->note.isEmpty()
        ? tr("Draft, revision %1").arg(artifact->revision)
        : tr("Draft, revision %1: %2").arg(artifact->revision).arg(artifact->note);
}

QString remark(const QString &kind, const Json &envelope, const Json &payload)
{
    return payload.contains(u"proposal")             ? draftOf(payload)
        : kind == QLatin1String(event::answerQueued) ? QString() // frozen bytes
                                                     : remarkOf(envelope, payload);
}

} // namespace

TimelineModel::TimelineModel(Store &store, QObject *parent)
    : QAbstractListModel(parent),
      m_store(store)
{
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (!m_id.isEmpty() && changes.cases.contains(m_id)) {
            read({});
        }
    });
}

void TimelineModel::open(const CaseId &id)
{
    if (id == m_id) {
        return;
    }
    beginResetModel();
    m_id = id;
    m_lines.clear();
    m_more = false;
    m_reading = false;
    m_again = false;
    m_earlier = false;
    ++m_turn;
    endResetModel();
    Q_EMIT changed();
    if (!id.isEmpty()) {
        read({});
    }
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_lines.size()) {
        return {};
    }
    const Line &line = m_lines.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return line.words;
    case Qt::AccessibleTextRole:
        return QStringList({line.who, line.words, line.remark}).join(QLatin1Char(' ')).trimmed();
    case SeqRole:
        return line.seq;
    case AtRole:
        return line.atMs;
    case KindRole:
        return line.kind;
    case WhoRole:
        return line.who;
    case RemarkRole:
        return line.remark;
    default:
        return {};
    }
}

void TimelineModel::readEarlier()
{
    if (m_reading) {
        m_earlier = true;
    } else if (m_more) {
        read(m_lines.last().seq);
    }
}

void TimelineModel::read(std::optional<qint64> before)
{
    if (m_reading) {
        m_again = true;
        return;
    }
    m_reading = true;
    TrailQuery query;
    query.caseId = m_id;
    query.limit = pageSize + 1;
    query.before = before;
    continued(
        m_store.read<Page>([query](Reader &reader) -> Result<Page> { return load(reader, query); }),
        this, [this, turn = m_turn, older = before.has_value()](const Result<Page> &page) {
            if (turn != m_turn) {
                return;
            }
            m_reading = false;
            if (page) {
                take(*page, older);
                Q_EMIT changed();
            } else {
                Q_EMIT failed(page.error());
            }
            if (std::exchange(m_again, false)) {
                read({});
            } else if (std::exchange(m_earlier, false)) {
                readEarlier();
            }
        });
}

void TimelineModel::take(const Page &page, bool older)
{
    if (older) {
        m_more = page.more && !page.lines.isEmpty();
        if (page.lines.isEmpty()) {
            return;
        }
        beginInsertRows({}, int(m_lines.size()), int(m_lines.size() + page.lines.size()) - 1);
        m_lines += page.lines;
        endInsertRows();
        return;
    }
    const qint64 newest = m_lines.isEmpty() ? -1 : m_lines.first().seq;
    const auto known = std::find_if(page.lines.cbegin(), page.lines.cend(),
                                    [newest](const Line &line) { return line.seq <= newest; });
    const auto fresh = int(known - page.lines.cbegin());
    if (m_lines.isEmpty() || known == page.lines.cend()) { // all of it is new
        beginResetModel();
        m_lines = page.lines;
        m_more = page.more;
        endResetModel();
    } else if (fresh > 0) {
        beginInsertRows({}, 0, fresh - 1);
        m_lines = page.lines.first(fresh) + m_lines;
        endInsertRows();
    }
}

Result<TimelineModel::Page> TimelineModel::load(Reader &reader, const TrailQuery &query)
{
    const auto events = reader.events(query);
    if (!events) {
        return tl::unexpected<Error>(events.error());
    }
    Page page;
    page.more = events->size() > pageSize;
    for (const EventRecord &record : events->first(qMin<qsizetype>(events->size(), pageSize))) {
        const Json envelope = parseEnvelope(record.envelope).value_or(Json());
        Line line{record.seq,          record.atMs,
                  record.kind,         envelope[u"actor"][u"name"].toString(),
                  storyLine(envelope), {}};
        const auto payload = reader.payloadOf(record.seq);
        if (!payload) {
            return tl::unexpected<Error>(payload.error());
        }
        if (*payload) {
            line.remark = remark(record.kind, envelope, **payload);
        }
        page.lines.append(line);
    }
    return page;
}

} // namespace countersign
