// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/form/formnode.h"

namespace countersign {

class ValueEditor;

/// A place with one editor: a single value, or whatever is edited as JSON.
class FormLeaf final : public FormNode
{
    Q_OBJECT
public:
    FormLeaf(ArgumentsForm &form, const FormPlace &place, const FormShape &shape,
             FormShape::Kind kind);
    void followFaults() override;
    void focusIn() override;

private:
    void take();

    ValueEditor *m_editor;
    QString m_warning; ///< of what the agent wrote
};

} // namespace countersign
