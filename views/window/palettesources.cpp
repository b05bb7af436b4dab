// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/window/palettesources.h"

#include "domain/continued.h"
#include "domain/translate.h"
#include "items/casefinder.h"

#include "views/actionregistry.h"
#include "views/foreigntext.h"
#include "views/window/endpointspanel.h"

#include <QPointer>

namespace countersign {

namespace {

const QString casePrefix = QStringLiteral("case:");

PaletteEntry entryOf(const FoundCase &found, const std::function<void(const CaseId &)> &open)
{
    QStringList about{found.id.toString()};
    for (const QString &part : {found.subject, found.agent}) {
        if (!part.isEmpty()) {
            about.append(foreignLine(part));
        }
    }
    return {.id = casePrefix + found.id.toString(),
            .text = foreignLine(found.headline),
            .detail = about.join(QStringLiteral(" · ")),
            .kind = tr("Case"),
            .symbol = QStringLiteral("inbox"),
            .alias = found.folded,
            .run = [open, id = found.id]() -> void {
                open(id);
            }};
}

PaletteEntry entryOf(const FoundAgent &found, const std::function<void(const QString &)> &show)
{
    return {.id = QStringLiteral("agent:") + found.name,
            .text = foreignName(found.name),
            .detail = tr("%n open", found.open),
            .kind = tr("Agent"),
            .symbol = QStringLiteral("filter"),
            .run = [show, name = found.name]() -> void {
                show(name);
            }};
}

PaletteEntry stopEntryOf(const FoundAgent &found, const std::function<void(const QString &)> &stop)
{
    return {.id = QStringLiteral("stop-agent:") + found.name,
            .text = tr("Stop %1").arg(foreignName(found.name)),
            .detail = tr("this agent alone"),
            .kind = tr("Action"),
            .symbol = QStringLiteral("stop"),
            .run = [stop, name = found.name]() -> void {
                stop(name);
            }};
}

/// "stop triage" to "triage"; empty where it does not begin so.
QString agentToStop(const QString &typed)
{
    const QString verb = tr("stop") + QLatin1Char(' ');
    const QString text = typed.trimmed();
    return text.startsWith(verb, Qt::CaseInsensitive) ? text.mid(verb.size()).trimmed() : QString();
}

} // namespace

QList<PaletteEntry> actionEntries(const ActionRegistry &actions,
                                  const std::function<void(QWidget *)> &reveal)
{
    QList<PaletteEntry> here; // what acts on what is in sight goes first
    QList<PaletteEntry> others;
    for (const ActionSpec &spec : actions.all()) {
        QPointer<QAction> action = actions.action(spec.id);
        QWidget *place = actions.widgetOf(spec.place);
        const bool inSight = spec.place.isEmpty() || (place != nullptr && place->isVisible());
        if (!action->isEnabled() || spec.id == QLatin1String("window.palette")
            || !(inSight || (spec.anywhere && place != nullptr))) {
            continue;
        }
        const bool page = spec.id.startsWith(QLatin1String("page."));
        QList<PaletteEntry> &entries
            = inSight && place != nullptr && !spec.place.isEmpty() ? here : others;
        entries.append({.id = QStringLiteral("action:") + spec.id,
                        .text = action->text(),
                        .detail = page ? QString() : spec.group,
                        .kind = page ? tr("Page") : tr("Action"),
                        .symbol = spec.symbol,
                        .keys = ActionRegistry::keyText(action),
                        .alias = spec.alias,
                        .run = [action, inSight, reveal, place = QPointer(place)]() -> void {
                            if (!inSight && place) {
                                reveal(place);
                            }
                            if (action) {
                                action->trigger();
                            }
                        }});
    }
    return here + others;
}

QList<PaletteEntry> endpointEntries(const EndpointPort &endpoints,
                                    const std::function<void(const EndpointId &)> &open)
{
    QList<PaletteEntry> entries;
    for (const EndpointView &view : endpoints.endpoints()) {
        entries.append({.id = QStringLiteral("endpoint:") + view.endpoint.id.toString(),
                        .text = foreignName(view.endpoint.name),
                        .detail = EndpointsPanel::wordOf(view.state),
                        .kind = tr("Endpoint"),
                        .symbol = QStringLiteral("connect"),
                        .run = [open, id = view.endpoint.id]() -> void {
                            open(id);
                        }});
    }
    return entries;
}

PaletteSearch caseSearch(CaseFinder &finder, QObject *context,
                         const std::function<void(const CaseId &)> &openCase,
                         const std::function<void(const QString &)> &showAgent,
                         const std::function<void(const QString &)> &stopAgent)
{
    return [&finder, context, openCase, showAgent, stopAgent](
               const QString &typed, const QStringList &recent) -> QFuture<QList<PaletteEntry>> {
        QList<CaseId> ids;
        for (const QString &id : recent) {
            if (id.startsWith(casePrefix)) {
                ids.append(CaseId(id.mid(casePrefix.size())));
            }
        }
        const QString toStop = stopAgent ? agentToStop(typed) : QString();
        const QString wanted = toStop.isEmpty() ? typed : toStop;
        const bool stops = !toStop.isEmpty();
        return continued(
            wanted.trimmed().isEmpty() ? finder.byId(ids) : finder.find(wanted), context,
            [openCase, showAgent, stopAgent, stops](const Found &found) -> QList<PaletteEntry> {
                QList<PaletteEntry> entries;
                for (const FoundAgent &agent : found.agents) {
                    entries.append(stops ? stopEntryOf(agent, stopAgent)
                                         : entryOf(agent, showAgent));
                }
                for (const FoundCase &one : found.cases) {
                    entries.append(entryOf(one, openCase));
                }
                return entries;
            });
    };
}

} // namespace countersign
