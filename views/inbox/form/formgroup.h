// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/inbox/form/formnode.h"

class QLineEdit;

namespace countersign {

/// A place with places under it: an object, or a list that grows, shrinks and turns. Shows a page
/// of them; folded, none is built.
class FormGroup final : public FormNode
{
    Q_OBJECT
public:
    FormGroup(ArgumentsForm &form, const FormPlace &place, const FormShape &shape);
    void followValue() override;
    void followFaults() override;
    void focusIn() override;
    void reveal(const QString &child) override;

private:
    [[nodiscard]] bool isList() const { return m_shape.kind == FormShape::Kind::List; }
    [[nodiscard]] QStringList childNames() const;
    [[nodiscard]] FormPlace childPlace(const QString &name) const;
    void buildHead(QVBoxLayout *column);
    void setOpen(bool open);
    void label();
    void fill(); ///< the page that begins at m_first
    bool fillNext();
    void addFoot();
    void addItem();
    void askMember(QBoxLayout *foot);
    void turnPage(int by);

    QStringList m_names;
    bool m_open = false;
    bool m_conditional;
    qsizetype m_first = 0;
    qsizetype m_next = 0;
    KeyButton *m_fold = nullptr;
    PlainLabel *m_inside = nullptr; ///< faults while folded
    QWidget *m_body;
    QVBoxLayout *m_rows;
    QVBoxLayout *m_foot;
};

} // namespace countersign
