// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/stage.h"

#include "domain/continued.h"

#include <QAbstractItemView>

namespace countersign {

TourStage::TourStage(Application &application, const QString &directory, const QString &log)
    : m_application(application),
      m_directory(directory),
      m_log(log),
      m_guide(directory)
{
    connect(&application.detail(), &CaseModel::changed, this, [this](bool another) -> void {
        if (another) {
            m_shownFor.restart();
        }
    });
    m_shownFor.start();
}

void TourStage::open()
{
    MainWindow &window = m_application.window();
    window.resize(1280, 800);
    window.move(0, 0);
    window.activateWindow(); // there may be no window manager to do it
    m_guide.setWindow(&window);
    m_list = window.findChild<QAbstractItemView *>(QStringLiteral("cases"));
}

CaseId TourStage::find(const Wanted &wanted) const
{
    const InboxModel &inbox = m_application.inbox();
    for (int row = 0; row < inbox.rowCount(); ++row) {
        const InboxRow &one = inbox.rowAt(row);
        if (one.state == CaseState::Waiting && !m_taken.contains(one.id) && wanted(one)) {
            return one.id;
        }
    }
    return {};
}

bool TourStage::reachList()
{
    if (!m_list->hasFocus()) {
        TourGuide::press(Qt::Key_Escape);
    }
    return m_list->hasFocus();
}

bool TourStage::armed(const CaseId &id) const
{
    return shown() && shown()->id == id && shown()->state == CaseState::Waiting
        && m_shownFor.hasExpired(style::armMs * 3 / 2);
}

bool TourStage::reach(const CaseId &id)
{
    const int row = m_application.inbox().indexOf(id);
    if (row < 0 || !reachList()) {
        return false;
    }
    if (CaseId(m_list->currentIndex().data(InboxModel::IdRole).toString()) != id) {
        TourGuide::press(row > m_list->currentIndex().row() ? Qt::Key_J : Qt::Key_K);
        return false;
    }
    return armed(id);
}

TourStage::Question TourStage::at(const Wanted &wanted)
{
    return [this, wanted]() -> bool {
        const auto row = m_application.inbox().find(m_case);
        if (!row || m_taken.contains(m_case) || !wanted(*row)) {
            m_case = find(wanted);
        }
        return !m_case.isEmpty() && reach(m_case);
    };
}

TourStage::Wanted TourStage::canTake(DecisionKind kind)
{
    return [kind](const InboxRow &row) -> bool {
        return row.of == 1 && row.allowed.testFlag(kind) && row.risk != Risk::High
            && row.action != QLatin1String("change_payout_account");
    };
}

/// Asks anew at each look.
const std::optional<Case> &TourStage::known(const CaseId &id)
{
    const auto read = m_application.profile().store().read<std::optional<Case>>(
        [id](Reader &reader) -> Result<std::optional<Case>> { return reader.caseById(id); });
    continued(read, this, [this, id](const Result<std::optional<Case>> &found) -> void {
        m_known[id] = found.value_or(std::nullopt);
    });
    return m_known[id];
}

const Decision *TourStage::decisionOf(const CaseId &id)
{
    const std::optional<Case> &found = known(id);
    return found && found->decision ? &*found->decision : nullptr;
}

bool TourStage::inState(const CaseId &id, CaseState state)
{
    const std::optional<Case> &found = known(id);
    return found && found->state == state;
}

Json TourStage::effectOn(const CaseId &id, const QString &kind)
{
    const Decision *decision = decisionOf(id);
    if (decision == nullptr) {
        return {};
    }
    m_taken.insert(id);
    m_story = id;
    const Json line = m_log.effectOf(decision->id.toString());
    return line[u"kind"].toString() == kind && decision->state == DecisionState::Delivered ? line
                                                                                           : Json();
}

TourStage::Question TourStage::effect(const QString &kind)
{
    return [this, kind]() -> bool {
        return effectOn(m_case, kind).isObject();
    };
}

} // namespace countersign
