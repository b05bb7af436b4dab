// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/confidencerange.h"

#include "items/errorrates.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include <cmath>

namespace countersign {

namespace {

constexpr int most = 100; // hundredths
constexpr int stepBy = 5;

QDoubleSpinBox *makeBound(const QString &name, double value)
{
    auto *box = new QDoubleSpinBox;
    box->setAccessibleName(name);
    box->setRange(0, 1);
    box->setSingleStep(0.05);
    box->setDecimals(2);
    box->setLocale(QLocale::c());
    box->setValue(value);
    return box;
}

} // namespace

RangeSlider::RangeSlider(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Range of confidence"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize RangeSlider::sizeHint() const
{
    return {style::barWidth * 3, style::icon + style::unit};
}

QRect RangeSlider::groove() const
{
    return rect().adjusted(style::icon / 2, 0, -style::icon / 2, 0);
}

int RangeSlider::placeOf(int value) const
{
    return groove().left() + groove().width() * value / most;
}

int RangeSlider::valueAt(int x) const
{
    return qBound(0, qRound(double(x - groove().left()) * most / qMax(1, groove().width())), most);
}

void RangeSlider::setRange(int low, int high)
{
    m_low = qBound(0, low, most);
    m_high = qBound(m_low, high, most);
    update();
}

void RangeSlider::move(bool lower, int value)
{
    const int low = lower ? qBound(0, value, m_high) : m_low;
    const int high = lower ? m_high : qBound(m_low, value, most);
    if (low != m_low || high != m_high) {
        setRange(low, high);
        Q_EMIT moved(m_low, m_high);
    }
}

void RangeSlider::mousePressEvent(QMouseEvent *event)
{
    const int value = valueAt(int(event->position().x()));
    const int below = std::abs(value - m_low);
    const int above = std::abs(value - m_high);
    m_lower = below < above || (below == above && value < m_low) || m_low == most;
    move(m_lower, value);
}

void RangeSlider::mouseMoveEvent(QMouseEvent *event)
{
    move(m_lower, valueAt(int(event->position().x())));
}

void RangeSlider::keyPressEvent(QKeyEvent *event)
{
    const bool lower = !event->modifiers().testFlag(Qt::ShiftModifier);
    const int at = lower ? m_low : m_high;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        move(lower, at - stepBy);
        break;
    case Qt::Key_Right:
    case Qt::Key_Up:
        move(lower, at + stepBy);
        break;
    case Qt::Key_Home:
        move(lower, 0);
        break;
    case Qt::Key_End:
        move(lower, most);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void RangeSlider::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool on = isEnabled();
    const QColor bar = on ? style::color(style::Role::Info, palette())
                          : style::color(style::Role::Muted, palette());
    const qreal top = (height() - style::barHeight) / 2.0;
    const qreal round = style::barHeight / 2.0;
    painter.setPen(Qt::NoPen);
    painter.setBrush(style::hairlineColor(palette()));
    painter.drawRoundedRect(QRectF(groove().left(), top, groove().width(), style::barHeight), round,
                            round);
    painter.setBrush(bar);
    const int from = placeOf(m_low);
    painter.drawRoundedRect(QRectF(from, top, placeOf(m_high) - from, style::barHeight), round,
                            round);
    painter.setBrush(palette().color(QPalette::Base));
    painter.setPen(QPen(hasFocus() ? palette().color(QPalette::Highlight) : bar,
                        hasFocus() ? 2 * style::hairline : style::iconStroke));
    for (const int value : {m_low, m_high}) {
        painter.drawEllipse(QPointF(placeOf(value), height() / 2.0), style::icon / 2.0 - 2,
                            style::icon / 2.0 - 2);
    }
}

ConfidenceRange::ConfidenceRange(InboxModel &model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_known(new QCheckBox(tr("Known, from"))),
      m_unknown(new QCheckBox(tr("Unknown"))),
      m_min(makeBound(tr("Lowest confidence"), 0)),
      m_max(makeBound(tr("Highest confidence"), 1)),
      m_slider(new RangeSlider),
      m_rate(new PlainLabel(style::Type::Caption))
{
    m_rate->setRole(style::Role::Muted);
    m_rate->setObjectName(QStringLiteral("errorrate"));
    auto *range = new QHBoxLayout;
    range->setSpacing(style::unit);
    range->addWidget(m_min);
    range->addWidget(new PlainLabel(tr("to"), style::Type::Body));
    range->addWidget(m_max);
    range->addStretch();
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(style::unit);
    box->addWidget(m_known);
    box->addWidget(m_slider);
    box->addLayout(range);
    box->addWidget(m_rate);
    box->addWidget(m_unknown);
    setFocusProxy(m_known); // the first, or Tab would jump over what stands before it
    for (QCheckBox *tick : {m_known, m_unknown}) {
        connect(tick, &QCheckBox::toggled, this, &ConfidenceRange::apply);
    }
    for (QDoubleSpinBox *bound : {m_min, m_max}) {
        connect(bound, &QDoubleSpinBox::valueChanged, this, &ConfidenceRange::apply);
    }
    connect(m_slider, &RangeSlider::moved, this, [this](int low, int high) -> void {
        m_following = true;
        m_min->setValue(low / double(most));
        m_max->setValue(high / double(most));
        m_following = false;
        apply();
    });
    connect(&model, &InboxModel::filterChanged, this, &ConfidenceRange::follow);
    connect(&ErrorRates::of(model), &ErrorRates::changed, this, &ConfidenceRange::showRate);
    follow();
}

void ConfidenceRange::follow()
{
    m_following = true;
    const InboxFilter &filter = m_model.filter();
    m_known->setChecked(filter.knownConfidence);
    m_unknown->setChecked(filter.unknownConfidence);
    const auto show = [](QDoubleSpinBox *box, double value) -> void {
        if (qRound(box->value() * most) != qRound(value * most)) {
            box->setValue(value); // else somebody may be typing more digits of it
        }
    };
    show(m_min, filter.minConfidence ? filter.minConfidence->toDouble() : 0);
    show(m_max, filter.maxConfidence ? filter.maxConfidence->toDouble() : 1);
    for (QWidget *part : {static_cast<QWidget *>(m_min), static_cast<QWidget *>(m_max),
                          static_cast<QWidget *>(m_slider)}) {
        part->setEnabled(filter.knownConfidence);
    }
    m_slider->setRange(qRound(m_min->value() * most), qRound(m_max->value() * most));
    m_following = false;
    showRate();
}

void ConfidenceRange::apply()
{
    if (m_following) {
        return;
    }
    const auto bound = [](double value, int open) -> std::optional<Decimal> {
        return qRound(value * most) == open ? std::nullopt
                                            : Decimal::parse(QByteArray::number(value, 'f', 2));
    };
    InboxFilter filter = m_model.filter();
    filter.knownConfidence = m_known->isChecked();
    filter.unknownConfidence = m_unknown->isChecked();
    filter.minConfidence = bound(m_min->value(), 0);
    filter.maxConfidence = bound(m_max->value(), most);
    m_model.setFilter(filter);
}

void ConfidenceRange::showRate()
{
    const InboxFilter &filter = m_model.filter();
    const ErrorRate rate = ErrorRates::of(m_model).above(filter);
    const QString from = words::confidence(filter.minConfidence.value_or(Decimal()));
    const auto percent = [](double share) -> QString {
        return QString::number(share * 100, 'f', share < 0.0995 ? 1 : 0);
    };
    if (!rate.isEnough()) {
        m_rate->setText(
            tr("From %1: not enough cases yet to tell how often it is wrong (%2 of %3).")
                .arg(from, words::count(rate.cases), words::count(ErrorRate::least)));
        return;
    }
    const QString said = tr("From %1: %2 % wrong (%3–%4 %) in %5 cases")
                             .arg(from, percent(rate.share()), percent(rate.low),
                                  percent(rate.high), words::count(rate.cases));
    m_rate->setText(rate.ofAll ? tr("%1 of every kind.").arg(said) : said + QLatin1Char('.'));
}

} // namespace countersign
