// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/inboxfilter.h"

#include "domain/json.h"
#include "domain/translate.h"

namespace countersign {

namespace {

constexpr qint64 currentVersion = 1;

Json number(const Decimal &value)
{
    return Json::number(value.toString().toLatin1());
}

template <class Enum> QStringList words(const QList<Enum> &values)
{
    QStringList list;
    for (const Enum value : values) {
        list.append(toWord(value));
    }
    return list;
}

void setList(Json &json, const char *name, const QStringList &values)
{
    if (!values.isEmpty()) {
        json.set(key(name), Json::fromStrings(values));
    }
}

void setNumber(Json &json, const char *name, const std::optional<Decimal> &value)
{
    if (value) {
        json.set(key(name), number(*value));
    }
}

void setSpan(Json &json, const char *name, const std::optional<qint64> &ms)
{
    if (ms) {
        json.set(key(name), Json(*ms));
    }
}

/// Takes an object apart, member by member; the first fault stays, and what was not asked for is
/// one.
class Members
{
public:
    Members(const Json &json, const QString &where) : m_json(json), m_where(where)
    {
        if (!json.isObject()) {
            fault(where, tr("is not an object"));
        }
    }

    const Json *member(const char *name, Json::Type type, const QString &wanted)
    {
        m_known.append(key(name));
        if (m_fault || !m_json.contains(key(name))) {
            return nullptr;
        }
        const Json &value = m_json[key(name)];
        if (value.type() != type) {
            fault(m_where + key(name), wanted);
            return nullptr;
        }
        return &value;
    }
    void take(const char *name, QString &into)
    {
        if (const Json *value = member(name, Json::Type::String, tr("is not text"))) {
            into = value->toString();
        }
    }
    void take(const char *name, bool &into)
    {
        if (const Json *value = member(name, Json::Type::Bool, tr("is not true or false"))) {
            into = value->toBool();
        }
    }
    void take(const char *name, QStringList &into)
    {
        if (const Json *value = member(name, Json::Type::Array, tr("is not a list of texts"))) {
            into = value->toStrings();
            if (into.size() != value->items().size()) {
                fault(m_where + key(name), tr("is not a list of texts"));
            }
        }
    }
    void take(const char *name, std::optional<Decimal> &into)
    {
        if (const Json *value = member(name, Json::Type::Number, tr("is not a number"))) {
            into = Decimal::parse(value->numberText());
            if (!into) {
                fault(m_where + key(name), tr("is out of range"));
            }
        }
    }
    void take(const char *name, std::optional<qint64> &into)
    {
        if (const Json *value = member(name, Json::Type::Number, tr("is not a number"))) {
            into = value->toInteger(-1);
            if (*into < 0) {
                fault(m_where + key(name), tr("is not a whole number of milliseconds from 0 on"));
            }
        }
    }
    template <class Enum> void takeWords(const char *name, QList<Enum> &into)
    {
        QStringList given;
        take(name, given);
        for (const QString &word : given) {
            if (const auto value = fromWord<Enum>(word)) {
                into.append(*value);
            } else {
                fault(m_where + key(name), tr("holds “%1”, which is unknown").arg(word));
            }
        }
    }
    void fault(const QString &where, const QString &what)
    {
        if (!m_fault) {
            m_fault = tr("The filter cannot be read: “%1” %2.").arg(where, what);
        }
    }
    void adopt(const Members &inner) { m_fault = m_fault ? m_fault : inner.m_fault; }
    void finish()
    {
        for (const auto &[name, value] : m_json.members()) {
            if (!m_known.contains(name)) {
                fault(m_where + name, tr("is unknown"));
            }
        }
    }
    [[nodiscard]] const std::optional<QString> &failed() const { return m_fault; }

private:
    const Json &m_json;
    QString m_where;
    QStringList m_known;
    std::optional<QString> m_fault;
};

void takeQueue(Members &members, InboxQueue &queue)
{
    QString word = toWord(queue);
    members.take("queue", word);
    queue = word == toWord(InboxQueue::Any) ? InboxQueue::Any : inboxQueueFromWord(word);
    if (toWord(queue) != word) {
        members.fault(key("queue"), tr("is unknown"));
    }
}

void takeAmounts(Members &members, QList<AmountRange> &amounts)
{
    const Json *list = members.member("amounts", Json::Type::Array, tr("is not a list"));
    for (const Json &item : list ? list->items() : Json::Array()) {
        Members inner(item, QStringLiteral("amounts."));
        AmountRange range;
        inner.take("currency", range.currency);
        inner.take("min", range.min);
        inner.take("max", range.max);
        inner.finish();
        members.adopt(inner);
        amounts.append(range);
    }
}

void takeConfidence(Members &members, InboxFilter &filter)
{
    const Json *value = members.member("confidence", Json::Type::Object, tr("is not an object"));
    if (!value) {
        return;
    }
    Members inner(*value, QStringLiteral("confidence."));
    inner.take("known", filter.knownConfidence);
    inner.take("unknown", filter.unknownConfidence);
    inner.take("min", filter.minConfidence);
    inner.take("max", filter.maxConfidence);
    inner.finish();
    members.adopt(inner);
    static const Decimal one = *Decimal::parse(QByteArray("1"));
    for (const auto &bound : {filter.minConfidence, filter.maxConfidence}) {
        if (bound && (*bound < Decimal() || *bound > one)) {
            members.fault(key("confidence"), tr("is not from 0 to 1"));
        }
    }
}

Json amountsJson(const QList<AmountRange> &amounts)
{
    Json list = Json::array();
    for (const AmountRange &range : amounts) {
        Json item = Json::object();
        if (!range.currency.isEmpty()) {
            item.set(key("currency"), Json(range.currency));
        }
        setNumber(item, "min", range.min);
        setNumber(item, "max", range.max);
        list.append(item);
    }
    return list;
}

Json confidenceJson(const InboxFilter &filter)
{
    Json json = Json::object();
    if (!filter.knownConfidence) {
        json.set(key("known"), Json(false));
    }
    if (!filter.unknownConfidence) {
        json.set(key("unknown"), Json(false));
    }
    setNumber(json, "min", filter.minConfidence);
    setNumber(json, "max", filter.maxConfidence);
    return json;
}

} // namespace

Json toJson(const InboxFilter &filter)
{
    Json json = Json::object(
        {{key("version"), Json(currentVersion)}, {key("queue"), Json(toWord(filter.queue))}});
    if (!filter.text.isEmpty()) {
        json.set(key("text"), Json(filter.text));
    }
    setList(json, "case_types", filter.caseTypes);
    setList(json, "actions", filter.actions);
    setList(json, "agents", filter.agents);
    setList(json, "endpoints", filter.endpoints);
    setList(json, "queues", filter.queues);
    setList(json, "assignees", filter.assignees);
    setList(json, "risks", words(filter.risks));
    setList(json, "states", words(filter.states));
    if (!filter.amounts.isEmpty()) {
        json.set(key("amounts"), amountsJson(filter.amounts));
    }
    setSpan(json, "due_within_ms", filter.dueWithinMs);
    if (filter.withoutDue) {
        json.set(key("without_due"), Json(true));
    }
    setSpan(json, "min_age_ms", filter.minAgeMs);
    setSpan(json, "max_age_ms", filter.maxAgeMs);
    if (const Json confidence = confidenceJson(filter); !confidence.members().isEmpty()) {
        json.set(key("confidence"), confidence);
    }
    return json;
}

Result<InboxFilter> inboxFilterFromJson(const Json &json)
{
    Members members(json, {});
    std::optional<qint64> version;
    members.take("version", version);
    if (version != currentVersion) {
        members.fault(key("version"), tr("is not 1, the only one that this program reads"));
    }
    InboxFilter filter;
    takeQueue(members, filter.queue);
    members.take("text", filter.text);
    members.take("case_types", filter.caseTypes);
    members.take("actions", filter.actions);
    members.take("agents", filter.agents);
    members.take("endpoints", filter.endpoints);
    members.take("queues", filter.queues);
    members.take("assignees", filter.assignees);
    members.takeWords("risks", filter.risks);
    members.takeWords("states", filter.states);
    takeAmounts(members, filter.amounts);
    members.take("due_within_ms", filter.dueWithinMs);
    members.take("without_due", filter.withoutDue);
    members.take("min_age_ms", filter.minAgeMs);
    members.take("max_age_ms", filter.maxAgeMs);
    takeConfidence(members, filter);
    members.finish();
    if (members.failed()) {
        return fail(ErrorCode::InvalidInput, *members.failed());
    }
    return filter;
}

} // namespace countersign
