// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/casewatch.h"
#include "app/desktop/colorscheme.h"
#include "app/desktop/logging.h"
#include "app/desktop/trayicon.h"
#include "domain/aside.h"
#include "testing/fakeportal.h"
#include "testing/privatedesktop.h"
#include "testing/storefixture.h"

#include <QApplication>
#include <QSettings>
#include <QSignalSpy>

using namespace countersign;

namespace {

EventDraft proposed(const CaseId &id, Risk risk)
{
    Proposal proposal;
    proposal.source.question = id.toString();
    proposal.agent = QStringLiteral("support-agent");
    proposal.action = QStringLiteral("issue_refund");
    proposal.allowed = DecisionKind::Approve;
    proposal.risk = risk;
    EventDraft draft;
    draft.kind = QLatin1String(event::caseProposed);
    draft.actor = Actor::system();
    draft.caseId = id;
    draft.endpoint = EndpointId(QStringLiteral("e-1"));
    draft.agent = proposal.agent;
    draft.action = proposal.action;
    draft.risk = risk;
    draft.fields
        = Json::object({{QStringLiteral("question"), Json(proposal.source.question)},
                        {QStringLiteral("part"), Json(1)},
                        {QStringLiteral("of"), Json(1)},
                        {QStringLiteral("occurrence"), Json(0)},
                        {QStringLiteral("digest"), Json(proposal.digest())},
                        {QStringLiteral("allowed"), Json::fromStrings({QStringLiteral("approve")})},
                        {QStringLiteral("dialect"), Json(QStringLiteral("hitl"))},
                        {QStringLiteral("disposition"), Json(QStringLiteral("approve"))},
                        {QStringLiteral("policy"), Json(QStringLiteral("policy v1"))},
                        {QStringLiteral("queue"), Json(QString())},
                        {QStringLiteral("reversibility"), Json(QStringLiteral("unknown"))}});
    draft.payload = Json::object({{QStringLiteral("proposal"), proposal.toJson()},
                                  {QStringLiteral("gate_reasons"), Json::array()}});
    return draft;
}

EventDraft withdrawn(const CaseId &id)
{
    EventDraft draft;
    draft.kind = QLatin1String(event::caseWithdrawn);
    draft.actor = Actor::system();
    draft.caseId = id;
    draft.payload = Json::object({{QStringLiteral("text"), Json(QStringLiteral("Gone."))}});
    return draft;
}

} // namespace

class TestDesktopParts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void secretsAreStruckOut_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("header") << QStringLiteral("Authorization: Bearer hunter2");
        QTest::newRow("json") << QStringLiteral("{\"api_key\": \"hunter2\", \"a\": 1}");
        QTest::newRow("query") << QStringLiteral("GET /x?token=hunter2");
        QTest::newRow("bare") << QStringLiteral("sent bearer hunter2, got 401");
        QTest::newRow("cookie") << QStringLiteral("Set-Cookie: hunter2");
    }

    void secretsAreStruckOut()
    {
        QFETCH(QString, text);
        QVERIFY2(!redacted(text).contains(QStringLiteral("hunter2")), qPrintable(redacted(text)));
        const QString harmless = QStringLiteral("Case c-12 was decided after 3 s");
        QCOMPARE(redacted(harmless), harmless);
    }

    void watchTellsOnlyNews()
    {
        StoreFixture base;
        QVERIFY(!base.open());
        const CaseId first(QStringLiteral("c-1"));
        const CaseId second(QStringLiteral("c-2"));
        QVERIFY(base.append(proposed(first, Risk::Low)));
        CaseWatch watch(*base.store, base.clock);
        QSignalSpy news(&watch, &CaseWatch::proposed);
        QSignalSpy settled(&watch, &CaseWatch::settled);
        watch.start();
        QTRY_COMPARE(watch.state().waiting, 1);
        QVERIFY(watch.state().worst == InboxState::Worst::Waiting);
        QCOMPARE(news.count(), 0);
        QVERIFY(base.append(proposed(second, Risk::High)));
        QTRY_COMPARE(news.count(), 1);
        QCOMPARE(news.first().first().value<QList<CaseRow>>().first().id, second);
        QVERIFY(watch.state().worst == InboxState::Worst::HighRisk);
        QVERIFY(base.append(withdrawn(second)));
        QTRY_COMPARE(settled.count(), 1);
        QCOMPARE(watch.state().waiting, 1);
        QCOMPARE(news.count(), 1);
    }

    void watchTellsWhatComesBackOnce()
    {
        StoreFixture base;
        QVERIFY(!base.open());
        QSettings settings(base.folder.filePath(QStringLiteral("watch.ini")), QSettings::IniFormat);
        const CaseId first(QStringLiteral("c-1"));
        const CaseId second(QStringLiteral("c-2"));
        QVERIFY(base.append(proposed(first, Risk::Low)));
        QVERIFY(base.append(proposed(second, Risk::Low)));
        const auto about = [&](const char *kind, const CaseId &id, const Json &fields) -> bool {
            return base
                .append({.kind = QLatin1String(kind),
                         .actor = Actor::person(PersonId(QStringLiteral("p-1")),
                                                QStringLiteral("Ana Pérez")),
                         .caseId = id,
                         .fields = fields})
                .has_value();
        };
        const auto at = [](const char *name, qint64 ms) -> Json {
            return Json::object({{QLatin1String(name), Json(ms)}});
        };
        const qint64 start = base.clock.nowMs();
        QVERIFY(about(event::caseSetAside, first, at("until_ms", start + 1'000)));
        QVERIFY(about(event::caseFollowUp, second, at("follow_up_ms", start + 2'000)));
        {
            CaseWatch watch(*base.store, base.clock);
            QSignalSpy news(&watch, &CaseWatch::proposed);
            QSignalSpy back(&watch, &CaseWatch::returned);
            QSignalSpy due(&watch, &CaseWatch::followUpsDue);
            watch.remember(settings);
            watch.start();
            QTRY_COMPARE(watch.state().waiting, 1); // the other one is aside
            base.clock.advance(1'000);
            watch.look();
            QCOMPARE(back.count(), 1);
            const auto rows = back.first().first().value<QList<CaseRow>>();
            QCOMPARE(rows.first().id, first);
            QCOMPARE(backOf(rows.first(), base.clock.nowMs()), Back::Time);
            QCOMPARE(watch.state().waiting, 2);
            watch.look();
            QVERIFY(about(event::caseFollowUp, first, at("follow_up_ms", start + 60'000)));
            QTRY_VERIFY(!base.trail().isEmpty());
            QCOMPARE(back.count(), 1); // told once
            QCOMPARE(due.count(), 0);
            QCOMPARE(news.count(), 0);
        }
        base.clock.advance(1'500); // nobody watches while the other one falls due
        for (int starts = 0; starts < 2; ++starts) {
            CaseWatch watch(*base.store, base.clock);
            QSignalSpy back(&watch, &CaseWatch::returned);
            QSignalSpy due(&watch, &CaseWatch::followUpsDue);
            watch.remember(settings);
            watch.start();
            QTRY_COMPARE(watch.state().waiting, 2);
            QCOMPARE(due.count(), starts == 0 ? 1 : 0);
            QCOMPARE(back.count(), 0);
            base.clock.advance(10);
        }
    }

    void schemeFollowsThePortalLive()
    {
        PrivateDesktop desktop;
        QVERIFY2(desktop.start(false), qPrintable(desktop.reason()));
        FakePortal portal(desktop.bus(QStringLiteral("portal")));
        ColorScheme scheme(desktop.bus(QStringLiteral("app")), Appearance::System);
        QSignalSpy changed(&scheme, &ColorScheme::changed);
        QTRY_VERIFY(scheme.scheme() == style::Scheme::Dark);
        portal.choose(2);
        QTRY_VERIFY(scheme.scheme() == style::Scheme::Light);
        QCOMPARE(changed.count(), 2);
        scheme.setAppearance(Appearance::Dark); // what the person wants goes first
        QVERIFY(scheme.scheme() == style::Scheme::Dark);
        ColorScheme witness(desktop.bus(QStringLiteral("app")), Appearance::System);
        QTRY_VERIFY(witness.scheme() == style::Scheme::Light);
        portal.choose(1);
        QTRY_VERIFY(witness.scheme() == style::Scheme::Dark);
        portal.choose(2);
        QTRY_VERIFY(witness.scheme() == style::Scheme::Light); // told after the other one
        QVERIFY(scheme.scheme() == style::Scheme::Dark);
        desktop.bus(QStringLiteral("app")).disconnectFromBus(QStringLiteral("app"));
    }

    void trayDrawsCountAndState()
    {
        const auto picture = [](int waiting, InboxState::Worst worst) -> QImage {
            return trayPixmap({waiting, worst}, EndpointsSummary::Worst::Ok, 22, 2).toImage();
        };
        using Worst = InboxState::Worst;
        QCOMPARE(picture(3, Worst::Waiting).size(), QSize(44, 44));
        QVERIFY(picture(0, Worst::Calm) != picture(3, Worst::Waiting));
        QVERIFY(picture(3, Worst::Waiting) != picture(4, Worst::Waiting));
        // The worst state is told by shape as well: it is another picture without its colour.
        QVERIFY(picture(3, Worst::HighRisk).convertToFormat(QImage::Format_Alpha8)
                != picture(3, Worst::Trouble).convertToFormat(QImage::Format_Alpha8));
        QVERIFY(trayPixmap({0, Worst::Calm}, EndpointsSummary::Worst::Failing, 22, 1).toImage()
                != trayPixmap({0, Worst::Calm}, EndpointsSummary::Worst::Ok, 22, 1).toImage());
    }

    void withoutATrayTheProgramEndsWithItsWindow()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        QWidget window;
        TrayIcon tray(window, settings);
        QVERIFY(!tray.keepsRunning()); // offscreen has no tray
    }
};

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/app/org.countersign.Countersign.svg")));
    TestDesktopParts test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_desktopparts.moc"
