// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/casefilter.h"

#include "domain/error.h"
#include "domain/translate.h"
#include "items/deepsearch.h"

namespace countersign {

namespace {

constexpr qsizetype casesAtOnce = 5000;

QString viewWords()
{
    QStringList words{toWord(InboxQueue::Any)};
    for (const InboxQueue queue : allInboxQueues) {
        words.append(toWord(queue));
    }
    return words.join(QStringLiteral(", "));
}

/// Reads options one by one; the first fault stays.
class FilterReader
{
public:
    explicit FilterReader(const Arguments &arguments) : m_arguments(arguments) { }

    void take(const char *option, QStringList &into)
    {
        if (m_arguments.has(option)) {
            into = m_arguments.all(option);
        }
    }
    template <class Enum>
    void takeWords(const char *option, QList<Enum> &into, const QString &known)
    {
        if (!m_arguments.has(option)) {
            return;
        }
        into.clear();
        for (const QString &word : m_arguments.all(option)) {
            if (const auto value = fromWord<Enum>(word)) {
                into.append(*value);
            } else {
                fault(tr("There is no %1 “%2”; use %3.")
                          .arg(QString::fromLatin1(option), word, known));
            }
        }
    }
    /// False where it is not given.
    bool take(const char *option, std::optional<Decimal> &into, bool confidence)
    {
        if (!m_arguments.has(option)) {
            return false;
        }
        static const Decimal one = *Decimal::parse(QByteArray("1"));
        const QString given = m_arguments.value(option);
        into = Decimal::parse(given);
        if (confidence && (!into || *into < Decimal() || *into > one)) {
            fault(tr("“%1” is no confidence; give --%2 a number from 0 to 1.")
                      .arg(given, QString::fromLatin1(option)));
        } else if (!into) {
            fault(tr("“%1” is no amount; give --%2 a number such as 1250.50.")
                      .arg(given, QString::fromLatin1(option)));
        }
        return true;
    }
    void takeSpan(const char *option, std::optional<qint64> &into)
    {
        if (m_arguments.has(option)) {
            into = spanOf(m_arguments.value(option));
            if (!into) {
                fault(tr("“%1” is no span of time; give --%2 a number with s, m, h or d, such as "
                         "90m.")
                          .arg(m_arguments.value(option), QString::fromLatin1(option)));
            }
        }
    }
    /// "90m" in milliseconds.
    static std::optional<qint64> spanOf(const QString &text)
    {
        static const QHash<QChar, qint64> units{{QLatin1Char('s'), 1000},
                                                {QLatin1Char('m'), 60'000},
                                                {QLatin1Char('h'), 3'600'000},
                                                {QLatin1Char('d'), 86'400'000}};
        const qint64 unit = text.isEmpty() ? 0 : units.value(text.back(), 0);
        bool ok = false;
        const qint64 number = text.chopped(text.isEmpty() ? 0 : 1).toLongLong(&ok);
        return ok && unit > 0 && number >= 0 && number <= 36'500 ? std::optional(number * unit)
                                                                 : std::nullopt;
    }
    void fault(const QString &sentence)
    {
        if (!m_fault) {
            m_fault = sentence;
        }
    }
    [[nodiscard]] const std::optional<QString> &failed() const { return m_fault; }

private:
    const Arguments &m_arguments;
    std::optional<QString> m_fault;
};

void takeDue(FilterReader &reader, const Arguments &arguments, InboxFilter &filter)
{
    if (!arguments.has("due")) {
        return;
    }
    filter.dueWithinMs.reset();
    filter.withoutDue = false;
    for (const QString &word : arguments.all("due")) {
        if (word == QLatin1String("none")) {
            filter.withoutDue = true;
        } else if (word == QLatin1String("overdue")) {
            filter.dueWithinMs = 0;
        } else if (const auto span = FilterReader::spanOf(word)) {
            filter.dueWithinMs = *span;
        } else {
            reader.fault(
                tr("“%1” is no due time; use overdue, none or a span such as 4h.").arg(word));
        }
    }
}

void takeConfidence(FilterReader &reader, const Arguments &arguments, InboxFilter &filter)
{
    const bool least = reader.take("min-confidence", filter.minConfidence, true);
    const bool most = reader.take("max-confidence", filter.maxConfidence, true);
    const bool unknown = arguments.has("unknown-confidence");
    if (least || most) {
        filter.knownConfidence = true;
        filter.unknownConfidence = unknown;
    } else if (unknown) {
        filter.knownConfidence = false;
        filter.unknownConfidence = true;
    }
}

void takeAmount(FilterReader &reader, const Arguments &arguments, InboxFilter &filter)
{
    AmountRange range{arguments.value("currency"), {}, {}};
    const bool least = reader.take("min-amount", range.min, false);
    const bool most = reader.take("max-amount", range.max, false);
    if (least || most || !range.currency.isEmpty()) {
        filter.amounts = {range};
    }
}

void takeView(FilterReader &reader, const Arguments &arguments, InboxFilter &filter)
{
    if (arguments.has("view")) {
        const QString word = arguments.value("view");
        filter.queue = word == toWord(InboxQueue::Any) ? InboxQueue::Any : inboxQueueFromWord(word);
        if (toWord(filter.queue) != word) {
            reader.fault(tr("There is no view “%1”; use one of %2.").arg(word, viewWords()));
        }
    }
}

/// What the database can leave out; the rest is matched row by row.
CaseQuery roughly(const InboxFilter &filter)
{
    CaseQuery query;
    query.states = {filter.states.begin(), filter.states.end()};
    query.caseType = filter.caseTypes.size() == 1 ? filter.caseTypes.first() : QString();
    return query;
}

Result<void> nameEndpoints(Reader &reader, const QStringList &named, InboxFilter &filter)
{
    const auto known = reader.endpoints();
    if (!known) {
        return tl::unexpected<Error>(known.error());
    }
    for (const QString &name : named) {
        const auto at
            = std::find_if(known->begin(), known->end(), [&name](const Endpoint &one) -> bool {
                  return one.name == name || one.id.toString() == name;
              });
        if (at == known->end()) {
            return invalid(
                tr("There is no endpoint “%1”; see countersignctl endpoint list.").arg(name));
        }
        filter.endpoints.append(at->id.toString());
    }
    return {};
}

/// Ids in the order in which they are wanted.
Result<QList<CaseId>> idsOf(Reader &reader, CaseChoice choice, qint64 nowMs)
{
    InboxFilter &filter = choice.filter;
    const auto named = nameEndpoints(reader, choice.endpoints, filter);
    const auto deep = named ? deepHits(reader, filterWords(filter.text)) : DeepHits();
    const auto rows = reader.caseRows(roughly(filter));
    if (!named || !deep || !rows) {
        return tl::unexpected<Error>(!named ? named.error() : !deep ? deep.error() : rows.error());
    }
    QList<InboxRow> fitting;
    for (const CaseRow &row : *rows) {
        InboxRow one{row};
        if (matches(filter, one, nowMs, *deep)) {
            fitting.append(one);
        }
    }
    if (choice.order) {
        std::stable_sort(fitting.begin(), fitting.end(),
                         [&choice](const InboxRow &a, const InboxRow &b) -> bool {
                             return isBefore(*choice.order, a, b);
                         });
    }
    QList<CaseId> ids;
    for (const InboxRow &row : fitting.mid(0, choice.limit.value_or(-1))) {
        ids.append(row.id);
    }
    return ids;
}

} // namespace

QList<OptionSpec> caseFilterOptions()
{
    const auto option = [](const char *name, const char *value, const QString &help,
                           bool repeated = false) -> OptionSpec {
        return {.name = QLatin1String(name),
                .value = QLatin1String(value),
                .help = help,
                .repeated = repeated};
    };
    return {
        option("state", "S", tr("only cases in this state; several: in one of them"), true),
        option("view", "V", tr("as the inbox has them, one of %1").arg(viewWords())),
        option("case-type", "T", tr("only of this type, or one of several"), true),
        option("action", "A", tr("only with this action, or one of several"), true),
        option("agent", "A", tr("only of this agent, or one of several"), true),
        option("endpoint", "E", tr("only of this endpoint (name or id), or one of several"), true),
        option("queue", "Q", tr("only in this queue, or one of several"), true),
        option("assignee", "WHO", tr("only assigned to this person, or to nobody"), true),
        option("risk", "R", tr("low, medium, high or unknown; several: one of them"), true),
        option("min-confidence", "X", tr("at least, from 0 to 1")),
        option("max-confidence", "X", tr("at most, from 0 to 1")),
        option("unknown-confidence", "", tr("only those without one; with a range: these as well")),
        option("currency", "C", tr("only amounts in this currency")),
        option("min-amount", "X", tr("an amount of at least this")),
        option("max-amount", "X", tr("an amount of at most this")),
        option("due", "D", tr("overdue, none, or due within a span such as 4h; several: any"),
               true),
        option("min-age", "D", tr("asked at least this long ago: 90m, 4h, 2d")),
        option("max-age", "D", tr("asked at most this long ago")),
        option("text", "WORDS",
               tr("all words occur somewhere in it, whatever their case and\n"
                  "                              accents")),
        option("filter", "JSON",
               tr("a whole filter, as the inbox keeps it; the other options change it"))};
}

bool hasCaseFilter(const Arguments &arguments)
{
    const QList<OptionSpec> options = caseFilterOptions();
    return std::any_of(options.begin(), options.end(), [&](const OptionSpec &option) -> bool {
        return arguments.has(option.name.toLatin1().constData());
    });
}

QList<OptionSpec> caseListOptions()
{
    return {{.name = QStringLiteral("sort"),
             .value = QStringLiteral("KEYS"),
             .help = tr("such as risk,-amount: due, risk, age, amount, confidence, case_type,\n"
                        "                              action, agent, endpoint, queue; a minus "
                        "turns one round")},
            {.name = QStringLiteral("limit"),
             .value = QStringLiteral("N"),
             .help = tr("at most so many")}};
}

Result<CaseChoice> caseFilter(const Arguments &arguments)
{
    CaseChoice choice;
    FilterReader reader(arguments);
    InboxFilter &filter = choice.filter;
    filter.queue = InboxQueue::Any;
    if (arguments.has("filter")) {
        const auto json = parseJson(arguments.value("filter").toUtf8());
        const auto given = json ? inboxFilterFromJson(*json)
                                : Result<InboxFilter>(tl::unexpected<Error>(json.error()));
        if (!given) {
            return invalid(tr("--filter: %1").arg(given.error().text));
        }
        filter = *given;
    }
    takeView(reader, arguments, filter);
    reader.takeWords("state", filter.states,
                     tr("waiting, held, sending, delivered, superseded, failed, withdrawn, trouble "
                        "or marked"));
    reader.takeWords("risk", filter.risks, tr("low, medium, high or unknown"));
    reader.take("case-type", filter.caseTypes);
    reader.take("action", filter.actions);
    reader.take("agent", filter.agents);
    reader.take("queue", filter.queues);
    reader.take("assignee", filter.assignees);
    reader.take("endpoint", choice.endpoints);
    if (!choice.endpoints.isEmpty()) {
        filter.endpoints.clear();
    }
    takeConfidence(reader, arguments, filter);
    takeAmount(reader, arguments, filter);
    takeDue(reader, arguments, filter);
    reader.takeSpan("min-age", filter.minAgeMs);
    reader.takeSpan("max-age", filter.maxAgeMs);
    if (arguments.has("text")) {
        filter.text = arguments.value("text");
    }
    if (arguments.has("sort")) {
        choice.order = inboxKeysFromWords(arguments.value("sort"));
        if (!choice.order || choice.order->isEmpty()) {
            reader.fault(tr("“%1” is no order; give --sort names such as risk,-amount, each once.")
                             .arg(arguments.value("sort")));
        }
    }
    if (arguments.has("limit")) {
        bool ok = false;
        choice.limit = arguments.value("limit").toInt(&ok);
        if (!ok || *choice.limit < 1) {
            reader.fault(tr("“%1” is no number of cases; give --limit a number from 1 on.")
                             .arg(arguments.value("limit")));
        }
    }
    return reader.failed() ? Result<CaseChoice>(invalid(*reader.failed())) : choice;
}

QFuture<Result<QList<Case>>> chosenCases(Profile &profile, const CaseChoice &choice)
{
    const qint64 nowMs = profile.clock().nowMs();
    const auto job = [choice, nowMs](Reader &reader) -> Result<QList<Case>> {
        if (!choice.ids.isEmpty()) {
            return reader.cases({.ids = choice.ids});
        }
        const auto ids = idsOf(reader, choice, nowMs);
        if (!ids) {
            return tl::unexpected<Error>(ids.error());
        }
        QHash<CaseId, qsizetype> places;
        QList<Case> cases;
        for (qsizetype at = 0; at < ids->size(); at += casesAtOnce) {
            CaseQuery query;
            for (const CaseId &id : ids->mid(at, casesAtOnce)) {
                places.insert(id, places.size());
                query.ids.insert(id);
            }
            const auto some = reader.cases(query);
            if (!some) {
                return some;
            }
            cases += *some;
        }
        std::sort(cases.begin(), cases.end(), [&places](const Case &a, const Case &b) -> bool {
            return places.value(a.id) < places.value(b.id);
        });
        return cases;
    };
    return settled(profile.store().read<QList<Case>>(job));
}

} // namespace countersign
