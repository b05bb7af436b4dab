// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/timeservice.h"

#include "domain/continued.h"
#include "domain/displaytext.h"
#include "domain/json.h"
#include "domain/translate.h"
#include "services/assigner.h"
#include "services/caseevents.h"
#include "services/decisionrules.h"
#include "services/policydecisions.h"

namespace countersign {

namespace {

constexpr qint64 longestWaitMs = 60'000; ///< the clock may jump
constexpr int mostTurnsPerJob = 50; ///< so that decisions get in between

/// One step of what a gate foresaw.
struct Step
{
    qint64 atMs = 0;
    std::optional<qint64> nextMs;
    QString queue;
};

std::optional<Step> stepOf(const Case &subject)
{
    const GateTerms &terms = subject.terms;
    QList<std::pair<qint64, QString>> path = terms.path;
    if (path.isEmpty() && terms.zeroMs) {
        path.append({*terms.zeroMs, QString()});
    }
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (path.at(i).first > subject.zeroPassedMs) {
            return Step{path.at(i).first,
                        i + 1 < path.size() ? std::optional(path.at(i + 1).first) : std::nullopt,
                        path.at(i).second};
        }
    }
    return std::nullopt;
}

bool takesRejection(const Case &subject, const FindProtocol &findProtocol)
{
    const Protocol *protocol = findProtocol ? findProtocol(subject.endpointKind) : nullptr;
    const AnsweredPart part{.proposal = subject.proposal,
                            .decision = DecisionId(QStringLiteral("d-policy")),
                            .kind = DecisionKind::Reject};
    return protocol != nullptr && subject.purpose == Purpose::Work
        && subject.proposal.allowed.testFlag(DecisionKind::Reject) && protocol->validate(part)
        && (subject.proposal.source.of > 1 || protocol->encode({part}));
}

QString sentenceOf(const QString &what, const Step &step)
{
    return what == u"escalate" ? tr("Nobody decided in time; it was handed to %1.").arg(step.queue)
        : what == u"reject"    ? tr("Nobody decided in time, so policy rejects it.")
        : what == u"remind"    ? tr("Nobody decided in time; this is a reminder.")
                               : tr("Nobody decided in time; it waits on.");
}

Result<bool> take(Transaction &transaction, const CaseId &id, const PolicyDesk &desk,
                  const PolicyStanding &standing)
{
    const auto subject = existingCase(transaction, id);
    if (!subject) {
        return tl::unexpected<Error>(subject.error());
    }
    const auto step = stepOf(*subject);
    if (!step || step->atMs > transaction.nowMs()) {
        return false;
    }
    const bool stopped
        = stopFor(standing.stops, subject->endpoint, shortName(subject->proposal.agent))
              .has_value();
    QString what = subject->terms.atZero;
    if (what == u"reject" && stopped) {
        return false; // looked at again when it may go on
    }
    if (what == u"reject" && !takesRejection(*subject, desk.findProtocol())) {
        what = toWord(AtZero::Wait);
    }
    EventDraft draft
        = caseEvent(event::deadlinePassed, Actor::policy(standing.record.name()), *subject);
    draft.fields = Json::object({{key("at_zero"), Json(what)}, {key("zero_ms"), Json(step->atMs)}});
    if (step->nextMs) {
        draft.fields.set(key("next_ms"), Json(*step->nextMs));
    }
    if (!step->queue.isEmpty()) {
        draft.fields.set(key("queue"), Json(step->queue));
    }
    const QString text = sentenceOf(what, *step);
    draft.payload = textPayload(text);
    if (const auto appended = transaction.append(draft); !appended) {
        return tl::unexpected<Error>(appended.error());
    }
    if (!step->queue.isEmpty()) {
        const auto handed = Assigner(transaction, standing).suggest(id, text);
        if (!handed) {
            return tl::unexpected<Error>(handed.error());
        }
    }
    if (what == u"reject") {
        const auto rejected
            = rejectByPolicy(transaction, id, text, standing.record, desk.findProtocol());
        if (!rejected) {
            return tl::unexpected<Error>(rejected.error());
        }
    }
    return true;
}

Result<int> takeDue(Transaction &transaction, const PolicyDesk &desk)
{
    const auto standing = desk.standing(transaction);
    if (!standing || !standing->clockTrusted) {
        return standing ? Result<int>(0) : tl::unexpected<Error>(standing.error());
    }
    const auto due = transaction.casesAtZero(transaction.nowMs());
    if (!due) {
        return tl::unexpected<Error>(due.error());
    }
    int taken = 0;
    for (const CaseId &id : *due) {
        const auto done = take(transaction, id, desk, *standing);
        if (!done) {
            return tl::unexpected<Error>(done.error());
        }
        taken += *done ? 1 : 0;
        if (taken == mostTurnsPerJob) {
            break;
        }
    }
    return taken;
}

} // namespace

TimeService::TimeService(Store &store, const PolicyDesk &desk, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_store(store),
      m_desk(desk),
      m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this]() -> void {
        (void)continued(runDue(), this, [this](const Result<int> &) -> void { plan(); });
    });
    connect(&store, &Store::changed, this, [this](const Changes &changes) -> void {
        if (!changes.cases.isEmpty() || changes.stops) {
            plan();
        }
    });
}

void TimeService::start()
{
    m_running = true;
    m_timer.start(0);
}

void TimeService::stop()
{
    m_running = false;
    m_timer.stop();
}

QFuture<Result<int>> TimeService::runDue()
{
    const auto job = [desk = &m_desk](Transaction &transaction) -> Result<int> {
        return takeDue(transaction, *desk);
    };
    const auto first = m_store.write<int>(job);
    return continued(first, this,
                     [this](const Result<int> &taken) -> QFuture<Result<int>> {
                         if (!taken || *taken == 0) {
                             return QtFuture::makeReadyFuture(taken);
                         }
                         return continued(
                             runDue(), this, [before = *taken](const Result<int> &more) {
                                 return more.map([before](int count) { return before + count; });
                             });
                     })
        .unwrap();
}

/// Wakes up when something is due next, and looks now and then in case the clock was set.
void TimeService::plan()
{
    if (!m_running || std::exchange(m_planning, true)) {
        return;
    }
    const auto next
        = m_store.read<std::optional<qint64>>([](Reader &reader) { return reader.nextZeroMs(); });
    (void)continued(next, this, [this](const Result<std::optional<qint64>> &at) -> void {
        m_planning = false;
        if (!m_running) {
            return;
        }
        const qint64 now = m_clock.nowMs();
        // What is due already was not taken for a reason: it is looked at again after a while.
        const qint64 sleep
            = at && *at && **at > now ? qMin(**at - now, longestWaitMs) : longestWaitMs;
        m_timer.start(std::chrono::milliseconds(sleep));
    });
}

} // namespace countersign
