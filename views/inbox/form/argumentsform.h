// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/argumentsmodel.h"
#include "views/inbox/form/buildqueue.h"
#include "views/inbox/form/formnode.h"

#include <QHash>
#include <QSet>
#include <QVBoxLayout>

namespace countersign {

class KeyButton;
class PlainLabel;

/// A value as a form from its JSON Schema: groups fold, lists grow, shrink and turn, what a form
/// cannot say is edited as JSON. Built as far as it is looked at, a page of a group at a time. What
/// is wrong stands beside its field and, counted, at the top.
class ArgumentsForm final : public QWidget
{
    Q_OBJECT
public:
    explicit ArgumentsForm(QWidget *parent = nullptr);

    /// Starts anew, or goes on with a draft of before.
    void open(const ArgumentDraft &draft, const Json &schema);
    void close(); ///< forgets all

    [[nodiscard]] const ArgumentDraft &draft() const { return m_model.draft(); }
    [[nodiscard]] bool isChanged() const { return draft().isChanged(); }
    /// The first thing that is wrong, with its place; empty where nothing is.
    [[nodiscard]] QString problem() const;
    [[nodiscard]] int problemCount() const { return int(m_model.faults().size()); }
    [[nodiscard]] bool isJudging() const { return m_model.isJudging(); }
    [[nodiscard]] QString inWords() const; ///< what is changed, on a line or two
    void reset(const QString &pointer); ///< and puts the keys there
    void resetAll();
    /// To what it was, where the keys are.
    void resetFocused();
    void focusFirst();
    void focusFault(); ///< the first, or the one after where the keys are
    void focusOn(const QString &pointer); ///< unfolds what is around it

    // What the nodes build on.
    [[nodiscard]] ArgumentsModel &model() { return m_model; }
    [[nodiscard]] BuildQueue &queue() { return m_queue; }
    [[nodiscard]] FormNode *makeNode(const FormPlace &place);
    void rebuild(const QString &pointer); ///< the node there, or the nearest around it
    /// Whether a group of so many begins unfolded; counts what is in sight.
    [[nodiscard]] bool opensAtFirst(const QString &pointer, int depth, qsizetype count);
    void remember(const QString &pointer, bool open) { m_open.insert(pointer, open); }
    [[nodiscard]] bool isAsJson(const QString &pointer) const { return m_asJson.contains(pointer); }
    void setAsJson(const QString &pointer, bool asJson);
    [[nodiscard]] int branchAt(const QString &pointer) const
    {
        return m_branches.value(pointer, -1);
    }
    [[nodiscard]] QWidget *lastStop() const; ///< where Tab leaves it
    void setBranch(const QString &pointer, int branch) { m_branches.insert(pointer, branch); }

Q_SIGNALS:
    void changed(); ///< the value, or what is known to be wrong with it
    void judged(); ///< problem() is about the value as it is

private:
    void followValue(const QString &pointer);
    void followFaults();
    void tryFocus();
    [[nodiscard]] FormNode *nearest(const QString &pointer) const;
    /// Of the node that holds the keys; nothing where they are elsewhere.
    [[nodiscard]] std::optional<QString> focusedPlace() const;

    ArgumentsModel m_model;
    BuildQueue m_queue;
    QHash<QString, QPointer<FormNode>> m_nodes;
    QHash<QString, bool> m_open;
    QHash<QString, int> m_branches;
    QSet<QString> m_asJson;
    bool m_seeking = false;
    qsizetype m_room = 0; ///< rows that may still unfold by themselves
    std::optional<QString> m_focusOn; ///< as soon as it is built
    PlainLabel *m_summary;
    KeyButton *m_jump;
    KeyButton *m_json;
    QWidget *m_content = nullptr;
};

} // namespace countersign
