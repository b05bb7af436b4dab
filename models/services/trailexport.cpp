// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/trailexport.h"

#include "domain/clock.h"
#include "domain/envelope.h"
#include "services/csv.h"

namespace countersign {

QByteArray csvTitles()
{
    CsvRow row;
    for (const char *title : {"seq", "at", "kind", "case", "decision", "actor", "actor_name",
                              "endpoint", "agent", "action", "risk", "leaf", "signature_key"}) {
        row.text(QString::fromLatin1(title));
    }
    return row.line();
}

QByteArray csvLine(const EventRecord &event)
{
    const auto envelope = parseEnvelope(event.envelope);
    const QString actorName = envelope ? (*envelope)[u"actor"][u"name"].toString() : QString();
    CsvRow row;
    row.number(event.seq)
        .text(isoTime(event.atMs))
        .text(event.kind)
        .text(event.caseId.toString())
        .text(event.decision.toString())
        .text(event.actor)
        .text(actorName)
        .text(event.endpoint.toString())
        .text(event.agent)
        .text(event.action)
        .text(event.risk)
        .text(QString::fromLatin1(event.leaf.toHex()))
        .text(event.signatureKey);
    return row.line();
}

QByteArray jsonLine(const EventRecord &event)
{
    QByteArray line = "{\"envelope\":" + event.envelope;
    line += ",\"leaf\":\"" + event.leaf.toHex() + '"';
    if (!event.signatureKey.isEmpty()) {
        line += ",\"signature_key\":\"" + event.signatureKey.toLatin1() + '"';
        line += ",\"signature\":\"" + event.signature.toBase64() + '"';
    }
    return line + "}\n";
}

} // namespace countersign
