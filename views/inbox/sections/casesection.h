// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "items/casemodel.h"
#include "items/timelinemodel.h"
#include "views/style/widgets.h"

#include <QVBoxLayout>

class QSettings;

namespace countersign {

/// What the sections of a case are built from; all of it outlives them.
struct CaseContext
{
    CaseModel &model;
    TimelineModel &timeline;
    const Clock &clock;
    QSettings &state; ///< folds
};

/// A part of the case pane that folds. CaseView lists them; nothing else knows one from another.
class CaseSection : public Section
{
    Q_OBJECT
public:
    CaseSection(const CaseContext &context, const QString &title, const QString &key,
                bool open = true);

    /// Fills itself from the model, which has a case, and shows or hides itself. `another`: what
    /// there is to decide is another, so that what a person typed is void; else only what came with
    /// time may differ. Also called when it is unfolded by hand; what is costly waits for that.
    virtual void refresh(bool another) = 0;

Q_SIGNALS:
    void caseChosen(const countersign::CaseId &id); ///< another case is to be opened
    void trailRequested(const countersign::CaseId &id, qint64 seq); ///< an event, in full
    void pastChosen(const countersign::CaseId &id); ///< one to be looked at beside this one

protected:
    [[nodiscard]] const Case &shown() const { return *m_context.model.current(); }

    const CaseContext m_context;
};

} // namespace countersign
