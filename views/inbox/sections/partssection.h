// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

#include <QSet>

namespace countersign {

/// All parts of one question: how far it is, each part with what became of it, folded out to read.
/// The one that the page is about is marked; another becomes it by its button.
class PartsSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit PartsSection(const CaseContext &context);
    void refresh(bool another) override;

private:
    [[nodiscard]] QWidget *partRow(const Case &part);
    void addWarning();

    QString m_question;
    QSet<CaseId> m_unfolded;
};

} // namespace countersign
