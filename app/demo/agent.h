// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/entry.h"
#include "app/demo/journal.h"
#include "policy/rules/evaluation.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace countersign::demo {

/// An answer of the protocol: status and body.
struct Answer
{
    int status = 200;
    Json body;
};

[[nodiscard]] Answer failure(int status, const char *code, const QString &message);

struct DecisionCall
{
    QString caseId;
    QByteArray body;
    QString reviewer;
    QByteArray checkpoint; ///< a signed note, empty where none came
};

struct AgentSettings
{
    int effectDelayMs = 1500; ///< from a decision to what was done
    int outcomeDelayMs = 45'000; ///< from there to what came of it
    int revisionDelayMs = 4000; ///< from a case sent back to the new proposal
};

/// The policy that was given last, to be kept while nobody is connected.
struct KeptGates
{
    QString version;
    Json request; ///< as it came
    std::shared_ptr<const PolicyEvaluator> evaluator;
};

/// The agents behind the server: they ask, take one answer a case, act on it, and tell what came of
/// it.
class DemoAgent : public QObject
{
    Q_OBJECT
public:
    DemoAgent(Catalog catalog, const AgentSettings &settings, Journal *journal,
              QObject *parent = nullptr);
    ~DemoAgent() override;

    /// The next case; its id, empty while stopped and where a kept policy blocks it.
    QString propose(const QString &kind = {});
    /// From now on `path` holds all that the agents know, before any answer leaves; what it holds
    /// already is taken up, and goes on as if no time had passed. Unreadable where it is not ours.
    [[nodiscard]] Result<void> keep(const QString &path);
    [[nodiscard]] int waiting() const; ///< how many cases
    /// Stops an agent (empty: all of them), or lets it go on. A stopped one asks nothing, does
    /// nothing and takes up where it was; what it is answered is kept.
    [[nodiscard]] Answer stop(const QByteArray &body);
    /// What PUT /v1/policy asks for; while `isWatched` says that nobody is connected, what it lets
    /// go is done, what it blocks is not, and the rest is asked.
    [[nodiscard]] Answer setPolicy(const QByteArray &body);
    void setWatched(std::function<bool()> isWatched) { m_isWatched = std::move(isWatched); }
    [[nodiscard]] bool isStopped(const QString &agent) const;
    QString perform(const QString &kind = {}); ///< the next case, done without asking; its id

    [[nodiscard]] Json card() const;
    [[nodiscard]] Answer cases(const QString &state, const QString &after, int limit) const;
    [[nodiscard]] Answer caseById(const QString &id) const;
    [[nodiscard]] Answer decide(const DecisionCall &call);
    [[nodiscard]] Answer decisionById(const QString &id) const;

    // What a test may want to happen; false where there is no such waiting case.
    bool change(const QString &id);
    bool withdraw(const QString &id);
    bool expire(const QString &id);
    [[nodiscard]] Json counts() const;

Q_SIGNALS:
    void happened(const QString &type, const countersign::Json &data);

private:
    [[nodiscard]] Json keptPolicy() const; ///< as the card says it, null where there is none
    void takeUpPolicy(const Json &request); ///< from what was kept
    /// What became of a draft that the kept policy decided; nothing where it is to be asked.
    [[nodiscard]] std::optional<QString> keepGate(const Draft &draft);
    QString performDraft(const Draft &draft);
    QString add(const Draft &draft, const QString &follows);
    void close(Entry &entry, const QString &state, const QString &text);
    void expireOverdue();
    [[nodiscard]] Answer refuseClosed(const Entry &entry) const;
    [[nodiscard]] std::optional<Answer> refuse(const Entry &entry,
                                               const Json::Array &decisions) const;
    [[nodiscard]] Answer take(Entry &entry, const DecisionCall &call, const Json::Array &decisions);
    /// What is still to be done about an answered part: the effect, the new proposal, the outcome.
    void schedule(const QString &caseId, int part);
    void act(const QString &caseId, int part);
    void reportOutcome(const QString &caseId, int part);
    void reportPerformed(const QString &id);
    void proposeAgain(const QString &caseId, int part);
    void save(); ///< soon
    void writeState();

    Catalog m_catalog;
    AgentSettings m_settings;
    Journal *m_journal;
    QHash<QString, Entry> m_entries;
    QStringList m_order; // ids, oldest first
    QHash<QString, QString> m_decided; // the case, by decision id
    QHash<QString, int> m_effects; // by decision id
    std::optional<KeptGates> m_gates;
    std::function<bool()> m_isWatched;
    QSet<QString> m_stopped; // agents; an empty one is all of them
    QTimer m_overdue;
    QTimer m_saving;
    QString m_path; // of what is kept
    int m_next = 4200;
};

} // namespace countersign::demo
