// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/agent.h"
#include "domain/clock.h"

#include <QSaveFile>

namespace countersign::demo {

namespace {

constexpr int saveAfterMs = 200;
constexpr auto format = "countersign-demo-agent/1";

/// A company that was not there while the demo was not running: what was due later is due later
/// still, by as long as that was.
void shiftDue(Entry &entry, qint64 awayMs)
{
    if (entry.draft.dueMs && entry.wire[u"state"].toString() == u"waiting") {
        entry.draft.dueMs = *entry.draft.dueMs + awayMs;
        entry.wire.set(QStringLiteral("due"), Json(isoTime(*entry.draft.dueMs)));
        entry.draft.content.set(QStringLiteral("due"), entry.wire[u"due"]);
    }
}

} // namespace

DemoAgent::~DemoAgent()
{
    if (m_saving.isActive()) {
        writeState();
    }
}

Result<void> DemoAgent::keep(const QString &path)
{
    m_path = path;
    QFile file(path);
    if (!file.exists()) {
        return {};
    }
    const auto known = parseJson(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    if (!known || (*known)[u"format"].toString() != QLatin1String(format)) {
        return fail(ErrorCode::Unreadable,
                    QStringLiteral("%1 does not hold what this agent knows. Name another file, or "
                                   "remove it.")
                        .arg(path));
    }
    const qint64 awayMs
        = qMax<qint64>(0, SystemClock().nowMs() - (*known)[u"saved_ms"].toInteger());
    m_next = int((*known)[u"next"].toInteger());
    takeUpPolicy((*known)[u"policy"]);
    m_catalog.reseed(quint64(m_next));
    for (const Json &item : (*known)[u"cases"].items()) {
        Entry entry = Entry::fromJson(item);
        shiftDue(entry, awayMs);
        const QString id = entry.wire[u"id"].toString();
        for (const Json &receipt : entry.receipts.items()) {
            m_decided.insert(receipt[u"decision_id"].toString(), id);
        }
        m_entries.insert(id, entry);
        m_order.append(id);
        for (int part = 1; part <= entry.receipts.items().size(); ++part) {
            schedule(id, part);
        }
    }
    return {};
}

void DemoAgent::save()
{
    if (!m_path.isEmpty() && !m_saving.isActive()) {
        m_saving.start(saveAfterMs);
    }
}

void DemoAgent::writeState()
{
    if (m_path.isEmpty()) {
        return;
    }
    m_saving.stop();
    Json cases = Json::array();
    for (const QString &id : std::as_const(m_order)) {
        cases.append(m_entries[id].toJson());
    }
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly)
        || file.write(toJson(jsonObject({{"format", Json(QLatin1String(format))},
                                         {"saved_ms", Json(SystemClock().nowMs())},
                                         {"next", Json(m_next)},
                                         {"policy", m_gates ? m_gates->request : Json()},
                                         {"cases", cases}})))
            < 0
        || !file.commit()) {
        qWarning("%s cannot be written: %s", qPrintable(m_path), qPrintable(file.errorString()));
    }
}

} // namespace countersign::demo
