// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

// Who may include whom. Linking alone does not hold the borders: <QtGui/QIcon> compiles without
// linking Gui.

namespace {

struct Room
{
    QString folder;
    QStringList ours; ///< folders of ours that it may include from, besides its own
    QStringList qt; ///< Qt modules that it may use
};

const QStringList guiModules{QStringLiteral("Gui"), QStringLiteral("Widgets"),
                             QStringLiteral("Svg"), QStringLiteral("SvgWidgets")};

QList<Room> rooms()
{
    const auto list = [](const char *words) -> QStringList {
        return QString::fromLatin1(words).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    return {
        {list("models/domain").first(), {}, list("Core")},
        {list("models/policy").first(), list("models/domain"), list("Core")},
        {list("models/store").first(), list("models/domain"), list("Core DBus Sql")},
        {list("models/endpoints").first(), list("models/domain"), list("Core Network")},
        {list("models/services").first(),
         list("models/domain models/policy models/store models/endpoints"),
         list("Core Concurrent Network")},
        {list("models/items").first(), list("models/domain models/policy models/store"),
         list("Core Concurrent")},
        {list("views").first(), list("models/domain models/items models/services"),
         list("Core Concurrent") + guiModules},
        {list("app/profile").first(),
         list("models/domain models/policy models/store models/endpoints models/services"),
         list("Core Network Concurrent")},
        {list("app/commands").first(),
         list("models/domain models/policy models/store models/endpoints models/services "
              "models/items app/profile"),
         list("Core Network Concurrent")},
        {list("app/cli").first(),
         list("models/domain models/policy models/store models/endpoints models/services "
              "app/profile app/commands"),
         list("Core Network")},
        {list("app/demo").first(), list("models/domain models/policy models/endpoints"),
         list("Core Network HttpServer")},
    };
}

/// The Qt module that holds a class header, by where the header lies on this machine.
QString moduleOf(const QString &header)
{
    static const QString base = QStringLiteral(QT_HEADERS);
    const qsizetype slash = header.indexOf(QLatin1Char('/'));
    if (slash > 0 && header.startsWith(QLatin1String("Qt"))) {
        return header.mid(2, slash - 2);
    }
    static const QStringList modules{
        QStringLiteral("Core"),    QStringLiteral("Gui"),        QStringLiteral("Widgets"),
        QStringLiteral("Network"), QStringLiteral("Sql"),        QStringLiteral("DBus"),
        QStringLiteral("Svg"),     QStringLiteral("SvgWidgets"), QStringLiteral("Concurrent"),
        QStringLiteral("Charts"),  QStringLiteral("HttpServer"), QStringLiteral("PrintSupport"),
        QStringLiteral("Test")};
    for (const QString &module : modules) {
        if (QFile::exists(base + QStringLiteral("/Qt") + module + QLatin1Char('/') + header)) {
            return module;
        }
    }
    return {};
}

QStringList sources(const QString &folder)
{
    QStringList files;
    QDirIterator it(QStringLiteral(SOURCE_DIR "/") + folder,
                    {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        files.append(it.next());
    }
    files.sort();
    return files;
}

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// views may see the services' ports only, items the store's read ports only.
bool isPort(const QString &room, const QString &included)
{
    if (room == QLatin1String("views") && included.startsWith(QLatin1String("services/"))) {
        return included == QLatin1String("services/ports.h")
            || included == QLatin1String("services/caseport.h")
            || included == QLatin1String("services/oversightport.h")
            || included == QLatin1String("services/reviewport.h");
    }
    if (room == QLatin1String("models/items") && included.startsWith(QLatin1String("store/"))) {
        return included == QLatin1String("store/reader.h")
            || included == QLatin1String("store/evidence.h")
            || included == QLatin1String("store/store.h");
    }
    return true;
}

} // namespace

class TestLayers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void includesStayInsideTheBorders()
    {
        static const QRegularExpression include(
            QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"),
            QRegularExpression::MultilineOption);
        QStringList faults;
        int seen = 0;
        for (const Room &room : rooms()) {
            for (const QString &file : sources(room.folder)) {
                const QString text = read(file);
                for (auto it = include.globalMatch(text); it.hasNext();) {
                    const QString header = it.next().captured(1);
                    ++seen;
                    if (!allowed(room, header)) {
                        faults.append(file.mid(int(qstrlen(SOURCE_DIR)) + 1)
                                      + QStringLiteral(" includes ") + header);
                    }
                }
            }
        }
        QVERIFY(seen > 100);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void theScanFindsAFault()
    {
        const Room domain = rooms().first();
        QVERIFY(!allowed(domain, QStringLiteral("QtGui/QIcon")));
        QVERIFY(!allowed(domain, QStringLiteral("QIcon")));
        QVERIFY(!allowed(domain, QStringLiteral("QNetworkReply")));
        QVERIFY(!allowed(domain, QStringLiteral("store/store.h")));
        QVERIFY(allowed(domain, QStringLiteral("QString")));
        QVERIFY(allowed(domain, QStringLiteral("domain/json.h")));
    }

    void everySourceNamesItsLicence()
    {
        for (const char *folder : {"models", "views", "app", "tests"}) {
            for (const QString &file : sources(QString::fromLatin1(folder))) {
                QVERIFY2(read(file).startsWith(QLatin1String("// SPDX-FileCopyrightText: ")),
                         qPrintable(file));
            }
        }
    }

    void noRoomRunsAway()
    {
        QStringList faults;
        for (const char *folder : {"models", "views", "app"}) {
            for (const QString &file : sources(QString::fromLatin1(folder))) {
                const qsizetype lines = read(file).count(QLatin1Char('\n'));
                const qsizetype limit = file.endsWith(QLatin1String("views/mainwindow.cpp")) ? 350
                    : file.contains(QLatin1String("models/services/"))                       ? 400
                                                                                             : 520;
                if (lines > limit) {
                    faults.append(
                        QStringLiteral("%1: %2 lines, at most %3").arg(file).arg(lines).arg(limit));
                }
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

private:
    static bool allowed(const Room &room, const QString &header)
    {
        static const QStringList ourFolders{QStringLiteral("domain"),   QStringLiteral("policy"),
                                            QStringLiteral("store"),    QStringLiteral("endpoints"),
                                            QStringLiteral("services"), QStringLiteral("items")};
        const QString first = header.section(QLatin1Char('/'), 0, 0);
        QString ours;
        if (ourFolders.contains(first)) {
            ours = QStringLiteral("models/") + first;
        } else if (first == QLatin1String("views")) {
            ours = first;
        } else if (first == QLatin1String("app")) {
            ours = header.section(QLatin1Char('/'), 0, 1);
        }
        if (!ours.isEmpty()) {
            return (ours == room.folder || room.ours.contains(ours)) && isPort(room.folder, header);
        }
        const QString module = moduleOf(header);
        return module.isEmpty() || room.qt.contains(module);
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
