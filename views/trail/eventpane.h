// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/trailmodel.h"

#include <QScrollArea>

#include <optional>

class QLabel;
class QPushButton;

namespace countersign {

class AgentGround;
class CodeBlock;

/// One event in full: words, exact record, payload, proof. Everything in it is plain text.
class EventPane final : public QScrollArea
{
    Q_OBJECT
public:
    explicit EventPane(QWidget *parent = nullptr);

    void show(const EventDetail &detail);
    void showNothing(const QString &words);

Q_SIGNALS:
    void storyRequested(const countersign::CaseId &id);
    void copied(const QString &what);

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QLabel *addText();
    CodeBlock *addSection(const QString &title, const QString &copyText, QPushButton **copy);
    void copyBytes(const QString &text, const QString &what);
    void applyFonts();
    void setFilled(bool filled);

    std::optional<EventDetail> m_detail;
    QWidget *m_body;
    QLabel *m_nothing;
    QLabel *m_sentence;
    QLabel *m_when;
    AgentGround *m_ground;
    QLabel *m_remark;
    QPushButton *m_story;
    QList<QLabel *> m_titles;
    QList<QWidget *> m_filled; ///< what is seen only with an event
    CodeBlock *m_record = nullptr;
    CodeBlock *m_payload;
    CodeBlock *m_proof;
    QPushButton *m_copyPayload;
};

} // namespace countersign
