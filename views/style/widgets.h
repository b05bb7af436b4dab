// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/style/tokens.h"

#include <QFrame>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

class QAction;
class QVBoxLayout;
class QSettings;

/// The few widgets that pages are made of.
namespace countersign {

/// A label that can only show plain text, wraps, and lets itself be selected. Its font is one of
/// the five.
class PlainLabel : public QLabel
{
    Q_OBJECT
public:
    explicit PlainLabel(style::Type type = style::Type::Body, QWidget *parent = nullptr);
    PlainLabel(const QString &text, style::Type type, QWidget *parent = nullptr);

    /// Text in a semantic colour; follows the theme.
    void setRole(style::Role role);

protected:
    void changeEvent(QEvent *event) override;

private:
    void tint();

    style::Type m_type;
    std::optional<style::Role> m_role;
    bool m_tinting = false;
};

/// Selectable plain text as tall as what it holds, that breaks within long words too: no text of an
/// agent widens or escapes its place. Takes no focus.
class ProseBlock final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit ProseBlock(const QString &text, style::Type type = style::Type::Body,
                        QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override { event->ignore(); } // the pane scrolls
};

/// The ground for what agents wrote: tinted, bordered, and marked in words. Nothing else looks like
/// it.
class AgentGround final : public QFrame
{
    Q_OBJECT
public:
    /// `mark`: our words at its top, "Agent says"; empty for none.
    explicit AgentGround(const QString &mark, QWidget *parent = nullptr);
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_body;
};

/// A part of a page that folds, and remembers it under `key` in `state`. Its count shows when
/// folded, too.
class Section : public QWidget
{
    Q_OBJECT
public:
    Section(const QString &title, const QString &key, QSettings &state, bool open = true,
            QWidget *parent = nullptr);

    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    void setTitle(const QString &title);
    void setCount(int count); ///< negative: none
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] const QString &key() const { return m_key; }
    /// Deletes what is in the body.
    void clear();

Q_SIGNALS:
    void unfolded(); ///< by hand; what is costly is filled in only then

protected:
    void changeEvent(QEvent *event) override;

private:
    void label();

    QString m_title;
    QString m_key;
    QSettings &m_state;
    int m_count = -1;
    bool m_open;
    QPushButton *m_head;
    QWidget *m_content;
    QVBoxLayout *m_body;
};

/// A button that shows the key of its action beside the words. Never a default button.
class KeyButton final : public QPushButton
{
    Q_OBJECT
public:
    explicit KeyButton(QWidget *parent = nullptr);
    KeyButton(const QString &text, const QString &symbol, const QString &key,
              QWidget *parent = nullptr);

    /// A coloured symbol, so that shape, word and colour say the same.
    void setSymbol(const QString &symbol, std::optional<style::Role> role = std::nullopt);
    /// Shows the action's first key from now on, whatever it is changed to.
    void followKey(const QAction *action);
    [[nodiscard]] const QString &key() const { return m_key; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int keyWidth() const;
    QString m_key;
};

/// How much of a hold is left, as a ring with the seconds in it.
class CountdownRing final : public QWidget
{
    Q_OBJECT
public:
    explicit CountdownRing(QWidget *parent = nullptr);
    void setLeft(qint64 leftMs, qint64 ofMs);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    qint64 m_left = 0;
    qint64 m_of = 1;
};

/// A hairline across.
[[nodiscard]] QWidget *makeHairline(QWidget *parent = nullptr);
/// A symbol of the size of text, in the colour of `role`; follows the theme.
[[nodiscard]] QLabel *makeSymbol(const QString &name, style::Role role, QWidget *parent = nullptr);
/// Removes and deletes everything in a layout.
void clearLayout(QLayout *layout);

} // namespace countersign
