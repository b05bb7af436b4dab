// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/palettebox.h"

#include "domain/continued.h"
#include "domain/fuzzymatch.h"

#include "views/style/icons.h"
#include "views/window/palettemodel.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QVBoxLayout>

namespace countersign {

namespace {

constexpr int rowsInSight = 12;
constexpr int boxWidth = style::readingWidth * 4 / 5;

/// Symbol, text with what matched in bold, detail; key and kind at the right.
class PaletteDelegate final : public QStyledItemDelegate
{
public:
    PaletteDelegate(const PaletteModel &model, QObject *parent)
        : QStyledItemDelegate(parent),
          m_model(model)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const PaletteEntry &entry = m_model.at(index.row());
        painter->save();
        painter->setClipRect(option.rect);
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, style::ground(style::Ground::Selected, option.palette));
            painter->fillRect(option.rect.left(), option.rect.top(), style::edgeWidth,
                              option.rect.height(), option.palette.color(QPalette::Highlight));
        }
        QRect area = option.rect.adjusted(style::groupGap, 0, -style::groupGap, 0);
        const QColor muted = style::color(style::Role::Muted, option.palette);
        if (!entry.symbol.isEmpty()) {
            painter->drawPixmap(area.left(), area.center().y() - style::icon / 2 + 1,
                                style::symbolPixmap(entry.symbol, style::icon, muted,
                                                    painter->device()->devicePixelRatioF()));
        }
        area.setLeft(area.left() + style::icon + style::gap);
        paintRight(*painter, option, entry, area);
        paintText(*painter, option, entry, area);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &) const override
    {
        return {0, option.fontMetrics.height() + style::tableRowPadding};
    }

private:
    static void paintRight(QPainter &painter, const QStyleOptionViewItem &option,
                           const PaletteEntry &entry, QRect &area)
    {
        const QFont caption = style::font(style::Type::Caption, option.font);
        const QFontMetrics metrics(caption);
        painter.setFont(caption);
        painter.setPen(style::color(style::Role::Muted, option.palette));
        const int kind = metrics.horizontalAdvance(entry.kind);
        painter.drawText(area, Qt::AlignVCenter | Qt::AlignRight, entry.kind);
        area.setRight(area.right() - kind - style::groupGap);
        if (entry.keys.isEmpty()) {
            return;
        }
        const int width
            = qMax(metrics.height(), metrics.horizontalAdvance(entry.keys) + style::gap);
        const QRectF cap(area.right() - width + 0.5, area.center().y() - metrics.height() / 2 + 0.5,
                         width, metrics.height());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(style::hairlineColor(option.palette), style::hairline));
        painter.setBrush(option.palette.color(QPalette::Window));
        painter.drawRoundedRect(cap, style::corner, style::corner);
        painter.setPen(style::color(style::Role::Muted, option.palette));
        painter.drawText(cap, Qt::AlignCenter, entry.keys);
        area.setRight(area.right() - width - style::gap);
    }

    void paintText(QPainter &painter, const QStyleOptionViewItem &option, const PaletteEntry &entry,
                   const QRect &area) const
    {
        const QString text
            = option.fontMetrics.elidedText(entry.text, Qt::ElideRight, area.width());
        QTextLayout layout(text, option.font);
        QList<QTextLayout::FormatRange> bold;
        for (const int place : fuzzyMatch(m_model.words(), foldedForSearch(text)).places) {
            QTextLayout::FormatRange range{.start = place, .length = 1, .format = {}};
            range.format.setFontWeight(QFont::DemiBold);
            range.format.setFontUnderline(true);
            bold.append(range);
        }
        layout.setFormats(bold);
        layout.beginLayout();
        QTextLine line = layout.createLine();
        line.setLineWidth(area.width());
        layout.endLayout();
        const QPointF at(area.left(), area.center().y() - line.height() / 2 + 1);
        painter.setPen(option.palette.color(QPalette::Text));
        layout.draw(&painter, at);
        const QRect rest = area.adjusted(int(line.naturalTextWidth()) + style::groupGap, 0, 0, 0);
        painter.setFont(option.font);
        painter.setPen(style::color(style::Role::Muted, option.palette));
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         option.fontMetrics.elidedText(entry.detail, Qt::ElideRight, rest.width()));
    }

    const PaletteModel &m_model;
};

} // namespace

PaletteBox::PaletteBox(const QList<PaletteEntry> &entries, const QStringList &recent,
                       const QList<PaletteSearch> &searches, QWidget *parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint),
      m_searches(searches),
      m_recent(recent),
      m_model(new PaletteModel(entries, recent, this)),
      m_typed(new QLineEdit(this)),
      m_list(new QListView(this)),
      m_nothing(new QLabel(tr("Nothing is called that."), m_list->viewport()))
{
    setWindowTitle(tr("Find an action, a case, a filter, an agent"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connect(m_typed, &QLineEdit::textChanged, this, [this](const QString &typed) -> void {
        m_moved = false;
        m_model->setTyped(typed);
        ask();
        select(0);
    });
    connect(m_list, &QListView::clicked, this, &PaletteBox::choose);
    ask();
    select(0);
}

void PaletteBox::build()
{
    m_typed->setPlaceholderText(windowTitle());
    m_typed->setAccessibleName(windowTitle());
    m_typed->setFont(style::font(style::Type::Title, font()));
    m_typed->setFrame(false);
    m_typed->setTextMargins(style::groupGap, style::gap, style::groupGap, style::gap);
    m_typed->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(*m_model, this));
    m_list->setAccessibleName(tr("What fits"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setContentsMargins(style::groupGap, style::gap, style::groupGap, 0);
    m_nothing->adjustSize();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(style::hairline, style::hairline, style::hairline,
                               style::hairline + style::unit);
    column->setSpacing(style::hairline);
    column->addWidget(m_typed);
    column->addWidget(m_list);
    setFixedWidth(qMin(boxWidth, parentWidget()->width() - 2 * style::pageEdge));
}

void PaletteBox::ask()
{
    const int question = ++m_question;
    m_waiting = int(m_searches.size());
    for (int i = 0; i < m_searches.size(); ++i) {
        continued(m_searches.at(i)(m_typed->text(), m_recent), this,
                  [this, question, i](const QList<PaletteEntry> &found) -> void {
                      if (question == m_question) {
                          --m_waiting;
                          take(i, found);
                      }
                  });
    }
    showState();
}

void PaletteBox::take(int search, const QList<PaletteEntry> &found)
{
    const int row = m_list->currentIndex().row();
    const QString here = row < 0 ? QString() : m_model->at(row).id;
    m_model->setFound(search, found);
    // Who has moved already stays on what they moved to.
    showState();
    select(m_moved ? qMax(0, m_model->rowOf(here)) : 0);
}

void PaletteBox::select(int row)
{
    if (m_model->rowCount() == 0) {
        return;
    }
    const int wanted = qBound(0, row, m_model->rowCount() - 1);
    m_list->setCurrentIndex(m_model->index(wanted));
    // The keys stay in the line; a screen reader hears the row nevertheless.
    QAccessibleEvent heard(m_list, QAccessible::Focus);
    heard.setChild(wanted);
    QAccessible::updateAccessibility(&heard);
}

void PaletteBox::choose()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid()) {
        return;
    }
    const PaletteEntry entry = m_model->at(current.row());
    accept();
    Q_EMIT chosen(entry);
}

void PaletteBox::showState()
{
    m_nothing->setVisible(m_model->rowCount() == 0 && m_waiting == 0);
    const int rows = qBound(1, m_model->rowCount(), rowsInSight);
    m_list->setFixedHeight(rows * (fontMetrics().height() + style::tableRowPadding));
    adjustSize();
}

bool PaletteBox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_typed || event->type() != QEvent::KeyPress) {
        return QDialog::eventFilter(watched, event);
    }
    const auto *key = static_cast<QKeyEvent *>(event);
    const int row = m_list->currentIndex().row();
    int wanted = row;
    switch (key->key()) {
    case Qt::Key_Down:
        wanted = row + 1;
        break;
    case Qt::Key_Up:
        wanted = row - 1;
        break;
    case Qt::Key_PageDown:
        wanted = row + rowsInSight;
        break;
    case Qt::Key_PageUp:
        wanted = row - rowsInSight;
        break;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nowhere else to go
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!key->isAutoRepeat()) {
            choose();
        }
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
    m_moved = true;
    select(wanted);
    return true;
}

void PaletteBox::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isVisible() && !isActiveWindow()) {
        reject(); // the person went elsewhere
    }
}

void PaletteBox::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    const QWidget *window = parentWidget()->window();
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, style::pageEdge * 2)));
    m_typed->setFocus(Qt::OtherFocusReason);
}

void PaletteBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(QPen(style::hairlineColor(palette()), style::hairline));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.drawLine(0, m_list->y() - style::hairline, width(), m_list->y() - style::hairline);
}

} // namespace countersign
