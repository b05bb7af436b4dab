// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/policycommands.h"

#include "app/commands/forms.h"
#include "app/commands/table.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "policy/rules/policydiff.h"

namespace countersign {

namespace {

Json faultForms(const QList<PolicyFault> &faults)
{
    Json list = Json::array();
    for (const PolicyFault &fault : faults) {
        list.append(
            Json::object({{key("path"), Json(fault.path)}, {key("text"), Json(fault.text)}}));
    }
    return list;
}

/// Every fault with its path, as bad input.
Outcome faulty(const Arguments &arguments, const QList<PolicyFault> &faults)
{
    Outcome outcome{.code = exitcode::badInput};
    if (arguments.json) {
        outcome = printed(
            Json::object({{key("ok"), Json(false)}, {key("faults"), faultForms(faults)}}));
        outcome.code = exitcode::badInput;
        return outcome;
    }
    QString text;
    for (const PolicyFault &fault : faults) {
        text
            += QStringLiteral("%1: %2\n")
                   .arg(visible(fault.path.isEmpty() ? key("/") : fault.path), visible(fault.text));
    }
    outcome.err = text.toUtf8();
    return outcome;
}

Outcome check(const Arguments &arguments)
{
    const PolicyReading reading = namedPolicy(arguments);
    if (!reading.policy) {
        return faulty(arguments, reading.faults);
    }
    return arguments.json
        ? printed(Json::object({{key("ok"), Json(true)},
                                {key("digest"), Json(reading.policy->digest())},
                                {key("rules"), Json(qint64(reading.policy->rules.size()))},
                                {key("faults"), Json::array()}}))
        : printed(tr("%1 rules, no faults. Digest %2.")
                      .arg(reading.policy->rules.size())
                      .arg(reading.policy->digest()));
}

Json recordForm(const PolicyRecord &record)
{
    Json form = Json::object({{key("policy"), Json(record.name())},
                              {key("version"), Json(record.version)},
                              {key("digest"), textOrNull(record.digest)},
                              {key("event"), textOrNull(record.event)},
                              {key("person"), textOrNull(record.personName)},
                              {key("at"), record.atMs > 0 ? Json(isoTime(record.atMs)) : Json()},
                              {key("reason"), textOrNull(record.reason)}});
    if (!record.document.isNull()) {
        form.set(key("document"), record.document);
    }
    return form;
}

QString sentencesOf(const Policy &policy)
{
    QString text;
    for (const PolicyRule &rule : policy.rules) {
        text += QStringLiteral("  %1: %2\n").arg(visible(rule.id), visible(sentenceOf(rule)));
    }
    return text + tr("  otherwise: %1\n").arg(visible(sentenceOf(policy.defaults)));
}

QCoro::Task<Outcome> showPolicy(Profile &profile, const Arguments &arguments)
{
    const auto record = co_await policyInForce(profile);
    if (!record) {
        co_return complaint(record.error());
    }
    if (arguments.json) {
        co_return printed(recordForm(*record));
    }
    if (record->event.isEmpty()) {
        co_return printed(tr("policy v1, built in: every action waits for a person."));
    }
    QString text = tr("%1, set by %2 at %3: %4\n")
                       .arg(record->name(), visible(record->personName), isoTime(record->atMs),
                            visible(record->reason));
    const PolicyReading reading = readPolicy(record->document);
    text += reading.policy ? sentencesOf(*reading.policy)
                           : tr("It cannot be read here, so everything waits for a person: %1")
                                 .arg(reading.faults.first().text);
    co_return printed(text);
}

QString written(const std::optional<Json> &value)
{
    return value ? visible(QString::fromUtf8(toJson(*value))) : QStringLiteral("-");
}

QCoro::Task<Outcome> diff(Profile &profile, const Arguments &arguments)
{
    const PolicyReading reading = namedPolicy(arguments);
    if (!reading.policy) {
        co_return faulty(arguments, reading.faults);
    }
    const auto record = co_await policyInForce(profile);
    if (!record) {
        co_return complaint(record.error());
    }
    Json forms = Json::array();
    QList<QStringList> rows;
    for (const PolicyChange &change : policyDiff(record->document, reading.policy->document)) {
        forms.append(Json::object({{key("rule"), textOrNull(change.rule)},
                                   {key("setting"), textOrNull(change.setting)},
                                   {key("before"), change.before.value_or(Json())},
                                   {key("after"), change.after.value_or(Json())}}));
        rows.append({change.rule, change.setting, written(change.before), written(change.after)});
    }
    co_return arguments.json
        ? printed(Json::object({{key("against"), Json(record->name())}, {key("changes"), forms}}))
        : printed(table({tr("RULE"), tr("SETTING"), tr("IN FORCE"), tr("FILE")}, rows));
}

QCoro::Task<Outcome> apply(Profile &profile, const Arguments &arguments)
{
    const PolicyReading reading = namedPolicy(arguments);
    if (!reading.policy) {
        co_return faulty(arguments, reading.faults);
    }
    const QString as = arguments.has("as") ? arguments.value("as") : QString();
    const auto person = co_await namedPerson(profile, as);
    if (!person) {
        co_return complaint(person.error());
    }
    const PolicyRequest request{.document = reading.policy->document,
                                .reason = arguments.value("reason"),
                                .person = person->id};
    const auto record = co_await settled(profile.policy().set(request));
    if (!record) {
        co_return record.error().code == ErrorCode::NotAllowed
            ? complaint(exitcode::refused, record.error().text)
            : complaint(record.error());
    }
    const auto regated = co_await settled(profile.regating().run());
    if (!regated) {
        co_return complaint(regated.error());
    }
    Json form = recordForm(*record);
    form.set(key("gated_anew"), Json(*regated));
    co_return arguments.json
        ? printed(form)
        : printed(tr("%1 is in force. It says something else of %2 waiting cases.")
                      .arg(record->name())
                      .arg(*regated));
}

QString whyWord(const Case &subject)
{
    return isDecidedByPolicy(subject) ? key("why_automatic") : key("why_asked");
}

/// What agents keep while nobody is connected.
QCoro::Task<Outcome> push(Profile &profile, const Arguments &arguments)
{
    const auto loaded = co_await settled(profile.endpoints().load());
    const auto kept = loaded ? co_await settled(profile.pusher().run())
                             : Result<int>(tl::unexpected<Error>(loaded.error()));
    if (!kept) {
        co_return complaint(kept.error());
    }
    Outcome outcome = arguments.json
        ? printed(Json::object({{key("kept_by"), Json(*kept)}}))
        : printed(tr("%1 endpoints keep the policy in force.").arg(*kept));
    for (const EndpointView &view : profile.endpoints().endpoints()) {
        if (view.otherPolicy) {
            outcome.code = exitcode::notDelivered;
            outcome.err += view.endpoint.name.toUtf8() + ": " + view.text.toUtf8() + '\n';
        }
    }
    co_return outcome;
}

/// The whole reasoning on one case, and what the policy in force would say of it today.
QCoro::Task<Outcome> explain(Profile &profile, const Arguments &arguments)
{
    const auto subject = co_await namedCase(profile, arguments.positionals.first());
    const auto record = co_await policyInForce(profile);
    if (!subject || !record) {
        co_return complaint(subject ? record.error() : subject.error());
    }
    const Evaluation today
        = evaluatorFor(*record).evaluate(subject->proposal, subject->endpointName);
    if (arguments.json) {
        Json reasons = Json::array();
        for (const PolicyReason &reason : today.reasons) {
            reasons.append(reason.toJson());
        }
        co_return printed(Json::object(
            {{key("case"), Json(subject->id.toString())},
             {key("question"), Json(whyWord(*subject))},
             {key("disposition"), Json(toWord(subject->disposition))},
             {key("policy"), Json(subject->policyVersion)},
             {key("queue"), textOrNull(subject->queue)},
             {key("reasons"), Json::fromStrings(subject->gateReasons)},
             {key("terms"), subject->terms.toJson()},
             {key("decided_by"), subject->decision ? Json(subject->decision->personName) : Json()},
             {key("today"),
              Json::object({{key("policy"), Json(record->name())},
                            {key("disposition"), Json(toWord(today.disposition))},
                            {key("rule"), textOrNull(today.rule)},
                            {key("reasons"), reasons}})}}));
    }
    QString text
        = tr("%1: %2 by %3%4\n")
              .arg(subject->id.toString(), toWord(subject->disposition), subject->policyVersion,
                   subject->terms.rule.isEmpty()
                       ? QString()
                       : tr(", rule %1").arg(visible(subject->terms.rule)));
    text += (isDecidedByPolicy(*subject) ? tr("Why this was automatic:") : tr("Why you are asked:"))
        + QLatin1Char('\n');
    for (const QString &reason : subject->gateReasons) {
        text += QStringLiteral("  %1\n").arg(visible(reason));
    }
    if (subject->decision) {
        text += tr("Decided by %1: %2\n")
                    .arg(visible(subject->decision->personName), toWord(subject->decision->kind));
    }
    if (subject->terms.approvers > 1) {
        text += tr("%1 of %2 approvals\n")
                    .arg(subject->approvals.size())
                    .arg(subject->terms.approvers);
    }
    if (subject->policyVersion != record->name()) {
        text += tr("Today, by %1: %2\n").arg(record->name(), toWord(today.disposition));
    }
    co_return printed(text);
}

} // namespace

PolicyReading namedPolicy(const Arguments &arguments)
{
    return readPolicy(arguments.files.value(arguments.positionals.first()));
}

PolicyEvaluator evaluatorFor(const PolicyRecord &record)
{
    PolicyReading reading = readPolicy(record.document);
    if (!reading.policy) { // the built-in one, or one that lets nothing pass
        reading = readPolicy(QByteArray(R"({"format":"countersign-policy/1","rules":[]})"));
    }
    return PolicyEvaluator(std::move(*reading.policy));
}

QFuture<Result<PolicyRecord>> policyInForce(Profile &profile)
{
    return settled(profile.store().read<PolicyRecord>([](Reader &reader) -> Result<PolicyRecord> {
        auto record = reader.policyInForce();
        if (!record || record->event.isEmpty()) {
            return record;
        }
        auto whole = reader.policyVersion(record->version);
        if (!whole || !*whole) {
            return whole ? record : tl::unexpected<Error>(whole.error());
        }
        return **whole;
    }));
}

QList<Command> policyCommands()
{
    const OptionSpec as{QStringLiteral("as"), QStringLiteral("NAME"), tr("an enrolled person")};
    const QStringList file{QStringLiteral("FILE")};
    return {
        {.spec = {.name = QStringLiteral("policy check"),
                  .positionals = file,
                  .help = tr("Names every fault of a policy with its path; exit code 2 where there "
                             "is one.")},
         .evaluate = check},
        {{.name = QStringLiteral("policy show"), .help = tr("Shows the policy in force.")},
         showPolicy},
        {{.name = QStringLiteral("policy diff"),
          .positionals = file,
          .help = tr("Compares a policy with the one in force; exit code 2 where it has faults.")},
         diff},
        {{.name = QStringLiteral("policy apply"),
          .positionals = file,
          .options = {{QStringLiteral("reason"), QStringLiteral("T"), tr("why; needed")}, as},
          .help = tr("Puts a policy in force, signed, for leads; what waits is gated anew. Exit "
                     "codes: 2 faults or no reason, "
                     "5 refused."),
          .writes = true},
         apply},
        {{.name = QStringLiteral("policy push"),
          .help
          = tr("Gives the policy in force to every endpoint that can keep one while nobody is "
               "connected; exit code 4 where one keeps another."),
          .writes = true},
         push},
        {{.name = QStringLiteral("cases explain"),
          .positionals = {QStringLiteral("ID")},
          .help = tr("Says why a case was asked or answered by policy.")},
         explain},
        replayCommand(),
    };
}

} // namespace countersign
