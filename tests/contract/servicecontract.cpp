// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/servicecontract.h"

#include "store/verifier.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace countersign {

namespace {

constexpr int patienceMs = 30'000;
// A message handler has no context to keep these in.
QString logged;
QtMessageHandler handOn = nullptr;

void keepLog(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    logged += text + QLatin1Char('\n');
    handOn(type, context, text);
}

template <class T> T ended(const QFuture<T> &future)
{
    if (!QTest::qWaitFor([&future]() -> bool { return future.isFinished(); }, patienceMs)
        || future.resultCount() != 1) {
        qFatal("a future did not end");
    }
    return future.result();
}

template <class T> T sure(const QFuture<Result<T>> &future)
{
    auto result = ended(future);
    if (!result) {
        qFatal("%s", qPrintable(result.error().text));
    }
    if constexpr (!std::is_void_v<T>) {
        return *std::move(result);
    }
}

} // namespace

void ServiceContractSuite::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_proxy = std::make_unique<FaultProxy>(m_server.url());
    m_effects.clear();
    m_said.clear();
    logged.clear();
    handOn = qInstallMessageHandler(keepLog);
    const QString passphrase = m_folder->filePath(QStringLiteral("passphrase"));
    QFile file(passphrase);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("correct horse") > 0);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.close();
    qputenv("COUNTERSIGN_PASSPHRASE_FILE", passphrase.toUtf8());
    qputenv("XDG_STATE_HOME", m_folder->filePath(QStringLiteral("state")).toUtf8());
    open();
    Endpoint added;
    added.kind = m_server.protocol().kind();
    added.name = QStringLiteral("contract");
    added.url = m_proxy->url();
    m_endpoint = sure(m_profile->endpoints().add(added, {m_server.secret()}, m_person));
    QTRY_VERIFY_WITH_TIMEOUT(m_profile->endpoints().connection(m_endpoint), patienceMs);
}

void ServiceContractSuite::cleanup()
{
    QByteArray note;
    if (m_profile) {
        m_profile->stop();
        note = sure(m_profile->trail().checkpoint());
    }
    close();
    qInstallMessageHandler(handOn);
    const QString directory = m_folder->filePath(QStringLiteral("profile"));
    const auto report = verifyTrail({.directory = directory, .checkpoints = {note}});
    QVERIFY2(report, qPrintable(report ? QString() : report.error().text));
    QVERIFY2(report->verdict == TrailReport::Verdict::Ok, qPrintable(report->text));
    for (auto it = m_effects.cbegin(); it != m_effects.cend(); ++it) {
        QTRY_COMPARE_WITH_TIMEOUT(m_server.effects(it.key()), it.value(), patienceMs);
    }
    QCOMPARE(secretLeak(), QString());
    m_proxy.reset();
}

/// Where the endpoint's secret can be read; empty where nowhere.
QString ServiceContractSuite::secretLeak() const
{
    QByteArray canary = m_server.secret().second;
    canary.replace("Bearer ", "");
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int read = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) {
            return QStringLiteral("unreadable: ") + file.fileName();
        }
        ++read;
        const QByteArray bytes = file.readAll();
        if (bytes.contains(canary) || bytes.contains(canary.toBase64())) {
            return file.fileName();
        }
    }
    if (read < 4 || !m_proxy->sent().contains(canary)) { // database, keys, secrets, passphrase
        return QStringLiteral("nothing was looked through");
    }
    const QString everything = logged + m_said;
    return everything.contains(QString::fromLatin1(canary)) ? everything : QString();
}

void ServiceContractSuite::open()
{
    auto opened
        = Profile::open({.directory = m_folder->filePath(QStringLiteral("profile"))}, protocolFor);
    if (!opened) {
        qFatal("%s", qPrintable(opened.error().text));
    }
    m_profile = std::move(*opened);
    sure(m_profile->endpoints().load());
    m_person = sure(m_profile->self()).id;
}

void ServiceContractSuite::sync()
{
    (void)sure(m_profile->endpoints().sync(m_endpoint));
}

QString ServiceContractSuite::ask(int parts)
{
    const QString place = m_server.ask(parts);
    m_effects.insert(place, 0);
    return place;
}

QList<Case> ServiceContractSuite::casesAt(const QString &place)
{
    QList<Case> found;
    const QList<Case> all = sure(m_profile->store().read<QList<Case>>(
        [](Reader &reader) -> Result<QList<Case>> { return reader.cases({}); }));
    for (const Case &one : all) {
        if (one.proposal.source.lane == place) {
            m_said += one.stateText + (one.decision ? one.decision->stateText : QString());
            found.append(one);
        }
    }
    return found;
}

Case ServiceContractSuite::caseAt(const QString &place)
{
    return casesAt(place).value(0);
}

QFuture<Result<DecisionReceipt>> ServiceContractSuite::begin(const Case &subject, DecisionKind kind)
{
    return m_profile->decisions().decide({.caseId = subject.id,
                                          .digest = subject.digest,
                                          .kind = kind,
                                          .person = m_person,
                                          .skipHold = true});
}

Result<DecisionReceipt> ServiceContractSuite::decide(const Case &subject)
{
    auto decided = ended(begin(subject));
    if (!decided) {
        keep(decided.error());
    }
    return decided;
}

int ServiceContractSuite::deliver()
{
    return sure(m_profile->delivery().runDue(m_profile->clock().monotonicMs() + patienceMs));
}

bool ServiceContractSuite::endsAs(const QString &place, CaseState state)
{
    return QTest::qWaitFor(
        [&]() -> bool {
            (void)deliver();
            return caseAt(place).state == state;
        },
        patienceMs);
}

qint64 ServiceContractSuite::events()
{
    return sure(m_profile->store().read<Head>(
                    [](Reader &reader) -> Result<Head> { return reader.head(); }))
        .size;
}

bool ServiceContractSuite::refuse(const char *kind)
{
    bool done = false;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("x"));
        db.setDatabaseName(m_folder->filePath(QStringLiteral("profile/countersign.db")));
        const QString statement = QString::fromLatin1(kind).isEmpty()
            ? QStringLiteral("DROP TRIGGER refusal")
            : QStringLiteral("CREATE TRIGGER refusal BEFORE INSERT ON event WHEN NEW.kind = '%1' "
                             "BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END")
                  .arg(QString::fromLatin1(kind));
        done = db.open() && QSqlQuery(db).exec(statement);
        db.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("x"));
    return done;
}

bool ServiceContractSuite::refuseNothing()
{
    return refuse("");
}

/// The bodies of the answers that left for a place, as they were on the wire.
QList<QByteArray> ServiceContractSuite::answersSent(const QString &place) const
{
    QList<QByteArray> bodies;
    const QByteArray &sent = m_proxy->sent();
    const QByteArray line = m_server.answerLine(place);
    for (qsizetype at = sent.indexOf(line); at >= 0; at = sent.indexOf(line, at + 1)) {
        const qsizetype body = sent.indexOf("\r\n\r\n", at) + 4;
        static const QRegularExpression length(QStringLiteral("content-length: *([0-9]+)"),
                                               QRegularExpression::CaseInsensitiveOption);
        const auto found = length.match(QString::fromLatin1(sent.mid(at, body - at)));
        bodies.append(sent.mid(body, found.captured(1).toInt()));
    }
    return bodies;
}

void ServiceContractSuite::theSameLookTwiceIsOneCase()
{
    const QString place = ask();
    sync();
    const Case first = caseAt(place);
    QCOMPARE(first.state, CaseState::Waiting);
    const qint64 before = events();
    sync();
    QCOMPARE(events(), before);
    close();
    open();
    sync();
    QCOMPARE(events(), before);
    QCOMPARE(casesAt(place).size(), 1);
    QVERIFY(decide(first));
    QCOMPARE(deliver(), 1);
    QCOMPARE(caseAt(place).state, CaseState::Delivered);
    sync();
    QCOMPARE(casesAt(place).size(), 1);
    QCOMPARE(deliver(), 0);
    m_effects[place] = 1;
}

void ServiceContractSuite::resumesAfterItWasAway()
{
    const QString known = ask();
    m_profile->start();
    QTRY_COMPARE_WITH_TIMEOUT(casesAt(known).size(), 1, patienceMs);
    QCOMPARE(caseAt(known).state, CaseState::Waiting);
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->endpoints().endpoints().value(0).state,
                              QStringLiteral("ok"), patienceMs);
    m_proxy->goDown();
    const auto decided = decide(caseAt(known));
    QVERIFY2(decided, qPrintable(decided ? QString() : decided.error().text));
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->endpoints().endpoints().value(0).state,
                              QStringLiteral("failing"), patienceMs);
    m_said += m_profile->endpoints().endpoints().value(0).text;
    const QString meanwhile = ask();
    m_proxy->comeUp();
    QTRY_COMPARE_WITH_TIMEOUT(casesAt(meanwhile).size(), 1, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(caseAt(known).state, CaseState::Delivered, patienceMs);
    QCOMPARE(caseAt(meanwhile).state, CaseState::Waiting);
    QCOMPARE(casesAt(known).size(), 1);
    m_effects[known] = 1;
}

void ServiceContractSuite::theScreenIsOlderThanTheCase()
{
    const QString place = ask();
    sync();
    const Case shown = caseAt(place);
    m_server.change(place);
    sync();
    const QList<Case> now = casesAt(place);
    QVERIFY(now.last().digest != shown.digest);
    const qint64 before = events();
    const auto refused = decide(shown);
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::Changed
            || refused.error().code == ErrorCode::NotAllowed); // the old one was withdrawn
    QVERIFY(!refused.error().text.isEmpty());
    QCOMPARE(events(), before);
    QCOMPARE(deliver(), 0);
}

void ServiceContractSuite::changedWhileHeldIsAskedAgain()
{
    const QString place = ask();
    sync();
    const Case shown = caseAt(place);
    QVERIFY(decide(shown));
    m_server.change(place);
    QCOMPARE(deliver(), 1);
    QCOMPARE(m_server.effects(place), 0);
    const QList<Case> now = casesAt(place);
    QCOMPARE(now.last().state, CaseState::Waiting);
    QVERIFY(now.last().digest != shown.digest);
    QCOMPARE(deliver(), 0);
    QVERIFY(decide(now.last()));
    QCOMPARE(deliver(), 1);
    QCOMPARE(casesAt(place).last().state, CaseState::Delivered);
    m_effects[place] = 1;
}

void ServiceContractSuite::withdrawnWhileHeldIsNotSent()
{
    const QString place = ask();
    sync();
    QVERIFY(decide(caseAt(place)));
    m_server.withdraw(place);
    sync();
    QVERIFY(caseAt(place).state == CaseState::Superseded
            || caseAt(place).state == CaseState::Withdrawn);
    QCOMPARE(deliver(), 0);
    QVERIFY(answersSent(place).isEmpty());
    QVERIFY(!decide(caseAt(place)));
}

void ServiceContractSuite::withdrawnUnseenIsNotSent()
{
    const QString place = ask();
    sync();
    QVERIFY(decide(caseAt(place)));
    m_server.withdraw(place);
    QCOMPARE(deliver(), 1);
    QCOMPARE(caseAt(place).state, CaseState::Superseded);
    QVERIFY(!caseAt(place).decision->stateText.isEmpty());
    QCOMPARE(deliver(), 0);
}

void ServiceContractSuite::ofTwoDecisionsOneIsTaken()
{
    const QString place = ask();
    sync();
    const Case shown = caseAt(place);
    const Person lead = sure(
        m_profile->people().add(QStringLiteral("Lina Okafor"), QStringLiteral("lead"), m_person));
    const auto ours = begin(shown);
    const auto theirs = m_profile->decisions().decide({.caseId = shown.id,
                                                       .digest = shown.digest,
                                                       .kind = DecisionKind::Approve,
                                                       .person = lead.id,
                                                       .skipHold = true});
    const auto won = ended(ours);
    const auto lost = ended(theirs);
    QVERIFY(won && !lost);
    keep(lost.error());
    QCOMPARE(lost.error().code, ErrorCode::AlreadyDecided);
    QVERIFY(lost.error().text.contains(sure(m_profile->self()).name));
    static const QRegularExpression time(QStringLiteral("\\d{4}-\\d\\d-\\d\\d.\\d\\d:\\d\\d"));
    QVERIFY2(lost.error().text.contains(time), qPrintable(lost.error().text));
    QCOMPARE(deliver(), 1);
    QCOMPARE(caseAt(place).state, CaseState::Delivered);
    QCOMPARE(caseAt(place).decision->person, m_person);
    m_effects[place] = 1;
}

void ServiceContractSuite::answeredByAnotherClientIsSuperseded()
{
    const QString place = ask();
    sync();
    QVERIFY(decide(caseAt(place)));
    m_server.answerAs(place, QStringLiteral("Ada"));
    QCOMPARE(deliver(), 1);
    QCOMPARE(caseAt(place).state, CaseState::Superseded);
    QVERIFY(caseAt(place).decision->stateText.contains(QStringLiteral("Ada")));
    sync();
    QCOMPARE(deliver(), 0);
    QCOMPARE(casesAt(place).size(), 1);
    m_effects[place] = 1;
}

void ServiceContractSuite::partsWaitForEachOther()
{
    const QString place = ask(m_server.asksInParts() ? 2 : 1);
    sync();
    const QList<Case> parts = casesAt(place);
    QCOMPARE(parts.size(), m_server.asksInParts() ? 2 : 1);
    for (int i = 0; i < parts.size(); ++i) {
        QCOMPARE(deliver(), 0);
        const auto receipt = decide(parts.at(i));
        QVERIFY(receipt);
        QCOMPARE(receipt->decided, i + 1);
        QCOMPARE(receipt->of, int(parts.size()));
    }
    QCOMPARE(deliver(), 1);
    QCOMPARE(answersSent(place).size(), 1);
    QCOMPARE(caseAt(place).state, CaseState::Delivered);
    m_effects[place] = int(parts.size());
}

void ServiceContractSuite::whatCannotBeDecidedOnRecordIsNotSent()
{
    const QString place = ask();
    sync();
    const qint64 before = events();
    QVERIFY(refuse(event::decisionApprove));
    const auto refused = decide(caseAt(place));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Storage);
    QCOMPARE(events(), before);
    QCOMPARE(caseAt(place).state, CaseState::Waiting);
    QCOMPARE(deliver(), 0);
    QVERIFY(answersSent(place).isEmpty());
    QVERIFY(refuseNothing());
    QVERIFY(decide(caseAt(place)));
    QVERIFY(endsAs(place, CaseState::Delivered));
    m_effects[place] = 1;
}

void ServiceContractSuite::whatCannotBeSentOnRecordIsNotSent()
{
    const QString place = ask();
    sync();
    QVERIFY(decide(caseAt(place)));
    QVERIFY(refuse(event::decisionSent));
    (void)ended(m_profile->delivery().runDue(m_profile->clock().monotonicMs() + 2'000));
    QVERIFY(answersSent(place).isEmpty());
    QVERIFY(caseAt(place).state != CaseState::Delivered);
    QVERIFY(refuseNothing());
    QVERIFY(endsAs(place, CaseState::Delivered));
    QCOMPARE(answersSent(place).size(), 1);
    m_effects[place] = 1;
}

void ServiceContractSuite::nothingIsSentWithoutKeys()
{
    const QString place = ask();
    sync();
    close();
    const QString state = m_folder->filePath(QStringLiteral("state"));
    const QString away = m_folder->filePath(QStringLiteral("away"));
    QVERIFY(QDir().rename(state, away));
    auto opened
        = Profile::open({.directory = m_folder->filePath(QStringLiteral("profile"))}, protocolFor);
    if (opened) {
        m_profile = std::move(*opened);
        (void)ended(m_profile->endpoints().load());
        const qint64 before = events();
        QVERIFY(!decide(caseAt(place)));
        QCOMPARE(events(), before);
        QCOMPARE(deliver(), 0);
    } else {
        keep(opened.error());
        QVERIFY(!opened.error().text.isEmpty());
    }
    close();
    QVERIFY(answersSent(place).isEmpty());
    QVERIFY(QDir(state).removeRecursively());
    QVERIFY(QDir().rename(away, state));
    open();
    QVERIFY(decide(caseAt(place)));
    QVERIFY(endsAs(place, CaseState::Delivered));
    m_effects[place] = 1;
}

void ServiceContractSuite::anotherTryHasTheSameBytes()
{
    const QString place = ask();
    sync();
    QVERIFY(decide(caseAt(place)));
    const DecisionId decision = caseAt(place).decision->id;
    m_proxy->setFault(FaultProxy::Fault::DropRequests, m_server.answerLine(place));
    QCOMPARE(deliver(), 1);
    QCOMPARE(m_server.effects(place), 0);
    QCOMPARE(caseAt(place).state, CaseState::Sending);
    m_proxy->setFault(FaultProxy::Fault::None);
    QVERIFY(endsAs(place, CaseState::Delivered));
    const QList<QByteArray> sent = answersSent(place);
    QVERIFY(sent.size() >= 2);
    for (const QByteArray &body : sent) {
        QCOMPARE(body, sent.first());
        QVERIFY(body.contains(decision.toString().toUtf8()));
    }
    m_effects[place] = 1;
}

void ServiceContractSuite::aLostReplyIsLookedUp()
{
    const QString place = ask();
    sync();
    QVERIFY(decide(caseAt(place)));
    m_proxy->setFault(FaultProxy::Fault::DropReplies, m_server.answerLine(place));
    QCOMPARE(deliver(), 1);
    m_proxy->setFault(FaultProxy::Fault::None);
    QVERIFY(endsAs(place, CaseState::Delivered));
    for (const QByteArray &body : answersSent(place)) {
        QCOMPARE(body, answersSent(place).first());
    }
    sync();
    QCOMPARE(casesAt(place).size(), 1);
    m_effects[place] = 1;
}

void ServiceContractSuite::halfAReplyChangesNothing()
{
    const QString place = ask();
    sync();
    const QString other = ask();
    const qint64 before = events();
    m_proxy->setFault(FaultProxy::Fault::HalfReplies);
    const auto broken = ended(m_profile->endpoints().sync(m_endpoint));
    QVERIFY(!broken);
    keep(broken.error());
    QCOMPARE(events(), before);
    QCOMPARE(caseAt(place).state, CaseState::Waiting);
    m_proxy->setFault(FaultProxy::Fault::None);
    sync();
    QCOMPARE(casesAt(place).size(), 1);
    QCOMPARE(caseAt(other).state, CaseState::Waiting);
}

void ServiceContractSuite::aCutStreamIsTakenUpAgain()
{
    const QString before = ask();
    m_profile->start();
    QTRY_COMPARE_WITH_TIMEOUT(casesAt(before).size(), 1, patienceMs);
    m_proxy->setFault(FaultProxy::Fault::HalfReplies);
    m_proxy->goDown();
    m_proxy->comeUp(); // what stood open is cut; what follows ends in the middle
    const QString during = ask();
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->endpoints().endpoints().value(0).state,
                              QStringLiteral("failing"), patienceMs);
    m_said += m_profile->endpoints().endpoints().value(0).text;
    QVERIFY(decide(caseAt(before)));
    m_proxy->setFault(FaultProxy::Fault::None);
    QTRY_COMPARE_WITH_TIMEOUT(casesAt(during).size(), 1, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(caseAt(before).state, CaseState::Delivered, patienceMs);
    QCOMPARE(casesAt(before).size(), 1);
    m_effects[before] = 1;
}

} // namespace countersign
