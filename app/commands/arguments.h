// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"

#include <QHash>
#include <QList>
#include <QStringList>

namespace countersign {

struct OptionSpec
{
    QString name; ///< without its dashes
    QString value; ///< what stands for its value in the help; empty: a switch
    QString help;
    bool repeated = false;
    bool file = false; ///< its value names a file, which the process at the terminal reads
};

struct CommandSpec
{
    QString name; ///< "endpoint add"
    QStringList positionals; ///< all required: "ID"; only the first may be "[ID…]", any number
    QList<OptionSpec> options; ///< besides --data, --json and --help
    QString help; ///< a sentence
    bool writes = false;
    bool needsProfile = false; ///< fails where there is none; else it is created
};

/// A command line that was understood.
struct Arguments
{
    const CommandSpec *command = nullptr; ///< null only with help
    QStringList positionals;
    QHash<QString, QStringList> values; ///< by option; switches have one empty value
    QString directory; ///< --data, empty for the default
    bool json = false;
    bool help = false;

    QByteArray input; ///< of --header-stdin
    QHash<QString, QByteArray> files; ///< by the name they were given

    [[nodiscard]] bool has(const char *option) const;
    [[nodiscard]] QString value(const char *option) const; ///< the last, empty where absent
    [[nodiscard]] QStringList all(const char *option) const;
};

/// InvalidInput names the fault and the cure. Global options stand before or after the command.
[[nodiscard]] Result<Arguments> parseArguments(const QStringList &words,
                                               const QList<CommandSpec> &commands);

[[nodiscard]] QString helpText(const QList<CommandSpec> &commands);
[[nodiscard]] QString helpText(const CommandSpec &command);

} // namespace countersign
