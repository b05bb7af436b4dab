// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>

class QWidget;

namespace countersign {

/// One thing to do and how it is known that it happened.
struct TourStep
{
    QString name; ///< also the picture's, "approve"; no picture where it begins with a point
    std::function<bool()> ready; ///< asked again until it is true; then act() runs once
    std::function<void()> act;
    std::function<bool()> until; ///< asked again until it is true
    QString missing; ///< the sentence where it was not there in time
    int deadlineMs = 90'000; ///< for ready and until together
};

/// Walks through steps one after the other, taking a picture of the window after each. Waits for
/// conditions, never for time.
class TourGuide final : public QObject
{
    Q_OBJECT
public:
    TourGuide(const QString &directory, QObject *parent = nullptr);

    void setWindow(QWidget *window) { m_window = window; }
    void add(TourStep step) { m_steps.append(std::move(step)); }
    void start();

    /// Real key events for whatever has the focus; shortcuts included.
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// The same from the event loop: for a key that opens a menu, which runs one of its own.
    static void pressLater(Qt::Key key);
    static void type(const QString &text);
    /// One press of Down nearer to that entry of the open menu; true when it is the current one.
    [[nodiscard]] static bool stepTo(const QString &entry);
    /// Tab until `wanted` has the focus; false where a whole round did not find it.
    [[nodiscard]] static bool tabTo(const std::function<bool(const QWidget *)> &wanted);
    /// To what a screen reader calls so, or to the button that says it.
    [[nodiscard]] static bool tabTo(const QString &name);

Q_SIGNALS:
    void finished();
    void failed(const QString &sentence);

private:
    void look();
    void takePicture(const QString &name);

    QString m_directory;
    QWidget *m_window = nullptr;
    QList<TourStep> m_steps;
    qsizetype m_at = 0;
    int m_pictures = 0;
    bool m_acted = false;
    bool m_settled = false; ///< what the step waits for was there at the last look, too
    QElapsedTimer m_since;
    QTimer m_poll;
};

} // namespace countersign
