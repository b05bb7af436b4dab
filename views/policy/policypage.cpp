// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/policy/policypage.h"

#include "domain/continued.h"
#include "items/policychangesmodel.h"
#include "items/policymodel.h"
#include "services/oversightport.h"
#include "views/actionregistry.h"
#include "views/inbox/emptystate.h"
#include "views/messagebar.h"
#include "views/policy/documentpane.h"
#include "views/policy/historypane.h"
#include "views/policy/policyheader.h"
#include "views/policy/policytable.h"
#include "views/policy/ruledelegate.h"
#include "views/policy/rulespane.h"
#include "views/policy/signsheet.h"
#include "views/prompt.h"
#include "views/style/widgets.h"

#include <QApplication>
#include <QFile>
#include <QFocusEvent>
#include <QHeaderView>
#include <QSaveFile>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

constexpr qint64 longestDocument = 8 * 1024 * 1024;
const QString faultNotice = QStringLiteral("policy.fault");
const QString doneNotice = QStringLiteral("policy.done");
const char *const rulesPlace = "policy.rules";
const char *const historyPlace = "policy.history";

} // namespace

PolicyPage::PolicyPage(const PolicyContext &context, QWidget *parent)
    : QWidget(parent),
      m(context),
      m_header(new PolicyHeader(context.policy, context.clock, this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState),
      m_tabs(new QTabWidget),
      m_rules(new RulesPane(context.policy)),
      m_changes(new PolicyTable(tr("Changes"))),
      m_changesModel(new PolicyChangesModel(this)),
      m_history(new HistoryPane(context.policy)),
      m_document(new DocumentPane(context.policy))
{
    build();
    m.actions.attach(QString::fromLatin1(rulesPlace), m_rules->table());
    m.actions.attach(QString::fromLatin1(historyPlace), m_history->table());
    addRuleActions();
    addDraftActions();
    addFileActions();
    m_stack->addWidget(m_tabs); // after the buttons above them: so goes Tab
    m_stack->addWidget(m_empty);
    addTab(QStringLiteral("rules"), tr("Rules"), m_rules, 0);
    addTab(QStringLiteral("changes"), tr("Changes"), m_changes, 1);
    addTab(QStringLiteral("history"), tr("History"), m_history, 2);
    addTab(QStringLiteral("json"), tr("JSON"), m_document, 3);
    connect(&m.policy, &PolicyModel::changed, this, &PolicyPage::follow);
    connect(&m.policy, &PolicyModel::failed, this, [this](const Error &error) -> void {
        m.messages.show(QStringLiteral("policy.read"), error);
    });
    connect(m_history, &HistoryPane::failed, this, [this](const Error &error) -> void {
        m.messages.show(QStringLiteral("policy.read"), error);
    });
    follow();
}

void PolicyPage::build()
{
    m_changesModel->setSides(tr("In force"), tr("Draft"));
    m_changes->show(*m_changesModel, PolicyChangesModel::AfterColumn);
    m_changes->setItemDelegate(new RuleDelegate(PolicyChangesModel::KindRole, 0, -1, m_changes));
    m_changes->setColumnWidth(PolicyChangesModel::RuleColumn, style::readingWidth / 5);
    m_changes->setColumnWidth(PolicyChangesModel::SettingColumn, style::readingWidth / 5);
    m_changes->setColumnWidth(PolicyChangesModel::BeforeColumn, style::readingWidth / 2);
    setMinimumHeight(style::unit * 100); // what its texts would need at their narrowest is no minimum
    m_tabs->setDocumentMode(true);
    m_tabs->setMinimumHeight(style::unit * 50); // else the largest part says how small a window is
    m_tabs->setAccessibleName(tr("Parts of the policy"));
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the policy"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(makeHairline(this));
    column->addWidget(m_stack, 1);
    m_empty->show(tr("Everything goes to a person."),
                  tr("No policy was set yet: the built-in one lets nothing pass by itself."),
                  tr("Make the first policy"));
    connect(m_empty, &EmptyState::acted, this, &PolicyPage::makeFirst);
    connect(m_rules, &RulesPane::editRequested, m_rules, &RulesPane::edit);
    connect(m_rules, &RulesPane::currentChanged, this, &PolicyPage::followRule);
}

template <class Slot> QAction *PolicyPage::add(const Spec &spec, Slot slot)
{
    QAction *action = m.actions.add({.id = QStringLiteral("policy.") + QLatin1String(spec.id),
                                     .text = spec.text,
                                     .keys = spec.keys,
                                     .place = QString::fromLatin1(spec.place),
                                     .symbol = QString::fromLatin1(spec.symbol),
                                     .group = tr("Policy"),
                                     .anywhere = spec.anywhere});
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void PolicyPage::addRuleActions()
{
    QAction *addOne = add({"add", tr("Add a rule"), {Qt::Key_N}, "add"}, &PolicyPage::addRule);
    add({"edit", tr("Edit this rule"), {Qt::Key_E}, "edit", false},
        [this]() -> void { m_rules->edit(); });
    add({"copy", tr("Copy this rule"), {Qt::Key_C}, "copy", false}, [this]() -> void {
        m_rules->select(m.policy.copyRule(m_rules->currentPlace()));
        m_rules->edit();
    });
    add({"remove", tr("Remove this rule"), {Qt::Key_Delete}, "close", false},
        [this]() -> void { m.policy.removeRule(m_rules->currentPlace()); });
    add({"restore", tr("Bring this rule back"), {Qt::Key_B}, "undo", false},
        [this]() -> void { m.policy.restoreRule(m_rules->removedId()); });
    add({"rollback", tr("Go back to this version…"), {Qt::Key_B}, "undo", false, historyPlace},
        &PolicyPage::rollBack);
    connect(m_history, &HistoryPane::currentChanged, this, &PolicyPage::followRule);
    m_header->addButton(addOne);
}

void PolicyPage::addDraftActions()
{
    m_header->addDraftButton(add({"sign", tr("Sign and go live…"),
                                  {QKeySequence(Qt::CTRL | Qt::Key_Return)}, "approve"},
                                 &PolicyPage::sign),
                             QStringLiteral("approve"));
    m_header->addDraftButton(add({"undo", tr("Undo the last edit"), {Qt::Key_Z}, "undo"},
                                 [this]() -> void { m.policy.undo(); }),
                             QStringLiteral("undo"));
    m_header->addDraftButton(
        add({"discard", tr("Discard the draft"), {QKeySequence(Qt::SHIFT | Qt::Key_D)}, "close"},
            [this]() -> void {
                m.policy.discard();
                say(tr("The draft was discarded; “Undo the last edit” brings it back."));
            }),
        QStringLiteral("close"));
    m_header->setTakeOver(add({"takeover", tr("Make it a change of what is in force"),
                               {Qt::Key_M}, "refresh"},
                              [this]() -> void { m.policy.takeOver(); }));
}

void PolicyPage::addFileActions()
{
    addStarters();
    QAction *import = add({"import", tr("Import a file…"), {Qt::Key_I}, "link"},
                          &PolicyPage::importFile);
    QAction *save
        = add({"export", tr("Export…"), {Qt::Key_X}, "export"}, &PolicyPage::exportFile);
    m_header->addMenuButton(tr("Start from"), QStringLiteral("policy"), m_starters + QList{import});
    m_header->addButton(save);
}

void PolicyPage::addStarters()
{
    const auto starter = [this](const char *id, const QString &text, const QString &file) -> void {
        m_starters.append(add({id, text, {}, "policy"}, [this, text, file]() -> void {
            QFile resource(QStringLiteral(":/policy/") + file);
            if (resource.open(QIODevice::ReadOnly)) {
                startFrom(resource.readAll(), text);
            }
        }));
    };
    starter("start_person", tr("Everything to a person"),
            QStringLiteral("everything-to-a-person.json"));
    starter("start_shop", tr("A shop's first policy"), QStringLiteral("demo.json"));
}

void PolicyPage::addTab(const QString &id, const QString &title, QWidget *panel, int at)
{
    m_tabs->insertTab(at, panel, title);
    panel->setObjectName(QStringLiteral("policy.") + id);
    QAction *action = m.actions.add({.id = QStringLiteral("policy.show_") + id,
                                     .text = tr("Policy: %1").arg(title),
                                     .keys = {},
                                     .place = QString::fromLatin1(rulesPlace),
                                     .group = tr("Policy"),
                                     .anywhere = true});
    connect(action, &QAction::triggered, this, [this, panel]() -> void { showTab(panel); });
}

void PolicyPage::addPanel(const QString &id, const QString &title, QWidget *panel)
{
    panel->setContentsMargins(style::pageEdge, style::groupGap, style::pageEdge, style::gap);
    panel->setMinimumHeight(style::unit * 90); // its tables scroll by themselves
    auto *scroll = new QScrollArea; // else the largest panel says how small the window may be
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(panel);
    addTab(id, title, scroll, m_tabs->indexOf(m_history));
}

void PolicyPage::showTab(QWidget *panel)
{
    m_stack->setCurrentWidget(m_tabs);
    m_tabs->setCurrentWidget(panel);
    setFocus(Qt::OtherFocusReason);
}

void PolicyPage::focusInEvent(QFocusEvent *event)
{
    if (m_stack->currentWidget() == m_empty) {
        m_empty->findChild<QPushButton *>()->setFocus(event->reason());
        return;
    }
    QWidget *panel = m_tabs->currentWidget();
    if (panel == m_rules) {
        m_rules->table()->setFocus(event->reason());
    } else if (panel == m_history) {
        m_history->table()->setFocus(event->reason());
    } else if (panel == m_changes) {
        m_changes->setFocus(event->reason());
    } else {
        m_tabs->tabBar()->setFocus(event->reason());
    }
}

void PolicyPage::follow()
{
    const bool drafted = m.policy.isDrafted();
    const bool empty = m.policy.isLoaded() && m.policy.isBuiltIn() && !drafted;
    if ((m_stack->currentWidget() == m_empty) != empty) {
        const bool hadKeys = m_stack->isAncestorOf(QApplication::focusWidget());
        m_stack->setCurrentWidget(empty ? static_cast<QWidget *>(m_empty) : m_tabs);
        if (hadKeys) {
            setFocus(Qt::OtherFocusReason);
        }
    }
    m.actions.action(QStringLiteral("policy.sign"))->setEnabled(drafted);
    m.actions.action(QStringLiteral("policy.discard"))->setEnabled(drafted);
    m.actions.action(QStringLiteral("policy.undo"))->setEnabled(m.policy.canUndo());
    m.actions.action(QStringLiteral("policy.takeover"))->setEnabled(m.policy.isBehind());
    if (!m.policy.isLooking()) {
        m_changesModel->setLines(m.policy.look().changes);
        const qsizetype changes = m.policy.look().changes.size();
        m_tabs->setTabText(m_tabs->indexOf(m_changes),
                           changes > 0 ? tr("Changes (%1)").arg(changes) : tr("Changes"));
        m_changes->setEmptyText(drafted ? tr("Nothing but the order or the writing differs from "
                                             "what is in force.")
                                        : tr("There is no draft: what is shown is in force. Any "
                                             "edit of a rule begins one."));
        if (m_signWanted) {
            sign();
        }
    }
    followRule();
}

void PolicyPage::followRule()
{
    const auto enable = [this](const char *id, bool on) -> void {
        if (QAction *action = m.actions.action(QLatin1String(id))) {
            action->setEnabled(on);
        }
    };
    const bool onRule = m_rules->currentPlace() >= 0;
    enable("policy.edit", onRule || m_rules->isOnOtherwise());
    enable("policy.copy", onRule);
    enable("policy.remove", onRule);
    enable("policy.restore", !m_rules->removedId().isEmpty());
    enable("policy.rollback",
           m_history->currentVersion() > 0
               && m_history->currentVersion() != m.policy.inForce().version);
}

void PolicyPage::addRule()
{
    const int place = m.policy.addRule(Json::object({{key("mode"), Json(key("approve"))}}));
    if (place < 0) {
        m.messages.show({.id = faultNotice,
                         .level = Notice::Level::Warning,
                         .text = tr("The draft is no JSON at the moment, so no rule can be added. "
                                    "Mend it under “JSON” first.")});
        return;
    }
    showTab(m_rules);
    m_rules->select(place);
    m_rules->edit();
}

void PolicyPage::editRuleFor(const QString &agent, const QString &action, const QString &caseType,
                             std::optional<double> threshold)
{
    Json match = Json::object();
    for (const auto &[name, value] :
         {std::pair{"agent", agent}, std::pair{"action", action}, std::pair{"case_type", caseType}}) {
        if (!value.isEmpty()) {
            match.set(key(name), Json(value));
        }
    }
    const QList<Json> rules = m.policy.document()[u"rules"].items();
    const auto found = std::find_if(rules.cbegin(), rules.cend(), [&match](const Json &rule) -> bool {
        const auto same = [&rule, &match](QStringView name) -> bool {
            return rule[name].toString() == match[name].toString();
        };
        return same(u"agent") && same(u"action") && same(u"case_type") && !rule.contains(u"risk");
    });
    // Rounded up: what is let pass must not grow.
    const auto written = [](double value) -> Json {
        return Json::number(QString::number(std::ceil(value * 10'000) / 10'000, 'f', 4).toLatin1());
    };
    int place = int(found - rules.cbegin());
    if (found == rules.cend()) {
        match.set(key("mode"), Json(key(threshold ? "autonomous" : "approve")));
        if (threshold) {
            match.set(key("min_confidence"), written(*threshold));
        }
        place = m.policy.addRule(match);
    } else if (threshold) {
        Json rule = *found;
        rule.set(key("min_confidence"), written(*threshold));
        m.policy.setRule(place, rule);
    }
    if (place >= 0) {
        showTab(m_rules);
        m_rules->select(place);
        m_rules->edit();
    }
}

void PolicyPage::makeFirst()
{
    m.policy.setDocument(builtInPolicy());
    addRule();
}

void PolicyPage::sign()
{
    m_document->flush();
    m_signWanted = m.policy.isLooking();
    if (m_signWanted || !m.policy.isDrafted()) {
        return; // it comes back when the draft was looked at
    }
    if (!m.policy.isReady()) {
        showFault();
        return;
    }
    if (m.policy.isBehind()) {
        m.messages.show({.id = faultNotice,
                         .level = Notice::Level::Error,
                         .text = PolicyHeader::draftSentence(m.policy, m.clock)
                             + QLatin1Char(' ')
                             + tr("Look at the changes first, then make it a change of what is in "
                                  "force.")});
        showTab(m_changes);
        return;
    }
    m.messages.dismiss(faultNotice);
    openSheet(m.policy.document(), m.policy.look().changes, m.policy.draftedFrom(), {}, true);
}

/// Says what keeps the draft from being signed, and goes there.
void PolicyPage::showFault()
{
    m.messages.show({.id = faultNotice,
                     .level = Notice::Level::Error,
                     .text = PolicyHeader::draftSentence(m.policy, m.clock)});
    const QString path
        = m.policy.look().faults.isEmpty() ? QString() : m.policy.look().faults.first().path;
    const QStringList steps = path.split(QLatin1Char('/'));
    if (steps.value(1) == u"rules" && steps.size() > 2) {
        showTab(m_rules);
        m_rules->select(steps[2].toInt());
    } else if (path.isEmpty()) {
        showTab(m_document);
    }
}

void PolicyPage::openSheet(const Json &document, const QList<PolicyChangeLine> &changes, int after,
                           const QString &remark, bool ofDraft)
{
    auto *sheet = new SignSheet(
        {.document = document,
         .changes = changes,
         .after = after,
         .title = tr("Put policy v%1 in force").arg(m.policy.inForce().version + 1),
         .remark = remark},
        m.port, m.person, this);
    connect(sheet, &SignSheet::signedRecord, this,
            [this, ofDraft](const PolicyRecord &record) -> void {
                if (ofDraft) {
                    m.policy.settle();
                }
                say(tr("Policy v%1 is in force.").arg(record.version));
                setFocus(Qt::OtherFocusReason);
            });
    sheet->open();
}

void PolicyPage::rollBack()
{
    const int wanted = m_history->currentVersion();
    continued(m.policy.version(wanted), this,
              [this, wanted](const Result<PolicyRecord> &record) -> void {
                  if (!record) {
                      m.messages.show(QStringLiteral("policy.read"), record.error());
                      return;
                  }
                  const int next = m.policy.inForce().version + 1;
                  openSheet(record->document,
                            changeLines(m.policy.inForce().document, record->document),
                            m.policy.inForce().version,
                            tr("Policy v%1 will say what v%2 said. What came between stays in the "
                               "history.")
                                .arg(next)
                                .arg(wanted),
                            false);
              });
}

void PolicyPage::importFile()
{
    m.prompt.openFiles(this, tr("Import a policy as the draft"),
                       tr("Policies (*.json);;All files (*)"),
                       [this](const QStringList &paths) -> void {
                           QFile file(paths.value(0));
                           if (!file.open(QIODevice::ReadOnly) || file.size() > longestDocument) {
                               m.messages.show(
                                   {.id = faultNotice,
                                    .level = Notice::Level::Error,
                                    .text = tr("%1 cannot be read: %2. Nothing was imported.")
                                                .arg(file.fileName(),
                                                     file.isOpen() ? tr("it is larger than 8 MiB")
                                                                   : file.errorString())});
                               return;
                           }
                           startFrom(file.readAll(), file.fileName());
                       });
}

void PolicyPage::startFrom(const QByteArray &bytes, const QString &name)
{
    m.policy.setText(QString::fromUtf8(bytes));
    showTab(m_rules);
    say(tr("The draft is now “%1”. Nothing is in force before it is signed.").arg(name));
}

void PolicyPage::exportFile()
{
    m_document->flush();
    const QString suggested = m.policy.isDrafted()
        ? QStringLiteral("policy-draft.json")
        : QStringLiteral("policy-v%1.json").arg(m.policy.inForce().version);
    const QByteArray bytes = m.policy.look().text.toUtf8();
    m.prompt.saveFile(
        this, tr("Export the policy that is shown"), suggested, tr("Policies (*.json)"),
        [this, bytes](const QString &path) -> void {
            QSaveFile file(path);
            if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()
                && file.commit()) {
                say(tr("The policy was written to %1.").arg(path));
            } else {
                m.messages.show({.id = faultNotice,
                                 .level = Notice::Level::Error,
                                 .text = tr("%1 could not be written: %2.")
                                             .arg(path, file.errorString())});
            }
        });
}

void PolicyPage::say(const QString &sentence)
{
    m.messages.show({.id = doneNotice, .level = Notice::Level::News, .text = sentence});
}

void PolicyPage::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("tab"), m_tabs->currentWidget()->objectName());
    m_rules->save(settings);
}

void PolicyPage::restore(QSettings &settings)
{
    const QString tab = settings.value(QStringLiteral("tab")).toString();
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (m_tabs->widget(i)->objectName() == tab) {
            m_tabs->setCurrentIndex(i);
        }
    }
    m_rules->restore(settings);
}

} // namespace countersign
