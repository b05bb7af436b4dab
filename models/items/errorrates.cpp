// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/errorrates.h"

#include "domain/continued.h"
#include "policy/statistics/proportion.h"

#include <QMap>

namespace countersign {

namespace {

constexpr int mostCases = 50'000; // the newest
constexpr int settleMs = 3000;

} // namespace

ErrorRates::ErrorRates(Store &store, QObject *parent) : QObject(parent), m_store(store)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(settleMs);
    connect(&m_pause, &QTimer::timeout, this, &ErrorRates::read);
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (m_loaded && !changes.cases.isEmpty() && !m_pause.isActive()) {
            m_pause.start();
        }
    });
}

ErrorRates &ErrorRates::of(const QObject &inbox)
{
    return *inbox.findChild<ErrorRates *>();
}

void ErrorRates::load()
{
    if (!std::exchange(m_loaded, true)) {
        read();
    }
}

void ErrorRates::read()
{
    if (std::exchange(m_reading, true)) {
        m_pause.start();
        return;
    }
    const auto job = [](Reader &reader) -> Result<Kinds> {
        const auto cases = evidenceOf(reader).judgedCases(mostCases);
        if (!cases) {
            return tl::unexpected<Error>(cases.error());
        }
        return std::make_shared<const std::vector<Kind>>(sorted(*cases));
    };
    continued(m_store.read<Kinds>(job), this, [this](const Result<Kinds> &kinds) -> void {
        m_reading = false;
        if (kinds) { // else what was known stays; the list itself tells of a store that fails
            m_kinds = *kinds;
            Q_EMIT changed();
        }
    });
}

std::vector<ErrorRates::Kind> ErrorRates::sorted(const QList<JudgedCase> &cases)
{
    QMap<std::pair<QString, QString>, QList<std::pair<double, bool>>> byKind;
    for (const JudgedCase &one : cases) {
        byKind[{one.action, one.caseType}].append(
            {one.confidence.toDouble(), one.verdict == Verdict::Wrong});
    }
    std::vector<Kind> kinds;
    for (auto it = byKind.begin(); it != byKind.end(); ++it) {
        std::sort(it->begin(), it->end(), std::greater<>());
        Kind kind{it.key().first, it.key().second, {}, {}};
        qint64 wrong = 0;
        for (const auto &[confidence, isWrong] : std::as_const(*it)) {
            wrong += isWrong ? 1 : 0;
            kind.confidences.push_back(confidence);
            kind.wrong.push_back(wrong);
        }
        kinds.push_back(std::move(kind));
    }
    return kinds;
}

ErrorRate ErrorRates::above(const InboxFilter &filter) const
{
    const double from = filter.minConfidence ? filter.minConfidence->toDouble() : 0;
    ErrorRate own;
    ErrorRate all;
    for (const Kind &kind : *m_kinds) {
        const auto end = std::partition_point(kind.confidences.begin(), kind.confidences.end(),
                                              [from](double one) -> bool { return one >= from; });
        const auto count = end - kind.confidences.begin();
        const qint64 wrong = count > 0 ? kind.wrong[size_t(count) - 1] : 0;
        all.cases += count;
        all.wrong += wrong;
        if ((filter.actions.isEmpty() || filter.actions.contains(kind.action))
            && (filter.caseTypes.isEmpty() || filter.caseTypes.contains(kind.caseType))) {
            own.cases += count;
            own.wrong += wrong;
        }
    }
    all.ofAll = own.cases != all.cases;
    ErrorRate rate = own.isEnough() || !all.isEnough() ? own : all;
    const auto interval = statistics::wilson({double(rate.wrong), double(rate.cases - rate.wrong)});
    rate.low = interval.low;
    rate.high = interval.high;
    return rate;
}

} // namespace countersign
