// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/error.h"
#include "domain/json.h"

#include <QList>
#include <QString>

#include <optional>

namespace countersign {

/// What an action would send or publish, whole: a reply, a contract, a configuration, a list. The
/// agent drafts it, a reviewer works on it, the agent drafts again; each is a revision. All of it
/// is foreign text.
struct Artifact
{
    enum class Type
    {
        Text,
        Markdown, ///< shown as the text that it is (domain/markdown.h)
        Json,
        Table ///< {"columns": [text …], "rows": [[value …] …]}, every row as long as the columns
    };
    Type type = Type::Text;
    QString title;
    countersign::Json content; ///< a string for Text and Markdown
    int revision = 1; ///< the agent's count
    QString note; ///< what the agent says that it changed; empty in the first

    /// InvalidInput where the content is none of its type, or beyond 1 MiB.
    [[nodiscard]] static Result<void> check(Type type, const countersign::Json &content);
    /// One text for a plain editor and for comparisons: prose as it is, JSON indented, a table with
    /// a line for each row and tabs between the cells.
    [[nodiscard]] static QString toText(Type type, const countersign::Json &content);
    /// What was typed, back. Prose is anything; JSON must parse. InvalidInput names the fault.
    [[nodiscard]] static Result<countersign::Json> fromText(Type type, const QString &text);

    /// What a decision is bound to: {"content", "title", "type"}.
    [[nodiscard]] countersign::Json hashed() const;
    [[nodiscard]] countersign::Json toJson() const;
    [[nodiscard]] static std::optional<Artifact> fromJson(const countersign::Json &json);
    friend bool operator==(const Artifact &, const Artifact &) = default;
};

[[nodiscard]] QString toWord(Artifact::Type type); ///< "text", "markdown", "json", "table"
[[nodiscard]] std::optional<Artifact::Type> artifactTypeFromWord(const QString &word);

/// A reviewer's remark on a passage of an artifact.
struct PassageComment
{
    QString quote; ///< the passage, word for word
    std::optional<qint64> start; ///< where it begins in Artifact::toText(), in code points
    QString text;
    friend bool operator==(const PassageComment &, const PassageComment &) = default;
};

/// What a reviewer did with an artifact before deciding.
struct ArtifactWork
{
    std::optional<Json> content; ///< edited; nothing where it was left as it is
    QList<PassageComment> comments; ///< on the edited content, else on the agent's

    [[nodiscard]] bool isEmpty() const { return !content && comments.isEmpty(); }
    [[nodiscard]] Json toJson() const; ///< {"content"?, "comments"?}, for an event's payload
    [[nodiscard]] static ArtifactWork fromJson(const Json &json);
    /// At most 100 comments of at most 10,000 characters; content of its type; InvalidInput else.
    [[nodiscard]] Result<void> check(const Artifact &artifact) const;
    friend bool operator==(const ArtifactWork &, const ArtifactWork &) = default;
};

} // namespace countersign
