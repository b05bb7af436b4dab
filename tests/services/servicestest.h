// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/servicesfixture.h"

namespace countersign {

/// Tests over a profile of their own with one connected endpoint, whose trail must be whole after
/// each of them.
class ServicesTest : public QObject
{
    Q_OBJECT

protected:
    std::unique_ptr<ServicesFixture> m;

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<ServicesFixture>();
        m->open();
        m->connectEndpoint();
    }
    void cleanup()
    {
        QVERIFY(m->isSound());
        m.reset();
    }
};

} // namespace countersign
