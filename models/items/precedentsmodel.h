// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QObject>

namespace countersign {

/// A past case beside the one that is asked about.
struct PastCase
{
    struct Difference
    {
        QString name; ///< of an argument; foreign
        QString then; ///< foreign, one line
        QString now;
    };
    CaseId id;
    int likeness = 0; ///< per mille
    QString headline; ///< foreign
    std::optional<DecisionKind> decision; ///< of these two, one
    std::optional<Verdict> verdict;
    QStringList edited; ///< the paths that the decision changed; foreign
    QString reasonCode;
    QString reason; ///< a person's words
    QString outcome; ///< "good", "bad"; empty where none was reported
    qint64 atMs = 0;
    QString by; ///< a person's name, "policy v3"
    QStringList same; ///< names of arguments with the same value; foreign
    QList<Difference> different;
};

struct PrecedentsAnswer
{
    Precedents found;
    QList<PastCase> nearest;
};

/// Looks for past cases like `query.id` and reads the nearest. On a reader's thread.
[[nodiscard]] Result<PrecedentsAnswer> readPrecedents(Reader &reader, const PrecedentQuery &query);

/// Past cases like one, with how they ended. GUI thread; looks on the store's reader thread. Only
/// the newest question is answered: the one before is given up at once.
class PrecedentsModel final : public QObject
{
    Q_OBJECT
public:
    explicit PrecedentsModel(Store &store, QObject *parent = nullptr);
    ~PrecedentsModel() override;

    void open(const CaseId &id); ///< empty: none
    /// What others decided tells an answer: it is hidden as the agent's advice is (items/veil.h).
    void setReviewer(const PersonId &person);

    [[nodiscard]] bool isReading() const { return m_reading; }
    /// Hidden, and no part of answer().
    [[nodiscard]] bool isVeiled() const { return m_veiled; }
    /// Nothing until it is known.
    [[nodiscard]] const std::optional<PrecedentsAnswer> &answer() const { return m_answer; }

Q_SIGNALS:
    void changed();
    void failed(const countersign::Error &error);

private:
    struct Look
    {
        bool veiled = false;
        std::optional<PrecedentsAnswer> answer;
    };
    void read();
    void give(); ///< up what is on its way
    [[nodiscard]] static Result<Look> look(Reader &reader, const PrecedentQuery &query,
                                           const PersonId &reviewer);

    Store &m_store;
    CaseId m_id;
    PersonId m_reviewer;
    std::shared_ptr<std::atomic_bool> m_unwanted;
    bool m_reading = false;
    bool m_veiled = false;
    std::optional<PrecedentsAnswer> m_answer;
};

} // namespace countersign
