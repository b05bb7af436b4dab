// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/prompt.h"

#include <QDir>

namespace countersign {

/// Answers file dialogs with names in one folder.
class TourPrompt final : public Prompt
{
public:
    explicit TourPrompt(const QString &directory) : m_directory(directory) { }
    void saveFile(QWidget *, const QString &, const QString &suggested, const QString &,
                  std::function<void(const QString &)> then) override
    {
        then(m_directory.filePath(suggested));
    }
    void openFiles(QWidget *, const QString &, const QString &,
                   std::function<void(const QStringList &)> then) override
    {
        then({m_directory.filePath(QStringLiteral("checkpoint.note"))});
    }

private:
    QDir m_directory;
};

} // namespace countersign
