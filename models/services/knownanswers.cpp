// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/knownanswers.h"

#include "domain/json.h"
#include "domain/translate.h"
#include "domain/trust.h"
#include "policy/knownanswer.h"
#include "services/caseevents.h"

#include <QUuid>
#include <QtEndian>

namespace countersign {

namespace {

constexpr int mostAdded = 200; // the newest that leads added

quint64 random()
{
    return qFromBigEndian<quint64>(randomBytes(sizeof(quint64)).constData());
}

struct Candidate
{
    Proposal proposal;
    KnownAnswer known;
    QString question; ///< under which it is asked
    qint64 askedMs = 0; ///< the first time
};

/// One of the endpoint's past cases whose answer is known, by chance.
Result<std::optional<Candidate>> candidateOf(Transaction &transaction, const EndpointId &endpoint)
{
    const auto ids = transaction.settledCases(endpoint);
    if (!ids) {
        return tl::unexpected<Error>(ids.error());
    }
    const qsizetype count = ids->size();
    const qsizetype start = count > 0 ? qsizetype(random() % quint64(count)) : 0;
    for (qsizetype i = 0; i < count; ++i) {
        const CaseId &id = ids->at((start + i) % count);
        const auto past = transaction.caseById(id);
        const auto outcome = transaction.outcomeOf(id);
        if (!past || !outcome) {
            return tl::unexpected<Error>(past ? outcome.error() : past.error());
        }
        if (const auto known = *past ? knownAnswerOf(**past, *outcome) : std::nullopt) {
            return Candidate{(*past)->proposal, *known,
                             QStringLiteral("known/")
                                 + QUuid::createUuid().toString(QUuid::WithoutBraces),
                             (*past)->createdMs};
        }
    }
    return std::nullopt;
}

/// One that a lead added and that was not asked yet, by chance.
Result<std::optional<Candidate>> addedCandidate(Transaction &transaction,
                                                const EndpointId &endpoint)
{
    const auto added = transaction.events(
        {.limit = mostAdded, .kind = key(event::knownAdded), .endpoint = endpoint});
    if (!added) {
        return tl::unexpected<Error>(added.error());
    }
    const qsizetype count = added->size();
    const qsizetype start = count > 0 ? qsizetype(random() % quint64(count)) : 0;
    for (qsizetype i = 0; i < count; ++i) {
        const EventRecord &record = added->at((start + i) % count);
        const QString question = QStringLiteral("known/file-%1").arg(record.seq);
        const auto asked = transaction.newestCaseAt(endpoint, question, 1);
        if (!asked) {
            return tl::unexpected<Error>(asked.error());
        }
        if (*asked) {
            continue;
        }
        const auto payload = transaction.payloadOf(record.seq);
        if (!payload) {
            return tl::unexpected<Error>(payload.error());
        }
        const Json form = payload->value_or(Json());
        if (const auto proposal = Proposal::fromJson(form[u"proposal"])) {
            return Candidate{*proposal, knownFromForm(form[u"known_answer"]), question,
                             record.atMs};
        }
    }
    return std::nullopt;
}

/// From a file or from the past, as chance has it; from the other where one has nothing.
Result<std::optional<Candidate>> anyCandidate(Transaction &transaction, const EndpointId &endpoint)
{
    const bool fileFirst = random() % 2 == 0;
    auto first
        = fileFirst ? addedCandidate(transaction, endpoint) : candidateOf(transaction, endpoint);
    if (!first || *first) {
        return first;
    }
    return fileFirst ? candidateOf(transaction, endpoint) : addedCandidate(transaction, endpoint);
}

/// The same to look at, with a place and times of its own.
Proposal askedAgain(const Candidate &candidate, qint64 nowMs)
{
    Proposal again = candidate.proposal;
    again.source.question = candidate.question;
    again.source.lane = again.source.question;
    again.source.rebind.clear();
    if (again.dueMs) {
        again.dueMs = nowMs + qMax<qint64>(0, *again.dueMs - candidate.askedMs);
    }
    again.reportedMs = nowMs;
    return again;
}

} // namespace

Json knownForm(const KnownAnswer &known)
{
    QStringList right;
    for (const DecisionKind kind : known.right) {
        right.append(toWord(kind));
    }
    right.sort();
    return Json::object({{key("right"), Json::fromStrings(right)},
                         {key("why"), Json(known.why)},
                         {key("from"), Json(known.from.toString())}});
}

KnownAnswer knownFromForm(const Json &form)
{
    KnownAnswer known{
        .from = CaseId(form[u"from"].toString()), .right = {}, .why = form[u"why"].toString()};
    for (const QString &word : form[u"right"].toStrings()) {
        if (const auto kind = fromWord<DecisionKind>(word)) {
            known.right.insert(*kind);
        }
    }
    return known;
}

Result<std::optional<CaseId>> mixInKnownAnswer(Transaction &transaction, const EndpointId &endpoint,
                                               const std::function<Gate(const Proposal &)> &gateOf)
{
    const auto rate = transaction.setting(key(setting::knownAnswerRate), {});
    if (!rate) {
        return tl::unexpected<Error>(rate.error());
    }
    if (!isShare(*rate) || !isWithin(random(), *rate)) {
        return std::nullopt;
    }
    const auto found = anyCandidate(transaction, endpoint);
    if (!found || !*found) {
        return found ? Result<std::optional<CaseId>>(std::nullopt)
                     : tl::unexpected<Error>(found.error());
    }
    const Proposal again = askedAgain(**found, transaction.nowMs());
    const Gate gate = gateOf(again);
    if (gate.isAutomatic()) {
        return std::nullopt;
    }
    const auto id = transaction.nextCaseId();
    if (!id) {
        return tl::unexpected<Error>(id.error());
    }
    EventDraft draft
        = proposalEvent(event::caseProposed, Actor::system(), *id, endpoint, again, 0, gate);
    draft.payload->set(key("known_answer"), knownForm((*found)->known));
    const auto added = transaction.append(draft);
    return added ? Result<std::optional<CaseId>>(*id) : tl::unexpected<Error>(added.error());
}

Result<DecisionReceipt> recordCheckedAnswer(Transaction &transaction, const Case &subject,
                                            const DecisionRequest &request, const Actor &actor)
{
    const auto known = transaction.knownAnswer(subject.id);
    if (!known || !*known) {
        return known ? fail(ErrorCode::Storage, tr("What is known of this case was lost."))
                     : tl::unexpected<Error>(known.error());
    }
    const bool right = (*known)->right.contains(request.kind);
    const QString text = right
        ? tr("This case was asked to see whether we look; nothing is sent. Your answer is "
             "right. %1")
              .arg((*known)->why)
        : tr("This case was asked to see whether we look; nothing is sent. Its answer is "
             "another one. %1")
              .arg((*known)->why);
    EventDraft draft = caseEvent(event::checkAnswered, actor, subject);
    draft.fields = Json::object({{key("digest"), Json(subject.digest)},
                                 {key("answer"), Json(toWord(request.kind))},
                                 {key("right"), Json(right)}});
    addLook(draft.fields, request.look);
    draft.payload = Json::object({{key("text"), Json(text)}});
    if (!request.message.isEmpty()) {
        draft.payload->set(key("message"), Json(request.message));
    }
    if (request.arguments) {
        draft.payload->set(key("arguments"), *request.arguments);
    }
    if (const auto added = transaction.append(draft); !added) {
        return tl::unexpected<Error>(added.error());
    }
    return DecisionReceipt{.state = DecisionState::Withdrawn,
                           .checked = CheckedReceipt{.right = right, .text = text}};
}

} // namespace countersign
