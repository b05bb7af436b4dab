// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <utility>
#include <vector>

namespace countersign {

constexpr int deepestEnvelope = 16; ///< levels
constexpr qsizetype longestEnvelope = 64 * 1024; ///< bytes

/// An envelope in place: no tree is built and nothing is copied, for walks over millions.
/// Reentrant; reuse one for many.
class EnvelopeScan
{
public:
    /// True only for bytes that parseEnvelope() takes as well. They must outlive what the accessors
    /// give.
    [[nodiscard]] bool scan(QByteArrayView bytes);

    /// A member's canonical bytes, empty where absent: "\"text\"", "42", "{…}".
    [[nodiscard]] QByteArrayView raw(QByteArrayView key) const;
    [[nodiscard]] QString text(QByteArrayView key) const; ///< empty where it is no string
    [[nodiscard]] QString text(QByteArrayView key,
                               QByteArrayView inner) const; ///< of a member that is an object

private:
    using Members = std::vector<std::pair<QByteArrayView, QByteArrayView>>;
    static bool object(const char *&at, const char *end, int depth, Members *members);
    static bool value(const char *&at, const char *end, int depth);
    static QByteArrayView find(const Members &members, QByteArrayView key);
    static QString textOf(QByteArrayView raw);

    Members m_members;
};

} // namespace countersign
