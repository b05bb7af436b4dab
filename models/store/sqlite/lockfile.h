// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QString>

#include <memory>

namespace countersign::sqlite {

/// Keeps other processes from writing the same profile. Held until destroyed; the system lets go of
/// it when the process dies, however it dies.
class LockFile
{
public:
    /// Locked, naming the holder's process id, where somebody else has it.
    [[nodiscard]] static Result<std::unique_ptr<LockFile>> take(const QString &path);
    ~LockFile();
    Q_DISABLE_COPY_MOVE(LockFile)

private:
    explicit LockFile(int descriptor) : m_descriptor(descriptor) { }
    int m_descriptor;
};

} // namespace countersign::sqlite
