// SPDX-FileCopyrightText: 2026 The Countersign authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>

#include <memory>
#include <type_traits>

namespace countersign {

/// future.then(context, function), but safe where the context may go first: Qt 6.4 asserts then,
/// and looks at the context from another thread. `function` runs on the context's thread, from its
/// event loop; the new future ends cancelled where the old one did or the context is gone. Call it
/// on the context's thread.
template <class T, class Function>
auto continued(const QFuture<T> &future, QObject *context, Function function)
    -> QFuture<std::invoke_result_t<Function, T>>
{
    using Out = std::invoke_result_t<Function, T>;
    auto promise
        = std::make_shared<QPromise<Out>>(); // unfinished when the last copy goes: cancelled
    promise->start();
    const QFuture<Out> next = promise->future();
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context,
        [watcher, promise = std::move(promise), function = std::move(function)]() mutable -> void {
            const QFuture<T> done = watcher->future();
            watcher->deleteLater();
            if (done.isCanceled()) {
                promise->future().cancel();
            } else if constexpr (std::is_void_v<Out>) {
                function(done.result());
            } else {
                promise->addResult(function(done.result()));
            }
            promise->finish();
        });
    watcher->setFuture(future);
    return next;
}

} // namespace countersign
