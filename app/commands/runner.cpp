// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/runner.h"

#include "domain/translate.h"

#include <QEventLoop>
#include <QFile>
#include <QThread>

namespace countersign {

namespace {

constexpr qint64 mostInput = 64 * 1024;
constexpr qint64 largestFile = 8 * 1024 * 1024;
constexpr int tries = 25; ///< while another command line holds the profile for a moment
constexpr int pauseMs = 200;

const Command *commandFor(const CommandSpec *spec)
{
    for (const Command &command : commands()) {
        if (spec != nullptr && command.spec.name == spec->name) {
            return &command;
        }
    }
    return nullptr;
}

/// The values of options that name files, and the words that stand for FILE.
QStringList namesOfFiles(const Arguments &arguments)
{
    QStringList names;
    for (const OptionSpec &option : arguments.command->options) {
        if (option.file) {
            names += arguments.all(option.name.toLatin1().constData());
        }
    }
    const QStringList &wanted = arguments.command->positionals;
    for (qsizetype i = 0; i < wanted.size() && i < arguments.positionals.size(); ++i) {
        if (wanted.at(i) == u"FILE") {
            names.append(arguments.positionals.at(i));
        }
    }
    return names;
}

Result<void> readFiles(Arguments &arguments)
{
    for (const QString &name : namesOfFiles(arguments)) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly)) {
            return fail(ErrorCode::InvalidInput,
                        tr("The file %1 cannot be read: %2.").arg(name, file.errorString()));
        }
        const QByteArray bytes = file.read(largestFile + 1);
        if (bytes.size() > largestFile) {
            return fail(ErrorCode::InvalidInput,
                        tr("The file %1 is too large; at most 8 MiB are read.").arg(name));
        }
        arguments.files.insert(name, bytes);
    }
    return {};
}

Result<void> readInput(Arguments &arguments)
{
    if (!arguments.has("header-stdin")) {
        return {};
    }
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly)) {
        return fail(ErrorCode::InvalidInput, tr("Standard input cannot be read."));
    }
    QByteArray bytes;
    while (bytes.size() <= mostInput) {
        const QByteArray more = input.read(mostInput);
        if (more.isEmpty()) {
            break;
        }
        bytes += more;
    }
    if (bytes.size() > mostInput) {
        return fail(ErrorCode::InvalidInput, tr("Standard input is too long; at most 64 KiB."));
    }
    arguments.input = bytes;
    return {};
}

QCoro::Task<Outcome> run(Profile &profile, const Command &command, Arguments arguments)
{
    co_return co_await command.run(profile, arguments);
}

QFuture<Outcome> start(Profile &profile, const Command &command, const Arguments &arguments)
{
    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    run(profile, command, arguments).then([promise](const Outcome &outcome) -> void {
        promise->addResult(outcome);
        promise->finish();
    });
    return promise->future();
}

Outcome finish(const QFuture<Outcome> &future)
{
    QEventLoop loop;
    QFutureWatcher<Outcome> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished()) {
        loop.exec();
    }
    return future.result();
}

/// Reads beside whoever writes; creates the profile only where a command may.
Result<std::unique_ptr<Profile>> openProfile(const QString &directory, const CommandSpec &spec,
                                             const FindProtocol &findProtocol)
{
    const bool exists = Profile::exists(directory);
    if (!exists && spec.needsProfile) {
        return fail(
            ErrorCode::InvalidInput,
            tr("There is no profile in %1; give its folder with --data DIR.").arg(directory));
    }
    const bool readOnly = exists && !spec.writes;
    auto profile = Profile::open({.directory = directory, .readOnly = readOnly}, findProtocol);
    if (!profile && readOnly && profile.error().code == ErrorCode::Unreadable) {
        auto migrated = Profile::open({.directory = directory}, findProtocol); // an older version
        if (migrated) {
            return migrated;
        }
    }
    return profile;
}

} // namespace

const QList<Command> &commands()
{
    static const QList<Command> all = endpointCommands() + personCommands() + deliveryCommands()
        + caseCommands() + careCommands() + precedentCommands() + decisionCommands()
        + trailCommands() + ladderCommands() + reviewCommands() + reviewerCommands()
        + knownCommands() + policyCommands() + stopCommands();
    return all;
}

QList<CommandSpec> commandSpecs()
{
    QList<CommandSpec> specs;
    for (const Command &command : commands()) {
        specs.append(command.spec);
    }
    return specs;
}

QFuture<Outcome> runCommand(Profile &profile, const InstanceRequest &request)
{
    const QList<CommandSpec> specs = commandSpecs();
    auto arguments = parseArguments(request.arguments, specs);
    if (!arguments || arguments->command == nullptr) {
        return QtFuture::makeReadyFuture(arguments ? printed(helpText(specs))
                                                   : complaint(arguments.error()));
    }
    const Command *command = commandFor(arguments->command);
    arguments->input = request.input;
    arguments->files = request.files;
    arguments->command = &command->spec;
    if (command->evaluate) {
        return QtFuture::makeReadyFuture(command->evaluate(*arguments));
    }
    return start(profile, *command, *arguments);
}

Outcome runCommandLine(const QStringList &words, const FindProtocol &findProtocol)
{
    const QList<CommandSpec> specs = commandSpecs();
    auto arguments = parseArguments(words, specs);
    if (!arguments) {
        return complaint(arguments.error());
    }
    if (arguments->help) {
        return printed(arguments->command ? helpText(*arguments->command) : helpText(specs));
    }
    if (const auto read = readFiles(*arguments); !read) {
        return complaint(read.error());
    }
    if (const auto read = readInput(*arguments); !read) {
        return complaint(read.error());
    }
    const Command *command = commandFor(arguments->command);
    if (command->evaluate) {
        return command->evaluate(*arguments);
    }
    const QString directory
        = arguments->directory.isEmpty() ? Profile::defaultDirectory() : arguments->directory;
    for (int left = tries;; --left) {
        auto profile = openProfile(directory, *arguments->command, findProtocol);
        if (profile) {
            return finish(start(**profile, *command, *arguments));
        }
        if (profile.error().code != ErrorCode::Locked) {
            return complaint(profile.error());
        }
        const auto reply = askInstance(
            directory, {.arguments = words, .input = arguments->input, .files = arguments->files});
        if (reply) {
            return *reply;
        }
        if (reply.error().code != ErrorCode::Unreachable || left == 0) {
            return complaint(exitcode::failed, reply.error().text);
        }
        QThread::msleep(pauseMs);
    }
}

} // namespace countersign
