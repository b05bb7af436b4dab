// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/json.h"

namespace countersign {

/// One of several forms that a value may have there.
struct FormBranch
{
    QString name; ///< the schema's own words where it has some; foreign text
    Json schema; ///< whole in itself, without the other branches
};

struct FormChoice
{
    Json value;
    QString title; ///< foreign text; empty where the value speaks for itself
};

/// How one place of a value is shown in a form.
struct FormShape
{
    enum class Kind
    {
        Text,
        Number,
        Integer,
        YesNo,
        Choice,
        Object,
        List,
        Json ///< a form cannot say it
    };
    Kind kind = Kind::Json;
    bool nullable = false;
    QString title; ///< foreign text, as are the next two
    QString description;
    QString format;
    std::optional<Json> preset; ///< "default": offered, never filled in by itself
    QList<FormChoice> choices; ///< of Choice; null is not among them
    QList<FormBranch> branches; ///< more than one, or none
    int branch = -1; ///< the one that holds now
    Json schema; ///< all that applies here in one: references followed, allOf joined, branch taken

    // Of an object
    [[nodiscard]] Json member(const QString &key) const; ///< its schema, null where unknown
    [[nodiscard]] QStringList named() const; ///< the members that the schema names or needs
    [[nodiscard]] bool needs(const QString &key) const;
    [[nodiscard]] bool takesMore() const; ///< other members, as the schema says itself
    // Of a list
    [[nodiscard]] Json item(qsizetype index) const;
    [[nodiscard]] bool takesItem(qsizetype count) const; ///< one more than `count`
    [[nodiscard]] bool losesItem(qsizetype count) const; ///< one less
};

/// Reads a JSON Schema as a form, place by place, as far as it is looked at. Pure, bounded; a
/// schema that refers to itself ends where the value ends. References lead into the root.
class FormReader
{
public:
    explicit FormReader(Json root) : m_root(std::move(root)) { }

    [[nodiscard]] const Json &root() const { return m_root; }
    /// `schema`: of this place as its parent gives it. `value`: nothing where it is not set.
    /// `branch`: which one is asked for; negative to take the one that the value fits.
    [[nodiscard]] FormShape shapeOf(const Json &schema, const std::optional<Json> &value,
                                    int branch = -1) const;
    /// What can be kept of `value` in another branch: itself where it fits, else those members that
    /// the branch knows and takes, with what the branch leaves no choice about.
    [[nodiscard]] std::optional<Json> carriedOver(const std::optional<Json> &value,
                                                  const FormBranch &branch) const;
    /// The first value of a new place: an empty object or list, the only constant; else nothing.
    [[nodiscard]] std::optional<Json> startOf(const Json &schema) const;
    /// Whether which members there are depends on what they hold (if, then, else).
    [[nodiscard]] bool isConditional(const Json &schema) const;

private:
    [[nodiscard]] Json flat(const Json &schema, const std::optional<Json> &value) const;
    [[nodiscard]] Json flat(const Json &schema, const std::optional<Json> &value, int depth,
                            int &left) const;
    [[nodiscard]] bool isConditional(const Json &schema, int depth, int &left) const;
    [[nodiscard]] bool fits(const Json &schema, const Json &value) const;
    [[nodiscard]] QString branchName(const Json &branch, qsizetype index) const;
    void readBranches(FormShape &shape, const std::optional<Json> &value, int wanted,
                      int depth) const;
    void takeBranches(FormShape &shape, const QList<Json> &branches,
                      const std::optional<Json> &value, int wanted, int depth) const;

    Json m_root;
};

} // namespace countersign
