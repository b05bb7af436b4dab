// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/policylook.h"
#include "store/store.h"

#include <QSettings>

namespace countersign {

/// The policy in force, those before it, and one draft of the next. The draft survives a restart
/// (in `state`, group "policy"). Looking at a document (faults, differences, words) happens on a
/// pool; everything else on the GUI thread.
class PolicyModel final : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive the model. Reads at once, and follows the store.
    PolicyModel(Store &store, QSettings &state, QObject *parent = nullptr);
    ~PolicyModel() override;

    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// With its document.
    [[nodiscard]] const PolicyRecord &inForce() const { return m_inForce; }
    [[nodiscard]] bool isBuiltIn() const { return m_inForce.event.isEmpty(); }
    /// Every version that a person set, newest first, without documents.
    [[nodiscard]] const QList<PolicyRecord> &history() const { return m_history; }
    /// One version with its document and diff; version 1 is the built-in one.
    [[nodiscard]] QFuture<Result<PolicyRecord>> version(int version) const;

    [[nodiscard]] bool isDrafted() const { return m_draft.has_value(); }
    [[nodiscard]] int draftedFrom() const { return m_draft ? m_draft->from : m_inForce.version; }
    /// The draft was made from another policy than the one in force by now.
    [[nodiscard]] bool isBehind() const { return m_draft && m_draft->from != m_inForce.version; }
    /// Of the draft, else of the policy in force. While isLooking() it is of a moment ago.
    [[nodiscard]] const PolicyLook &look() const { return m_look; }
    [[nodiscard]] bool isLooking() const { return m_looked != m_generation; }
    /// The draft can be signed: it is there, looked at, without faults, and says something else.
    [[nodiscard]] bool isReady() const;

    /// The document as it is by now; null where the draft's text is no JSON.
    [[nodiscard]] Json document() const;
    [[nodiscard]] Json rule(int place) const; ///< null where there is none

    /// Edits make a draft where there is none. Those with the same non-empty `run`, one after the
    /// other, are taken back by one undo().
    void setDocument(const Json &document, const QString &run = {});
    void setText(const QString &text, const QString &run = {});
    void setRule(int place, const Json &rule, const QString &run = {});
    int addRule(const Json &rule); ///< with an id of its own; its place
    int copyRule(int place); ///< the copy's place, right behind it
    void removeRule(int place);
    void restoreRule(const QString &id); ///< one that the policy in force has and the draft not
    void discard();
    /// The draft was signed: it is no draft any more, and cannot be taken back.
    void settle();
    void undo(); ///< also a discard()
    [[nodiscard]] bool canUndo() const { return !m_undo.isEmpty(); }
    /// The draft stays as it is, and counts as made from the policy in force.
    void takeOver();

Q_SIGNALS:
    void changed(); ///< any of it
    void inForceChanged(); ///< another policy is in force than a moment ago
    void failed(const countersign::Error &error);

private:
    struct Draft
    {
        Json document; ///< null where the text is no JSON, or was not looked at yet
        QString text; ///< empty: not written yet
        int from = 1;
    };

    void read();
    void take(const PolicyRecord &record, const QList<PolicyRecord> &history);
    [[nodiscard]] Draft begin() const;
    void edit(const std::optional<Draft> &draft, const QString &run);
    void lookAgain();
    void keep();
    void restore();
    [[nodiscard]] QString freeId(const QString &wanted) const;

    static constexpr qsizetype mostUndo = 100;

    Store &m_store;
    QSettings &m_state;
    PolicyRecord m_inForce;
    QList<PolicyRecord> m_history;
    std::optional<Draft> m_draft;
    QList<std::optional<Draft>> m_undo;
    QString m_run;
    PolicyLook m_look;
    int m_generation = 0;
    int m_looked = 0;
    int m_reading = 0;
    bool m_loaded = false;
};

} // namespace countersign
