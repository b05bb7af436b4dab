// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/spotcheck.h"

#include "domain/translate.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>

namespace countersign {

namespace {

constexpr int seedSize = 32;

} // namespace

SpotCheckRule spotCheckRule(const Proposal &performed, const QString &rate)
{
    SpotCheckRule rule{.probability = rate, .reasons = {}, .policy = QStringLiteral("policy v1")};
    if (performed.risk == Risk::High || performed.risk == Risk::Unknown) {
        rule.reasons.append(performed.risk == Risk::High
                                ? tr("The risk is high.")
                                : tr("The risk is unknown and counts as high."));
    }
    if (performed.reversibility == Reversibility::Irreversible) {
        rule.reasons.append(tr("The action cannot be undone."));
    } else if (performed.reversibility == Reversibility::Unknown) {
        rule.reasons.append(tr("It is not known whether the action can be undone."));
    }
    rule.outlier = !rule.reasons.isEmpty();
    if (rule.outlier) {
        rule.probability = QStringLiteral("1");
        rule.reasons.prepend(tr("The agent did this without asking. policy v1 looks at every such "
                                "action that stands out."));
    } else {
        rule.reasons.append(tr("The agent did this without asking. policy v1 looks at a random "
                               "share of %1 of such actions.")
                                .arg(rate));
    }
    return rule;
}

std::optional<quint64> drawnNumber(const QString &seed, qint64 index)
{
    const QByteArray key = QByteArray::fromHex(seed.toLatin1());
    if (key.size() != seedSize || QLatin1String(key.toHex()) != seed || index < 1) {
        return std::nullopt;
    }
    const QByteArray hash = QMessageAuthenticationCode::hash(
        "countersign spot-check v1\n" + QByteArray::number(index), key, QCryptographicHash::Sha256);
    return qFromBigEndian<quint64>(hash.constData());
}

bool isDrawn(const QString &seed, qint64 index, const QString &probability)
{
    const auto number = drawnNumber(seed, index);
    return number && isWithin(*number, probability);
}

} // namespace countersign
