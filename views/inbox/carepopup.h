// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QPointer>

#include <functional>
#include <optional>

class QDateTimeEdit;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QVBoxLayout;

namespace countersign {

class PlainLabel;

/// A small sheet over a page, above what it is about: a few choices by the arrow keys and Enter.
/// Not modal: Esc, or the keys going elsewhere, closes it, and it deletes itself.
class CarePopup final : public QFrame
{
    Q_OBJECT
public:
    struct Choice
    {
        QString text;
        QString detail; ///< at the right: a time, "not enrolled"
        std::function<void()> act;
    };
    /// Typed words as one more choice; nothing where they cannot be one.
    using Other = std::function<std::optional<Choice>(const QString &typed)>;

    /// Stands on `page`, above `anchor`; both outlive it.
    CarePopup(const QString &title, QWidget &anchor, QWidget &page);

    void addChoices(const QList<Choice> &choices);
    /// A field above the choices: they are those that hold what is typed.
    void addTyped(const QString &prompt, const Other &other);
    /// A time of the person's own, local, below the choices; `ms` is where it begins.
    void addTime(const QString &label, qint64 ms, bool withHour,
                 const std::function<void(qint64 ms)> &act);
    void addWords(const QString &label, const QString &submit,
                  const std::function<void(const QString &text)> &act);
    void open(); ///< with the keys on its first part

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void refill();
    void choose(int row);
    void leave(); ///< gives the keys back
    void submitTime();
    void submitWords();
    [[nodiscard]] bool holds(const QWidget *widget) const;

    QWidget &m_anchor;
    QWidget &m_page;
    QPointer<QWidget> m_before; ///< who had the keys
    QVBoxLayout *m_layout;
    QList<Choice> m_choices;
    QList<Choice> m_offered; ///< as listed
    Other m_other;
    QLineEdit *m_typed = nullptr;
    QListWidget *m_list = nullptr;
    QDateTimeEdit *m_time = nullptr;
    bool m_withHour = false;
    std::function<void(qint64)> m_takeTime;
    QPlainTextEdit *m_text = nullptr;
    std::function<void(const QString &)> m_takeWords;
};

} // namespace countersign
