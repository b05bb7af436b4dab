// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"
#include "testing/fakeportal.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QTreeWidget>

using namespace countersign;

namespace {

bool isTextField(const QWidget *widget)
{
    return qobject_cast<const QLineEdit *>(widget) != nullptr
        || qobject_cast<const QPlainTextEdit *>(widget) != nullptr
        || qobject_cast<const QAbstractSpinBox *>(widget) != nullptr;
}

} // namespace

/// The real application over a profile of its own, on a display and a bus of its own.
class TestMainWindow final : public QObject
{
    Q_OBJECT
public:
    explicit TestMainWindow(PrivateDesktop &desktop) : m_desktop(desktop) { }

private Q_SLOTS:
    void init();
    void cleanup();
    void pagesHaveNumberKeys();
    void theKeysSheetSaysEverything();
    void theQuestionMarkIsFreeInTextFields();
    void aRealKeyboardHasTheQuestionMark();
    void shortcutsDoNotCollide();
    void comesBackAsItWasLeft();
    void connectsAnEndpointByKeys();
    void testsAndRemovesAnEndpointByKeys();
    void keepsOrRemovesWhatDoesNotAnswer();
    void everyControlSaysItsName();
    void followsTheDesktopsColoursLive();
    void livesInASmallWindow_data();
    void livesInASmallWindow();

private:
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        m->press(key, modifiers);
    }
    [[nodiscard]] MainWindow &window() const { return m->window(); }
    [[nodiscard]] QDialog *sheet() const { return m->sheet(); }
    [[nodiscard]] QListView *list() const { return m->list(); }
    [[nodiscard]] QTableView *table() const { return m->table(); }
    [[nodiscard]] QPushButton *orderButton()
    {
        return window().findChild<QPushButton *>(QStringLiteral("order"));
    }
    void walk(QWidget &top);
    [[nodiscard]] QString squeezed() const;

    PrivateDesktop &m_desktop;
    std::unique_ptr<WindowFixture> m;
    int m_walked = 0;
};

void TestMainWindow::init()
{
    m = std::make_unique<WindowFixture>();
    m->start();
}

void TestMainWindow::cleanup()
{
    m.reset();
}

void TestMainWindow::pagesHaveNumberKeys()
{
    m->connectFake();
    m->takeCases(3);
    QStringList pages;
    for (const ActionSpec &spec : m->actions().all()) {
        if (spec.id.startsWith(QLatin1String("page."))) {
            pages.append(spec.id.mid(5));
        }
    }
    QVERIFY(pages.size() >= 2);
    for (int i = int(pages.size()) - 1; i >= 0; --i) {
        press(Qt::Key(Qt::Key_1 + i), Qt::ControlModifier);
        QCOMPARE(window().currentPage(), pages.at(i));
        QVERIFY(m->actions().action(QStringLiteral("page.") + pages.at(i))->isChecked());
        QVERIFY(QApplication::focusWidget() != nullptr);
    }
    QVERIFY(list()->hasFocus()); // the inbox is first
    press(Qt::Key_Slash); // from a text field as well
    QVERIFY(isTextField(QApplication::focusWidget()));
    press(Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(window().currentPage(), QStringLiteral("trail"));
    QVERIFY(table()->hasFocus());
}

void TestMainWindow::theKeysSheetSaysEverything()
{
    m->connectFake();
    m->takeCases(1);
    press(Qt::Key_Question);
    QTRY_VERIFY(sheet());
    const auto *tree = sheet()->findChild<QTreeWidget *>();
    QMultiHash<QString, QString> said;
    for (QTreeWidgetItemIterator it(const_cast<QTreeWidget *>(tree)); *it != nullptr; ++it) {
        said.insert((*it)->text(0), (*it)->text(1));
    }
    for (const ActionSpec &spec : m->actions().all()) {
        const QAction *action = m->actions().action(spec.id);
        QStringList keys;
        for (const QKeySequence &sequence : action->shortcuts()) {
            keys.append(sequence.toString(QKeySequence::NativeText));
        }
        QVERIFY2(said.contains(action->text(), keys.join(QStringLiteral("  "))),
                 qPrintable(spec.id));
    }
    QVERIFY(said.contains(QStringLiteral("Endpoints"), QStringLiteral("Ctrl+.")));
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
    QTRY_VERIFY(list()->hasFocus());
}

void TestMainWindow::theQuestionMarkIsFreeInTextFields()
{
    m->connectFake();
    m->takeCases(2);
    const auto typesIt = [this](QWidget *field) -> bool {
        const auto *line = qobject_cast<QLineEdit *>(field);
        const bool free
            = line != nullptr && qobject_cast<QAbstractSpinBox *>(line->parentWidget()) == nullptr;
        const QString before = free ? line->text() : QString();
        field->setFocus();
        press(Qt::Key_Question);
        QCoreApplication::processEvents();
        if (!m->isBare() || (free && line->text() != before + u'?')) {
            return false;
        }
        if (free) {
            press(Qt::Key_Backspace);
        }
        return true;
    };
    QSet<QString> kinds;
    const auto tryAll = [&]() -> void {
        for (auto *field : window().findChildren<QWidget *>()) {
            const auto *text = qobject_cast<QPlainTextEdit *>(field);
            if (isTextField(field) && field->isVisible() && field->isEnabled()
                && !(text != nullptr && text->isReadOnly())) {
                QVERIFY2(typesIt(field), field->metaObject()->className());
                kinds.insert(QLatin1String(field->metaObject()->className()));
            }
        }
    };
    tryAll();
    list()->setFocus();
    const auto asks = []() -> bool {
        return qobject_cast<QPlainTextEdit *>(QApplication::focusWidget()) != nullptr;
    };
    QTRY_VERIFY(asks() || (press(Qt::Key_R), asks())); // the reason, once decisions are armed
    auto *reason = qobject_cast<QPlainTextEdit *>(QApplication::focusWidget());
    QVERIFY(typesIt(reason));
    QCOMPARE(reason->toPlainText(), QStringLiteral("?"));
    press(Qt::Key_F1); // the other key acts anywhere
    QTRY_VERIFY(sheet());
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare() && reason->hasFocus());
    press(Qt::Key_Escape);
    press(Qt::Key_2, Qt::ControlModifier);
    tryAll();
    QVERIFY(kinds.contains(QStringLiteral("QLineEdit")));
    QVERIFY(kinds.contains(QStringLiteral("QDoubleSpinBox")));
    // Everywhere else it acts.
    for (QWidget *elsewhere :
         {static_cast<QWidget *>(table()), static_cast<QWidget *>(orderButton())}) {
        elsewhere->setFocus();
        press(Qt::Key_Question);
        QTRY_VERIFY(sheet());
        press(Qt::Key_Escape);
        QTRY_VERIFY(m->isBare());
    }
}

void TestMainWindow::aRealKeyboardHasTheQuestionMark()
{
    const auto strike = [this](const char *key) -> void {
        (void)m_desktop.output(QStringLiteral("xdotool"),
                               {QStringLiteral("key"), QLatin1String(key)});
    };
    m->connectFake();
    m->takeCases(1);
    strike("question"); // Shift and the key beside it
    QTRY_VERIFY_WITH_TIMEOUT(sheet(), patienceMs);
    strike("Escape");
    QTRY_VERIFY_WITH_TIMEOUT(m->isBare(), patienceMs);
    QTRY_VERIFY(list()->hasFocus());
    strike("slash");
    QTRY_VERIFY(isTextField(QApplication::focusWidget()));
    auto *search = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    strike("question");
    QTRY_COMPARE_WITH_TIMEOUT(search->text(), QStringLiteral("?"), patienceMs);
    QVERIFY(m->isBare());
}

void TestMainWindow::shortcutsDoNotCollide()
{
    const QStringList conflicts = m->actions().conflicts();
    QVERIFY2(conflicts.isEmpty(), qPrintable(conflicts.join(u'\n')));
}

void TestMainWindow::comesBackAsItWasLeft()
{
    m->connectFake();
    m->takeCases(3);
    window().setGeometry(30, 40, 1240, 700);
    QTRY_COMPARE(window().geometry(), QRect(30, 40, 1240, 700));
    auto *inboxSplit = window().findChild<InboxPage *>()->findChild<QSplitter *>();
    inboxSplit->setSizes({200, 420, 548});
    const QString before = orderButton()->text();
    orderButton()->setFocus();
    press(Qt::Key_Space);
    QWidget *popup = nullptr;
    QTRY_VERIFY((popup = QApplication::activePopupWidget()) != nullptr);
    QTRY_VERIFY(popup->focusWidget() != nullptr);
    QTest::keyClick(popup->focusWidget(), Qt::Key_End);
    QTest::keyClick(popup->focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(QApplication::activePopupWidget() == nullptr);
    const QString sort = orderButton()->text();
    QVERIFY(sort != before);
    press(Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(m->app->trail().rowCount() > 0);
    QVERIFY(tabTo(QStringLiteral("Case")));
    m->type("c-2");
    press(Qt::Key_Return);
    QTRY_COMPARE(m->app->trail().rowCount(), 1);
    auto *trailSplit = m->app->trailPage().findChild<QSplitter *>();
    trailSplit->setSizes({600, 568});
    QCoreApplication::processEvents();
    const QList<int> trailSizes = trailSplit->sizes();
    const QList<int> inboxSizes = inboxSplit->sizes();
    window().close();
    m->stop();

    m->start();
    QCOMPARE(window().geometry(), QRect(30, 40, 1240, 700));
    QCOMPARE(window().currentPage(), QStringLiteral("trail"));
    QTRY_COMPARE(m->app->trail().rowCount(), 1);
    QCOMPARE(m->app->trail().filter().caseId, CaseId(QStringLiteral("c-2")));
    QCOMPARE(m->app->trailPage().findChild<QSplitter *>()->sizes(), trailSizes);
    press(Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(window().findChild<InboxPage *>()->findChild<QSplitter *>()->sizes(), inboxSizes);
    QCOMPARE(orderButton()->text(), sort);
}

void TestMainWindow::connectsAnEndpointByKeys()
{
    // Nothing is connected: the key goes straight to the sheet.
    press(Qt::Key_Period, Qt::ControlModifier);
    QTRY_VERIFY(sheet());
    QCOMPARE(sheet()->windowTitle(), QStringLiteral("Connect an endpoint"));
    QVERIFY(QApplication::focusWidget()->inherits("QComboBox"));
    press(Qt::Key_Tab);
    press(Qt::Key_Return); // nothing is filled in: says what is missing
    QTRY_VERIFY(isSaid(*sheet(), QStringLiteral("name")));
    QTRY_VERIFY(findButton(*sheet(), QStringLiteral("Test and connect"))->isEnabled());
    sheet()->findChildren<QLineEdit *>().first()->setFocus();
    m->type("Claims");
    press(Qt::Key_Tab);
    m->type("http://127.0.0.1:2024");
    press(Qt::Key_Return);
    QTRY_VERIFY(m->isBare());
    QTRY_VERIFY(isSaid(window(), QStringLiteral("fake 1.0")));
    QTRY_COMPARE(m->app->profile().endpoints().endpoints().size(), 1);
    auto *rail = qobject_cast<QToolButton *>(findButton(window(), QStringLiteral("Endpoints")));
    QVERIFY(rail);
    QTRY_COMPARE(rail->accessibleDescription(), QStringLiteral("All answer"));
}

void TestMainWindow::testsAndRemovesAnEndpointByKeys()
{
    m->connectFake(QStringLiteral("Claims"));
    m->connectFake(QStringLiteral("Shop"));
    list()->setFocus();
    press(Qt::Key_Period, Qt::ControlModifier);
    QTRY_VERIFY(sheet());
    QVERIFY(isSaid(*sheet(), QStringLiteral("Claims")) && isSaid(*sheet(), QStringLiteral("Shop")));
    QVERIFY(tabTo(QStringLiteral("Test")));
    press(Qt::Key_Space);
    QTRY_VERIFY(isSaid(*sheet(), QStringLiteral("fake 1.0")));
    const auto onShop = []() -> bool {
        return QApplication::focusWidget()->accessibleDescription() == QStringLiteral("Shop");
    };
    while (!onShop() || spokenName(QApplication::focusWidget()) != QStringLiteral("Remove")) {
        press(Qt::Key_Tab);
    }
    press(Qt::Key_Space); // asks
    QTRY_VERIFY(isSaid(*sheet(), QStringLiteral("Its cases stay in the trail.")));
    QCOMPARE(m->app->profile().endpoints().endpoints().size(), 2);
    QVERIFY(onShop()); // the focus stays where it was
    QCOMPARE(spokenName(QApplication::focusWidget()), QStringLiteral("Remove for good"));
    press(Qt::Key_Space);
    QTRY_COMPARE(m->app->profile().endpoints().endpoints().size(), 1);
    QCOMPARE(m->app->profile().endpoints().endpoints().first().endpoint.name,
             QStringLiteral("Claims"));
    QTRY_VERIFY(isSaid(*sheet(), QStringLiteral("The endpoint was removed.")));
    press(Qt::Key_Escape);
    QTRY_VERIFY(m->isBare());
}

void TestMainWindow::keepsOrRemovesWhatDoesNotAnswer()
{
    press(Qt::Key_Period, Qt::ControlModifier);
    QTRY_VERIFY(sheet());
    press(Qt::Key_End); // our own protocol, and nobody at that port
    press(Qt::Key_Tab);
    m->type("Nobody");
    press(Qt::Key_Tab);
    m->type("http://127.0.0.1:1");
    press(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(findButton(*sheet(), QStringLiteral("Keep it")), patienceMs);
    QCOMPARE(spokenName(QApplication::focusWidget()), QStringLiteral("Remove it again"));
    press(Qt::Key_Space);
    QTRY_VERIFY(isSaid(*sheet(), QStringLiteral("It was removed again.")));
    QTRY_COMPARE(m->app->profile().endpoints().endpoints().size(), 0);
    QVERIFY(tabTo(QStringLiteral("Test and connect")));
    press(Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(findButton(*sheet(), QStringLiteral("Keep it")), patienceMs);
    QVERIFY(tabTo(QStringLiteral("Keep it")));
    press(Qt::Key_Space);
    QTRY_VERIFY(m->isBare());
    QTRY_COMPARE(m->app->profile().endpoints().endpoints().size(), 1);
    auto *rail = findButton(window(), QStringLiteral("Endpoints"));
    QTRY_COMPARE_WITH_TIMEOUT(rail->accessibleDescription(), QStringLiteral("1 failing"),
                              patienceMs);
}

/// Every control that keys can reach says a name, which is its visible word; no two say the same
/// without saying what they are about.
void TestMainWindow::walk(QWidget &top)
{
    QSet<QString> names;
    for (QWidget *widget : top.findChildren<QWidget *>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible()
            || widget->window() != &top
            || qobject_cast<QAbstractSpinBox *>(widget->parentWidget()) != nullptr) {
            continue;
        }
        ++m_walked;
        const QString name = spokenName(widget);
        QVERIFY2(!name.isEmpty(),
                 qPrintable(QStringLiteral("%1 in %2")
                                .arg(QLatin1String(widget->metaObject()->className()),
                                     QLatin1String(widget->parent()->metaObject()->className()))));
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        if (button == nullptr) {
            continue;
        }
        QVERIFY2(!button->text().isEmpty(), qPrintable(name));
        QCOMPARE(name, QString(button->text()).remove(u'&'));
        const QString whole = name + u'\n' + widget->accessibleDescription();
        QVERIFY2(!names.contains(whole), qPrintable(name));
        names.insert(whole);
    }
}

void TestMainWindow::everyControlSaysItsName()
{
    m->connectFake(QStringLiteral("Claims"));
    m->connectFake(QStringLiteral("Shop"));
    m->takeCases(3);
    walk(window());
    press(Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(m->app->trail().rowCount() > 0);
    QTRY_VERIFY(findButton(window(), QStringLiteral("Copy payload")));
    walk(window());
    for (const auto &[key, modifiers] : {std::pair{Qt::Key_Question, Qt::NoModifier},
                                         std::pair{Qt::Key_Period, Qt::ControlModifier}}) {
        press(key, modifiers);
        QTRY_VERIFY(sheet());
        walk(*sheet());
        press(Qt::Key_Escape);
        QTRY_VERIFY(m->isBare());
    }
    window().connectEndpoint();
    QTRY_VERIFY(sheet());
    walk(*sheet());
    QVERIFY(m_walked > 40);
}

void TestMainWindow::followsTheDesktopsColoursLive()
{
    m->connectFake();
    m->takeCases(2);
    FakePortal portal(m_desktop.bus(QStringLiteral("portal")));
    const auto isDark = [this]() -> bool {
        const QImage seen = window().grab().toImage().scaled(1, 1, Qt::IgnoreAspectRatio,
                                                             Qt::SmoothTransformation);
        return seen.pixelColor(0, 0).lightness() < 100;
    };
    portal.choose(2);
    QTRY_VERIFY(style::schemeOf(window().palette()) == style::Scheme::Light);
    QVERIFY(!isDark());
    portal.choose(1);
    QTRY_VERIFY(style::schemeOf(window().palette()) == style::Scheme::Dark);
    QTRY_VERIFY(isDark());
    press(Qt::Key_2, Qt::ControlModifier); // a page that was not in sight
    QTRY_VERIFY(isDark());
    portal.choose(2);
    QTRY_VERIFY(!isDark());
    // What the person chose goes first, at once and over a restart.
    m->app->setAppearance(Appearance::Dark);
    QTRY_VERIFY(isDark());
    m->stop();
    m->start();
    QTRY_VERIFY(isDark());
}

void TestMainWindow::livesInASmallWindow_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("design") << QSize(1280, 800);
    QTest::newRow("small") << QSize(1000, 640);
}

/// The first button that is cut off or whose words are; empty where none is.
QString TestMainWindow::squeezed() const
{
    for (auto *button : window().findChildren<QAbstractButton *>()) {
        if (button->text().isEmpty() || button->visibleRegion().isEmpty()) {
            continue;
        }
        const QRect inWindow(button->mapTo(&window(), QPoint()), button->size());
        if (!window().rect().contains(inWindow)
            || button->width() < button->minimumSizeHint().width()) {
            return button->text();
        }
    }
    return {};
}

void TestMainWindow::livesInASmallWindow()
{
    QFETCH(QSize, size);
    m->connectFake();
    m->takeCases(7);
    window().setGeometry(0, 0, size.width(), size.height());
    for (const Qt::Key page : {Qt::Key_1, Qt::Key_2}) {
        press(page, Qt::ControlModifier);
        QTRY_VERIFY(page == Qt::Key_1 || m->app->trail().rowCount() > 0);
        QTRY_COMPARE(window().size(), size); // no content widens it
        const auto least = [this]() -> QSize {
            return window().minimumSizeHint();
        };
        QTRY_VERIFY2(least().boundedTo(size) == least(),
                     qPrintable(QStringLiteral("%1: %2x%3")
                                    .arg(window().currentPage())
                                    .arg(least().width())
                                    .arg(least().height())));
        QTRY_COMPARE(squeezed(), QString());
    }
    press(Qt::Key_1, Qt::ControlModifier);
    auto *fold = findButton(window(), QStringLiteral("Filters"));
    QCOMPARE(fold != nullptr, size.width() < 1280);
    if (fold != nullptr) {
        const auto spins = window().findChildren<QDoubleSpinBox *>();
        const auto lowest = std::find_if(spins.begin(), spins.end(), [](const auto *one) -> bool {
            return one->accessibleName() == QStringLiteral("Lowest confidence");
        });
        QVERIFY(lowest != spins.end());
        const QDoubleSpinBox *spin = *lowest;
        QVERIFY(!spin->isVisible());
        QVERIFY(tabTo(QStringLiteral("Filters")));
        press(Qt::Key_Space);
        QVERIFY(spin->isVisible());
        QTRY_COMPARE(window().size(), size);
    }
}

int main(int argc, char **argv)
{
    return runOnItsOwnDesktop<TestMainWindow>(argc, argv);
}

#include "tst_mainwindow.moc"
