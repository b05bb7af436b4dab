// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/trail/eventpane.h"

#include "domain/clock.h"
#include "items/eventwords.h"
#include "views/codeblock.h"
#include "views/style/icons.h"
#include "views/style/widgets.h"

#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace countersign {

EventPane::EventPane(QWidget *parent) : QScrollArea(parent), m_body(new QWidget(this))
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("The event"));
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(style::groupGap, style::groupGap, style::groupGap, style::groupGap);
    column->setSpacing(style::gap);
    m_nothing = addText();
    m_sentence = addText();
    m_when = addText();
    m_remark = addText();
    // What agents and people wrote stands on the ground that nothing else uses.
    m_ground = new AgentGround({}, m_body);
    m_ground->body()->addWidget(m_remark);
    column->addWidget(m_ground);
    m_story = new QPushButton(style::symbol(QStringLiteral("trail")), {}, m_body);
    auto *storyRow = new QHBoxLayout;
    storyRow->addWidget(m_story);
    storyRow->addStretch();
    column->addLayout(storyRow);
    QPushButton *copyRecord = nullptr;
    QPushButton *copyProof = nullptr;
    m_record = addSection(tr("Exact record"), tr("Copy exact record"), &copyRecord);
    m_payload = addSection(tr("Payload"), tr("Copy payload"), &m_copyPayload);
    m_proof = addSection(tr("Proof"), tr("Copy proof"), &copyProof);
    column->addStretch(1);
    setWidget(m_body);
    connect(m_story, &QPushButton::clicked, this,
            [this]() -> void { Q_EMIT storyRequested(m_detail->caseId); });
    connect(copyRecord, &QPushButton::clicked, this, [this]() -> void {
        copyBytes(QString::fromUtf8(m_detail->envelope), tr("The exact record was copied."));
    });
    connect(m_copyPayload, &QPushButton::clicked, this, [this]() -> void {
        copyBytes(QString::fromUtf8(m_detail->payloadBytes), tr("The payload was copied."));
    });
    connect(copyProof, &QPushButton::clicked, this,
            [this]() -> void { copyBytes(m_proof->toPlainText(), tr("The proof was copied.")); });
    applyFonts();
    showNothing(tr("Choose an event to see it in full."));
}

QLabel *EventPane::addText()
{
    auto *label = new QLabel(m_body);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_body->layout()->addWidget(label);
    return label;
}

CodeBlock *EventPane::addSection(const QString &title, const QString &copyText, QPushButton **copy)
{
    auto *heading = new QLabel(title, m_body);
    heading->setTextFormat(Qt::PlainText);
    *copy = new QPushButton(style::symbol(QStringLiteral("copy")), copyText, m_body);
    auto *code = new CodeBlock(title, m_body);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, style::gap, 0, 0);
    row->addWidget(heading, 1);
    row->addWidget(*copy);
    auto *column = static_cast<QBoxLayout *>(m_body->layout());
    column->addLayout(row);
    column->addWidget(code);
    m_titles.append(heading);
    m_filled += {heading, *copy, code};
    return code;
}

void EventPane::show(const EventDetail &detail)
{
    m_detail = detail;
    m_sentence->setText(detail.sentence);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(detail.atMs);
    m_when->setText(tr("Event %1 · %2 · %3 here, %4")
                        .arg(QLocale().toString(detail.seq), kindTitle(detail.kind),
                             time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                             isoTime(detail.atMs)));
    m_remark->setText(detail.remark);
    m_story->setText(tr("Whole story of case %1").arg(detail.caseId.toString()));
    m_record->setCode(detail.pretty);
    m_payload->setCode(detail.payload.value_or(
        tr("The payload is no longer kept; its digest in the record still proves what it was.")));
    m_copyPayload->setEnabled(detail.payload.has_value());
    QString proof = tr("Leaf hash (SHA-256): %1").arg(detail.leaf);
    proof += u'\n'
        + (detail.signatureKey.isEmpty()
               ? tr("No person's signature: this kind of event carries none.")
               : tr("Signed with key %1 (Ed25519):\n%2")
                     .arg(detail.signatureKey, detail.signature));
    m_proof->setCode(proof);
    setFilled(true);
    verticalScrollBar()->setValue(0);
}

void EventPane::showNothing(const QString &words)
{
    m_detail.reset();
    m_nothing->setText(words);
    setFilled(false);
}

void EventPane::setFilled(bool filled)
{
    m_nothing->setVisible(!filled);
    m_sentence->setVisible(filled);
    m_when->setVisible(filled);
    m_ground->setVisible(filled && !m_detail->remark.isEmpty());
    m_story->setVisible(filled && !m_detail->caseId.isEmpty());
    for (QWidget *widget : std::as_const(m_filled)) {
        widget->setVisible(filled);
    }
    if (filled && !m_detail->hasPayload) {
        m_payload->hide();
        m_copyPayload->hide();
        m_titles.at(1)->hide();
    }
}

void EventPane::copyBytes(const QString &text, const QString &what)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT copied(what);
}

void EventPane::applyFonts()
{
    m_sentence->setFont(style::font(style::Type::Title, font()));
    m_when->setFont(style::font(style::Type::Caption, font()));
    for (QLabel *title : std::as_const(m_titles)) {
        title->setFont(style::font(style::Type::Strong, font()));
    }
    QPalette muted = palette();
    muted.setColor(QPalette::WindowText, style::color(style::Role::Muted, palette()));
    m_when->setPalette(muted);
    m_nothing->setPalette(muted);
}

void EventPane::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (m_body != nullptr && m_record != nullptr
        && (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)) {
        applyFonts();
    }
}

} // namespace countersign
