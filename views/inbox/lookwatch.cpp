// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/lookwatch.h"

#include "domain/pace.h"
#include "views/inbox/caseview.h"

#include <QEvent>
#include <QGuiApplication>
#include <QWindow>

namespace countersign {

LookWatch::LookWatch(CaseModel &model, CaseView &view, const Clock &clock)
    : QObject(&view),
      m_model(model),
      m_view(view),
      m_meter(clock)
{
    connect(&model, &CaseModel::changed, this, &LookWatch::follow);
    connect(&view, &CaseView::sectionOpened, this,
            [this](const QString &section) -> void { m_meter.open(section); });
    connect(qGuiApp, &QGuiApplication::focusWindowChanged, this, &LookWatch::judge);
    view.installEventFilter(this);
    follow();
    judge();
}

void LookWatch::follow()
{
    const auto &shown = m_model.current();
    m_meter.show(shown ? shown->id : CaseId(), shown ? readableSize(shown->proposal) : 0);
}

void LookWatch::judge()
{
    m_meter.setActive(m_view.isVisible() && m_view.isActiveWindow());
}

bool LookWatch::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::WindowActivate:
    case QEvent::WindowDeactivate:
        judge();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

Look LookWatch::look(const QString &answer) const
{
    Look look = m_meter.look(answer);
    look.blind = m_model.isVeiled();
    return look;
}

void LookWatch::answered(const QString &answer)
{
    m_meter.answered(answer);
}

} // namespace countersign
