package io.tributary.host;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A room that is opened on a thread of its own while others are: half of a member's start is
/// waiting for the log.
///
/// @param <T> the room
final class Ahead<T extends AutoCloseable> {

    private final FutureTask<T> opening;

    private Ahead(FutureTask<T> opening) {
        this.opening = opening;
    }

    static <T extends AutoCloseable> Ahead<T> open(String name, Callable<T> room) {
        var opening = new FutureTask<>(room);
        Thread.ofPlatform().daemon().name(name).start(opening);
        return new Ahead<>(opening);
    }

    /// The room, when it is open.
    ///
    /// @throws IOException it cannot be opened; what else may be wrong is unchecked and thrown as
    ///   it is
    T room() throws IOException, InterruptedException {
        try {
            return opening.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(failed.getCause());
            }
        }
    }

    /// Closes the room, also where nobody entered it: waits for the opening, and one that failed
    /// left nothing to close.
    void shut() throws Exception {
        T room;
        try {
            room = opening.get();
        } catch (ExecutionException nothing) {
            return;
        }
        room.close();
    }
}
