// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/artifacthistory.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr int longestChain = 100;
constexpr int mostEvents = 1000; // of one case

/// This case and those that it follows, oldest first.
Result<QList<Case>> chainOf(Reader &reader, const Case &subject)
{
    QList<Case> chain{subject};
    while (chain.size() < longestChain) {
        const QString follows = chain.first().proposal.source.ids[u"follows"].toString();
        if (follows.isEmpty()) {
            break;
        }
        auto before = reader.newestCaseAt(subject.endpoint, follows, 1);
        if (!before) {
            return tl::unexpected<Error>(before.error());
        }
        if (!*before || !(*before)->proposal.artifact
            || std::any_of(chain.begin(), chain.end(),
                           [&](const Case &one) -> bool { return one.id == (*before)->id; })) {
            break;
        }
        chain.prepend(std::move(**before));
    }
    return chain;
}

class History
{
public:
    History(Reader &reader, QList<ArtifactRevision> &revisions)
        : m_reader(reader),
          m_revisions(revisions)
    {
    }

    Result<void> addCase(const Case &subject)
    {
        auto events = m_reader.events({.limit = mostEvents, .caseId = subject.id});
        if (!events) {
            return tl::unexpected<Error>(events.error());
        }
        std::reverse(events->begin(), events->end()); // oldest first
        for (const EventRecord &record : *events) {
            if (auto added = addEvent(record, subject); !added) {
                return added;
            }
        }
        return {};
    }

private:
    Result<void> addEvent(const EventRecord &record, const Case &subject)
    {
        const bool proposal = record.kind == QLatin1String(event::caseProposed)
            || record.kind == QLatin1String(event::caseChanged)
            || record.kind == QLatin1String(event::caseUpdated)
            || record.kind == QLatin1String(event::caseReopened);
        const bool worked = record.kind == QLatin1String(event::decisionRespond)
            || record.kind == QLatin1String(event::decisionEdit);
        if (record.kind == QLatin1String(event::decisionWithdrawn) && m_undoable) {
            m_revisions.removeLast();
            m_undoable = false;
            return {};
        }
        if (!proposal && !worked) {
            return {};
        }
        const auto payload = m_reader.payloadOf(record.seq);
        if (!payload) {
            return tl::unexpected<Error>(payload.error());
        }
        if (*payload && proposal) {
            addAgents((**payload)[u"proposal"][u"artifact"], record, subject);
        } else if (*payload) {
            addReviewers(**payload, record);
        }
        return {};
    }

    void addAgents(const Json &json, const EventRecord &record, const Case &subject)
    {
        const auto artifact = Artifact::fromJson(json);
        const auto last = std::find_if(m_revisions.rbegin(), m_revisions.rend(),
                                       [](const ArtifactRevision &one) { return one.byAgent; });
        if (artifact && (last == m_revisions.rend() || last->artifact != *artifact)) {
            m_revisions.append({.byAgent = true,
                                .who = subject.proposal.agent,
                                .atMs = record.atMs,
                                .artifact = *artifact});
            m_undoable = false;
        }
    }

    void addReviewers(const Json &payload, const EventRecord &record)
    {
        const ArtifactWork work = ArtifactWork::fromJson(payload[u"artifact_work"]);
        const QString message = payload[u"message"].toString();
        m_undoable = !m_revisions.isEmpty() && (!work.isEmpty() || !message.isEmpty());
        if (!m_undoable) {
            return;
        }
        const Json actor = parseJson(record.envelope).value_or(Json())[u"actor"];
        ArtifactRevision revision{.byAgent = false,
                                  .who = actor[u"name"].toString(),
                                  .atMs = record.atMs,
                                  .artifact = m_revisions.last().artifact,
                                  .message = message,
                                  .comments = work.comments};
        revision.artifact.note.clear();
        revision.artifact.content = work.content.value_or(revision.artifact.content);
        m_revisions.append(revision);
    }

    Reader &m_reader;
    QList<ArtifactRevision> &m_revisions;
    bool m_undoable = false; ///< the last one is of a decision that may have been taken back
};

} // namespace

Result<QList<ArtifactRevision>> artifactHistory(Reader &reader, const Case &subject)
{
    QList<ArtifactRevision> revisions;
    if (!subject.proposal.artifact) {
        return revisions;
    }
    const auto chain = chainOf(reader, subject);
    if (!chain) {
        return tl::unexpected<Error>(chain.error());
    }
    History history(reader, revisions);
    for (const Case &one : *chain) {
        if (auto added = history.addCase(one); !added) {
            return tl::unexpected<Error>(added.error());
        }
    }
    return revisions;
}

} // namespace countersign
