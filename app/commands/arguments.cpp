// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/arguments.h"

#include "domain/error.h"
#include "domain/translate.h"

#include <algorithm>

namespace countersign {

namespace {

/// Reads one command line from left to right.
class Parser
{
public:
    Parser(const QStringList &words, const QList<CommandSpec> &commands)
        : m_words(words),
          m_commands(commands)
    {
    }

    Result<Arguments> parse()
    {
        while (m_next < m_words.size()) {
            const QString word = m_words.at(m_next++);
            const bool option = !m_plain && word.size() > 1 && word.startsWith(QLatin1Char('-'));
            if (!m_plain && word == QLatin1String("--")) {
                m_plain = true;
            } else if (auto done = option ? takeOption(word) : takeWord(word); !done) {
                return tl::unexpected<Error>(done.error());
            }
        }
        return finish();
    }

private:
    Result<void> takeWord(const QString &word)
    {
        if (m_arguments.command != nullptr) {
            m_arguments.positionals.append(word);
            return {};
        }
        m_name += (m_name.isEmpty() ? QString() : QStringLiteral(" ")) + word;
        for (const CommandSpec &command : m_commands) {
            if (command.name == m_name) {
                m_arguments.command = &command;
                return {};
            }
        }
        const auto group
            = std::any_of(m_commands.begin(), m_commands.end(), [&](const CommandSpec &command) {
                  return command.name.startsWith(m_name + QLatin1Char(' '));
              });
        return group ? Result<void>()
                     : invalid(tr("There is no command “%1”; see countersignctl --help.").arg(m_name));
    }

    Result<void> takeOption(const QString &word)
    {
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        const QString name = word.left(equals);
        if (name == QLatin1String("--help") || name == QLatin1String("-h")) {
            m_arguments.help = true;
            return {};
        }
        if (name == QLatin1String("--json") && equals < 0) {
            m_arguments.json = true;
            return {};
        }
        const OptionSpec *spec = specOf(name);
        if (spec == nullptr) {
            return invalid(
                tr("There is no option %1 here; see countersignctl %2 --help.").arg(name, m_name));
        }
        if (spec->value.isEmpty()) {
            m_arguments.values[spec->name] = {QString()};
            return equals < 0 ? Result<void>() : invalid(tr("The option %1 takes no value.").arg(name));
        }
        if (equals < 0 && m_next >= m_words.size()) {
            return invalid(tr("The option %1 needs a value: %1 %2.").arg(name, spec->value));
        }
        QStringList &values = m_arguments.values[spec->name];
        if (!values.isEmpty() && !spec->repeated) {
            return invalid(tr("The option %1 is given twice; give it once.").arg(name));
        }
        values.append(equals < 0 ? m_words.at(m_next++) : word.mid(equals + 1));
        return {};
    }

    const OptionSpec *specOf(const QString &name) const
    {
        static const OptionSpec data{.name = QStringLiteral("data"),
                                     .value = QStringLiteral("DIR")};
        if (name == QLatin1String("--data")) {
            return &data;
        }
        if (m_arguments.command != nullptr) {
            for (const OptionSpec &option : m_arguments.command->options) {
                if (name == QLatin1String("--") + option.name) {
                    return &option;
                }
            }
        }
        return nullptr;
    }

    Result<Arguments> finish()
    {
        if (m_arguments.help) {
            return m_arguments;
        }
        if (m_arguments.command == nullptr) {
            return invalid(
                m_name.isEmpty()
                    ? tr("Say what to do; see countersignctl --help.")
                    : tr("“%1” needs to know what to do; see countersignctl --help.").arg(m_name));
        }
        const QStringList &wanted = m_arguments.command->positionals;
        const bool any = !wanted.isEmpty() && wanted.first().startsWith(QLatin1Char('['));
        const qsizetype given = m_arguments.positionals.size();
        if (any ? given < wanted.size() - 1 : given != wanted.size()) {
            return invalid(given < wanted.size()
                           ? tr("%1 is missing: countersignctl %2 %3.")
                                 .arg(wanted.at(any ? given + 1 : given), m_arguments.command->name,
                                      wanted.join(QLatin1Char(' ')))
                           : tr("“%1” is one word too many; see countersignctl %2 --help.")
                                 .arg(m_arguments.positionals.at(wanted.size()),
                                      m_arguments.command->name));
        }
        m_arguments.directory = m_arguments.value("data");
        if (m_arguments.has("data") && m_arguments.directory.isEmpty()) {
            return invalid(tr("The option --data needs a folder: --data DIR."));
        }
        return m_arguments;
    }

    const QStringList &m_words;
    const QList<CommandSpec> &m_commands;
    Arguments m_arguments;
    QString m_name;
    qsizetype m_next = 0;
    bool m_plain = false; ///< after "--"
};

} // namespace

bool Arguments::has(const char *option) const
{
    return values.contains(QString::fromLatin1(option));
}

QString Arguments::value(const char *option) const
{
    const QStringList given = all(option);
    return given.isEmpty() ? QString() : given.last();
}

QStringList Arguments::all(const char *option) const
{
    return values.value(QString::fromLatin1(option));
}

Result<Arguments> parseArguments(const QStringList &words, const QList<CommandSpec> &commands)
{
    return Parser(words, commands).parse();
}

QString helpText(const QList<CommandSpec> &commands)
{
    QString text = tr("Usage: countersignctl [--data DIR] [--json] COMMAND …\n\n");
    for (const CommandSpec &command : commands) {
        const QString usage
            = (QStringList{command.name} + command.positionals).join(QLatin1Char(' '));
        text += QStringLiteral("  %1  %2\n").arg(usage, -28).arg(command.help);
    }
    text += tr(
        "\n  --data DIR   the profile's folder\n  --json       print JSON\n"
        "  --help       after a command: its options\n\n"
        "Exit codes: 0 done; 1 it failed; 2 bad input, nothing changed; 3 superseded, or a "
        "trail\nverified without an outside checkpoint; 4 not delivered yet, or an endpoint "
        "cannot be\nreached; 5 the decision was refused. Of many decisions the worst, in the\n"
        "order 0, 3, 4, 5, 1. Of trail verify: 0 ok, 1 tampered, "
        "2 not readable, 3.\n");
    return text;
}

QString helpText(const CommandSpec &command)
{
    QString text
        = tr("Usage: countersignctl %1 [OPTION…]\n\n%2\n")
              .arg((QStringList{command.name} + command.positionals).join(QLatin1Char(' ')),
                   command.help);
    for (const OptionSpec &option : command.options) {
        const QString usage = QStringLiteral("--") + option.name
            + (option.value.isEmpty() ? QString() : QLatin1Char(' ') + option.value);
        text += QStringLiteral("\n  %1  %2").arg(usage, -26).arg(option.help);
    }
    return text + (command.options.isEmpty() ? QString() : QStringLiteral("\n"));
}

} // namespace countersign
