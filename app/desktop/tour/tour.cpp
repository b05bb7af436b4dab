// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour/tour.h"

#include "app/desktop/application.h"
#include "app/desktop/tour/agentlog.h"
#include "app/desktop/tour/tourguide.h"
#include "app/desktop/tour/tourprompt.h"
#include "views/messagebar.h"
#include "views/trail/verificationstrip.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QSaveFile>
#include <QTemporaryDir>

#include <cstdio>

namespace countersign {

namespace {

constexpr int atLeast = 20; ///< cases that a full inbox holds

/// The steps, and what they share.
class Tour final : public QObject
{
public:
    Tour(Application &application, const QString &directory, const QString &log)
        : m_application(application),
          m_directory(directory),
          m_log(log),
          m_guide(directory)
    {
        connect(&application, &Application::opened, this, &Tour::begin);
        connect(&application, &Application::failed, this, &Tour::fail);
        connect(&m_guide, &TourGuide::failed, this, &Tour::fail);
        connect(&m_guide, &TourGuide::finished, this, &Tour::end);
        connect(&application.detail(), &CaseModel::changed, this, [this](bool another) -> void {
            if (another) {
                m_shownFor.restart();
            }
        });
        m_shownFor.start();
    }

private:
    using Wanted = std::function<bool(const InboxRow &)>;

    void begin()
    {
        MainWindow &window = m_application.window();
        window.resize(1280, 800);
        window.move(0, 0);
        window.activateWindow(); // there may be no window manager to do it
        m_guide.setWindow(&window);
        window.messages().dismiss(QStringLiteral("profile")); // said aloud already
        m_list = window.findChild<QAbstractItemView *>(QStringLiteral("cases"));
        m_strip = window.findChild<VerificationStrip *>();
        connect(m_strip, &VerificationStrip::verified, this,
                [this](const VerifyReport &report) -> void { m_verdict = report.verdict; });
        addInbox();
        addDecisions();
        addLooks();
        addTrail();
        m_guide.start();
    }

    void fail(const QString &sentence)
    {
        std::fputs(qPrintable(QStringLiteral("The tour failed at ") + sentence + u'\n'), stderr);
        QApplication::exit(1);
    }

    // What is on the screen, in the store and at the agent.

    [[nodiscard]] const std::optional<Case> &shown() const
    {
        return m_application.detail().current();
    }
    /// The case is on the screen and the keys act on it.
    [[nodiscard]] bool armed(const CaseId &id) const
    {
        return m_list->hasFocus() && shown() && shown()->id == id
            && shown()->state == CaseState::Waiting && m_shownFor.hasExpired(style::armMs * 3 / 2);
    }
    [[nodiscard]] CaseId current() const
    {
        return CaseId(m_list->currentIndex().data(InboxModel::IdRole).toString());
    }
    /// One press of J or K nearer to `id`.
    void walkTo(const CaseId &id)
    {
        m_list->setFocus(Qt::OtherFocusReason);
        const int row = m_application.inbox().indexOf(id);
        if (row >= 0 && current() != id) {
            TourGuide::press(row > m_list->currentIndex().row() ? Qt::Key_J : Qt::Key_K);
        }
    }
    /// The first row that is wanted and was not taken yet; empty where none.
    [[nodiscard]] CaseId find(const Wanted &wanted) const
    {
        const InboxModel &inbox = m_application.inbox();
        for (int row = 0; row < inbox.rowCount(); ++row) {
            const InboxRow one = inbox.rowAt(row);
            if (one.state == CaseState::Waiting && !m_taken.contains(one.id) && wanted(one)) {
                return one.id;
            }
        }
        return {};
    }
    /// Ready when a wanted case is on the screen and armed; walks there meanwhile.
    [[nodiscard]] std::function<bool()> at(const Wanted &wanted)
    {
        return [this, wanted]() -> bool {
            const auto row = m_application.inbox().find(m_case);
            if (!row || m_taken.contains(m_case) || !wanted(*row)) {
                m_case = find(wanted);
            }
            if (m_case.isEmpty()) {
                return false;
            }
            walkTo(m_case);
            return armed(m_case);
        };
    }
    [[nodiscard]] static Wanted canTake(DecisionKind kind)
    {
        return [kind](const InboxRow &row) -> bool {
            return row.of == 1 && row.allowed.testFlag(kind);
        };
    }
    /// Reads the tour's case anew; what is known of it comes with one of the next looks.
    void readCase()
    {
        m_application.profile()
            .store()
            .read<std::optional<Case>>(
                [id = m_case](Reader &reader) -> Result<std::optional<Case>> {
                    return reader.caseById(id);
                })
            .then(this, [this](const Result<std::optional<Case>> &found) -> void {
                m_known = found.value_or(std::nullopt);
            });
    }
    /// The agent did what was decided on the tour's case, and the store knows it.
    [[nodiscard]] std::function<bool()> effect(const QString &kind)
    {
        return [this, kind]() -> bool {
            readCase();
            if (!m_known || m_known->id != m_case || !m_known->decision) {
                return false;
            }
            m_taken.insert(m_case);
            m_story = m_case;
            const Json line = m_log.effectOf(m_known->decision->id.toString());
            return line[u"kind"].toString() == kind
                && m_known->decision->state == DecisionState::Delivered;
        };
    }
    [[nodiscard]] bool inState(CaseState state)
    {
        readCase();
        return m_known && m_known->id == m_case && m_known->state == state;
    }

    // The steps.

    void addInbox()
    {
        m_guide.add({.name = QStringLiteral("inbox"),
                     .ready = {},
                     .act = {},
                     .until = [this]() -> bool {
                         return m_application.inbox().rowCount() + m_application.inbox().newCount()
                             >= atLeast;
                     },
                     .missing = QStringLiteral("the inbox did not fill from the demo agent")});
        m_guide.add(
            {.name = QStringLiteral(".take-in"),
             .ready = {},
             .act = [this]() -> void {
                 m_list->setFocus(Qt::OtherFocusReason);
                 TourGuide::press(Qt::Key_N);
             },
             .until = [this]() -> bool { return m_application.inbox().rowCount() >= atLeast; },
             .missing = QStringLiteral("what was new was not taken in")});
        m_guide.add({.name = QStringLiteral("case"),
                     .ready = at([](const InboxRow &row) -> bool {
                         return row.action == QLatin1String("issue_refund") && row.of == 1;
                     }),
                     .act = {},
                     .until = {},
                     .missing = QStringLiteral("no refund came onto the screen")});
    }

    void addDecisions()
    {
        const auto decide = [this](const char *name, DecisionKind kind, std::function<void()> act,
                                   std::function<bool()> until, const char *missing) -> void {
            m_guide.add({.name = QLatin1String(name),
                         .ready = at(canTake(kind)),
                         .act = std::move(act),
                         .until = std::move(until),
                         .missing = QLatin1String(missing)});
        };
        decide(
            "approved", DecisionKind::Approve, []() -> void { TourGuide::press(Qt::Key_A); },
            effect(QStringLiteral("approve")), "the agent's log shows no effect of the approval");
        addUndo();
        addEdit();
        addWords(DecisionKind::Reject, Qt::Key_R, QStringLiteral("reject"),
                 QStringLiteral("The amount does not match the invoice."));
        addWords(DecisionKind::Respond, Qt::Key_S, QStringLiteral("respond"), guidance());
        m_guide.add({.name = QStringLiteral("redrafted"),
                     .ready = {},
                     .act = {},
                     .until = [this]() -> bool { return isRedraftShown(); },
                     .missing = QStringLiteral("the agent's new proposal did not arrive")});
    }

    /// The agent's answer to the guidance is a case of its own; walks there meanwhile.
    [[nodiscard]] bool isRedraftShown()
    {
        if (m_application.inbox().newCount() > 0) {
            m_application.inbox().takeIn();
        }
        const CaseId redraft
            = find([this](const InboxRow &row) -> bool { return !m_before.contains(row.id); });
        if (redraft.isEmpty()) {
            return false;
        }
        m_case = redraft;
        walkTo(redraft);
        return armed(redraft) && shown()->proposal.reasoning.contains(guidance());
    }
    [[nodiscard]] static QString guidance()
    {
        return QStringLiteral("Offer half of it, and say why.");
    }
    void rememberCases()
    {
        for (int row = 0; row < m_application.inbox().rowCount(); ++row) {
            m_before.insert(m_application.inbox().idAt(row));
        }
    }

    void addUndo()
    {
        m_guide.add({.name = QStringLiteral("held"),
                     .ready = at(canTake(DecisionKind::Approve)),
                     .act = []() -> void { TourGuide::press(Qt::Key_A); },
                     .until = [this]() -> bool { return inState(CaseState::Held); },
                     .missing = QStringLiteral("the approval was not held")});
        m_guide.add({.name = QStringLiteral("undone"),
                     .ready = [this]() -> bool { return m_list->hasFocus(); },
                     .act = []() -> void { TourGuide::press(Qt::Key_Z); },
                     .until = [this]() -> bool { return inState(CaseState::Waiting); },
                     .missing = QStringLiteral("the decision could not be taken back")});
    }

    void addEdit()
    {
        const auto isNumber = [](const QWidget *widget) -> bool {
            return widget->accessibleName().contains(QLatin1String("amount"), Qt::CaseInsensitive);
        };
        m_guide.add({.name = QStringLiteral(".edit"),
                     .ready = at([](const InboxRow &row) -> bool {
                         return row.action == QLatin1String("issue_refund") && row.of == 1
                             && row.allowed.testFlag(DecisionKind::Edit);
                     }),
                     .act = {},
                     .until = [this]() -> bool {
                         const auto *submit = m_application.window().findChild<QWidget *>(
                             QStringLiteral("inbox.submit"));
                         if (!submit->isVisible() && armed(m_case)) {
                             TourGuide::press(Qt::Key_E); // twice does nothing more than once
                         }
                         return submit->isVisible();
                     },
                     .missing = QStringLiteral("no refund could be edited")});
        m_guide.add({.name = QStringLiteral("editing"),
                     .ready = {},
                     .act = [this, isNumber]() -> void {
                         m_typed = TourGuide::tabTo(isNumber);
                         TourGuide::press(Qt::Key_A, Qt::ControlModifier);
                         TourGuide::type(QStringLiteral("480.00"));
                         TourGuide::press(Qt::Key_Tab);
                     },
                     .until = [this]() -> bool { return m_typed; },
                     .missing = QStringLiteral("the form has no amount")});
        m_guide.add(
            {.name = QStringLiteral("edited"),
             .ready = {},
             .act = []() -> void {
                 if (TourGuide::tabTo([](const QWidget *widget) -> bool {
                         return widget->objectName() == QLatin1String("inbox.submit");
                     })) {
                     TourGuide::press(Qt::Key_Space);
                 }
             },
             .until = [this]() -> bool {
                 return effect(QStringLiteral("edit"))()
                     && m_log.effectOf(m_known->decision->id.toString())[u"arguments"][u"amount"]
                            .numberText()
                     == "480.00";
             },
             .missing = QStringLiteral("the agent did not act on the changed amount")});
    }

    void addWords(DecisionKind kind, Qt::Key key, const QString &word, const QString &text)
    {
        m_guide.add({.name = word + QStringLiteral("ing"),
                     .ready = at(canTake(kind)),
                     .act = [this, key, text]() -> void {
                         rememberCases();
                         TourGuide::press(key);
                         TourGuide::type(text);
                     },
                     .until = {},
                     .missing = QStringLiteral("no case could be answered so")});
        m_guide.add({.name = word + QStringLiteral("ed"),
                     .ready = {},
                     .act = []() -> void { TourGuide::press(Qt::Key_Return, Qt::ControlModifier); },
                     .until = effect(word),
                     .missing = QStringLiteral("the agent's log does not show the answer")});
    }

    void addLooks()
    {
        const auto focusList = [this]() -> void {
            m_list->setFocus(Qt::OtherFocusReason);
        };
        m_guide.add({.name = QStringLiteral("raw"),
                     .ready = at([](const InboxRow &) -> bool { return true; }),
                     .act = []() -> void {
                         if (TourGuide::tabTo([](const QWidget *widget) -> bool {
                                 const auto *button = qobject_cast<const QAbstractButton *>(widget);
                                 return button != nullptr
                                     && button->text().contains(QLatin1String("Raw payload"));
                             })) {
                             TourGuide::press(Qt::Key_Space);
                         }
                     },
                     .until = {},
                     .missing = QStringLiteral("no case was left to look at")});
        m_guide.add({.name = QStringLiteral("filtered"),
                     .ready = {},
                     .act = [focusList]() -> void {
                         focusList();
                         TourGuide::press(Qt::Key_Slash);
                         TourGuide::type(QStringLiteral("refund"));
                         TourGuide::press(Qt::Key_Return);
                     },
                     .until = [this]() -> bool {
                         return !m_application.inbox().filter().text.isEmpty()
                             && m_application.inbox().rowCount() > 0;
                     },
                     .missing = QStringLiteral("the search found nothing")});
        m_guide.add({.name = QStringLiteral("empty"),
                     .ready = {},
                     .act = [focusList]() -> void {
                         focusList();
                         TourGuide::press(Qt::Key_Slash);
                         TourGuide::type(QStringLiteral("nothing is called this"));
                         TourGuide::press(Qt::Key_Return);
                     },
                     .until = [this]() -> bool { return m_application.inbox().rowCount() == 0; },
                     .missing = QStringLiteral("the search found what is not there")});
        m_guide.add({.name = QStringLiteral(".all-again"),
                     .ready = {},
                     .act = []() -> void {
                         TourGuide::press(Qt::Key_Slash);
                         (void)TourGuide::tabTo([](const QWidget *widget) -> bool {
                             return widget->accessibleName() == QLatin1String("Search");
                         });
                         TourGuide::press(Qt::Key_A, Qt::ControlModifier);
                         TourGuide::press(Qt::Key_Delete);
                         TourGuide::press(Qt::Key_Return);
                     },
                     .until = [this]() -> bool { return m_application.inbox().rowCount() > 0; },
                     .missing = QStringLiteral("the list did not come back")});
        m_guide.add({.name = QStringLiteral("dark"),
                     .ready = {},
                     .act = [this]() -> void { m_application.setAppearance(Appearance::Dark); },
                     .until = {},
                     .missing = {}});
    }

    void addTrail()
    {
        const auto press = [this](Qt::Key key, Qt::KeyboardModifiers modifiers) -> void {
            m_application.trailPage().focusTable();
            TourGuide::press(key, modifiers);
        };
        m_guide.add(
            {.name = QStringLiteral("trail"),
             .ready = {},
             .act = [this]() -> void {
                 m_application.setAppearance(Appearance::Light);
                 TourGuide::press(Qt::Key_2, Qt::ControlModifier);
             },
             .until = [this]() -> bool { return m_application.trail().rowCount() > atLeast; },
             .missing = QStringLiteral("the trail stayed empty")});
        m_guide.add({.name = QStringLiteral("story"),
                     .ready = {},
                     .act = [this]() -> void { m_application.trailPage().showCase(m_story); },
                     .until = [this]() -> bool {
                         return !m_application.trail().isBusy()
                             && m_application.trail().filter().caseId == m_story
                             && m_application.trail().rowCount() > 2;
                     },
                     .missing = QStringLiteral("the case's story is not in the trail")});
        addExport(QStringLiteral("story.csv"), Qt::Key_E, Qt::NoModifier, press);
        m_guide.add(
            {.name = QStringLiteral(".everything"),
             .ready = {},
             .act = [this]() -> void { m_application.trailPage().showCase({}); },
             .until = [this]() -> bool { return m_application.trail().rowCount() > atLeast; },
             .missing = QStringLiteral("the whole trail did not come back")});
        addExport(QStringLiteral("trail.jsonl"), Qt::Key_E, Qt::ShiftModifier, press);
        m_guide.add({.name = QStringLiteral("verified"),
                     .ready = [this]() -> bool { return saveCheckpoint(); },
                     .act = [press]() -> void { press(Qt::Key_V, Qt::ShiftModifier); },
                     .until = [this]() -> bool { return m_verdict == VerifyReport::Verdict::Ok; },
                     .missing = QStringLiteral("the trail did not verify against its checkpoint")});
    }

    void addExport(const QString &file, Qt::Key key, Qt::KeyboardModifiers modifiers,
                   const std::function<void(Qt::Key, Qt::KeyboardModifiers)> &press)
    {
        const QString written = modifiers == Qt::NoModifier ? QStringLiteral("trail.csv")
                                                            : QStringLiteral("trail.jsonl");
        m_guide.add({.name = u'.' + file,
                     .ready = {},
                     .act = [press, key, modifiers]() -> void { press(key, modifiers); },
                     .until = [this, written]() -> bool {
                         return QFile(QDir(m_directory).filePath(written)).size() > 0;
                     },
                     .missing = QStringLiteral("the export was not written")});
    }

    /// Asks once; true when the note lies in the folder.
    [[nodiscard]] bool saveCheckpoint()
    {
        const QString path = QDir(m_directory).filePath(QStringLiteral("checkpoint.note"));
        if (!m_asked) {
            m_asked = true;
            m_application.profile().trail().checkpoint().then(
                this, [path](const Result<QByteArray> &note) -> void {
                    QSaveFile file(path);
                    if (note && file.open(QIODevice::WriteOnly)) {
                        file.write(*note);
                        file.commit();
                    }
                });
        }
        return QFile::exists(path);
    }

    void end()
    {
        std::fputs(
            qPrintable(QStringLiteral("The tour is done; its pictures and the trail are in %1\n")
                           .arg(m_directory)),
            stdout);
        QApplication::exit(0);
    }

    Application &m_application;
    QString m_directory;
    AgentLog m_log;
    TourGuide m_guide;
    QAbstractItemView *m_list = nullptr;
    VerificationStrip *m_strip = nullptr;
    QElapsedTimer m_shownFor;
    CaseId m_case; ///< what the step is about
    CaseId m_story; ///< decided last
    std::optional<Case> m_known; ///< as the store knows it
    QSet<CaseId> m_before; ///< there before the guidance was sent
    QSet<CaseId> m_taken; ///< decided already
    std::optional<VerifyReport::Verdict> m_verdict;
    bool m_asked = false;
    bool m_typed = false;
};

} // namespace

int runTour(const QString &directory)
{
    QTemporaryDir data;
    QDir().mkpath(directory);
    for (const char *name : {"agent.jsonl", "checkpoint.note", "trail.csv", "trail.jsonl"}) {
        QFile::remove(QDir(directory).filePath(QLatin1String(name)));
    }
    auto profile = Profile::open({.directory = data.path(), .demo = true}, &protocolFor);
    if (!profile) {
        std::fputs(qPrintable(profile.error().text + u'\n'), stderr);
        return 1;
    }
    TourPrompt prompt(directory);
    const QString log = QDir(directory).filePath(QStringLiteral("agent.jsonl"));
    DesktopOptions options;
    options.demo
        = DemoAgent::Options{.cases = atLeast + 4,
                             .perMinute = 0,
                             .log = log,
                             .more = {QStringLiteral("--effect-delay"), QStringLiteral("200"),
                                      QStringLiteral("--revision-delay"), QStringLiteral("500")}};
    options.prompt = &prompt;
    Application application(std::move(*profile), options);
    application.setAppearance(Appearance::Light);
    Tour tour(application, directory, log);
    application.start();
    return QApplication::exec();
}

} // namespace countersign
