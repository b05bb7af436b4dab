// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/filterfields.h"

#include <QFrame>

class QLineEdit;
class QListWidget;
class QVBoxLayout;

namespace countersign {

/// A small window over the page that goes when one clicks elsewhere or presses Esc. Deletes itself.
class Popup : public QFrame
{
    Q_OBJECT
public:
    Popup(const QString &title, QWidget *parent);
    void openAt(QWidget *anchor); ///< under it, within the screen

Q_SIGNALS:
    void closed();

protected:
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    void keyPressEvent(QKeyEvent *event) override; ///< Enter: done
    void paintEvent(QPaintEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    QVBoxLayout *m_body;
};

/// Changes what one field of the model's filter asks for; every change shows at once.
class FilterPopup final : public Popup
{
    Q_OBJECT
public:
    FilterPopup(FilterField field, InboxModel &model, const EndpointName &name, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildValues(const EndpointName &name);
    void buildConfidence();
    void buildAmount();
    void buildDue();
    void buildAge();
    void narrow(const QString &typed);
    void applyValues();
    void apply(const std::function<void(InboxFilter &)> &change);

    FilterField m_field;
    InboxModel &m_model;
    QLineEdit *m_typed = nullptr;
    QListWidget *m_list = nullptr;
};

} // namespace countersign
