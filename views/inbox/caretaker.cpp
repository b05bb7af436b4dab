// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/caretaker.h"

#include "domain/caretimes.h"
#include "domain/continued.h"
#include "views/actionregistry.h"
#include "views/foreigntext.h"
#include "views/inbox/carepopup.h"
#include "views/inbox/inboxlist.h"
#include "views/messagebar.h"
#include "views/words.h"

namespace countersign {

namespace {

constexpr qsizetype longestName = 60;
constexpr int days[] = {3, 14, 30};

QString careNoticeId()
{
    return QStringLiteral("inbox.care");
}

} // namespace

Caretaker::Caretaker(const InboxContext &context, InboxList &list, QWidget &anchor, QWidget &page)
    : QObject(&page),
      m_context(context),
      m_list(list),
      m_anchor(anchor),
      m_page(page)
{
    const auto on = [this](const char *verb, void (Caretaker::*act)()) -> void {
        connect(m_context.actions.action(QStringLiteral("inbox.") + QLatin1String(verb)),
                &QAction::triggered, this, act);
    };
    on("setaside", &Caretaker::setAside);
    on("assign", &Caretaker::assign);
    on("assignme", &Caretaker::assignToMe);
    on("comment", &Caretaker::comment);
    on("followup", &Caretaker::followUp);
}

QList<CaseId> Caretaker::targets() const
{
    const QList<CaseId> marked = m_list.marked();
    if (marked.size() > 1) {
        return marked;
    }
    const auto &shown = m_context.detail.current();
    return shown ? QList<CaseId>{shown->id} : QList<CaseId>();
}

CarePopup *Caretaker::sheet(const QString &one, const QString &many, const QList<CaseId> &ids)
{
    return new CarePopup(ids.size() == 1 ? one : many.arg(words::count(ids.size())), m_anchor,
                         m_page);
}

void Caretaker::finish(QFuture<Result<void>> done, const QString &said,
                       const std::function<void()> &then)
{
    continued(done, this, [this, said, then](const Result<void> &result) -> void {
        if (!result) {
            m_context.messages.show(careNoticeId(), result.error());
            return;
        }
        m_context.messages.show({.id = careNoticeId(), .level = Notice::Level::News, .text = said});
        if (then) {
            then();
        }
    });
}

void Caretaker::setAside()
{
    const QList<CaseId> ids = targets();
    if (ids.isEmpty()) {
        return;
    }
    const qint64 now = m_context.clock.nowMs();
    const auto &shown = m_context.detail.current();
    if (ids.size() == 1 && shown && shown->setAsideUntilMs.value_or(0) > now) {
        setAside(ids, {}, tr("Back in hand."));
        return;
    }
    const auto at = [this, ids](const QString &text, qint64 ms) -> CarePopup::Choice {
        return {text, words::moment(ms), [this, ids, ms]() -> void {
                    setAside(ids, {.untilMs = ms},
                             tr("Set aside until %1.").arg(words::moment(ms)));
                }};
    };
    QList<CarePopup::Choice> choices;
    if (const auto later = laterToday(now)) {
        choices.append(at(tr("Later today"), *later));
    }
    choices.append(at(tr("Tomorrow morning"), tomorrowMorning(now)));
    choices.append(at(tr("Next week"), nextWeek(now)));
    choices.append({tr("Until something changes"), tr("proposal, comment, another part"),
                    [this, ids]() -> void {
                        setAside(ids, {.untilChange = true},
                                 tr("Set aside until something changes."));
                    }});
    CarePopup *popup = sheet(tr("Set aside"), tr("Set %1 cases aside"), ids);
    popup->addChoices(choices);
    popup->addTime(tr("Until"), tomorrowMorning(now), true, [this, ids](qint64 ms) -> void {
        setAside(ids, {.untilMs = ms}, tr("Set aside until %1.").arg(words::moment(ms)));
    });
    popup->open();
}

void Caretaker::setAside(const QList<CaseId> &ids, const Aside &aside, const QString &said)
{
    const bool parks = aside != Aside{};
    finish(m_context.cases.setAside(ids, aside, m_context.person), said,
           [this, ids, parks]() -> void {
               if (ids.size() > 1) {
                   m_list.setMarks({});
               }
               if (parks) {
                   m_list.selectNextWaiting(ids.last());
               }
           });
}

void Caretaker::assign()
{
    const QList<CaseId> ids = targets();
    if (ids.isEmpty()) {
        return;
    }
    const PeopleModel &people = m_context.people;
    QList<CarePopup::Choice> choices{
        {tr("Me"), foreignName(people.nameOf(m_context.person), longestName),
         [this, ids]() -> void {
             assign(ids, m_context.person.toString(), tr("Assigned to you."));
         }}};
    for (int row = 0; row < people.rowCount(); ++row) {
        const QString id = people.index(row).data(PeopleModel::IdRole).toString();
        const QString name = foreignName(people.index(row).data().toString(), longestName);
        if (id != m_context.person.toString()) {
            choices.append({name, {}, [this, ids, id, name]() -> void {
                                assign(ids, id, tr("Assigned to %1.").arg(name));
                            }});
        }
    }
    choices.append({tr("Nobody"), {}, [this, ids]() -> void {
                        assign(ids, {}, tr("Assigned to nobody."));
                    }});
    CarePopup *popup = sheet(tr("Assign to"), tr("Assign %1 cases to"), ids);
    popup->addChoices(choices);
    popup->addTyped(
        tr("Name"), [this, ids](const QString &name) -> std::optional<CarePopup::Choice> {
            const QString shown = foreignName(name, longestName);
            return CarePopup::Choice{shown, tr("not enrolled"), [this, ids, name, shown]() -> void {
                                         assign(ids, name, tr("Assigned to %1.").arg(shown));
                                     }};
        });
    popup->open();
}

void Caretaker::assign(const QList<CaseId> &ids, const QString &whom, const QString &said)
{
    finish(m_context.cases.assign(ids, whom, m_context.person), said);
}

void Caretaker::assignToMe()
{
    if (const QList<CaseId> ids = targets(); !ids.isEmpty()) {
        assign(ids, m_context.person.toString(), tr("Assigned to you."));
    }
}

void Caretaker::comment()
{
    const QList<CaseId> ids = targets();
    if (ids.isEmpty()) {
        return;
    }
    CarePopup *popup = sheet(tr("Comment"), tr("Comment on %1 cases"), ids);
    popup->addWords(tr("For colleagues and the trail; no agent gets to see it."), tr("Comment"),
                    [this, ids](const QString &text) -> void {
                        finish(m_context.cases.comment(ids, text, m_context.person),
                               tr("The comment is recorded."));
                    });
    popup->open();
}

void Caretaker::followUp()
{
    const QList<CaseId> ids = targets();
    if (ids.isEmpty()) {
        return;
    }
    const qint64 now = m_context.clock.nowMs();
    const auto on = [this, ids](const QString &text, qint64 ms) -> CarePopup::Choice {
        return {text, words::day(ms), [this, ids, ms]() -> void {
                    followUp(ids, ms);
                }};
    };
    QList<CarePopup::Choice> choices;
    const auto &shown = m_context.detail.current();
    if (ids.size() > 1 || (shown && shown->followUpMs)) {
        choices.append({tr("No follow-up any more"), {}, [this, ids]() -> void {
                            followUp(ids, std::nullopt);
                        }});
    }
    choices.append(on(tr("Tomorrow"), tomorrowMorning(now)));
    for (const int later : days) {
        choices.append(on(tr("In %1 days").arg(later), morningOf(localDay(now).addDays(later))));
    }
    CarePopup *popup = sheet(tr("Follow up on"), tr("Follow %1 cases up on"), ids);
    popup->addChoices(choices);
    popup->addTime(tr("On"), nextWeek(now), false,
                   [this, ids](qint64 ms) -> void { followUp(ids, ms); });
    popup->open();
}

void Caretaker::followUp(const QList<CaseId> &ids, std::optional<qint64> whenMs)
{
    finish(m_context.cases.setFollowUp(ids, whenMs, m_context.person),
           whenMs ? tr("To be followed up on %1.").arg(words::day(*whenMs))
                  : tr("No follow-up any more."));
}

} // namespace countersign
