// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ports.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace countersign {

/// What the whole of the endpoints amounts to, for the rail and the tray.
struct EndpointsSummary
{
    enum class Worst
    {
        None, ///< no endpoint is configured
        Ok,
        Connecting,
        Failing
    };
    Worst worst = Worst::None;
    QString word; ///< "2 failing"
    QString symbol; ///< file name in resources/icons
};
[[nodiscard]] EndpointsSummary summaryOf(const QList<EndpointView> &endpoints);

/// Every endpoint with its state and sentence; live. Open it with open().
class EndpointsPanel final : public QDialog
{
    Q_OBJECT
public:
    EndpointsPanel(EndpointPort &endpoints, const PersonId &person, QWidget *parent = nullptr);

    void showEndpoint(const EndpointId &id); ///< puts the focus on it
    [[nodiscard]] static QString wordOf(const QString &state); ///< "Answers"

Q_SIGNALS:
    void connectRequested();

private:
    void rebuild();
    [[nodiscard]] QWidget *rowFor(const EndpointView &view);
    void test(const EndpointId &id);
    void remove(const EndpointId &id);
    void say(const QString &sentence);

    EndpointPort &m_endpoints;
    PersonId m_person;
    QVBoxLayout *m_rows;
    QWidget *m_list = nullptr;
    QLabel *m_said;
    QPushButton *m_close;
    EndpointId m_removing; ///< asked once; the second click removes it
};

} // namespace countersign
