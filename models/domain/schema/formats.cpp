// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/schema/formats.h"

#include "domain/translate.h"

#include <QDate>
#include <QRegularExpression>
#include <QTime>
#include <QUrl>

namespace countersign {

namespace {

constexpr qsizetype longest = 4096;

bool matches(const char *pattern, const QString &text)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)))
        .match(text)
        .hasMatch();
}

bool isDate(const QString &text)
{
    return matches("[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
        && QDate::fromString(text, Qt::ISODate).isValid();
}

bool isTime(const QString &text)
{
    static const QRegularExpression form(QRegularExpression::anchoredPattern(
        QStringLiteral("([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?"
                       "([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])")));
    return form.match(text).hasMatch();
}

bool isDateTime(const QString &text)
{
    return text.size() > 11 && isDate(text.left(10))
        && (text.at(10) == QLatin1Char('T') || text.at(10) == QLatin1Char('t')
            || text.at(10) == QLatin1Char(' '))
        && isTime(text.mid(11));
}

bool isHost(const QString &text)
{
    return text.size() <= 253
        && matches("([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)"
                   "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*",
                   text);
}

bool isMail(const QString &text)
{
    const qsizetype at = text.lastIndexOf(QLatin1Char('@'));
    return at > 0 && at <= 64 && matches("[^\\s@<>(),;:\\\\\"\\[\\]]+", text.left(at))
        && !text.left(at).contains(QStringLiteral("..")) && isHost(text.mid(at + 1));
}

bool isIpv4(const QString &text)
{
    return matches("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}", text);
}

bool isIpv6(const QString &text)
{
    const qsizetype gap = text.indexOf(QStringLiteral("::"));
    if (!matches("[0-9A-Fa-f:.]+", text) || text.indexOf(QStringLiteral("::"), gap + 1) > gap
        || text.contains(QStringLiteral(":::"))) {
        return false;
    }
    QString rest = text;
    int groups = 0;
    if (const qsizetype last = rest.lastIndexOf(QLatin1Char(':'));
        rest.contains(QLatin1Char('.'))) {
        if (last < 0 || !isIpv4(rest.mid(last + 1))) {
            return false;
        }
        groups = 2;
        rest = rest.left(last + (gap == last - 1 ? 1 : 0));
    }
    for (const QString &group : rest.split(QLatin1Char(':'), Qt::SkipEmptyParts)) {
        groups += 1;
        if (group.size() > 4) {
            return false;
        }
    }
    const bool loose = rest.startsWith(QLatin1Char(':')) || rest.endsWith(QLatin1Char(':'));
    return gap >= 0 ? groups < 8 : groups == 8 && !loose;
}

bool isUri(const QString &text)
{
    return matches("[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>\"{}|\\\\^`]*", text)
        && QUrl(text, QUrl::StrictMode).isValid();
}

struct Format
{
    const char *name;
    bool (*is)(const QString &);
    const char *words;
    const char *example;
};

const Format formats[] = {
    {"date", isDate, QT_TRANSLATE_NOOP("countersign", "must be a date like %1."), "2026-11-28"},
    {"date-time", isDateTime, QT_TRANSLATE_NOOP("countersign", "must be a date and time like %1."),
     "2026-11-28T09:30:00Z"},
    {"time", isTime, QT_TRANSLATE_NOOP("countersign", "must be a time like %1."), "09:30:00Z"},
    {"duration",
     [](const QString &text) -> bool {
         return matches("P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?"
                        "(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]+)?S)?)?",
                        text);
     },
     QT_TRANSLATE_NOOP("countersign", "must be a duration like %1."), "PT15M"},
    {"email", isMail, QT_TRANSLATE_NOOP("countersign", "must be an e-mail address like %1."),
     "name@example.com"},
    {"hostname", isHost, QT_TRANSLATE_NOOP("countersign", "must be a host name like %1."),
     "www.example.com"},
    {"ipv4", isIpv4, QT_TRANSLATE_NOOP("countersign", "must be an IPv4 address like %1."), "192.0.2.1"},
    {"ipv6", isIpv6, QT_TRANSLATE_NOOP("countersign", "must be an IPv6 address like %1."),
     "2001:db8::1"},
    {"uri", isUri, QT_TRANSLATE_NOOP("countersign", "must be a whole address like %1."),
     "https://example.com/page"},
    {"url", isUri, QT_TRANSLATE_NOOP("countersign", "must be a whole address like %1."),
     "https://example.com/page"},
    {"uri-reference", [](const QString &text) -> bool { return !text.contains(QLatin1Char(' ')); },
     QT_TRANSLATE_NOOP("countersign", "must be an address like %1."), "/page"},
    {"uuid",
     [](const QString &text) -> bool {
         return matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", text);
     },
     QT_TRANSLATE_NOOP("countersign", "must be a UUID like %1."),
     "123e4567-e89b-12d3-a456-426614174000"},
    {"json-pointer",
     [](const QString &text) -> bool { return matches("(/([^/~]|~0|~1)*)*", text); },
     QT_TRANSLATE_NOOP("countersign", "must be a JSON pointer like %1."), "/customer/name"},
    {"regex", [](const QString &text) -> bool { return QRegularExpression(text).isValid(); },
     QT_TRANSLATE_NOOP("countersign", "must be a regular expression like %1."), "^[a-z]+$"},
};

const Format *find(const QString &name)
{
    for (const Format &format : formats) {
        if (name == QLatin1String(format.name)) {
            return &format;
        }
    }
    return nullptr;
}

} // namespace

QString formatFault(const QString &format, const QString &text)
{
    const Format *known = find(format);
    if (known == nullptr || (text.size() <= longest && known->is(text))) {
        return {};
    }
    return tr(known->words).arg(QLatin1String(known->example));
}

QString formatExample(const QString &format)
{
    const Format *known = find(format);
    return known == nullptr ? QString() : QString::fromLatin1(known->example);
}

} // namespace countersign
