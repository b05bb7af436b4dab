// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/countersign/round.h"

#include "domain/clock.h"

namespace countersign::native {

Round::Round(Api &api, QObject *parent) : QObject(parent), m_api(api)
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
    m_api.get(path).then(this, [this](const Result<HttpReply> &reply) -> void { take(reply); });
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
    for (const Proposal &proposal : page->proposals) {
        if (!m_result.seen.open->contains(proposal.source.question)) {
            m_result.seen.proposals.append(proposal);
        }
    }
    m_result.seen.open->unite(page->open);
    m_result.faults += page->faults;
    if (page->next.isEmpty()) {
        end(m_result);
    } else if (m_cursors.contains(page->next)) {
        end(fail(ErrorCode::Protocol,
                 tr("The server's list of cases goes round in circles; nothing was taken in.")));
    } else {
        m_cursors.insert(page->next);
        ask(page->next);
    }
}

void Round::end(const Result<RoundResult> &result)
{
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater();
}

} // namespace countersign::native
