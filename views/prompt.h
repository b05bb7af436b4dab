// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace countersign {

/// Asks a person for files, without blocking. `then` runs once on the GUI thread, and not at all
/// where they thought better of it. Tests answer in their place.
class Prompt
{
public:
    Prompt() = default;
    virtual ~Prompt() = default;
    Q_DISABLE_COPY_MOVE(Prompt)

    /// `suggested`: a file name; `filter` as QFileDialog takes it. An existing file was confirmed.
    virtual void saveFile(QWidget *parent, const QString &title, const QString &suggested,
                          const QString &filter, std::function<void(const QString &)> then)
        = 0;
    virtual void openFiles(QWidget *parent, const QString &title, const QString &filter,
                           std::function<void(const QStringList &)> then)
        = 0;
};

/// The desktop's file dialogs, as sheets on the parent's window.
class FilePrompt final : public Prompt
{
public:
    void saveFile(QWidget *parent, const QString &title, const QString &suggested,
                  const QString &filter, std::function<void(const QString &)> then) override;
    void openFiles(QWidget *parent, const QString &title, const QString &filter,
                   std::function<void(const QStringList &)> then) override;

private:
    QString m_folder; ///< where the last file was
};

} // namespace countersign
