// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/casemodel.h"

#include <QWidget>

class QAction;

namespace countersign {

class PlainLabel;

/// Above a past case that was opened from another: says so, and leads back, step by step. The list
/// stays where it is; when it moves on, the way is forgotten. Hidden where there is none.
class WayBack final : public QWidget
{
    Q_OBJECT
public:
    WayBack(CaseModel &model, QAction *back, QWidget *parent = nullptr);

    void go(const CaseId &id); ///< shows it, and remembers where from
    void forget();
    bool back(); ///< one step; false where there is none

private:
    void follow();

    CaseModel &m_model;
    QAction *m_action; ///< enabled where there is a way
    PlainLabel *m_words;
    QList<CaseId> m_way; ///< where from, oldest first
    QString m_from; ///< the headline of the first of them; foreign
};

} // namespace countersign
