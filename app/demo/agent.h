// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/catalog.h"
#include "app/demo/journal.h"

#include <QHash>
#include <QObject>
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

/// The agents behind the server: they ask, take one decision a case, act on it, and tell what came
/// of it.
class DemoAgent : public QObject
{
    Q_OBJECT
public:
    DemoAgent(Catalog catalog, const AgentSettings &settings, Journal *journal,
              QObject *parent = nullptr);

    QString propose(const QString &kind = {}); ///< the next case; its id
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
    struct Entry
    {
        Draft draft;
        Json wire; ///< the Case as it is served
        QString guidance; ///< what the reviewer said when it was sent back
    };
    struct Taken
    {
        QByteArray body;
        Json receipt;
    };

    QString add(const Draft &draft, const QString &follows);
    void refresh(Entry &entry); ///< the digest, after the content
    void close(Entry &entry, const QString &state, const QString &text);
    void expireOverdue();
    [[nodiscard]] Answer refuseClosed(const Entry &entry) const;
    [[nodiscard]] Answer take(Entry &entry, const DecisionCall &call, const Json &decision);
    void act(const QString &caseId, const QString &decisionId, const Json &decision);
    void reportOutcome(const QString &caseId, const QString &decisionId, const QString &kind);
    void proposeAgain(const QString &caseId, const QString &guidance);

    Catalog m_catalog;
    AgentSettings m_settings;
    Journal *m_journal;
    QHash<QString, Entry> m_entries;
    QStringList m_order; // ids, oldest first
    QHash<QString, Taken> m_taken; // by decision id
    QHash<QString, int> m_effects; // by decision id
    QTimer m_overdue;
    int m_next = 4200;
};

} // namespace countersign::demo
