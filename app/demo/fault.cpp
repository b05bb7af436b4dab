// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/fault.h"

#include <QMap>
#include <QStringList>

namespace countersign::demo {

namespace {

const QMap<QString, Fault::Kind> &kindNames()
{
    static const QMap<QString, Fault::Kind> names{
        {QStringLiteral("none"), Fault::Kind::None},
        {QStringLiteral("500"), Fault::Kind::ServerError},
        {QStringLiteral("hang"), Fault::Kind::Hang},
        {QStringLiteral("slow"), Fault::Kind::Slow},
        {QStringLiteral("malformed"), Fault::Kind::Malformed},
        {QStringLiteral("duplicate"), Fault::Kind::Duplicate},
        {QStringLiteral("reorder"), Fault::Kind::Reorder},
        {QStringLiteral("change-after-shown"), Fault::Kind::ChangeAfterShown},
        {QStringLiteral("drop-after-apply"), Fault::Kind::DropAfterApply},
        {QStringLiteral("huge"), Fault::Kind::Huge},
    };
    return names;
}

} // namespace

Result<Fault> Fault::parse(const QString &written)
{
    const QStringList words = written.split(u':');
    if (!kindNames().contains(words.first())) {
        return fail(ErrorCode::InvalidInput,
                    QStringLiteral("There is no fault \"%1\". There are: %2.")
                        .arg(words.first(), kindNames().keys().join(QStringLiteral(", "))));
    }
    Fault fault;
    fault.m_kind = kindNames().value(words.first());
    fault.m_onReads
        = fault.m_kind != Kind::ChangeAfterShown && fault.m_kind != Kind::DropAfterApply;
    fault.m_onDecisions = fault.m_kind != Kind::Malformed && fault.m_kind != Kind::Huge;
    for (const QString &word : words.mid(1)) {
        bool ok = true;
        if (word.startsWith(u"after-")) {
            fault.m_after = word.mid(6).toInt(&ok);
        } else if (word.startsWith(u"times-")) {
            fault.m_times = word.mid(6).toInt(&ok);
        } else if (word == u"on-decisions" || word == u"on-reads" || word == u"on-all") {
            fault.m_onReads = word != u"on-decisions";
            fault.m_onDecisions = word != u"on-reads";
        } else {
            fault.m_after = word.toInt(&ok);
        }
        if (!ok || fault.m_after < 0) {
            return fail(
                ErrorCode::InvalidInput,
                QStringLiteral(
                    "\"%1\" is not understood: after-N, times-M, on-decisions, on-reads or on-all.")
                    .arg(word));
        }
    }
    return fault;
}

Fault::Kind Fault::meet(bool decision)
{
    if (m_kind == Kind::None || (decision ? !m_onDecisions : !m_onReads)) {
        return Kind::None;
    }
    if (m_after > 0) {
        --m_after;
        return Kind::None;
    }
    if (m_times == 0) {
        return Kind::None;
    }
    if (m_times > 0) {
        --m_times;
    }
    ++m_met;
    return m_kind;
}

} // namespace countersign::demo
