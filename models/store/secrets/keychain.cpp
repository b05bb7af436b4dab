// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secrets/keychain.h"

#include "domain/translate.h"
#include "store/secrets/secretservice.h"

#include <qt6keychain/keychain.h>

#include <QLibrary>
#include <QThread>

#include <future>

namespace countersign {

namespace {

constexpr int probeMs = 3000;
constexpr int answerMs = 4000; ///< probe and job together
const QString serviceName = QStringLiteral("org.countersign.Countersign");

tl::unexpected<Error> locked()
{
    return fail(ErrorCode::Locked,
                tr("The desktop's keychain is locked. Unlock it (by logging in, or in its own "
                   "settings) and try "
                   "again; nothing was changed."),
                {}, true);
}

/// QtKeychain queues its jobs in one object, bound to the thread that ran the first: so all run on
/// this one. It is never ended, for a job that waits for an answer would be left behind with nobody
/// to take it.
QObject *keychainThread()
{
    static QObject *const worker = []() -> QObject * {
        auto *thread = new QThread;
        thread->setObjectName(QStringLiteral("keychain"));
        auto *object = new QObject;
        object->moveToThread(thread);
        thread->start();
        return object;
    }();
    return worker;
}

struct Answer
{
    QKeychain::Error error = QKeychain::NoError;
    QByteArray data;
};

using Promise = std::shared_ptr<std::promise<Result<Answer>>>;

/// On the keychain's thread.
void startJob(const std::function<QKeychain::Job *()> &make, const Promise &promise)
{
    switch (askSecretService(probeMs)) {
    case SecretServiceState::Unlocked:
        break;
    case SecretServiceState::Locked:
    case SecretServiceState::NoAnswer:
        promise->set_value(locked());
        return;
    default:
        promise->set_value(
            fail(ErrorCode::Storage,
                 tr("The desktop's keychain does not answer any more. Start it and try again."), {},
                 true));
        return;
    }
    QKeychain::Job *job = make(); // deletes itself when it has finished
    QObject::connect(job, &QKeychain::Job::finished, job, [promise](QKeychain::Job *done) -> void {
        const auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(done);
        promise->set_value(
            Answer{.error = done->error(), .data = reading ? reading->binaryData() : QByteArray()});
    });
    job->start();
}

Result<Answer> run(std::function<QKeychain::Job *()> make)
{
    const auto promise = std::make_shared<std::promise<Result<Answer>>>();
    auto future = promise->get_future();
    QMetaObject::invokeMethod(
        keychainThread(), [make = std::move(make), promise]() -> void { startJob(make, promise); },
        Qt::QueuedConnection);
    if (future.wait_for(std::chrono::milliseconds(answerMs)) != std::future_status::ready) {
        return locked(); // it prompts, or hangs: either way it needs its owner
    }
    const Result<Answer> answer = future.get();
    if (!answer || answer->error == QKeychain::NoError
        || answer->error == QKeychain::EntryNotFound) {
        return answer;
    }
    if (answer->error == QKeychain::AccessDenied
        || answer->error == QKeychain::AccessDeniedByUser) {
        return locked();
    }
    return fail(ErrorCode::Storage, tr("The desktop's keychain refused; nothing was changed."),
                QStringLiteral("QtKeychain error %1").arg(int(answer->error)));
}

template <class JobType> JobType *makeJob(const QString &key)
{
    auto *job = new JobType(serviceName);
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(key);
    return job;
}

/// QtKeychain loads libsecret at run time; without it, it would try wallets that are long gone.
bool hasLibsecret()
{
    QLibrary library(QStringLiteral("secret-1"), 0);
    return library.load();
}

} // namespace

Keychain::State Keychain::probe(QString *why)
{
    QString reason;
    State state = State::Absent;
    if (!hasLibsecret()) {
        reason = tr("libsecret is not installed");
    } else {
        switch (askSecretService(probeMs)) {
        case SecretServiceState::Unlocked:
            state = State::Unlocked;
            break;
        case SecretServiceState::Locked:
        case SecretServiceState::NoAnswer:
            state = State::Locked;
            break;
        case SecretServiceState::NoBus:
            reason = tr("no session bus can be reached");
            break;
        case SecretServiceState::NoService:
            reason = tr("no secret service runs on the session bus");
            break;
        case SecretServiceState::NoCollection:
            reason = tr("the secret service has no default keyring");
            break;
        }
    }
    if (why) {
        *why = reason;
    }
    return state;
}

Keychain::Keychain(QString prefix) : m_prefix(std::move(prefix)) { }

Result<std::optional<QByteArray>> Keychain::read(const QString &name)
{
    const auto answer = run([key = m_prefix + name]() -> QKeychain::Job * {
        return makeJob<QKeychain::ReadPasswordJob>(key);
    });
    if (!answer) {
        return tl::unexpected<Error>(answer.error());
    }
    return answer->error == QKeychain::EntryNotFound ? std::nullopt
                                                     : std::optional<QByteArray>(answer->data);
}

Result<void> Keychain::write(const QString &name, const QByteArray &value)
{
    const auto answer = run([key = m_prefix + name, value]() -> QKeychain::Job * {
        auto *job = makeJob<QKeychain::WritePasswordJob>(key);
        job->setBinaryData(value);
        return job;
    });
    return answer ? Result<void>() : tl::unexpected<Error>(answer.error());
}

Result<void> Keychain::remove(const QString &name)
{
    const auto answer = run([key = m_prefix + name]() -> QKeychain::Job * {
        return makeJob<QKeychain::DeletePasswordJob>(key);
    });
    return answer ? Result<void>() : tl::unexpected<Error>(answer.error());
}

} // namespace countersign
