// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "gui/keys.h"
#include "views/style/theme.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace countersign;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

bool isHidden(const QString &spoken)
{
    return spoken.contains(QChar(0x202e)) || spoken.contains(QChar(0x200b));
}

/// Words without the marks of mnemonics and of direction, as a person sees them.
QString seen(QString words)
{
    return bare(words.remove(u'&'));
}

} // namespace

/// What a screen reader is told of the inbox, and where the Tab key leads.
class TestInboxVoice final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m.reset(); }
    void everyControlSaysWhatItShows_data();
    void everyControlSaysWhatItShows();
    void everyRowIsASentence();
    void tabGoesEverywhereAndBack_data();
    void tabGoesEverywhereAndBack();

private:
    void addStates();
    void bring(const QString &state);
    /// Everything below it that can be acted on, as the screen reader finds it.
    void walk(QAccessibleInterface *face, int depth = 0);
    [[nodiscard]] QList<QWidget *> controls() const;

    std::unique_ptr<InboxFixture> m;
    int m_walked = 0;
};

void TestInboxVoice::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<InboxFixture>();
    m_walked = 0;
}

void TestInboxVoice::addStates()
{
    QTest::addColumn<QString>("state");
    for (const char *state : {"reading", "editing", "asking", "many", "askingMany", "workspace",
                              "undo", "empty", "nothing"}) {
        QTest::newRow(state) << QString::fromLatin1(state);
    }
}

void TestInboxVoice::bring(const QString &state)
{
    QList<Proposal> asked = believable(9, m->services.base.clock.nowMs());
    asked[0].artifact = Artifact{.type = Artifact::Type::Markdown,
                                 .title = text("Reply"),
                                 .content = Json(text("# Dear Ana\n\n**No**, sorry."))};
    for (Proposal &one : asked) {
        one.risk = Risk::Low;
    }
    if (state == u"many" || state == u"askingMany") {
        asked = alike(20);
    }
    if (state == u"empty" || state == u"nothing") {
        asked.clear();
    }
    m->show(asked, state != u"nothing");
    if (state == u"editing") {
        m->press(Qt::Key_E);
    } else if (state == u"asking") {
        m->press(Qt::Key_R);
    } else if (state == u"workspace") {
        m->page->showCase(CaseId(text("c-1")));
        m->settle();
        m->press(Qt::Key_W);
    } else if (state == u"undo") {
        const CaseId id = m->shown();
        m->press(Qt::Key_A);
        QTRY_COMPARE(m->stateOf(id), CaseState::Held);
    } else if (state.endsWith(text("any"))) {
        m->press(Qt::Key_L);
        QTRY_VERIFY(!m->batch->isReading() && m->batch->summary().count > 1);
        m->services.base.clock.advance(style::armMs);
        if (state == u"askingMany") {
            m->press(Qt::Key_R);
        }
    }
    QCoreApplication::processEvents();
}

void TestInboxVoice::walk(QAccessibleInterface *face, int depth)
{
    QVERIFY2(depth < 60, "it goes in circles");
    const QAccessible::State state = face->state();
    if (state.invisible) {
        return;
    }
    const QString name = face->text(QAccessible::Name);
    QVERIFY2(!isHidden(name) && !isHidden(face->text(QAccessible::Value)), qPrintable(name));
    const auto *widget = qobject_cast<QWidget *>(face->object());
    const bool acted = widget != nullptr && widget->isVisible() && widget->isEnabled()
        && (widget->focusPolicy() & Qt::TabFocus) != 0
        && qobject_cast<const QComboBox *>(widget->parentWidget()) == nullptr
        && !widget->inherits("QAbstractSpinBox") && !widget->inherits("QScrollBar");
    if (acted) {
        ++m_walked;
        QVERIFY2(
            !name.isEmpty() || !widget->accessibleName().isEmpty(),
            qPrintable(QStringLiteral("%1 in %2")
                           .arg(QLatin1String(widget->metaObject()->className()),
                                QLatin1String(widget->parentWidget()->metaObject()->className()))));
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (button != nullptr && !button->text().isEmpty()) {
            QCOMPARE(seen(name), seen(button->text()));
        }
    }
    for (int i = 0; i < face->childCount() && !QTest::currentTestFailed(); ++i) {
        if (QAccessibleInterface *child = face->child(i)) {
            walk(child, depth + 1);
        }
    }
}

void TestInboxVoice::everyControlSaysWhatItShows_data()
{
    addStates();
}

void TestInboxVoice::everyControlSaysWhatItShows()
{
    QFETCH(QString, state);
    bring(state);
    walk(QAccessible::queryAccessibleInterface(m->page.get()));
    QVERIFY2(m_walked >= (state == u"nothing" ? 3 : 6), qPrintable(QString::number(m_walked)));
}

void TestInboxVoice::everyRowIsASentence()
{
    QList<Proposal> asked = believable(6, m->services.base.clock.nowMs());
    for (int i = 0; i < 3; ++i) { // parts of one question
        asked[i].source = asked.first().source;
        asked[i].source.part = i + 1;
        asked[i].source.of = 3;
    }
    m->show(asked);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m->list());
    QVERIFY(list);
    int parts = 0;
    int rows = 0;
    const auto sentenceOf = [list](int row) -> QString {
        QAccessibleInterface *cell = list->child(row);
        return cell == nullptr ? QString() : bare(cell->text(QAccessible::Name));
    };
    for (int row = 0; row < m->model->rowCount(); ++row) {
        const InboxRow shown = m->model->rowAt(row);
        if (shown.id.isEmpty()) {
            continue; // a heading
        }
        ++rows;
        const QString sentence = sentenceOf(row);
        QVERIFY2(sentence.contains(shown.headline.left(20)), qPrintable(sentence));
        QVERIFY2(sentence.contains(text(" risk")), qPrintable(sentence));
        QVERIFY2(sentence.contains(text("confidence ")), qPrintable(sentence));
        QVERIFY2(sentence.contains(text("asked ")), qPrintable(sentence));
        if (shown.of > 1) {
            ++parts;
            QVERIFY2(sentence.contains(text("part %1 of 3").arg(shown.part)), qPrintable(sentence));
        }
    }
    QCOMPARE(rows, 6);
    QCOMPARE(parts, 3);
    const int row = m->list()->currentIndex().row();
    QVERIFY(!sentenceOf(row).startsWith(text("Selected.")));
    m->press(Qt::Key_Space);
    QVERIFY(sentenceOf(row).startsWith(text("Selected.")));
    m->press(Qt::Key_Space);
    QVERIFY(!sentenceOf(row).startsWith(text("Selected.")));
}

QList<QWidget *> TestInboxVoice::controls() const
{
    QList<QWidget *> found;
    for (QWidget *widget : m->page->findChildren<QWidget *>()) {
        const bool inner = widget->focusProxy() != nullptr
            || (widget->parentWidget() != nullptr
                && widget->parentWidget()->focusProxy() == widget);
        if ((widget->focusPolicy() & Qt::TabFocus) && widget->isVisible() && widget->isEnabled()
            && !inner) {
            found.append(widget);
        }
    }
    return found;
}

void TestInboxVoice::tabGoesEverywhereAndBack_data()
{
    addStates();
}

void TestInboxVoice::tabGoesEverywhereAndBack()
{
    QFETCH(QString, state);
    bring(state);
    const QList<QWidget *> all = controls();
    QVERIFY(!all.isEmpty());
    if (QApplication::focusWidget() == nullptr || !QApplication::focusWidget()->isVisible()) {
        all.first()->setFocus(Qt::TabFocusReason); // without a list
    }
    QWidget *start = QApplication::focusWidget();
    QVERIFY(start);
    QList<QWidget *> forth;
    QWidget *at = start;
    do {
        forth.append(at);
        QTest::keyClick(at, Qt::Key_Tab);
        at = QApplication::focusWidget();
        QVERIFY2(at, "the keys are lost");
        QVERIFY2(
            forth.size() <= 200,
            qPrintable(
                QStringLiteral("a trap at %1").arg(QLatin1String(at->metaObject()->className()))));
    } while (at != start && !forth.contains(at));
    QVERIFY2(at == start, "Tab does not come back to where it began");
    QStringList names;
    for (QWidget *one : forth) {
        names.append(QStringLiteral("%1 “%2”").arg(QLatin1String(one->metaObject()->className()),
                                                   spokenName(one)));
    }
    for (QWidget *each : all) {
        const bool reached = forth.contains(each)
            || std::any_of(forth.begin(), forth.end(),
                           [each](QWidget *one) -> bool { return each->isAncestorOf(one); });
        QVERIFY2(reached,
                 qPrintable(QStringLiteral("%1 “%2” is not reached by %3")
                                .arg(QLatin1String(each->metaObject()->className()),
                                     spokenName(each), names.join(QStringLiteral(" > ")))));
    }
    // Back the same way.
    at = start;
    for (qsizetype i = forth.size() - 1; i >= 0; --i) {
        QTest::keyClick(at, Qt::Key_Backtab, Qt::ShiftModifier);
        at = QApplication::focusWidget();
        QCOMPARE(at, forth.at(i));
    }
    // As it is read: what is searched before the list, the list before the case.
    const auto place = [&forth](const QWidget *widget) -> qsizetype {
        const auto search = std::find_if(forth.begin(), forth.end(), [](const QWidget *one) {
            return one->accessibleName() == QLatin1String("Search");
        });
        const qsizetype first = search - forth.begin();
        const qsizetype found = forth.indexOf(const_cast<QWidget *>(widget));
        return found < 0 ? -1 : (found - first + forth.size()) % forth.size();
    };
    if (m->list()->isVisible() && place(m->list()) >= 0) {
        for (const QWidget *button : m->page->findChildren<QAbstractButton *>()) {
            if (button->objectName().startsWith(text("inbox.")) && forth.contains(button)) {
                QVERIFY2(place(m->list()) < place(button), qPrintable(button->objectName()));
            }
        }
    }
}

QTEST_MAIN(TestInboxVoice)
#include "tst_inboxvoice.moc"
