// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/artifact.h"

#include "domain/translate.h"


namespace countersign {

namespace {

constexpr qsizetype longestContent = 1024 * 1024; // bytes of JSON
constexpr qsizetype mostComments = 100;
constexpr qsizetype longestComment = 10'000;
constexpr qsizetype mostColumns = 100;

const QList<std::pair<Artifact::Type, QString>> &words()
{
    static const QList<std::pair<Artifact::Type, QString>> list{
        {Artifact::Type::Text, QStringLiteral("text")},
        {Artifact::Type::Markdown, QStringLiteral("markdown")},
        {Artifact::Type::Json, QStringLiteral("json")},
        {Artifact::Type::Table, QStringLiteral("table")}};
    return list;
}

Result<void> checkTable(const Json &content)
{
    const Json &columns = content[u"columns"];
    const Json &rows = content[u"rows"];
    const qsizetype width = columns.items().size();
    if (!columns.isArray() || !rows.isArray() || columns.toStrings().size() != width || width == 0
        || width > mostColumns) {
        return fail(ErrorCode::InvalidInput, tr("A table needs columns and rows."));
    }
    for (const Json &row : rows.items()) {
        if (!row.isArray() || row.items().size() != width) {
            return fail(ErrorCode::InvalidInput,
                        tr("Every row of a table has a cell for each column."));
        }
    }
    return {};
}

QString cellText(const Json &cell)
{
    return cell.isString() ? cell.toString() : QString::fromUtf8(toJson(cell));
}

QString lineOf(const Json::Array &cells)
{
    QStringList texts;
    for (const Json &cell : cells) {
        texts.append(cell.isNull() ? QString() : cellText(cell));
    }
    return texts.join(u'\t');
}

} // namespace

QString toWord(Artifact::Type type)
{
    for (const auto &[known, word] : words()) {
        if (known == type) {
            return word;
        }
    }
    Q_UNREACHABLE();
}

std::optional<Artifact::Type> artifactTypeFromWord(const QString &word)
{
    for (const auto &[type, known] : words()) {
        if (known == word) {
            return type;
        }
    }
    return std::nullopt;
}

Result<void> Artifact::check(Type type, const countersign::Json &content)
{
    if (countersign::toJson(content).size() > longestContent) {
        return fail(ErrorCode::InvalidInput, tr("It is too long: more than 1 MiB."));
    }
    switch (type) {
    case Type::Text:
    case Type::Markdown:
        return content.isString() ? Result<void>()
                                  : fail(ErrorCode::InvalidInput, tr("It must be a text."));
    case Type::Json:
        return {};
    case Type::Table:
        return checkTable(content);
    }
    Q_UNREACHABLE();
}

QString Artifact::toText(Type type, const countersign::Json &content)
{
    switch (type) {
    case Type::Text:
    case Type::Markdown:
        return content.toString();
    case Type::Json:
        return QString::fromUtf8(toPrettyJson(content));
    case Type::Table: {
        QStringList lines{lineOf(content[u"columns"].items())};
        for (const countersign::Json &row : content[u"rows"].items()) {
            lines.append(lineOf(row.items()));
        }
        return lines.join(u'\n');
    }
    }
    Q_UNREACHABLE();
}

Result<countersign::Json> Artifact::fromText(Type type, const QString &text)
{
    if (type == Type::Text || type == Type::Markdown) {
        return countersign::Json(text);
    }
    return parseJson(text.toUtf8());
}

Json Artifact::hashed() const
{
    return countersign::Json::object({{QStringLiteral("content"), content},
                                      {QStringLiteral("title"), countersign::Json(title)},
                                      {QStringLiteral("type"), countersign::Json(toWord(type))}});
}

Json Artifact::toJson() const
{
    countersign::Json json = hashed();
    json.set(QStringLiteral("revision"), countersign::Json(revision));
    if (!note.isEmpty()) {
        json.set(QStringLiteral("note"), countersign::Json(note));
    }
    return json;
}

std::optional<Artifact> Artifact::fromJson(const countersign::Json &json)
{
    const auto type = artifactTypeFromWord(json[u"type"].toString());
    if (!type || !check(*type, json[u"content"])) {
        return std::nullopt;
    }
    return Artifact{.type = *type,
                    .title = json[u"title"].toString(),
                    .content = json[u"content"],
                    .revision = int(json[u"revision"].toInteger(1)),
                    .note = json[u"note"].toString()};
}

Json ArtifactWork::toJson() const
{
    Json json = Json::object();
    if (content) {
        json.set(QStringLiteral("content"), *content);
    }
    Json list = Json::array();
    for (const PassageComment &comment : comments) {
        Json one = Json::object({{QStringLiteral("quote"), Json(comment.quote)},
                                 {QStringLiteral("text"), Json(comment.text)}});
        if (comment.start) {
            one.set(QStringLiteral("start"), Json(*comment.start));
        }
        list.append(one);
    }
    if (!comments.isEmpty()) {
        json.set(QStringLiteral("comments"), list);
    }
    return json;
}

ArtifactWork ArtifactWork::fromJson(const Json &json)
{
    ArtifactWork work;
    if (json.contains(u"content")) {
        work.content = json[u"content"];
    }
    for (const Json &one : json[u"comments"].items()) {
        PassageComment comment{.quote = one[u"quote"].toString(), .text = one[u"text"].toString()};
        if (one[u"start"].isNumber()) {
            comment.start = one[u"start"].toInteger();
        }
        work.comments.append(comment);
    }
    return work;
}

Result<void> ArtifactWork::check(const Artifact &artifact) const
{
    if (comments.size() > mostComments) {
        return fail(ErrorCode::InvalidInput,
                    tr("At most %1 comments go along at once.").arg(mostComments));
    }
    for (const PassageComment &comment : comments) {
        if (comment.text.trimmed().isEmpty() || comment.text.size() > longestComment) {
            return fail(ErrorCode::InvalidInput,
                        tr("A comment needs a text of at most %1 characters.").arg(longestComment));
        }
    }
    return content ? Artifact::check(artifact.type, *content) : Result<void>();
}

} // namespace countersign
