// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxfilter.h"
#include "store/evidence.h"
#include "store/store.h"

#include <QTimer>

#include <vector>

namespace countersign {

/// How often people found cases wrong.
struct ErrorRate
{
    static constexpr qint64 least = 30; ///< cases that it takes to say anything
    qint64 cases = 0; ///< on which a verdict stands
    qint64 wrong = 0;
    double low = 0; ///< of the 95 % interval (Wilson)
    double high = 1;
    bool ofAll = false; ///< the filter's own were too few

    [[nodiscard]] bool isEnough() const { return cases >= least; }
    [[nodiscard]] double share() const { return cases > 0 ? double(wrong) / double(cases) : 0; }
};

/// What verdicts on past cases say about confidence. Follows the store at its leisure, reads and
/// sorts on its thread; asking costs microseconds. GUI thread.
class ErrorRates final : public QObject
{
    Q_OBJECT
public:
    explicit ErrorRates(Store &store, QObject *parent = nullptr);
    /// Those of an InboxModel, which makes them as its child.
    [[nodiscard]] static ErrorRates &of(const QObject &inbox);

    /// Reads for the first time; until changed() there are no cases.
    void load();
    /// Of cases with at least the filter's lowest confidence: those of its actions and case types,
    /// or, where these are too few, of all.
    [[nodiscard]] ErrorRate above(const InboxFilter &filter) const;

Q_SIGNALS:
    void changed();

private:
    /// Judged cases of one action and case type: confidences, the highest first, and how many were
    /// wrong up to each.
    struct Kind
    {
        QString action;
        QString caseType;
        std::vector<double> confidences;
        std::vector<qint64> wrong;
    };
    using Kinds = std::shared_ptr<const std::vector<Kind>>;
    [[nodiscard]] static std::vector<Kind> sorted(const QList<JudgedCase> &cases);
    void read();

    Store &m_store;
    Kinds m_kinds = std::make_shared<const std::vector<Kind>>();
    QTimer m_pause;
    bool m_loaded = false;
    bool m_reading = false;
};

} // namespace countersign
