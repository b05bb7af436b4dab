// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/server.h"
#include "domain/trust.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace countersign;
using namespace countersign::demo;

namespace {

int complain(const QString &text)
{
    std::fputs(qPrintable(text + QLatin1Char('\n')), stderr);
    return 2;
}

struct Options
{
    quint16 port = 0;
    quint64 seed = 1;
    int cases = 24;
    QString alsoKind;
    int alsoCases = 0;
    double rate = 0;
    double ownActions = 0;
    QByteArray token;
    bool tokenGiven = false;
    QString log;
    QString state;
    Fault fault;
    AgentSettings settings;
    bool testHooks = false;
    bool untilStdinCloses = false;
};

Result<QByteArray> readToken(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(
            ErrorCode::InvalidInput,
            QStringLiteral("The token file %1 cannot be read: %2.").arg(path, file.errorString()));
    }
    const QByteArray token = file.read(1024).trimmed();
    if (token.isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    QStringLiteral("The token file %1 is empty.").arg(path));
    }
    return token;
}

/// The number of option `name`, or InvalidInput.
Result<double> number(const QCommandLineParser &parser, const QString &name, double low,
                      double high)
{
    bool ok = false;
    const double value = parser.value(name).toDouble(&ok);
    if (!ok || value < low || value > high) {
        return fail(
            ErrorCode::InvalidInput,
            QStringLiteral("--%1 must be a number from %2 to %3.").arg(name).arg(low).arg(high));
    }
    return value;
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        QStringLiteral("A made-up company's agents, speaking countersign/1 on loopback. Prints "
                       "url=… and, unless a token file is "
                       "given, token=… as its first lines."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {QStringLiteral("port"), QStringLiteral("Port; 0 takes any."), QStringLiteral("N"),
         QStringLiteral("0")},
        {QStringLiteral("token-file"), QStringLiteral("Take the bearer token from FILE."),
         QStringLiteral("FILE")},
        {QStringLiteral("log"),
         QStringLiteral("Append what was received and done to FILE, as JSON lines."),
         QStringLiteral("FILE")},
        {QStringLiteral("state"),
         QStringLiteral("Keep what the agents know in FILE, and go on from there."),
         QStringLiteral("FILE")},
        {QStringLiteral("seed"), QStringLiteral("The same seed, the same cases."),
         QStringLiteral("S"), QStringLiteral("1")},
        {QStringLiteral("cases"), QStringLiteral("Cases that wait at the start, at least."),
         QStringLiteral("N"), QStringLiteral("24")},
        {QStringLiteral("also"),
         QStringLiteral("At the first start, N more cases of one kind: refunds, invoices, …"),
         QStringLiteral("KIND:N")},
        {QStringLiteral("rate"), QStringLiteral("New cases a minute."), QStringLiteral("R"),
         QStringLiteral("0")},
        {QStringLiteral("own-actions"),
         QStringLiteral("Actions a minute that the agents run without asking."),
         QStringLiteral("R"), QStringLiteral("0")},
        {QStringLiteral("fault"),
         QStringLiteral("KIND[:after-N][:times-M][:on-decisions|on-reads|on-all]; KIND is 500, "
                        "hang, slow, malformed, "
                        "duplicate, reorder, change-after-shown, drop-after-apply or huge."),
         QStringLiteral("FAULT"), QStringLiteral("none")},
        {QStringLiteral("effect-delay"),
         QStringLiteral("Milliseconds from a decision to its effect."), QStringLiteral("MS"),
         QStringLiteral("1500")},
        {QStringLiteral("outcome-delay"),
         QStringLiteral("Milliseconds from the effect to its outcome."), QStringLiteral("MS"),
         QStringLiteral("45000")},
        {QStringLiteral("revision-delay"),
         QStringLiteral("Milliseconds from a case sent back to the new proposal."),
         QStringLiteral("MS"), QStringLiteral("4000")},
        {QStringLiteral("test-hooks"), QStringLiteral("Take POST /v1/test/…")},
        {QStringLiteral("until-stdin-closes"), QStringLiteral("End when standard input does.")},
    });
}

Result<Options> readOptions(const QCommandLineParser &parser)
{
    Options options;
    struct Field
    {
        const char *name;
        double high;
        std::function<void(double)> set;
    };
    const Field fields[] = {
        {"port", 65535,
         [&](double v) -> void {
             options.port = quint16(v);
         }},
        {"seed", 1e15,
         [&](double v) -> void {
             options.seed = quint64(v);
         }},
        {"cases", 100'000,
         [&](double v) -> void {
             options.cases = int(v);
         }},
        {"rate", 100'000,
         [&](double v) -> void {
             options.rate = v;
         }},
        {"own-actions", 100'000,
         [&](double v) -> void {
             options.ownActions = v;
         }},
        {"effect-delay", 3'600'000,
         [&](double v) -> void {
             options.settings.effectDelayMs = int(v);
         }},
        {"outcome-delay", 3'600'000,
         [&](double v) -> void {
             options.settings.outcomeDelayMs = int(v);
         }},
        {"revision-delay", 3'600'000,
         [&](double v) -> void {
             options.settings.revisionDelayMs = int(v);
         }},
    };
    for (const Field &field : fields) {
        const auto value = number(parser, QString::fromLatin1(field.name), 0, field.high);
        if (!value) {
            return tl::unexpected(value.error());
        }
        field.set(*value);
    }
    if (parser.isSet(QStringLiteral("also"))) {
        const QStringList also = parser.value(QStringLiteral("also")).split(u':');
        bool ok = false;
        options.alsoKind = also.first();
        options.alsoCases = also.value(1).toInt(&ok);
        if (!ok || also.size() != 2 || options.alsoCases < 0) {
            return fail(ErrorCode::InvalidInput,
                        QStringLiteral("--also takes a kind and how many, such as refunds:8."));
        }
    }
    const auto fault = Fault::parse(parser.value(QStringLiteral("fault")));
    if (!fault) {
        return tl::unexpected(fault.error());
    }
    options.fault = *fault;
    options.tokenGiven = parser.isSet(QStringLiteral("token-file"));
    const auto token = options.tokenGiven ? readToken(parser.value(QStringLiteral("token-file")))
                                          : randomBytes(24).toHex();
    if (!token) {
        return tl::unexpected(token.error());
    }
    options.token = *token;
    options.state = parser.value(QStringLiteral("state"));
    options.log = parser.value(QStringLiteral("log"));
    options.testHooks = parser.isSet(QStringLiteral("test-hooks"));
    options.untilStdinCloses = parser.isSet(QStringLiteral("until-stdin-closes"));
    return options;
}

void quitWithStdin(QCoreApplication &app)
{
    auto *notifier = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, []() -> void {
        char bytes[256];
        if (read(STDIN_FILENO, bytes, sizeof(bytes)) <= 0) {
            QCoreApplication::quit();
        }
    });
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("countersign-demo-agent"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COUNTERSIGN_VERSION));
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(app);
    const auto options = readOptions(parser);
    if (!options) {
        return complain(options.error().text);
    }
    Journal journal;
    if (!options->log.isEmpty()) {
        if (auto opened = journal.open(options->log); !opened) {
            return complain(opened.error().text);
        }
    }
    auto catalog = Catalog::load(QStringLiteral(":/demo"), options->seed);
    if (!catalog) {
        return complain(catalog.error().text);
    }

    DemoAgent agent(*catalog, options->settings, &journal);
    Server server(&agent, &journal, options->token);
    server.setFault(options->fault);
    if (options->testHooks) {
        server.enableTestHooks();
    }
    if (!options->state.isEmpty()) {
        if (auto kept = agent.keep(options->state); !kept) {
            return complain(kept.error().text);
        }
    }
    for (int i = agent.waiting() == 0 ? 0 : options->alsoCases; i < options->alsoCases; ++i) {
        agent.propose(options->alsoKind);
    }
    for (int i = agent.waiting(); i < options->cases + options->alsoCases; ++i) {
        agent.propose();
    }
    const quint16 port = server.start(options->port);
    if (port == 0) {
        return complain(
            QStringLiteral("Port %1 is taken. Name another one, or 0 for any.").arg(options->port));
    }
    std::printf("url=http://127.0.0.1:%d\n", port);
    if (!options->tokenGiven) {
        std::printf("token=%s\n", options->token.constData());
    }
    std::fflush(stdout);

    QTimer arrivals;
    QObject::connect(&arrivals, &QTimer::timeout, &agent, [&agent]() -> void { agent.propose(); });
    if (options->rate > 0) {
        arrivals.start(qMax(1, int(60'000 / options->rate)));
    }
    QTimer ownActions;
    QObject::connect(&ownActions, &QTimer::timeout, &agent,
                     [&agent]() -> void { agent.perform(); });
    if (options->ownActions > 0) {
        ownActions.start(qMax(1, int(60'000 / options->ownActions)));
    }
    if (options->untilStdinCloses) {
        quitWithStdin(app);
    }
    return QCoreApplication::exec();
}
