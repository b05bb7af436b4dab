// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "life.h"

#include "domain/searchtext.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/schema.h"
#include "store/verifier.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace countersign;

/// Search over cases: it finds what is there, whatever became of the index, and the trail verifies
/// beside it.
class TestCaseIndex : public QObject
{
    Q_OBJECT

    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Life> m_life;

    [[nodiscard]] QString found(const QString &typed) const
    {
        const auto ids = m_fixture->read<QList<CaseId>>(
            [&](Reader &reader) -> Result<QList<CaseId>> { return reader.casesWithText(typed); });
        QStringList list;
        for (const CaseId &id : ids.value_or(QList<CaseId>{CaseId(QStringLiteral("error"))})) {
            list.append(id.toString());
        }
        return list.join(QLatin1Char(' '));
    }
    CaseId propose(const QString &text)
    {
        Proposal proposal = Life::refund(text.left(200));
        proposal.reasoning = text;
        return m_life->propose(proposal);
    }
    /// Another hand, while the profile is closed.
    bool byHand(const QByteArray &sql)
    {
        m_fixture->store.reset();
        auto connection = sqlite::Connection::open(m_fixture->path(), sqlite::Access::ReadWrite);
        const auto done
            = connection ? (*connection)->script(sql) : tl::unexpected<Error>(connection.error());
        if (!done) {
            qWarning("%s", qPrintable(done.error().detail));
        }
        return done.has_value();
    }
    [[nodiscard]] int inIndex() const
    {
        auto connection = sqlite::Connection::open(m_fixture->path(), sqlite::Access::Read).value();
        return connection->value(QStringLiteral("SELECT count(*) FROM case_text")).value().toInt();
    }
    /// Back to a file of before there was an index.
    bool goBack() { return byHand("DELETE FROM case_text; DELETE FROM derived"); }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>();
        m_life = std::make_unique<Life>(*m_fixture);
        QCOMPARE(m_fixture->open(), std::nullopt);
        QVERIFY(m_life->addEndpoint());
    }
    void cleanup()
    {
        const auto report = verifyTrail({.directory = m_fixture->folder.path()});
        QVERIFY(report);
        QVERIFY2(report->verdict == TrailReport::Verdict::NoOutsideCheckpoint,
                 qPrintable(report->text));
        m_fixture.reset();
    }

    void aCaseIsFoundAsSoonAsItIsThere()
    {
        QCOMPARE(found(QStringLiteral("scratched")), QString());
        propose(QStringLiteral("The lid was scratched."));
        propose(QStringLiteral("Scratched as well, says José"));
        QCOMPARE(found(QStringLiteral("scratched")), QStringLiteral("c-2 c-1"));
        QCOMPARE(found(QStringLiteral("scratched lid")), QStringLiteral("c-1"));
        QCOMPARE(found(QStringLiteral("jos")), QStringLiteral("c-2"));
        QCOMPARE(found(QStringLiteral("c-2")), QStringLiteral("c-2"));
        QCOMPARE(found(QStringLiteral("1250.00")), QStringLiteral("c-2 c-1"));
    }

    void aRevisionReplacesItsText()
    {
        const CaseId id = propose(QStringLiteral("alpha"));
        Proposal next = Life::refund(QStringLiteral("q"));
        next.reasoning = QStringLiteral("omega");
        QVERIFY(m_fixture->append(Life::caseDraft(event::caseChanged, id, next)));
        QCOMPARE(found(QStringLiteral("alpha")), QString());
        QCOMPARE(found(QStringLiteral("omega")), QStringLiteral("c-1"));
    }

    void whatIsRolledBackIsNotFound()
    {
        const auto refused = m_fixture->write<void>([](Transaction &tx) -> Result<void> {
            const CaseId id = tx.nextCaseId().value();
            Proposal proposal = Life::refund(QStringLiteral("q"));
            proposal.reasoning = QStringLiteral("ephemeral");
            return tx.append(Life::caseDraft(event::caseProposed, id, proposal))
                .and_then([](const EventRecord &) -> Result<void> {
                    return fail(ErrorCode::Conflict, QStringLiteral("no"));
                });
        });
        QVERIFY(!refused);
        QCOMPARE(found(QStringLiteral("ephemeral")), QString());
        QCOMPARE(inIndex(), 0);
    }

    void anyTextThatIsTypedIsTaken()
    {
        propose(QStringLiteral("one\"two AND NOT three*"));
        for (const char *typed :
             {"\"", "one\"two",  "AND",      "NOT",  "*",       "three*",      "(",
              ")",  "NEAR(a b)", "body:one", "^one", "one AND", "{one} : two", "-",
              "+",  "\\",        "'",        "one'", "%",       ";--"}) {
            QVERIFY2(found(QString::fromLatin1(typed)) != u"error", typed);
        }
        QCOMPARE(found(QStringLiteral("one\"two")), QStringLiteral("c-1"));
        QCOMPARE(found(QStringLiteral("and not THREE")), QStringLiteral("c-1"));
        QCOMPARE(found(QString(QChar(0)) + QStringLiteral("one")), QStringLiteral("c-1"));
    }

    /// The index and a plain look through the texts agree, whatever is written and asked.
    void theIndexAgreesWithALookThroughTheTexts()
    {
        QRandomGenerator random(20261121);
        const QStringList bits{
            QStringLiteral("refund"), QStringLiteral("Réf"),  QStringLiteral("A-12"),
            QStringLiteral("12.50"),  QStringLiteral("退款"), QStringLiteral("款"),
            QStringLiteral("\""),     QStringLiteral("ﬁne"),  QStringLiteral("x\u200By"),
            QStringLiteral("_"),      QStringLiteral("İ"),    QStringLiteral("🙂"),
            QStringLiteral("किताब"),  QStringLiteral("ß"),    QStringLiteral("1e3"),
            QStringLiteral("\u0378")};
        const auto text = [&](int words, bool spaced) -> QString {
            QString out;
            for (int i = 0; i < words; ++i) {
                out += bits.at(random.bounded(int(bits.size())));
                out += spaced && random.bounded(3) > 0 ? QStringLiteral(" ") : QString();
            }
            return out;
        };
        QList<QPair<CaseId, QString>> bodies;
        for (int i = 0; i < 60; ++i) {
            Proposal proposal = Life::refund(QStringLiteral("q%1").arg(i));
            proposal.arguments = text(6, true);
            const CaseId id = m_life->propose(proposal);
            bodies.prepend({id, searchBody(id, proposal)});
        }
        for (int i = 0; i < 300; ++i) {
            const QString typed = text(1 + random.bounded(3), true).left(1 + random.bounded(12));
            const SearchTerms terms(typed);
            QStringList expected;
            for (const auto &[id, body] : bodies) {
                if (!terms.isEmpty() && terms.matches(body)) {
                    expected.append(id.toString());
                }
            }
            QCOMPARE(found(typed), expected.join(QLatin1Char(' ')));
        }
    }

    void anOldFileIsFilledAndSearchedMeanwhile()
    {
        for (int i = 0; i < 250; ++i) {
            propose(QStringLiteral("common word%1").arg(i));
        }
        QVERIFY(goBack());
        {
            const auto reader
                = openSqliteStore(m_fixture->options(true), m_fixture->keys, m_fixture->clock);
            QVERIFY(reader);
            const auto ids = (*reader)
                                 ->read<QList<CaseId>>([](Reader &r) {
                                     return r.casesWithText(QStringLiteral("common"));
                                 })
                                 .result();
            QCOMPARE(ids->size(), 250);
        }
        QCOMPARE(m_fixture->open(), std::nullopt);
        QCOMPARE(found(QStringLiteral("common")).split(QLatin1Char(' ')).size(), 250);
        QCOMPARE(found(QStringLiteral("word7")).split(QLatin1Char(' ')).size(), 11);
        propose(QStringLiteral("common too"));
        QCOMPARE(found(QStringLiteral("common")).split(QLatin1Char(' ')).size(), 251);
        QTRY_COMPARE(inIndex(), 251);
        QCOMPARE(found(QStringLiteral("common")).split(QLatin1Char(' ')).size(), 251);
        QCOMPARE(found(QStringLiteral("word249")), QStringLiteral("c-250"));
    }

    void whatEndedLongAgoIsLeftOut()
    {
        const CaseId old = propose(QStringLiteral("antique"));
        const CaseId open = propose(QStringLiteral("antique and open"));
        QVERIFY(m_life->onCase(event::caseWithdrawn, old, Json::object(),
                               words(QStringLiteral("Gone."))));
        QCOMPARE(found(QStringLiteral("antique")), QStringLiteral("c-2 c-1"));
        m_fixture->clock.advance(31LL * 24 * 3600 * 1000);
        propose(QStringLiteral("fresh"));
        QCOMPARE(inIndex(), 3);
        m_fixture->store.reset();
        QCOMPARE(m_fixture->open(), std::nullopt);
        QTRY_COMPARE(inIndex(), 2);
        QCOMPARE(found(QStringLiteral("antique")), open.toString());
    }

    /// Looked through a stretch at a time, so that no other write waits for all of it.
    void manyThatEndedLongAgoAreLeftOut()
    {
        for (int i = 0; i < 70; ++i) {
            const CaseId id = propose(QStringLiteral("antique"));
            if (i % 7 > 0) {
                QVERIFY(m_life->onCase(event::caseWithdrawn, id, Json::object(),
                                       words(QStringLiteral("Gone."))));
            }
        }
        m_fixture->clock.advance(31LL * 24 * 3600 * 1000);
        propose(QStringLiteral("fresh"));
        m_fixture->store.reset();
        {
            auto connection
                = sqlite::Connection::open(m_fixture->path(), sqlite::Access::ReadWrite).value();
            int steps = 0;
            for (bool more = true; more; ++steps) {
                QVERIFY(connection->script("BEGIN"));
                const auto left = connection->index().fill(2);
                QVERIFY(left && connection->script("COMMIT"));
                more = *left;
            }
            QVERIFY(steps > 30); // two at a time
        }
        QCOMPARE(inIndex(), 11);
        QCOMPARE(m_fixture->open(), std::nullopt);
        QCOMPARE(found(QStringLiteral("antique")).split(QLatin1Char(' ')).size(), 10);
    }

    /// A broken index is no reason to refuse a decision, nor to miss a case.
    void aDamagedIndexIsGivenUpAndMadeAnew()
    {
        const CaseId id = propose(QStringLiteral("alpha"));
        QVERIFY(byHand("UPDATE case_text_data SET block = x'00ff00ff' WHERE id > 10"));
        QCOMPARE(m_fixture->open(), std::nullopt);
        QCOMPARE(found(QStringLiteral("alpha")), QStringLiteral("c-1"));
        QVERIFY(m_fixture->append(
            Life::decision(event::decisionApprove, id, DecisionId(QStringLiteral("d-1")))));
        propose(QStringLiteral("beta"));
        QCOMPARE(m_life->caseNow(id).state, CaseState::Held);
        QCOMPARE(found(QStringLiteral("beta")), QStringLiteral("c-2"));
        QTRY_COMPARE(inIndex(), 2);
        QVERIFY(byHand("INSERT INTO case_text (case_text) VALUES ('integrity-check')"));
        QCOMPARE(m_fixture->open(), std::nullopt);
        QCOMPARE(found(QStringLiteral("alpha")), QStringLiteral("c-1"));
    }

    void aForgottenCaseLeavesNoWordInTheFile()
    {
        const QByteArray canary = "zyxcanary4711";
        const auto inFile = [&]() -> bool {
            QFile file(m_fixture->path());
            return !file.open(QIODevice::ReadOnly) || file.readAll().contains(canary);
        };
        {
            auto connection
                = sqlite::Connection::open(m_fixture->path(), sqlite::Access::ReadWrite).value();
            QVERIFY(connection->script("PRAGMA secure_delete = ON; BEGIN"));
            Statements &sql = connection->sql();
            for (int i = 1; i <= 300; ++i) {
                const QString body
                    = i == 7 ? QString::fromLatin1(canary) : QStringLiteral("word%1 common").arg(i);
                QVERIFY(
                    sql.change(QStringLiteral("INSERT INTO case_text (rowid, body) VALUES (?, ?)"),
                               {i, body}));
            }
            QVERIFY(sql.change(QStringLiteral(
                "INSERT INTO cases (number, id, endpoint, question, part, parts, occurrence, risk, "
                "reversibility, allowed, digest, disposition, state, created_ms, updated_ms, "
                "version) VALUES "
                "(7, 'c-7', 'e-1', 'q', 1, 1, 0, 'low', 'costly', '', '', 'approve', 'waiting', 0, "
                "0, 0)")));
            QVERIFY(connection->script("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)"));
            QVERIFY(inFile());
            QVERIFY(connection->script("BEGIN"));
            QVERIFY(connection->index().forget(CaseId(QStringLiteral("c-7"))));
            QVERIFY(
                connection->script("DELETE FROM cases; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)"));
        }
        QVERIFY(!inFile());
    }
};

QTEST_GUILESS_MAIN(TestCaseIndex)
#include "tst_caseindex.moc"
