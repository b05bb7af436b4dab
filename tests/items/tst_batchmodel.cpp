// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/batchmodel.h"
#include "services/servicesfixture.h"

#include <QSignalSpy>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

const BatchRule rule{.worst = Risk::Medium, .sentence = text("One by one."), .policy = text("p")};

/// An undecided case as it comes out of the store.
Case refund(int number, const char *amount, const char *confidence = "0.9",
            const char *currency = "EUR")
{
    Case one;
    one.id = CaseId(QStringLiteral("c-%1").arg(number));
    one.endpoint = EndpointId(text("e-1"));
    one.endpointName = text("claims");
    one.proposal = ServicesFixture::proposal(qPrintable(one.id.toString()), amount);
    one.proposal.impact.amount = Decimal::parse(QByteArray(amount));
    one.proposal.impact.currency = QLatin1String(currency);
    one.proposal.confidence = Decimal::parse(QByteArray(confidence));
    one.digest = one.proposal.digest();
    return one;
}

BatchSummary sum(const QList<Case> &cases, const QHash<CaseId, QString> &seen = {})
{
    return summarize(cases, seen, rule);
}

/// "c-3 far larger amount", a "!" before those that are barred.
QStringList apart(const BatchSummary &summary)
{
    QStringList words;
    for (const BatchApart &one : summary.apart) {
        words.append((one.barred ? text("!") : QString()) + one.id.toString() + QLatin1Char(' ')
                     + one.reasons.join(QLatin1Char('+')));
    }
    return words;
}

const BatchTrait *trait(const QList<BatchTrait> &traits, const char *path)
{
    for (const BatchTrait &one : traits) {
        if (one.kind == BatchTrait::Kind::Argument && one.path == QLatin1String(path)) {
            return &one;
        }
    }
    return nullptr;
}

} // namespace

class TestBatchModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsExactlyByCurrency();
    void setsFarAmountsApart_data();
    void setsFarAmountsApart();
    void comparesAmountsWithinTheirCurrency();
    void setsFarConfidencesApart();
    void unknownConfidenceIsOddAmongKnownOnes();
    void setsOtherKindsApart();
    void twoThatDifferAreNotSetApart();
    void barsWhatCannotBeDecided();
    void saysWhatIsTheSameAndWhatDiffers();
    void comparesArgumentsThatMostHave();
    void boundsHugeArguments();
    void offersWhatAllCanTake();
    void followsTheStoreAndKeepsWhatWasSeen();
    void onlyTheNewestSelectionCounts();
    void aThousandAreSummedUpBesideTheWindow();
};

void TestBatchModel::sumsExactlyByCurrency()
{
    Case none = refund(5, "1");
    none.proposal.impact.amount.reset();
    const BatchSummary summary = sum({refund(1, "0.10"), refund(2, "9007199254740993.20"),
                                      refund(3, "0.7"), refund(4, "12", "0.5", "USD"), none});
    QCOMPARE(summary.count, 5);
    QCOMPARE(summary.totals.size(), 2);
    QCOMPARE(summary.totals.at(0).currency, text("EUR"));
    QCOMPARE(summary.totals.at(0).sum.toString(), text("9007199254740994.00"));
    QCOMPARE(summary.totals.at(0).cases, 3);
    QCOMPARE(summary.totals.at(0).least.toString(), text("0.10"));
    QCOMPARE(summary.totals.at(0).most.toString(), text("9007199254740993.20"));
    QCOMPARE(summary.totals.at(1).sum.toString(), text("12"));
    QCOMPARE(summary.withoutAmount, 1);
    QCOMPARE(summary.confidences.size(), 5);
    QCOMPARE(summary.confidences.first().toString(), text("0.5"));
}

void TestBatchModel::setsFarAmountsApart_data()
{
    QTest::addColumn<QStringList>("amounts");
    QTest::addColumn<QStringList>("expected");
    const auto row
        = [](const char *name, const char *amounts, const QStringList &expected) -> void {
        QTest::newRow(name) << QString::fromLatin1(amounts).split(QLatin1Char(' ')) << expected;
    };
    row("too few to say", "10 11 12 4000", {});
    row("one far above", "10 11 12 13 14 4000", {text("c-6 far larger amount")});
    row("one far below", "100 110 120 130 140 1", {text("c-6 far smaller amount")});
    row("all the same but one", "50 50 50 50 50 101", {text("c-6 far larger amount")});
    row("less than twice is near", "50 50 50 50 50 99", {});
    row("widely spread is not odd", "1 4 16 64 256 1024", {});
    row("the rest is not moved by a few", "10 11 12 13 14 15 16 9000 9000",
        {text("c-8 far larger amount"), text("c-9 far larger amount")});
    row("negative ones", "-10 -11 -12 -10 -11 400", {text("c-6 far larger amount")});
    row("zeros", "0 0 0 0 0 1", {text("c-6 far larger amount")});
    row("beyond a double", "10 11 12 13 14 1e399", {text("c-6 far larger amount")});
}

void TestBatchModel::setsFarAmountsApart()
{
    QFETCH(QStringList, amounts);
    QFETCH(QStringList, expected);
    QList<Case> cases;
    for (const QString &amount : amounts) {
        cases.append(refund(int(cases.size()) + 1, amount.toLatin1().constData()));
    }
    QCOMPARE(apart(sum(cases)), expected);
}

void TestBatchModel::comparesAmountsWithinTheirCurrency()
{
    QList<Case> cases;
    for (int i = 1; i <= 6; ++i) {
        cases.append(refund(i, "10"));
        cases.append(refund(10 + i, "150000", "0.9", "IDR"));
    }
    QVERIFY(sum(cases).apart.isEmpty());
}

void TestBatchModel::setsFarConfidencesApart()
{
    QList<Case> cases;
    for (int i = 1; i <= 6; ++i) {
        cases.append(refund(i, "10", "0.90"));
    }
    cases.append(refund(7, "10", "0.76"));
    cases.append(refund(8, "10", "0.74"));
    QCOMPARE(apart(sum(cases)), QStringList{text("c-8 far lower confidence")});
}

void TestBatchModel::unknownConfidenceIsOddAmongKnownOnes()
{
    QCOMPARE(apart(sum({refund(1, "1"), refund(2, "1"), refund(3, "1", "")})),
             QStringList{text("c-3 confidence unknown")});
    const BatchSummary all = sum({refund(1, "1", ""), refund(2, "1", ""), refund(3, "1")});
    QVERIFY(all.apart.isEmpty());
    QCOMPARE(all.unknownConfidence, 2);
}

void TestBatchModel::setsOtherKindsApart()
{
    QList<Case> cases{refund(1, "1"), refund(2, "1"), refund(3, "1"), refund(4, "1"),
                      refund(5, "1"), refund(6, "1"), refund(7, "1")};
    cases[1].endpoint = EndpointId(text("e-2"));
    cases[2].proposal.action = text("wire_money");
    cases[3].proposal.arguments.set(text("rush"), Json(true));
    QCOMPARE(apart(sum(cases)),
             (QStringList{text("c-2 other endpoint"), text("c-3 other action"),
                          text("c-4 other arguments")}));
}

void TestBatchModel::twoThatDifferAreNotSetApart()
{
    QList<Case> cases{refund(1, "1"), refund(2, "900")};
    cases[1].proposal.action = text("wire_money");
    const BatchSummary summary = sum(cases);
    QVERIFY(summary.apart.isEmpty()); // neither is the usual one
    QVERIFY(std::any_of(summary.differs.begin(), summary.differs.end(), [](const BatchTrait &one) {
        return one.kind == BatchTrait::Kind::Action && one.distinct == 2;
    }));
}

void TestBatchModel::barsWhatCannotBeDecided()
{
    QList<Case> cases{refund(1, "1"), refund(2, "1"), refund(3, "1"), refund(4, "1"),
                      refund(5, "70")};
    cases[1].proposal.risk = Risk::High;
    cases[2].proposal.risk = Risk::Unknown;
    cases[3].state = CaseState::Held;
    const QHash<CaseId, QString> seen{{cases[4].id, text("another digest")}};
    const BatchSummary summary = sum(cases, seen);
    QCOMPARE(
        apart(summary),
        (QStringList{text("!c-2 high risk"), text("!c-3 unknown risk"),
                     text("!c-4 no longer waits"), text("!c-5 changed since you selected it")}));
    QCOMPARE(summary.count, 5);
    QCOMPARE(summary.tooRisky, 2);
    QCOMPARE(summary.decidable.size(), 1);
    QCOMPARE(summary.totals.at(0).sum.toString(), text("1")); // of what is decided alone
}

void TestBatchModel::saysWhatIsTheSameAndWhatDiffers()
{
    QList<Case> cases;
    for (int i = 0; i < 4; ++i) {
        Case one = refund(i + 1, i == 0 ? "20.50" : "7");
        one.proposal.arguments.set(text("reason"), Json(text(i < 3 ? "damaged" : "late")));
        one.proposal.arguments.set(text("notify"), Json(true));
        Json line = Json::object({{text("price"), Json(i + 1)}});
        one.proposal.arguments.set(text("lines"), Json::array({line, line}));
        if (i == 2) {
            one.proposal.arguments.set(text("note"), Json(text("x")));
        }
        cases.append(one);
    }
    const BatchSummary summary = sum(cases);
    QVERIFY(trait(summary.same, "notify"));
    QCOMPARE(trait(summary.same, "notify")->common.first().first, text("true"));
    const BatchTrait *amount = trait(summary.differs, "amount");
    QVERIFY(amount);
    QCOMPARE(amount->distinct, 2);
    QCOMPARE(amount->least->toString(), text("7"));
    QCOMPARE(amount->most->toString(), text("20.50"));
    const BatchTrait *reason = trait(summary.differs, "reason");
    QVERIFY(reason && !reason->least);
    QCOMPARE(reason->common, (QList<BatchTrait::Counted>{{text("damaged"), 3}, {text("late"), 1}}));
    const BatchTrait *price = trait(summary.differs, "lines[].price");
    QVERIFY(price);
    QCOMPARE(price->distinct, 4);
    QCOMPARE(price->most->toString(), text("4"));
    QCOMPARE(trait(summary.differs, "note")->absent, 3);
    QVERIFY(!summary.cutShort);
}

void TestBatchModel::comparesArgumentsThatMostHave()
{
    QList<Case> cases{refund(1, "1"), refund(2, "2"), refund(3, "3")};
    cases[2].proposal.action = text("pay_invoice");
    cases[2].proposal.arguments.set(text("iban"), Json(text("DE1")));
    const BatchSummary summary = sum(cases);
    QVERIFY(trait(summary.differs, "amount"));
    QVERIFY(!trait(summary.differs, "iban"));
}

void TestBatchModel::boundsHugeArguments()
{
    Case wide = refund(1, "1");
    for (int i = 0; i < 5'000; ++i) {
        wide.proposal.arguments.set(QStringLiteral("a%1").arg(i), Json(i));
    }
    Case deep = refund(2, "1");
    Json nested(text("x"));
    for (int i = 0; i < 100; ++i) {
        nested = Json::object({{text("n"), nested}});
    }
    deep.proposal.arguments.set(text("deep"), nested);
    Case longText = refund(3, "1");
    longText.proposal.arguments.set(text("text"), Json(QString(1'000'000, QLatin1Char('x'))));
    const BatchSummary summary = sum({wide, deep, longText});
    QVERIFY(summary.cutShort);
    QVERIFY(summary.differs.size() < 500);
    for (const BatchTrait &one : summary.differs) {
        QVERIFY(one.path.size() < 200);
        for (const auto &[value, count] : one.common) {
            QVERIFY(value.size() <= 120);
        }
    }
}

void TestBatchModel::offersWhatAllCanTake()
{
    QList<Case> cases{refund(1, "1"), refund(2, "1"), refund(3, "1")};
    cases[2].proposal.allowed = DecisionKind::Reject | DecisionKind::Edit;
    BatchSummary summary = sum(cases);
    QCOMPARE(summary.allowed, AllowedDecisions(DecisionKind::Reject)); // an edit never
    QCOMPARE(summary.refusing.value(DecisionKind::Approve), 1);
    QCOMPARE(apart(summary), QStringList{text("c-3 cannot be approved")});
    QCOMPARE(summary.refusing.value(DecisionKind::Respond), 0); // nobody can
    cases.removeLast();
    cases[1].proposal.source.of = 2;
    cases[1].proposal.rejectCancelsSiblings = true;
    summary = sum(cases);
    QCOMPARE(summary.allowed, DecisionKind::Approve | DecisionKind::Reject);
    QVERIFY(summary.cancelsSiblings);
    QCOMPARE(sum({}).allowed, AllowedDecisions());
}

void TestBatchModel::followsTheStoreAndKeepsWhatWasSeen()
{
    ServicesFixture m;
    m.open();
    m.connectEndpoint();
    QList<Proposal> proposals{ServicesFixture::proposal("q1"), ServicesFixture::proposal("q2"),
                              ServicesFixture::proposal("q3")};
    (void)m.take(proposals);
    {
        BatchModel model(*m.base.store, m.batches->rule());
        QSignalSpy changed(&model, &BatchModel::changed);
        const QList<CaseId> ids{CaseId(text("c-3")), CaseId(text("c-1"))};
        model.select(ids);
        QVERIFY(model.isReading());
        QTRY_VERIFY(!model.isReading());
        QCOMPARE(model.summary().decidable.size(), 2);
        QCOMPARE(model.summary().decidable.first().id, ids.first()); // in the order of the list
        const QString seen = model.summary().decidable.first().digest;
        QCOMPARE(changed.takeLast().value(0).toBool(), true);

        proposals[2].arguments = Json::object({{text("amount"), Json(5)}});
        (void)m.take(proposals);
        QTRY_COMPARE(apart(model.summary()),
                     QStringList{text("!c-3 changed since you selected it")});
        QCOMPARE(changed.takeLast().value(0).toBool(), true);
        // Selected anew it is looked at anew.
        model.select({ids.last(), CaseId(text("c-2"))});
        model.select(ids);
        QTRY_VERIFY(!model.isReading() && model.summary().apart.isEmpty());
        QVERIFY(model.summary().decidable.first().digest != seen);

        model.pause(true);
        QVERIFY(m.approve("c-1"));
        QCoreApplication::processEvents();
        QVERIFY(model.summary().apart.isEmpty());
        model.pause(false);
        QTRY_COMPARE(apart(model.summary()), QStringList{text("!c-1 no longer waits")});
    }
    m.close();
}

void TestBatchModel::onlyTheNewestSelectionCounts()
{
    ServicesFixture m;
    m.open();
    m.connectEndpoint();
    (void)m.take({ServicesFixture::proposal("q1"), ServicesFixture::proposal("q2"),
                  ServicesFixture::proposal("q3")});
    {
        BatchModel model(*m.base.store, m.batches->rule());
        QSignalSpy failed(&model, &BatchModel::failed);
        QList<CaseId> ids{CaseId(text("c-1")), CaseId(text("c-2"))};
        model.select(ids);
        ids.append(CaseId(text("c-3")));
        model.select(ids);
        QTRY_VERIFY(!model.isReading());
        QCOMPARE(model.summary().count, 3);
        model.select({});
        QVERIFY(!model.isReading());
        QCOMPARE(model.summary().count, 0);
        (void)m.cases(); // after the reads that are under way
        QCoreApplication::processEvents();
        QCOMPARE(model.summary().count, 0);
        QVERIFY(failed.isEmpty());
    }
    m.close();
}

void TestBatchModel::aThousandAreSummedUpBesideTheWindow()
{
    ServicesFixture m;
    m.open();
    m.connectEndpoint();
    QList<Proposal> proposals;
    for (int i = 0; i < 1'000; ++i) {
        proposals.append(
            ServicesFixture::proposal(qPrintable(QStringLiteral("q%1").arg(i)), "12.5"));
    }
    (void)m.take(proposals);
    {
        BatchModel model(*m.base.store, m.batches->rule());
        QList<CaseId> ids;
        for (const Case &one : m.cases()) {
            ids.append(one.id);
        }
        QElapsedTimer elapsed;
        elapsed.start();
        model.select(ids);
        QVERIFY2(elapsed.elapsed() < 16, "selecting reads nothing by itself");
        QTRY_VERIFY(!model.isReading());
        QCOMPARE(model.summary().decidable.size(), 1'000);
    }
    m.close();
}

QTEST_GUILESS_MAIN(TestBatchModel)
#include "tst_batchmodel.moc"
