// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/policylook.h"

#include "domain/displaytext.h"
#include "domain/translate.h"

#include <QSet>

namespace countersign {

namespace {

constexpr qsizetype longestPolicyWord = 120;
constexpr qsizetype longestPolicyText = 600;

/// People wrote it, but files come from anywhere.
QString shownOfPolicy(const QString &text, qsizetype most = longestPolicyText)
{
    return displayText(text, {.singleLine = true, .maxLength = most}).text;
}

RuleWords shownOfPolicy(const RuleWords &words)
{
    return {.cases = shownOfPolicy(words.cases),
            .happens = shownOfPolicy(words.happens),
            .people = shownOfPolicy(words.people),
            .time = shownOfPolicy(words.time)};
}

Json documentOf(const Json &rules, const Json &defaults = Json::object())
{
    return Json::object({{key("format"), Json(key("countersign-policy/1"))},
                         {key("defaults"), defaults},
                         {key("rules"), rules}});
}

/// A rule by itself; nothing where it cannot be read.
std::optional<PolicyRule> ruleAlone(const Json &rule)
{
    const PolicyReading reading = readPolicy(documentOf(Json::array({rule})));
    return reading.policy ? std::optional(reading.policy->rules.first()) : std::nullopt;
}

RuleWords rawWords(const Json &rule)
{
    QStringList parts;
    for (const char *member : {"action", "case_type", "agent", "risk"}) {
        if (const QString text = rule[key(member)].toString(); !text.isEmpty()) {
            parts.append(text);
        }
    }
    return {.cases = parts.isEmpty() ? tr("Any action") : parts.join(u' '),
            .happens = tr("cannot be read as it stands"),
            .people = {},
            .time = {}};
}

QString wordOfSetting(const QString &setting)
{
    static const QHash<QString, const char *> words{
        {key("mode"), QT_TRANSLATE_NOOP("countersign", "Mode")},
        {key("min_confidence"), QT_TRANSLATE_NOOP("countersign", "Least confidence")},
        {key("limits"), QT_TRANSLATE_NOOP("countersign", "Limits")},
        {key("worst_reversibility"), QT_TRANSLATE_NOOP("countersign", "Worst reversibility")},
        {key("conditions"), QT_TRANSLATE_NOOP("countersign", "Conditions")},
        {key("queue"), QT_TRANSLATE_NOOP("countersign", "Queue")},
        {key("authority"), QT_TRANSLATE_NOOP("countersign", "Authority")},
        {key("approvers"), QT_TRANSLATE_NOOP("countersign", "Approvers")},
        {key("due"), QT_TRANSLATE_NOOP("countersign", "Due")},
        {key("undo_seconds"), QT_TRANSLATE_NOOP("countersign", "Undo window")},
        {key("batch"), QT_TRANSLATE_NOOP("countersign", "In batches")},
        {key("typed_reason"), QT_TRANSLATE_NOOP("countersign", "Typed reason")},
        {key("spot_check_rate"), QT_TRANSLATE_NOOP("countersign", "Spot checks")},
        {key("rung_cap"), QT_TRANSLATE_NOOP("countersign", "Highest rung")},
        {key("title"), QT_TRANSLATE_NOOP("countersign", "Title")},
        {key("agent"), QT_TRANSLATE_NOOP("countersign", "Agent")},
        {key("action"), QT_TRANSLATE_NOOP("countersign", "Action")},
        {key("case_type"), QT_TRANSLATE_NOOP("countersign", "Case type")},
        {key("risk"), QT_TRANSLATE_NOOP("countersign", "Risk")},
        {key("business_hours"), QT_TRANSLATE_NOOP("countersign", "Business hours")}};
    const char *word = words.value(setting);
    return word != nullptr ? tr(word) : shownOfPolicy(setting, longestPolicyWord);
}

QString plain(const Json &value)
{
    return value.isString() ? value.toString()
        : value.isBool()    ? (value.toBool() ? tr("yes") : tr("no"))
                            : QString::fromUtf8(toJson(value));
}

/// A setting's value as people say it; as JSON where it cannot be read.
QString saidOf(const QString &setting, const Json &value)
{
    if (setting == u"undo_seconds" && value.isNumber()) {
        return tr("%1 s").arg(plain(value));
    }
    if (setting == u"mode") {
        const auto mode = fromWord<PolicyMode>(value.toString());
        return mode ? wordOf(*mode) : plain(value);
    }
    if (setting == u"limits" && value.isObject()) {
        QStringList parts;
        for (const auto &[currency, amount] : value.members()) {
            parts.append(tr("up to %1 %2").arg(plain(amount), currency));
        }
        return parts.isEmpty() ? tr("none") : parts.join(QLatin1String(", "));
    }
    if (setting == u"due" || setting == u"conditions") {
        const auto rule = ruleAlone(
            Json::object({{key("id"), Json(key("r"))}, {setting, value}}));
        if (rule && rule->due) {
            return sentenceOf(*rule->due);
        }
        if (rule && rule->conditions) {
            QStringList parts;
            for (const PolicyCondition &one : *rule->conditions) {
                parts.append(sentenceOf(one));
            }
            return parts.isEmpty() ? tr("none") : parts.join(QLatin1String("; "));
        }
    }
    return plain(value);
}

QString nameOfRule(const PolicyChange &change)
{
    if (!change.rule.isEmpty()) {
        return shownOfPolicy(change.rule, longestPolicyWord);
    }
    return change.setting == u"title" || change.setting == u"business_hours"
            || change.setting == u"format"
        ? tr("the policy")
        : tr("otherwise");
}

QString wholeRule(const Json &rule)
{
    const auto read = ruleAlone(rule);
    return shownOfPolicy(read ? sentenceOf(*read) : QString::fromUtf8(toJson(rule)));
}

PolicyChangeLine lineOf(const PolicyChange &change)
{
    PolicyChangeLine line{.rule = nameOfRule(change)};
    if (change.setting.isEmpty()) {
        line.before = change.before ? wholeRule(*change.before) : QString();
        line.after = change.after ? wholeRule(*change.after) : QString();
        line.sentence = change.after ? tr("New rule %1: %2").arg(line.rule, line.after)
                                     : tr("Rule %1 goes: %2").arg(line.rule, line.before);
        return line;
    }
    line.setting = wordOfSetting(change.setting);
    if (change.before) {
        line.before = shownOfPolicy(saidOf(change.setting, *change.before));
    }
    if (change.after) {
        line.after = shownOfPolicy(saidOf(change.setting, *change.after));
    }
    line.sentence = !change.before
        ? tr("%1, %2: %3, was open").arg(line.rule, line.setting, line.after)
        : !change.after ? tr("%1, %2: left open, was %3").arg(line.rule, line.setting, line.before)
                        : tr("%1, %2: %3, was %4")
                              .arg(line.rule, line.setting, line.after, line.before);
    return line;
}

PolicyRow rowOf(const Json &rule, int place)
{
    const auto read = ruleAlone(rule);
    return {.id = rule[u"id"].toString(),
            .title = shownOfPolicy(rule[u"title"].toString()),
            .words = shownOfPolicy(read ? wordsOf(*read) : rawWords(rule)),
            .place = place};
}

PolicyRow otherwiseRow(const Json &document)
{
    const PolicyReading reading = readPolicy(documentOf(
        Json::array(),
        document.contains(u"defaults") ? document[u"defaults"] : Json::object()));
    PolicyRow row{.otherwise = true};
    row.words = reading.policy ? wordsOf(reading.policy->defaults) : rawWords({});
    row.words.cases = tr("Otherwise");
    row.words = shownOfPolicy(row.words);
    return row;
}

/// What differs goes to the row that it is about.
void markRows(QList<PolicyRow> &rows, const QList<PolicyChange> &changes)
{
    for (const PolicyChange &change : changes) {
        if (change.rule.isEmpty() && change.setting == u"format") {
            continue;
        }
        for (PolicyRow &row : rows) {
            if (change.rule.isEmpty() ? !row.otherwise : row.otherwise || row.id != change.rule) {
                continue;
            }
            row.changes.append(lineOf(change).sentence);
            row.mark = !change.setting.isEmpty() ? PolicyRow::Mark::Changed
                : change.after                   ? PolicyRow::Mark::Added
                                                 : PolicyRow::Mark::Removed;
            break;
        }
    }
}

void spreadFaults(QList<PolicyRow> &rows, const QList<PolicyFault> &faults)
{
    for (const PolicyFault &fault : faults) {
        const QStringList steps = fault.path.split(u'/');
        const bool ofRule = steps.size() > 2 && steps[1] == u"rules";
        const int place = ofRule ? steps[2].toInt() : -1;
        for (PolicyRow &row : rows) {
            if (ofRule ? row.place == place : row.otherwise) {
                row.faults.append(shownOfPolicy(fault.text));
                break;
            }
        }
    }
}

} // namespace

Json builtInPolicy()
{
    return Json::object(
        {{key("format"), Json(key("countersign-policy/1"))}, {key("rules"), Json::array()}});
}

QList<PolicyChangeLine> changeLines(const Json &before, const Json &after)
{
    QList<PolicyChangeLine> lines;
    for (const PolicyChange &change : policyDiff(before, after)) {
        lines.append(lineOf(change));
    }
    return lines;
}

PolicyLook lookAt(const QString &text, const Json &inForce)
{
    auto document = parseJson(text.toUtf8());
    if (!document) {
        return {.text = text,
                .faults = {{QString(), document.error().text}},
                .same = false};
    }
    PolicyLook look = lookAt(*document, inForce);
    look.text = text;
    return look;
}

PolicyLook lookAt(const Json &document, const Json &inForce)
{
    PolicyLook look{.text = QString::fromUtf8(toPrettyJson(document)), .document = document};
    const PolicyReading reading = readPolicy(document);
    look.faults = reading.faults;
    look.digest = reading.policy ? reading.policy->digest() : QString();
    look.same = canonicalJson(document) == canonicalJson(inForce);
    const Json::Array &rules = document[u"rules"].items();
    for (int i = 0; i < rules.size(); ++i) {
        look.rows.append(rowOf(rules[i], i));
    }
    const QList<PolicyChange> changes = policyDiff(inForce, document);
    for (const PolicyChange &change : changes) {
        look.changes.append(lineOf(change));
        if (change.setting.isEmpty() && !change.after) {
            look.rows.append(rowOf(*change.before, -1));
        }
    }
    look.rows.append(otherwiseRow(document));
    markRows(look.rows, changes);
    spreadFaults(look.rows, look.faults);
    return look;
}

} // namespace countersign
