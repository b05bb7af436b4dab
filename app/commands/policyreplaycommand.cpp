// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/policycommands.h"
#include "app/commands/table.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "items/pastreplay.h"

#include <QDate>
#include <QDateTime>

namespace countersign {

namespace {

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
    Json form
        = Json::object({{key("cases"), Json(row.cases)}, {key("measured"), Json(row.measured)}});
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
        if (row.isRest) {
            one.set(key("rest"), Json(true));
        }
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
    form.set(key("unreadable"), Json(replay.unreadable()));
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
        add(row, row.isRest ? tr("other kinds") : row.action);
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
    PastReplay past(profile.store());
    const ReplayRequest request{.inForce = evaluatorFor(*record).policy(),
                                .draft = *reading.policy,
                                .fromMs = *from,
                                .toMs = *to};
    const auto done = co_await settled(past.run(request));
    if (!done) {
        co_return complaint(done.error());
    }
    co_return arguments.json ? printed(formOf(**done)) : printed(tableOf(**done));
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
