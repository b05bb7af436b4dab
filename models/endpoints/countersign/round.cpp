// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/countersign/round.h"

#include "domain/clock.h"
#include "domain/continued.h"

namespace countersign::native {

namespace {

constexpr qsizetype mostEvents = 64 * 1024 * 1024; // bytes; a server keeps what it keeps

}

Round::Round(Api &api, bool withEvents, QObject *parent)
    : QObject(parent),
      m_api(api),
      m_withEvents(withEvents)
{
    m_result.seen.open.emplace();
    m_result.seen.begunMs = api.context().clock->nowMs();
}

QFuture<Result<RoundResult>> Round::run()
{
    m_promise.start();
    ask({});
    return m_promise.future();
}

void Round::ask(const QString &after)
{
    QByteArray path = "/v1/cases?state=waiting&limit=100";
    if (!after.isEmpty()) {
        path += "&after=" + QUrl::toPercentEncoding(after);
    }
    continued(m_api.get(path), this,
              [this](const Result<HttpReply> &reply) -> void { take(reply); });
}

void Round::take(const Result<HttpReply> &reply)
{
    const auto json = Api::read(reply);
    const auto page = json ? readPage(*json, m_api.context().endpoint)
                           : Result<Page>(tl::unexpected<Error>(json.error()));
    if (!page) {
        end(tl::unexpected<Error>(page.error()));
        return;
    }
    if (m_cursors.isEmpty() && !page->eventsAfter.isEmpty()) {
        m_result.seen.readUpTo = page->eventsAfter;
    }
    for (const Proposal &proposal : page->proposals) {
        if (!m_result.seen.open->contains(proposal.source.question)) {
            m_result.seen.proposals.append(proposal);
        }
    }
    m_result.seen.open->unite(page->open);
    m_result.faults += page->faults;
    if (page->next.isEmpty() && m_withEvents && m_result.seen.readUpTo
        && !m_api.context().resumeAt.isEmpty()) {
        askEvents();
    } else if (page->next.isEmpty()) {
        end(m_result);
    } else if (m_cursors.contains(page->next)) {
        end(fail(ErrorCode::Protocol,
                 tr("The server's list of cases goes round in circles; nothing was taken in.")));
    } else {
        m_cursors.insert(page->next);
        ask(page->next);
    }
}

void Round::askEvents()
{
    continued(m_api.events(m_api.context().resumeAt, mostEvents), this,
              [this](const Result<HttpReply> &reply) -> void { takeEvents(reply); });
}

/// What waits is known from the pages; of the events it counts what came of decisions, what agents
/// ran by themselves, and what was closed since. Where they cannot be had the bookmark stays where
/// it is.
void Round::takeEvents(const Result<HttpReply> &reply)
{
    EventStreamParser parser;
    Observation &seen = m_result.seen;
    seen.readUpTo.reset();
    const auto events
        = reply && reply->status == 200 ? parser.feed(reply->body) : Result<QList<ServerEvent>>();
    for (const ServerEvent &event : events.value_or(QList<ServerEvent>())) {
        const auto news = readEvent(event, m_api.context().endpoint);
        if (!news) {
            m_result.faults.append(news.error().text);
            continue;
        }
        seen.effects += news->seen.effects;
        seen.performed += news->seen.performed;
        for (const Gone &gone : news->seen.gone) {
            seen.gone.append(gone);
            seen.open->remove(gone.question);
            seen.proposals.removeIf([&](const Proposal &proposal) -> bool {
                return proposal.source.question == gone.question;
            });
        }
        seen.readUpTo = event.id;
    }
    end(m_result);
}

void Round::end(const Result<RoundResult> &result)
{
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater();
}

} // namespace countersign::native
