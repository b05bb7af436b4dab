// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/casemodel.h"

#include "domain/continued.h"
#include "items/pastanswers.h"
#include "items/veil.h"

namespace countersign {

CaseModel::CaseModel(Store &store, QObject *parent)
    : QObject(parent),
      m_store(store),
      m_precedents(store)
{
    connect(&m_precedents, &PrecedentsModel::failed, this, &CaseModel::failed);
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        const bool ours = std::any_of(
            m_detail.parts.cbegin(), m_detail.parts.cend(),
            [&](const Case &part) -> bool { return changes.cases.contains(part.id); });
        if (!m_id.isEmpty() && (ours || changes.settings || changes.cases.contains(m_id))) {
            read();
        }
    });
}

void CaseModel::open(const CaseId &id)
{
    if (id == m_id) {
        return;
    }
    m_id = id;
    m_detail = {};
    ++m_newest;
    m_reading = !m_id.isEmpty();
    m_precedents.open(m_id);
    Q_EMIT changed(true);
    if (m_reading) {
        read();
    }
}

void CaseModel::setReviewer(const PersonId &person)
{
    m_reviewer = person;
    m_precedents.setReviewer(person);
    if (!m_id.isEmpty()) {
        read();
    }
}

void CaseModel::read()
{
    const int turn = ++m_newest;
    m_reading = true;
    continued(
        m_store.read<Detail>([id = m_id, reviewer = m_reviewer](Reader &reader) -> Result<Detail> {
            return load(reader, id, reviewer);
        }),
        this, [this, turn](const Result<Detail> &detail) -> void {
            if (turn != m_newest) {
                return;
            }
            m_reading = false;
            if (detail) {
                take(*detail);
            } else {
                Q_EMIT failed(detail.error());
            }
        });
}

void CaseModel::take(Detail detail)
{
    const auto &old = m_detail.content;
    const auto &now = detail.content;
    const bool another = old.has_value() != now.has_value()
        || (old && now && (old->digest != now->digest || old->state != now->state));
    m_detail = std::move(detail);
    Q_EMIT changed(another);
}

/// Takes away what the reviewer must not see yet, of the case and its siblings.
Result<void> CaseModel::veil(Reader &reader, Detail &detail, const PersonId &reviewer)
{
    const auto veil = Veil::of(reader, reviewer);
    const auto own = reader.commitment(detail.content->id, reviewer, detail.content->digest);
    if (!veil || !own) {
        return tl::unexpected<Error>(veil ? own.error() : veil.error());
    }
    detail.own = *own;
    detail.veiled = veil->cover(*detail.content);
    for (Case &part : detail.parts) {
        (void)veil->cover(part);
    }
    return {};
}

Result<CaseModel::Detail> CaseModel::load(Reader &reader, const CaseId &id,
                                          const PersonId &reviewer)
{
    Detail detail;
    auto found = reader.caseById(id);
    if (!found) {
        return tl::unexpected<Error>(found.error());
    }
    detail.content = std::move(*found);
    if (!detail.content) {
        return detail;
    }
    const Source &source = detail.content->proposal.source;
    if (source.of > 1) {
        auto parts = reader.casesOfQuestion(detail.content->endpoint, source.question,
                                            detail.content->occurrence);
        if (!parts) {
            return tl::unexpected<Error>(parts.error());
        }
        detail.parts = std::move(*parts);
    } else {
        detail.parts = {*detail.content};
    }
    for (const Case &part : std::as_const(detail.parts)) {
        detail.verdicts.insert(part.id,
                               judgeBySchema(part.proposal.schema, part.proposal.arguments));
    }
    if (detail.content->state == CaseState::Waiting
        && detail.content->proposal.allowed.testFlag(DecisionKind::Edit) && !reviewer.isEmpty()) {
        auto past = pastAnswers(reader, *detail.content, reviewer);
        if (!past) {
            return tl::unexpected<Error>(past.error());
        }
        detail.habits = editHabits(*past);
    }
    if (auto veiled = veil(reader, detail, reviewer); !veiled) {
        return tl::unexpected<Error>(veiled.error());
    }
    auto revisions = artifactHistory(reader, *detail.content);
    if (!revisions) {
        return tl::unexpected<Error>(revisions.error());
    }
    detail.revisions = std::move(*revisions);
    return detail;
}

} // namespace countersign
