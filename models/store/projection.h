// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/event.h"
#include "store/sql/statements.h"
#include "store/store.h"

namespace countersign {

/// Folds events into the state tables, by the table of kinds in domain/event.h. The only code that
/// writes them, so that they can be thrown away and folded anew at any time. Standard SQL, no
/// engine's own words.
class Projection
{
public:
    explicit Projection(Statements &sql);

    /// Applies one event. `payload` is null where the event has none or it was erased. InvalidInput
    /// where the event speaks of a case, decision or outbox entry that is not there.
    [[nodiscard]] Result<void> apply(const EventRecord &record, const Json &envelope,
                                     const Json &payload);
    /// What all applied events touched.
    [[nodiscard]] const Changes &changes() const { return m_changes; }

private:
    struct Event
    {
        const EventRecord &record;
        const Json &fields; ///< the whole envelope
        const Json &payload;
        [[nodiscard]] QVariant text(QStringView key) const
        {
            return orNull(fields[key].toString());
        }
        [[nodiscard]] QVariant integer(QStringView key) const;
        /// look_ms, look_size, look_opened: null where it was not measured.
        [[nodiscard]] QVariantList look() const;
        [[nodiscard]] QByteArray payloadDigest() const;
        [[nodiscard]] QString sentence() const { return payload[u"text"].toString(); }
    };
    using Handler = Result<void> (Projection::*)(const Event &);
    static const QHash<QString, Handler> &handlers();

    Result<void> enrolPerson(const Event &event);
    Result<void> addEndpoint(const Event &event);
    Result<void> removeEndpoint(const Event &event);
    Result<void> proposeCase(const Event &event);
    Result<void> reviseCase(const Event &event);
    Result<void> closeCase(const Event &event);
    Result<void> setAside(const Event &event);
    Result<void> comment(const Event &event);
    Result<void> assign(const Event &event);
    Result<void> setFollowUp(const Event &event);
    Result<void> decide(const Event &event);
    Result<void> withdrawDecision(const Event &event);
    Result<void> queueAnswer(const Event &event);
    Result<void> queueRepair(const Event &event);
    Result<void> send(const Event &event);
    Result<void> delay(const Event &event);
    Result<void> finish(const Event &event);
    Result<void> finishRepair(const Event &event);
    Result<void> reportEffect(const Event &event);
    Result<void> drawSpotCheck(const Event &event);
    Result<void> markVerdict(const Event &event);
    Result<void> commitAnswer(const Event &event);
    Result<void> checkAnswer(const Event &event);
    Result<void> changeSetting(const Event &event);
    Result<void> setGate(const Event &event);
    Result<void> expireDecision(const Event &event);
    Result<void> giveApproval(const Event &event);
    Result<void> withdrawApproval(const Event &event);
    Result<void> setAuthority(const Event &event);
    Result<void> setAbsence(const Event &event);
    Result<void> keepPolicy(const Event &event);
    Result<void> setPolicy(const Event &event);
    Result<void> setStop(const Event &event);
    Result<void> liftStop(const Event &event);
    Result<void> passDeadline(const Event &event);
    Result<void> closeMarked(const Event &event, Purpose purpose);
    /// A case that is set aside is back because of what happened: any, or one that waits for it.
    Result<void> bringBack(const Event &event, const QString &id, Back why);
    /// The other parts of the event's question that wait for something to change.
    Result<void> bringSiblingsBack(const Event &event);

    static QVariantList caseValues(const Event &event, const Proposal &proposal);
    Result<void> insertOutbox(const Event &event, const QString &kind, qint64 dueMs);
    Result<void> insertPart(const Event &event, int part, const QString &decision,
                            const QString &caseId);
    Result<void> setOutbox(const Event &event, OutboxState state, const QString &error);
    /// The other decisions of the event's outbox entry that were not sent wait for their parts.
    Result<void> reopenSiblings(const Event &event, const QString &decision);
    /// The decisions that an event speaks of: its own, else all of its outbox entry.
    Result<QStringList> decisionsOf(const Event &event);
    Result<void> setDecision(const Event &event, const QString &decision, DecisionState state,
                             const QString &text);
    Result<void> setCaseOf(const QString &decision, CaseState state, const QString &text);
    Result<void> touchCaseOf(const Event &event, const QString &decision);
    Result<void> touch(const Event &event, const QString &caseId);
    Result<void> changeOne(const QString &sql, const QVariantList &arguments, const QString &what);

    Statements &m_sql;
    Changes m_changes;
};

} // namespace countersign
