// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/knownfile.h"

#include "domain/displaytext.h"
#include "domain/error.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "endpoints/countersign/codec.h"
#include "services/decisionrules.h"
#include "services/intakerules.h"
#include "services/knownanswers.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr qsizetype longestWhy = 2000;
constexpr int mostKept = 10'000;

Result<void> checkMembers(const Json &line)
{
    if (!line.isObject() || !line[u"case"].isObject()) {
        return invalid(tr("it needs a “case”, which is an object."));
    }
    for (const auto &[name, value] : line.members()) {
        if (name != u"case" && name != u"right" && name != u"why") {
            return invalid(tr("“%1” is not known here.").arg(shortName(name, 40)));
        }
    }
    for (const char16_t *own : {u"id", u"state", u"digest", u"parts", u"follows"}) {
        if (line[u"case"].contains(own)) {
            return invalid(tr("its case must not have “%1”.").arg(QString::fromUtf16(own)));
        }
    }
    const QString why = line[u"why"].toString();
    return why.trimmed().isEmpty() || why.size() > longestWhy
        ? Result<void>(invalid(tr("it needs a “why” of at most %1 characters.").arg(longestWhy)))
        : Result<void>();
}

Result<Proposal> readCase(Json form, const Endpoint &endpoint)
{
    form.set(key("id"), Json(key("known")));
    form.set(key("state"), Json(key("waiting")));
    form.set(key("digest"), Json(QString()));
    const auto read = native::readCase(form, endpoint);
    if (!read) {
        return tl::unexpected<Error>(read.error());
    }
    Proposal proposal = read->proposals.constFirst();
    proposal.trouble.reset(); // that the digest is not there
    if (!proposal.marks.isEmpty()) {
        return invalid(proposal.marks.constFirst());
    }
    const QString fault = faultOf(proposal);
    return fault.isEmpty() ? Result<Proposal>(proposal) : invalid(fault);
}

Result<QSet<DecisionKind>> readRight(const Json &words, AllowedDecisions allowed)
{
    QSet<DecisionKind> right;
    for (const Json &word : words.items()) {
        const auto kind = fromWord<DecisionKind>(word.toString());
        if (!kind || !allowed.testFlag(*kind)) {
            return invalid(
                tr("“%1” is no answer that its case allows.").arg(shortName(word.toString(), 40)));
        }
        right.insert(*kind);
    }
    return right.isEmpty() ? Result<QSet<DecisionKind>>(
               invalid(tr("it needs “right”, a list of the answers that count as right.")))
                           : right;
}

Result<KnownLine> readLine(const QByteArray &bytes, const Endpoint &endpoint)
{
    const auto line = parseJson(bytes);
    if (!line) {
        return tl::unexpected<Error>(line.error());
    }
    if (const auto checked = checkMembers(*line); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    const auto proposal = readCase((*line)[u"case"], endpoint);
    if (!proposal) {
        return tl::unexpected<Error>(proposal.error());
    }
    const auto right = readRight((*line)[u"right"], proposal->allowed);
    if (!right) {
        return tl::unexpected<Error>(right.error());
    }
    return KnownLine{*proposal, {.from = {}, .right = *right, .why = (*line)[u"why"].toString()}};
}

bool isLead(const QList<Person> &persons, const PersonId &id)
{
    return std::any_of(persons.cbegin(), persons.cend(), [&](const Person &one) -> bool {
        return one.id == id && (one.role == u"lead" || one.id == persons.first().id); // the owner
    });
}

} // namespace

KnownFile readKnownFile(const QByteArray &bytes, const Endpoint &endpoint)
{
    KnownFile file;
    const QList<QByteArray> lines = bytes.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).trimmed().isEmpty()) {
            continue;
        }
        if (const auto line = readLine(lines.at(i).trimmed(), endpoint)) {
            file.lines.append(*line);
        } else {
            file.bad.append(tr("Line %1: %2").arg(i + 1).arg(line.error().text));
        }
    }
    return file;
}

Result<int> recordKnownFile(Transaction &transaction, const EndpointId &endpoint,
                            const QList<KnownLine> &lines, const PersonId &person)
{
    const auto actor = enrolledPerson(transaction, person);
    const auto persons = transaction.persons();
    const auto before = transaction.events(
        {.limit = mostKept, .kind = key(event::knownAdded), .endpoint = endpoint});
    if (!actor || !persons || !before) {
        return tl::unexpected<Error>(!actor         ? actor.error()
                                         : !persons ? persons.error()
                                                    : before.error());
    }
    if (!isLead(*persons, person)) {
        return fail(ErrorCode::NotAllowed, tr("Only a lead can add known answers."));
    }
    QSet<QString> known;
    for (const EventRecord &record : *before) {
        known.insert(parseJson(record.envelope).value_or(Json())[u"digest"].toString());
    }
    int added = 0;
    for (const KnownLine &line : lines) {
        const QString digest = line.proposal.digest();
        if (known.contains(digest)) {
            continue;
        }
        known.insert(digest);
        EventDraft draft{.kind = key(event::knownAdded),
                         .actor = *actor,
                         .endpoint = endpoint,
                         .agent = shortName(line.proposal.agent),
                         .action = shortName(line.proposal.action)};
        draft.fields = Json::object({{key("digest"), Json(digest)}});
        draft.payload = Json::object({{key("proposal"), line.proposal.toJson()},
                                      {key("known_answer"), knownForm(line.known)}});
        if (const auto record = transaction.append(draft); !record) {
            return tl::unexpected<Error>(record.error());
        }
        ++added;
    }
    return added;
}

} // namespace countersign
