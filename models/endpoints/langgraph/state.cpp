// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/langgraph/codec.h"

#include "domain/clock.h"
#include "domain/schema/schema.h"
#include "domain/translate.h"
#include "domain/trust.h"
#include "endpoints/extraction.h"
#include "endpoints/langgraph/dialects.h"


#include <algorithm>
#include <cmath>

namespace countersign::langgraph {

namespace {

/// A question as the thread's state holds it.
struct Held
{
    Json interrupt;
    QString taskId;
    QString taskName; ///< of the outermost graph
    QString error;
};

void collect(const Json &state, const Json *outer, QList<Held> &found)
{
    for (const Json &task : state[u"tasks"].items()) {
        const Json &named = outer == nullptr ? task : *outer;
        for (const Json &interrupt : task[u"interrupts"].items()) {
            const QString id = interrupt[u"id"].toString();
            const bool known
                = std::any_of(found.cbegin(), found.cend(), [&id](const Held &held) -> bool {
                      return held.interrupt[u"id"].toString() == id;
                  });
            if (!id.isEmpty() && !known) {
                found.append({.interrupt = interrupt,
                              .taskId = named[u"id"].toString(),
                              .taskName = named[u"name"].toString(),
                              .error = task[u"error"].toString()});
            }
        }
        collect(task[u"state"], &named, found);
    }
}

QSet<QString> idsOf(const Json &thread)
{
    QSet<QString> ids;
    for (const auto &[task, interrupts] : thread[u"interrupts"].members()) {
        for (const Json &interrupt : interrupts.items()) {
            ids.insert(interrupt[u"id"].toString());
        }
    }
    return ids;
}

/// JavaScript rounds integers from 2^53 on.
bool mayBeRounded(const Json &value)
{
    if (value.isNumber()) {
        bool ok = false;
        const double number = value.toDouble(&ok);
        return ok && std::abs(number) >= 9007199254740992.0;
    }
    return std::any_of(value.items().cbegin(), value.items().cend(), mayBeRounded)
        || std::any_of(
               value.members().cbegin(), value.members().cend(),
               [](const Json::Member &member) -> bool { return mayBeRounded(member.second); });
}

QString breakpointKey(const QString &thread, const QString &task)
{
    return thread + QStringLiteral("/break-") + task;
}

class Reader
{
public:
    Reader(const Json &thread, const Json &state, const Endpoint &endpoint, bool javascript)
        : m_thread(thread),
          m_state(state),
          m_endpoint(endpoint),
          m_javascript(javascript),
          m_id(thread[u"thread_id"].toString())
    {
    }

    [[nodiscard]] QList<Proposal> question(const Held &held,
                                           const std::optional<Trouble> &trouble) const;
    [[nodiscard]] Proposal breakpoint() const;
    [[nodiscard]] QList<Proposal> ghost(const QList<Held> &held) const;

private:
    [[nodiscard]] Proposal base() const;

    const Json &m_thread;
    const Json &m_state;
    const Endpoint &m_endpoint;
    bool m_javascript;
    QString m_id;
};

Proposal Reader::base() const
{
    Proposal proposal;
    const Json &metadata = m_thread[u"metadata"];
    const Json &graph = metadata[u"graph_id"];
    const Json &assistant = metadata[u"assistant_id"];
    proposal.agent = graph.isString() ? graph.toString() : assistant.toString();
    proposal.source.lane = m_id;
    proposal.source.ids = Json::object({{QStringLiteral("thread"), Json(m_id)},
                                        {QStringLiteral("assistant"), assistant},
                                        {QStringLiteral("graph"), graph}});
    // The second question of one node stands in the checkpoint of the first; `next` is empty then.
    const Json &since
        = m_state[u"next"].items().isEmpty() ? m_thread[u"updated_at"] : m_state[u"created_at"];
    proposal.reportedMs = parseIsoTime(since.toString());
    return proposal;
}

QList<Proposal> Reader::question(const Held &held, const std::optional<Trouble> &trouble) const
{
    const Asked asked = understand(held.interrupt);
    const QString interrupt = held.interrupt[u"id"].toString();
    const Json &value = held.interrupt[u"value"];
    QList<Proposal> proposals;
    for (const AskedPart &part : asked.parts) {
        Proposal proposal = base();
        proposal.source.question = m_id + u'/' + interrupt;
        proposal.source.part = int(proposals.size()) + 1;
        proposal.source.of = int(asked.parts.size());
        proposal.source.rebind
            = QStringLiteral("%1/%2/%3")
                  .arg(m_id, held.taskName,
                       QString::fromLatin1(sha256(canonicalJson(value)).toHex()));
        proposal.source.ids.set(QStringLiteral("interrupt"), Json(interrupt));
        proposal.source.ids.set(QStringLiteral("task"), Json(held.taskName));
        proposal.dialect = asked.dialect;
        proposal.action = part.action;
        proposal.arguments = part.arguments;
        proposal.schema = part.schema;
        proposal.answerSchema = asked.answerSchema;
        proposal.question = part.question;
        proposal.allowed = trouble ? AllowedDecisions() : part.allowed;
        proposal.rejectCancelsSiblings = asked.rejectCancelsSiblings;
        proposal.marks = part.marks;
        proposal.trouble = trouble;
        proposal.raw = held.interrupt;
        if (m_javascript && mayBeRounded(part.request)) {
            proposal.marks.append(tr("May have been rounded by the server."));
        }
        const auto fits
            = part.schema.isNull() ? Result<void>() : validateAgainst(part.schema, part.arguments);
        if (!fits && fits.error().code == ErrorCode::Protocol) {
            proposal.marks.append(fits.error().text);
        }
        extract(m_endpoint,
                {.value = value,
                 .values = m_state[u"values"],
                 .metadata = m_thread[u"metadata"],
                 .action = part.request},
                proposal);
        proposals.append(proposal);
    }
    return proposals;
}

Proposal Reader::breakpoint() const
{
    Proposal proposal = base();
    const QString task = m_state[u"tasks"].items().value(0)[u"id"].toString();
    proposal.source.question = breakpointKey(m_id, task);
    proposal.source.ids.set(QStringLiteral("task"), Json(task));
    proposal.dialect = QLatin1String(dialect::breakpoint);
    proposal.action = m_state[u"next"].toStrings().join(QStringLiteral(", "));
    proposal.allowed = DecisionKind::Approve;
    proposal.marks.append(tr("The agent stops before this step and can only be told to go on."));
    proposal.raw = Json::object({{QStringLiteral("next"), m_state[u"next"]}});
    extract(m_endpoint,
            {.value = Json(),
             .values = m_state[u"values"],
             .metadata = m_thread[u"metadata"],
             .action = Json()},
            proposal);
    return proposal;
}

QList<Proposal> Reader::ghost(const QList<Held> &held) const
{
    const Trouble trouble{
        .code = QLatin1String(dialect::ghost),
        .text = tr("The thread says that it waits, but holds no question that could be answered. "
                   "It was changed from outside; start it again where it belongs."),
        .repairable = false};
    QList<Held> asked = held;
    for (const auto &[task, interrupts] : m_thread[u"interrupts"].members()) {
        for (const Json &interrupt : interrupts.items()) {
            asked.append({.interrupt = interrupt, .taskId = task, .taskName = {}, .error = {}});
        }
    }
    if (!asked.isEmpty()) {
        return question(asked.first(), trouble);
    }
    Proposal proposal = base();
    proposal.source.question = m_id + QStringLiteral("/ghost");
    proposal.dialect = QLatin1String(dialect::ghost);
    proposal.trouble = trouble;
    return {proposal};
}

Trouble poisoned(const QString &error)
{
    const auto parsed = parseJson(error.toUtf8());
    const QString message
        = parsed && (*parsed)[u"message"].isString() ? (*parsed)[u"message"].toString() : error;
    return {.code = QStringLiteral("poisoned"),
            .text = tr("The agent failed on an answer and remembers it, so that right answers fail "
                       "as well (%1). "
                       "Repairing the thread makes it ask again.")
                        .arg(message.simplified().left(200)),
            .repairable = true};
}

} // namespace

QList<Proposal> readThread(const Json &thread, const Json &state, const Endpoint &endpoint,
                           bool javascript)
{
    const QString status = thread[u"status"].toString();
    const Reader reader(thread, state, endpoint, javascript);
    const QSet<QString> open = idsOf(thread);
    QList<Held> held;
    collect(state, nullptr, held);
    QList<Proposal> proposals;
    if (status == QLatin1String("error")) {
        for (const Held &one : std::as_const(held)) {
            if (!one.error.isEmpty() || open.contains(one.interrupt[u"id"].toString())) {
                proposals += reader.question(one, poisoned(one.error));
            }
        }
        return proposals;
    }
    if (status != QLatin1String("interrupted")) {
        return {};
    }
    for (const Held &one : std::as_const(held)) {
        if (open.contains(one.interrupt[u"id"].toString())) {
            proposals += reader.question(one, std::nullopt);
        }
    }
    if (!proposals.isEmpty()) {
        return proposals;
    }
    if (held.isEmpty() && open.isEmpty() && !state[u"next"].items().isEmpty()) {
        return {reader.breakpoint()};
    }
    return reader.ghost(held);
}

QStringList possibleQuestions(const Json &thread)
{
    const QString id = thread[u"thread_id"].toString();
    QStringList keys;
    for (const auto &[task, interrupts] : thread[u"interrupts"].members()) {
        keys.append(breakpointKey(id, task));
        for (const Json &interrupt : interrupts.items()) {
            keys.append(id + u'/' + interrupt[u"id"].toString());
        }
    }
    return keys;
}

} // namespace countersign::langgraph
