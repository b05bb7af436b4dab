// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QHash>
#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace countersign {

class NoticeRow;

/// A sentence for the person, on the bar.
struct Notice
{
    enum class Level
    {
        News, ///< leaves by itself
        Warning, ///< stays
        Error ///< stays
    };
    QString id; ///< the same problem is one notice: shown again, it is replaced and counted
    Level level = Level::News;
    QString text; ///< our sentence; foreign parts through foreignLine()
    QString detail = {}; ///< raw material, folded, copyable; plain text
    QString actionText = {}; ///< a button, where something can be done
    std::function<void()> act = {};
};

/// Notices above a page, newest below. Plain text only.
class MessageBar final : public QWidget
{
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);

    void show(const Notice &notice);
    /// An error under `id`.
    void show(const QString &id, const Error &error);
    void dismiss(const QString &id); ///< nothing where it is not shown
    [[nodiscard]] bool isShowing(const QString &id) const { return m_rows.contains(id); }
    using QWidget::show;

private:
    QVBoxLayout *m_layout = nullptr;
    QHash<QString, NoticeRow *> m_rows;
};

} // namespace countersign
