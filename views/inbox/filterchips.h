// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/filterfields.h"

#include <QPushButton>

namespace countersign {

/// What one field asks for, as words in a pill. Click, Space or Enter changes it; the cross,
/// Delete or Backspace removes it; the arrow keys go to its neighbours.
class FilterChip final : public QPushButton
{
    Q_OBJECT
public:
    FilterChip(FilterField field, const QString &text, QWidget *parent);
    [[nodiscard]] FilterField field() const { return m_field; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] QRect cross() const;

    FilterField m_field;
    bool m_onCross = false;
};

/// The filter's row under the search: a button for one more field, a chip for each that restricts,
/// and what can be done with all of it. Three lines at most, until somebody asks for the rest.
class FilterChips final : public QWidget
{
    Q_OBJECT
public:
    FilterChips(InboxModel &model, EndpointName name, QWidget *parent = nullptr);

    /// What can be done besides: shown after the chips while the filter restricts.
    void addButton(QPushButton *button);
    void openMenu(); ///< of the fields
    void edit(FilterField field);
    void clearAll(); ///< all but the queue
    void relayout(); ///< after a button changed its words or was shown

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void rebuild();
    void remove(FilterField field);
    [[nodiscard]] FilterChip *chipOf(FilterField field) const;
    /// Places `widgets` in lines; how many lines. Those from `most` lines on are hidden.
    int place(const QList<QWidget *> &widgets, int most, int *shown);

    InboxModel &m_model;
    EndpointName m_name;
    QPushButton *m_add;
    QPushButton *m_more;
    QList<FilterChip *> m_chips;
    QList<QPushButton *> m_buttons;
    bool m_expanded = false;
};

} // namespace countersign
