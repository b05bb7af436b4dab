// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/pace.h"
#include "store/store.h"

namespace countersign {

/// A person's own day of reviewing, kept up to date. GUI thread; reads on the store's reader
/// thread.
class PaceModel final : public QObject
{
    Q_OBJECT
public:
    PaceModel(Store &store, const Clock &clock, QObject *parent = nullptr);

    void setPerson(const PersonId &person); ///< reads
    [[nodiscard]] const Pace &pace() const { return m_pace; }

Q_SIGNALS:
    void changed();

private:
    void load();

    Store &m_store;
    const Clock &m_clock;
    PersonId m_person;
    Pace m_pace;
    bool m_reading = false;
    bool m_again = false;
};

} // namespace countersign
