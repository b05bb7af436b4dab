// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/forms.h"
#include "app/commands/table.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "policy/spotcheck.h"

namespace countersign {

namespace {

constexpr int mostDraws = 100'000;

Json markForm(const std::optional<Mark> &mark)
{
    if (!mark) {
        return {};
    }
    return Json::object({{key("verdict"), Json(toWord(mark->verdict))},
                         {key("reason"), textOrNull(mark->reason)},
                         {key("person"), Json(mark->personName)},
                         {key("at"), Json(isoTime(mark->atMs))},
                         {key("blind"), Json(mark->blind)},
                         {key("times"), Json(mark->times)}});
}

QFuture<Result<QList<Case>>> checksOf(Profile &profile, bool all)
{
    CaseQuery query;
    query.spotChecksOnly = true;
    if (!all) {
        query.states = {CaseState::Waiting};
    }
    return settled(
        profile.store().read<QList<Case>>([query](Reader &reader) { return reader.cases(query); }));
}

QCoro::Task<Outcome> listSpotChecks(Profile &profile, const Arguments &arguments)
{
    const auto cases = co_await checksOf(profile, arguments.has("all"));
    if (!cases) {
        co_return complaint(cases.error());
    }
    Json forms = Json::array();
    QList<QStringList> rows;
    for (const Case &subject : *cases) {
        Json form = caseForm(subject);
        form.set(key("effects"), Json::fromStrings(subject.effects));
        form.set(key("mark"), markForm(subject.mark));
        forms.append(form);
        rows.append({subject.id.toString(),
                     subject.mark ? toWord(subject.mark->verdict) : toWord(subject.state),
                     subject.proposal.agent, subject.proposal.action, subject.proposal.caseType,
                     QString::fromUtf8(toJson(subject.proposal.arguments))});
    }
    co_return arguments.json ? printed(forms)
                             : printed(table({tr("ID"), tr("VERDICT"), tr("AGENT"), tr("ACTION"),
                                              tr("TYPE"), tr("ARGUMENTS")},
                                             rows));
}

Outcome refused(const Error &error)
{
    Outcome outcome = complaint(error);
    outcome.code = error.code == ErrorCode::Storage ? exitcode::failed : exitcode::refused;
    return outcome;
}

QCoro::Task<Outcome> mark(Profile &profile, const Arguments &arguments)
{
    const auto verdict = fromWord<Verdict>(arguments.positionals.at(1));
    if (!verdict) {
        co_return complaint(exitcode::badInput,
                            tr("There is no verdict “%1”; use correct, minor_edit or wrong.")
                                .arg(arguments.positionals.at(1)));
    }
    const QString as = arguments.has("as") ? arguments.value("as") : QString();
    const auto subject = co_await namedCase(profile, arguments.positionals.first());
    const auto person = co_await namedPerson(profile, as);
    if (!subject || !person) {
        co_return complaint(subject ? person.error() : subject.error());
    }
    const MarkRequest request{.caseId = subject->id,
                              .digest = subject->digest,
                              .verdict = *verdict,
                              .reason = arguments.value("reason"),
                              .person = person->id};
    const auto marked = co_await settled(profile.reviews().mark(request));
    if (!marked) {
        co_return refused(marked.error());
    }
    co_return arguments.json
        ? printed(Json::object({{key("case"), Json(subject->id.toString())},
                                {key("verdict"), Json(toWord(*verdict))}}))
        : printed(tr("%1 is marked %2.").arg(subject->id.toString(), toWord(*verdict)));
}

QFuture<Result<QList<SpotDraw>>> drawsOf(Profile &profile)
{
    return settled(profile.store().read<QList<SpotDraw>>(
        [](Reader &reader) { return reader.draws(0, mostDraws); }));
}

/// Every draw, repeated: who trusts the seed can check that nobody chose what is looked at.
QCoro::Task<Outcome> draws(Profile &profile, const Arguments &arguments)
{
    const auto drawn = co_await drawsOf(profile);
    if (!drawn) {
        co_return complaint(drawn.error());
    }
    Json forms = Json::array();
    QList<QStringList> rows;
    qint64 wrong = 0;
    for (const SpotDraw &draw : *drawn) {
        const bool holds = isDrawn(draw.seed, draw.index, draw.probability) == draw.drawn;
        wrong += holds ? 0 : 1;
        forms.append(Json::object({{key("index"), Json(draw.index)},
                                   {key("seed"), Json(draw.seed)},
                                   {key("probability"), Json(draw.probability)},
                                   {key("drawn"), Json(draw.drawn)},
                                   {key("outlier"), Json(draw.outlier)},
                                   {key("repeats"), Json(holds)},
                                   {key("agent"), Json(draw.agent)},
                                   {key("action"), Json(draw.action)},
                                   {key("question"), Json(draw.question)},
                                   {key("case"), textOrNull(draw.caseId.toString())},
                                   {key("at"), Json(isoTime(draw.atMs))}}));
        rows.append({QString::number(draw.index), draw.probability,
                     draw.drawn ? tr("drawn") : QStringLiteral("-"), draw.caseId.toString(),
                     draw.agent, draw.action, holds ? tr("repeats") : tr("DOES NOT REPEAT")});
    }
    Outcome outcome = arguments.json
        ? printed(forms)
        : printed(table({tr("INDEX"), tr("CHANCE"), tr("DRAWN"), tr("CASE"), tr("AGENT"),
                         tr("ACTION"), tr("CHECK")},
                        rows));
    outcome.code = wrong == 0 ? exitcode::done : exitcode::failed;
    co_return outcome;
}

QCoro::Task<Outcome> set(Profile &profile, const Arguments &arguments)
{
    const QString as = arguments.has("as") ? arguments.value("as") : QString();
    const auto person = co_await namedPerson(profile, as);
    if (!person) {
        co_return complaint(person.error());
    }
    SettingRequest request{.name = arguments.positionals.at(0),
                           .value = arguments.positionals.at(1),
                           .person = person->id};
    if (arguments.has("for")) {
        const auto whom = co_await namedPerson(profile, arguments.value("for"));
        if (!whom) {
            co_return complaint(whom.error());
        }
        request.forPerson = whom->id;
    }
    const auto done = co_await settled(profile.reviews().set(request));
    if (!done) {
        co_return done.error().code == ErrorCode::InvalidInput ? complaint(done.error())
                                                               : refused(done.error());
    }
    co_return printed(tr("%1 is %2 now.").arg(request.name, request.value));
}

} // namespace

QList<Command> reviewCommands()
{
    const OptionSpec as{QStringLiteral("as"), QStringLiteral("NAME"), tr("an enrolled person")};
    return {
        {{.name = QStringLiteral("spotchecks list"),
          .options = {{QStringLiteral("all"), {}, tr("those that are marked as well")}},
          .help = tr("Lists what agents did by themselves and was drawn for a look.")},
         listSpotChecks},
        {{.name = QStringLiteral("spotchecks mark"),
          .positionals = {QStringLiteral("ID"), QStringLiteral("correct|minor_edit|wrong")},
          .options = {{QStringLiteral("reason"), QStringLiteral("T"),
                       tr("what is not right; needed unless correct")},
                      as},
          .help = tr("Marks a spot check, or corrects its mark. Nothing is sent to the agent."),
          .writes = true},
         mark},
        {{.name = QStringLiteral("spotchecks draws"),
          .help = tr("Lists every draw and repeats it; exit code 1 where one does not repeat.")},
         draws},
        {{.name = QStringLiteral("setting set"),
          .positionals = {QStringLiteral("spot_check_rate|blind_rate|known_answer_rate"),
                          QStringLiteral("SHARE")},
          .options = {{QStringLiteral("for"), QStringLiteral("NAME"),
                       tr("for this person alone (blind_rate)")},
                      as},
          .help = tr("Sets a share from 0 to 1; for leads, and signed."),
          .writes = true},
         set},
    };
}

} // namespace countersign
