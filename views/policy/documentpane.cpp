// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/documentpane.h"

#include "items/policymodel.h"
#include "views/foreigntext.h"
#include "views/style/widgets.h"

#include <QEvent>
#include <QListView>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int restMs = 300;
constexpr int faultLines = 5;

/// Walks over JSON that may be broken, and remembers where the wanted path was last followed.
class PlaceFinder
{
public:
    PlaceFinder(const QString &text, const QStringList &steps) : m_text(text), m_steps(steps) { }

    qsizetype find()
    {
        value(0);
        return m_found;
    }

private:
    void blanks()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace()) {
            ++m_at;
        }
    }
    [[nodiscard]] QChar next() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }
    QString string()
    {
        const qsizetype from = m_at;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != u'"'; ++m_at) {
            m_at += m_text[m_at] == u'\\' ? 1 : 0;
        }
        ++m_at;
        return parseJson(m_text.mid(from, m_at - from).toUtf8()).value_or(Json()).toString();
    }
    /// `depth`: how many steps led here; negative: off the path.
    void value(int depth)
    {
        if (m_nested > 128) {
            m_at = m_text.size();
            return;
        }
        blanks();
        if (depth >= 0) {
            m_found = m_at;
        }
        const QChar first = next();
        if (first == u'{' || first == u'[') {
            ++m_nested;
            inside(depth, first == u'{');
            --m_nested;
        } else if (first == u'"') {
            string();
        } else {
            while (m_at < m_text.size() && !QStringLiteral(",]}").contains(next())) {
                ++m_at;
            }
        }
    }
    void inside(int depth, bool object)
    {
        ++m_at;
        for (int i = 0; m_at < m_text.size(); ++i) {
            blanks();
            if (next() == u'}' || next() == u']') {
                break;
            }
            QString name = QString::number(i);
            if (object && next() == u'"') {
                name = string();
                blanks();
                m_at += next() == u':' ? 1 : 0;
            }
            const bool led = depth >= 0 && depth < m_steps.size() && m_steps[depth] == name;
            const qsizetype before = m_at;
            value(led ? depth + 1 : -1);
            blanks();
            if (next() == u',') {
                ++m_at;
            } else if (m_at == before) {
                ++m_at; // broken: go on
            }
        }
        ++m_at;
    }

    const QString &m_text;
    QStringList m_steps;
    qsizetype m_at = 0;
    qsizetype m_found = 0;
    int m_nested = 0;
};

} // namespace

qsizetype offsetOf(const QString &text, const QString &pointer)
{
    QStringList steps = pointer.split(QLatin1Char('/')).mid(1);
    for (QString &step : steps) {
        step.replace(QLatin1String("~1"), QLatin1String("/"))
            .replace(QLatin1String("~0"), QLatin1String("~"));
    }
    return qMin(PlaceFinder(text, steps).find(), text.size());
}

DocumentPane::DocumentPane(PolicyModel &policy, QWidget *parent)
    : QWidget(parent),
      m_policy(policy),
      m_text(new QPlainTextEdit(this)),
      m_verdict(new PlainLabel(style::Type::Body, this)),
      m_list(new QListView(this))
{
    m_text->setAccessibleName(tr("The policy as JSON"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_text->setFont(style::monospace(font()));
    m_verdict->setContentsMargins(style::groupGap, style::gap, style::groupGap, style::gap);
    m_list->setModel(&m_faults);
    m_list->setAccessibleName(tr("Faults"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFixedHeight(faultLines * (fontMetrics().height() + style::unit));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_text, 1);
    column->addWidget(makeHairline(this));
    column->addWidget(m_verdict);
    column->addWidget(m_list);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &DocumentPane::flush);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this]() -> void {
        if (!m_filling) {
            m_typed = true;
            m_rest.start();
        }
    });
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex &index) -> void { goTo(index.row()); });
    connect(&policy, &PolicyModel::changed, this, &DocumentPane::follow);
    follow();
}

void DocumentPane::flush()
{
    m_rest.stop();
    if (m_typed) {
        m_typed = false;
        m_policy.setText(m_text->toPlainText(), QStringLiteral("text"));
    }
}

void DocumentPane::follow()
{
    if (m_policy.isLooking() || m_typed) {
        return; // somebody types
    }
    const QString text = m_policy.look().text;
    if (m_text->toPlainText() != text) {
        m_filling = true;
        const int at = m_text->textCursor().position();
        const int scrolled = m_text->verticalScrollBar()->value();
        m_text->setPlainText(text);
        QTextCursor cursor = m_text->textCursor();
        cursor.setPosition(qMin(at, m_text->document()->characterCount() - 1));
        m_text->setTextCursor(cursor);
        m_text->verticalScrollBar()->setValue(scrolled);
        m_filling = false;
    }
    QStringList lines;
    for (const PolicyFault &fault : m_policy.look().faults) {
        lines.append(foreignLine(
            QStringLiteral("%1: %2").arg(fault.path.isEmpty() ? QStringLiteral("/") : fault.path,
                                         fault.text),
            600));
    }
    if (lines != m_faults.stringList()) {
        m_faults.setStringList(lines);
    }
    m_list->setVisible(!lines.isEmpty());
    m_verdict->setRole(lines.isEmpty() ? style::Role::Muted : style::Role::Reject);
    m_verdict->setText(!lines.isEmpty() ? (lines.size() == 1
                                               ? tr("1 fault. Enter on it goes there.")
                                               : tr("%1 faults. Enter on one goes there.")
                                                     .arg(lines.size()))
                                        : tr("No faults. Digest %1").arg(m_policy.look().digest));
}

void DocumentPane::goTo(int fault)
{
    const QList<PolicyFault> &faults = m_policy.look().faults;
    if (fault >= 0 && fault < faults.size()) {
        QTextCursor cursor = m_text->textCursor();
        cursor.setPosition(int(offsetOf(m_text->toPlainText(), faults[fault].path)));
        m_text->setTextCursor(cursor);
        m_text->centerCursor();
        m_text->setFocus(Qt::OtherFocusReason);
    }
}

void DocumentPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_text->setFont(style::monospace(font()));
    }
}

} // namespace countersign
