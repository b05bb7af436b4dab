// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/actionregistry.h"
#include "views/style/icons.h"
#include "views/style/theme.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTest>
#include <QVBoxLayout>

using namespace countersign;
using namespace countersign::style;

class TestStyle final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyColourIsReadable_data();
    void everyColourIsReadable();
    void agentGroundIsNothingElse();
    void symbolsAreThere_data();
    void symbolsAreThere();
    void risksDifferInShape();
    void symbolsFollowThePalette();
    void conflictsAreFound();
    void singleLettersActInTheirPlaceOnly();
};

void TestStyle::everyColourIsReadable_data()
{
    QTest::addColumn<Scheme>("scheme");
    QTest::newRow("light") << Scheme::Light;
    QTest::newRow("dark") << Scheme::Dark;
}

void TestStyle::everyColourIsReadable()
{
    QFETCH(Scheme, scheme);
    const QPalette p = palette(scheme);
    QCOMPARE(schemeOf(p), scheme);
    for (const Ground where : allGrounds) {
        const QColor behind = ground(where, scheme);
        for (const Role role : allRoles) {
            QVERIFY2(contrast(color(role, scheme), behind) >= 4.5,
                     qPrintable(QStringLiteral("role %1 on ground %2: %3")
                                    .arg(int(role))
                                    .arg(int(where))
                                    .arg(contrast(color(role, scheme), behind))));
        }
        QVERIFY(contrast(p.color(QPalette::Text), behind) >= 7.0);
        QVERIFY(contrast(p.color(QPalette::Link), behind) >= 4.5);
    }
    QVERIFY(contrast(p.color(QPalette::ButtonText), p.color(QPalette::Button)) >= 7.0);
    QVERIFY(contrast(p.color(QPalette::HighlightedText), p.color(QPalette::Highlight)) >= 4.5);
    QVERIFY(contrast(p.color(QPalette::ToolTipText), p.color(QPalette::ToolTipBase)) >= 7.0);
}

void TestStyle::agentGroundIsNothingElse()
{
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        for (const Ground other : allGrounds) {
            QCOMPARE(ground(other, scheme) == ground(Ground::Agent, scheme),
                     other == Ground::Agent);
        }
    }
}

void TestStyle::symbolsAreThere_data()
{
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList();
    for (const QString &file : files) {
        QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
    for (const Risk risk : {Risk::Low, Risk::Medium, Risk::High, Risk::Unknown}) {
        QTest::newRow(qPrintable(toWord(risk))) << symbolName(risk);
    }
    for (int i = 0; i <= int(CaseState::Trouble); ++i) {
        const auto state = CaseState(i);
        QTest::newRow(qPrintable(toWord(state))) << symbolName(state);
    }
    for (const DecisionKind kind : decisionKinds(allowedFromWords(
             {QStringLiteral("approve"), QStringLiteral("edit"), QStringLiteral("reject"),
              QStringLiteral("respond"), QStringLiteral("ignore")}))) {
        QTest::newRow(qPrintable(toWord(kind))) << symbolName(kind);
    }
}

void TestStyle::symbolsAreThere()
{
    QFETCH(QString, name);
    QVERIFY(QSvgRenderer(QStringLiteral(":/icons/%1.svg").arg(name)).isValid());
    const QImage drawn = symbolPixmap(name, 16, Qt::black, 2.0).toImage();
    QCOMPARE(drawn.size(), QSize(32, 32));
    int inked = 0;
    for (int y = 0; y < drawn.height(); ++y) {
        for (int x = 0; x < drawn.width(); ++x) {
            inked += drawn.pixelColor(x, y).alpha() > 64 ? 1 : 0;
        }
    }
    QVERIFY(inked > 40);
}

void TestStyle::risksDifferInShape()
{
    QList<QImage> seen;
    for (const Risk risk : {Risk::Low, Risk::Medium, Risk::High, Risk::Unknown}) {
        const QImage image = symbolPixmap(symbolName(risk), 16, Qt::black, 1.0).toImage();
        QVERIFY(!seen.contains(image));
        seen.append(image);
    }
}

void TestStyle::symbolsFollowThePalette()
{
    const QIcon icon = symbol(QStringLiteral("approve"));
    applyTheme(*qApp, Scheme::Light);
    const QImage light = icon.pixmap(QSize(16, 16)).toImage();
    applyTheme(*qApp, Scheme::Dark);
    QVERIFY(icon.pixmap(QSize(16, 16)).toImage() != light);
    applyTheme(*qApp, Scheme::Light);
    QCOMPARE(icon.pixmap(QSize(16, 16)).toImage(), light);
}

void TestStyle::conflictsAreFound()
{
    ActionRegistry registry;
    const auto add = [&registry](const char *id, const char *keys, const char *place) -> void {
        registry.add({QLatin1String(id),
                      QLatin1String(id),
                      {QKeySequence(QLatin1String(keys))},
                      QLatin1String(place)});
    };
    add("one", "A", "list");
    add("two", "A", "other");
    add("three", "Ctrl+1", "");
    add("four", "F1", "");
    QCOMPARE(registry.conflicts(), QStringList());
    add("five", "A", "list");
    QCOMPARE(registry.conflicts().size(), 1);
    add("six", "Ctrl+1", "other");
    QCOMPARE(registry.conflicts().size(), 2);
    add("seven", "B", "");
    QCOMPARE(registry.conflicts().size(), 3);
}

void TestStyle::singleLettersActInTheirPlaceOnly()
{
    ActionRegistry registry;
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *list = new QListWidget;
    auto *edit = new QLineEdit;
    layout->addWidget(list);
    layout->addWidget(edit);
    QAction *action = registry.add({QStringLiteral("x.approve"),
                                    QStringLiteral("Approve"),
                                    {QKeySequence(Qt::Key_A)},
                                    QStringLiteral("list")});
    registry.attach(QStringLiteral("list"), list);
    QSignalSpy spy(action, &QAction::triggered);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));

    list->setFocus();
    QTest::keyClick(list, Qt::Key_A);
    QCOMPARE(spy.count(), 1);
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_A);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(edit->text(), QStringLiteral("a"));
}

QTEST_MAIN(TestStyle)
#include "tst_style.moc"
