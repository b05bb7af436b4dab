// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/casemodel.h"

#include <QScrollArea>

class QSettings;
class QVBoxLayout;

namespace countersign {

class ArgumentsForm;
class Section;

/// One case in the order of thinking: what it would do, why you are asked, what the agent says, the
/// arguments, what it looked at, its parts, what became of it, its story, the raw payload. Shows
/// only; deciding is the bar's.
class CaseView final : public QScrollArea
{
    Q_OBJECT
public:
    CaseView(CaseModel &model, const Clock &clock, QSettings &state, QWidget *parent = nullptr);

    void setEditing(bool editing);
    [[nodiscard]] bool isEditing() const { return m_editing; }
    [[nodiscard]] ArgumentsForm &form() const { return *m_form; }

Q_SIGNALS:
    void edited();
    void caseChosen(const countersign::CaseId &id); ///< a sibling

private:
    void refresh(bool another);
    void fillHeader(const Case &shown);
    void fillChange(const Case &shown);
    void fillReasons(const Case &shown);
    void fillAdvice(const Case &shown);
    void fillArguments(const Case &shown);
    void fillEvidence(const Case &shown);
    void fillUncertainty(const Case &shown);
    void fillParts(const Case &shown);
    void fillFate(const Case &shown);
    void fillTimeline();
    void fillRaw(const Case &shown);
    void showEdits();
    void addChanges(QVBoxLayout *layout, const Json &before, const Json &after) const;
    Section *addSection(const QString &title, const QString &key, bool open = true);

    CaseModel &m_model;
    const Clock &m_clock;
    QSettings &m_state;
    bool m_editing = false;
    QWidget *m_page;
    QVBoxLayout *m_header;
    QVBoxLayout *m_edits = nullptr;
    QVBoxLayout *m_column;
    ArgumentsForm *m_form;
    Section *m_change;
    Section *m_reasons;
    Section *m_advice;
    Section *m_arguments;
    Section *m_evidence;
    Section *m_uncertainty;
    Section *m_parts;
    Section *m_fate;
    Section *m_timeline;
    Section *m_raw;
};

} // namespace countersign
