// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/policycommands.h"
#include "app/commands/table.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "policy/rules/policyreplay.h"

#include <QDate>
#include <QDateTime>

namespace countersign {

namespace {

struct Period
{
    std::optional<qint64> fromMs; ///< inclusive
    std::optional<qint64> toMs; ///< exclusive
};

Result<std::optional<qint64>> moment(const Arguments &arguments, const char *option)
{
    if (!arguments.has(option)) {
        return std::nullopt;
    }
    const QString text = arguments.value(option);
    const QDate day = text.contains(u'T') ? QDate() : QDate::fromString(text, Qt::ISODate);
    const auto exact = day.isValid() ? QDateTime(day, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch()
                                     : parseIsoTime(text);
    return exact ? Result<std::optional<qint64>>(exact)
                 : fail(ErrorCode::InvalidInput,
                        tr("“%1” is no time; give --%2 as 2026-11-20 or 2026-11-20T08:00:00Z.")
                            .arg(text, QString::fromLatin1(option)));
}

/// What is known of how it ended: what came of it before what a person thought of it.
Result<PastResult> resultOf(Reader &reader, const Case &past)
{
    const auto outcome = reader.outcomeOf(past.id);
    if (!outcome) {
        return tl::unexpected<Error>(outcome.error());
    }
    if (!outcome->isEmpty()) {
        return *outcome == u"bad" ? PastResult::Wrong : PastResult::Correct;
    }
    if (past.mark) {
        return past.mark->verdict == Verdict::Wrong ? PastResult::Wrong : PastResult::Correct;
    }
    const bool looked
        = past.decision && past.decision->person.toString().startsWith(QLatin1String("p-"));
    if (!looked || past.state != CaseState::Delivered) {
        return PastResult::Unknown;
    }
    switch (past.decision->kind) {
    case DecisionKind::Approve:
        return PastResult::Correct;
    case DecisionKind::Edit:
    case DecisionKind::Reject:
        return PastResult::Wrong;
    case DecisionKind::Respond:
    case DecisionKind::Ignore:
        return PastResult::Unknown;
    }
    Q_UNREACHABLE();
}

Result<PolicyReplay> replayOver(Reader &reader, const Period &period, PolicyEvaluator inForce,
                                PolicyEvaluator draft)
{
    CaseQuery query;
    query.updatedSinceMs = period.fromMs; // a case is never older than its last change
    const auto cases = reader.cases(query);
    if (!cases) {
        return tl::unexpected<Error>(cases.error());
    }
    PolicyReplay replay(std::move(inForce), std::move(draft));
    for (const Case &past : *cases) {
        const bool within = (!period.fromMs || past.createdMs >= *period.fromMs)
            && (!period.toMs || past.createdMs < *period.toMs);
        if (past.purpose != Purpose::Work || !within) {
            continue;
        }
        const auto result = resultOf(reader, past);
        if (!result) {
            return tl::unexpected<Error>(result.error());
        }
        replay.add({past.id, past.proposal, past.endpointName, *result});
    }
    return replay;
}

QFuture<Result<PolicyReplay>> run(Profile &profile, const Period &period,
                                  const PolicyRecord &record, const Policy &policy)
{
    return settled(profile.store().read<PolicyReplay>(
        [period, record, policy](Reader &reader) -> Result<PolicyReplay> {
            return replayOver(reader, period, evaluatorFor(record), PolicyEvaluator(policy));
        }));
}

const QList<std::pair<PolicyReplay::Figure, const char *>> &figures()
{
    static const QList<std::pair<PolicyReplay::Figure, const char *>> list{
        {PolicyReplay::ReviewedBefore, "reviewed_before"},
        {PolicyReplay::ReviewedAfter, "reviewed_after"},
        {PolicyReplay::MoreReviews, "more_reviews"},
        {PolicyReplay::FewerReviews, "fewer_reviews"},
        {PolicyReplay::WrongCaught, "wrong_caught"},
        {PolicyReplay::WrongLetThrough, "wrong_let_through"},
        {PolicyReplay::Blocked, "blocked"},
        {PolicyReplay::Unblocked, "unblocked"}};
    return list;
}

Json sums(const QMap<QString, Decimal> &amounts)
{
    Json form = Json::object();
    for (auto it = amounts.cbegin(); it != amounts.cend(); ++it) {
        form.set(it.key(), Json(it->toString()));
    }
    return form;
}

Json rowForm(const PolicyReplay::Row &row)
{
    Json form = Json::object({{key("cases"), Json(row.cases)}});
    for (const auto &[figure, name] : figures()) {
        form.set(key(name), Json(row.figures[figure]));
    }
    form.set(key("released"), sums(row.released));
    form.set(key("held"), sums(row.held));
    return form;
}

Json formOf(const PolicyReplay &replay)
{
    Json form = rowForm(replay.total());
    Json rows = Json::array();
    for (const PolicyReplay::Row &row : replay.rows()) {
        Json one = rowForm(row);
        one.set(key("action"), Json(row.action));
        one.set(key("case_type"), Json(row.caseType));
        rows.append(one);
    }
    form.set(key("rows"), rows);
    Json behind = Json::object();
    for (const auto &[figure, name] : figures()) {
        Json ids = Json::array();
        for (const CaseId &id : replay.casesBehind(figure)) {
            ids.append(Json(id.toString()));
        }
        behind.set(key(name), ids);
    }
    form.set(key("behind"), behind);
    return form;
}

QString money(const QMap<QString, Decimal> &amounts)
{
    QStringList parts;
    for (auto it = amounts.cbegin(); it != amounts.cend(); ++it) {
        parts.append(it->toString() + QLatin1Char(' ') + it.key());
    }
    return parts.isEmpty() ? QStringLiteral("-") : parts.join(QLatin1String(", "));
}

QString tableOf(const PolicyReplay &replay)
{
    QList<QStringList> rows;
    const auto add = [&rows](const PolicyReplay::Row &row, const QString &action) -> void {
        QStringList cells{action, row.caseType, QString::number(row.cases)};
        for (const auto &[figure, name] : figures()) {
            if (figure <= PolicyReplay::WrongLetThrough) {
                cells.append(QString::number(row.figures[figure]));
            }
        }
        rows.append(cells << money(row.released) << money(row.held));
    };
    for (const PolicyReplay::Row &row : replay.rows()) {
        add(row, row.action);
    }
    add(replay.total(), tr("all"));
    return table({tr("ACTION"), tr("TYPE"), tr("CASES"), tr("REVIEWED"), tr("WOULD BE"), tr("MORE"),
                  tr("FEWER"), tr("WRONG CAUGHT"), tr("WRONG LET THROUGH"), tr("RELEASED"),
                  tr("HELD")},
                 rows);
}

QCoro::Task<Outcome> replay(Profile &profile, const Arguments &arguments)
{
    const PolicyReading reading = namedPolicy(arguments);
    if (!reading.policy) {
        co_return complaint(exitcode::badInput,
                            tr("The policy has faults; see countersignctl policy check."));
    }
    const auto from = moment(arguments, "from");
    const auto to = moment(arguments, "to");
    if (!from || !to) {
        co_return complaint(from ? to.error() : from.error());
    }
    const auto record = co_await policyInForce(profile);
    if (!record) {
        co_return complaint(record.error());
    }
    const auto done = co_await run(profile, {*from, *to}, *record, *reading.policy);
    if (!done) {
        co_return complaint(done.error());
    }
    co_return arguments.json ? printed(formOf(*done)) : printed(tableOf(*done));
}

} // namespace

Command replayCommand()
{
    const QString time = QStringLiteral("T");
    return {{.name = QStringLiteral("policy replay"),
             .positionals = {QStringLiteral("FILE")},
             .options = {{QStringLiteral("from"), time, tr("cases from this day or time on (UTC)")},
                         {QStringLiteral("to"), time, tr("cases before it")}},
             .help = tr("Says what a policy would have done with past cases, against the one in "
                        "force.")},
            replay};
}

} // namespace countersign
