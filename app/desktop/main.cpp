// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/application.h"
#include "app/desktop/logging.h"
#include "app/desktop/tour/tour.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QMessageBox>

#include <cstdio>

using namespace countersign;

namespace {

constexpr int badInput = 2;

struct StartOptions
{
    QString directory;
    QString tour;
    bool demo = false;
};

void complain(const QString &sentence)
{
    std::fputs(qPrintable(sentence + u'\n'), stderr);
}

/// Nothing where what was typed makes no sense; it has been said then.
std::optional<StartOptions> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "main", "A control room in which people decide what AI agents have paused on."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions(
        {{QStringLiteral("data"),
          QCoreApplication::translate("main", "Keep the profile in the folder DIR."),
          QStringLiteral("DIR")},
         {QStringLiteral("demo"),
          QCoreApplication::translate("main", "Start the demo agent, in a profile of its own.")},
         {QStringLiteral("tour"),
          QCoreApplication::translate(
              "main", "Go through the main job by itself; pictures and the trail go to DIR."),
          QStringLiteral("DIR")}});
    if (!parser.parse(arguments) || !parser.positionalArguments().isEmpty()) {
        complain(parser.errorText().isEmpty()
                     ? QCoreApplication::translate("main", "“%1” is not an option; see --help.")
                           .arg(parser.positionalArguments().value(0))
                     : parser.errorText() + QStringLiteral(" See --help."));
        return std::nullopt;
    }
    parser.process(arguments); // help and version end here
    StartOptions options{.directory = parser.value(QStringLiteral("data")),
                         .tour = parser.value(QStringLiteral("tour")),
                         .demo = parser.isSet(QStringLiteral("demo"))};
    if (parser.isSet(QStringLiteral("tour"))) {
        options.tour = QDir(options.tour).absolutePath();
        options.demo = true;
    }
    if (options.directory.isEmpty() && options.demo) {
        options.directory = Profile::defaultDirectory() + QStringLiteral("-demo");
    }
    return options;
}

/// Somebody else has the profile: their window is wanted.
int raiseOther(const QString &directory, const Error &locked)
{
    const auto reply = askInstance(
        directory, {.raise = true, .activationToken = qgetenv("XDG_ACTIVATION_TOKEN")});
    if (reply) {
        return reply->code;
    }
    complain(locked.text);
    QMessageBox box(QMessageBox::Warning, QApplication::applicationDisplayName(), locked.text);
    box.setTextFormat(Qt::PlainText);
    box.exec(); // there is no window and no event loop yet
    return 1;
}

int runDesktop(const StartOptions &options)
{
    const QString directory
        = options.directory.isEmpty() ? Profile::defaultDirectory() : options.directory;
    auto profile = Profile::open({.directory = directory, .demo = options.demo}, &protocolFor);
    if (!profile) {
        return raiseOther(directory, profile.error());
    }
    DesktopOptions desktop;
    if (options.demo) {
        if (!(*profile)->isDemo()) {
            complain(QCoreApplication::translate(
                         "main", "%1 is not a Demo profile; choose another folder with --data.")
                         .arg(directory));
            return badInput;
        }
        desktop.demo.emplace();
        desktop.demo->more = {QStringLiteral("--also"), QStringLiteral("refunds:12")};
        desktop.demo->state = QDir(directory).filePath(QStringLiteral("demo-agents.json"));
    }
    Application application(std::move(*profile), desktop);
    application.start();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("countersign"));
    QApplication::setApplicationDisplayName(QStringLiteral("Countersign"));
    QApplication::setApplicationVersion(QStringLiteral(COUNTERSIGN_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.countersign.Countersign"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/app/org.countersign.Countersign.svg")));
    installLogging();
    const auto options = readOptions(QApplication::arguments());
    if (!options) {
        return badInput;
    }
    return options->tour.isEmpty() ? runDesktop(*options) : runTour(options->tour);
}
