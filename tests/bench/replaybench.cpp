// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/past.h"
#include "items/pastreplay.h"
#include "testing/fakeclock.h"
#include "testing/memorysecrets.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <sys/resource.h>

using namespace countersign;

namespace {

constexpr auto inForce = R"({"format":"countersign-policy/1","rules":[
    {"id":"refunds","action":"issue_refund","mode":"autonomous","min_confidence":0.95,
     "limits":{"EUR":50},"worst_reversibility":"costly"},
    {"id":"deployments","action":"deploy","mode":"approve"}]})";
constexpr auto draft = R"({"format":"countersign-policy/1","rules":[
    {"id":"refunds","action":"issue_refund","mode":"autonomous","min_confidence":0.8,
     "limits":{"EUR":100,"USD":100},"worst_reversibility":"costly","spot_check_rate":0.1},
    {"id":"messages","action":"send_message","case_type":"reminder","mode":"autonomous",
     "min_confidence":0.7,"worst_reversibility":"costly",
     "conditions":[{"field":"/arguments/channel","is":"eq","value":"chat"}]},
    {"id":"invoices","action":"pay_invoice","mode":"review","worst_reversibility":"costly"},
    {"id":"deployments","action":"deploy","mode":"approve"}]})";

template <class T> T sure(const Result<T> &result)
{
    if (!result) {
        qFatal("%s %s", qPrintable(result.error().text), qPrintable(result.error().detail));
    }
    return *result;
}

Policy policyOf(const char *document)
{
    const PolicyReading reading = readPolicy(QByteArray(document));
    if (!reading.policy) {
        qFatal("%s %s", qPrintable(reading.faults.first().path),
               qPrintable(reading.faults.first().text));
    }
    return *reading.policy;
}

Json hundredths(double value)
{
    return Json::number(QByteArray::number(value, 'f', 2));
}

double peakMegabytes()
{
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

void fill(Store &store, FakeClock &clock, qint64 count)
{
    QElapsedTimer making;
    making.start();
    PastMaker maker(20261128);
    (void)sure(
        store.write<EventRecord>([](Transaction &tx) { return PastMaker::endpoint(tx); }).result());
    const auto filled = maker.fill(store, 0, count, 500, [&](qint64 done) -> void {
        clock.advance(1'000'000);
        if (done % 50'000 < 500) {
            fprintf(stderr, "%lld cases, %.0f s\n", static_cast<long long>(done),
                    double(making.elapsed()) / 1000);
        }
    });
    if (!filled) {
        qFatal("%s", qPrintable(filled.error().text));
    }
}

} // namespace

// Tries a draft on a believable past that is made where it is missing; prints a line of JSON.
// Measure a release build; --data keeps the profile for the next time.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.addOptions({{QStringLiteral("cases"), {}, QStringLiteral("n"), QStringLiteral("20000")},
                        {QStringLiteral("data"), {}, QStringLiteral("dir")}});
    options.process(app);
    QTemporaryDir temporary;
    const QString folder = options.isSet(QStringLiteral("data"))
        ? options.value(QStringLiteral("data"))
        : temporary.path();
    MemorySecrets secrets;
    KeyRing keys(secrets);
    FakeClock clock;
    const bool fresh = !QFileInfo::exists(QDir(folder).filePath(QStringLiteral("countersign.db")));
    auto store = std::move(*openSqliteStore(
        {.directory = folder, .readOnly = !fresh, .ownerName = QStringLiteral("Ana Pérez")}, keys,
        clock));
    if (fresh) {
        fill(*store, clock, options.value(QStringLiteral("cases")).toLongLong());
    }
    const double before = peakMegabytes();
    QElapsedTimer timer;
    timer.start();
    PastReplay past(*store);
    const ReplayOutcome outcome
        = sure(past.run({.inForce = policyOf(inForce), .draft = policyOf(draft)}).result());
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    const PolicyReplay::Row &total = outcome->total();
    timer.restart();
    auto stopped = past.run({.inForce = policyOf(inForce), .draft = policyOf(draft)});
    while (stopped.progressValue() == 0 && !stopped.isFinished()) {
        QThread::msleep(1);
    }
    timer.restart();
    stopped.cancel();
    stopped.waitForFinished();
    fputs((toJson(Json::object(
               {{QStringLiteral("bench"), Json(QStringLiteral("replay"))},
                {QStringLiteral("cases"), Json(total.cases)},
                {QStringLiteral("seconds"), hundredths(seconds)},
                {QStringLiteral("cases_a_second"), Json(qint64(double(total.cases) / seconds))},
                {QStringLiteral("cancelled_after_ms"),
                 hundredths(double(timer.nsecsElapsed()) / 1e6)},
                {QStringLiteral("grown_mb"), hundredths(peakMegabytes() - before)},
                {QStringLiteral("fewer_reviews"), Json(total.figures[PolicyReplay::FewerReviews])},
                {QStringLiteral("more_reviews"), Json(total.figures[PolicyReplay::MoreReviews])},
                {QStringLiteral("wrong_let_through"),
                 Json(total.figures[PolicyReplay::WrongLetThrough])},
                {QStringLiteral("unreadable"), Json(outcome->unreadable())}}))
           + '\n')
              .constData(),
          stdout);
    return total.cases > 0 ? 0 : 1;
}
