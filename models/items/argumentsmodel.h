// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/argumentdraft.h"
#include "domain/schema/formshape.h"
#include "domain/schema/schema.h"

#include <QHash>
#include <QObject>

namespace countersign {

/// What a form is over: a value being changed, its schema as a form, and what is wrong with it.
/// GUI thread. Small values are judged at once, all others on the pool; the newest verdict counts.
class ArgumentsModel final : public QObject
{
    Q_OBJECT
public:
    explicit ArgumentsModel(QObject *parent = nullptr);

    /// Starts anew, or goes on with a draft of before.
    void open(const ArgumentDraft &draft, const Json &schema);

    [[nodiscard]] const ArgumentDraft &draft() const { return m_draft; }
    [[nodiscard]] const FormReader &reader() const { return m_reader; }

    void set(const QString &pointer, const std::optional<Json> &value);
    void insert(const QString &list, qsizetype index, const Json &value);
    void move(const QString &list, qsizetype from, qsizetype to);
    void reset(const QString &pointer);
    void resetAll();
    void setUnreadable(const QString &pointer, const QString &why);

    /// All that is wrong, what is no value at all first. Of the formats, only what a person wrote:
    /// a server need not hold to them, and what the agent wrote may be as it wants it.
    [[nodiscard]] const QList<SchemaFault> &faults() const { return m_faults; }
    [[nodiscard]] QString faultAt(const QString &pointer) const; ///< empty where there is none
    /// Not wrong by the letter, but not in the format that the schema names either.
    [[nodiscard]] QString remarkAt(const QString &pointer) const;
    [[nodiscard]] int faultsWithin(const QString &pointer) const; ///< at it and below
    [[nodiscard]] const QString &unusable() const { return m_verdict.unusable; }
    [[nodiscard]] bool isJudging() const { return m_judging; }

Q_SIGNALS:
    void changed(const QString &pointer); ///< the value, at or below there
    void judged(); ///< faults() is about the value as it is

private:
    void judge(const QString &changedAt);
    void take(const SchemaVerdict &verdict);

    ArgumentDraft m_draft;
    FormReader m_reader;
    SchemaVerdict m_verdict;
    QList<SchemaFault> m_faults;
    QHash<QString, QString> m_byPlace; ///< the first of m_faults at each place
    bool m_heavy = false;
    bool m_judging = false;
    int m_turn = 0;
};

/// How many values and how much text there is in `value`, counted no further than `most`.
[[nodiscard]] qsizetype weightOf(const Json &value, qsizetype most);

} // namespace countersign
