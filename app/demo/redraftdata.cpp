// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/redraft.h"

#include <QRegularExpression>

namespace countersign::demo {

namespace {

QRegularExpression asciiPattern(const char *written)
{
    return QRegularExpression(QString::fromUtf8(written),
                              QRegularExpression::CaseInsensitiveOption
                                  | QRegularExpression::DotMatchesEverythingOption);
}

QString textOf(const Json &value)
{
    return value.isString() ? value.toString() : QString::fromUtf8(toJson(value));
}

/// Letters and digits only: "Max. replicas" and "max_replicas" are one name.
QString normal(const QString &name)
{
    QString kept;
    for (const QChar c : name) {
        if (c.isLetterOrNumber()) {
            kept += c.toLower();
        }
    }
    return kept;
}

/// As JSON where it is some; a text stays a text.
Json valueFrom(const QString &words, const Json &before)
{
    const QString text = bare(words);
    const auto parsed = parseJson(text.toUtf8());
    return before.isString() || !parsed ? Json(text) : *parsed;
}

/// Every member of that name, at any depth, goes through `change`; the old value of the first.
std::optional<Json> visit(Json &node, const QString &name,
                          const std::function<std::optional<Json>(const Json &)> &change)
{
    std::optional<Json> old;
    if (node.isArray()) {
        Json::Array items = node.items();
        for (Json &item : items) {
            const auto found = visit(item, name, change);
            old = old ? old : found;
        }
        node = Json::array(items);
    } else if (node.isObject()) {
        const Json::Object members = node.members();
        for (const auto &[key, value] : members) {
            if (normal(key) == name) {
                old = old ? old : std::optional(value);
                if (const auto now = change(value)) {
                    node.set(key, *now);
                } else {
                    node.remove(key);
                }
                continue;
            }
            Json inner = value;
            const auto found = visit(inner, name, change);
            old = old ? old : found;
            node.set(key, inner);
        }
    }
    return old;
}

std::optional<QString> setMember(Json &content, const QString &name, const QString &words)
{
    Json now;
    const auto old = visit(content, normal(name), [&](const Json &before) -> std::optional<Json> {
        now = valueFrom(words, before);
        return now;
    });
    return old ? std::optional(
               QStringLiteral("Set “%1” to %2 (was %3).").arg(name, textOf(now), textOf(*old)))
               : std::nullopt;
}

std::optional<QString> removeMember(Json &content, const QString &name)
{
    const auto old = visit(content, normal(name),
                           [](const Json &) -> std::optional<Json> { return std::nullopt; });
    return old ? std::optional(QStringLiteral("Removed “%1”.").arg(name)) : std::nullopt;
}

std::optional<QString> followInJson(Json &content, const QString &quote, const QString &instruction)
{
    static const QRegularExpression key(QStringLiteral("\"([^\"]+)\"\\s*:"));
    static const QRegularExpression set = asciiPattern(
        "^(?:please "
        ")?(?:set|change|raise|lower|increase|reduce|make)\\s+(.+?)\\s+(?:to|=)\\s*(.+)$");
    static const QRegularExpression be
        = asciiPattern("(?:should be|must be|make (?:it|this)|set (?:it |this )?to|to)\\s+(.+)$");
    static const QRegularExpression remove = asciiPattern(
        "^(?:please )?(?:remove|delete|drop|leave out)\\b\\s*(?:the )?(?:key |member )?(.*)$");
    static const QRegularExpression add
        = asciiPattern("^(?:please )?add\\s+[“\"]?([\\w.-]+)[”\"]?\\s*[:=]\\s*(.+)$");
    const auto named = key.match(quote);
    if (const auto match = remove.match(instruction); match.hasMatch()) {
        return removeMember(content,
                            named.hasMatch() ? named.captured(1) : bare(match.captured(1)));
    }
    if (const auto match = be.match(instruction); named.hasMatch() && match.hasMatch()) {
        return setMember(content, named.captured(1), match.captured(1));
    }
    if (const auto match = set.match(instruction); match.hasMatch()) {
        return setMember(content, bare(match.captured(1)), match.captured(2));
    }
    if (const auto match = add.match(instruction); match.hasMatch() && content.isObject()) {
        const Json value = valueFrom(match.captured(2), Json());
        content.set(match.captured(1), value);
        return QStringLiteral("Added “%1”: %2.").arg(match.captured(1), textOf(value));
    }
    return std::nullopt;
}

struct Table
{
    QStringList columns;
    QList<Json::Array> rows;

    explicit Table(const Json &content) : columns(content[u"columns"].toStrings())
    {
        for (const Json &row : content[u"rows"].items()) {
            rows.append(row.items());
        }
    }
    [[nodiscard]] Json toJson() const
    {
        Json list = Json::array();
        for (const Json::Array &row : rows) {
            list.append(Json::array(row));
        }
        return Json::object({{QStringLiteral("columns"), Json::fromStrings(columns)},
                             {QStringLiteral("rows"), list}});
    }
    [[nodiscard]] qsizetype column(const QString &name) const
    {
        for (qsizetype i = 0; i < columns.size(); ++i) {
            if (normal(columns.at(i)) == normal(name)) {
                return i;
            }
        }
        return -1;
    }
    [[nodiscard]] static bool names(const Json::Array &row, const QString &words)
    {
        return !words.isEmpty()
            && std::any_of(row.begin(), row.end(), [&](const Json &cell) -> bool {
                   return textOf(cell).contains(words, Qt::CaseInsensitive);
               });
    }
};

std::optional<QString> removeFromTable(Table &table, const QString &what)
{
    if (const qsizetype column = table.column(what); column >= 0 && table.columns.size() > 1) {
        const QString name = table.columns.takeAt(column);
        for (Json::Array &row : table.rows) {
            row.removeAt(column);
        }
        return QStringLiteral("Removed the column “%1”.").arg(name);
    }
    const auto gone = table.rows.removeIf(
        [&](const Json::Array &row) -> bool { return Table::names(row, what); });
    return gone == 0 ? std::nullopt
                     : std::optional(QStringLiteral("Removed %1 with “%2”.")
                                         .arg(gone == 1 ? QStringLiteral("the row")
                                                        : QStringLiteral("%1 rows").arg(gone),
                                              what));
}

std::optional<QString> setCells(Table &table,
                                const std::function<bool(const Json::Array &, qsizetype)> &fits,
                                const QString &words)
{
    QString old;
    int count = 0;
    for (Json::Array &row : table.rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (fits(row, i)) {
                old = textOf(row.at(i));
                row[i] = valueFrom(words, row.at(i));
                ++count;
            }
        }
    }
    return count == 0
        ? std::nullopt
        : std::optional(QStringLiteral("Put %1 in the place of %2%3.")
                            .arg(bare(words), old,
                                 count > 1 ? QStringLiteral(" (%1 cells)").arg(count) : QString()));
}

std::optional<QString> sortTable(Table &table, const QString &name)
{
    const qsizetype column = table.column(name);
    if (column < 0) {
        return std::nullopt;
    }
    std::stable_sort(table.rows.begin(), table.rows.end(),
                     [column](const Json::Array &a, const Json::Array &b) -> bool {
                         const Json &left = a.at(column);
                         const Json &right = b.at(column);
                         return left.isNumber() && right.isNumber()
                             ? left.toDouble() < right.toDouble()
                             : textOf(left).compare(textOf(right), Qt::CaseInsensitive) < 0;
                     });
    return QStringLiteral("Sorted by “%1”.").arg(table.columns.at(column));
}

std::optional<QString> followInTable(Table &table, const QString &quote, const QString &instruction)
{
    static const QRegularExpression remove
        = asciiPattern("^(?:please )?(?:remove|delete|drop|leave out)\\b\\s*(?:the )?(?:rows? |lines? "
                  "|column )?(?:of |for |with )?(.*)$");
    static const QRegularExpression sort
        = asciiPattern("^(?:please )?sort (?:it )?by\\s+(?:the )?(.+)$");
    static const QRegularExpression of = asciiPattern(
        "^(?:please )?(?:set|change)\\s+(?:the )?(.+?)\\s+(?:of|for)\\s+(.+?)\\s+to\\s+(.+)$");
    static const QRegularExpression change
        = asciiPattern("^(?:please )?(?:set|change|replace)\\s+(.+?)\\s+(?:to|with|by)\\s+(.+)$");
    static const QRegularExpression be
        = asciiPattern("(?:should be|must be|make (?:it|this)|set (?:it |this )?to)\\s+(.+)$");
    const QString cell = quote.section(u'\t', 0, 0).trimmed();
    if (const auto match = sort.match(instruction); match.hasMatch()) {
        return sortTable(table, bare(match.captured(1)));
    }
    if (const auto match = remove.match(instruction); match.hasMatch()) {
        const QString what = bare(match.captured(1));
        return removeFromTable(table,
                               what.isEmpty() || what == u"this" || what == u"it" ? cell : what);
    }
    if (const auto match = be.match(instruction); match.hasMatch() && !cell.isEmpty()) {
        return setCells(
            table,
            [&](const Json::Array &row, qsizetype i) -> bool { return textOf(row.at(i)) == cell; },
            match.captured(1));
    }
    if (const auto match = of.match(instruction); match.hasMatch()) {
        const qsizetype column = table.column(bare(match.captured(1)));
        return setCells(
            table,
            [&](const Json::Array &row, qsizetype i) -> bool {
                return i == column && Table::names(row, bare(match.captured(2)));
            },
            match.captured(3));
    }
    if (const auto match = change.match(instruction); match.hasMatch()) {
        return setCells(
            table,
            [&](const Json::Array &row, qsizetype i) -> bool {
                return textOf(row.at(i)) == bare(match.captured(1));
            },
            match.captured(2));
    }
    return std::nullopt;
}

} // namespace

std::optional<QString> followInData(Artifact::Type type, Json &content, const QString &quote,
                                    const QString &instruction)
{
    if (type == Artifact::Type::Json) {
        return followInJson(content, quote, instruction);
    }
    Table table(content);
    auto done = followInTable(table, quote, instruction);
    content = table.toJson();
    return done;
}

} // namespace countersign::demo
