// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/rawsection.h"

#include "views/codeblock.h"
#include "views/foreigntext.h"

namespace countersign {

RawSection::RawSection(const CaseContext &context)
    : CaseSection(context, tr("Raw payload"), QStringLiteral("raw"), false)
{
}

void RawSection::refresh(bool /*another*/)
{
    clear();
    setVisible(!m_context.model.isVeiled()); // it tells all that is hidden
    if (!isOpen() || m_context.model.isVeiled()) {
        return;
    }
    auto *code = new CodeBlock(tr("Raw payload"));
    const QString raw = QString::fromUtf8(toPrettyJson(shown().proposal.raw));
    code->setCode(foreignText(raw, 100'000));
    body()->addWidget(code);
}

} // namespace countersign
