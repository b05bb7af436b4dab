// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/projection.h"

#include "domain/headline.h"
#include "domain/translate.h"


namespace countersign {

namespace {

/// "c-42" to 42; nothing where it is no dense id.
std::optional<qint64> idNumber(const QString &id)
{
    bool ok = false;
    const qint64 number = id.mid(id.indexOf(QLatin1Char('-')) + 1).toLongLong(&ok);
    return ok && number > 0 ? std::optional<qint64>(number) : std::nullopt;
}

QString lastWord(const QString &kind)
{
    return kind.mid(kind.indexOf(QLatin1Char('.')) + 1);
}

/// Who minds a case and what they say of it: the case itself is as it was, and an old one does not
/// become today's.
bool isAboutWork(const QString &kind)
{
    return kind == QLatin1String(event::caseCommented) || kind == QLatin1String(event::caseAssigned)
        || kind == QLatin1String(event::caseFollowUp) || kind == QLatin1String(event::caseGated);
}

struct Seen
{
    Proposal proposal;
    QString trouble;
    QVariant purpose;
    [[nodiscard]] QString state() const
    {
        return toWord(proposal.trouble ? CaseState::Trouble : CaseState::Waiting);
    }
};

Seen seenOf(const Json &payload)
{
    Seen seen;
    if (auto proposal = Proposal::fromJson(payload[u"proposal"])) {
        seen.proposal = std::move(*proposal);
    }
    seen.trouble = seen.proposal.trouble ? seen.proposal.trouble->text : QString();
    if (payload.contains(u"known_answer")) {
        seen.purpose = toWord(Purpose::KnownAnswer);
    }
    return seen;
}

} // namespace

Projection::Projection(Statements &sql) : m_sql(sql) { }

QVariant Projection::Event::integer(QStringView key) const
{
    return fields[key].isNumber() ? QVariant(fields[key].toInteger()) : QVariant();
}

QByteArray Projection::Event::payloadDigest() const
{
    return QByteArray::fromHex(fields[u"payload"].toString().toLatin1());
}

const QHash<QString, Projection::Handler> &Projection::handlers()
{
    const auto at = [](const char *kind) -> QString {
        return QString::fromLatin1(kind);
    };
    static const QHash<QString, Handler> table{
        {at(event::personEnrolled), &Projection::enrolPerson},
        {at(event::endpointAdded), &Projection::addEndpoint},
        {at(event::endpointChanged), &Projection::addEndpoint},
        {at(event::endpointRemoved), &Projection::removeEndpoint},
        {at(event::caseProposed), &Projection::proposeCase},
        {at(event::caseChanged), &Projection::reviseCase},
        {at(event::caseUpdated), &Projection::reviseCase},
        {at(event::caseReopened), &Projection::reviseCase},
        {at(event::caseTrouble), &Projection::reviseCase},
        {at(event::caseWithdrawn), &Projection::closeCase},
        {at(event::caseAnsweredElsewhere), &Projection::closeCase},
        {at(event::caseSetAside), &Projection::setAside},
        {at(event::caseCommented), &Projection::comment},
        {at(event::caseAssigned), &Projection::assign},
        {at(event::caseFollowUp), &Projection::setFollowUp},
        {at(event::decisionApprove), &Projection::decide},
        {at(event::decisionEdit), &Projection::decide},
        {at(event::decisionReject), &Projection::decide},
        {at(event::decisionRespond), &Projection::decide},
        {at(event::decisionIgnore), &Projection::decide},
        {at(event::decisionWithdrawn), &Projection::withdrawDecision},
        {at(event::answerQueued), &Projection::queueAnswer},
        {at(event::repairRequested), &Projection::queueRepair},
        {at(event::decisionExpired), &Projection::expireDecision},
        {at(event::approvalGiven), &Projection::giveApproval},
        {at(event::approvalWithdrawn), &Projection::withdrawApproval},
        {at(event::caseGated), &Projection::setGate},
        {at(event::policyKept), &Projection::keepPolicy},
        {at(event::personAuthority), &Projection::setAuthority},
        {at(event::personAbsent), &Projection::setAbsence},
        {at(event::decisionSent), &Projection::send},
        {at(event::decisionDelayed), &Projection::delay},
        {at(event::decisionDelivered), &Projection::finish},
        {at(event::decisionSuperseded), &Projection::finish},
        {at(event::decisionFailed), &Projection::finish},
        {at(event::repairDone), &Projection::finishRepair},
        {at(event::repairFailed), &Projection::finishRepair},
        {at(event::effectReported), &Projection::reportEffect},
        {at(event::outcomeReported), &Projection::reportEffect},
        {at(event::spotCheckDrawn), &Projection::drawSpotCheck},
        {at(event::verdictMarked), &Projection::markVerdict},
        {at(event::reviewCommitted), &Projection::commitAnswer},
        {at(event::checkAnswered), &Projection::checkAnswer},
        {at(event::settingChanged), &Projection::changeSetting},
        {at(event::policySet), &Projection::setPolicy},
        {at(event::stopSet), &Projection::setStop},
        {at(event::stopLifted), &Projection::liftStop},
        {at(event::deadlinePassed), &Projection::passDeadline},
    };
    return table;
}

Result<void> Projection::apply(const EventRecord &record, const Json &envelope, const Json &payload)
{
    m_changes.headSize = record.seq + 1;
    const Event event{record, envelope, payload};
    if (const auto handler = handlers().value(record.kind)) {
        if (auto applied = (this->*handler)(event); !applied) {
            return applied;
        }
    }
    return record.caseId.isEmpty() ? Result<void>() : touch(event, record.caseId.toString());
}

Result<void> Projection::changeOne(const QString &sql, const QVariantList &arguments,
                                   const QString &what)
{
    const auto changed = m_sql.change(sql, arguments);
    if (!changed) {
        return tl::unexpected<Error>(changed.error());
    }
    if (*changed != 1) {
        return fail(ErrorCode::InvalidInput,
                    tr("An event speaks of “%1”, which this profile does not know.").arg(what));
    }
    return {};
}

Result<void> Projection::touch(const Event &event, const QString &caseId)
{
    m_changes.cases.insert(CaseId(caseId));
    if (isAboutWork(event.record.kind)) {
        return changeOne(QStringLiteral("UPDATE cases SET version = ? WHERE id = ?"),
                         {event.record.seq, caseId}, caseId);
    }
    return changeOne(QStringLiteral("UPDATE cases SET version = ?, updated_ms = ? WHERE id = ?"),
                     {event.record.seq, event.record.atMs, caseId}, caseId);
}

Result<void> Projection::enrolPerson(const Event &event)
{
    m_changes.persons = true;
    const QString id = event.fields[u"person"].toString();
    const auto number = idNumber(id);
    if (!number) {
        return fail(ErrorCode::InvalidInput, tr("“%1” is no id of a person.").arg(id));
    }
    return m_sql
        .change(QStringLiteral("INSERT INTO person (number, id, name, role, key_id, public_key) "
                               "VALUES (?, ?, ?, ?, ?, ?)"),
                {*number, id, event.text(u"name"), event.text(u"role"), event.text(u"key"),
                 QByteArray::fromBase64(event.fields[u"public_key"].toString().toLatin1())})
        .map([](int) -> void {});
}

Result<void> Projection::addEndpoint(const Event &event)
{
    m_changes.endpoints = true;
    const QString id = event.record.endpoint.toString();
    const auto number = idNumber(id);
    if (!number) {
        return fail(ErrorCode::InvalidInput, tr("“%1” is no id of an endpoint.").arg(id));
    }
    const QVariantList values{*number,
                              id,
                              event.text(u"name"),
                              event.text(u"protocol"),
                              event.text(u"url"),
                              orNull(event.payloadDigest())};
    return m_sql
        .change(QStringLiteral("INSERT INTO endpoint (number, id, name, kind, url, payload) "
                               "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET "
                               "name = excluded.name, kind = excluded.kind, url = excluded.url, "
                               "payload = excluded.payload"),
                values)
        .map([](int) -> void {});
}

Result<void> Projection::removeEndpoint(const Event &event)
{
    m_changes.endpoints = true;
    const QString id = event.record.endpoint.toString();
    return changeOne(QStringLiteral("UPDATE endpoint SET removed = 1 WHERE id = ?"), {id}, id);
}

QVariantList Projection::caseValues(const Event &event, const Proposal &proposal)
{
    const QStringList allowed = event.fields[u"allowed"].toStrings();
    return {event.fields[u"question"].toString(),
            event.fields[u"part"].toInteger(1),
            event.fields[u"of"].toInteger(1),
            event.fields[u"occurrence"].toInteger(),
            orNull(proposal.source.lane),
            orNull(proposal.source.rebind),
            event.text(u"agent"),
            event.text(u"action"),
            event.text(u"case_type"),
            orNull(headlineOf(proposal)),
            orNull(subjectOf(proposal)),
            event.text(u"confidence"),
            event.text(u"amount"),
            event.text(u"currency"),
            event.fields[u"risk"].toString(),
            event.fields[u"reversibility"].toString(),
            allowed.join(QLatin1Char(' ')),
            event.fields[u"digest"].toString(),
            event.fields[u"disposition"].toString(),
            event.text(u"policy"),
            event.text(u"queue"),
            event.integer(u"due_ms"),
            event.text(u"shape"),
            event.integer(u"zero_ms"),
            orNull(event.payloadDigest())};
}

Result<void> Projection::proposeCase(const Event &event)
{
    const QString id = event.record.caseId.toString();
    const auto number = idNumber(id);
    if (!number) {
        return fail(ErrorCode::InvalidInput, tr("“%1” is no id of a case.").arg(id));
    }
    const Seen seen = seenOf(event.payload);
    const QVariantList own{*number,
                           id,
                           event.record.endpoint.toString(),
                           seen.state(),
                           orNull(seen.trouble),
                           event.record.atMs,
                           event.record.atMs,
                           event.record.seq,
                           event.fields.contains(u"purpose") ? event.text(u"purpose")
                                                             : seen.purpose,
                           orNull(event.payload[u"known_answer"][u"from"].toString())};
    return m_sql
        .change(QStringLiteral(
                    "INSERT INTO cases (number, id, endpoint, state, state_text, created_ms, "
                    "updated_ms, version, purpose, known_from, question, part, parts, occurrence, "
                    "lane, "
                    "rebind, agent, "
                    "action, case_type, headline, subject, confidence, amount, currency, risk, "
                    "reversibility, allowed, digest, disposition, policy, queue, due_ms, shape, "
                    "zero_ms, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                    "?, ?, ?, ?, "
                    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                own + caseValues(event, seen.proposal))
        .map([](int) -> void {});
}

Result<void> Projection::reviseCase(const Event &event)
{
    const QString id = event.record.caseId.toString();
    const Seen seen = seenOf(event.payload);
    const QString digest = event.fields[u"digest"].toString();
    if (auto kept
        = changeOne(QStringLiteral("UPDATE cases SET before = CASE WHEN digest <> ? THEN payload "
                                   "ELSE before END WHERE id = ?"),
                    {digest, id}, id);
        !kept) {
        return kept;
    }
    const QString &kind = event.record.kind;
    const bool updated = kind == QLatin1String(event::caseUpdated);
    if (auto back = bringBack(event, id, updated ? Back::Updated : Back::Changed); !back) {
        return back;
    }
    if (!updated) {
        const bool trouble = kind == QLatin1String(event::caseTrouble);
        const QString state = trouble ? toWord(CaseState::Trouble) : seen.state();
        if (auto changed = changeOne(QStringLiteral("UPDATE cases SET state = ?, state_text = ?, "
                                                    "zero_passed_ms = NULL WHERE id = ?"),
                                     {state, orNull(seen.trouble), id}, id);
            !changed) {
            return changed;
        }
        const auto asked = m_sql.change(QStringLiteral("DELETE FROM approval WHERE case_id = ?"),
                                        {id}); // of what it was
        if (!asked) {
            return tl::unexpected<Error>(asked.error());
        }
    }
    return changeOne(
        QStringLiteral("UPDATE cases SET question = ?, part = ?, parts = ?, occurrence = ?, "
                       "lane = ?, rebind = ?, agent = ?, action = ?, case_type = ?, headline = ?, "
                       "subject = ?, confidence = ?, amount = ?, currency = ?, risk = ?, "
                       "reversibility = ?, allowed = ?, digest = ?, disposition = ?, policy = ?, "
                       "queue = ?, due_ms = ?, shape = ?, zero_ms = ?, "
                       "payload = ?, gate = NULL WHERE id = ?"),
        caseValues(event, seen.proposal) + QVariantList{id}, id);
}

Result<void> Projection::closeCase(const Event &event)
{
    const QString id = event.record.caseId.toString();
    return changeOne(QStringLiteral("UPDATE cases SET state = ?, state_text = ? WHERE id = ?"),
                     {lastWord(event.record.kind), orNull(event.sentence()), id}, id);
}

Result<void> Projection::reportEffect(const Event &event)
{
    const QStringView member = event.record.kind == QLatin1String(event::effectReported)
        ? QStringView(u"effect")
        : QStringView(u"outcome");
    return m_sql
        .change(QStringLiteral("INSERT INTO effect (seq, case_id, word, text) VALUES (?, ?, ?, ?)"),
                {event.record.seq, event.record.caseId.toString(), event.text(member),
                 orNull(event.sentence())})
        .and_then([&](int) -> Result<void> {
            return bringBack(event, event.record.caseId.toString(), Back::Effect);
        });
}

} // namespace countersign
