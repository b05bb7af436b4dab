// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/envelope.h"

#include "domain/clock.h"
#include "domain/envelopescan.h"
#include "domain/error.h"
#include "domain/translate.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr qint64 maxInteger = (qint64(1) << 53) - 1;

bool isEnvelopeKey(const QString &key)
{
    const auto lower = [](QChar c) -> bool {
        return c >= QLatin1Char('a') && c <= QLatin1Char('z');
    };
    const auto digit = [](QChar c) -> bool {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    };
    return !key.isEmpty() && lower(key.front())
        && std::all_of(key.begin(), key.end(), [&](QChar c) -> bool {
               return lower(c) || digit(c) || c == QLatin1Char('_');
           });
}

Result<void> check(const Json &value, int depth)
{
    if (depth > deepestEnvelope) {
        return invalid(tr("An event is nested more than %1 levels deep.").arg(deepestEnvelope));
    }
    if (value.isNumber()) {
        const qint64 integer = value.toInteger(maxInteger + 1);
        if (qAbs(integer) > maxInteger || QByteArray::number(integer) != value.numberText()) {
            return invalid(
                tr("An event holds the number %1; only whole numbers within ±(2^53-1) are allowed.")
                    .arg(QString::fromLatin1(value.numberText())));
        }
    }
    if (value.isString() && !value.toString().isValidUtf16()) {
        return invalid(tr("An event holds text that is not Unicode."));
    }
    for (const Json &item : value.items()) {
        if (auto checked = check(item, depth + 1); !checked) {
            return checked;
        }
    }
    for (const auto &[key, member] : value.members()) {
        if (!isEnvelopeKey(key)) {
            return invalid(tr("An event holds the member “%1”; names are lower case.").arg(key));
        }
        if (auto checked = check(member, depth + 1); !checked) {
            return checked;
        }
    }
    return {};
}

void setText(Json &json, const char *key, const QString &text)
{
    if (!text.isEmpty()) {
        json.set(QString::fromLatin1(key), Json(text));
    }
}

} // namespace

Result<QByteArray> canonicalEnvelope(const Json &value)
{
    if (!value.isObject()) {
        return invalid(tr("An event must be an object."));
    }
    if (auto checked = check(value, 1); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    QByteArray bytes = canonicalJson(value);
    if (bytes.size() > longestEnvelope) {
        return invalid(
            tr("An event has %1 bytes; at most %2 are allowed.").arg(bytes.size()).arg(longestEnvelope));
    }
    return bytes;
}

Result<Json> parseEnvelope(const QByteArray &bytes)
{
    auto json = parseJson(bytes, {.depth = deepestEnvelope, .bytes = longestEnvelope});
    if (!json) {
        return json;
    }
    const auto canonical = canonicalEnvelope(*json);
    if (!canonical) {
        return tl::unexpected<Error>(canonical.error());
    }
    if (*canonical != bytes) {
        return fail(ErrorCode::Tampered, tr("An event is not in its canonical form."));
    }
    return json;
}

Json envelopeOf(const EventDraft &draft, const QString &log, qint64 index, qint64 atMs,
                const QByteArray &payload)
{
    Json json = draft.fields;
    json.set(QStringLiteral("v"), Json(1));
    json.set(QStringLiteral("log"), Json(log));
    json.set(QStringLiteral("i"), Json(index));
    json.set(QStringLiteral("at"), Json(isoTime(atMs)));
    json.set(QStringLiteral("kind"), Json(draft.kind));
    json.set(QStringLiteral("actor"),
             Json::object({{QStringLiteral("id"), Json(draft.actor.id)},
                           {QStringLiteral("name"), Json(draft.actor.name)},
                           {QStringLiteral("type"), Json(toWord(draft.actor.type))}}));
    setText(json, "case", draft.caseId.toString());
    setText(json, "endpoint", draft.endpoint.toString());
    setText(json, "agent", draft.agent);
    setText(json, "action", draft.action);
    setText(json, "decision", draft.decision.toString());
    setText(json, "payload", QString::fromLatin1(payload.toHex()));
    if (!draft.caseId.isEmpty()) {
        json.set(QStringLiteral("risk"), Json(toWord(draft.risk)));
    }
    if (draft.reportedMs) {
        json.set(QStringLiteral("reported_at"), Json(isoTime(*draft.reportedMs)));
    }
    return json;
}

EventRecord recordOf(const Json &envelope)
{
    EventRecord record;
    record.atMs = parseIsoTime(envelope[u"at"].toString()).value_or(0);
    record.kind = envelope[u"kind"].toString();
    record.caseId = CaseId(envelope[u"case"].toString());
    record.actor = envelope[u"actor"][u"id"].toString();
    record.agent = envelope[u"agent"].toString();
    record.action = envelope[u"action"].toString();
    record.endpoint = EndpointId(envelope[u"endpoint"].toString());
    record.risk = envelope[u"risk"].toString();
    record.decision = DecisionId(envelope[u"decision"].toString());
    return record;
}

} // namespace countersign
