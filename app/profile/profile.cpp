// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/profile/profile.h"

#include "domain/continued.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

#include <pwd.h>
#include <unistd.h>

namespace countersign {

namespace {

/// The same folder has the same keys however it is written.
QString nameForSecrets(const QString &directory)
{
    const QString canonical = QFileInfo(directory).canonicalFilePath();
    return canonical.isEmpty() ? QDir(directory).absolutePath() : canonical;
}

} // namespace

Profile::Profile(QString directory, bool readOnly)
    : m_directory(std::move(directory)),
      m_readOnly(readOnly)
{
}

Profile::~Profile()
{
    stop();
}

QString Profile::defaultDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/countersign/default");
}

bool Profile::exists(const QString &directory)
{
    return QFileInfo::exists(QDir(directory).filePath(QStringLiteral("countersign.db")));
}

QString Profile::loginName()
{
    const passwd *entry = getpwuid(getuid());
    const QString name = entry != nullptr ? QString::fromLocal8Bit(entry->pw_name) : QString();
    return name.isEmpty() ? QStringLiteral("owner") : name;
}

Result<std::unique_ptr<Profile>> Profile::open(const ProfileOptions &options,
                                               FindProtocol findProtocol)
{
    const QString directory
        = QDir(options.directory.isEmpty() ? defaultDirectory() : options.directory).absolutePath();
    const bool isNew = !QFileInfo::exists(directory);
    if (!options.readOnly && !QDir().mkpath(directory)) {
        return fail(
            ErrorCode::Storage,
            QCoreApplication::translate("Profile", "The profile's folder %1 cannot be created.")
                .arg(directory));
    }
    if (isNew) {
        QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    std::unique_ptr<Profile> profile(new Profile(directory, options.readOnly));
    profile->m_backends = chooseSecretBackends(nameForSecrets(directory));
    profile->m_keys = std::make_unique<KeyRing>(*profile->m_backends.keys);
    auto store = openSqliteStore({.directory = directory,
                                  .readOnly = options.readOnly,
                                  .demo = options.demo,
                                  .ownerName = loginName()},
                                 *profile->m_keys, profile->m_clock);
    if (!store) {
        return tl::unexpected<Error>(store.error());
    }
    Profile &self = *profile;
    self.m_store = std::move(*store);
    self.m_desk = std::make_unique<PolicyDesk>(self.m_clock, findProtocol);
    self.m_policy = std::make_unique<PolicyService>(*self.m_store);
    self.m_intake = std::make_unique<Intake>(*self.m_store, self.m_desk.get());
    self.m_decisions = std::make_unique<DecisionService>(*self.m_store, findProtocol);
    self.m_batches = std::make_unique<BatchService>(*self.m_store, findProtocol, self.m_desk.get());
    self.m_cases = std::make_unique<CaseService>(*self.m_store);
    self.m_reviews = std::make_unique<ReviewService>(*self.m_store);
    self.m_endpoints = std::make_unique<EndpointService>(
        *self.m_store, *self.m_intake, *self.m_backends.secrets, self.m_clock, findProtocol);
    self.m_delivery = std::make_unique<Delivery>(
        *self.m_store, self.m_clock,
        [endpoints = self.m_endpoints.get()](const EndpointId &id) {
            return endpoints->connection(id);
        },
        self.m_desk.get());
    self.m_stops = std::make_unique<StopService>(*self.m_store, *self.m_desk, *self.m_endpoints,
                                                 self.m_clock);
    self.m_time = std::make_unique<TimeService>(*self.m_store, *self.m_desk, self.m_clock);
    self.m_regating
        = std::make_unique<Regating>(*self.m_store, *self.m_desk, self.m_clock, self.m_stops.get());
    self.m_pusher = std::make_unique<PolicyPusher>(*self.m_store, *self.m_endpoints);
    self.m_trail = std::make_unique<TrailService>(*self.m_store, directory);
    self.m_people = std::make_unique<People>(*self.m_store, *self.m_keys);
    return profile;
}

bool Profile::isDemo() const
{
    return m_store->origin().startsWith(QLatin1String("demo."));
}

void Profile::start()
{
    m_endpoints->start();
    // What is stopped is known before anything is sent.
    const auto known = continued(m_stops->load(), m_endpoints.get(),
                                 [this](const Result<void> &) { return m_endpoints->load(); });
    (void)continued(QFuture(known).unwrap(), m_delivery.get(),
                    [this](const Result<void> &) -> void {
                        m_stops->start();
                        m_delivery->start();
                        m_time->start();
                        m_regating->start();
                        m_pusher->start();
                    });
}

void Profile::stop()
{
    if (m_pusher) {
        m_pusher->stop();
    }
    if (m_regating) {
        m_regating->stop();
    }
    if (m_time) {
        m_time->stop();
    }
    if (m_delivery) {
        m_delivery->stop();
    }
    if (m_endpoints) {
        m_endpoints->stop();
    }
}

QFuture<Result<Person>> Profile::self()
{
    return m_store->read<Person>([login = loginName()](Reader &reader) -> Result<Person> {
        const auto persons = reader.persons();
        if (!persons) {
            return tl::unexpected<Error>(persons.error());
        }
        for (const Person &person : *persons) {
            if (person.name == login) {
                return person;
            }
        }
        return persons->first(); // the owner is enrolled with the profile
    });
}

} // namespace countersign
