// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/entry.h"
#include "domain/artifact.h"
#include "domain/clock.h"
#include "domain/schema/schema.h"
#include "domain/words.h"

#include <QTest>

using namespace countersign;

/// The made-up cases themselves: what a template leaves open, or breaks, nobody must see.
class TestDemoCatalog : public QObject
{
    Q_OBJECT
    static constexpr qint64 monday = 1'795'424'400'000; // 2026-11-23T09:00:00Z

    static QList<demo::Draft> deal(quint64 seed, int count)
    {
        auto catalog = demo::Catalog::load(QStringLiteral(CASES), seed);
        if (!catalog) {
            qFatal("%s", qPrintable(catalog.error().text));
        }
        QList<demo::Draft> drafts;
        for (int i = 0; i < count; ++i) {
            drafts.append(catalog->deal(monday));
        }
        return drafts;
    }

    /// Each action with its script; several from one case that asks about several.
    static QList<std::pair<Json, Json>> actionsOf(const demo::Draft &draft)
    {
        demo::Entry entry{.draft = draft, .wire = draft.content};
        QList<std::pair<Json, Json>> actions;
        for (int part = 1; part <= entry.parts(); ++part) {
            actions.append({entry.partOf(part), entry.scriptOf(part)});
        }
        return actions;
    }

private Q_SLOTS:
    void sameSeedSameCases()
    {
        const auto first = deal(7, 40);
        const auto second = deal(7, 40);
        for (int i = 0; i < 40; ++i) {
            QCOMPARE(first.at(i).content, second.at(i).content);
        }
        QVERIFY(deal(7, 5).first().content != deal(8, 5).first().content);
    }

    void aRoundShowsEveryKind()
    {
        QSet<QString> actions;
        int several = 0;
        for (const demo::Draft &draft : deal(1, 13)) {
            const auto asked = actionsOf(draft);
            several += asked.size() > 1 ? 1 : 0;
            for (const auto &[content, script] : asked) {
                actions.insert(content[u"action"].toString());
            }
        }
        QCOMPARE(actions.size(), 15);
        QCOMPARE(several, 1);
    }

    void everyCaseIsWhole()
    {
        for (quint64 seed = 1; seed <= 20; ++seed) {
            for (const demo::Draft &draft : deal(seed, 60)) {
                for (const auto &[content, script] : actionsOf(draft)) {
                    checkContent(content);
                }
            }
        }
    }

    void everyScriptIsWhole()
    {
        for (const demo::Draft &draft : deal(3, 60)) {
            for (const auto &[content, script] : actionsOf(draft)) {
                checkScript(content, script, draft.vars);
            }
        }
    }

private:
    static void checkContent(const Json &content)
    {
        const QByteArray text = toJson(content);
        for (const QString &name : {QStringLiteral("question"), QStringLiteral("reasoning"),
                                    QStringLiteral("recommendation")}) {
            QVERIFY2(!content[name].toString().isEmpty(), text.constData());
            QVERIFY2(!content[name].toString().contains(u'{'), text.constData());
        }
        QVERIFY2(!toJson(content[u"arguments"]).contains("\"{"), text.constData());
        const auto valid = validateAgainst(content[u"arguments_schema"], content[u"arguments"]);
        QVERIFY2(valid,
                 qPrintable(valid ? QString() : valid.error().text + QString::fromUtf8(text)));
        if (content.contains(u"artifact")) {
            QVERIFY2(Artifact::fromJson(content[u"artifact"])
                         && !toJson(content[u"artifact"][u"content"]).contains("{c"),
                     text.constData());
        }
        QVERIFY(!content[u"evidence"].items().isEmpty());
        QVERIFY(content[u"impact"][u"sentence"].toString().size() > 10);
        QVERIFY(fromWord<Risk>(content[u"risk"].toString()));
        QVERIFY(fromWord<Reversibility>(content[u"reversibility"].toString()));
        QVERIFY(parseIsoTime(content[u"due"].toString())
                && parseIsoTime(content[u"created_at"].toString()));
        QCOMPARE(toWords(allowedFromWords(content[u"allowed"].toStrings())),
                 content[u"allowed"].toStrings());
    }

    static void checkScript(const Json &content, const Json &script, Json vars)
    {
        vars.set(QStringLiteral("args"), content[u"arguments"]);
        vars.set(QStringLiteral("message"), Json(QStringLiteral("m")));
        for (const QString &kind : content[u"allowed"].toStrings()) {
            const QString effect = demo::fillText(
                script[u"effects"][kind == u"edit" ? QStringLiteral("approve") : kind].toString(),
                vars);
            QVERIFY2(!effect.isEmpty() && !effect.contains(u'{'), qPrintable(effect));
        }
        for (const QString &way : {QStringLiteral("approve"), QStringLiteral("reject")}) {
            for (const QString &end : {QStringLiteral("good"), QStringLiteral("bad")}) {
                const QString outcome
                    = demo::fillText(script[u"outcomes"][way][end].toString(), vars);
                QVERIFY2(!outcome.isEmpty() && !outcome.contains(u'{'), qPrintable(outcome));
            }
        }
        if (content.contains(u"artifact")) {
            return; // drafted anew by what the reviewer said
        }
        const Json revision = demo::fill(script[u"revision"], vars);
        QVERIFY(!revision[u"question"].toString().isEmpty() && !toJson(revision).contains("\"{"));
        QVERIFY(revision[u"question"] != content[u"question"]);
        Json arguments = content[u"arguments"];
        for (const auto &[key, value] : revision[u"arguments"].members()) {
            arguments.set(key, value);
        }
        QVERIFY(validateAgainst(content[u"arguments_schema"], arguments));
    }

private Q_SLOTS:
    void numbersStayWhatTheyWere()
    {
        for (const demo::Draft &draft : deal(1, 13)) {
            if (draft.content[u"action"].toString() == u"import_booking") {
                QCOMPARE(toJson(draft.content[u"arguments"]),
                         QByteArray("{\"batch_id\":12345678901234567890,\"line\":42,\"line_text\":"
                                    "\"42\",\"amount\":100.10,"
                                    "\"counter_account\":null}"));
                return;
            }
        }
        QFAIL("not dealt");
    }
};

QTEST_APPLESS_MAIN(TestDemoCatalog)
#include "tst_demo_catalog.moc"
