package io.tributary.host.journal;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/// Something short to be done on the writer's thread between two batches.
record Chore<T>(Work<T> work, CompletableFuture<T> future) {

    /// May begin and end transactions of its own.
    @FunctionalInterface
    interface Work<T> {
        T run(Tables tables) throws SQLException;
    }

    static <T> Chore<T> of(Work<T> work) {
        return new Chore<>(work, new CompletableFuture<>());
    }

    void run(Tables tables) throws SQLException {
        future.complete(work.run(tables));
    }
}
