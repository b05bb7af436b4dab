// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "services/ports.h"
#include "views/style/tokens.h"

#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace countersign {

/// The line above the trail: how many events there are, and what the last verification said. A bad
/// result stays, in red, until another verification contradicts it.
class VerificationStrip final : public QWidget
{
    Q_OBJECT
public:
    VerificationStrip(TrailPort &trail, const Clock &clock, QWidget *parent = nullptr);

    void setTotal(qint64 events, qint64 unseen);
    /// Verifies the whole trail; does nothing while that is under way. Checkpoints: signed notes.
    void verify(const QList<QByteArray> &checkpoints);
    void addButton(QToolButton *button);

Q_SIGNALS:
    void refreshRequested();
    void runningChanged(bool running);
    void verified(const countersign::VerifyReport &report);
    void failed(const countersign::Error &error);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void finish();
    void describe();
    [[nodiscard]] QString words() const;
    [[nodiscard]] QString age() const;
    [[nodiscard]] std::optional<style::Role> role() const; ///< of the result that is shown

    TrailPort &m_trail;
    const Clock &m_clock;
    QFutureWatcher<Result<VerifyReport>> m_running;
    std::optional<VerifyReport> m_report;
    qint64 m_reportedMs = 0;
    qint64 m_total = 0;
    QTimer m_aging;
    QLabel *m_symbol;
    QLabel *m_count;
    QLabel *m_words;
    QProgressBar *m_progress;
    QPushButton *m_stop;
    QPushButton *m_unseen;
};

} // namespace countersign
