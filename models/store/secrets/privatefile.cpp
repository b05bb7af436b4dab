// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secrets/privatefile.h"

#include "domain/translate.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace countersign {

namespace {

tl::unexpected<Error> broken(const QString &what)
{
    return fail(ErrorCode::Storage, what, QString::fromLocal8Bit(std::strerror(errno)));
}

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) { }
    ~Descriptor()
    {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    Q_DISABLE_COPY_MOVE(Descriptor)
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd;
};

Descriptor openFolder(const QString &folder)
{
    return Descriptor(
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

/// The folder is there, ours, and closed to others afterwards.
Result<void> makePrivateFolder(const QString &folder)
{
    const QFileInfo info(folder);
    if (!info.exists()) {
        if (!QDir().mkpath(info.absolutePath())) {
            return fail(ErrorCode::Storage,
                        tr("The folder %1 cannot be created.").arg(info.absolutePath()));
        }
        if (::mkdir(QFile::encodeName(folder).constData(), 0700) != 0 && errno != EEXIST) {
            return broken(tr("The folder %1 cannot be created.").arg(folder));
        }
    }
    const Descriptor open = openFolder(folder);
    struct stat status
    {
    };
    if (!open.isOpen() || ::fstat(open.get(), &status) != 0 || status.st_uid != ::geteuid()
        || ((status.st_mode & 0777) != 0700 && ::fchmod(open.get(), 0700) != 0)) {
        return broken(tr("The folder %1 cannot be kept to yourself; keys are not written there.")
                          .arg(folder));
    }
    return {};
}

bool writeAll(int fd, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::write(fd, bytes.constData() + done, size_t(bytes.size() - done));
        if (count < 0 && errno != EINTR) {
            return false;
        }
        done += qMax<qsizetype>(count, 0);
    }
    return ::fsync(fd) == 0;
}

} // namespace

Result<std::optional<QByteArray>> readPrivateFile(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(),
                          O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return std::optional<QByteArray>();
    }
    const Descriptor open(fd);
    struct stat status
    {
    };
    if (fd < 0 || ::fstat(fd, &status) != 0) {
        return broken(tr("The file %1 cannot be read.").arg(path));
    }
    if (!S_ISREG(status.st_mode) || status.st_uid != ::geteuid()) {
        return fail(ErrorCode::Storage,
                    tr("%1 is not a file of yours, so it is not used. Remove it or make it yours.")
                        .arg(path));
    }
    if ((status.st_mode & 077) != 0) {
        return fail(ErrorCode::Storage,
                    tr("The file %1 can be read by others, so it is not used. If nobody has read "
                       "it, close it with "
                       "“chmod 600”.")
                        .arg(path));
    }
    QFile file;
    if (!file.open(fd, QIODevice::ReadOnly)) {
        return fail(ErrorCode::Storage, tr("The file %1 cannot be read.").arg(path),
                    file.errorString());
    }
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError || bytes.size() != status.st_size) {
        return fail(ErrorCode::Storage, tr("The file %1 cannot be read.").arg(path),
                    file.errorString());
    }
    return std::optional<QByteArray>(std::move(bytes));
}

Result<void> writePrivateFile(const QString &path, const QByteArray &bytes)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (auto made = makePrivateFolder(folder); !made) {
        return made;
    }
    const QByteArray target = QFile::encodeName(path);
    const QByteArray temporary = target + ".new";
    ::unlink(temporary.constData()); // left over by a crash; the writer of a profile is alone
    {
        const Descriptor file(::open(temporary.constData(),
                                     O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!file.isOpen() || ::fchmod(file.get(), 0600) != 0 || !writeAll(file.get(), bytes)) {
            const auto error
                = broken(tr("The file %1 cannot be written; nothing changed.").arg(path));
            ::unlink(temporary.constData());
            return error;
        }
    }
    if (std::rename(temporary.constData(), target.constData()) != 0) {
        const auto error = broken(tr("The file %1 cannot be written; nothing changed.").arg(path));
        ::unlink(temporary.constData());
        return error;
    }
    const Descriptor open = openFolder(folder);
    if (!open.isOpen() || ::fsync(open.get()) != 0) {
        return broken(tr("The file %1 was written but may not survive a power cut.").arg(path));
    }
    return {};
}

Result<void> removePrivateFile(const QString &path)
{
    if (::unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT && errno != ENOTDIR) {
        return broken(tr("The file %1 cannot be removed.").arg(path));
    }
    return {};
}

} // namespace countersign
