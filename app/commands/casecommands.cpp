// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/decisioncommands.h"
#include "app/commands/forms.h"
#include "app/commands/table.h"
#include "domain/envelope.h"
#include "domain/event.h"

#include <QCoreApplication>

namespace countersign {

namespace {

constexpr int mostComments = 1000;

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

Result<std::optional<Decimal>> confidence(const Arguments &arguments, const char *option)
{
    if (!arguments.has(option)) {
        return std::nullopt;
    }
    const auto value = Decimal::parse(arguments.value(option));
    static const Decimal zero;
    static const Decimal one = *Decimal::parse(QByteArray("1"));
    if (!value || *value < zero || *value > one) {
        return fail(ErrorCode::InvalidInput,
                    tr("“%1” is no confidence; give --%2 a number from 0 to 1.")
                        .arg(arguments.value(option), QString::fromLatin1(option)));
    }
    return value;
}

QFuture<Result<QList<Case>>> casesOf(Profile &profile, const CaseQuery &wanted)
{
    return settled(profile.store().read<QList<Case>>(
        [wanted](Reader &reader) { return reader.cases(wanted); }));
}

QCoro::Task<Outcome> list(Profile &profile, const Arguments &arguments)
{
    const auto wanted = caseFilter(arguments);
    if (!wanted) {
        co_return complaint(wanted.error());
    }
    const auto cases = co_await casesOf(profile, *wanted);
    if (!cases) {
        co_return complaint(cases.error());
    }
    Json forms = Json::array();
    QList<QStringList> rows;
    for (const Case &subject : *cases) {
        if (arguments.json) {
            forms.append(caseForm(subject));
            continue;
        }
        const auto known = subject.proposal.confidence;
        rows.append({subject.id.toString(), toWord(subject.state), subject.endpointName,
                     subject.proposal.agent, subject.proposal.action, subject.proposal.caseType,
                     known ? known->toString() : tr("unknown"),
                     QString::fromUtf8(toJson(subject.proposal.arguments))});
    }
    co_return arguments.json
        ? printed(forms)
        : printed(table({tr("ID"), tr("STATE"), tr("ENDPOINT"), tr("AGENT"), tr("ACTION"),
                         tr("TYPE"), tr("CONFIDENCE"), tr("ARGUMENTS")},
                        rows));
}

/// A form as lines of "name: value"; what is unknown is left out.
QString lines(const Json &form)
{
    QString text;
    for (const auto &[name, value] : form.members()) {
        const bool none = value.isNull() || (value.isArray() && value.items().isEmpty());
        if (!none && name != QLatin1String("raw")) {
            const QString written
                = value.isString() ? value.toString() : QString::fromUtf8(toJson(value));
            text += QStringLiteral("%1: %2\n").arg(name, visible(written));
        }
    }
    return text;
}

Result<Json> commentsOf(Reader &reader, const CaseId &id)
{
    TrailQuery query;
    query.kind = QLatin1String(event::caseCommented);
    query.caseId = id;
    query.limit = mostComments;
    const auto events = reader.events(query);
    if (!events) {
        return tl::unexpected<Error>(events.error());
    }
    Json list = Json::array();
    for (const EventRecord &record : *events) {
        const auto envelope = parseEnvelope(record.envelope);
        const auto payload = reader.payloadOf(record.seq);
        if (!envelope || !payload) {
            return tl::unexpected<Error>(envelope ? payload.error() : envelope.error());
        }
        list.append(
            Json::object({{QStringLiteral("at"), Json(isoTime(record.atMs))},
                          {QStringLiteral("person"), (*envelope)[u"actor"][u"name"]},
                          {QStringLiteral("text"), *payload ? (**payload)[u"text"] : Json()}}));
    }
    return list;
}

QFuture<Result<Json>> commentsOf(Profile &profile, const CaseId &id)
{
    return settled(
        profile.store().read<Json>([id](Reader &reader) { return commentsOf(reader, id); }));
}

QCoro::Task<Outcome> show(Profile &profile, const Arguments &arguments)
{
    const auto subject = co_await namedCase(profile, arguments.positionals.first());
    if (!subject) {
        co_return complaint(subject.error());
    }
    const auto comments = co_await commentsOf(profile, subject->id);
    if (!comments) {
        co_return complaint(comments.error());
    }
    Json form = wholeCaseForm(*subject);
    form.set(QStringLiteral("comments"), *comments); // newest first
    co_return arguments.json ? printed(form) : printed(lines(form));
}

} // namespace

QList<OptionSpec> caseFilterOptions()
{
    const QString number = QStringLiteral("X");
    return {{QStringLiteral("state"), QStringLiteral("S"), tr("only cases in this state")},
            {QStringLiteral("min-confidence"), number, tr("at least, from 0 to 1")},
            {QStringLiteral("max-confidence"), number, tr("at most, from 0 to 1")},
            {QStringLiteral("unknown-confidence"),
             {},
             tr("only those without one; with a range: these as well")},
            {QStringLiteral("case-type"), QStringLiteral("T"), tr("only of this type")}};
}

Result<CaseQuery> caseFilter(const Arguments &arguments)
{
    CaseQuery wanted;
    if (arguments.has("state")) {
        const auto state = fromWord<CaseState>(arguments.value("state"));
        if (!state) {
            return fail(ErrorCode::InvalidInput,
                        tr("There is no state “%1”; use waiting, held, sending, delivered, "
                           "superseded, failed, withdrawn, trouble or marked.")
                            .arg(arguments.value("state")));
        }
        wanted.states = {*state};
    }
    const auto least = confidence(arguments, "min-confidence");
    const auto most = confidence(arguments, "max-confidence");
    if (!least || !most) {
        return tl::unexpected<Error>(least ? most.error() : least.error());
    }
    wanted.minConfidence = *least;
    wanted.maxConfidence = *most;
    wanted.unknownConfidence = arguments.has("unknown-confidence");
    wanted.caseType = arguments.value("case-type");
    return wanted;
}

QList<Command> caseCommands()
{
    return {
        {{.name = QStringLiteral("cases list"),
          .options = caseFilterOptions(),
          .help = tr("Lists cases, oldest first.")},
         list},
        {{.name = QStringLiteral("cases show"),
          .positionals = {QStringLiteral("ID")},
          .help = tr("Shows all that is known of a case.")},
         show},
    };
}

} // namespace countersign
