// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlite/lockfile.h"

#include "domain/translate.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace countersign::sqlite {

namespace {

QString holderOf(int descriptor)
{
    char text[32] = {};
    const ssize_t size = pread(descriptor, text, sizeof text - 1, 0);
    const QString pid = QString::fromLatin1(text, qMax<ssize_t>(size, 0)).trimmed();
    return pid.isEmpty() ? tr("another process") : tr("process %1").arg(pid);
}

} // namespace

Result<std::unique_ptr<LockFile>> LockFile::take(const QString &path)
{
    const int descriptor = open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC,
                                S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        if (errno == EROFS || errno == EACCES || errno == EPERM) {
            return fail(ErrorCode::Storage,
                        tr("The profile in %1 is on a place that cannot be written, so nothing "
                           "can be recorded there. Copy the folder to a place of your own and open "
                           "it there; “countersignctl” can list and verify it where it is.")
                            .arg(QFileInfo(path).path()),
                        QString::fromLocal8Bit(std::strerror(errno)));
        }
        return fail(ErrorCode::Storage,
                    tr("The profile's lock file %1 cannot be opened: %2. Check the folder's "
                       "permissions.")
                        .arg(path, QString::fromLocal8Bit(std::strerror(errno))));
    }
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const int cause = errno;
        const QString holder = holderOf(descriptor);
        close(descriptor);
        if (cause != EWOULDBLOCK) {
            return fail(ErrorCode::Storage,
                        tr("The profile's lock file %1 cannot be locked: %2.")
                            .arg(path, QString::fromLocal8Bit(std::strerror(cause))));
        }
        return fail(ErrorCode::Locked,
                    tr("This profile is being written by %1. Use that window, or close it first.")
                        .arg(holder),
                    path, true);
    }
    const QByteArray pid = QByteArray::number(qint64(getpid())) + '\n';
    if (ftruncate(descriptor, 0) != 0
        || pwrite(descriptor, pid.constData(), size_t(pid.size()), 0) < 0) {
        // Only the name in somebody else's message is lost; the lock itself holds.
        return std::unique_ptr<LockFile>(new LockFile(descriptor));
    }
    return std::unique_ptr<LockFile>(new LockFile(descriptor));
}

LockFile::~LockFile()
{
    close(m_descriptor);
}

} // namespace countersign::sqlite
