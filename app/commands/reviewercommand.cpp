// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"
#include "app/commands/table.h"
#include "domain/clock.h"
#include "domain/json.h"
#include "domain/pace.h"
#include "domain/translate.h"

namespace countersign {

namespace {

constexpr qint64 dayMs = 24LL * 60 * 60 * 1000;
constexpr int mostDays = 3660;
constexpr int signsForALook = 2; ///< one alone means nothing

struct Reviewer
{
    Person person;
    Pace pace;
    int asked = 0; ///< known answers
    int right = 0;
};

Result<QList<Reviewer>> reviewersSince(Reader &reader, qint64 sinceMs)
{
    const auto persons = reader.persons();
    const auto checked = reader.checkedAnswers(sinceMs);
    if (!persons || !checked) {
        return tl::unexpected<Error>(persons ? checked.error() : persons.error());
    }
    QList<Reviewer> reviewers;
    for (const Person &person : *persons) {
        const auto reviewed = reader.reviewed(person.id, sinceMs);
        if (!reviewed) {
            return tl::unexpected<Error>(reviewed.error());
        }
        Reviewer reviewer{.person = person, .pace = paceOf(*reviewed)};
        for (const CheckedAnswer &answer : *checked) {
            reviewer.asked += answer.person == person.id ? 1 : 0;
            reviewer.right += answer.person == person.id && answer.right ? 1 : 0;
        }
        reviewers.append(reviewer);
    }
    return reviewers;
}

QFuture<Result<QList<Reviewer>>> read(Profile &profile, qint64 sinceMs)
{
    return settled(profile.store().read<QList<Reviewer>>(
        [sinceMs](Reader &reader) { return reviewersSince(reader, sinceMs); }));
}

const char *wordOf(LookSign::Kind kind)
{
    switch (kind) {
    case LookSign::Kind::TooQuick:
        return "too_quick";
    case LookSign::Kind::OneAnswer:
        return "one_answer";
    case LookSign::Kind::NothingOpened:
        return "nothing_opened";
    case LookSign::Kind::NeverDiffers:
        return "never_differs";
    }
    Q_UNREACHABLE();
}

QStringList signsOf(const Reviewer &reviewer)
{
    QStringList signs;
    for (const LookSign &sign : reviewer.pace.signs) {
        signs.append(QStringLiteral("%1 (%2)").arg(key(wordOf(sign.kind))).arg(sign.cases));
    }
    if (reviewer.right < reviewer.asked) {
        signs.append(QStringLiteral("missed_known (%1)").arg(reviewer.asked - reviewer.right));
    }
    return signs;
}

Json formOf(const Reviewer &reviewer)
{
    const Pace &pace = reviewer.pace;
    const QStringList signs = signsOf(reviewer);
    return Json::object({{key("person"), Json(reviewer.person.id.toString())},
                         {key("name"), Json(reviewer.person.name)},
                         {key("decided"), Json(pace.decided)},
                         {key("median_ms"), pace.medianMs ? Json(*pace.medianMs) : Json()},
                         {key("as_proposed"), Json(pace.agreed)},
                         {key("edits"), Json(pace.edits)},
                         {key("sent_back"), Json(pace.sentBack)},
                         {key("rejected"), Json(pace.rejected)},
                         {key("marked"), Json(pace.marked)},
                         {key("known_asked"), Json(reviewer.asked)},
                         {key("known_right"), Json(reviewer.right)},
                         {key("signs"), Json::fromStrings(signs)},
                         {key("worth_a_look"), Json(signs.size() >= signsForALook)}});
}

QStringList rowOf(const Reviewer &reviewer)
{
    const Pace &pace = reviewer.pace;
    const QStringList signs = signsOf(reviewer);
    return {reviewer.person.name,
            QString::number(pace.decided),
            pace.medianMs ? tr("%1 s").arg(double(*pace.medianMs) / 1000, 0, 'f', 1)
                          : QStringLiteral("-"),
            QString::number(pace.agreed),
            QString::number(pace.edits),
            QString::number(pace.sentBack),
            QString::number(pace.rejected),
            QString::number(pace.marked),
            reviewer.asked == 0 ? QStringLiteral("-")
                                : tr("%1 of %2").arg(reviewer.right).arg(reviewer.asked),
            signs.size() < signsForALook ? QStringLiteral("-") : signs.join(QStringLiteral(", "))};
}

QCoro::Task<Outcome> reviewers(Profile &profile, const Arguments &arguments)
{
    int days = 1;
    if (arguments.has("days")) {
        bool ok = false;
        days = arguments.value("days").toInt(&ok);
        if (!ok || days < 1 || days > mostDays) {
            co_return complaint(exitcode::badInput,
                                tr("--days takes a whole number from 1 to %1.").arg(mostDays));
        }
    }
    const auto found = co_await read(profile, profile.clock().nowMs() - days * dayMs);
    if (!found) {
        co_return complaint(found.error());
    }
    Json forms = Json::array();
    QList<QStringList> rows;
    for (const Reviewer &reviewer : *found) {
        forms.append(formOf(reviewer));
        rows.append(rowOf(reviewer));
    }
    co_return arguments.json
        ? printed(forms)
        : printed(table({tr("NAME"), tr("ANSWERED"), tr("MEDIAN"), tr("AS PROPOSED"), tr("EDITS"),
                         tr("SENT BACK"), tr("REJECTED"), tr("MARKED"), tr("KNOWN"), tr("SIGNS")},
                        rows));
}

} // namespace

QList<Command> reviewerCommands()
{
    return {
        {{.name = QStringLiteral("reviewers"),
          .options = {{QStringLiteral("days"), QStringLiteral("N"), tr("look back N days; 1")}},
          .help = tr("How people review: pace, agreement, known answers. A person's signs are "
                     "listed from two on, for one alone means nothing; each sees their own first, "
                     "in the inbox.")},
         reviewers},
    };
}

} // namespace countersign
