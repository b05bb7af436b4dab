// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inbox/sections/precedentssection.h"

#include "domain/translate.h"
#include "items/precedentwords.h"
#include "views/foreigntext.h"
#include "views/inbox/sections/pieces.h"
#include "views/style/icons.h"
#include "views/words.h"

namespace countersign {

using namespace pieces;

namespace {

constexpr qsizetype first = 3; ///< the rest is one key away

DecisionKind kindOf(const PastCase &past)
{
    if (past.decision) {
        return *past.decision;
    }
    return past.verdict == Verdict::Wrong    ? DecisionKind::Reject
        : past.verdict == Verdict::MinorEdit ? DecisionKind::Edit
                                             : DecisionKind::Approve;
}

style::Role roleOf(DecisionKind kind)
{
    switch (kind) {
    case DecisionKind::Approve:
        return style::Role::Accept;
    case DecisionKind::Reject:
        return style::Role::Reject;
    default:
        return style::Role::Info;
    }
}

QString names(const QStringList &foreign)
{
    QStringList shown;
    for (const QString &name : foreign) {
        shown.append(foreignName(name, 40));
    }
    return shown.join(tr(", "));
}

/// "Approved with changes (amount) · Ana Pérez · 2026-11-12 10:26 · reversed later"
QString ending(const PastCase &past)
{
    QString what = past.decision ? words::past(*past.decision)
                                 : tr("Marked: %1").arg(words::of(*past.verdict));
    if (!past.edited.isEmpty()) {
        what = tr("%1 (%2)").arg(what, names(past.edited.mid(0, 3)));
    }
    QStringList parts{what, foreignName(past.by), words::time(past.atMs)};
    if (!past.outcome.isEmpty()) {
        parts.append(past.outcome == QLatin1String("bad") ? tr("reversed later") : tr("went well"));
    }
    return parts.join(QStringLiteral(" · "));
}

/// "Differs: amount 980.00, here 1250.00. Same: order, method."
QString comparison(const PastCase &past)
{
    QStringList parts;
    for (const PastCase::Difference &one : past.different) {
        const QString then = one.then.isEmpty() ? tr("not set") : foreignLine(one.then, 40);
        parts.append(
            tr("%1 %2, here %3").arg(foreignName(one.name, 40), then, foreignLine(one.now, 40)));
    }
    const QString differs
        = parts.isEmpty() ? QString() : tr("Differs: %1.").arg(parts.join(QStringLiteral("; ")));
    const QString same = past.same.isEmpty() ? QString() : tr("Same: %1.").arg(names(past.same));
    return differs.isEmpty() || same.isEmpty() ? differs + same
                                               : differs + QStringLiteral(" ") + same;
}

} // namespace

PrecedentsSection::PrecedentsSection(const CaseContext &context)
    : CaseSection(context, tr("Like this"), QStringLiteral("precedents"))
{
    connect(&context.model.precedents(), &PrecedentsModel::changed, this, [this]() -> void {
        if (m_context.model.current()) {
            refresh(false);
        }
    });
}

void PrecedentsSection::refresh(bool another)
{
    m_all = m_all && !another;
    clear();
    const PrecedentsModel &past = m_context.model.precedents();
    const auto &answer = past.answer();
    setCount(answer ? answer->found.like : -1);
    if (past.isVeiled()) {
        body()->addWidget(
            muted(tr("Hidden until your own answer stands: what others decided would tell it."),
                  style::Type::Body));
    } else if (!answer) {
        body()->addWidget(muted(tr("Looking through past cases…"), style::Type::Body));
    } else if (isOpen()) {
        fill(*answer);
    }
}

void PrecedentsSection::fill(const PrecedentsAnswer &answer)
{
    const bool none = answer.found.like == 0;
    auto *sentence
        = new PlainLabel(sentenceOf(answer.found), none ? style::Type::Body : style::Type::Strong);
    if (none) {
        sentence->setRole(style::Role::Muted);
    }
    body()->addWidget(sentence);
    const qsizetype count = m_all ? answer.nearest.size() : std::min(first, answer.nearest.size());
    for (const PastCase &past : answer.nearest.first(count)) {
        body()->addWidget(row(past));
    }
    if (const qsizetype more = answer.nearest.size() - count; more > 0) {
        auto *rest
            = new KeyButton(tr("Show %1 more").arg(more), QStringLiteral("chevron-down"), {});
        connect(rest, &QPushButton::clicked, this, [this, count]() -> void {
            m_all = true;
            refresh(false);
            // After the sentence; the button that had the keys is gone.
            if (QLayoutItem *next = body()->itemAt(int(count) + 1)) {
                next->widget()->findChild<KeyButton *>()->setFocus(Qt::OtherFocusReason);
            }
        });
        body()->addWidget(rest, 0, Qt::AlignLeft);
    }
}

QWidget *PrecedentsSection::row(const PastCase &past)
{
    auto *whole = new QWidget;
    auto *layout = new QVBoxLayout(whole);
    layout->setContentsMargins(0, style::unit, 0, style::unit);
    layout->setSpacing(style::unit / 2);
    const DecisionKind kind = kindOf(past);
    auto *open = new KeyButton(foreignLine(past.headline, 60), {}, {});
    open->setSymbol(style::symbolName(kind), roleOf(kind));
    open->setFlat(true);
    open->setToolTip(tr("Open this past case"));
    connect(open, &QPushButton::clicked, this,
            [this, id = past.id]() -> void { Q_EMIT pastChosen(id); });
    layout->addWidget(open, 0, Qt::AlignLeft);
    auto *lines = new QVBoxLayout;
    lines->setContentsMargins(style::icon + 2 * style::gap, 0, 0, 0);
    lines->setSpacing(style::unit / 2);
    auto *how = new PlainLabel(ending(past), style::Type::Caption);
    if (past.outcome == QLatin1String("bad")) {
        how->setRole(style::Role::Caution);
    }
    lines->addWidget(how);
    if (!past.reason.isEmpty()) {
        lines->addWidget(new PlainLabel(tr("Reason: %1").arg(foreignLine(past.reason, 160)),
                                        style::Type::Caption));
    }
    if (const QString compared = comparison(past); !compared.isEmpty()) {
        lines->addWidget(muted(compared));
    }
    layout->addLayout(lines);
    return whole;
}

} // namespace countersign
