// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/thresholdview.h"

#include "views/inbox/batchtable.h"
#include "views/inbox/emptystate.h"
#include "views/policy/pastwords.h"
#include "views/policy/thresholdcharts.h"
#include "views/style/flowrow.h"
#include "views/style/widgets.h"
#include "views/words.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QSplitter>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int stepsOfSlider = ThresholdEvidence::steps;
constexpr int chartsStackedBelow = style::readingWidth;

QDoubleSpinBox *makePercent(const QString &name, double low, double high, double value)
{
    auto *box = new QDoubleSpinBox;
    box->setAccessibleName(name);
    box->setRange(low, high);
    box->setDecimals(1);
    box->setSingleStep(1);
    box->setSuffix(QStringLiteral(" %"));
    box->setLocale(QLocale::c());
    box->setValue(value * 100);
    return box;
}

} // namespace

ThresholdView::ThresholdView(ThresholdModel &model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_kind(new QComboBox),
      m_target(makePercent(tr("Wrong at most"), 0.1, 50, model.target())),
      m_certainty(makePercent(tr("Certainty"), 50, 99.9, model.certainty())),
      m_advice(new PlainLabel(style::Type::Title)),
      m_scores(new PlainLabel(style::Type::Caption)),
      m_reliability(new ReliabilityChart),
      m_coverage(new RiskCoverageChart),
      m_bins(new BatchTable(tr("Right by confidence"), {{2, false}, {2, true}, {3, true}})),
      m_slider(new QSlider(Qt::Horizontal)),
      m_threshold(new PlainLabel(style::Type::Figure)),
      m_speed(new PlainLabel(style::Type::Body)),
      m_oversight(new PlainLabel(style::Type::Body)),
      m_use(new QPushButton),
      m_charts(new QSplitter),
      m_body(new QWidget),
      m_empty(new EmptyState)
{
    m_scores->setRole(style::Role::Muted);
    m_advice->setObjectName(QStringLiteral("advice"));
    m_scores->setObjectName(QStringLiteral("scores"));
    m_speed->setObjectName(QStringLiteral("speed"));
    m_oversight->setObjectName(QStringLiteral("oversight"));
    m_charts->setChildrenCollapsible(false);
    m_charts->addWidget(m_reliability);
    m_charts->addWidget(m_coverage);
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(style::gap);
    body->addWidget(m_advice);
    body->addWidget(m_scores);
    body->addWidget(makeSlider());
    body->addWidget(makeHairline());
    body->addWidget(m_charts, 1);
    body->addWidget(m_bins);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_body);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::gap);
    column->addWidget(makeControls());
    column->addWidget(scroll, 1);
    column->addWidget(m_empty, 1);
    connectParts();
    fillKinds();
    describe();
}

QWidget *ThresholdView::makeControls()
{
    m_kind->setAccessibleName(tr("Kind of action"));
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kind->setMinimumContentsLength(32);
    auto *controls = new QWidget;
    auto *row = new FlowRow;
    controls->setLayout(row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style::gap);
    row->addWidget(m_kind);
    auto *target = new PlainLabel(tr("Wrong at most"), style::Type::Body);
    target->setWordWrap(false);
    row->addWidget(target);
    row->addWidget(m_target);
    row->addWidget(new PlainLabel(tr("Certainty"), style::Type::Body));
    row->addWidget(m_certainty);
    row->addWidget(new QWidget); // the last stands at the right
    return controls;
}

QWidget *ThresholdView::makeSlider()
{
    m_slider->setAccessibleName(tr("Threshold"));
    m_slider->setRange(0, stepsOfSlider);
    m_slider->setPageStep(5);
    m_slider->setValue(stepsOfSlider);
    m_use->setObjectName(QStringLiteral("use"));
    auto *panel = new QWidget;
    auto *grid = new QGridLayout(panel);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(style::groupGap);
    grid->setVerticalSpacing(style::unit);
    m_threshold->setMinimumWidth(QFontMetrics(style::font(style::Type::Figure, font()))
                                     .horizontalAdvance(QStringLiteral("0.000")));
    grid->addWidget(m_threshold, 0, 0, 3, 1, Qt::AlignTop);
    grid->addWidget(m_slider, 0, 1);
    grid->addWidget(m_use, 0, 2);
    grid->addWidget(m_speed, 1, 1, 1, 2);
    grid->addWidget(m_oversight, 2, 1, 1, 2);
    grid->setColumnStretch(1, 1);
    return panel;
}

void ThresholdView::connectParts()
{
    connect(m_kind, &QComboBox::activated, this, [this](int row) -> void {
        m_moved = false;
        m_model.setCurrent(row);
    });
    connect(m_target, &QDoubleSpinBox::valueChanged, this,
            [this](double value) -> void { m_model.setTarget(value / 100); });
    connect(m_certainty, &QDoubleSpinBox::valueChanged, this,
            [this](double value) -> void { m_model.setCertainty(value / 100); });
    connect(m_slider, &QSlider::valueChanged, this, &ThresholdView::describeOutlook);
    connect(m_slider, &QSlider::actionTriggered, this, [this]() -> void { m_moved = true; });
    connect(m_use, &QPushButton::clicked, this, [this]() -> void {
        if (m_model.current() >= 0) {
            const ThresholdModel::Kind kind = m_model.at(m_model.current());
            Q_EMIT thresholdChosen(kind.agent, kind.action, kind.caseType, threshold());
        }
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, &ThresholdView::fillKinds);
    connect(&m_model, &ThresholdModel::stateChanged, this, &ThresholdView::describe);
    connect(&m_model, &ThresholdModel::advisedChanged, this, &ThresholdView::describeAdvice);
    connect(&m_model, &ThresholdModel::failed, this, &ThresholdView::failed);
}

void ThresholdView::showKind(const QString &agent, const QString &action, const QString &caseType)
{
    m_moved = false;
    m_model.setCurrent(agent, action, caseType);
}

void ThresholdView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.load();
}

void ThresholdView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_charts->setOrientation(width() < chartsStackedBelow ? Qt::Vertical : Qt::Horizontal);
}

void ThresholdView::fillKinds()
{
    m_kind->clear();
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const ThresholdModel::Kind &kind = m_model.at(row);
        m_kind->addItem(tr("%1 – %2 measured of %3")
                            .arg(pastwords::kind(kind.action, kind.caseType, false),
                                 words::count(kind.measured), words::count(kind.cases)));
    }
}

double ThresholdView::threshold() const
{
    return double(m_slider->value()) / stepsOfSlider;
}

QString ThresholdView::frequency(qint64 cases) const
{
    return pastwords::frequency(m_model.perMonth(cases), m_model.hasMonth());
}

void ThresholdView::describe()
{
    const bool any = m_model.rowCount() > 0;
    m_kind->setCurrentIndex(m_model.current());
    m_kind->setEnabled(any);
    m_body->parentWidget()->parentWidget()->setVisible(any);
    m_empty->setVisible(!any);
    if (!any) {
        m_empty->show(m_model.isReading() || !m_model.isLoaded()
                          ? tr("Reading past cases…")
                          : tr("No past case has a confidence."),
                      m_model.isReading() || !m_model.isLoaded()
                          ? QString()
                          : tr("Where the endpoint's extraction rules find one, advice for "
                               "thresholds appears here."),
                      {});
    }
    const auto &evidence = m_model.evidence();
    m_use->setEnabled(evidence != nullptr);
    m_slider->setEnabled(evidence != nullptr);
    if (evidence == nullptr || evidence == m_shown) {
        return; // what is there stays until there is something new
    }
    m_shown = evidence;
    m_reliability->setEvidence(evidence);
    m_coverage->setEvidence(evidence);
    fillTable();
    describeAdvice();
    describeOutlook();
}

void ThresholdView::fillTable()
{
    QList<BatchTable::Row> rows;
    const auto &calibration = m_shown->calibration();
    for (const statistics::CalibrationBin &bin :
         calibration ? calibration->bins : QList<statistics::CalibrationBin>()) {
        if (bin.count == 0) {
            continue;
        }
        const auto interval
            = statistics::wilson({double(bin.correct), double(bin.count - bin.correct)});
        rows.append(
            {.cells = {tr("Confidence %1 to %2").arg(bin.low, 0, 'f', 1).arg(bin.high, 0, 'f', 1),
                       tr("%1 right of %2").arg(words::count(bin.correct), words::count(bin.count)),
                       tr("%1 (95 %: %2 to %3)")
                           .arg(pastwords::percent(bin.accuracy), pastwords::percent(interval.low),
                                pastwords::percent(interval.high))},
             .role = {},
             .symbol = {},
             .id = {}});
    }
    m_bins->fill(rows);
}

void ThresholdView::describeAdvice()
{
    if (m_shown == nullptr || m_model.evidence() == nullptr) {
        return;
    }
    const Advised &advised = m_model.advised();
    const QString target = pastwords::percent(m_model.target());
    const QString certainty = pastwords::percent(m_model.certainty());
    if (advised.threshold) {
        const Outlook outlook = m_shown->outlookAt(*advised.threshold);
        m_advice->setText(
            tr("From %1 on, at most %2 are wrong, with %3 certainty: %4 still come to a person.")
                .arg(*advised.threshold, 0, 'f', 2)
                .arg(target, certainty, frequency(outlook.reviewed)));
    } else if (advised.isTooLittle()) {
        m_advice->setText(tr("Too little data: %1 cases are measured, and it takes %2 without an "
                             "error to say that at most %3 are wrong with %4 certainty.")
                              .arg(words::count(advised.measured), words::count(advised.wanted),
                                   target, certainty));
    } else {
        m_advice->setText(tr("No threshold keeps to %1 with %2 certainty; every case is better "
                             "looked at.")
                              .arg(target, certainty));
    }
    QStringList scores{tr("%1 cases, %2 measured, %3 wrong")
                           .arg(words::count(m_shown->cases()), words::count(m_shown->measured()),
                                words::count(m_shown->wrong()))};
    if (m_shown->unknown() > 0) {
        scores.append(tr("%1 without a confidence").arg(words::count(m_shown->unknown())));
    }
    if (m_shown->isCut()) {
        scores.append(tr("the newest only"));
    }
    if (m_shown->isEnough()) {
        const auto number = [](const std::optional<double> &value) -> QString {
            return value ? QString::number(*value, 'f', 3) : QStringLiteral("–");
        };
        scores.append(
            tr("Brier %1 (skill %2)").arg(number(m_shown->brier()), number(m_shown->skill())));
        scores.append(tr("calibration error (ECE) %1, at worst %2")
                          .arg(number(m_shown->calibration()->expectedError),
                               number(m_shown->calibration()->maximumError)));
        scores.append(tr("area under risk-coverage %1").arg(number(m_shown->areaUnderCurve())));
    } else {
        scores.append(tr("too little data to judge its calibration"));
    }
    m_scores->setText(scores.join(QStringLiteral(" · ")));
    m_reliability->setMarks(advised.threshold, m_model.inForce());
    m_coverage->setTarget(m_model.target());
    if (!m_moved) {
        m_slider->setValue(
            qRound(advised.threshold.value_or(m_model.inForce().value_or(1)) * stepsOfSlider));
    }
}

/// While the slider moves: a search in sums that are there, a few words, and two lines.
void ThresholdView::describeOutlook()
{
    const double now = threshold();
    m_threshold->setText(QString::number(now, 'f', 2));
    m_use->setText(tr("Use %1").arg(now, 0, 'f', 2));
    m_reliability->setThreshold(now);
    m_coverage->setThreshold(now);
    if (m_shown == nullptr) {
        return;
    }
    const Outlook outlook = m_shown->outlookAt(now);
    QString reviews
        = tr("%1 go by themselves, %2 come to a person.")
              .arg(pastwords::percent(outlook.passedShare()), frequency(outlook.reviewed));
    if (const auto inForce = m_model.inForce()) {
        const qint64 more = outlook.reviewed - m_shown->outlookAt(*inForce).reviewed;
        const QString often = frequency(qAbs(more));
        reviews += QLatin1Char(' ')
            + (more == 0 ? tr("As many as with %1 in force.").arg(*inForce, 0, 'f', 2)
                   : more > 0
                   ? tr("More than with %1 in force: %2.").arg(*inForce, 0, 'f', 2).arg(often)
                   : tr("Fewer than with %1 in force: %2.").arg(*inForce, 0, 'f', 2).arg(often));
    }
    m_speed->setText(reviews);
    m_oversight->setText(
        outlook.measured == 0
            ? tr("Nothing that would pass is measured.")
            : tr("Wrong among what passes: %1, %2 measured (95 %: %3 to %4).")
                  .arg(pastwords::percent(double(outlook.wrong) / double(outlook.measured)),
                       pastwords::wrong(outlook.wrong, outlook.measured),
                       pastwords::percent(outlook.wrongShare.low),
                       pastwords::percent(outlook.wrongShare.high)));
}

} // namespace countersign
