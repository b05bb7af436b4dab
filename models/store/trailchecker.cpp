// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/trailchecker.h"

#include "domain/clock.h"
#include "domain/envelope.h"
#include "domain/translate.h"


namespace countersign {

namespace {

QByteArray publicKeyOf(const EnvelopeScan &envelope)
{
    return QByteArray::fromBase64(envelope.text("public_key").toLatin1());
}

/// As recordOf() takes them.
EventRecord columnsOf(const EnvelopeScan &envelope)
{
    EventRecord record;
    record.atMs = parseIsoTime(envelope.text("at")).value_or(0);
    record.kind = envelope.text("kind");
    record.caseId = CaseId(envelope.text("case"));
    record.actor = envelope.text("actor", "id");
    record.agent = envelope.text("agent");
    record.action = envelope.text("action");
    record.endpoint = EndpointId(envelope.text("endpoint"));
    record.risk = envelope.text("risk");
    record.decision = DecisionId(envelope.text("decision"));
    return record;
}

/// isoTime()'s own form, which parseIsoTime() has taken.
bool isWrittenTime(QByteArrayView raw)
{
    return raw.size() == qsizetype(sizeof "\"2026-11-20T14:46:49.123Z\"") - 1
        && raw.endsWith("Z\"");
}

bool sameColumns(const EventRecord &stored, const EventRecord &expected)
{
    return stored.atMs == expected.atMs && stored.kind == expected.kind
        && stored.caseId == expected.caseId && stored.actor == expected.actor
        && stored.agent == expected.agent && stored.action == expected.action
        && stored.endpoint == expected.endpoint && stored.risk == expected.risk
        && stored.decision == expected.decision;
}

} // namespace

tl::unexpected<Error> tampered(const QString &text)
{
    return fail(ErrorCode::Tampered, text);
}

Result<void> TrailChecker::take(const EventRecord &stored)
{
    auto checked = checkForm(stored);
    if (checked) {
        checked = checkPlace(stored);
    }
    if (checked) {
        checked = checkSignature(stored);
    }
    if (checked) {
        checked = checkPolicy(stored);
    }
    if (checked) {
        checked = learnKeys(stored);
    }
    if (checked) {
        m_tree.append(stored.leaf);
    }
    return checked;
}

Result<void> TrailChecker::checkForm(const EventRecord &stored)
{
    if (stored.seq != m_tree.size()) {
        return tampered(tr("Event %1 is missing.").arg(m_tree.size()));
    }
    if (leafHash(stored.envelope) != stored.leaf) {
        return tampered(tr("Event %1 was altered: it does not have the hash that was recorded.")
                            .arg(stored.seq));
    }
    if (!m_envelope.scan(stored.envelope)) {
        const auto parsed = parseEnvelope(stored.envelope);
        return tampered(tr("Event %1 was altered: it is not in the form that is recorded. %2")
                            .arg(stored.seq)
                            .arg(parsed ? QString() : parsed.error().text));
    }
    return {};
}

Result<void> TrailChecker::checkPlace(const EventRecord &stored)
{
    const EventRecord expected = columnsOf(m_envelope);
    if (stored.seq == 0) {
        m_origin = m_envelope.text("log");
        if (m_origin.isEmpty() || expected.kind != QLatin1String(event::profileCreated)
            || m_envelope.text("origin") != m_origin) {
            return tampered(tr("The trail does not begin with the making of its profile."));
        }
    }
    if (m_envelope.raw("i") != QByteArray::number(stored.seq) || m_envelope.text("log") != m_origin
        || m_envelope.raw("v") != "1") {
        return tampered(
            tr("Event %1 was moved: it was recorded at another place.").arg(stored.seq));
    }
    if (expected.atMs == 0 || !isWrittenTime(m_envelope.raw("at"))) {
        return tampered(tr("Event %1 was altered: it has no time.").arg(stored.seq));
    }
    if (!sameColumns(stored, expected)) {
        return tampered(
            tr("The columns of event %1 were altered: they do not say what the event says.")
                .arg(stored.seq));
    }
    return {};
}

/// A person's event carries the person's signature; no other event carries one.
Result<void> TrailChecker::checkSignature(const EventRecord &stored) const
{
    const bool byPerson = m_envelope.text("actor", "type") == toWord(Actor::Type::Person);
    if (!needsSignature(stored.kind, byPerson ? Actor::Type::Person : Actor::Type::System)) {
        if (stored.signature.isEmpty() && stored.signatureKey.isEmpty()) {
            return {};
        }
        return tampered(tr("Event %1 carries a signature that it must not carry.").arg(stored.seq));
    }
    const QString id = m_envelope.text("actor", "id");
    QByteArray key = m_persons.value(id);
    if (m_persons.isEmpty() && stored.kind == QLatin1String(event::personEnrolled)
        && m_envelope.text("person") == id) {
        key = publicKeyOf(m_envelope); // the first person enrols themself
    }
    if (key.isEmpty()) {
        return tampered(tr("Event %1 is by %2, who was not enrolled.").arg(stored.seq).arg(id));
    }
    if (stored.signatureKey != noteKeyId(id, key)
        || !verifySignature(key, personSignatureMessage(stored.leaf), stored.signature)) {
        return tampered(
            tr("Event %1 does not carry a valid signature of %2.").arg(stored.seq).arg(id));
    }
    return {};
}

/// What no person decided, the policy did that a person signed last, and says so.
Result<void> TrailChecker::checkPolicy(const EventRecord &stored)
{
    const QString type = m_envelope.text("actor", "type");
    if (stored.kind == QLatin1String(event::policySet)) {
        if (type != toWord(Actor::Type::Person)) {
            return tampered(tr("Event %1 sets a policy that no person signed.").arg(stored.seq));
        }
        m_policy = QStringLiteral("policy v") + QString::fromLatin1(m_envelope.raw("version"));
        m_policyEvent = QString::fromLatin1(stored.leaf.toHex());
        return {};
    }
    if (!isDecision(stored.kind) || type == toWord(Actor::Type::Person)) {
        return {};
    }
    const bool byPolicy = type == toWord(Actor::Type::Policy) && !m_policy.isEmpty()
        && stored.actor == m_policy && m_envelope.text("policy_event") == m_policyEvent;
    return byPolicy ? Result<void>()
                    : tampered(tr("Event %1 decides about a case, but neither by a person nor by "
                                  "the policy that a person had signed.")
                                   .arg(stored.seq));
}

Result<void> TrailChecker::learnKeys(const EventRecord &stored)
{
    const bool person = stored.kind == QLatin1String(event::personEnrolled);
    const bool log
        = stored.kind == QLatin1String(event::keyAdded) && m_envelope.text("use") == u"log";
    if (!person && !log) {
        return {};
    }
    const QByteArray key = publicKeyOf(m_envelope);
    const QString owner = person ? m_envelope.text("person") : m_origin;
    if (key.size() != 32 || owner.isEmpty() || m_envelope.text("key") != noteKeyId(owner, key)) {
        return tampered(tr("Event %1 names a key that is none.").arg(stored.seq));
    }
    if (person) {
        m_persons.insert(owner, key);
    } else {
        m_logKeys.append(key);
    }
    return {};
}

Result<void> TrailChecker::checkNote(const QByteArray &note) const
{
    const auto checkpoint = parseCheckpoint(note);
    if (!checkpoint) {
        return tampered(checkpoint.error().text);
    }
    if (checkpoint->origin != m_origin) {
        return tampered(tr("A checkpoint is of the trail “%1”; this one is “%2”.")
                            .arg(checkpoint->origin, m_origin));
    }
    if (checkpoint->size != m_tree.size() || checkpoint->root != m_tree.root()) {
        return tampered(tr("The first %1 events are not the ones that a checkpoint was made of: "
                           "the trail was rewritten.")
                            .arg(checkpoint->size));
    }
    for (const QByteArray &key : m_logKeys) {
        if (openCheckpoint(note, key)) {
            return {};
        }
    }
    return tampered(
        tr("The checkpoint of %1 events is not signed by this trail's key.").arg(checkpoint->size));
}

} // namespace countersign
