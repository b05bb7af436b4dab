// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/inboxmodel.h"

#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QListWidget;
class QPushButton;

namespace countersign {

/// Queues, case types and the range of confidence; every choice shows at once in the model.
class FilterPane final : public QWidget
{
    Q_OBJECT
public:
    explicit FilterPane(InboxModel &model, QWidget *parent = nullptr);

    /// Shows the model's filter, after somebody else changed it.
    void follow();

private:
    void buildQueues();
    void buildConfidence();
    void recount();
    void apply();

    InboxModel &m_model;
    QListWidget *m_queues;
    QListWidget *m_types;
    QCheckBox *m_known;
    QCheckBox *m_unknown;
    QDoubleSpinBox *m_min;
    QDoubleSpinBox *m_max;
    bool m_following = false;
};

} // namespace countersign
