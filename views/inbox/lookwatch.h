// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/casemodel.h"
#include "items/lookmeter.h"

#include <QWidget>

namespace countersign {

class CaseView;

/// Feeds a LookMeter from what is on the screen: which case is in sight, whether its window is the
/// active one, which sections are unfolded.
class LookWatch final : public QObject
{
    Q_OBJECT
public:
    LookWatch(CaseModel &model, CaseView &view, const Clock &clock);

    [[nodiscard]] Look look(const QString &answer) const;
    void answered(const QString &answer);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();
    void judge();

    CaseModel &m_model;
    CaseView &m_view;
    LookMeter m_meter;
};

} // namespace countersign
