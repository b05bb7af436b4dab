// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

namespace countersign {

class ArgumentsForm;

/// What the action would be done with: to read, or as a form with what was changed in it.
class ArgumentsSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit ArgumentsSection(const CaseContext &context);
    void refresh(bool another) override;

    void setEditing(bool editing);
    [[nodiscard]] bool isEditing() const { return m_editing; }
    [[nodiscard]] ArgumentsForm &form() const { return *m_form; }

private:
    void fill();
    void showEdits();

    ArgumentsForm *m_form;
    QVBoxLayout *m_edits;
    bool m_editing = false;
};

} // namespace countersign
