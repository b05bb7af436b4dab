// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/schema/formshape.h"

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QMenu;
class QVBoxLayout;

namespace countersign {

class ArgumentsForm;
class KeyButton;
class PlainLabel;

/// Where a node of a form stands.
struct FormPlace
{
    QString pointer;
    QString name; ///< of the member, or the number of the item; foreign text
    Json schema; ///< as its parent gives it
    bool needed = false;
    bool inList = false;
    int depth = 0;
};

/// One place in a form: its name, what can be done with it, what is wrong with it. Under it, by
/// kind, one editor or more places.
class FormNode : public QWidget
{
    Q_OBJECT
public:
    FormNode(ArgumentsForm &form, const FormPlace &place, const FormShape &shape);

    [[nodiscard]] const FormPlace &place() const { return m_place; }
    virtual void followValue(); ///< the value changed here, below or above
    virtual void followFaults() = 0; ///< what is wrong may be another
    virtual void focusIn() = 0;
    /// Brings the child of that name into being and into sight; nothing where it has none.
    virtual void reveal(const QString & /*child*/) { }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    /// Reset, more: at the right end of the head.
    void addTools(QBoxLayout *head);
    [[nodiscard]] QWidget *branchChooser();
    [[nodiscard]] std::optional<Json> value() const;
    [[nodiscard]] QString title() const; ///< our words around a foreign name
    void addDescription(QVBoxLayout *layout);
    void showRemark(const QString &text, bool quiet);

    ArgumentsForm &m_form;
    const FormPlace m_place;
    const FormShape m_shape;
    QVBoxLayout *m_remarks; ///< where remarks go; the subclass places it

private:
    void fillMenu(QMenu &menu);
    void openMenu();
    void replaceBranch(int branch);
    void moveItem(int by);
    void takeOut();

    KeyButton *m_reset = nullptr;
    QBoxLayout *m_head = nullptr;
    KeyButton *m_more = nullptr;
    PlainLabel *m_remark = nullptr;
};

} // namespace countersign
