// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/edithabits.h"
#include "domain/schema/schema.h"
#include "items/artifacthistory.h"
#include "items/precedentsmodel.h"
#include "store/store.h"

#include <QHash>
#include <QObject>

namespace countersign {

/// One case with its siblings, kept up to date. GUI thread; reads on the store's
/// reader thread, and only the newest answer is used.
class CaseModel final : public QObject
{
    Q_OBJECT
public:
    explicit CaseModel(Store &store, QObject *parent = nullptr);

    void open(const CaseId &id); ///< empty: none
    /// Whose eyes these are: from them, the advice of blind cases is hidden (items/veil.h).
    void setReviewer(const PersonId &person);
    /// The advice of the case is hidden, and no part of current().
    [[nodiscard]] bool isVeiled() const { return m_detail.veiled; }
    /// What the reviewer committed before seeing it.
    [[nodiscard]] const std::optional<DecisionKind> &ownAnswer() const { return m_detail.own; }
    [[nodiscard]] const CaseId &id() const { return m_id; }
    /// Nothing until it is read, or where there is none of that id.
    [[nodiscard]] const std::optional<Case> &current() const { return m_detail.content; }
    /// What its own schema says of the arguments of the case, as they came.
    [[nodiscard]] SchemaVerdict argumentVerdict() const { return m_detail.verdicts.value(m_id); }
    [[nodiscard]] SchemaVerdict argumentVerdict(const CaseId &part) const
    {
        return m_detail.verdicts.value(part);
    }
    /// The changes that people make to such cases again and again; of one that waits.
    [[nodiscard]] const QList<EditHabit> &habits() const { return m_detail.habits; }
    [[nodiscard]] bool isReading() const { return m_reading; }
    /// Every part of the question by part, this one included; one where it is asked alone.
    [[nodiscard]] const QList<Case> &parts() const { return m_detail.parts; }
    /// Of its artifact, oldest first; empty where it has none.
    [[nodiscard]] const QList<ArtifactRevision> &revisions() const { return m_detail.revisions; }

    /// Past cases like this one; known a little later than the case.
    [[nodiscard]] PrecedentsModel &precedents() { return m_precedents; }

Q_SIGNALS:
    /// `another`: what there is to decide is another (case, digest or state), so hands must wait.
    void changed(bool another);
    void failed(const countersign::Error &error);

private:
    struct Detail
    {
        std::optional<Case> content;
        QList<Case> parts;
        QHash<CaseId, SchemaVerdict> verdicts; ///< of every part
        QList<EditHabit> habits;
        QList<ArtifactRevision> revisions;
        bool veiled = false;
        std::optional<DecisionKind> own;
    };
    void read();
    void take(Detail detail);
    [[nodiscard]] static Result<Detail> load(Reader &reader, const CaseId &id,
                                             const PersonId &reviewer);
    [[nodiscard]] static Result<void> veil(Reader &reader, Detail &detail,
                                           const PersonId &reviewer);

    Store &m_store;
    PrecedentsModel m_precedents;
    CaseId m_id;
    PersonId m_reviewer;
    Detail m_detail;
    int m_newest = 0;
    bool m_reading = false;
};

} // namespace countersign
