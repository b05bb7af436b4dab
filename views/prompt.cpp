// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/prompt.h"

#include <QFileDialog>
#include <QStandardPaths>

namespace countersign {

namespace {

QFileDialog *dialogOn(QWidget *parent, const QString &title, const QString &folder,
                      const QString &filter)
{
    auto *dialog = new QFileDialog(
        parent, title,
        folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                         : folder,
        filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    return dialog;
}

} // namespace

void FilePrompt::saveFile(QWidget *parent, const QString &title, const QString &suggested,
                          const QString &filter, std::function<void(const QString &)> then)
{
    QFileDialog *dialog = dialogOn(parent, title, m_folder, filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suggested.section(u'.', 1));
    dialog->selectFile(suggested);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [this, dialog, then = std::move(then)](const QString &path) -> void {
                         m_folder = dialog->directory().absolutePath();
                         then(path);
                     });
    dialog->open();
}

void FilePrompt::openFiles(QWidget *parent, const QString &title, const QString &filter,
                           std::function<void(const QStringList &)> then)
{
    QFileDialog *dialog = dialogOn(parent, title, m_folder, filter);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    QObject::connect(dialog, &QFileDialog::filesSelected, parent,
                     [this, dialog, then = std::move(then)](const QStringList &paths) -> void {
                         m_folder = dialog->directory().absolutePath();
                         then(paths);
                     });
    dialog->open();
}

} // namespace countersign
