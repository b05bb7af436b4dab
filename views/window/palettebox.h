// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/window/palettesource.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListView;

namespace countersign {

class PaletteModel;

/// The palette while it is open: a line to type in and what fits it. The arrows move in the list,
/// Enter chooses, Esc closes. Goes by itself. Open it with open().
class PaletteBox final : public QDialog
{
    Q_OBJECT
public:
    PaletteBox(const QList<PaletteEntry> &entries, const QStringList &recent,
               const QList<PaletteSearch> &searches, QWidget *parent);

Q_SIGNALS:
    void chosen(const countersign::PaletteEntry &entry);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void ask();
    void take(int search, const QList<PaletteEntry> &found);
    void select(int row);
    void choose();
    void showState();

    QList<PaletteSearch> m_searches;
    QStringList m_recent;
    PaletteModel *m_model;
    QLineEdit *m_typed;
    QListView *m_list;
    QLabel *m_nothing;
    int m_question = 0; ///< the newest; answers to older ones are dropped
    int m_waiting = 0; ///< answers that are not there yet
    bool m_moved = false; ///< by the person, since something was typed
};

} // namespace countersign
