// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/case.h"
#include "domain/clock.h"

#include <QWidget>

class QVBoxLayout;

namespace countersign {

/// The top of a case: whose it is, its risk, what it would do, its facts, its effect.
class CaseHeader final : public QWidget
{
    Q_OBJECT
public:
    CaseHeader();
    void show(const Case &shown, const Clock &clock, bool veiled);
    using QWidget::show;
    void tick(qint64 nowMs); ///< what depends on the time; the rest stays as it is

private:
    [[nodiscard]] QString facts(qint64 nowMs) const;
    void showCare(qint64 nowMs);

    QVBoxLayout *m_layout;
    Case m_shown;
    bool m_veiled = false;
    class PlainLabel *m_facts = nullptr;
    QVBoxLayout *m_care = nullptr;
    QString m_careShown;
};

} // namespace countersign
