// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/habitwords.h"

#include "domain/jsonchanges.h"
#include "domain/translate.h"
#include "views/foreigntext.h"


namespace countersign::words {

QString of(const EditHabit &habit)
{
    using Kind = EditHabit::Kind;
    const QString place
        = habit.pointer.isEmpty() ? tr("The whole value") : foreignName(habit.pointer);
    const QString value = foreignLine(jsonText(habit.value), 60);
    QString done;
    QString rule;
    switch (habit.kind) {
    case Kind::SetTo:
        done = tr("You changed %1 to %2").arg(place, value);
        rule = tr("A rule could do this: set %1 to %2.").arg(place, value);
        break;
    case Kind::CappedAt:
        done = tr("You lowered %1 to %2").arg(place, value);
        rule = tr("A rule could do this: where %1 is more than %2, make it %2.").arg(place, value);
        break;
    case Kind::RaisedTo:
        done = tr("You raised %1 to %2").arg(place, value);
        rule = tr("A rule could do this: where %1 is less than %2, make it %2.").arg(place, value);
        break;
    case Kind::Lowered:
        done = tr("You lowered %1").arg(place);
        rule = tr("A rule could do this: send such cases back, asking for less.");
        break;
    case Kind::Raised:
        done = tr("You raised %1").arg(place);
        rule = tr("A rule could do this: send such cases back, asking for more.");
        break;
    case Kind::LeftOut:
        done = tr("You left out %1").arg(place);
        rule = tr("A rule could do this: leave out %1.").arg(place);
        break;
    }
    return tr("%1 in %2 of the last %3 cases like this. %4")
        .arg(done)
        .arg(habit.times)
        .arg(habit.of)
        .arg(rule);
}

} // namespace countersign::words
