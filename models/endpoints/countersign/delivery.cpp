// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/countersign/delivery.h"

#include "domain/clock.h"
#include "domain/continued.h"

namespace countersign::native {

namespace {

QStringList digestsOf(const QList<Proposal> &proposals)
{
    QStringList digests;
    for (const Proposal &proposal : proposals) {
        digests.append(proposal.digest());
    }
    return digests;
}

} // namespace

Delivery::Delivery(Api &api, const Dispatch &dispatch, QObject *parent)
    : QObject(parent),
      m_api(api),
      m_dispatch(dispatch)
{
    m_report.id = dispatch.id;
}

QByteArray Delivery::casePath() const
{
    return "/v1/cases/" + QUrl::toPercentEncoding(part().proposal.source.question);
}

QFuture<DeliveryReport> Delivery::run()
{
    m_promise.start();
    const QFuture<DeliveryReport> future = m_promise.future();
    if (m_dispatch.repair || m_dispatch.parts.isEmpty()) {
        end(Outcome::Failed, tr("This endpoint has nothing to repair."));
    } else if (m_dispatch.maybeSent) {
        lookUp(&Delivery::readCaseAgain);
    } else {
        readCaseAgain();
    }
    return future;
}

void Delivery::lookUp(void (Delivery::*otherwise)())
{
    const QByteArray path = "/v1/decisions/" + QUrl::toPercentEncoding(part().decision.toString());
    continued(m_api.get(path), this, [this, otherwise](const Result<HttpReply> &reply) -> void {
        if (reply && reply->status == 404) {
            (this->*otherwise)();
            return;
        }
        const auto json = Api::read(reply);
        if (!json) {
            end(Outcome::Unknown,
                tr("Whether the decision was taken is not known yet: %1").arg(json.error().text),
                json.error().detail);
            return;
        }
        deliver(*json);
    });
}

void Delivery::deliver(const Json &receipt)
{
    const auto read = readReceipts(receipt);
    if (!read) {
        end(Outcome::Unknown, read.error().text);
        return;
    }
    m_report.receipt = receipt;
    bool same = read->size() == m_dispatch.parts.size();
    for (qsizetype i = 0; same && i < read->size(); ++i) {
        const Receipt &one = read->at(i);
        const AnsweredPart &sent = m_dispatch.parts.at(i);
        same = one.decision == sent.decision && one.digest == m_dispatch.digests.value(i)
            && one.kind == toWord(sent.kind);
        if (one.effect) {
            m_report.seen.effects.append(*one.effect);
        }
    }
    if (!same) {
        m_report.seen.effects.clear();
        end(Outcome::Failed,
            tr("The server keeps another decision under this one's id. Somebody must look at what "
               "it did."),
            QString::fromUtf8(toJson(receipt)));
        return;
    }
    end(Outcome::Delivered, {});
}

void Delivery::readCaseAgain()
{
    m_report.seen.begunMs = m_api.context().clock->nowMs();
    continued(m_api.get(casePath()), this,
              [this](const Result<HttpReply> &reply) -> void { judge(reply); });
}

void Delivery::judge(const Result<HttpReply> &reply)
{
    if (reply && reply->status == 404) {
        end(Outcome::Superseded, tr("The agent no longer knows this case."));
        return;
    }
    const auto json = Api::read(reply);
    const auto read = json ? readCase(*json, m_api.context().endpoint)
                           : Result<WireCase>(tl::unexpected<Error>(json.error()));
    if (!read) { // nothing was sent
        end(Outcome::Retry, tr("Nothing was sent. %1").arg(read.error().text), read.error().detail);
    } else if (read->winner && read->winner->decision == part().decision) {
        lookUp(&Delivery::vanished);
    } else if (read->state == u"decided") {
        end(Outcome::Superseded,
            read->winner ? read->winner->sentence() : tr("Somebody else decided first."));
    } else if (read->state != u"waiting") {
        end(Outcome::Superseded,
            read->state == u"expired" ? tr("Its time ran out at the agent; nothing was sent.")
                                      : tr("The agent withdrew it; nothing was sent."));
    } else if (digestsOf(read->proposals) != m_dispatch.digests) {
        changed(read->proposals);
    } else {
        send();
    }
}

void Delivery::send()
{
    QList<Header> headers{{"Idempotency-Key", part().decision.toString().toUtf8()},
                          {"Countersign-Reviewer", m_dispatch.reviewer.toUtf8().toBase64()}};
    if (!m_dispatch.checkpoint.isEmpty()) {
        headers.append({"Countersign-Checkpoint", m_dispatch.checkpoint.toBase64()});
    }
    continued(m_api.post(casePath() + "/decision", m_dispatch.answer, headers), this,
              [this](const Result<HttpReply> &reply) -> void { takeAnswer(reply); });
}

void Delivery::takeAnswer(const Result<HttpReply> &reply)
{
    if (!reply
        && (reply.error().code == ErrorCode::Unreachable
            || reply.error().code == ErrorCode::InvalidInput)) {
        end(Outcome::Retry, reply.error().text, reply.error().detail);
    } else if (!reply && reply.error().code == ErrorCode::OutcomeUnknown) {
        m_problem = reply.error();
        lookUp(&Delivery::unsure);
    } else if (!reply) {
        m_problem = reply.error();
        lookUp(&Delivery::lost);
    } else if (reply->status == 200) {
        const auto json = Api::read(reply);
        if (json && readReceipts(*json)) {
            lookUp(&Delivery::vanished);
        } else {
            m_problem = json ? readReceipts(*json).error() : json.error();
            lookUp(&Delivery::lost);
        }
    } else if (reply->status == 409) {
        takeConflict(*reply);
    } else {
        refused(Api::refusal(*reply), *reply);
    }
}

void Delivery::takeConflict(const HttpReply &reply)
{
    const Refusal refusal = readRefusal(reply.body);
    if (refusal.winner && refusal.winner->decision == part().decision) {
        lookUp(&Delivery::vanished);
        return;
    }
    if (refusal.code == u"changed") {
        if (const auto now = readCase(refusal.changed, m_api.context().endpoint)) {
            changed(now->proposals);
        } else {
            end(Outcome::Retry, tr("The proposal changed; nothing was done. Reading it again."));
        }
        return;
    }
    if (refusal.code == u"decided") {
        end(Outcome::Superseded,
            refusal.winner ? refusal.winner->sentence() : tr("Somebody else decided first."));
        return;
    }
    end(Outcome::Failed,
        tr("The server holds that this decision's id was used for something else."),
        refusal.message);
}

void Delivery::refused(const Error &error, const HttpReply &reply)
{
    m_report.retryAfterMs = reply.retryAfterMs(m_api.context().clock->nowMs());
    if (reply.status == 410) {
        end(Outcome::Superseded,
            readRefusal(reply.body).code == u"withdrawn"
                ? tr("The agent withdrew it before the answer came.")
                : tr("Its time ran out before the answer came."));
    } else if (reply.status == 404) {
        end(Outcome::Superseded, tr("The agent no longer knows this case."));
    } else if (reply.status >= 500) {
        m_problem = error;
        lookUp(&Delivery::lost);
    } else {
        end(error.retryable ? Outcome::Retry : Outcome::Failed, error.text, error.detail);
    }
}

void Delivery::lost()
{
    end(Outcome::Retry, tr("The decision was not taken. %1").arg(m_problem.text), m_problem.detail);
}

void Delivery::unsure()
{
    // The server may be at it still: that it does not know the decision now is not its last word.
    end(Outcome::Unknown, m_problem.text, m_problem.detail);
}

void Delivery::vanished()
{
    end(Outcome::Unknown,
        tr("The server said that it took the decision, but does not know it. Asking again."));
}

void Delivery::changed(const QList<Proposal> &now)
{
    m_report.seen.proposals = now;
    end(Outcome::Changed, tr("The proposal changed after it was decided; nothing was done."));
}

void Delivery::end(Outcome outcome, const QString &text, const QString &detail)
{
    m_report.outcome = outcome;
    m_report.text = text;
    m_report.detail = detail;
    m_promise.addResult(m_report);
    m_promise.finish();
    deleteLater();
}

} // namespace countersign::native
