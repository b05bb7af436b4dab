// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/deepsearch.h"

#include "domain/continued.h"

namespace countersign {

namespace {

constexpr int patienceMs = 400;
constexpr int pauseMs = 500;

} // namespace

Result<DeepHits> deepHits(Reader &reader, const QStringList &words,
                          const std::function<bool()> &isStale)
{
    DeepHits hits;
    for (const QString &word : words) {
        if (isStale && isStale()) {
            break;
        }
        const auto ids = reader.casesWithText(word);
        if (!ids) {
            return tl::unexpected<Error>(ids.error());
        }
        QBitArray numbers;
        for (const CaseId &id : *ids) {
            const qint64 number = caseNumber(id);
            if (number >= numbers.size()) {
                numbers.resize(qMax(number + 1, 2 * numbers.size()));
            }
            numbers.setBit(number);
        }
        hits.insert(word, numbers);
    }
    return hits;
}

DeepSearch::DeepSearch(Store &store, QObject *parent) : QObject(parent), m_store(store)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, &DeepSearch::stopWaiting);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &DeepSearch::read);
}

DeepSearch::~DeepSearch()
{
    ++*m_newest;
}

bool DeepSearch::ask(const QStringList &words)
{
    if (words == m_words) {
        return m_awaited;
    }
    m_words = words;
    m_awaited = std::any_of(words.begin(), words.end(),
                            [this](const QString &word) -> bool { return !m_hits.contains(word); });
    if (m_awaited) {
        m_patience.start();
        read();
    } else {
        ++*m_newest;
        m_patience.stop();
    }
    return m_awaited;
}

void DeepSearch::refresh()
{
    if (!m_words.isEmpty() && !m_awaited && !m_pause.isActive()) {
        m_pause.start();
    }
}

void DeepSearch::stopWaiting()
{
    m_patience.stop();
    m_awaited = false;
    Q_EMIT answered();
}

void DeepSearch::read()
{
    m_pause.stop();
    const int mine = ++*m_newest;
    const auto job = [words = m_words, newest = m_newest, mine](Reader &reader) {
        return deepHits(reader, words, [&]() -> bool { return *newest != mine; });
    };
    continued(m_store.read<DeepHits>(job), this,
              [this, mine](const Result<DeepHits> &hits) -> void {
                  if (mine != *m_newest) {
                      return;
                  }
                  if (hits) {
                      m_hits = *hits;
                  } else {
                      Q_EMIT failed(hits.error());
                  }
                  stopWaiting();
              });
}

} // namespace countersign
