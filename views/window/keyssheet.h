// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace countersign {

class ActionRegistry;

/// Every action with its keys, by group, as the registry has them. Open it with open().
class KeysSheet final : public QDialog
{
    Q_OBJECT
public:
    explicit KeysSheet(const ActionRegistry &actions, QWidget *parent = nullptr);
};

} // namespace countersign
