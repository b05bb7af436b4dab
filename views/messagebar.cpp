// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/messagebar.h"

#include "views/foreigntext.h"
#include "views/style/icons.h"
#include "views/style/tokens.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

namespace countersign {

namespace {

style::Role roleOf(Notice::Level level)
{
    switch (level) {
    case Notice::Level::News:
        return style::Role::Info;
    case Notice::Level::Warning:
        return style::Role::Caution;
    case Notice::Level::Error:
        break;
    }
    return style::Role::Reject;
}

QString symbolOf(Notice::Level level)
{
    return level == Notice::Level::News ? QStringLiteral("info")
        : level == Notice::Level::Error ? QStringLiteral("failed")
                                        : QStringLiteral("warning");
}

} // namespace

/// One notice: edge, symbol, sentence, what can be done.
class NoticeRow final : public QWidget
{
    Q_OBJECT
public:
    explicit NoticeRow(QWidget *parent)
        : QWidget(parent),
          m_symbol(new QLabel),
          m_text(new QLabel),
          m_action(new QPushButton),
          m_details(new QPushButton(tr("Details"))),
          m_copy(new QPushButton(tr("Copy"))),
          m_detail(new QPlainTextEdit)
    {
        m_text->setTextFormat(Qt::PlainText);
        m_text->setWordWrap(true);
        m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_detail->setReadOnly(true);
        m_detail->setAccessibleName(m_details->text());
        m_detail->setFont(style::monospace(font()));
        m_detail->setFixedHeight(fontMetrics().lineSpacing() * 6);
        m_detail->hide();
        m_copy->hide();
        m_details->setCheckable(true);
        auto *close = new QPushButton(style::symbol(QStringLiteral("close")), tr("Close"));
        auto *line = new QHBoxLayout;
        line->setSpacing(style::gap);
        for (QWidget *widget : std::initializer_list<QWidget *>{m_symbol, m_text}) {
            line->addWidget(widget, widget == m_text ? 1 : 0);
        }
        for (QPushButton *button : {m_action, m_details, m_copy, close}) {
            button->setAutoDefault(false);
            line->addWidget(button);
        }
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(style::groupGap, style::gap, style::groupGap, style::gap);
        layout->setSpacing(style::gap);
        layout->addLayout(line);
        layout->addWidget(m_detail);
        connect(m_details, &QPushButton::toggled, m_detail, &QWidget::setVisible);
        connect(m_details, &QPushButton::toggled, m_copy, &QWidget::setVisible);
        connect(m_copy, &QPushButton::clicked, this, [this]() -> void {
            QGuiApplication::clipboard()->setText(m_detail->toPlainText());
        });
        connect(m_action, &QPushButton::clicked, this, [this]() -> void {
            if (m_notice.act) {
                m_notice.act();
            }
        });
        connect(close, &QPushButton::clicked, this, &NoticeRow::closed);
        m_leave.setSingleShot(true);
        connect(&m_leave, &QTimer::timeout, this, &NoticeRow::closed);
    }

    void take(const Notice &notice)
    {
        m_count = notice.text == m_notice.text ? m_count + 1 : 1;
        m_notice = notice;
        m_symbol->setPixmap(style::symbol(symbolOf(notice.level), roleOf(notice.level))
                                .pixmap(QSize(style::icon, style::icon), devicePixelRatioF()));
        m_text->setText(m_count > 1 ? tr("%1 (%2 times)").arg(notice.text).arg(m_count)
                                    : notice.text);
        m_action->setText(notice.actionText);
        m_action->setVisible(!notice.actionText.isEmpty());
        m_detail->setPlainText(foreignText(notice.detail));
        m_details->setVisible(!notice.detail.isEmpty());
        if (notice.detail.isEmpty()) {
            m_details->setChecked(false);
        }
        if (notice.level == Notice::Level::News) {
            m_leave.start(style::noticeMs);
        } else {
            m_leave.stop();
        }
        update();
    }

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), palette().color(QPalette::Base));
        painter.fillRect(0, 0, style::edgeWidth, height(),
                         style::color(roleOf(m_notice.level), palette()));
        painter.fillRect(0, height() - style::hairline, width(), style::hairline,
                         style::hairlineColor(palette()));
    }

private:
    Notice m_notice;
    int m_count = 0;
    QTimer m_leave;
    QLabel *m_symbol;
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_details;
    QPushButton *m_copy;
    QPlainTextEdit *m_detail;
};

MessageBar::MessageBar(QWidget *parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

void MessageBar::show(const Notice &notice)
{
    NoticeRow *&row = m_rows[notice.id];
    if (!row) {
        row = new NoticeRow(this);
        m_layout->addWidget(row);
        connect(row, &NoticeRow::closed, this, [this, id = notice.id]() -> void { dismiss(id); });
    }
    row->take(notice);
    row->show();
}

void MessageBar::show(const QString &id, const Error &error)
{
    show(Notice{id, Notice::Level::Error, error.text, error.detail});
}

void MessageBar::dismiss(const QString &id)
{
    if (NoticeRow *row = m_rows.take(id)) {
        row->hide();
        row->deleteLater();
    }
}

} // namespace countersign

#include "messagebar.moc"
