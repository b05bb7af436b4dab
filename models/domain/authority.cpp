// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/authority.h"

#include "domain/translate.h"

#include <QRegularExpression>

#include <algorithm>

namespace countersign {

namespace {

constexpr int deepestAmount = 32;

std::optional<Decimal> sizeOf(const QString &written)
{
    return Decimal::parse(written.startsWith(u'-') ? written.mid(1) : written);
}

/// Of the arguments that say the amount now, what the new ones say there; the largest of all.
void raise(const Json &before, const Json &after, const Decimal &amount, Decimal &largest,
           int depth = 0)
{
    if (depth > deepestAmount) {
        return;
    }
    const auto was = before.isNumber() ? Decimal::parse(before.numberText())
                                       : Decimal::parse(before.toString());
    if (was && *was == amount) {
        const auto now
            = sizeOf(after.isNumber() ? QString::fromLatin1(after.numberText()) : after.toString());
        largest = now && *now > largest ? *now : largest;
    }
    for (const auto &[name, value] : before.members()) {
        raise(value, after[name], amount, largest, depth + 1);
    }
    for (qsizetype i = 0; i < before.items().size(); ++i) {
        raise(before.items().at(i), after.items().value(i), amount, largest, depth + 1);
    }
}

/// What would be approved: nothing where no amount is known.
std::optional<Decimal> amountAtStake(const Proposal &proposal, const std::optional<Json> &arguments)
{
    if (!proposal.impact.amount) {
        return std::nullopt;
    }
    auto largest = sizeOf(proposal.impact.amount->toString());
    if (largest && arguments) {
        raise(proposal.arguments, *arguments, *proposal.impact.amount, *largest);
    }
    return largest ? largest : proposal.impact.amount;
}

struct Need
{
    QString role;
    std::optional<Decimal> amount;
    QString currency;

    [[nodiscard]] bool isWithin(const Person &person) const
    {
        const auto limit = person.limits.constFind(currency);
        return !amount || person.limits.isEmpty()
            || (limit != person.limits.cend() && *amount <= *limit);
    }
};

/// The person, and those for whom they act.
QList<Person> membersOf(const QList<Person> &people, const PersonId &id, qint64 nowMs)
{
    QList<Person> members;
    for (const Person &one : people) {
        if (one.id == id || (one.delegate == id && one.isAbsent(nowMs))) {
            members.append(one);
        }
    }
    return members;
}

bool mayDecide(const QList<Person> &people, const Person &person, const Need &need, qint64 nowMs)
{
    const QList<Person> members = membersOf(people, person.id, nowMs);
    return std::any_of(members.cbegin(), members.cend(), [&](const Person &one) -> bool {
        return (need.role.isEmpty() || hasRole(people, one.id, need.role)) && need.isWithin(one);
    });
}

QString whoMay(const QList<Person> &people, const Need &need, qint64 nowMs)
{
    QStringList names;
    for (const Person &one : people) {
        if (!one.isAbsent(nowMs) && mayDecide(people, one, need, nowMs)) {
            names.append(one.name);
        }
    }
    return names.isEmpty() ? tr("Nobody here may; a lead can give somebody the authority.")
                           : tr("Who may: %1.").arg(names.join(QStringLiteral(", ")));
}

QString limitsOf(const Person &person)
{
    QStringList limits;
    for (auto it = person.limits.cbegin(); it != person.limits.cend(); ++it) {
        limits.append(it->toString() + QLatin1Char(' ') + it.key());
    }
    return limits.join(QStringLiteral(", "));
}

} // namespace

bool isRole(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^[a-z][a-z0-9_-]{0,39}$"));
    return form.match(text).hasMatch();
}

std::optional<std::pair<QString, Decimal>> readLimit(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z]{3})$"));
    const auto match = form.match(text.trimmed());
    const auto amount = match.hasMatch() ? Decimal::parse(match.captured(1)) : std::nullopt;
    return amount ? std::optional(std::pair(match.captured(2).toUpper(), *amount)) : std::nullopt;
}

bool hasRole(const QList<Person> &people, const PersonId &person, const QString &role)
{
    return std::any_of(people.cbegin(), people.cend(), [&](const Person &one) -> bool {
        return one.id == person
            && (one.role == role || one.roles.contains(role) || person == people.first().id);
    });
}

QString lackOf(const Case &subject, const PersonId &person, DecisionKind kind, qint64 nowMs,
               const std::optional<Json> &arguments)
{
    const QList<Person> &people = subject.people;
    const auto found = std::find_if(people.cbegin(), people.cend(),
                                    [&](const Person &one) -> bool { return one.id == person; });
    if (found == people.cend()) {
        return {}; // not enrolled: refused elsewhere
    }
    const bool approves = kind == DecisionKind::Approve || kind == DecisionKind::Edit;
    Need need{.role = subject.terms.authority, .currency = subject.proposal.impact.currency};
    if (!mayDecide(people, *found, need, nowMs)) {
        const QString asks = need.role == u"lead"
            ? tr("%1 asks for a lead to decide this; hand it over to one.")
                  .arg(subject.policyVersion)
            : tr("%1 asks for somebody with the role “%2” to decide this; hand it over.")
                  .arg(subject.policyVersion, need.role);
        return asks + QLatin1Char(' ') + whoMay(people, need, nowMs);
    }
    if (!approves) {
        return {};
    }
    need.amount = amountAtStake(subject.proposal, arguments);
    if (mayDecide(people, *found, need, nowMs)) {
        return {};
    }
    const QString amount = need.amount->toString() + QLatin1Char(' ') + need.currency;
    const QString above = found->limits.isEmpty()
        ? tr("%1 is above what those may approve for whom you act.").arg(amount.trimmed())
        : tr("%1 is above what you may approve: up to %2.").arg(amount.trimmed(), limitsOf(*found));
    return above + QLatin1Char(' ') + whoMay(people, need, nowMs);
}

} // namespace countersign
