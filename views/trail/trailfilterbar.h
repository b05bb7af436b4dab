// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "items/trailmodel.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QSettings;
class QToolButton;

namespace countersign {

/// When, what kind, who, which agent, action and case. Says filterChanged() 200 ms after the last
/// keystroke, at once on Enter and on every choice.
class TrailFilterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit TrailFilterBar(const Clock &clock, QWidget *parent = nullptr);

    /// What there is to choose from. A choice that is no longer offered stays chosen.
    void setFacets(const TrailFacets &facets);
    [[nodiscard]] TrailFilter filter() const;
    /// This case and nothing else; an empty id shows everything.
    void showCase(const CaseId &id);
    void focusCase();

    void save(QSettings &settings) const;
    void restore(const QSettings &settings);

Q_SIGNALS:
    void filterChanged();

private:
    [[nodiscard]] QComboBox *addChoice(const QString &name, const QString &any);
    [[nodiscard]] QDateTimeEdit *addMoment(const QString &name, int dayFromToday);
    void addPeriods();
    void showMoments();
    void apply();

    const Clock &m_clock;
    QTimer m_settle;
    QComboBox *m_period;
    QDateTimeEdit *m_from;
    QDateTimeEdit *m_to;
    QComboBox *m_kind;
    QComboBox *m_actor;
    QComboBox *m_agent;
    QComboBox *m_action;
    QLineEdit *m_case;
    QToolButton *m_clear;
};

} // namespace countersign
