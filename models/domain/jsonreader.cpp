// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/json.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace countersign {

namespace {

QString trJson(const char *text)
{
    return QCoreApplication::translate("Json", text);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Length of the JSON number at the start of `text`, 0 if there is none.
qsizetype numberLength(const char *text, const char *end)
{
    const char *p = text;
    if (p < end && *p == '-') {
        ++p;
    }
    if (p == end || !isDigit(*p)) {
        return 0;
    }
    if (*p == '0') {
        ++p;
    } else {
        while (p < end && isDigit(*p)) {
            ++p;
        }
    }
    if (p < end && *p == '.') {
        const char *fraction = ++p;
        while (p < end && isDigit(*p)) {
            ++p;
        }
        if (p == fraction) {
            return 0;
        }
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        ++p;
        if (p < end && (*p == '+' || *p == '-')) {
            ++p;
        }
        const char *exponent = p;
        while (p < end && isDigit(*p)) {
            ++p;
        }
        if (p == exponent) {
            return 0;
        }
    }
    return p - text;
}

class Reader
{
public:
    Reader(const QByteArray &bytes, const JsonLimits &limits)
        : m_begin(bytes.constData()),
          m_at(m_begin),
          m_end(m_begin + bytes.size()),
          m_limits(limits)
    {
    }

    Result<Json> read()
    {
        if (m_end - m_begin > m_limits.bytes) {
            return fail(ErrorCode::TooLarge,
                        trJson("The JSON has %1 bytes; at most %2 are read.")
                            .arg(m_end - m_begin)
                            .arg(m_limits.bytes));
        }
        Json value;
        skipSpace();
        if (!readValue(value, 0)) {
            return error();
        }
        skipSpace();
        if (m_at != m_end) {
            stop(QT_TRANSLATE_NOOP("Json", "there is something after the end of the value"));
            return error();
        }
        return value;
    }

private:
    tl::unexpected<Error> error() const
    {
        return fail(ErrorCode::Protocol,
                    trJson("This is not valid JSON: %1 (at byte %2).")
                        .arg(trJson(m_fault))
                        .arg(m_at - m_begin));
    }

    bool stop(const char *fault)
    {
        m_fault = fault;
        return false;
    }

    void skipSpace()
    {
        while (m_at < m_end && (*m_at == ' ' || *m_at == '\t' || *m_at == '\n' || *m_at == '\r')) {
            ++m_at;
        }
    }

    bool take(char c)
    {
        if (m_at < m_end && *m_at == c) {
            ++m_at;
            return true;
        }
        return false;
    }

    bool takeWord(QByteArrayView word)
    {
        if (m_end - m_at >= word.size() && QByteArrayView(m_at, word.size()) == word) {
            m_at += word.size();
            return true;
        }
        return false;
    }

    bool readValue(Json &value, int depth)
    {
        if (depth > m_limits.depth) {
            return stop(QT_TRANSLATE_NOOP("Json", "it is nested too deeply"));
        }
        if (m_at == m_end) {
            return stop(QT_TRANSLATE_NOOP("Json", "it ends too early"));
        }
        switch (*m_at) {
        case '{':
            return readObject(value, depth);
        case '[':
            return readArray(value, depth);
        case '"': {
            QString text;
            if (!readString(text)) {
                return false;
            }
            value = Json(text);
            return true;
        }
        case 't':
            value = Json(true);
            return takeWord("true") || stop(unknownWord);
        case 'f':
            value = Json(false);
            return takeWord("false") || stop(unknownWord);
        case 'n':
            value = Json();
            return takeWord("null") || stop(unknownWord);
        default:
            return readNumber(value);
        }
    }

    bool readNumber(Json &value)
    {
        const qsizetype length = numberLength(m_at, m_end);
        if (length == 0) {
            return stop(unknownWord);
        }
        value = Json::number(QByteArray(m_at, length));
        m_at += length;
        return true;
    }

    bool readArray(Json &value, int depth)
    {
        ++m_at;
        Json::Array items;
        skipSpace();
        if (!take(']')) {
            do {
                skipSpace();
                Json item;
                if (!readValue(item, depth + 1)) {
                    return false;
                }
                items.append(item);
                skipSpace();
            } while (take(','));
            if (!take(']')) {
                return stop(QT_TRANSLATE_NOOP("Json", "a comma or ] is missing"));
            }
        }
        value = Json::array(std::move(items));
        return true;
    }

    bool readObject(Json &value, int depth)
    {
        ++m_at;
        Json::Object members;
        QSet<QString> keys;
        skipSpace();
        if (!take('}')) {
            do {
                skipSpace();
                QString key;
                if (m_at == m_end || *m_at != '"') {
                    return stop(QT_TRANSLATE_NOOP("Json", "a member's name is missing"));
                }
                if (!readString(key)) {
                    return false;
                }
                const qsizetype before = keys.size();
                keys.insert(key);
                if (keys.size() == before) {
                    return stop(QT_TRANSLATE_NOOP("Json", "a member's name stands twice"));
                }
                skipSpace();
                if (!take(':')) {
                    return stop(QT_TRANSLATE_NOOP("Json", "a colon is missing"));
                }
                skipSpace();
                Json member;
                if (!readValue(member, depth + 1)) {
                    return false;
                }
                members.append({key, member});
                skipSpace();
            } while (take(','));
            if (!take('}')) {
                return stop(QT_TRANSLATE_NOOP("Json", "a comma or } is missing"));
            }
        }
        value = Json::object(std::move(members));
        return true;
    }

    bool readHex(char16_t &unit)
    {
        if (m_end - m_at < 4) {
            return false;
        }
        bool ok = false;
        const uint value = QByteArray(m_at, 4).toUInt(&ok, 16);
        if (!ok
            || !std::all_of(m_at, m_at + 4, [](char c) { return std::isxdigit(uchar(c)) != 0; })) {
            return false;
        }
        unit = char16_t(value);
        m_at += 4;
        return true;
    }

    bool readEscape(QString &text)
    {
        if (m_at == m_end) {
            return stop(unfinishedString);
        }
        const char c = *m_at++;
        switch (c) {
        case '"':
        case '\\':
        case '/':
            text += QLatin1Char(c);
            return true;
        case 'b':
            text += QLatin1Char('\b');
            return true;
        case 'f':
            text += QLatin1Char('\f');
            return true;
        case 'n':
            text += QLatin1Char('\n');
            return true;
        case 'r':
            text += QLatin1Char('\r');
            return true;
        case 't':
            text += QLatin1Char('\t');
            return true;
        case 'u':
            break;
        default:
            return stop(QT_TRANSLATE_NOOP("Json", "a string has an unknown escape"));
        }
        char16_t high = 0;
        if (!readHex(high)) {
            return stop(QT_TRANSLATE_NOOP("Json", "a string has a broken \\u escape"));
        }
        text += QChar(high);
        if (QChar::isLowSurrogate(high)) {
            return stop(loneSurrogate);
        }
        if (QChar::isHighSurrogate(high)) {
            char16_t low = 0;
            if (!take('\\') || !take('u') || !readHex(low) || !QChar::isLowSurrogate(low)) {
                return stop(loneSurrogate);
            }
            text += QChar(low);
        }
        return true;
    }

    bool readString(QString &text)
    {
        ++m_at;
        while (true) {
            const char *run = m_at;
            while (m_at < m_end && *m_at != '"' && *m_at != '\\' && uchar(*m_at) >= 0x20) {
                ++m_at;
            }
            const QByteArrayView bytes(run, m_at - run);
            if (!bytes.isValidUtf8()) {
                return stop(QT_TRANSLATE_NOOP("Json", "a string is not UTF-8"));
            }
            text += textFromUtf8(bytes);
            if (m_at == m_end) {
                return stop(unfinishedString);
            }
            if (uchar(*m_at) < 0x20) {
                return stop(QT_TRANSLATE_NOOP("Json", "a string holds a bare control character"));
            }
            if (*m_at++ == '"') {
                return true;
            }
            if (!readEscape(text)) {
                return false;
            }
        }
    }

    static constexpr const char *unknownWord
        = QT_TRANSLATE_NOOP("Json", "a value was expected here");
    static constexpr const char *unfinishedString
        = QT_TRANSLATE_NOOP("Json", "a string does not end");
    static constexpr const char *loneSurrogate
        = QT_TRANSLATE_NOOP("Json", "a string holds half a character (lone surrogate)");

    const char *m_begin;
    const char *m_at;
    const char *m_end;
    JsonLimits m_limits;
    const char *m_fault = "";
};

} // namespace

QString textFromUtf8(QByteArrayView bytes)
{
    QString text;
    while (bytes.startsWith("\xEF\xBB\xBF")) {
        text += QChar(0xFEFF);
        bytes = bytes.sliced(3);
    }
    return text + QString::fromUtf8(bytes);
}

Result<Json> parseJson(const QByteArray &bytes, const JsonLimits &limits)
{
    return Reader(bytes, limits).read();
}

bool isJsonNumber(const QByteArray &text)
{
    return !text.isEmpty() && numberLength(text.constBegin(), text.constEnd()) == text.size();
}

} // namespace countersign
