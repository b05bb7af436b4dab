// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/words.h"

#include <array>
#include <utility>

namespace countersign {

namespace {

template <class Enum> struct WordsOf;

template <class Enum, size_t Count> using Table = std::array<std::pair<Enum, const char *>, Count>;

template <> struct WordsOf<CaseState>
{
    static constexpr Table<CaseState, 9> table{{
        {CaseState::Waiting, "waiting"},
        {CaseState::Held, "held"},
        {CaseState::Sending, "sending"},
        {CaseState::Delivered, "delivered"},
        {CaseState::Superseded, "superseded"},
        {CaseState::Failed, "failed"},
        {CaseState::Withdrawn, "withdrawn"},
        {CaseState::Trouble, "trouble"},
        {CaseState::Marked, "marked"},
    }};
};

template <> struct WordsOf<DecisionKind>
{
    static constexpr Table<DecisionKind, 5> table{{
        {DecisionKind::Approve, "approve"},
        {DecisionKind::Edit, "edit"},
        {DecisionKind::Reject, "reject"},
        {DecisionKind::Respond, "respond"},
        {DecisionKind::Ignore, "ignore"},
    }};
};

template <> struct WordsOf<DecisionState>
{
    static constexpr Table<DecisionState, 7> table{{
        {DecisionState::Held, "held"},
        {DecisionState::WaitingForParts, "waiting_for_parts"},
        {DecisionState::Sending, "sending"},
        {DecisionState::Delivered, "delivered"},
        {DecisionState::Superseded, "superseded"},
        {DecisionState::Failed, "failed"},
        {DecisionState::Withdrawn, "withdrawn"},
    }};
};

template <> struct WordsOf<OutboxState>
{
    static constexpr Table<OutboxState, 7> table{{
        {OutboxState::WaitingForParts, "waiting_for_parts"},
        {OutboxState::Held, "held"},
        {OutboxState::Sending, "sending"},
        {OutboxState::Delivered, "delivered"},
        {OutboxState::Superseded, "superseded"},
        {OutboxState::Failed, "failed"},
        {OutboxState::Withdrawn, "withdrawn"},
    }};
};

template <> struct WordsOf<Risk>
{
    static constexpr Table<Risk, 4> table{{
        {Risk::Low, "low"},
        {Risk::Medium, "medium"},
        {Risk::High, "high"},
        {Risk::Unknown, "unknown"},
    }};
};

template <> struct WordsOf<Reversibility>
{
    static constexpr Table<Reversibility, 4> table{{
        {Reversibility::Reversible, "reversible"},
        {Reversibility::Costly, "costly"},
        {Reversibility::Irreversible, "irreversible"},
        {Reversibility::Unknown, "unknown"},
    }};
};

template <> struct WordsOf<Disposition>
{
    static constexpr Table<Disposition, 6> table{{
        {Disposition::AutoApprove, "auto-approve"},
        {Disposition::SpotCheck, "spot-check"},
        {Disposition::Review, "review"},
        {Disposition::Approve, "approve"},
        {Disposition::Escalate, "escalate"},
        {Disposition::Block, "block"},
    }};
};

template <> struct WordsOf<Verdict>
{
    static constexpr Table<Verdict, 3> table{{
        {Verdict::Correct, "correct"},
        {Verdict::MinorEdit, "minor_edit"},
        {Verdict::Wrong, "wrong"},
    }};
};

template <> struct WordsOf<Purpose>
{
    static constexpr Table<Purpose, 3> table{{
        {Purpose::Work, "work"},
        {Purpose::SpotCheck, "spot-check"},
        {Purpose::KnownAnswer, "known-answer"},
    }};
};

template <class Enum> QString word(Enum value)
{
    for (const auto &[known, text] : WordsOf<Enum>::table) {
        if (known == value) {
            return QString::fromLatin1(text);
        }
    }
    Q_UNREACHABLE();
}

template <class Enum> std::optional<Enum> find(const QString &text)
{
    for (const auto &[value, known] : WordsOf<Enum>::table) {
        if (QLatin1String(known) == text) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace

QString toWord(CaseState value)
{
    return word(value);
}

template <> std::optional<CaseState> fromWord(const QString &text)
{
    return find<CaseState>(text);
}

QString toWord(DecisionKind value)
{
    return word(value);
}

template <> std::optional<DecisionKind> fromWord(const QString &text)
{
    return find<DecisionKind>(text);
}

QString toWord(DecisionState value)
{
    return word(value);
}

template <> std::optional<DecisionState> fromWord(const QString &text)
{
    return find<DecisionState>(text);
}

QString toWord(OutboxState value)
{
    return word(value);
}

template <> std::optional<OutboxState> fromWord(const QString &text)
{
    return find<OutboxState>(text);
}

QString toWord(Risk value)
{
    return word(value);
}

template <> std::optional<Risk> fromWord(const QString &text)
{
    return find<Risk>(text);
}

QString toWord(Reversibility value)
{
    return word(value);
}

template <> std::optional<Reversibility> fromWord(const QString &text)
{
    return find<Reversibility>(text);
}

QString toWord(Disposition value)
{
    return word(value);
}

template <> std::optional<Disposition> fromWord(const QString &text)
{
    return find<Disposition>(text);
}

QString toWord(Verdict value)
{
    return word(value);
}

template <> std::optional<Verdict> fromWord(const QString &text)
{
    return find<Verdict>(text);
}

QString toWord(Purpose value)
{
    return word(value);
}

template <> std::optional<Purpose> fromWord(const QString &text)
{
    return find<Purpose>(text);
}

QList<DecisionKind> decisionKinds(AllowedDecisions allowed)
{
    QList<DecisionKind> kinds;
    for (const auto &[kind, text] : WordsOf<DecisionKind>::table) {
        if (allowed.testFlag(kind)) {
            kinds.append(kind);
        }
    }
    return kinds;
}

QStringList toWords(AllowedDecisions allowed)
{
    QStringList words;
    for (const DecisionKind kind : decisionKinds(allowed)) {
        words.append(word(kind));
    }
    return words;
}

AllowedDecisions allowedFromWords(const QStringList &words)
{
    AllowedDecisions allowed;
    for (const QString &text : words) {
        if (const auto kind = find<DecisionKind>(text)) {
            allowed.setFlag(*kind);
        }
    }
    return allowed;
}

} // namespace countersign
