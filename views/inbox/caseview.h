// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/sections/casesection.h"

#include <QScrollArea>

namespace countersign {

class AnswerSection;
class ArgumentsForm;
class ArgumentsSection;
class PartsSection;
class WorkspaceSection;
class CaseHeader;

/// One case in the order of thinking: what it would do, then its sections, a class each under
/// sections/. Shows only; deciding is the bar's.
class CaseView final : public QScrollArea
{
    Q_OBJECT
public:
    CaseView(CaseModel &model, TimelineModel &timeline, const Clock &clock, QSettings &state,
             QWidget *parent = nullptr);

    void tick(); ///< what depends on the time of day
    void setEditing(bool editing);
    [[nodiscard]] bool isEditing() const;
    /// The form that is open: of the answer, else of the arguments.
    [[nodiscard]] ArgumentsForm &form() const;
    [[nodiscard]] QList<ArgumentsForm *> forms() const;
    /// Opens a form for an answer by the case's schema; false where words are the answer.
    bool beginAnswer();
    [[nodiscard]] bool isAnswering() const;
    void forgetDraft(const CaseId &id); ///< of its arguments: they were decided
    [[nodiscard]] WorkspaceSection &workspace() const { return *m_workspace; }

Q_SIGNALS:
    void caseChosen(const countersign::CaseId &id); ///< a sibling
    void trailRequested(const countersign::CaseId &id, qint64 seq); ///< an event, in full
    void pastChosen(const countersign::CaseId &id); ///< a case like this one
    void sectionOpened(const QString &key); ///< unfolded by hand

private:
    void refresh(bool another);

    CaseContext m_context;
    QWidget *m_page;
    PartsSection *m_parts;
    CaseHeader *m_header;
    ArgumentsSection *m_arguments;
    AnswerSection *m_answer;
    WorkspaceSection *m_workspace;
    QList<CaseSection *> m_sections; ///< from top to bottom
};

} // namespace countersign
