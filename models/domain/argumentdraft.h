// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/jsonchanges.h"

#include <QMap>

namespace countersign {

/// A value while a person changes it, beside what it was. What is not touched keeps its written
/// form and its place. Every place is named by a JSON Pointer into what it is now.
class ArgumentDraft
{
public:
    ArgumentDraft() = default;
    /// Nothing: there was no value, one is to be made.
    explicit ArgumentDraft(std::optional<Json> original);

    [[nodiscard]] const std::optional<Json> &original() const { return m_original; }
    [[nodiscard]] const std::optional<Json> &current() const { return m_current; }
    [[nodiscard]] std::optional<Json> at(const QString &pointer) const;
    /// What stood there before; nothing also where the list around it has grown or shrunk.
    [[nodiscard]] std::optional<Json> was(const QString &pointer) const;

    /// Nothing: it is taken out. A member comes back to where it was; what lies above it is made.
    void set(const QString &pointer, const std::optional<Json> &value);
    void insert(const QString &list, qsizetype index, const Json &value);
    void move(const QString &list, qsizetype from, qsizetype to);
    /// To what it was; a list around it that has grown or shrunk goes back as a whole.
    void reset(const QString &pointer);
    void resetAll();
    /// What reset() would put back for this place.
    [[nodiscard]] QString resetTarget(const QString &pointer) const;

    /// Something is typed there that is no value (yet): why, a sentence; empty again when it is.
    void setUnreadable(const QString &pointer, const QString &why);
    [[nodiscard]] const QMap<QString, QString> &unreadable() const { return m_unreadable; }

    [[nodiscard]] bool isChanged() const { return m_current != m_original; }
    [[nodiscard]] bool isChanged(const QString &pointer) const;
    [[nodiscard]] QList<JsonChange> changes() const;

private:
    void forget(const QString &pointer); ///< what is unreadable there and below

    std::optional<Json> m_original;
    std::optional<Json> m_current;
    QMap<QString, QString> m_unreadable;
};

} // namespace countersign
