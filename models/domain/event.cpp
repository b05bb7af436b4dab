// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/event.h"

namespace countersign {

Actor Actor::person(const PersonId &id, const QString &name)
{
    return {.type = Type::Person, .id = id.toString(), .name = name};
}

Actor Actor::policy(const QString &version)
{
    return {.type = Type::Policy, .id = version, .name = version};
}

Actor Actor::endpoint(const EndpointId &id, const QString &name)
{
    return {.type = Type::Endpoint, .id = id.toString(), .name = name};
}

Actor Actor::system()
{
    return {.type = Type::System,
            .id = QStringLiteral("countersign"),
            .name = QStringLiteral("Countersign")};
}

QString toWord(Actor::Type type)
{
    switch (type) {
    case Actor::Type::Person:
        return QStringLiteral("person");
    case Actor::Type::Policy:
        return QStringLiteral("policy");
    case Actor::Type::Endpoint:
        return QStringLiteral("endpoint");
    case Actor::Type::System:
        return QStringLiteral("system");
    }
    Q_UNREACHABLE();
}

bool needsSignature(const QString &kind, Actor::Type actor)
{
    return actor == Actor::Type::Person
        && (kind.startsWith(u"decision.") || kind.startsWith(u"endpoint.")
            || kind.startsWith(u"repair.") || kind.startsWith(u"verdict.")
            || kind.startsWith(u"review.") || kind.startsWith(u"check.")
            || kind.startsWith(u"setting.") || kind.startsWith(u"known.")
            || kind.startsWith(u"policy.") || kind.startsWith(u"stop.")
            || kind.startsWith(u"approval.") || kind.startsWith(u"person.")
            || kind == QLatin1String(event::caseSetAside)
            || kind == QLatin1String(event::caseCommented)
            || kind == QLatin1String(event::caseAssigned)
            || kind == QLatin1String(event::caseFollowUp));
}

bool isDecision(const QString &kind)
{
    return kind == QLatin1String(event::decisionApprove)
        || kind == QLatin1String(event::decisionEdit)
        || kind == QLatin1String(event::decisionReject)
        || kind == QLatin1String(event::decisionRespond)
        || kind == QLatin1String(event::decisionIgnore);
}

} // namespace countersign
