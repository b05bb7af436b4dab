// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trail/trailfilterbar.h"

#include "items/eventwords.h"
#include "views/foreigntext.h"
#include "views/style/tokens.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSettings>
#include <QSignalBlocker>
#include <QToolButton>

namespace countersign {

namespace {

constexpr int settleMs = 200;
constexpr int shortestChoice = 8; ///< characters
constexpr int longestCase = 32;

enum Period
{
    AnyTime,
    Today,
    Week,
    Month,
    Between
};

void choose(QComboBox *box, const QString &value, const QString &text)
{
    int index = box->findData(value);
    if (index < 0) {
        box->addItem(text, value);
        index = box->count() - 1;
    }
    box->setCurrentIndex(index);
}

/// Fills the box behind its first entry ("any") and keeps what was chosen.
void fill(QComboBox *box, const QList<std::pair<QString, QString>> &items)
{
    const QSignalBlocker quiet(box);
    const QString value = box->currentData().toString();
    const QString text = box->currentText();
    while (box->count() > 1) {
        box->removeItem(1);
    }
    for (const auto &[itemValue, itemText] : items) {
        box->addItem(itemText, itemValue);
    }
    choose(box, value, text);
}

QList<std::pair<QString, QString>> named(const QStringList &values)
{
    QList<std::pair<QString, QString>> pairs;
    for (const QString &value : values) {
        pairs.append({value, foreignName(value)});
    }
    return pairs;
}

} // namespace

TrailFilterBar::TrailFilterBar(const Clock &clock, QWidget *parent)
    : QWidget(parent),
      m_clock(clock)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(style::groupGap, style::gap, style::groupGap, style::gap);
    row->setSpacing(style::gap);
    addPeriods();
    m_from = addMoment(tr("From"), -1);
    m_to = addMoment(tr("Until"), 1);
    m_kind = addChoice(tr("Kind of event"), tr("All events"));
    m_actor = addChoice(tr("Who"), tr("Everybody"));
    m_agent = addChoice(tr("Agent"), tr("All agents"));
    m_action = addChoice(tr("Action"), tr("All actions"));
    m_case = new QLineEdit(this);
    m_case->setPlaceholderText(tr("Case (c-12)"));
    m_case->setAccessibleName(tr("Case"));
    m_case->setMaxLength(longestCase);
    row->addWidget(m_case, 1);
    m_clear = new QToolButton(this);
    m_clear->setText(tr("Clear filters"));
    m_clear->setEnabled(false);
    row->addWidget(m_clear);
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMs);
    connect(&m_settle, &QTimer::timeout, this, &TrailFilterBar::apply);
    connect(m_case, &QLineEdit::textChanged, this, [this]() -> void { m_settle.start(); });
    connect(m_case, &QLineEdit::returnPressed, this, &TrailFilterBar::apply);
    connect(m_clear, &QToolButton::clicked, this, [this]() -> void { showCase({}); });
}

QComboBox *TrailFilterBar::addChoice(const QString &name, const QString &any)
{
    auto *box = new QComboBox(this);
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(shortestChoice);
    box->addItem(any, QString());
    connect(box, &QComboBox::currentIndexChanged, this, &TrailFilterBar::apply);
    static_cast<QBoxLayout *>(layout())->addWidget(box, 1);
    return box;
}

void TrailFilterBar::addPeriods()
{
    m_period = addChoice(tr("Time"), tr("Any time"));
    const QSignalBlocker quiet(m_period);
    m_period->addItem(tr("Today"), Today);
    m_period->addItem(tr("Last 7 days"), Week);
    m_period->addItem(tr("Last 30 days"), Month);
    m_period->addItem(tr("Between…"), Between);
    connect(m_period, &QComboBox::currentIndexChanged, this, &TrailFilterBar::showMoments);
}

QDateTimeEdit *TrailFilterBar::addMoment(const QString &name, int dayFromToday)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date();
    auto *edit = new QDateTimeEdit(today.addDays(dayFromToday).startOfDay(), this);
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    edit->setCalendarPopup(true);
    edit->setAccessibleName(name);
    edit->setToolTip(name);
    edit->hide();
    connect(edit, &QDateTimeEdit::dateTimeChanged, this, [this]() -> void { m_settle.start(); });
    static_cast<QBoxLayout *>(layout())->addWidget(edit, 1);
    return edit;
}

void TrailFilterBar::showMoments()
{
    const bool between = m_period->currentIndex() == Between;
    m_from->setVisible(between);
    m_to->setVisible(between);
}

void TrailFilterBar::setFacets(const TrailFacets &facets)
{
    QList<std::pair<QString, QString>> kinds;
    QStringList values{QStringLiteral("case."), QStringLiteral("decision.")};
    values += facets.kinds;
    for (const QString &kind : std::as_const(values)) {
        kinds.append({kind, kindTitle(kind)});
    }
    fill(m_kind, kinds);
    fill(m_actor, facets.actors);
    fill(m_agent, named(facets.agents));
    fill(m_action, named(facets.actions));
}

TrailFilter TrailFilterBar::filter() const
{
    TrailFilter filter;
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date();
    switch (m_period->currentIndex()) {
    case Today:
        filter.fromMs = today.startOfDay().toMSecsSinceEpoch();
        break;
    case Week:
        filter.fromMs = today.addDays(-6).startOfDay().toMSecsSinceEpoch();
        break;
    case Month:
        filter.fromMs = today.addDays(-29).startOfDay().toMSecsSinceEpoch();
        break;
    case Between:
        filter.fromMs = m_from->dateTime().toMSecsSinceEpoch();
        filter.toMs = m_to->dateTime().toMSecsSinceEpoch();
        break;
    default:
        break;
    }
    filter.kind = m_kind->currentData().toString();
    filter.actor = m_actor->currentData().toString();
    filter.agent = m_agent->currentData().toString();
    filter.action = m_action->currentData().toString();
    filter.caseId = CaseId(m_case->text().trimmed());
    return filter;
}

void TrailFilterBar::apply()
{
    m_settle.stop();
    m_clear->setEnabled(filter() != TrailFilter{});
    Q_EMIT filterChanged();
}

void TrailFilterBar::showCase(const CaseId &id)
{
    for (QComboBox *box : {m_period, m_kind, m_actor, m_agent, m_action}) {
        const QSignalBlocker quiet(box);
        box->setCurrentIndex(0);
    }
    showMoments();
    m_case->setText(id.toString());
    apply();
}

void TrailFilterBar::focusCase()
{
    m_case->setFocus(Qt::ShortcutFocusReason);
    m_case->selectAll();
}

void TrailFilterBar::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("period"), m_period->currentIndex());
    settings.setValue(QStringLiteral("from"), m_from->dateTime());
    settings.setValue(QStringLiteral("to"), m_to->dateTime());
    settings.setValue(QStringLiteral("kind"), m_kind->currentData());
    settings.setValue(QStringLiteral("actor"), m_actor->currentData());
    settings.setValue(QStringLiteral("agent"), m_agent->currentData());
    settings.setValue(QStringLiteral("action"), m_action->currentData());
    settings.setValue(QStringLiteral("case"), m_case->text());
}

void TrailFilterBar::restore(const QSettings &settings)
{
    const auto pick = [&](QComboBox *box, const QString &key) -> void {
        const QSignalBlocker quiet(box);
        const QString value = settings.value(key).toString();
        choose(box, value, foreignName(value)); // a person's name comes with the facets
    };
    pick(m_kind, QStringLiteral("kind"));
    pick(m_actor, QStringLiteral("actor"));
    pick(m_agent, QStringLiteral("agent"));
    pick(m_action, QStringLiteral("action"));
    for (auto *edit : {m_from, m_to}) {
        const QString key = edit == m_from ? QStringLiteral("from") : QStringLiteral("to");
        if (const QDateTime time = settings.value(key).toDateTime(); time.isValid()) {
            edit->setDateTime(time);
        }
    }
    const int period = settings.value(QStringLiteral("period")).toInt();
    m_period->setCurrentIndex(qBound(int(AnyTime), period, int(Between)));
    m_case->setText(settings.value(QStringLiteral("case")).toString());
    apply();
}

} // namespace countersign
