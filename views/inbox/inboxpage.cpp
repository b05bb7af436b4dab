// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/inboxpage.h"

namespace countersign {

InboxPage::InboxPage(const InboxContext &context, QWidget *parent)
    : QWidget(parent),
      m_context(context)
{
}

void InboxPage::showCase(const CaseId &id)
{
    m_context.detail.open(id);
}

} // namespace countersign
