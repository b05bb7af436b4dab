// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"
#include "domain/clock.h"

#include <QHash>

namespace countersign {

/// Measures how a case is looked at: how long it is in sight, and which of its sections are opened.
/// Time counts only while a case is shown in the active window; coming back to a case goes on
/// counting. For one person at one window.
class LookMeter
{
public:
    explicit LookMeter(const Clock &clock);

    void show(const CaseId &id, qint64 size); ///< empty: none. The same again: only its size
    void setActive(bool active);
    void open(const QString &section); ///< a word of ours: [a-z_]
    /// So far, for an answer with this word (DecisionKind or Verdict).
    [[nodiscard]] Look look(const QString &answer) const;
    /// The case in sight was answered so: it begins anew, and the streak goes on or ends.
    void answered(const QString &answer);

private:
    struct Seen
    {
        qint64 ms = 0;
        qint64 size = 0;
        QStringList opened;
    };
    void pause();

    const Clock &m_clock;
    QHash<CaseId, Seen> m_seen; ///< unanswered ones
    CaseId m_shown;
    bool m_active = false;
    std::optional<qint64> m_since; ///< monotonic, while it counts
    QString m_lastAnswer;
    int m_streak = 0;
};

} // namespace countersign
