// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/forms.h"
#include "app/commands/table.h"

#include "domain/envelope.h"
#include "domain/translate.h"
#include "store/verifier.h"


namespace countersign {

namespace {

constexpr int mostEvents = 100'000;

Result<TrailQuery> query(const Arguments &arguments)
{
    TrailQuery wanted{.kind = arguments.value("kind"), .caseId = CaseId(arguments.value("case"))};
    if (arguments.has("limit")) {
        bool ok = false;
        wanted.limit = arguments.value("limit").toInt(&ok);
        if (!ok || wanted.limit < 1 || wanted.limit > mostEvents) {
            return fail(ErrorCode::InvalidInput,
                        tr("“%1” is no limit; give --limit a whole number from 1 to %2.")
                            .arg(arguments.value("limit"))
                            .arg(mostEvents));
        }
    }
    return wanted;
}

QFuture<Result<QList<EventRecord>>> eventsOf(Profile &profile, const TrailQuery &wanted)
{
    return settled(profile.store().read<QList<EventRecord>>(
        [wanted](Reader &reader) { return reader.events(wanted); }));
}

QString actorName(const EventRecord &event)
{
    const auto envelope = parseEnvelope(event.envelope);
    const QString name = envelope ? (*envelope)[u"actor"][u"name"].toString() : QString();
    return name.isEmpty() ? event.actor : name;
}

QCoro::Task<Outcome> listTrail(Profile &profile, const Arguments &arguments)
{
    const auto wanted = query(arguments);
    if (!wanted) {
        co_return complaint(wanted.error());
    }
    if (arguments.has("case")) {
        const auto subject = co_await namedCase(profile, arguments.value("case"));
        if (!subject) {
            co_return complaint(subject.error());
        }
    }
    const auto events = co_await eventsOf(profile, *wanted);
    if (!events) {
        co_return complaint(events.error());
    }
    Json forms = Json::array();
    QList<QStringList> rows;
    for (const EventRecord &event : *events) {
        forms.append(eventForm(event));
        rows.append({QString::number(event.seq), isoTime(event.atMs), event.kind, actorName(event),
                     event.caseId.toString(), event.agent, event.action});
    }
    co_return arguments.json ? printed(forms)
                             : printed(table({tr("SEQ"), tr("AT"), tr("KIND"), tr("ACTOR"),
                                              tr("CASE"), tr("AGENT"), tr("ACTION")},
                                             rows));
}

/// Also of a profile that no longer opens.
Outcome verify(const Arguments &arguments)
{
    const QString directory
        = arguments.directory.isEmpty() ? Profile::defaultDirectory() : arguments.directory;
    QList<QByteArray> notes;
    for (const QString &file : arguments.all("checkpoint")) {
        notes.append(arguments.files.value(file));
    }
    const auto report = verifyTrail({.directory = directory, .checkpoints = notes});
    if (!report) {
        return complaint(int(TrailReport::Verdict::Unreadable), report.error().text);
    }
    Outcome outcome = arguments.json
        ? printed(Json::object(
            {{QStringLiteral("verdict"), Json(int(report->verdict))},
             {QStringLiteral("text"), Json(report->text)},
             {QStringLiteral("events"), Json(report->events)},
             {QStringLiteral("first_bad"), report->firstBad < 0 ? Json() : Json(report->firstBad)},
             {QStringLiteral("checkpoints"), Json(report->checkpointsGiven)}}))
        : printed(report->text);
    outcome.code = int(report->verdict);
    return outcome;
}

QCoro::Task<Outcome> checkpoint(Profile &profile, const Arguments &arguments)
{
    const auto note = co_await settled(profile.trail().checkpoint());
    if (!note) {
        co_return complaint(note.error());
    }
    const QString text = QString::fromUtf8(*note);
    co_return arguments.json ? printed(Json::object({{QStringLiteral("note"), Json(text)}}))
                             : printed(text);
}

QCoro::Task<Outcome> exportRows(Profile &profile, const Arguments &arguments)
{
    auto wanted = query(arguments);
    if (!wanted || arguments.value("output").isEmpty()) {
        co_return wanted ? complaint(exitcode::badInput, tr("Say where to write: --output FILE."))
                         : complaint(wanted.error());
    }
    const auto rows = co_await settled(
        profile.trail().exportRows(*wanted, arguments.value("output"), arguments.has("csv")));
    if (!rows) {
        co_return complaint(rows.error());
    }
    co_return arguments.json
        ? printed(Json::object({{QStringLiteral("rows"), Json(*rows)}}))
        : printed(tr("%1 events written to %2.").arg(*rows).arg(arguments.value("output")));
}

} // namespace

QList<Command> trailCommands()
{
    const OptionSpec subject{QStringLiteral("case"), QStringLiteral("ID"), tr("only of this case")};
    const OptionSpec kind{QStringLiteral("kind"), QStringLiteral("K"),
                          tr("only of this kind, or of a group such as decision.")};
    return {
        {{.name = QStringLiteral("trail list"),
          .options = {subject,
                      kind,
                      {QStringLiteral("limit"), QStringLiteral("N"),
                       tr("at most so many; 200 unless given")}},
          .help = tr("Lists events, newest first.")},
         listTrail},
        {{.name = QStringLiteral("trail verify"),
          .options = {{QStringLiteral("checkpoint"), QStringLiteral("FILE"),
                       tr("a signed note that was kept outside"), true, true}},
          .help = tr("Proves that nothing was altered; says 3 without an outside checkpoint."),
          .needsProfile = true},
         {},
         verify},
        {{.name = QStringLiteral("trail checkpoint"),
          .help = tr("Signs the current head; keep the note elsewhere."),
          .writes = true,
          .needsProfile = true},
         checkpoint},
        {{.name = QStringLiteral("trail export"),
          .options = {{QStringLiteral("output"), QStringLiteral("FILE"), tr("where to")},
                      {QStringLiteral("csv"), {}, tr("CSV rather than JSON lines")},
                      subject,
                      kind},
          .help = tr("Writes events to a file, newest first.")},
         exportRows},
    };
}

} // namespace countersign
