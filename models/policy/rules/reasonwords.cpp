// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/rules/evaluation.h"
#include "policy/rules/policyreader.h"

namespace countersign {

namespace {

using Code = PolicyReason::Code;

QString codeWord(Code code)
{
    switch (code) {
    case Code::Mode:
        return QStringLiteral("mode");
    case Code::NoRule:
        return QStringLiteral("no_rule");
    case Code::ConfidenceMissing:
        return QStringLiteral("confidence_missing");
    case Code::ConfidenceInvalid:
        return QStringLiteral("confidence_invalid");
    case Code::ConfidenceLow:
        return QStringLiteral("confidence_low");
    case Code::ConfidenceEnough:
        return QStringLiteral("confidence_enough");
    case Code::AmountMissing:
        return QStringLiteral("amount_missing");
    case Code::CurrencyUnknown:
        return QStringLiteral("currency_unknown");
    case Code::AmountAbove:
        return QStringLiteral("amount_above");
    case Code::AmountWithin:
        return QStringLiteral("amount_within");
    case Code::NotReversible:
        return QStringLiteral("not_reversible");
    case Code::ReversibilityUnknown:
        return QStringLiteral("reversibility_unknown");
    case Code::RiskUnknown:
        return QStringLiteral("risk_unknown");
    case Code::Condition:
        return QStringLiteral("condition");
    case Code::ConditionUnclear:
        return QStringLiteral("condition_unclear");
    case Code::Trouble:
        return QStringLiteral("trouble");
    case Code::ClockJumped:
        return QStringLiteral("clock_jumped");
    case Code::Unreadable:
        return QStringLiteral("unreadable");
    }
    return {};
}

QString modeSentence(Disposition to)
{
    switch (to) {
    case Disposition::AutoApprove:
        return trPolicy("The rule lets this action go by itself.");
    case Disposition::SpotCheck:
        return trPolicy("The rule lets this action go by itself; a sample is looked at later.");
    case Disposition::Review:
        return trPolicy("The rule withholds the result until a person has looked.");
    case Disposition::Block:
        return trPolicy("The rule does not allow this action.");
    default:
        return trPolicy("The rule sends this action to a person.");
    }
}

} // namespace

bool PolicyReason::raises() const
{
    return isStricter(to, Disposition::SpotCheck);
}

Json PolicyReason::toJson() const
{
    Json json = Json::object(
        {{QStringLiteral("code"), Json(codeWord(code))}, {QStringLiteral("to"), Json(toWord(to))}});
    const auto add = [&json](const QString &key, const QString &value) -> void {
        if (!value.isEmpty()) {
            json.set(key, Json(value));
        }
    };
    add(QStringLiteral("left"), left);
    add(QStringLiteral("right"), right);
    add(QStringLiteral("text"), text);
    return json;
}

QString sentenceOf(const PolicyReason &reason)
{
    switch (reason.code) {
    case Code::Mode:
        return modeSentence(reason.to);
    case Code::NoRule:
        return trPolicy("No rule speaks of this action.");
    case Code::ConfidenceMissing:
        return trPolicy("The endpoint gives no confidence.");
    case Code::ConfidenceInvalid:
        return trPolicy("The confidence %1 is not between 0 and 1.").arg(reason.left);
    case Code::ConfidenceLow:
        return trPolicy("Confidence %1 is below %2.").arg(reason.left, reason.right);
    case Code::ConfidenceEnough:
        return trPolicy("Confidence %1 is at least %2.").arg(reason.left, reason.right);
    case Code::AmountMissing:
        return trPolicy("The amount is unknown, and the rule has a limit.");
    case Code::CurrencyUnknown:
        return reason.left.isEmpty()
            ? trPolicy("The currency is unknown, and the rule has a limit.")
            : trPolicy("The rule has no limit in %1.").arg(reason.left);
    case Code::AmountAbove:
        return trPolicy("%1 is above the limit of %2.").arg(reason.left, reason.right);
    case Code::AmountWithin:
        return trPolicy("%1 is within the limit of %2.").arg(reason.left, reason.right);
    case Code::NotReversible:
        return reason.left == toWord(Reversibility::Irreversible)
            ? trPolicy("The action cannot be undone.")
            : trPolicy("The action is costly to undo.");
    case Code::ReversibilityUnknown:
        return trPolicy("Whether it can be undone is unknown and counts as “no”.");
    case Code::RiskUnknown:
        return trPolicy("The risk is unknown and counts as high.");
    case Code::Condition:
        return reason.text.isEmpty()
            ? trPolicy("The rule's condition on %1 holds (%2).").arg(reason.left, reason.right)
            : reason.text;
    case Code::ConditionUnclear:
        return trPolicy("The rule's condition on %1 cannot be judged: it is missing or of another "
                        "type.")
            .arg(reason.left);
    case Code::Trouble:
        return trPolicy("The case cannot be answered as it is.");
    case Code::ClockJumped:
        return trPolicy("This machine's clock jumped, so nothing goes by itself.");
    case Code::Unreadable:
        return trPolicy("The policy cannot be read, so everything waits for a person. %1")
            .arg(reason.text);
    }
    return {};
}

QStringList Evaluation::sentences() const
{
    QStringList texts;
    for (const PolicyReason &reason : reasons) {
        if (reason.raises() || !isStricter(disposition, Disposition::SpotCheck)) {
            texts.append(sentenceOf(reason));
        }
    }
    return texts;
}

} // namespace countersign
