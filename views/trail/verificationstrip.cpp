// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trail/verificationstrip.h"

#include "views/style/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace countersign {

namespace {

constexpr int agingMs = 20'000;
constexpr qint64 minuteMs = 60'000;

QString symbolOf(VerifyReport::Verdict verdict)
{
    switch (verdict) {
    case VerifyReport::Verdict::Ok:
        return QStringLiteral("approve");
    case VerifyReport::Verdict::NoOutsideCheckpoint:
        return QStringLiteral("info");
    case VerifyReport::Verdict::Tampered:
    case VerifyReport::Verdict::Unreadable:
        return QStringLiteral("warning");
    }
    Q_UNREACHABLE();
}

style::Role roleOf(VerifyReport::Verdict verdict)
{
    switch (verdict) {
    case VerifyReport::Verdict::Ok:
        return style::Role::Accept;
    case VerifyReport::Verdict::NoOutsideCheckpoint:
        return style::Role::Caution;
    case VerifyReport::Verdict::Tampered:
    case VerifyReport::Verdict::Unreadable:
        return style::Role::Reject;
    }
    Q_UNREACHABLE();
}

} // namespace

VerificationStrip::VerificationStrip(TrailPort &trail, const Clock &clock, QWidget *parent)
    : QWidget(parent),
      m_trail(trail),
      m_clock(clock),
      m_symbol(new QLabel(this)),
      m_count(new QLabel(this)),
      m_words(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_stop(new QPushButton(tr("Stop"), this)),
      m_unseen(new QPushButton(this))
{
    m_count->setTextFormat(Qt::PlainText);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(style::readingWidth / 6, style::gap);
    m_progress->setAccessibleName(tr("Progress of the verification"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(style::groupGap, style::gap, style::groupGap, style::gap);
    row->setSpacing(style::gap);
    row->addWidget(m_symbol);
    row->addWidget(m_count);
    row->addWidget(m_words, 1);
    row->addWidget(m_progress);
    row->addWidget(m_stop);
    row->addWidget(m_unseen);
    m_unseen->hide();
    m_aging.setInterval(agingMs);
    connect(&m_aging, &QTimer::timeout, this, &VerificationStrip::describe);
    connect(m_unseen, &QPushButton::clicked, this, &VerificationStrip::refreshRequested);
    connect(m_stop, &QPushButton::clicked, this, [this]() -> void { m_running.cancel(); });
    connect(&m_running, &QFutureWatcherBase::progressRangeChanged, m_progress,
            &QProgressBar::setRange);
    connect(&m_running, &QFutureWatcherBase::progressValueChanged, m_progress,
            &QProgressBar::setValue);
    connect(&m_running, &QFutureWatcherBase::finished, this, &VerificationStrip::finish);
    describe();
}

void VerificationStrip::addButton(QToolButton *button)
{
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    layout()->addWidget(button);
}

void VerificationStrip::setTotal(qint64 events, qint64 unseen)
{
    m_total = events;
    m_unseen->setVisible(unseen > 0);
    m_unseen->setText(tr("Show %n new", nullptr, int(qMin<qint64>(unseen, INT_MAX))));
    describe();
}

void VerificationStrip::verify(const QList<QByteArray> &checkpoints)
{
    if (m_running.isRunning()) {
        return;
    }
    m_progress->setRange(0, 0);
    m_running.setFuture(m_trail.verify(checkpoints));
    Q_EMIT runningChanged(true);
    describe();
}

void VerificationStrip::finish()
{
    if (m_running.future().resultCount() > 0) {
        const Result<VerifyReport> result = m_running.result();
        if (result) {
            m_report = *result;
            m_reportedMs = m_clock.nowMs();
            m_aging.start();
            Q_EMIT verified(*result);
        } else {
            Q_EMIT failed(result.error());
        }
    }
    Q_EMIT runningChanged(false);
    describe();
}

QString VerificationStrip::age() const
{
    const qint64 minutes = qMax<qint64>(0, m_clock.nowMs() - m_reportedMs) / minuteMs;
    if (minutes == 0) {
        return tr("Verified just now");
    }
    return minutes < 60 ? tr("Verified %1 min ago").arg(minutes)
                        : tr("Verified %1 h ago").arg(minutes / 60);
}

QString VerificationStrip::words() const
{
    if (m_running.isRunning()) {
        return tr("Verifying every hash, signature and table…");
    }
    if (!m_report) {
        return tr("Not verified since the window was opened.");
    }
    QString text = age() + QStringLiteral(". ") + m_report->text;
    const qint64 later = m_total - m_report->events;
    if (later > 0 && role() != style::Role::Reject) {
        text += u' '
            + (later == 1 ? tr("1 event was added since.")
                          : tr("%1 events were added since.").arg(QLocale().toString(later)));
    }
    return text;
}

std::optional<style::Role> VerificationStrip::role() const
{
    return m_report && !m_running.isRunning() ? std::optional(roleOf(m_report->verdict))
                                              : std::nullopt;
}

void VerificationStrip::describe()
{
    const bool running = m_running.isRunning();
    m_progress->setVisible(running);
    m_stop->setVisible(running);
    m_count->setFont(style::font(style::Type::Strong, font()));
    m_count->setText(m_total == 1 ? tr("1 event")
                                  : tr("%1 events").arg(QLocale().toString(m_total)));
    m_words->setText(words());
    const auto shown = role();
    const QColor color
        = shown ? style::color(*shown, palette()) : style::color(style::Role::Muted, palette());
    m_symbol->setPixmap(
        style::symbolPixmap(shown ? symbolOf(m_report->verdict) : QStringLiteral("trail"),
                            style::icon, color, devicePixelRatioF()));
    QPalette wordsPalette = palette();
    if (!shown || *shown == style::Role::Reject) {
        wordsPalette.setColor(QPalette::WindowText, color);
    }
    m_words->setPalette(wordsPalette);
    update();
}

void VerificationStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, height() - style::hairline, width(), style::hairline,
                     style::hairlineColor(palette()));
    const auto shown = role();
    if (!shown) {
        return;
    }
    painter.fillRect(0, 0, style::edgeWidth, height(), style::color(*shown, palette()));
    if (*shown == style::Role::Reject) {
        painter.fillRect(0, 0, width(), style::edgeWidth, style::color(*shown, palette()));
    }
}

void VerificationStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        describe();
    }
}

} // namespace countersign
