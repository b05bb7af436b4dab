// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/policyreader.h"

#include "domain/authority.h"
#include "domain/review.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace countersign {

namespace {

constexpr qint64 longestUndoMs = 3'600'000;
constexpr int mostRules = 5000;
constexpr int mostApprovers = 5;

std::optional<QMap<QString, Decimal>> readLimits(PolicyObjectReader &object)
{
    const QLatin1String key("limits");
    const Json *limits = object.take(key);
    if (!limits) {
        return std::nullopt;
    }
    if (!limits->isObject()) {
        object.fault(key, trPolicy("An object of currencies and amounts is wanted here."));
        return std::nullopt;
    }
    static const QRegularExpression currency(QStringLiteral("^[A-Z]{3}$"));
    QMap<QString, Decimal> read;
    for (const auto &[name, value] : limits->members()) {
        const auto amount = value.isNumber() ? Decimal::parse(value.numberText()) : std::nullopt;
        const QString path = object.pathOf(u"limits") + QLatin1Char('/') + name;
        if (!currency.match(name).hasMatch()) {
            object.faults().append(
                {path, trPolicy("A currency is named by three capital letters, such as EUR.")});
        } else if (!amount || *amount < Decimal()) {
            object.faults().append({path, trPolicy("An amount of 0 or more is wanted here.")});
        } else {
            read.insert(name, *amount);
        }
    }
    return read;
}

/// A share that the draw can repeat exactly.
std::optional<Decimal> readShare(PolicyObjectReader &object)
{
    const QLatin1String key("spot_check_rate");
    const auto share = object.decimal(key, 0, 1);
    if (share && *share > Decimal() && !isShare(share->toString())) {
        object.fault(key, trPolicy("Write a share as a plain decimal, such as 0.05."));
    }
    return share;
}

PolicyRule readRule(const Json &json, const QString &path, QList<PolicyFault> &faults)
{
    PolicyRule rule;
    PolicyObjectReader object(json, path, faults);
    static const QRegularExpression form(QStringLiteral("^[a-z0-9][a-z0-9._-]{0,59}$"));
    const auto id = object.text(QLatin1String("id"));
    if (id && !form.match(*id).hasMatch()) {
        object.fault(QLatin1String("id"),
                     trPolicy("An id is made of a-z, 0-9, points, dashes and underscores."));
    } else if (!id && json.isObject() && !json.contains(u"id")) {
        object.fault(QLatin1String("id"), trPolicy("Every rule needs an id."));
    }
    rule.id = id.value_or(QString());
    rule.title = object.text(QLatin1String("title")).value_or(QString());
    rule.match.agent = object.text(QLatin1String("agent")).value_or(QString());
    rule.match.action = object.text(QLatin1String("action")).value_or(QString());
    rule.match.caseType = object.text(QLatin1String("case_type")).value_or(QString());
    rule.match.risk
        = object.word(QLatin1String("risk"), QList{Risk::Low, Risk::Medium, Risk::High});
    readSettings(object, rule);
    object.refuseUnknownMembers();
    return rule;
}

/// What the document's defaults leave open themselves.
PolicyRule safest()
{
    PolicyRule rule;
    rule.mode = PolicyMode::Approve;
    rule.minConfidence = Decimal();
    rule.limits = QMap<QString, Decimal>();
    rule.worstReversibility = Reversibility::Reversible;
    rule.conditions = QList<PolicyCondition>();
    rule.queue = trPolicy("Everything");
    rule.authority = QStringLiteral("reviewer");
    rule.approvers = 1;
    rule.batch = false;
    rule.typedReason = false;
    rule.spotCheckRate = Decimal();
    rule.rungCap = QStringLiteral("autonomous");
    return rule;
}

} // namespace

void readSettings(PolicyObjectReader &object, PolicyRule &rule)
{
    const auto keep = [](auto &setting, auto given) -> void {
        if (given) {
            setting = std::move(given);
        }
    };
    keep(rule.mode,
         object.word(QLatin1String("mode"),
                     QList{PolicyMode::Approve, PolicyMode::Review, PolicyMode::Autonomous,
                           PolicyMode::Block}));
    keep(rule.minConfidence, object.decimal(QLatin1String("min_confidence"), 0, 1));
    keep(rule.limits, readLimits(object));
    keep(rule.worstReversibility,
         object.word(QLatin1String("worst_reversibility"),
                     QList{Reversibility::Reversible, Reversibility::Costly}));
    if (const Json *conditions = object.take(QLatin1String("conditions"))) {
        rule.conditions
            = readConditions(*conditions, object.pathOf(u"conditions"), object.faults());
    }
    keep(rule.queue, object.text(QLatin1String("queue"), 60));
    keep(rule.authority, object.text(QLatin1String("authority"), 40));
    if (rule.authority && !isRole(*rule.authority)) {
        object.fault(QLatin1String("authority"),
                     trPolicy("A role such as “lead” or “finance” is wanted here."));
    }
    if (const auto count = object.integer(QLatin1String("approvers"), 1, mostApprovers)) {
        rule.approvers = int(*count);
    }
    keep(rule.due, readDue(object));
    if (const auto seconds
        = object.integer(QLatin1String("undo_seconds"), 0, longestUndoMs / 1000)) {
        rule.undoMs = *seconds * 1000;
    }
    keep(rule.batch, object.flag(QLatin1String("batch")));
    keep(rule.typedReason, object.flag(QLatin1String("typed_reason")));
    keep(rule.spotCheckRate, readShare(object));
    keep(rule.rungCap,
         object.oneOf(QLatin1String("rung_cap"),
                      {QStringLiteral("draft"), QStringLiteral("supervised"),
                       QStringLiteral("spot-check"), QStringLiteral("autonomous")}));
}

PolicyReading readPolicy(const Json &document)
{
    PolicyReading reading;
    PolicyObjectReader object(document, QString(), reading.faults);
    Policy policy{.document = document};
    const QString format = QStringLiteral("countersign-policy/1");
    if (!document.contains(u"format")) {
        object.fault(QLatin1String("format"), trPolicy("Say “%1” here.").arg(format));
    }
    object.oneOf(QLatin1String("format"), {format});
    policy.title = object.text(QLatin1String("title")).value_or(QString());
    policy.hours = readHours(object);
    policy.queues = readQueues(object);
    policy.defaults = safest();
    if (const Json *defaults = object.take(QLatin1String("defaults"))) {
        PolicyObjectReader inner(*defaults, object.pathOf(u"defaults"), reading.faults);
        readSettings(inner, policy.defaults);
        inner.refuseUnknownMembers();
    }
    const Json *rules = object.take(QLatin1String("rules"));
    if (!rules || !rules->isArray() || rules->items().size() > mostRules) {
        object.fault(QLatin1String("rules"),
                     trPolicy("A list of at most %1 rules is wanted here.").arg(mostRules));
    } else {
        for (int i = 0; i < rules->items().size(); ++i) {
            policy.rules.append(
                readRule(rules->items()[i], QStringLiteral("/rules/%1").arg(i), reading.faults));
        }
    }
    object.refuseUnknownMembers();
    checkRules(policy, reading.faults);
    if (reading.faults.isEmpty()) {
        reading.policy = std::move(policy);
    }
    return reading;
}

PolicyReading readPolicy(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    return document ? readPolicy(*document)
                    : PolicyReading{.policy = {}, .faults = {{QString(), document.error().text}}};
}

QString Policy::digest() const
{
    return QString::fromLatin1(
        QCryptographicHash::hash(canonicalJson(document), QCryptographicHash::Sha256).toHex());
}

const PolicyQueue *Policy::queue(const QString &name) const
{
    const auto found = std::find_if(
        queues.cbegin(), queues.cend(),
        [&](const PolicyQueue &one) -> bool { return one.name == name; });
    return found == queues.cend() ? nullptr : &*found;
}

} // namespace countersign
