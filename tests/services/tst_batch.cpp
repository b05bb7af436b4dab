// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/batchservice.h"
#include "servicesfixture.h"

#include <QProcess>

using namespace countersign;

namespace {

constexpr auto piece = BatchService::pieceSize;

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

QList<Proposal> many(qsizetype count)
{
    QList<Proposal> made;
    for (qsizetype i = 0; i < count; ++i) {
        Proposal one
            = ServicesFixture::proposal(qPrintable(QStringLiteral("q%1").arg(i, 4, 10, QLatin1Char('0'))));
        one.source.lane = one.source.question;
        made.append(one);
    }
    return made;
}

/// Refuses to write one question's answer, after its decision has been taken.
class PickyProtocol final : public Protocol
{
public:
    explicit PickyProtocol(FakeServer &server) : m_plain(server) { }
    QString refused;

    [[nodiscard]] QString kind() const override { return m_plain.kind(); }
    [[nodiscard]] QString displayName() const override { return m_plain.displayName(); }
    [[nodiscard]] Result<void> validate(const AnsweredPart &part) const override
    {
        return m_plain.validate(part);
    }
    [[nodiscard]] Result<QByteArray> encode(const QList<AnsweredPart> &parts) const override
    {
        return parts.first().proposal.source.question == refused
            ? fail(ErrorCode::TooLarge, text("This answer is too long."))
            : m_plain.encode(parts);
    }
    [[nodiscard]] std::unique_ptr<AgentEndpoint> open(const EndpointContext &context) const override
    {
        return m_plain.open(context);
    }

private:
    FakeProtocol m_plain;
};

} // namespace

class TestBatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void eachCaseHasItsOwnRecord();
    void leavesOutWhatCannotBeTaken();
    void oneThatFailsHalfwaySpoilsNoOther();
    void partsWaitForTheirSiblings();
    void cancelStopsBeforeTheNextPiece();
    void othersGetInBetween();
    void aLostDatabaseEndsIt();
    void allIsHeldUntilItCanBeTakenBackWhole();
    void undoneAsOneAct();
    void undoListsWhatHasLeft();
    void deliversEachOnce();
    void killedBetweenPieces();

private:
    void ask(const QList<Proposal> &proposals);
    [[nodiscard]] BatchRequest request(DecisionKind kind = DecisionKind::Approve);
    [[nodiscard]] BatchReport decide(const BatchRequest &wanted,
                                     const BatchPort::Progress &progress = {});
    [[nodiscard]] static QStringList leftOut(const BatchReport &report);
    [[nodiscard]] QStringList batchesOf(const char *kind);

    std::unique_ptr<ServicesFixture> m;
};

void TestBatch::init()
{
    m = std::make_unique<ServicesFixture>();
    m->open();
    m->connectEndpoint();
}

void TestBatch::cleanup()
{
    QVERIFY(m->isSound());
    m.reset();
}

void TestBatch::ask(const QList<Proposal> &proposals)
{
    QMap<QString, QList<Proposal>> questions;
    for (const Proposal &one : proposals) {
        questions[one.source.question].append(one);
    }
    for (const QList<Proposal> &parts : questions) {
        m->server.ask(parts);
    }
    (void)m->take(proposals);
}

BatchRequest TestBatch::request(DecisionKind kind)
{
    BatchRequest wanted{.kind = kind, .message = {}, .reasonCode = {}, .person = m->ana};
    for (const Case &one : m->cases()) {
        wanted.cases.append({one.id, one.digest});
    }
    return wanted;
}

BatchReport TestBatch::decide(const BatchRequest &wanted, const BatchPort::Progress &progress)
{
    return finished(m->batches->decideMany(wanted, progress));
}

/// "c-3 changed", in order.
QStringList TestBatch::leftOut(const BatchReport &report)
{
    QStringList words;
    for (const BatchEntry &entry : report.entries) {
        if (entry.error) {
            words.append(entry.id.toString() + QLatin1Char(' ') + errorCodeName(entry.error->code));
        }
    }
    return words;
}

/// The batch of each event of that kind; empty where it has none.
QStringList TestBatch::batchesOf(const char *kind)
{
    QStringList ids;
    for (const EventRecord &event : m->base.trail()) {
        if (event.kind == QLatin1String(kind)) {
            ids.append(parseJson(event.envelope).value()[u"batch"].toString());
        }
    }
    return ids;
}

void TestBatch::eachCaseHasItsOwnRecord()
{
    ask(many(2 * piece + 3));
    BatchRequest wanted = request(DecisionKind::Reject);
    wanted.message = text("Not this month.");
    wanted.reasonCode = text("budget");
    QList<qsizetype> seen;
    const BatchReport report = decide(wanted, [&seen](qsizetype done, qsizetype of) -> bool {
        seen.append(done);
        return of == 2 * piece + 3;
    });
    QCOMPARE(report.entries.size(), wanted.cases.size());
    QVERIFY(leftOut(report).isEmpty());
    QVERIFY(!report.cancelled);
    QCOMPARE(seen, (QList<qsizetype>{piece, 2 * piece, 2 * piece + 3}));
    QSet<DecisionId> ids;
    for (qsizetype i = 0; i < report.entries.size(); ++i) {
        QCOMPARE(report.entries.at(i).id, wanted.cases.at(i).id);
        ids.insert(report.entries.at(i).receipt.id);
    }
    QCOMPARE(ids.size(), wanted.cases.size());
    for (const Case &one : m->cases()) {
        QCOMPARE(one.state, CaseState::Held);
        QCOMPARE(one.decision->message, wanted.message);
        QCOMPARE(one.decision->reasonCode, wanted.reasonCode);
        QCOMPARE(one.decision->digest, one.digest);
        QVERIFY(ids.contains(one.decision->id));
    }
    QCOMPARE(m->outbox().size(), wanted.cases.size());
    QCOMPARE(batchesOf(event::decisionReject), QStringList(wanted.cases.size(), report.id));
    QVERIFY(report.id.startsWith(text("b-")));
    for (const EventRecord &event : m->base.trail()) {
        if (event.kind == QLatin1String(event::decisionReject)) {
            QVERIFY(!event.signature.isEmpty());
        }
    }
}

void TestBatch::leavesOutWhatCannotBeTaken()
{
    QList<Proposal> proposals = many(9);
    proposals[1].risk = Risk::High;
    proposals[2].risk = Risk::Unknown;
    proposals[3].allowed = DecisionKind::Reject;
    proposals[4].trouble = Trouble{.code = text("ghost"), .text = text("Nothing to answer.")};
    proposals[8].risk = Risk::Medium;
    ask(proposals);
    BatchRequest wanted = request();
    wanted.cases.append({CaseId(text("c-99")), {}});
    // Meanwhile: the sixth is decided, the seventh changes, the eighth is withdrawn.
    QVERIFY(m->approve("c-6"));
    proposals[6].arguments = Json::object({{text("amount"), Json::number("121")}});
    proposals.removeAt(7);
    (void)m->take(proposals);
    const BatchReport report = decide(wanted);
    QCOMPARE(leftOut(report),
             (QStringList{text("c-2 not_allowed"), text("c-3 not_allowed"), text("c-4 not_allowed"),
                          text("c-5 not_allowed"), text("c-6 already_decided"), text("c-7 changed"),
                          text("c-8 not_allowed"), text("c-99 not_found")}));
    const auto why = [&](qsizetype index) -> QString {
        return report.entries.at(index).error->text;
    };
    QCOMPARE(why(1), text("policy v1 has cases of high or unknown risk decided one by one."));
    QCOMPARE(why(2), why(1));
    QVERIFY(why(5).contains(text("Ana Pérez decided “approve” at ")));
    QVERIFY(why(7).contains(text("withdrew")));
    QCOMPARE(m->theCase("c-1").state, CaseState::Held);
    QCOMPARE(m->theCase("c-9").state, CaseState::Held);
    QCOMPARE(m->theCase("c-7").state, CaseState::Waiting);
    QCOMPARE(m->count(event::decisionApprove), 3);
    // Alone, the same person may decide the risky one.
    QVERIFY(m->approve("c-2"));
    const BatchReport edits = decide(request(DecisionKind::Edit));
    QCOMPARE(leftOut(edits).size(), edits.entries.size());
}

void TestBatch::oneThatFailsHalfwaySpoilsNoOther()
{
    PickyProtocol picky(m->server);
    picky.refused = text("q0003");
    BatchService batches(*m->base.store,
                         [&](const QString &) -> const Protocol * { return &picky; });
    ask(many(piece + 2));
    const BatchReport report = finished(batches.decideMany(request(), {}));
    QCOMPARE(leftOut(report), QStringList{text("c-4 too_large")});
    QCOMPARE(m->theCase("c-4").state, CaseState::Waiting);
    QVERIFY(!m->theCase("c-4").decision);
    QCOMPARE(m->count(event::decisionApprove), piece + 1);
    QCOMPARE(m->outbox().size(), piece + 1);
}

void TestBatch::partsWaitForTheirSiblings()
{
    ask({ServicesFixture::proposal("one"), ServicesFixture::proposal("two", "1", 1, 2),
         ServicesFixture::proposal("two", "2", 2, 2), ServicesFixture::proposal("three", "3", 1, 2),
         ServicesFixture::proposal("three", "4", 2, 2)});
    BatchRequest wanted = request();
    wanted.cases.removeLast();
    const BatchReport report = decide(wanted);
    QVERIFY(leftOut(report).isEmpty());
    QCOMPARE(report.entries.at(1).receipt.state, DecisionState::WaitingForParts);
    QCOMPARE(report.entries.at(2).receipt.state, DecisionState::Held);
    QCOMPARE(report.entries.at(3).receipt.state, DecisionState::WaitingForParts);
    QCOMPARE(m->outbox().size(), 2);
    QVERIFY(m->approve("c-5"));
    QCOMPARE(m->outbox().size(), 3);
}

void TestBatch::cancelStopsBeforeTheNextPiece()
{
    ask(many(3 * piece));
    const BatchReport report
        = decide(request(), [](qsizetype done, qsizetype) -> bool { return done < 2 * piece; });
    QVERIFY(report.cancelled);
    QCOMPARE(report.entries.size(), 3 * piece);
    QCOMPARE(leftOut(report).size(), piece);
    QCOMPARE(report.entries.last().error->code, ErrorCode::Cancelled);
    QCOMPARE(m->count(event::decisionApprove), 2 * piece);
    QCOMPARE(m->cases().last().state, CaseState::Waiting);
}

void TestBatch::othersGetInBetween()
{
    ask(many(3 * piece));
    qint64 sizeBetween = 0;
    qsizetype doneThen = 0;
    const BatchReport report = decide(request(), [&](qsizetype done, qsizetype) -> bool {
        if (doneThen == 0) {
            doneThen = done;
            (void)m->base.store
                ->write<qint64>([](Transaction &transaction) -> Result<qint64> {
                    return transaction.head().map([](const Head &head) { return head.size; });
                })
                .then([&](const Result<qint64> &size) -> void { sizeBetween = *size; });
        }
        return true;
    });
    QCOMPARE(report.entries.size(), 3 * piece);
    QVERIFY(sizeBetween > 0);
    QVERIFY(sizeBetween < m->base.trail().size());
}

void TestBatch::aLostDatabaseEndsIt()
{
    ask(many(2 * piece));
    const QString file = m->base.path();
    const BatchReport report = decide(request(), [&](qsizetype, qsizetype) -> bool {
        return QFile::rename(file, file + text(".away"));
    });
    QVERIFY(QFile::rename(file + text(".away"), file));
    QVERIFY(!report.cancelled);
    QCOMPARE(leftOut(report).size(), piece);
    QCOMPARE(report.entries.last().error->code, ErrorCode::Storage);
    QCOMPARE(m->count(event::decisionApprove), piece);
}

void TestBatch::allIsHeldUntilItCanBeTakenBackWhole()
{
    ask(many(2 * piece));
    const qint64 began = m->base.clock.nowMs();
    const BatchReport report = decide(request(), [&](qsizetype, qsizetype) -> bool {
        m->base.clock.advance(300);
        return true;
    });
    QCOMPARE(report.sendAtMs, began + 10'000 + 2 * piece * 10);
    for (const Case &one : m->cases()) {
        QCOMPARE(one.decision->sendAtMs, report.sendAtMs);
    }
    QCOMPARE(m->deliver(), 0);
}

void TestBatch::undoneAsOneAct()
{
    ask(many(piece + 5));
    const BatchRequest wanted = request();
    const BatchReport report = decide(wanted);
    QList<CaseId> ids;
    for (const BatchEntry &entry : report.entries) {
        ids.append(entry.id);
    }
    const BatchReport undone = finished(m->batches->undoMany(ids, m->ana, {}));
    QVERIFY(leftOut(undone).isEmpty());
    QVERIFY(undone.id != report.id);
    QCOMPARE(batchesOf(event::decisionWithdrawn), QStringList(piece + 5, undone.id));
    for (const Case &one : m->cases()) {
        QCOMPARE(one.state, CaseState::Waiting);
    }
    QVERIFY(m->outbox().isEmpty());
    QVERIFY(leftOut(decide(wanted)).isEmpty()); // and once more
}

void TestBatch::undoListsWhatHasLeft()
{
    QList<Proposal> proposals = many(3);
    ask(proposals);
    BatchRequest first = request();
    first.cases = {first.cases.first()};
    first.skipHold = true;
    QVERIFY(leftOut(decide(first)).isEmpty());
    QCOMPARE(m->deliver(), 1);
    BatchRequest rest = request();
    rest.cases.removeFirst();
    QVERIFY(leftOut(decide(rest)).isEmpty());
    const QList<CaseId> ids{CaseId(text("c-1")), CaseId(text("c-2")), CaseId(text("c-3"))};
    const BatchReport undone = finished(m->batches->undoMany(ids, m->ana, {}));
    QCOMPARE(leftOut(undone), QStringList{text("c-1 not_allowed")});
    QCOMPARE(m->theCase("c-1").state, CaseState::Delivered);
    QCOMPARE(m->theCase("c-3").state, CaseState::Waiting);
}

void TestBatch::deliversEachOnce()
{
    ask(many(2 * piece));
    BatchRequest wanted = request();
    QVERIFY(leftOut(decide(wanted)).isEmpty());
    m->base.clock.advance(60'000);
    QCOMPARE(m->deliver(), 2 * piece);
    QCOMPARE(m->server.effects().size(), 2 * piece);
    for (const Case &one : m->cases()) {
        QCOMPARE(one.state, CaseState::Delivered);
    }
    QCOMPARE(leftOut(decide(wanted)).size(), 2 * piece); // nobody decides twice
    QCOMPARE(m->deliver(), 0);
}

/// The keys are in memory here, so the child gets them by its arguments.
void TestBatch::killedBetweenPieces()
{
    m->server.log = m->base.folder.filePath(text("agent.log"));
    ask(many(2 * piece));
    const BatchRequest wanted = request();
    m->close();
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(text("COUNTERSIGN_CRASH_AT"), text("batched"));
    QStringList arguments{text("child"), m->base.folder.path()};
    for (auto it = m->base.secrets.values.cbegin(); it != m->base.secrets.values.cend(); ++it) {
        arguments << it.key() << QString::fromLatin1(it.value().toBase64());
    }
    child.setProcessEnvironment(environment);
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), arguments);
    QVERIFY(child.waitForFinished(30'000));
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);

    m->open();
    QVERIFY(m->isSound());
    QCOMPARE(m->count(event::decisionApprove), piece); // what was recorded stays
    QCOMPARE(m->server.effects().size(), 0);
    QCOMPARE(leftOut(decide(wanted)).size(), piece); // the same act again takes the rest
    m->base.clock.advance(600'000);
    QCOMPARE(m->deliver(), 2 * piece);
    QCOMPARE(m->server.effects().size(), 2 * piece);
    QStringList questions = m->server.logged();
    QCOMPARE(questions.removeDuplicates(), 0);
    QCOMPARE(m->deliver(), 0);
}

/// Approves all that waits in the folder; the crash point ends it after the first piece.
int child(const QStringList &arguments)
{
    ServicesFixture fixture;
    for (qsizetype i = 3; i + 1 < arguments.size(); i += 2) {
        fixture.base.secrets.values.insert(arguments.at(i),
                                           QByteArray::fromBase64(arguments.at(i + 1).toLatin1()));
    }
    auto store
        = openSqliteStore({.directory = arguments.at(2)}, fixture.base.keys, fixture.base.clock);
    if (!store) {
        return 1;
    }
    fixture.base.store = std::move(*store);
    BatchService batches(*fixture.base.store, fixture.find);
    BatchRequest wanted{.message = {}, .reasonCode = {}, .person = fixture.ana};
    for (const Case &one : fixture.cases()) {
        wanted.cases.append({one.id, one.digest});
    }
    (void)finished(batches.decideMany(wanted, {}));
    return 0;
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (QCoreApplication::arguments().value(1) == text("child")) {
        return child(QCoreApplication::arguments());
    }
    TestBatch test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_batch.moc"
