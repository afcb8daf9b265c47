package io.tributary.host.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. It takes what has gathered while the last commit ran, and commits it
/// in one transaction.
///
/// After a commit the caches and the head are moved on here; the listeners are told and the futures
/// completed by the [Teller], while the next commit runs.
final class Writer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5_000;

    private final Tables tables;
    private final WriteQueue queue;
    private final Fitness fitness;
    private final LogEnds ends;
    private final JournalOptions options;
    private final Expectations expectations;
    private final Changes changes;
    private final Teller teller;
    private volatile long fileBytes;

    /// What a commit is being made of: of unknown outcome if the writer dies over it.
    private List<Prepared> atHand = List.of();

    private Counters counters;

    Writer(
            Tables tables,
            Counters counters,
            WriteQueue queue,
            Fitness fitness,
            LogEnds ends,
            Teller teller,
            JournalOptions options) {
        this.tables = tables;
        this.counters = counters;
        this.queue = queue;
        this.fitness = fitness;
        this.ends = ends;
        this.teller = teller;
        this.options = options;
        this.expectations = new Expectations(tables);
        this.changes = new Changes(tables);
    }

    /// Lets the file grow up to another size, from the next trial on.
    void allow(long bytes) {
        fileBytes = bytes;
    }

    @Override
    public void run() {
        try {
            while (!queue.done()) {
                queue.await(IDLE);
                runChore();
                List<Prepared> units = queue.take(options.batchUnits(), options.batchBytes());
                if (!units.isEmpty()) {
                    commit(units);
                }
                if (!fitness.writes()) {
                    refuseAll();
                    waitForRoom();
                }
            }
            leave();
        } catch (Throwable e) {
            LOG.error("the journal's writer failed", e);
            fitness.stop("the journal's writer failed unexpectedly: see the log, then start again");
        } finally {
            queue.close();
            atHand.forEach(unit -> unit.future.completeExceptionally(fitness.refusal()));
            refuseAll();
            teller.close();
        }
    }

    private void runChore() {
        Chore<?> chore = queue.takeChore();
        if (chore == null) {
            return;
        }
        if (!fitness.writes()) {
            chore.future().completeExceptionally(fitness.refusal());
            return;
        }
        try {
            chore.run(tables);
        } catch (SQLException e) {
            rollback();
            judge(e);
            chore.future().completeExceptionally(unavailable(e));
        } catch (RuntimeException e) {
            rollback();
            chore.future().completeExceptionally(e);
        }
    }

    private void commit(List<Prepared> units) {
        if (!fitness.writes()) {
            // a chore or the unit before has shown that the file cannot be trusted or is full
            units.forEach(unit -> unit.future.completeExceptionally(fitness.refusal()));
            return;
        }
        List<Prepared> before = atHand;
        atHand = units;
        write(units);
        atHand = before;
    }

    private void write(List<Prepared> units) {
        List<Commit> answers = new ArrayList<>(units.size());
        @Nullable Batch batch = null;
        try {
            tables.sql.run("begin immediate");
            batch = new Batch(tables, counters, knownKeys(units));
            for (Prepared unit : units) {
                answers.add(process(unit, batch));
            }
            batch.write();
            tables.sql.run("commit");
        } catch (SQLException e) {
            takeBack(batch);
            failed(units, e);
            return;
        } catch (RuntimeException e) {
            takeBack(batch);
            refused(units, e);
            return;
        }
        counters = batch.counters();
        List<Row> rows = batch.committed();
        ends.committed(counters.position() - 1, counters.parked());
        teller.tell(new Teller.Told(rows, units, answers));
    }

    private void takeBack(@Nullable Batch batch) {
        rollback();
        if (batch != null) {
            batch.rolledBack();
        }
    }

    /// Tests everything first, so that a stale unit has written nothing.
    private Commit process(Prepared unit, Batch batch) throws SQLException {
        List<Prepared.Ready> items = unit.items;
        for (int i = 0; i < items.size(); i++) {
            Prepared.Ready ready = items.get(i);
            if (ready.once != null && batch.once(ready.once) != null) {
                continue;
            }
            for (Expect expect : ready.item.expects()) {
                if (!expectations.holds(expect, batch)) {
                    return new Commit.Stale(i, expect);
                }
            }
        }
        List<Commit.Result> results = new ArrayList<>(items.size());
        for (Prepared.Ready ready : items) {
            KeyRow.Once before = ready.once == null ? null : batch.once(ready.once);
            results.add(
                    before == null
                            ? changes.apply(ready, batch)
                            : new Commit.Result.Duplicate(before.first(), before.count()));
        }
        return new Commit.Done(results);
    }

    /// Looks all dedupe keys of a batch up at once.
    private Map<Hash, Long> knownKeys(List<Prepared> units) throws SQLException {
        List<Hash> hashes = new ArrayList<>(units.size());
        for (Prepared unit : units) {
            for (Prepared.Ready ready : unit.items) {
                if (ready.once != null) {
                    hashes.add(ready.once);
                }
            }
        }
        return hashes.isEmpty() ? new HashMap<>() : tables.onceIndex.inTree(tables.sql, hashes);
    }

    private void failed(List<Prepared> units, SQLException error) {
        if (Failure.of(error) instanceof Failure.Own(String text)) {
            refused(units, new UnitRefused("the unit cannot be stored: " + text, error));
            return;
        }
        judge(error);
        JournalUnavailable unavailable = unavailable(error);
        units.forEach(unit -> unit.future.completeExceptionally(unavailable));
    }

    /// One unit of the batch is at fault: each is tried alone, so that only that one is refused.
    private void refused(List<Prepared> units, RuntimeException error) {
        if (units.size() > 1) {
            for (Prepared unit : units) {
                commit(List.of(unit));
            }
            return;
        }
        units.getFirst()
                .future
                .completeExceptionally(
                        error instanceof UnitRefused
                                ? error
                                : new UnitRefused("the unit cannot be stored", error));
    }

    private void judge(SQLException error) {
        switch (Failure.of(error)) {
            case Failure.Own _, Failure.Passing _ ->
                    LOG.warn("a write of the journal failed", error);
            case Failure.Full _ -> {
                LOG.error(Failure.Full.TEXT);
                fitness.pause(Failure.Full.TEXT);
            }
            case Failure.Final(String text) -> {
                LOG.error("the journal stops: {}", text, error);
                fitness.stop(text);
            }
        }
    }

    private static JournalUnavailable unavailable(SQLException error) {
        String text =
                switch (Failure.of(error)) {
                    case Failure.Own(String why) -> why;
                    case Failure.Passing(String why) -> why;
                    case Failure.Full _ -> Failure.Full.TEXT;
                    case Failure.Final(String why) -> why;
                };
        return new JournalUnavailable("the journal could not write: " + text, error);
    }

    private void refuseAll() {
        JournalUnavailable refusal = fitness.refusal();
        List<Prepared> units = queue.take(Integer.MAX_VALUE, Long.MAX_VALUE);
        units.forEach(unit -> unit.future.completeExceptionally(refusal));
        for (Chore<?> chore = queue.takeChore(); chore != null; chore = queue.takeChore()) {
            chore.future().completeExceptionally(refusal);
        }
    }

    /// Writes on trial until there is room or no hope. Nothing is taken meanwhile.
    private void waitForRoom() throws InterruptedException {
        long pause = FIRST_PAUSE;
        while (!fitness.writes() && !fitness.state().last() && !queue.pause(pause)) {
            try {
                if (fileBytes > 0) {
                    Opening.limit(tables.sql, fileBytes);
                }
                Room.prove(tables.sql);
                fitness.resume();
                LOG.info("the journal takes writes again");
            } catch (SQLException e) {
                rollback();
                judge(e);
            }
            pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
    }

    private void rollback() {
        try {
            tables.sql.renew();
            tables.sql.run("rollback");
        } catch (SQLException e) {
            // the database has taken the transaction back by itself
            LOG.debug("nothing to take back", e);
        }
    }

    /// Brings everything into the rows, so that the next opening has little to do.
    private void leave() {
        if (!fitness.writes()) {
            return;
        }
        try {
            tables.sql.run("begin immediate");
            tables.marks.writeAll();
            tables.saveCounters(counters.position(), counters.version(), counters.position() - 1);
            tables.sql.run("commit");
            fitness.close();
        } catch (SQLException e) {
            LOG.warn("the journal could not tidy up; the next start will", e);
        }
    }
}
