// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/forms.h"
#include "app/commands/table.h"
#include "domain/clock.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "items/precedentsmodel.h"
#include "items/precedentwords.h"

namespace countersign {

namespace {

QString endOf(const PastCase &past)
{
    return past.decision ? toWord(*past.decision)
        : past.verdict   ? toWord(*past.verdict)
                         : QString();
}

Json pastForm(const PastCase &past)
{
    Json different = Json::array();
    for (const PastCase::Difference &one : past.different) {
        different.append(Json::object({{key("argument"), Json(one.name)},
                                       {key("then"), Json(one.then)},
                                       {key("now"), Json(one.now)}}));
    }
    return Json::object({{key("id"), Json(past.id.toString())},
                         {key("likeness"), Json(past.likeness)},
                         {key("headline"), Json(past.headline)},
                         {key("decision"), past.decision ? Json(toWord(*past.decision)) : Json()},
                         {key("verdict"), past.verdict ? Json(toWord(*past.verdict)) : Json()},
                         {key("edited"), Json::fromStrings(past.edited)},
                         {key("reason_code"), textOrNull(past.reasonCode)},
                         {key("reason"), textOrNull(past.reason)},
                         {key("outcome"), textOrNull(past.outcome)},
                         {key("at"), Json(isoTime(past.atMs))},
                         {key("by"), textOrNull(past.by)},
                         {key("same"), Json::fromStrings(past.same)},
                         {key("different"), different}});
}

template <class Word> Json counts(const QMap<Word, int> &map)
{
    Json form = Json::object();
    for (auto it = map.cbegin(); it != map.cend(); ++it) {
        form.set(toWord(it.key()), Json(it.value()));
    }
    return form;
}

Json answerForm(const QString &id, const PrecedentsAnswer &answer)
{
    const Precedents &found = answer.found;
    Json edited = Json::object();
    for (auto it = found.edited.cbegin(); it != found.edited.cend(); ++it) {
        edited.set(it.key(), Json(it.value()));
    }
    Json nearest = Json::array();
    for (const PastCase &past : answer.nearest) {
        nearest.append(pastForm(past));
    }
    return Json::object({{key("id"), Json(id)},
                         {key("like"), Json(found.like)},
                         {key("decisions"), counts(found.decisions)},
                         {key("verdicts"), counts(found.verdicts)},
                         {key("edited"), edited},
                         {key("by_policy"), Json(found.byPolicy)},
                         {key("reversed"), Json(found.reversed)},
                         {key("compared"), Json(found.looked)},
                         {key("cut"), Json(found.cut)},
                         {key("complete"), Json(found.complete)},
                         {key("text"), Json(sentenceOf(found))},
                         {key("nearest"), nearest}});
}

QFuture<Result<PrecedentsAnswer>> pastOf(Profile &profile, const CaseId &id)
{
    return settled(profile.store().read<PrecedentsAnswer>(
        [id](Reader &reader) { return readPrecedents(reader, {.id = id}); }));
}

QCoro::Task<Outcome> like(Profile &profile, const Arguments &arguments)
{
    const QString id = arguments.positionals.first();
    const auto subject = co_await namedCase(profile, id);
    if (!subject) {
        co_return complaint(subject.error());
    }
    const auto answer = co_await pastOf(profile, subject->id);
    if (!answer) {
        co_return complaint(answer.error());
    }
    if (arguments.json) {
        co_return printed(answerForm(id, *answer));
    }
    QList<QStringList> rows;
    for (const PastCase &past : answer->nearest) {
        rows.append({past.id.toString(), QStringLiteral("%1 %").arg(past.likeness / 10),
                     endOf(past), past.outcome, past.by, isoTime(past.atMs), past.headline});
    }
    QString text = sentenceOf(answer->found) + QLatin1Char('\n');
    if (!rows.isEmpty()) {
        text += table({tr("ID"), tr("ALIKE"), tr("ANSWER"), tr("OUTCOME"), tr("BY"), tr("AT"),
                       tr("HEADLINE")},
                      rows);
    }
    co_return printed(text);
}

} // namespace

QList<Command> precedentCommands()
{
    return {{{.name = QStringLiteral("cases like"),
              .positionals = {QStringLiteral("ID")},
              .help = tr("Shows past cases like this one and how they ended.")},
             like}};
}

} // namespace countersign
