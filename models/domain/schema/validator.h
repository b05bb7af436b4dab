// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/schema/schema.h"

#include <QHash>
#include <QRegularExpression>
#include <QVarLengthArray>

namespace countersign {

/// The one reader of JSON Schema: holds a value against it and collects what does not meet it.
/// Bounded: depth, faults, and steps of work over its whole life. One thread; `root` outlives it.
class SchemaValidator
{
public:
    struct Options
    {
        int mostFaults = 1;
        bool formats = false; ///< also what 2020-12 takes for a remark only
        bool patterns = true; ///< else every text matches: they may take their time
        int mostSteps = 300'000; ///< of work; more, and the schema cannot be used
    };
    SchemaValidator(const Json &root, Options options) : m_root(root), m_options(options) { }

    /// `schema` is `root` or a part of it, `value` stands at `pointer`. Whether it meets it; false
    /// as well where the schema cannot be used.
    bool check(const Json &schema, const Json &value, const QString &pointer = {});
    /// The same, without a record of faults.
    bool holds(const Json &schema, const Json &value);

    [[nodiscard]] const QList<SchemaFault> &faults() const { return m_faults; }
    [[nodiscard]] const QString &unusable() const { return m_unusable; }

    /// Where a `$ref` leads within `root`; null where it does not.
    [[nodiscard]] static const Json *target(const Json &root, const QString &ref);
    /// The one of `branches` that `value` was most likely meant for, by its type and its
    /// constants; -1 where none or several could be.
    [[nodiscard]] static int likeliest(const Json &root, const Json::Array &branches,
                                       const Json &value);

private:
    bool walk(const Json &schema, const Json &value, int depth);
    bool references(const Json &schema, const Json &value, int depth);
    bool types(const Json &schema, const Json &value, int depth);
    bool numbers(const Json &schema, const Json &value, int depth);
    bool strings(const Json &schema, const Json &value, int depth);
    bool arrays(const Json &schema, const Json &value, int depth);
    bool contents(const Json &schema, const Json &value, int depth);
    bool objects(const Json &schema, const Json &value, int depth);
    bool dependents(const Json &schema, const Json &value, int depth);
    bool member(const Json &schema, const Json::Member &member, int depth);
    bool combinations(const Json &schema, const Json &value, int depth);
    bool oneOfMany(const Json &schema, QStringView word, const Json &value, int depth);
    bool conditions(const Json &schema, const Json &value, int depth);

    bool fault(const QString &text, bool format = false);
    bool faultAt(const QString &step, const QString &text);
    bool broken(const QString &text);
    [[nodiscard]] bool isDone() const;
    bool quietly(const Json &schema, const Json &value, int depth);
    std::optional<bool> fits(const QString &pattern, const QString &text);
    const Json *property(const Json &schema, const QString &name);

    const Json &m_root;
    Options m_options;
    QList<SchemaFault> m_faults;
    QString m_unusable;
    QString m_base;
    QVarLengthArray<QString, 16> m_path; ///< from m_base
    QHash<QString, QRegularExpression> m_patterns;
    QHash<const Json *, QHash<QString, const Json *>> m_properties; ///< of those with many
    int m_quiet = 0;
    int m_steps = 0;
};

} // namespace countersign
