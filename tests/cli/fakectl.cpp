// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/runner.h"
#include "testing/fakeendpoint.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

// countersignctl with one more protocol: an agent that lives in the file $FAKE_SERVER, an array of
// questions, each an array of proposals. What it applied is in $FAKE_SERVER.log. `serve DIR` holds
// a profile as the desktop does.

using namespace countersign;

namespace {

void load(FakeServer &server, const QString &path)
{
    server.log = path + QStringLiteral(".log");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        server.unreachable = Error{.code = ErrorCode::Unreachable,
                                   .text = QStringLiteral("Nobody answers at 127.0.0.1.")};
        return;
    }
    const Json asks = parseJson(file.readAll()).value();
    QStringList answered;
    for (const QString &line : server.logged()) {
        answered.append(line.section(QLatin1Char(' '), 1));
    }
    for (const Json &question : asks.items()) {
        QList<Proposal> parts;
        for (const Json &part : question.items()) {
            parts.append(Proposal::fromJson(part).value());
        }
        if (!answered.contains(parts.first().source.question)) {
            server.ask(parts);
        }
    }
}

int serve(const QString &directory, const FindProtocol &find)
{
    auto profile = Profile::open({.directory = directory}, find);
    if (!profile) {
        std::fputs(qPrintable(profile.error().text), stderr);
        return 1;
    }
    InstanceServer instance(
        [&profile](const InstanceRequest &request) { return runCommand(**profile, request); });
    if (!instance.listen(directory)) {
        return 1;
    }
    (*profile)->start();
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    FakeServer server;
    load(server, qEnvironmentVariable("FAKE_SERVER"));
    if (const QByteArray fault = qgetenv("FAKE_FAULT"); !fault.isEmpty()) {
        server.scripts.push_back([fault](const Dispatch &) -> DeliveryReport {
            using End = DeliveryReport::Outcome;
            return {.outcome = fault == "failed" ? End::Failed
                        : fault == "superseded"  ? End::Superseded
                                                 : End::Retry,
                    .text = QStringLiteral("As it was told.")};
        });
    }
    FakeProtocol protocol(server);
    const FindProtocol find = [&](const QString &kind) -> const Protocol * {
        return kind == protocol.kind() ? &protocol : nullptr;
    };
    const QStringList words = QCoreApplication::arguments().mid(1);
    if (words.value(0) == QLatin1String("serve")) {
        return serve(words.value(1), find);
    }
    const Outcome outcome = runCommandLine(words, find);
    std::fwrite(outcome.out.constData(), 1, size_t(outcome.out.size()), stdout);
    std::fwrite(outcome.err.constData(), 1, size_t(outcome.err.size()), stderr);
    return outcome.code;
}
