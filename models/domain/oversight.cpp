// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/oversight.h"

#include "domain/json.h"

#include <algorithm>

namespace countersign {

Json GateTerms::toJson() const
{
    Json json = Json::object();
    const auto text = [&json](const char *name, const QString &value) -> void {
        if (!value.isEmpty()) {
            json.set(key(name), Json(value));
        }
    };
    text("rule", rule);
    if (holdMs) {
        json.set(key("hold_ms"), Json(*holdMs));
    }
    if (batch) {
        json.set(key("batch"), Json(*batch));
    }
    if (typedReason) {
        json.set(key("typed_reason"), Json(*typedReason));
    }
    text("authority", authority);
    if (approvers > 1) {
        json.set(key("approvers"), Json(approvers));
    }
    text("spot_check_rate", spotCheckRate);
    if (zeroMs) {
        json.set(key("zero_ms"), Json(*zeroMs));
    }
    text("at_zero", atZero);
    Json steps = Json::array();
    for (const auto &[atMs, queue] : path) {
        steps.append(Json::object({{key("at_ms"), Json(atMs)}, {key("queue"), Json(queue)}}));
    }
    if (!path.isEmpty()) {
        json.set(key("path"), steps);
    }
    return json;
}

GateTerms GateTerms::fromJson(const Json &json)
{
    const auto integer = [&json](QStringView name) -> std::optional<qint64> {
        return json[name].isNumber() ? std::optional(json[name].toInteger()) : std::nullopt;
    };
    const auto flag = [&json](QStringView name) -> std::optional<bool> {
        return json[name].isBool() ? std::optional(json[name].toBool()) : std::nullopt;
    };
    GateTerms terms{.rule = json[u"rule"].toString(),
                    .holdMs = integer(u"hold_ms"),
                    .batch = flag(u"batch"),
                    .typedReason = flag(u"typed_reason"),
                    .authority = json[u"authority"].toString(),
                    .approvers = int(json[u"approvers"].toInteger(1)),
                    .spotCheckRate = json[u"spot_check_rate"].toString(),
                    .zeroMs = integer(u"zero_ms"),
                    .atZero = json[u"at_zero"].toString()};
    for (const Json &step : json[u"path"].items()) {
        terms.path.append({step[u"at_ms"].toInteger(), step[u"queue"].toString()});
    }
    return terms;
}

QString PolicyRecord::name() const
{
    return QStringLiteral("policy v%1").arg(version);
}

bool StopScope::covers(const EndpointId &where, const QString &who) const
{
    return (endpoint.isEmpty() || endpoint == where) && (agent.isEmpty() || agent == who);
}

std::optional<StopOrder> stopFor(const QList<StopOrder> &stops, const EndpointId &endpoint,
                                 const QString &agent)
{
    const auto found
        = std::find_if(stops.cbegin(), stops.cend(), [&](const StopOrder &order) -> bool {
              return order.scope.covers(endpoint, agent);
          });
    return found == stops.cend() ? std::nullopt : std::optional<StopOrder>(*found);
}

} // namespace countersign
