// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/rules/policy.h"

namespace countersign {

/// One object of a document while it is read: takes members by name, keeps every fault with its
/// path, and counts what nobody asked for as a fault. For readPolicy().
class PolicyObjectReader
{
public:
    PolicyObjectReader(const Json &object, QString path, QList<PolicyFault> &faults);

    /// The member, or null where it is absent. Remembers that it is known.
    const Json *take(QLatin1String key);
    std::optional<QString> text(QLatin1String key, qsizetype longest = 200);
    std::optional<bool> flag(QLatin1String key);
    std::optional<qint64> integer(QLatin1String key, qint64 least, qint64 most);
    /// A JSON number, exact, within least..most.
    std::optional<Decimal> decimal(QLatin1String key, int least, int most);
    template <class Enum> std::optional<Enum> word(QLatin1String key, const QList<Enum> &offered)
    {
        const auto given = text(key);
        if (!given) {
            return std::nullopt;
        }
        QStringList words;
        for (const Enum value : offered) {
            words.append(toWord(value));
            if (words.last() == *given) {
                return value;
            }
        }
        notOneOf(key, *given, words);
        return std::nullopt;
    }
    std::optional<QString> oneOf(QLatin1String key, const QStringList &offered);

    void fault(QLatin1String key, const QString &sentence);
    void notOneOf(QLatin1String key, const QString &given, const QStringList &offered);
    [[nodiscard]] QString pathOf(QStringView key) const;
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] QList<PolicyFault> &faults() { return m_faults; }
    void refuseUnknownMembers();

private:
    const Json &m_object;
    QString m_path;
    QList<PolicyFault> &m_faults;
    QStringList m_known;
};

/// "due" of a rule or of the defaults, and "business_hours" of the document.
[[nodiscard]] std::optional<PolicyDue> readDue(PolicyObjectReader &object);
[[nodiscard]] BusinessHours readHours(PolicyObjectReader &object);
[[nodiscard]] QList<PolicyQueue> readQueues(PolicyObjectReader &object); ///< "queues"
/// The settings that rules and defaults share.
void readSettings(PolicyObjectReader &object, PolicyRule &rule);
[[nodiscard]] QList<PolicyCondition> readConditions(const Json &list, const QString &path,
                                                    QList<PolicyFault> &faults);
/// What no single rule can see: ties between rules, autonomy without a named action, ids twice.
void checkRules(const Policy &policy, QList<PolicyFault> &faults);

[[nodiscard]] QString trPolicy(const char *text);

} // namespace countersign
