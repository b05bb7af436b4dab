// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/pacemodel.h"

#include "domain/continued.h"
#include "items/inboxfilter.h"

namespace countersign {

PaceModel::PaceModel(Store &store, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_store(store),
      m_clock(clock)
{
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (!m_person.isEmpty() && !changes.cases.isEmpty()) {
            load();
        }
    });
}

void PaceModel::setPerson(const PersonId &person)
{
    m_person = person;
    load();
}

/// One read at a time: a batch of a thousand is read a few times, not a thousand times.
void PaceModel::load()
{
    m_again = true;
    if (m_reading) {
        return;
    }
    m_reading = true;
    m_again = false;
    const qint64 today = startOfDay(m_clock.nowMs());
    continued(m_store.read<Pace>([person = m_person, today](Reader &reader) -> Result<Pace> {
        return reader.reviewed(person, today).map(paceOf);
    }),
              this, [this](const Result<Pace> &pace) -> void {
                  m_reading = false;
                  if (pace && *pace != m_pace) { // a figure that cannot be read is no news
                      m_pace = *pace;
                      Q_EMIT changed();
                  }
                  if (m_again) {
                      load();
                  }
              });
}

} // namespace countersign
