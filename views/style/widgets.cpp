// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/style/widgets.h"

#include "views/style/icons.h"

#include <QAction>
#include <QEvent>
#include <QPainter>
#include <QSettings>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QTextBlock>
#include <QVBoxLayout>

#include <cmath>

namespace countersign {

namespace {

/// Redraws its symbol when the palette changes.
class SymbolLabel final : public QLabel
{
    Q_OBJECT
public:
    SymbolLabel(QString name, style::Role role, QWidget *parent)
        : QLabel(parent),
          m_name(std::move(name)),
          m_role(role)
    {
        setFixedSize(style::icon, style::icon);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.drawPixmap(0, 0,
                           style::symbolPixmap(m_name, style::icon, style::color(m_role, palette()),
                                               devicePixelRatioF()));
    }

private:
    QString m_name;
    style::Role m_role;
};

class Hairline final : public QWidget
{
    Q_OBJECT
public:
    explicit Hairline(QWidget *parent) : QWidget(parent) { setFixedHeight(style::hairline); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(rect(), style::hairlineColor(palette()));
    }
};

/// The head of a section: its symbol stands where the text below begins.
class FoldButton final : public QPushButton
{
    Q_OBJECT
public:
    FoldButton() { setAutoDefault(false); }
    [[nodiscard]] QSize sizeHint() const override
    {
        return {style::icon + 2 * style::gap + fontMetrics().horizontalAdvance(text()),
                fontMetrics().height() + style::gap};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStylePainter painter(this);
        const QRect area = rect();
        icon().paint(&painter, 0, area.center().y() - style::icon / 2, style::icon, style::icon);
        painter.drawText(area.adjusted(style::icon + style::unit, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter, text());
        if (hasFocus()) {
            QStyleOptionFocusRect focus;
            focus.initFrom(this);
            painter.drawPrimitive(QStyle::PE_FrameFocusRect, focus);
        }
    }
};

} // namespace

PlainLabel::PlainLabel(style::Type type, QWidget *parent) : QLabel(parent), m_type(type)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFont(style::font(type, font()));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMinimumWidth(style::unit);
}

PlainLabel::PlainLabel(const QString &text, style::Type type, QWidget *parent)
    : PlainLabel(type, parent)
{
    setText(text);
}

void PlainLabel::setRole(style::Role role)
{
    m_role = role;
    tint();
}

void PlainLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_tinting) {
        tint();
    }
}

void PlainLabel::tint()
{
    if (m_role) {
        m_tinting = true;
        QPalette tinted;
        tinted.setColor(QPalette::WindowText, style::color(*m_role, palette()));
        tinted.setColor(QPalette::Text, style::color(*m_role, palette()));
        setPalette(tinted);
        m_tinting = false;
    }
}

ProseBlock::ProseBlock(const QString &text, style::Type type, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setFocusPolicy(Qt::NoFocus);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFrameShape(QFrame::NoFrame);
    setFont(style::font(type, font()));
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    setPlainText(text);
    setAccessibleName(text);
}

QSize ProseBlock::sizeHint() const
{
    // Lines that borrow a glyph from another font are taller than the font's line spacing.
    qreal height = 0;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        height += blockBoundingRect(block).height();
    }
    return {QPlainTextEdit::sizeHint().width() / 2, int(std::ceil(height)) + 1};
}

QSize ProseBlock::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, sizeHint().height()};
}

void ProseBlock::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    updateGeometry();
}

AgentGround::AgentGround(const QString &mark, QWidget *parent)
    : QFrame(parent),
      m_body(new QVBoxLayout(this))
{
    m_body->setContentsMargins(style::gap + style::unit, style::gap, style::gap + style::unit,
                               style::gap);
    m_body->setSpacing(style::unit);
    if (!mark.isEmpty()) {
        auto *label = new PlainLabel(mark, style::Type::Caption);
        label->setRole(style::Role::Muted);
        m_body->addWidget(label);
    }
}

void AgentGround::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(style::ground(style::Ground::Agent, palette()));
    painter.setPen(QPen(style::agentBorder(palette()), style::hairline));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), style::corner,
                            style::corner);
}

Section::Section(const QString &title, const QString &key, QSettings &state, bool open,
                 QWidget *parent)
    : QWidget(parent),
      m_title(title),
      m_key(QStringLiteral("inbox/open/") + key),
      m_state(state),
      m_open(state.value(m_key, open).toBool()),
      m_head(new FoldButton),
      m_content(new QWidget),
      m_body(new QVBoxLayout(m_content))
{
    m_head->setFont(style::font(style::Type::Strong, font()));
    m_head->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_body->setContentsMargins(0, style::unit, 0, 0);
    m_body->setSpacing(style::gap);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_content);
    connect(m_head, &QPushButton::clicked, this, [this]() -> void {
        setOpen(!m_open);
        m_state.setValue(m_key, m_open);
        if (m_open) {
            Q_EMIT unfolded();
        }
    });
    setOpen(m_open);
}

void Section::setTitle(const QString &title)
{
    m_title = title;
    label();
}

void Section::setCount(int count)
{
    m_count = count;
    label();
}

void Section::setOpen(bool open)
{
    m_open = open;
    m_content->setVisible(open);
    label();
}

void Section::clear()
{
    clearLayout(m_body);
}

void Section::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_head->setFont(style::font(style::Type::Strong, font()));
    }
}

void Section::label()
{
    m_head->setIcon(
        style::symbol(m_open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    m_head->setText(m_count < 0 ? m_title : tr("%1 (%2)").arg(m_title).arg(m_count));
    m_head->setAccessibleDescription(m_open ? tr("unfolded") : tr("folded"));
}

KeyButton::KeyButton(QWidget *parent) : QPushButton(parent)
{
    setAutoDefault(false);
    setFocusPolicy(Qt::TabFocus); // a click leaves the keys where they act
}

KeyButton::KeyButton(const QString &text, const QString &symbol, const QString &key,
                     QWidget *parent)
    : KeyButton(parent)
{
    setText(text);
    m_key = key;
    if (!symbol.isEmpty()) {
        setSymbol(symbol);
    }
}

void KeyButton::setSymbol(const QString &symbol, std::optional<style::Role> role)
{
    setIcon(style::symbol(symbol, role));
}

void KeyButton::followKey(const QAction *action)
{
    const auto follow = [this, action]() -> void {
        m_key = action->shortcut().toString(QKeySequence::NativeText);
        updateGeometry();
        update();
    };
    connect(action, &QAction::changed, this, follow);
    follow();
}

int KeyButton::keyWidth() const
{
    if (m_key.isEmpty()) {
        return 0;
    }
    const QFontMetrics metrics(style::font(style::Type::Caption, font()));
    return qMax(metrics.height(), metrics.horizontalAdvance(m_key) + style::gap);
}

QSize KeyButton::sizeHint() const
{
    const int symbol = icon().isNull() ? 0 : style::icon + style::gap;
    const int key = m_key.isEmpty() ? 0 : keyWidth() + style::gap;
    return {fontMetrics().horizontalAdvance(text()) + symbol + key + 2 * style::gap + style::unit,
            fontMetrics().height() + 3 * style::unit};
}

void KeyButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    painter.drawControl(QStyle::CE_PushButtonBevel, option);
    QRect area = rect().adjusted(style::gap, 0, -style::gap, 0);
    const auto mode = isEnabled() ? QIcon::Normal : QIcon::Disabled;
    if (!icon().isNull()) {
        icon().paint(&painter, area.left(), area.center().y() - style::icon / 2, style::icon,
                     style::icon, Qt::AlignCenter, mode);
        area.setLeft(area.left() + style::icon + style::gap);
    }
    const auto group = isEnabled() ? QPalette::Active : QPalette::Disabled;
    painter.setPen(palette().color(group, QPalette::ButtonText));
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft, text());
    if (m_key.isEmpty()) {
        return;
    }
    const QFont caption = style::font(style::Type::Caption, font());
    const int height = QFontMetrics(caption).height();
    const QRectF cap(area.right() - keyWidth() + 0.5, area.center().y() - height / 2 + 0.5,
                     keyWidth(), height);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(style::hairlineColor(palette()), style::hairline));
    painter.setBrush(palette().color(QPalette::Window));
    painter.drawRoundedRect(cap, style::corner, style::corner);
    painter.setFont(caption);
    painter.setPen(isEnabled() ? style::color(style::Role::Muted, palette())
                               : palette().color(QPalette::Disabled, QPalette::ButtonText));
    painter.drawText(cap, Qt::AlignCenter, m_key);
}

CountdownRing::CountdownRing(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CountdownRing::setLeft(qint64 leftMs, qint64 ofMs)
{
    m_left = qBound<qint64>(0, leftMs, ofMs);
    m_of = qMax<qint64>(1, ofMs);
    update();
}

QSize CountdownRing::sizeHint() const
{
    const int side = fontMetrics().height() + 2 * style::unit;
    return {side, side};
}

void CountdownRing::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF circle = QRectF(rect()).adjusted(2, 2, -2, -2);
    painter.setPen(QPen(style::hairlineColor(palette()), 2));
    painter.drawEllipse(circle);
    painter.setPen(
        QPen(style::color(style::Role::Hold, palette()), 2, Qt::SolidLine, Qt::RoundCap));
    constexpr int top = 90 * 16;
    constexpr int full = 360 * 16;
    painter.drawArc(circle, top, int(full * m_left / m_of));
    painter.setFont(style::font(style::Type::Caption, font()));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(rect(), Qt::AlignCenter, QString::number((m_left + 999) / 1000));
}

QWidget *makeHairline(QWidget *parent)
{
    return new Hairline(parent);
}

QLabel *makeSymbol(const QString &name, style::Role role, QWidget *parent)
{
    return new SymbolLabel(name, role, parent);
}

void clearLayout(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (item->layout()) {
            clearLayout(item->layout());
        }
        delete item;
    }
}

} // namespace countersign

#include "widgets.moc"
