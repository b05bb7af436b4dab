// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxmodel.h"

#include <QWidget>

class QListWidget;

namespace countersign {

/// The side of the inbox: queues, saved filters (`saved`, which it takes), case types and the range
/// of confidence; every choice shows at once in the model.
class FilterPane final : public QWidget
{
    Q_OBJECT
public:
    FilterPane(InboxModel &model, QWidget *saved, QWidget *parent = nullptr);

private:
    void buildQueues();
    void recount();
    void recountTypes();
    void follow();
    void chooseQueue();
    void chooseType();

    InboxModel &m_model;
    QListWidget *m_queues;
    QListWidget *m_types;
    bool m_following = false;
};

} // namespace countersign
