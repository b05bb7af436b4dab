// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/filterpopup.h"

class QComboBox;
class QPushButton;

namespace countersign {

/// How the list is ordered and grouped: three keys, each in either direction. Shows at once.
class OrderPopup final : public Popup
{
    Q_OBJECT
public:
    explicit OrderPopup(InboxModel &model, QWidget *parent);

private:
    static constexpr int keyCount = 3;
    void follow();
    void apply();

    InboxModel &m_model;
    QComboBox *m_columns[keyCount];
    QComboBox *m_directions[keyCount];
    QComboBox *m_group;
    bool m_following = false;
};

namespace words {

/// "Due, then risk"
[[nodiscard]] QString order(const InboxOrder &order);
/// "soonest first"
[[nodiscard]] QString direction(const InboxSortKey &key);

} // namespace words

} // namespace countersign
