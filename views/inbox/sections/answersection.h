// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

namespace countersign {

class ArgumentsForm;

/// The answer to a question whose server says by a schema what it takes, as a form. In sight only
/// while it is being given.
class AnswerSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit AnswerSection(const CaseContext &context);
    void refresh(bool another) override;

    /// False where nothing but words is asked for.
    bool setAnswering(bool answering);
    [[nodiscard]] bool isAnswering() const { return m_answering; }
    [[nodiscard]] ArgumentsForm &form() const { return *m_form; }

private:
    ArgumentsForm *m_form;
    bool m_answering = false;
};

} // namespace countersign
