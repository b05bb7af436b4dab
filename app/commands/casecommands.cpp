// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/casefilter.h"
#include "app/commands/forms.h"
#include "app/commands/table.h"
#include "domain/envelope.h"
#include "domain/event.h"
#include "domain/translate.h"


namespace countersign {

namespace {

constexpr int mostComments = 1000;

QCoro::Task<Outcome> listCases(Profile &profile, const Arguments &arguments)
{
    const auto wanted = caseFilter(arguments);
    if (!wanted) {
        co_return complaint(wanted.error());
    }
    const auto cases = co_await chosenCases(profile, *wanted);
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

QCoro::Task<Outcome> showCase(Profile &profile, const Arguments &arguments)
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

QList<Command> caseCommands()
{
    return {
        {{.name = QStringLiteral("cases list"),
          .options = caseFilterOptions() + caseListOptions(),
          .help = tr("Lists cases, oldest first: those that fit all that is asked for.")},
         listCases},
        {{.name = QStringLiteral("cases show"),
          .positionals = {QStringLiteral("ID")},
          .help = tr("Shows all that is known of a case.")},
         showCase},
    };
}

} // namespace countersign
