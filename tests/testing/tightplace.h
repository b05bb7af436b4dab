// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QFileInfo>

#include <csignal>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

namespace countersign {

/// Mounts are seen by this thread and those it starts, and go with the process. False where this
/// user may not mount.
[[nodiscard]] inline bool ownMounts()
{
    static const bool own = unshare(CLONE_NEWNS) == 0
        && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    return own;
}

/// A folder that cannot be written while this lives: by its permissions, for root by a mount.
class ReadOnlyPlace
{
public:
    explicit ReadOnlyPlace(const QString &folder) : m_folder(folder)
    {
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner);
        const QByteArray path = QFile::encodeName(folder);
        if (QFileInfo(folder).isWritable() && ownMounts()) {
            m_mounted = mount(path.constData(), path.constData(), nullptr, MS_BIND, nullptr) == 0
                && mount(nullptr, path.constData(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY,
                         nullptr)
                    == 0;
        }
    }
    ~ReadOnlyPlace()
    {
        if (m_mounted) {
            umount2(QFile::encodeName(m_folder).constData(), MNT_DETACH);
        }
        QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    Q_DISABLE_COPY_MOVE(ReadOnlyPlace)
    [[nodiscard]] bool isReadOnly() const { return !QFileInfo(m_folder).isWritable(); }

private:
    QString m_folder;
    bool m_mounted = false;
};

/// A disk of its own of `bytes`, mounted over an empty folder.
class SmallDisk
{
public:
    SmallDisk(const QString &folder, qint64 bytes) : m_folder(QFile::encodeName(folder))
    {
        const QByteArray size = "size=" + QByteArray::number(bytes);
        m_mounted = ownMounts()
            && mount("tmpfs", m_folder.constData(), "tmpfs", 0, size.constData()) == 0;
    }
    ~SmallDisk()
    {
        if (m_mounted) {
            umount2(m_folder.constData(), MNT_DETACH);
        }
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)
    [[nodiscard]] bool isMounted() const { return m_mounted; }

private:
    QByteArray m_folder;
    bool m_mounted = false;
};

/// While this lives, no file of this process grows beyond `bytes`, or is written there.
class NoRoom
{
public:
    explicit NoRoom(rlim_t bytes)
    {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit tight{.rlim_cur = bytes, .rlim_max = m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &tight);
    }
    ~NoRoom()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    Q_DISABLE_COPY_MOVE(NoRoom)

private:
    rlimit m_before{};
    void (*m_handler)(int) = nullptr;
};

} // namespace countersign
