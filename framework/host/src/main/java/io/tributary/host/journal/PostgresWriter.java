package io.tributary.host.journal;

import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread of this member that appends. What has gathered while the last call ran goes in
/// one call of `append_v1`, which is one commit.
///
/// An answer that is lost says nothing about the commit, so the same batch is sent again and the
/// database answers what it did or does it now. After a second and a half the callers are told that
/// the outcome is not known ([Patience]), and nothing is taken until the database answers.
final class PostgresWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresWriter.class);
    private static final String APPEND = "select append_v1(?, ?::jsonb, ?, ?)";
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);
    private static final int ANSWER_MS = 5_000;
    private static final int BYTES_PER_MS = 200;
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long FIRST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 2_000;
    private static final int ID_BYTES = 16;

    private final ReadPool.Source source;
    private final WriteQueue queue;
    private final Fitness fitness;
    private final Teller teller;
    private final Remembered remembered;
    private final Greeter greeter;
    private final Patience patience;
    private final JournalOptions options;
    private final SecureRandom random = new SecureRandom();
    private @Nullable Sql connection;

    /// What a commit is being made of: of unknown outcome if the writer dies over it.
    private List<Prepared> atHand = List.of();

    PostgresWriter(
            ReadPool.Source source,
            WriteQueue queue,
            Fitness fitness,
            Teller teller,
            Remembered remembered,
            Greeter greeter,
            Patience patience,
            JournalOptions options) {
        this.source = source;
        this.queue = queue;
        this.fitness = fitness;
        this.teller = teller;
        this.remembered = remembered;
        this.greeter = greeter;
        this.patience = patience;
        this.options = options;
    }

    /// Connects before anything is written, and waits for a member before to be gone.
    void firstConnection(Duration patience) throws SQLException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                var _ = connection();
                return;
            } catch (SQLException e) {
                boolean inUse = Occupancy.IN_USE.equals(e.getSQLState());
                if (!inUse || System.nanoTime() - until > 0) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_AGAIN);
            }
        }
    }

    @Override
    public void run() {
        try {
            while (!queue.done()) {
                queue.await(IDLE);
                List<Prepared> units = queue.take(options.batchUnits(), options.batchBytes());
                if (!units.isEmpty()) {
                    atHand = units;
                    append(units);
                    atHand = List.of();
                }
                if (!fitness.writes()) {
                    refuseAll();
                    waitForDatabase();
                }
            }
            fitness.close();
        } catch (Throwable e) {
            LOG.error("the journal's writer failed", e);
            fitness.stop("the journal's writer failed unexpectedly: see the log, then start again");
        } finally {
            queue.close();
            atHand.forEach(unit -> unit.future.completeExceptionally(fitness.refusal()));
            refuseAll();
            teller.close();
            drop();
        }
    }

    private void append(List<Prepared> units) throws InterruptedException {
        if (!fitness.writes()) {
            units.forEach(unit -> unit.future.completeExceptionally(fitness.refusal()));
            return;
        }
        UnitText.Encoded encoded;
        try {
            encoded = UnitText.of(units);
        } catch (RuntimeException e) {
            // a value that nobody can write: its unit alone is refused
            refuseOne(units, "it cannot be written (" + e.getClass().getSimpleName() + ")", e);
            return;
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        long until = patience.until(encoded.bodies().length());
        patience.begin(units, until);
        try {
            append(units, id, encoded, until);
        } finally {
            patience.end();
        }
    }

    private void append(List<Prepared> units, byte[] id, UnitText.Encoded encoded, long until)
            throws InterruptedException {
        while (true) {
            try {
                BatchAnswer answer = BatchAnswer.read(call(id, encoded));
                patience.end();
                fitness.resume();
                done(units, answer);
                return;
            } catch (SQLException e) {
                PostgresFailure failure = PostgresFailure.of(e);
                if (failure instanceof PostgresFailure.Away
                        || failure instanceof PostgresFailure.Final) {
                    drop();
                }
                boolean again =
                        failure instanceof PostgresFailure.Away
                                || failure instanceof PostgresFailure.Again;
                if (!again || System.nanoTime() - until > 0) {
                    failed(units, failure, e);
                    return;
                }
                pause(FIRST_PAUSE);
            }
        }
    }

    private String call(byte[] id, UnitText.Encoded batch) throws SQLException {
        Sql sql = connection();
        if (fitness.state().last()) {
            // connecting has shown that the database is not what it was
            throw new SQLException("the journal has stopped", Occupancy.TAKEN_OVER);
        }
        sql.patience(ANSWER_MS + batch.bodies().length() / BYTES_PER_MS);
        PreparedStatement statement = sql.statement(APPEND);
        statement.setBytes(1, id);
        statement.setString(2, batch.units());
        statement.setBytes(3, batch.bodies().toArray());
        statement.setLong(4, Micros.of(options.clock().instant()));
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void done(List<Prepared> units, BatchAnswer answer) {
        remembered.anyParked(answer.anyParked());
        greeter.seen(greeter.timelines().current(), answer.head());
        List<Commit> commits = answer.commits(units);
        for (int i = 0; i < units.size(); i++) {
            switch (commits.get(i)) {
                case Commit.Done _ -> remembered.committed(units.get(i).unit);
                case Commit.Stale(int _, Expect failed) -> remembered.stale(failed);
            }
        }
        teller.tell(new Teller.Told(answer.rows(units), units, commits));
    }

    private void failed(List<Prepared> units, PostgresFailure failure, SQLException error)
            throws InterruptedException {
        switch (failure) {
            case PostgresFailure.Own(int unit, String text) when unit >= 0 ->
                    refuse(units, unit, text, error);
            case PostgresFailure.Own(int _, String text) -> refuseOne(units, text, error);
            case PostgresFailure.Away(String text) -> {
                LOG.warn("the journal pauses: {}", text, error);
                fitness.pause(text);
                fail(units, error);
            }
            case PostgresFailure.Again _ -> {
                LOG.warn("the journal's write was in the way of another again and again", error);
                fail(units, error);
            }
            case PostgresFailure.Full _ -> {
                LOG.warn("the journal pauses: {}", PostgresFailure.Full.TEXT, error);
                fitness.pause(PostgresFailure.Full.TEXT);
                fail(units, error);
            }
            case PostgresFailure.Final(String text) -> {
                LOG.error("the journal stops: {}", text, error);
                fitness.stop(text);
                fail(units, error);
            }
        }
    }

    /// Nothing of the batch was written; all but one unit go again.
    private void refuse(List<Prepared> units, int unit, String text, SQLException error)
            throws InterruptedException {
        units.get(unit).future.completeExceptionally(refusal(text, error));
        append(units, 0, unit);
        append(units, unit + 1, units.size());
    }

    /// One of them cannot be stored, and the server did not say which.
    private void refuseOne(List<Prepared> units, String text, Exception error)
            throws InterruptedException {
        if (units.size() == 1) {
            units.getFirst().future.completeExceptionally(refusal(text, error));
            return;
        }
        int middle = units.size() / 2;
        append(units, 0, middle);
        append(units, middle, units.size());
    }

    private void append(List<Prepared> units, int from, int to) throws InterruptedException {
        if (from < to) {
            append(units.subList(from, to));
        }
    }

    private static UnitRefused refusal(String text, Exception error) {
        return new UnitRefused("the unit cannot be stored: " + text, error);
    }

    private void fail(List<Prepared> units, SQLException error) {
        // what of it was written is not known, so nothing that was remembered is
        remembered.forgetAll();
        var unavailable =
                new JournalUnavailable("the journal could not write: " + fitness.text(), error);
        units.forEach(unit -> unit.future.completeExceptionally(unavailable));
    }

    private void refuseAll() {
        JournalUnavailable refusal = fitness.refusal();
        queue.take(Integer.MAX_VALUE, Long.MAX_VALUE)
                .forEach(unit -> unit.future.completeExceptionally(refusal));
    }

    /// Members that lost the same server come back at different times.
    private void waitForDatabase() throws InterruptedException {
        long pause = FIRST_PAUSE;
        while (!fitness.writes() && !fitness.state().last() && !queue.pause(jittered(pause))) {
            try {
                connection().run("select roomy_v1()");
                fitness.resume();
                LOG.info("the journal takes writes again");
            } catch (SQLException e) {
                drop();
                if (PostgresFailure.of(e) instanceof PostgresFailure.Final(String text)) {
                    LOG.error("the journal stops: {}", text, e);
                    fitness.stop(text);
                }
                LOG.debug("the database cannot be used yet", e);
            }
            refuseIfAway();
            pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
    }

    /// What was handed in while it was found out that the database is away.
    private void refuseIfAway() {
        if (!fitness.writes()) {
            refuseAll();
        }
    }

    private void pause(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(jittered(millis));
    }

    private static long jittered(long millis) {
        return millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
    }

    private Sql connection() throws SQLException {
        Sql open = connection;
        if (open == null) {
            open = source.open();
            connection = open;
        }
        return open;
    }

    /// On the writer's thread, or where that never started.
    void drop() {
        Sql open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("a connection could not be closed", e);
            }
        }
    }
}
