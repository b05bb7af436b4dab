// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/caseservice.h"
#include "services/reviewservice.h"
#include "services/servicesfixture.h"
#include "views/actionregistry.h"
#include "views/inbox/inboxpage.h"
#include "views/messagebar.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QSettings>

namespace countersign {

/// Believable proposals, asked at different times; round after round of the same deck, told apart
/// by their question.
[[nodiscard]] QList<Proposal> believable(int count, qint64 nowMs);

/// Refunds of one kind: the same shape and case type, three currencies, believable amounts and
/// confidences (some unknown). Number 3 is far larger than the rest, number 5 of high risk, number
/// 7 can only be rejected.
[[nodiscard]] QList<Proposal> alike(int count, bool knownConfidence = true);

/// The real page over a real profile with every service and a fake endpoint.
struct InboxFixture
{
    ServicesFixture services;
    std::unique_ptr<QSettings> state;
    ActionRegistry actions;
    MessageBar messages;
    std::unique_ptr<InboxModel> model;
    std::unique_ptr<CaseModel> detail;
    std::unique_ptr<PaceModel> pace;
    std::unique_ptr<PeopleModel> people;
    std::unique_ptr<TimelineModel> timeline;
    std::unique_ptr<CaseService> cases;
    std::unique_ptr<ReviewService> reviews;
    std::unique_ptr<BatchModel> batch;
    std::unique_ptr<InboxPage> page;

    /// `proposals` are taken in before the page opens; without an endpoint where `connected` is not
    /// set.
    void open(const QList<Proposal> &proposals, bool connected = true);
    /// The same in a window, loaded, with the keys on the list.
    void show(const QList<Proposal> &proposals, bool connected = true);
    void makePage(ActionRegistry &registry); ///< over the model and the state that is kept
    void settle(); ///< lets the case be read, and half a second pass
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    /// Types words into the editor that has the keys, and submits them.
    void say(const QString &words);
    [[nodiscard]] QAbstractItemView *list() const;
    [[nodiscard]] QAbstractButton *button(const char *id) const;
    [[nodiscard]] CaseId shown() const { return detail->id(); }
    [[nodiscard]] Case caseOf(const CaseId &id)
    {
        return services.theCase(id.toString().toLatin1().constData());
    }
    [[nodiscard]] CaseState stateOf(const CaseId &id) { return caseOf(id).state; }
    /// Whether a text that contains `words` is in sight.
    [[nodiscard]] bool says(const QString &words) const;
    ~InboxFixture();
};

} // namespace countersign
