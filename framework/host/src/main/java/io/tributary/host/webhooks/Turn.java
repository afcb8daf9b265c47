package io.tributary.host.webhooks;

import io.tributary.host.agents.Cursors;
import io.tributary.host.agents.Event;
import io.tributary.host.agents.Follow;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.WebhookRecords;
import io.tributary.host.journal.WebhookRecords.Aside;
import io.tributary.host.journal.WebhookRecords.Progress;
import io.tributary.host.journal.WebhookRecords.State;
import io.tributary.host.journal.WebhookRecords.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A short stretch of a webhook's way: what was set aside and is due, and what follows the cursor.
///
/// An event that fails is tried once more in its turn and then set aside, so that those after it
/// need not wait. Where nothing gets through, one attempt is made at a time, with longer and longer
/// pauses, until something does; then all that was set aside is due at once. For one turn, of one
/// thread.
final class Turn {

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    /// Rows at a time: what was changed meanwhile is noticed after them.
    private static final int ROWS = 32;

    private static final int DUE = 16;

    /// With more of them set aside, what follows waits.
    static final int MOST_ASIDE = 100;

    /// So many failures in a row and the app counts as down.
    private static final int DOWN = 4;

    private static final int TRIES_IN_TURN = 2;

    /// How long a turn may last before it is looked at what was changed.
    private static final long LONGEST = Duration.ofSeconds(5).toNanos();

    /// How often it is written that a filter let nothing through.
    private static final Duration NOTHING_PASSED = Duration.ofSeconds(10);

    private final Means means;
    private final Webhook read;
    private final Memory memory;
    private final BooleanSupplier ours;
    private final Filter filter;
    private final long begun = System.nanoTime();
    private Progress progress;
    private long position;
    private long keptPosition;
    private int waiting;
    private @Nullable Instant due;
    private boolean tried;
    private boolean more;
    private boolean ended;

    /// What every turn is made with.
    record Means(Journal journal, Cursors cursors, Follow follow, Mail mail, Setups setups) {

        WebhookRecords records() {
            return journal.webhooks();
        }

        InstantSource clock() {
            return journal.clock();
        }
    }

    /// What is remembered from turn to turn, and may be lost.
    static final class Memory {

        private @Nullable Object head;
        private int tries;
        private Instant kept = Instant.MIN;
        private boolean newFirst = true;

        /// Every other time.
        private boolean newFirst() {
            newFirst = !newFirst;
            return newFirst;
        }

        /// How often this event was tried in its turn, now counted.
        private int tried(Object event) {
            tries = event.equals(head) ? tries + 1 : 1;
            head = event;
            return tries;
        }
    }

    /// @param ours whether the webhook is this member's for as long as an attempt may take
    Turn(Means means, Webhook read, Memory memory, BooleanSupplier ours) {
        this.means = means;
        this.read = read;
        this.memory = memory;
        this.ours = ours;
        this.filter = FilterText.read(read.setup().filter());
        this.progress = read.progress();
    }

    /// @return how long there is nothing to do; empty: nothing is delivered any more
    Optional<Duration> run() throws InterruptedException {
        if (waits()) {
            return Optional.of(pause());
        }
        Optional<String> lost = begin();
        if (lost.isPresent()) {
            var _ = end(State.BEHIND, lost.get());
            return Optional.empty();
        }
        WebhookRecords.Waiting known = means.records().waiting(read.id());
        waiting = known.count();
        due = known.due();
        try {
            // neither what fails each time nor a long way behind must be all that is tried
            boolean newFirst = memory.newFirst() || isDown();
            var _ = newFirst ? follow() && aside() : aside() && follow();
        } finally {
            keep();
        }
        if (ended) {
            return Optional.empty();
        }
        return Optional.of(more && !waits() ? Duration.ZERO : pause());
    }

    /// @return why it cannot go on from where it is; empty: it can
    private Optional<String> begin() {
        return switch (means.cursors().parse(progress.cursor())) {
            case Cursors.Parsed.At(long at) -> {
                position = at;
                keptPosition = at;
                yield Optional.empty();
            }
            case Cursors.Parsed.Expired _ ->
                    Optional.of("what comes next for it is not kept any more");
            case Cursors.Parsed.Bad bad -> Optional.of("its cursor cannot be used: " + bad.why());
        };
    }

    private Instant now() {
        return means.clock().instant();
    }

    private boolean waits() {
        Instant notBefore = progress.notBefore();
        return notBefore != null && notBefore.isAfter(now());
    }

    private boolean isDown() {
        return progress.failures() >= DOWN;
    }

    private boolean mayGoOn() {
        return ours.getAsBoolean() && System.nanoTime() - begun < LONGEST;
    }

    /// What follows the cursor.
    ///
    /// @return whether the turn goes on
    private boolean follow() throws InterruptedException {
        if (waiting >= MOST_ASIDE) {
            return true;
        }
        List<Row> rows = means.follow().after(position, ROWS).rows();
        for (Row row : rows) {
            if (row.position() != position + 1) {
                return end(State.BEHIND, "what comes next for it is not kept any more");
            }
            if (filter.accepts(row)) {
                if (!mayGoOn()) {
                    more = true;
                    return false;
                }
                if (!delivered(row)) {
                    return false;
                }
            }
            position = row.position();
        }
        more = rows.size() == ROWS;
        return true;
    }

    /// @return whether the cursor may move over it, and the turn goes on
    private boolean delivered(Row row) throws InterruptedException {
        return switch (post(row)) {
            case Outcome.Delivered _ -> {
                succeeded();
                yield true;
            }
            case Outcome.Failed(String reason) -> {
                boolean wasDown = isDown();
                failed(reason);
                int tries = memory.tried(row.id());
                if (tries < TRIES_IN_TURN && !wasDown) {
                    pauseFor(Waits.inTurn());
                    yield false;
                }
                setAside(row, tries, reason);
                position = row.position();
                yield !pausedOrStopped();
            }
            case Outcome.Later later -> putOff(later);
            case Outcome.Gone gone -> end(State.GONE, gone.text());
        };
    }

    private void setAside(Row row, int tries, String reason) {
        Instant now = now();
        means.records()
                .put(
                        new Aside(
                                read.id(),
                                row.id(),
                                row.position(),
                                tries,
                                now,
                                now.plus(Waits.aside(tries)),
                                reason));
        waiting++;
    }

    /// What was set aside, and is due.
    ///
    /// @return whether the turn goes on
    private boolean aside() throws InterruptedException {
        if (waiting == 0) {
            return true;
        }
        List<Aside> again = means.records().due(read.id(), now(), DUE);
        for (Aside each : again) {
            if (!mayGoOn()) {
                more = true;
                return false;
            }
            if (!again(each)) {
                return false;
            }
        }
        more |= again.size() == DUE;
        return true;
    }

    private boolean again(Aside aside) throws InterruptedException {
        Optional<Row> row = means.journal().log().byId(aside.event());
        if (row.isEmpty()) {
            giveUp(aside, "the log keeps it no more");
            return true;
        }
        return switch (post(row.get())) {
            case Outcome.Delivered _ -> {
                means.records().drop(read.id(), aside.event());
                waiting--;
                succeeded();
                yield true;
            }
            case Outcome.Failed(String reason) -> {
                failedAgain(aside, reason);
                if (!isDown()) {
                    yield true;
                }
                failed(reason);
                yield !pausedOrStopped();
            }
            case Outcome.Later later -> putOff(later);
            case Outcome.Gone gone -> end(State.GONE, gone.text());
        };
    }

    private void failedAgain(Aside aside, String reason) {
        if (!aside.firstAt().plus(Waits.PATIENCE).isAfter(now())) {
            giveUp(aside, reason);
            return;
        }
        int attempts = aside.attempts() + 1;
        put(aside, attempts, now().plus(Waits.aside(attempts)), reason);
    }

    private void giveUp(Aside aside, String reason) {
        LOG.warn(
                "webhook={} interaction={} attempts={} is given up: {}",
                read.id(),
                aside.event(),
                aside.attempts(),
                reason);
        put(aside, aside.attempts(), null, reason);
        waiting--;
    }

    private void put(Aside aside, int attempts, @Nullable Instant notBefore, String reason) {
        means.records()
                .put(
                        new Aside(
                                aside.webhook(),
                                aside.event(),
                                aside.position(),
                                attempts,
                                aside.firstAt(),
                                notBefore,
                                reason));
    }

    private Outcome post(Row row) throws InterruptedException {
        tried = true;
        return means.mail()
                .post(read.setup(), row.id().toString(), new Event(row, means.cursors()).data());
    }

    private void succeeded() {
        if (isDown()) {
            means.records().hurry(read.id(), now());
            more = true;
            LOG.info("webhook={} takes events again", read.id());
        }
        progress = new Progress(progress.cursor(), 0, null, null, now(), "");
    }

    private void failed(String reason) {
        Instant since = progress.failingSince();
        progress =
                new Progress(
                        progress.cursor(),
                        progress.failures() + 1,
                        since == null ? now() : since,
                        null,
                        progress.deliveredAt(),
                        reason);
        if (progress.failures() == DOWN) {
            LOG.warn("webhook={} takes nothing: {}", read.id(), reason);
        }
    }

    /// @return false: the turn is over
    private boolean putOff(Outcome.Later later) {
        Instant since = progress.failingSince();
        progress =
                new Progress(
                        progress.cursor(),
                        progress.failures(),
                        since == null ? now() : since,
                        null,
                        progress.deliveredAt(),
                        later.reason());
        pauseFor(later.time());
        stopAfterDays();
        return false;
    }

    private boolean pausedOrStopped() {
        if (!isDown()) {
            return false;
        }
        pauseFor(Waits.down(progress.failures() - DOWN));
        stopAfterDays();
        return true;
    }

    private void stopAfterDays() {
        Instant since = progress.failingSince();
        if (since != null && !since.plus(Waits.PATIENCE).isAfter(now())) {
            var _ = end(State.STOPPED, "it took nothing for three days: " + progress.problem());
        }
    }

    private void pauseFor(Duration wait) {
        progress =
                new Progress(
                        progress.cursor(),
                        progress.failures(),
                        progress.failingSince(),
                        now().plus(wait),
                        progress.deliveredAt(),
                        progress.problem());
    }

    /// What came of the turn so far is kept first: afterwards it is another version's.
    ///
    /// @return false: the turn is over
    private boolean end(State state, String reason) {
        keep();
        ended = true;
        LOG.warn("webhook={} state={} reason={}", read.id(), state, reason);
        means.setups().end(read, state, reason);
        return false;
    }

    private void keep() {
        boolean moved = position != keptPosition;
        boolean rarely = memory.kept.plus(NOTHING_PASSED).isAfter(now());
        if (!tried && (!moved || rarely)) {
            return;
        }
        progress =
                new Progress(
                        position == keptPosition ? progress.cursor() : means.cursors().of(position),
                        progress.failures(),
                        progress.failingSince(),
                        progress.notBefore(),
                        progress.deliveredAt(),
                        progress.problem());
        if (means.records().keep(read, progress)) {
            memory.kept = now();
        }
    }

    /// Until there is something to do for what is known now.
    private Duration pause() {
        Instant next = progress.notBefore();
        if (next == null) {
            next = tried ? means.records().waiting(read.id()).due() : due;
        }
        if (next == null) {
            return Deliveries.LOOK;
        }
        Duration left = Duration.between(now(), next);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
