// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inboxfixture.h"
#include "gui/keys.h"
#include "views/inbox/confidencerange.h"
#include "views/inbox/filterchips.h"
#include "views/inbox/inboxlist.h"
#include "views/inbox/savedpane.h"
#include "views/style/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QScrollBar>

using namespace countersign;

/// Finding by keys: the search, filters, order; and that one never loses one's place.
class TestInboxFind final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m.reset(); }
    void searchesLongTextsWithoutAccents();
    void computesPlaces();
    void movesByKeys();
    void isSpokenAsAList();
    void keepsItsPlace();
    void comesBackFromAnEmptyResult();
    void addsChangesAndRemovesChips();
    void offersValuesWithCounts();
    void asksForAmountsDueAndAge();
    void foldsManyChips();
    void savesFilters();
    void ordersAndGroupsByKeys();
    void tellsHowOftenConfidenceWasWrong();
    void undoStaysWhereOneIs();
    void undoOfManyStaysWhereOneIs();

private:
    void search(const QString &text);
    [[nodiscard]] InboxList *list() const { return m->page->findChild<InboxList *>(); }
    [[nodiscard]] int heightOf(const CaseId &id) const
    {
        return list()->visualRect(m->model->index(m->model->indexOf(id))).bottom();
    }
    [[nodiscard]] static QWidget *popup() { return QApplication::activePopupWidget(); }
    static void type(Qt::Key key)
    {
        QWidget *to = popup()->focusWidget() ? popup()->focusWidget() : popup();
        QTest::keyClick(to, key);
    }
    /// From the list: the key, then the field by its place in the menu.
    void openField(FilterField field)
    {
        list()->setFocus();
        QTest::keyClick(list(), Qt::Key_F, Qt::ShiftModifier);
        QTRY_VERIFY(qobject_cast<QMenu *>(popup()));
        for (int i = 0; i < int(field); ++i) {
            QTest::keyClick(popup(), Qt::Key_Down);
        }
        QTest::keyClick(popup(), Qt::Key_Return);
        QTRY_VERIFY(popup() && popup()->objectName() == QLatin1String("filterpopup"));
    }
    [[nodiscard]] QStringList chips() const
    {
        QStringList said;
        for (const FilterChip *chip : m->page->findChildren<FilterChip *>()) {
            if (chip->isVisible()) {
                said.append(bare(chip->text()));
            }
        }
        said.sort();
        return said;
    }
    [[nodiscard]] FilterChip *chip(FilterField field) const
    {
        for (FilterChip *one : m->page->findChildren<FilterChip *>()) {
            if (one->field() == field && one->isVisible()) {
                return one;
            }
        }
        return nullptr;
    }
    void group(InboxGroup by)
    {
        InboxOrder order = m->model->order();
        order.group = by;
        m->model->setOrder(order);
    }

    std::unique_ptr<InboxFixture> m;
};

void TestInboxFind::init()
{
    style::applyTheme(*qApp, style::Scheme::Light);
    m = std::make_unique<InboxFixture>();
}

void TestInboxFind::search(const QString &text)
{
    list()->setFocus();
    m->press(Qt::Key_Slash);
    auto *box = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(box);
    if (text.isEmpty()) {
        QTest::keyClick(box, Qt::Key_Delete); // the slash selects what was there
    } else {
        QTest::keyClicks(box, text);
    }
    QTest::keyClick(box, Qt::Key_Return);
    QVERIFY(list()->hasFocus() || m->model->rowCount() == 0);
}

void TestInboxFind::searchesLongTextsWithoutAccents()
{
    QList<Proposal> all = alike(40);
    all[23].evidence = {{QStringLiteral("Letter"),
                         QStringLiteral("The façade in Łódź is cracked, says Jiří Dvořák."),
                         {}}};
    m->show(all);
    search(QStringLiteral("dvorak facade"));
    QTRY_COMPARE(m->model->rowCount(), 1);
    QCOMPARE(m->model->idAt(0), CaseId(QStringLiteral("c-24")));
    QTRY_COMPARE(m->shown(), CaseId(QStringLiteral("c-24")));
    search(QString());
    QTRY_COMPARE(m->model->rowCount(), 40);
    QCOMPARE(m->shown(), CaseId(QStringLiteral("c-24")));
}

/// What is painted where is what is clicked there, with headings and without.
void TestInboxFind::computesPlaces()
{
    m->show(believable(40, m->services.base.clock.nowMs()));
    for (const InboxGroup by : allInboxGroups) {
        group(by);
        InboxList &view = *list();
        view.verticalScrollBar()->setValue(0);
        int below = 0;
        for (int row = 0; row < m->model->rowCount(); ++row) {
            const QRect area = view.visualRect(m->model->index(row));
            QCOMPARE(area.top(), below);
            QCOMPARE(view.indexAt(area.topLeft()).row(), row);
            QCOMPARE(view.indexAt(area.bottomLeft()).row(), row);
            const int plain = view.sizeHintForRow(row);
            QCOMPARE(area.height(), plain);
            below = area.bottom() + 1;
        }
        QVERIFY(!view.indexAt({0, below}).isValid());
        QCOMPARE(view.verticalScrollBar()->maximum(), below - view.viewport()->height());
    }
}

void TestInboxFind::movesByKeys()
{
    m->show(believable(60, m->services.base.clock.nowMs()));
    const auto row = [this]() -> int {
        return list()->currentIndex().row();
    };
    const auto isInSight = [this]() -> bool {
        return list()->viewport()->rect().contains(list()->visualRect(list()->currentIndex()));
    };
    QCOMPARE(row(), 0);
    m->press(Qt::Key_End);
    QCOMPARE(row(), 59);
    QVERIFY(isInSight());
    m->press(Qt::Key_PageUp);
    QVERIFY(row() < 57 && row() > 30);
    QVERIFY(isInSight());
    m->press(Qt::Key_Home);
    QCOMPARE(row(), 0);
    m->press(Qt::Key_PageDown);
    m->press(Qt::Key_J);
    m->press(Qt::Key_Down);
    const int there = row();
    m->press(Qt::Key_K);
    m->press(Qt::Key_Up);
    QCOMPARE(row(), there - 2);
    QVERIFY(isInSight());
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {},
                      list()->visualRect(m->model->index(row() - 1)).center());
    QCOMPARE(row(), there - 3);
}

void TestInboxFind::isSpokenAsAList()
{
    m->show(believable(9, m->services.base.clock.nowMs()));
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(list());
    QVERIFY(face);
    QCOMPARE(face->role(), QAccessible::List);
    QCOMPARE(face->childCount(), 9);
    QAccessibleInterface *row = face->child(4);
    QVERIFY(row);
    QCOMPARE(row->text(QAccessible::Name),
             m->model->data(m->model->index(4), Qt::AccessibleTextRole).toString());
    QVERIFY(row->rect().isValid());
}

void TestInboxFind::keepsItsPlace()
{
    m->show(believable(60, m->services.base.clock.nowMs()));
    for (int i = 0; i < 30; ++i) {
        m->press(Qt::Key_J);
    }
    const CaseId here = m->shown();
    QVERIFY(list()->verticalScrollBar()->value() > 0);
    InboxFilter filter;
    filter.risks = {m->model->rowAt(30).risk};
    m->model->setFilter(filter);
    QVERIFY(m->model->rowCount() < 60);
    QCOMPARE(m->shown(), here);
    const int height = heightOf(here);
    m->model->setFilter({});
    QCOMPARE(heightOf(here), height);
    (void)m->services.take({believable(61, m->services.base.clock.nowMs()).last()}, false);
    QTRY_COMPARE(m->model->newCount(), 1);
    m->press(Qt::Key_N);
    QCOMPARE(m->shown(), here);
    QCOMPARE(heightOf(here), height);
    for (const InboxGroup by : allInboxGroups) {
        group(by);
        QCOMPARE(m->shown(), here);
        QCOMPARE(list()->currentIndex().row(), m->model->indexOf(here));
        QVERIFY(list()->viewport()->rect().contains(list()->visualRect(list()->currentIndex())));
    }
    // What it is filtered away from gives its place to the nearest that stays.
    const CaseId next = m->model->idAt(m->model->indexOf(here) + 1);
    filter = {};
    for (const Risk risk : {Risk::Low, Risk::Medium, Risk::High, Risk::Unknown}) {
        if (risk != m->model->find(here)->risk) {
            filter.risks.append(risk);
        }
    }
    m->model->setFilter(filter);
    QVERIFY(m->model->indexOf(here) < 0);
    QVERIFY(m->model->indexOf(m->shown()) >= 0);
    if (m->model->indexOf(next) >= 0) {
        QCOMPARE(m->shown(), next);
    }
}

void TestInboxFind::comesBackFromAnEmptyResult()
{
    m->show(believable(20, m->services.base.clock.nowMs()));
    for (int i = 0; i < 7; ++i) {
        m->press(Qt::Key_J);
    }
    const CaseId here = m->shown();
    search(QStringLiteral("zzzznothing"));
    QTRY_COMPARE(m->model->rowCount(), 0);
    QTRY_VERIFY(m->shown().isEmpty());
    for (auto *box : m->page->findChildren<QLineEdit *>()) {
        if (box->accessibleName() == QLatin1String("Search")) {
            box->setFocus();
            box->clear();
        }
    }
    QTRY_COMPARE(m->model->rowCount(), 20);
    QCOMPARE(m->shown(), here);
}

void TestInboxFind::addsChangesAndRemovesChips()
{
    m->show(believable(27, m->services.base.clock.nowMs()));
    const int all = m->model->rowCount();
    QTRY_VERIFY(m->model->counts().risks.value(Risk::High) > 0);
    openField(FilterField::Risk);
    type(Qt::Key_Space); // high
    QCOMPARE(m->model->filter().risks, QList<Risk>{Risk::High});
    type(Qt::Key_Down);
    type(Qt::Key_Space); // medium
    type(Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    QCOMPARE(chips(), QStringList{QStringLiteral("Risk: high, medium")});
    QTRY_VERIFY(chip(FilterField::Risk)->hasFocus());
    for (int row = 0; row < m->model->rowCount(); ++row) {
        QVERIFY(m->model->filter().risks.contains(m->model->rowAt(row).risk));
    }
    // What has the keys changes by Enter.
    QTest::keyClick(chip(FilterField::Risk), Qt::Key_Return);
    QTRY_VERIFY(popup());
    type(Qt::Key_Space); // no longer high
    type(Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    QCOMPARE(chips(), QStringList{QStringLiteral("Risk: medium")});
    openField(FilterField::Action);
    type(Qt::Key_Return); // takes the one it stands on
    QTRY_VERIFY(!popup());
    QCOMPARE(chips().size(), 2);
    // The arrows walk, Backspace removes, and the keys stay in the row.
    QTRY_VERIFY(chip(FilterField::Action)->hasFocus());
    QTest::keyClick(chip(FilterField::Action), Qt::Key_Right);
    QVERIFY(chip(FilterField::Risk)->hasFocus());
    QTest::keyClick(chip(FilterField::Risk), Qt::Key_Backspace);
    QVERIFY(!chip(FilterField::Risk));
    QVERIFY(m->model->filter().risks.isEmpty());
    QVERIFY(chip(FilterField::Action)->hasFocus());
    QTest::keyClick(chip(FilterField::Action), Qt::Key_Delete);
    QCOMPARE(chips(), QStringList());
    QTRY_COMPARE(m->model->rowCount(), all);
    // By mouse: the cross.
    openField(FilterField::Risk);
    type(Qt::Key_Return);
    QTRY_VERIFY(!popup());
    FilterChip *pill = chip(FilterField::Risk);
    QTest::mouseClick(pill, Qt::LeftButton, {}, QPoint(pill->width() - 8, pill->height() / 2));
    QVERIFY(!chip(FilterField::Risk));
    // And everything at once, also the words.
    search(QStringLiteral("e"));
    openField(FilterField::Risk);
    type(Qt::Key_Return);
    list()->setFocus();
    m->press(Qt::Key_Escape);
    QTest::keyClick(list(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m->model->filter(), InboxFilter());
    QTRY_COMPARE(m->model->rowCount(), all);
    QVERIFY(list()->hasFocus());
}

void TestInboxFind::offersValuesWithCounts()
{
    QList<Proposal> all = alike(30);
    for (int i = 0; i < all.size(); ++i) {
        all[i].action = QStringLiteral("action_%1").arg(i % 12, 2, 10, QLatin1Char('0'));
    }
    m->show(all);
    QTRY_COMPARE(m->model->counts().actions.size(), 12);
    openField(FilterField::Action);
    auto *values = popup()->findChild<QListWidget *>();
    QVERIFY(values);
    QCOMPARE(values->count(), 12);
    QCOMPARE(values->item(0)->data(Qt::AccessibleTextRole).toString().section(u',', 1),
             QStringLiteral(" 3"));
    // Many: typing finds.
    auto *typed = popup()->findChild<QLineEdit *>();
    QVERIFY(typed && typed->hasFocus());
    QTest::keyClicks(typed, QStringLiteral("07"));
    QTest::keyClick(typed, Qt::Key_Return);
    QTRY_VERIFY(!popup());
    QCOMPARE(m->model->filter().actions, QStringList{QStringLiteral("action_07")});
    QCOMPARE(m->model->rowCount(), 2);
    openField(FilterField::Endpoint);
    type(Qt::Key_Return);
    QTRY_VERIFY(!popup());
    QVERIFY(chips().contains(QStringLiteral("Endpoint: claims"))); // by its name
}

void TestInboxFind::asksForAmountsDueAndAge()
{
    m->show(alike(30));
    QTRY_VERIFY(!m->model->counts().currencies.isEmpty());
    openField(FilterField::Amount);
    QTest::keyClicks(popup()->focusWidget(), QStringLiteral("1,000"));
    QCOMPARE(m->model->rowCount(), 1);
    QCOMPARE(m->model->rowAt(0).impact.amount->toString(), QStringLiteral("48000.00"));
    QTest::keyClicks(popup()->focusWidget(), QStringLiteral("x"));
    QVERIFY(isSaid(*popup(), QStringLiteral("An amount is a number")));
    QCOMPARE(m->model->rowCount(), 1); // what was understood last stays
    type(Qt::Key_Backspace);
    type(Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    QCOMPARE(chips(), QStringList{QStringLiteral("Amount: from 1,000")});
    QTest::keyClick(chip(FilterField::Amount), Qt::Key_Delete);
    openField(FilterField::Due);
    QVERIFY(findButton(*popup(), QStringLiteral("Without a due time")));
    QTest::keyClick(findButton(*popup(), QStringLiteral("Overdue")), Qt::Key_Space);
    QCOMPARE(m->model->filter().dueWithinMs, std::optional<qint64>(0));
    type(Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    QCOMPARE(chips(), QStringList{QStringLiteral("Due: overdue")});
    QTest::keyClick(chip(FilterField::Due), Qt::Key_Delete);
    openField(FilterField::Age);
    QTest::keyClick(popup()->focusWidget(), Qt::Key_End);
    QCOMPARE(m->model->rowCount(), 0);
    QTest::keyClick(popup()->focusWidget(), Qt::Key_Home);
    QTRY_COMPARE(m->model->rowCount(), 30);
    type(Qt::Key_Escape);
    QTRY_VERIFY(!popup());
}

/// Three lines at most; the rest is a key away, and the list keeps its room.
void TestInboxFind::foldsManyChips()
{
    m->show(believable(27, m->services.base.clock.nowMs()));
    m->page->resize(900, 560);
    InboxFilter filter;
    for (const Risk risk : {Risk::Low, Risk::Medium, Risk::High, Risk::Unknown}) {
        filter.risks.append(risk);
    }
    filter.states = {CaseState::Waiting};
    filter.dueWithinMs = 7 * 86'400'000LL;
    filter.withoutDue = true;
    filter.maxAgeMs = 86'400'000;
    filter.minConfidence = Decimal::parse(QByteArray("0.10"));
    filter.caseTypes = m->model->counts().caseTypes.keys();
    filter.actions = m->model->counts().actions.keys();
    filter.agents = m->model->counts().agents.keys();
    m->model->setFilter(filter);
    auto *row = m->page->findChild<FilterChips *>();
    QTRY_VERIFY(row->height() < 100);
    QVERIFY(list()->height() > 250);
    QAbstractButton *more = nullptr;
    for (auto *button : row->findChildren<QAbstractButton *>()) {
        const bool pill = qobject_cast<FilterChip *>(button) != nullptr;
        more = !pill && button->isVisible() && button->text().endsWith(QLatin1String(" more"))
            ? button
            : more;
        QVERIFY(!button->isVisible() || row->rect().contains(button->geometry()));
    }
    QVERIFY(more);
    more->setFocus();
    QTest::keyClick(more, Qt::Key_Space);
    QCOMPARE(chips().size(), 8);
    QVERIFY(!more->isVisible());
    for (const auto *button : row->findChildren<QAbstractButton *>()) {
        QVERIFY(!button->isVisible() || row->rect().contains(button->geometry()));
    }
    QVERIFY(row->minimumWidth() <= row->width());
}

void TestInboxFind::savesFilters()
{
    m->show(believable(27, m->services.base.clock.nowMs()));
    auto *saved = m->page->findChild<SavedPane *>();
    QVERIFY(isSaid(*saved, QStringLiteral("Save…"))); // how it is done
    const auto save = [this](const char *name) -> void {
        list()->setFocus();
        QTest::keyClick(list(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(popup() && popup()->objectName() == QLatin1String("namepopup"));
        QTest::keyClick(popup()->focusWidget(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(popup()->focusWidget(), QString::fromUtf8(name));
        QTest::keyClick(popup()->focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(!popup());
    };
    InboxFilter risky;
    risky.risks = {Risk::High};
    m->model->setFilter(risky);
    const int many = m->model->rowCount();
    save("Risky");
    InboxFilter deep;
    deep.text = QStringLiteral("perez");
    m->model->setFilter(deep);
    save("Perez");
    auto *names = saved->findChild<QListWidget *>();
    QCOMPARE(names->count(), 2);
    QTRY_COMPARE(m->model->counts().watched.value(0), many);
    QTRY_COMPARE(m->model->counts().watched.value(1), m->model->rowCount());
    QVERIFY(m->model->rowCount() > 0);
    // Counts live.
    Proposal one = believable(1, m->services.base.clock.nowMs()).first();
    one.source.question = one.source.lane = QStringLiteral("later");
    one.risk = Risk::High;
    (void)m->services.take({one}, false);
    QTRY_COMPARE(m->model->counts().watched.value(0), many + 1);
    QTRY_COMPARE(names->item(0)->data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Risky, %1").arg(many + 1));
    // By keys: chosen, moved, renamed, set anew, removed and back.
    m->page->activateWindow();
    QTRY_VERIFY(m->page->isActiveWindow());
    names->setFocus();
    QVERIFY(names->hasFocus());
    names->setCurrentRow(0);
    QTest::keyClick(names, Qt::Key_Return);
    QCOMPARE(m->model->filter(), risky);
    QVERIFY(names->hasFocus());
    QTest::keyClick(names, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(names->item(1)->text(), QStringLiteral("Risky"));
    QTest::keyClick(names, Qt::Key_F2);
    QTRY_VERIFY(popup());
    QTest::keyClicks(popup()->focusWidget(), QStringLiteral("PEREZ")); // taken
    type(Qt::Key_Return);
    QVERIFY(popup() && isSaid(*popup(), QStringLiteral("Another saved filter has this name.")));
    QTest::keyClick(popup()->focusWidget(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(popup()->focusWidget(), QStringLiteral("Hot"));
    type(Qt::Key_Return);
    QTRY_VERIFY(!popup());
    QCOMPARE(names->item(1)->text(), QStringLiteral("Hot"));
    InboxFilter low;
    low.risks = {Risk::Low};
    m->model->setFilter(low);
    m->page->activateWindow();
    QTRY_VERIFY(m->page->isActiveWindow());
    names->setFocus();
    names->setCurrentRow(1);
    QTest::keyClick(names, Qt::Key_U);
    QTRY_COMPARE(m->model->counts().watched.value(1), m->model->rowCount());
    names->setCurrentRow(0);
    QTest::keyClick(names, Qt::Key_Delete);
    QCOMPARE(names->count(), 1);
    for (auto *button : m->messages.findChildren<QAbstractButton *>()) {
        if (button->text() == QLatin1String("Undo")) {
            button->click();
            break;
        }
    }
    QCOMPARE(names->count(), 2);
    // In the palette, and kept.
    QStringList offered;
    for (const PaletteEntry &entry : m->page->filterEntries([](const InboxFilter &) -> void {})) {
        offered.append(entry.text);
    }
    QVERIFY(offered.contains(QStringLiteral("Hot")) && offered.contains(QStringLiteral("Perez")));
    m->page.reset();
    ActionRegistry again;
    m->makePage(again);
    names = m->page->findChild<SavedPane *>()->findChild<QListWidget *>();
    QCOMPARE(names->count(), 2);
    QCOMPARE(names->item(0)->text(), QStringLiteral("Perez"));
    QCOMPARE(names->item(1)->text(), QStringLiteral("Hot"));
    m->page.reset();
}

void TestInboxFind::ordersAndGroupsByKeys()
{
    m->show(believable(27, m->services.base.clock.nowMs()));
    QTest::keyClick(list(), Qt::Key_O, Qt::ShiftModifier);
    QTRY_VERIFY(popup() && popup()->objectName() == QLatin1String("orderpopup"));
    const auto choose = [](const char *name, const QString &value) -> void {
        for (auto *box : popup()->findChildren<QComboBox *>()) {
            if (box->accessibleName() == QLatin1String(name)) {
                box->setFocus();
                QTest::keyClicks(box, value);
            }
        }
    };
    choose("Order by", QStringLiteral("Conf"));
    choose("Order by: direction", QStringLiteral("high"));
    choose("Then by", QStringLiteral("Amou"));
    QCOMPARE(toWords(m->model->order().keys.mid(0, 2)), QStringLiteral("-confidence,amount"));
    for (auto *box : popup()->findChildren<QComboBox *>()) {
        if (box->accessibleName() == QLatin1String("Groups")) {
            box->setFocus();
            QTest::keyClick(box, Qt::Key_Down);
        }
    }
    QCOMPARE(m->model->order().group, InboxGroup::Action);
    type(Qt::Key_Escape);
    QTRY_VERIFY(!popup());
    QVERIFY(!m->model->sections().isEmpty());
    for (int row = 1; row < m->model->rowCount(); ++row) {
        const InboxRow a = m->model->rowAt(row - 1);
        const InboxRow b = m->model->rowAt(row);
        if (!m->model->startsSection(row) && a.action == b.action) {
            QVERIFY(!isBefore(m->model->order().keys, b, a));
        }
    }
    for (const InboxGroup by : {InboxGroup::CaseType, InboxGroup::Queue, InboxGroup::Due}) {
        group(by);
        QCOMPARE(m->model->order().group, by);
    }
}

void TestInboxFind::tellsHowOftenConfidenceWasWrong()
{
    QList<Proposal> all = alike(40);
    for (int i = 0; i < all.size(); ++i) {
        all[i].risk = Risk::Low;
        all[i].allowed = DecisionKind::Approve | DecisionKind::Reject;
        all[i].confidence = Decimal::parse(i < 36 ? QByteArray("0.90") : QByteArray("0.20"));
    }
    m->show(all);
    const auto said = [this]() -> QString {
        for (const auto *label : m->page->findChildren<QLabel *>(QStringLiteral("errorrate"))) {
            return label->text();
        }
        return {};
    };
    QVERIFY2(said().contains(QLatin1String("not enough cases")), qPrintable(said()));
    for (int i = 0; i < 36; ++i) {
        m->services.server.ask({all[i]});
        DecisionRequest wanted
            = m->services.request(qPrintable(QStringLiteral("c-%1").arg(i + 1)),
                                  i < 3 ? DecisionKind::Reject : DecisionKind::Approve);
        wanted.message = QStringLiteral("Because.");
        QVERIFY(m->services.decide(wanted));
    }
    m->services.base.clock.advance(60'000);
    QCOMPARE(m->services.deliver(), 36);
    QTRY_VERIFY_WITH_TIMEOUT(said().startsWith(QStringLiteral("From 0.00: 8.3 % wrong (2.9–22 %)")),
                             20'000);
    for (auto *bound : m->page->findChildren<QDoubleSpinBox *>()) {
        if (bound->accessibleName() == QLatin1String("Lowest confidence")) {
            bound->setFocus();
            QTest::keyClick(bound, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClicks(bound, QStringLiteral("0.95"));
            QTest::keyClick(bound, Qt::Key_Return);
        }
    }
    QTRY_VERIFY2(said().startsWith(QLatin1String("From 0.95: not enough cases")),
                 qPrintable(said()));
    QVERIFY(said().contains(QLatin1String("(0 of 30)")));
    auto *slider = m->page->findChild<RangeSlider *>();
    QCOMPARE(slider->low(), 95);
    slider->setFocus();
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(slider, Qt::Key_Left);
    }
    QTest::keyClick(slider, Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(m->model->filter().minConfidence->toString(), QStringLiteral("0.80"));
    QCOMPARE(m->model->filter().maxConfidence->toString(), QStringLiteral("0.95"));
    QVERIFY(said().startsWith(QLatin1String("From 0.80: 8.3 % wrong")));
}

void TestInboxFind::undoStaysWhereOneIs()
{
    QList<Proposal> all = alike(5);
    for (Proposal &one : all) {
        one.risk = Risk::Low;
    }
    m->show(all);
    const CaseId first = m->shown();
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->stateOf(first), CaseState::Held);
    QTRY_VERIFY(m->button("inbox.undo")->isVisible());
    m->settle();
    m->press(Qt::Key_J);
    m->settle();
    const CaseId here = m->shown();
    QVERIFY(here != first);
    m->press(Qt::Key_Z);
    QTRY_COMPARE(m->stateOf(first), CaseState::Waiting);
    QTRY_VERIFY(m->says(QStringLiteral("Waits again: ")));
    QCOMPARE(m->shown(), here);
    QVERIFY(!m->button("inbox.undo")->isVisible());
    QCOMPARE(m->button("inbox.return")->text(), QStringLiteral("Back to it"));
    QVERIFY(list()->hasFocus());
    m->press(Qt::Key_B);
    QTRY_COMPARE(m->shown(), first);
    QTRY_VERIFY(!m->button("inbox.return")->isVisible());
}

void TestInboxFind::undoOfManyStaysWhereOneIs()
{
    QList<Proposal> all = alike(6);
    for (Proposal &one : all) {
        one.risk = Risk::Low;
        one.allowed = DecisionKind::Approve | DecisionKind::Edit;
    }
    Proposal other = believable(1, m->services.base.clock.nowMs()).first();
    other.source.question = QStringLiteral("other");
    Proposal another = other;
    another.source.question = QStringLiteral("another");
    m->show(all + QList<Proposal>{other, another});
    const CaseId first = m->shown();
    m->press(Qt::Key_L);
    QTRY_COMPARE(m->batch->summary().decidable.size(), 6);
    m->services.base.clock.advance(style::armMs);
    m->press(Qt::Key_A);
    QTRY_COMPARE(m->stateOf(first), CaseState::Held);
    QTRY_VERIFY(m->button("inbox.undo")->isVisible());
    QTRY_VERIFY(m->button("inbox.undo")->isEnabled());
    m->press(Qt::Key_Escape);
    m->press(Qt::Key_End);
    m->settle();
    const CaseId here = m->shown();
    m->press(Qt::Key_Z);
    QTRY_COMPARE(m->stateOf(first), CaseState::Waiting);
    QTRY_VERIFY(m->says(QStringLiteral("cases wait again.")));
    QCOMPARE(m->shown(), here);
    QVERIFY(list()->marks().isEmpty());
    m->press(Qt::Key_B);
    QVERIFY(list()->marks().contains(first));
}

QTEST_MAIN(TestInboxFind)
#include "tst_inboxfind.moc"
