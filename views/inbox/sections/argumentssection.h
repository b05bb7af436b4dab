// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/argumentdraft.h"
#include "views/inbox/sections/casesection.h"

namespace countersign {

class ArgumentsForm;
class ArgumentsTable;

/// What the action would be done with: to read, or as a form with what was changed in it. What was
/// begun is kept for a while, so that going to look at another case loses nothing.
class ArgumentsSection final : public CaseSection
{
    Q_OBJECT
public:
    explicit ArgumentsSection(const CaseContext &context);
    void refresh(bool another) override;

    void setEditing(bool editing);
    [[nodiscard]] bool isEditing() const { return m_editing; }
    [[nodiscard]] ArgumentsForm &form() const { return *m_form; }
    void forgetDraft(const CaseId &id); ///< it was decided

private:
    struct Kept
    {
        CaseId id;
        QString digest;
        ArgumentDraft draft;
    };
    void keep();
    [[nodiscard]] const Kept *kept() const; ///< of the case shown
    void fill();
    void showNote();
    void showEdits();
    void showHabits();

    PlainLabel *m_note; ///< wrong as it came, or begun and left
    ArgumentsTable *m_table;
    ArgumentsForm *m_form;
    QVBoxLayout *m_edits;
    QVBoxLayout *m_habits; ///< what is changed again and again
    bool m_editing = false;
    CaseId m_editedCase;
    QString m_editedDigest;
    QList<Kept> m_kept; ///< newest last
};

} // namespace countersign
