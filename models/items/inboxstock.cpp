// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/inboxstock.h"

#include <cmath>

namespace countersign {

namespace {

constexpr int surelyExact = 15; // as many digits survive in any double of normal size

std::optional<qint64> maybe(qint64 value)
{
    return value == InboxEntry::none ? std::nullopt : std::optional<qint64>(value);
}

QString text(const InboxEntry &entry, InboxEntry::Text which)
{
    return textFromUtf8(entry.text(which));
}

/// Fills an entry's texts in their order.
class Texts
{
public:
    explicit Texts(InboxEntry &entry) : m_entry(entry) { }
    void add(const QByteArray &utf8)
    {
        m_entry.texts += utf8;
        m_entry.ends[m_next++] = quint32(m_entry.texts.size());
    }
    /// The rounded value; whether it is there and may be shared.
    double add(const std::optional<Decimal> &value, bool &has, bool &rough)
    {
        const QByteArray written = value ? value->toString().toLatin1() : QByteArray();
        const double rounded = value ? value->toDouble() : 0;
        const auto digits = std::count_if(written.begin(), written.end(),
                                          [](char c) -> bool { return c >= '0' && c <= '9'; });
        const double size = std::abs(rounded);
        has = value.has_value();
        rough = digits > surelyExact || size > 1e300
            || (value && size < 1e-300 && *value != Decimal());
        add(written);
        return rounded;
    }

private:
    InboxEntry &m_entry;
    int m_next = 0;
};

} // namespace

Decimal InboxEntry::exact(Text which) const
{
    return Decimal::parse(text(which).toByteArray()).value_or(Decimal());
}

InboxStock::InboxStock()
{
    (void)wordOf(QString()); // word 0
}

int InboxStock::numberOf(const CaseId &id) const
{
    qint64 key = caseNumber(id);
    if (key == 0) {
        const auto word = m_wordAt.constFind(id.toString());
        if (word == m_wordAt.cend()) {
            return -1;
        }
        key = -qint64(*word);
    }
    return m_numbers.value(key, -1);
}

qint64 InboxStock::keyOf(const CaseId &id)
{
    const qint64 key = caseNumber(id);
    return key > 0 ? key : -qint64(wordOf(id.toString()));
}

CaseId InboxStock::idOf(qint64 key) const
{
    return key > 0 ? CaseId(QStringLiteral("c-") + QString::number(key))
                   : CaseId(m_words.value(-key));
}

quint32 InboxStock::wordOf(const QString &text)
{
    const auto known = m_wordAt.constFind(text);
    if (known != m_wordAt.cend()) {
        return *known;
    }
    const auto number = quint32(m_words.size());
    m_wordAt.insert(text, number);
    m_words.append(text);
    m_forms.append(searchForm(text));
    return number;
}

int InboxStock::put(const InboxRow &row)
{
    const int known = numberOf(row.id);
    if (known >= 0) {
        const InboxEntry &old = entry(known);
        const bool same = old.version == row.version && maybe(old.sendAtMs) == row.sendAtMs
            && m_words.at(old.endpointName) == row.endpointName && old.mine == row.mine
            && old.veiled == row.veiled
            && old.hasConfidence == row.confidence.has_value(); // it may be hidden since
        if (same || old.version > row.version) {
            return -1;
        }
        InboxEntry packed = pack(row);
        m_pages[known / pageSize][known % pageSize] = std::move(packed);
        return known;
    }
    InboxEntry packed = pack(row);
    if (m_size % pageSize == 0) {
        m_pages.append(QList<InboxEntry>());
        m_pages.last().reserve(pageSize);
    }
    m_numbers.insert(packed.key, m_size);
    m_pages.last().append(std::move(packed));
    return m_size++;
}

InboxEntry InboxStock::pack(const InboxRow &row)
{
    // Fails to compile where CaseRow has a member that is not packed here and unpacked in row().
    const auto &[id, endpoint, endpointName, agent, action, caseType, headline, subject, confidence,
                 impact, risk, reversibility, state, queue, allowed, shape, question, part, of,
                 createdMs, updatedMs, dueMs, setAsideUntilMs, version, spotCheck, back, backMs,
                 assignee, assigneeName, followUpMs]
        = static_cast<const CaseRow &>(row);
    InboxEntry entry;
    Texts texts(entry);
    const QString search
        = headline + QLatin1Char('\n') + subject + QLatin1Char('\n') + id.toString();
    texts.add(searchForm(search).toUtf8());
    texts.add(headline.toUtf8());
    texts.add(subject.toUtf8());
    texts.add(question.toUtf8());
    entry.amount = texts.add(impact.amount, entry.hasAmount, entry.roughAmount);
    entry.confidence = texts.add(confidence, entry.hasConfidence, entry.roughConfidence);
    entry.agent = wordOf(agent);
    entry.action = wordOf(action);
    entry.caseType = wordOf(caseType);
    entry.endpoint = wordOf(endpoint.toString());
    entry.endpointName = wordOf(endpointName);
    entry.queue = wordOf(queue);
    entry.shape = wordOf(shape);
    entry.assignee = wordOf(assignee);
    entry.assigneeName = wordOf(assigneeName);
    entry.currency = wordOf(impact.currency);
    entry.part = part;
    entry.of = of;
    entry.key = keyOf(id);
    entry.stamp = ++m_stamp;
    entry.createdMs = createdMs;
    entry.updatedMs = updatedMs;
    entry.dueMs = dueMs.value_or(InboxEntry::none);
    entry.setAsideUntilMs = setAsideUntilMs.value_or(InboxEntry::none);
    entry.followUpMs = followUpMs.value_or(InboxEntry::none);
    entry.backMs = backMs;
    entry.sendAtMs = row.sendAtMs.value_or(InboxEntry::none);
    entry.version = version;
    entry.risk = risk;
    entry.reversibility = reversibility;
    entry.state = state;
    entry.allowed = allowed;
    entry.spotCheck = spotCheck;
    entry.mine = row.mine;
    entry.back = back;
    entry.veiled = row.veiled;
    return entry;
}

InboxRow InboxStock::row(int number) const
{
    const InboxEntry &packed = entry(number);
    InboxRow row;
    row.id = idOf(packed.key);
    row.endpoint = EndpointId(m_words.at(packed.endpoint));
    row.endpointName = m_words.at(packed.endpointName);
    row.agent = m_words.at(packed.agent);
    row.action = m_words.at(packed.action);
    row.caseType = m_words.at(packed.caseType);
    row.headline = text(packed, InboxEntry::Headline);
    row.subject = text(packed, InboxEntry::Subject);
    if (packed.hasConfidence) {
        row.confidence = packed.exact(InboxEntry::Confidence);
    }
    if (packed.hasAmount) {
        row.impact.amount = packed.exact(InboxEntry::Amount);
    }
    row.impact.currency = m_words.at(packed.currency);
    row.risk = packed.risk;
    row.reversibility = packed.reversibility;
    row.state = packed.state;
    row.queue = m_words.at(packed.queue);
    row.allowed = packed.allowed;
    row.shape = m_words.at(packed.shape);
    row.question = text(packed, InboxEntry::Question);
    row.part = packed.part;
    row.of = packed.of;
    row.createdMs = packed.createdMs;
    row.updatedMs = packed.updatedMs;
    row.dueMs = packed.due();
    row.setAsideUntilMs = maybe(packed.setAsideUntilMs);
    row.sendAtMs = maybe(packed.sendAtMs);
    row.version = packed.version;
    row.spotCheck = packed.spotCheck;
    row.mine = packed.mine;
    row.back = packed.back;
    row.backMs = packed.backMs;
    row.assignee = m_words.at(packed.assignee);
    row.assigneeName = m_words.at(packed.assigneeName);
    row.followUpMs = maybe(packed.followUpMs);
    row.veiled = packed.veiled;
    return row;
}

} // namespace countersign
