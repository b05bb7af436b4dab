// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/agent.h"

#include "domain/clock.h"
#include "domain/decimal.h"

namespace countersign::demo {

namespace {

const SystemClock systemClock;

} // namespace

Answer failure(int status, const char *code, const QString &message)
{
    return {status,
            jsonObject({{"error",
                         jsonObject({{"code", Json(QString::fromLatin1(code))},
                                     {"message", Json(message)}})}})};
}

DemoAgent::DemoAgent(Catalog catalog, const AgentSettings &settings, Journal *journal,
                     QObject *parent)
    : QObject(parent),
      m_catalog(std::move(catalog)),
      m_settings(settings),
      m_journal(journal)
{
    m_overdue.setInterval(1000);
    connect(&m_overdue, &QTimer::timeout, this, &DemoAgent::expireOverdue);
    m_overdue.start();
    m_saving.setSingleShot(true);
    connect(&m_saving, &QTimer::timeout, this, &DemoAgent::writeState);
}

QString DemoAgent::propose(const QString &kind)
{
    const qint64 nowMs = systemClock.nowMs();
    const Draft draft = kind.isEmpty() ? m_catalog.deal(nowMs) : m_catalog.deal(kind, nowMs);
    if (isStopped(draft.content[u"agent"].toString())) {
        return {};
    }
    const auto kept = keepGate(draft);
    return kept ? *kept : add(draft, {});
}

bool DemoAgent::isStopped(const QString &agent) const
{
    return m_stopped.contains(QString()) || m_stopped.contains(agent);
}

Answer DemoAgent::stop(const QByteArray &body)
{
    const auto request = parseJson(body);
    if (!request || !(*request)[u"stopped"].isBool()) {
        return failure(400, "bad_request", QStringLiteral("Say whether to stop: true or false."));
    }
    const QString agent = (*request)[u"agent"].toString();
    if ((*request)[u"stopped"].toBool()) {
        m_stopped.insert(agent);
    } else {
        m_stopped.remove(agent);
    }
    m_journal->write(QStringLiteral("stop"), *request);
    QStringList agents(m_stopped.cbegin(), m_stopped.cend());
    agents.removeAll(QString());
    agents.sort();
    return {200,
            jsonObject({{"everything", Json(m_stopped.contains(QString()))},
                        {"agents", Json::fromStrings(agents)}})};
}

QString DemoAgent::add(const Draft &draft, const QString &follows)
{
    const QString id = QStringLiteral("case-%1").arg(++m_next);
    Entry entry{
        .draft = draft,
        .wire = jsonObject(
            {{"id", Json(id)}, {"revision", Json(1)}, {"state", Json(QStringLiteral("waiting"))}})};
    for (const auto &[key, value] : draft.content.members()) {
        entry.wire.set(key, value);
    }
    if (!follows.isEmpty()) {
        entry.wire.set(QStringLiteral("follows"), Json(follows));
    }
    entry.refresh();
    m_entries.insert(id, entry);
    m_order.append(id);
    save();
    const bool revised = !follows.isEmpty() && entry.wire.contains(u"artifact");
    Q_EMIT happened(revised ? QStringLiteral("artifact.revised") : QStringLiteral("case.proposed"),
                    entry.wire);
    return id;
}

Json DemoAgent::card() const
{
    QStringList agents;
    Json actions = Json::array();
    const auto addAction = [&](const Json &kind) -> void {
        if (!agents.contains(kind[u"agent"].toString())) {
            agents.append(kind[u"agent"].toString());
        }
        actions.append(jsonObject({{"agent", kind[u"agent"]},
                                   {"action", kind[u"action"]},
                                   {"arguments_schema", kind[u"arguments_schema"]}}));
    };
    for (const Json &kind : m_catalog.kinds()) {
        if (kind.contains(u"action")) {
            addAction(kind);
        }
    }
    return jsonObject({{"policy", keptPolicy()},
                       {"protocol", Json(QStringLiteral("countersign/1"))},
                       {"name", Json(QStringLiteral("Brenner & Soto, demo agents"))},
                       {"version", Json(QStringLiteral(COUNTERSIGN_VERSION))},
                       {"agents", Json::fromStrings(agents)},
                       {"actions", actions},
                       {"capabilities",
                        Json::fromStrings({QStringLiteral("events"), QStringLiteral("effects"),
                                           QStringLiteral("outcomes"), QStringLiteral("artifacts"),
                                           QStringLiteral("stop"), QStringLiteral("policy")})}});
}

Answer DemoAgent::cases(const QString &state, const QString &after, int limit) const
{
    qsizetype start = 0;
    if (!after.isEmpty()) {
        start = m_order.indexOf(after) + 1;
        if (start == 0) {
            return failure(400, "bad_cursor",
                           QStringLiteral("There is no case %1 to go on after.").arg(after));
        }
    }
    Json list = Json::array();
    QString last;
    bool more = false;
    for (qsizetype i = start; i < m_order.size(); ++i) {
        const Json &wire = m_entries[m_order.at(i)].wire;
        if (!state.isEmpty() && wire[u"state"].toString() != state) {
            continue;
        }
        if (list.items().size() == limit) {
            more = true;
            break;
        }
        list.append(wire);
        last = m_order.at(i);
    }
    return {200, jsonObject({{"cases", list}, {"next", more ? Json(last) : Json()}})};
}

Answer DemoAgent::caseById(const QString &id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.cend()
        ? failure(404, "no_such_case", QStringLiteral("There is no case %1.").arg(id))
        : Answer{200, found->wire};
}

Answer DemoAgent::decisionById(const QString &id) const
{
    const auto found = m_decided.constFind(id);
    return found == m_decided.cend()
        ? failure(404, "no_such_decision", QStringLiteral("No decision %1 was taken.").arg(id))
        : Answer{200, m_entries[*found].receipt()};
}

int DemoAgent::waiting() const
{
    return int(std::count_if(m_entries.cbegin(), m_entries.cend(), [](const Entry &entry) -> bool {
        return entry.wire[u"state"].toString() == u"waiting";
    }));
}

bool DemoAgent::change(const QString &id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || found->wire[u"state"].toString() != u"waiting") {
        return false;
    }
    const qint64 revision = found->wire[u"revision"].toInteger() + 1;
    const Json arguments = found->wire[u"arguments"];
    for (const auto &[key, value] : arguments.members()) {
        const auto amount = value.isNumber() ? Decimal::parse(value.numberText()) : std::nullopt;
        if (amount) {
            Json changed = arguments;
            changed.set(
                key,
                Json::number((*amount + *Decimal::parse(QByteArray("10"))).toString().toLatin1()));
            found->wire.set(QStringLiteral("arguments"), changed);
            break;
        }
    }
    found->wire.set(QStringLiteral("revision"), Json(revision));
    found->wire.set(QStringLiteral("question"),
                    Json(found->draft.content[u"question"].toString()
                         + QStringLiteral(" (corrected, revision %1)").arg(revision)));
    found->refresh();
    save();
    m_journal->write(QStringLiteral("change"),
                     jsonObject({{"case", Json(id)}, {"digest", found->wire[u"digest"]}}));
    Q_EMIT happened(QStringLiteral("case.changed"), found->wire);
    return true;
}

void DemoAgent::close(Entry &entry, const QString &state, const QString &text)
{
    entry.wire.set(QStringLiteral("state"), Json(state));
    save();
    Q_EMIT happened(
        QStringLiteral("case.withdrawn"),
        jsonObject({{"case", entry.wire[u"id"]}, {"reason", Json(state)}, {"text", Json(text)}}));
}

bool DemoAgent::withdraw(const QString &id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || found->wire[u"state"].toString() != u"waiting") {
        return false;
    }
    close(*found, QStringLiteral("withdrawn"),
          QStringLiteral("The request was taken back before anybody answered."));
    return true;
}

bool DemoAgent::expire(const QString &id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || found->wire[u"state"].toString() != u"waiting") {
        return false;
    }
    close(*found, QStringLiteral("expired"),
          QStringLiteral("Nobody answered in time; nothing was done."));
    return true;
}

void DemoAgent::expireOverdue()
{
    const qint64 nowMs = systemClock.nowMs();
    for (Entry &entry : m_entries) {
        if (entry.wire[u"when_due"].toString() == u"expire" && entry.draft.dueMs
            && *entry.draft.dueMs <= nowMs && entry.wire[u"state"].toString() == u"waiting") {
            close(entry, QStringLiteral("expired"),
                  QStringLiteral("Nobody answered in time; nothing was done."));
        }
    }
}

Json DemoAgent::counts() const
{
    Json effects = Json::object();
    for (auto it = m_effects.cbegin(); it != m_effects.cend(); ++it) {
        effects.set(it.key(), Json(it.value()));
    }
    return jsonObject({{"cases", Json(qint64(m_order.size()))},
                       {"decisions", Json(qint64(m_decided.size()))},
                       {"effects", effects}});
}

} // namespace countersign::demo
