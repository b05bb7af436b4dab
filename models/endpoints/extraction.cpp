// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/extraction.h"

#include "domain/clock.h"
#include "domain/translate.h"


namespace countersign {

namespace {

bool isPointer(const QString &pointer)
{
    if (!pointer.startsWith(u'/')) {
        return false;
    }
    for (qsizetype i = 0; i < pointer.size(); ++i) {
        if (pointer.at(i) == u'~') {
            const QChar next = i + 1 < pointer.size() ? pointer.at(i + 1) : QChar();
            if (next != u'0' && next != u'1') {
                return false;
            }
        }
    }
    return true;
}

bool hasKnownRoot(const QString &pointer)
{
    const QString root = pointer.section(u'/', 1, 1);
    return root == QLatin1String("value") || root == QLatin1String("values")
        || root == QLatin1String("metadata") || root == QLatin1String("action");
}

/// A string, or a number as it is written; empty for anything else.
QString plainText(const Json &value)
{
    return value.isNumber() ? QString::fromLatin1(value.numberText()) : value.toString();
}

std::optional<Decimal> exactNumber(const Json &value)
{
    return value.isNumber() ? Decimal::parse(value.numberText()) : Decimal::parse(value.toString());
}

/// Sentences out of a string, or an array of strings or of objects with a telling member.
QStringList sentences(const Json &value)
{
    if (value.isString()) {
        return {value.toString()};
    }
    QStringList list;
    for (const Json &item : value.items()) {
        const QString text = item.isObject()
            ? (item.contains(u"text") ? item[u"text"].toString() : QString::fromUtf8(toJson(item)))
            : plainText(item);
        if (!text.isEmpty()) {
            list.append(text);
        }
    }
    return list;
}

Evidence evidenceOf(const Json &item)
{
    if (!item.isObject()) {
        return {.title = {}, .text = plainText(item), .link = {}};
    }
    const auto first = [&item](std::initializer_list<QStringView> keys) -> QString {
        for (const QStringView key : keys) {
            if (item[key].isString() && !item[key].toString().isEmpty()) {
                return item[key].toString();
            }
        }
        return {};
    };
    Evidence evidence{.title = first({u"title", u"name", u"source"}),
                      .text = first({u"text", u"content", u"summary", u"snippet"}),
                      .link = first({u"link", u"url", u"uri", u"href"})};
    if (evidence == Evidence()) {
        evidence.text = QString::fromUtf8(toJson(item));
    }
    return evidence;
}

QList<Evidence> evidenceList(const Json &value)
{
    QList<Evidence> list;
    if (value.isArray()) {
        for (const Json &item : value.items()) {
            list.append(evidenceOf(item));
        }
    } else {
        list.append(evidenceOf(value));
    }
    return list;
}

/// Fills one field; false where the value cannot be used for it.
using Filler = bool (*)(const Json &, Proposal &);

bool fillConfidence(const Json &value, Proposal &proposal)
{
    const std::optional<Decimal> number = exactNumber(value);
    if (!number || *number < Decimal() || *number > *Decimal::parse(QByteArrayLiteral("1"))) {
        return false;
    }
    proposal.confidence = number;
    return true;
}

bool fillAmount(const Json &value, Proposal &proposal)
{
    proposal.impact.amount = exactNumber(value);
    return proposal.impact.amount.has_value();
}

bool fillRisk(const Json &value, Proposal &proposal)
{
    const auto risk = fromWord<Risk>(value.toString().toLower());
    proposal.risk = risk.value_or(Risk::Unknown);
    return risk.has_value();
}

bool fillReversibility(const Json &value, Proposal &proposal)
{
    const auto word = fromWord<Reversibility>(value.toString().toLower());
    proposal.reversibility = word.value_or(Reversibility::Unknown);
    return word.has_value();
}

bool fillDue(const Json &value, Proposal &proposal)
{
    proposal.dueMs = value.isString() ? parseIsoTime(value.toString()) : std::nullopt;
    return proposal.dueMs.has_value();
}

bool fillEvidence(const Json &value, Proposal &proposal)
{
    proposal.evidence = evidenceList(value);
    return !proposal.evidence.isEmpty();
}

bool fillUncertainty(const Json &value, Proposal &proposal)
{
    proposal.uncertainty = sentences(value);
    return !proposal.uncertainty.isEmpty() || value.isArray();
}

template <auto Member>
bool fillText(const Json &value, Proposal &proposal)
{
    proposal.*Member = plainText(value);
    return !(proposal.*Member).isEmpty();
}

bool fillCurrency(const Json &value, Proposal &proposal)
{
    proposal.impact.currency = value.toString();
    return !proposal.impact.currency.isEmpty();
}

bool fillImpact(const Json &value, Proposal &proposal)
{
    proposal.impact.sentence = sentences(value).join(u' ');
    return !proposal.impact.sentence.isEmpty();
}

const QMap<QString, Filler> &fillers()
{
    static const QMap<QString, Filler> map{
        {QStringLiteral("confidence"), fillConfidence},
        {QStringLiteral("case_type"), fillText<&Proposal::caseType>},
        {QStringLiteral("amount"), fillAmount},
        {QStringLiteral("currency"), fillCurrency},
        {QStringLiteral("risk"), fillRisk},
        {QStringLiteral("reversibility"), fillReversibility},
        {QStringLiteral("due"), fillDue},
        {QStringLiteral("reasoning"), fillText<&Proposal::reasoning>},
        {QStringLiteral("recommendation"), fillText<&Proposal::recommendation>},
        {QStringLiteral("evidence"), fillEvidence},
        {QStringLiteral("uncertainty"), fillUncertainty},
        {QStringLiteral("impact"), fillImpact}};
    return map;
}

/// What the rule finds; null for nothing, as an agent that writes null says nothing.
Json found(const ExtractionRule &rule, const ExtractionInput &input)
{
    const QString root = rule.pointer.section(u'/', 1, 1);
    const Json &base = root == QLatin1String("value") ? input.value
        : root == QLatin1String("values")             ? input.values
        : root == QLatin1String("metadata")           ? input.metadata
                                                      : input.action;
    const Json *at = hasKnownRoot(rule.pointer) ? base.at(rule.pointer.mid(1 + root.size())) : nullptr;
    return at != nullptr && !at->isNull() ? *at : rule.constant;
}

} // namespace

void extract(const Endpoint &endpoint, const ExtractionInput &input, Proposal &proposal)
{
    for (auto it = endpoint.extraction.cbegin(); it != endpoint.extraction.cend(); ++it) {
        const Filler fill = fillers().value(it.key());
        const Json value = fill == nullptr ? Json() : found(*it, input);
        if (!value.isNull() && !fill(value, proposal)) {
            proposal.marks.append(tr("The agent's “%1” cannot be used and stays unknown: %2")
                                      .arg(it.key(), QString::fromUtf8(toJson(value)).left(80)));
        }
    }
}

Result<void> addExtractionRule(const QString &written, QMap<QString, ExtractionRule> &rules)
{
    const qsizetype equals = written.indexOf(u'=');
    const QString field = written.left(equals);
    const QString what = written.mid(equals + 1);
    if (equals < 1 || what.isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    tr("“%1” is no extraction rule. Write FIELD=POINTER or FIELD=:constant.").arg(written));
    }
    if (!extractableFields().contains(field)) {
        return fail(ErrorCode::InvalidInput,
                    tr("“%1” is no field that can be extracted. Take one of: %2.")
                        .arg(field, extractableFields().join(QStringLiteral(", "))));
    }
    if (what.startsWith(u':')) {
        Json constant{what.mid(1)};
        if (Proposal probe; what.size() == 1 || !fillers().value(field)(constant, probe)) {
            return fail(ErrorCode::InvalidInput,
                        tr("The constant “%1” cannot be a %2.").arg(what.mid(1), field));
        }
        rules[field].constant = constant;
        return {};
    }
    if (!isPointer(what) || !hasKnownRoot(what)) {
        return fail(ErrorCode::InvalidInput,
                    tr("“%1” is no JSON pointer that begins with /value, /values, /metadata or /action.").arg(what));
    }
    rules[field].pointer = what;
    return {};
}

} // namespace countersign
