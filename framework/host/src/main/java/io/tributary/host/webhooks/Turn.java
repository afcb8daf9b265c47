package io.tributary.host.webhooks;

import io.tributary.host.agents.Cursors;
import io.tributary.host.agents.Event;
import io.tributary.host.agents.Follow;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.WebhookRecords;
import io.tributary.host.journal.WebhookRecords.Aside;
import io.tributary.host.journal.WebhookRecords.Look;
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
/// pauses, until something does; then all that was set aside is due at once. One event alone that
/// fails over and over says nothing of the app. For one turn, of one thread.
final class Turn {

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    static final String BEHIND = "what comes next for it is not kept any more";

    /// Rows at a time: what was changed meanwhile is noticed after them.
    private static final int ROWS = 32;

    private static final int DUE = 16;

    /// With more of them set aside, what follows waits.
    static final int MOST_ASIDE = 100;

    private static final int TRIES_IN_TURN = 2;

    /// How long a turn may last before it is looked at what was changed.
    private static final long LONGEST = Duration.ofSeconds(5).toNanos();

    /// Where something is due already, and was left alone for a reason.
    private static final Duration SOON = Duration.ofMillis(100);

    private final Means means;
    private final Webhook read;
    private final Memory memory;
    private final BooleanSupplier ours;
    private final Filter filter;
    private final Place place;
    private final Standing standing;
    private final long begun = System.nanoTime();
    private int waiting;
    private @Nullable Instant due;
    private boolean tried;
    private boolean more;
    private boolean interrupted;
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

    /// @param ours whether the webhook is this member's for as long as an attempt may take
    Turn(Means means, Look look, Memory memory, BooleanSupplier ours) {
        this.means = means;
        this.read = look.webhook();
        this.memory = memory;
        this.ours = ours;
        this.filter = FilterText.read(read.setup().filter());
        this.place = new Place(means, read, memory);
        this.standing = new Standing(read.progress(), means.clock());
        this.waiting = look.waiting().count();
        this.due = look.waiting().due();
    }

    /// @return how long there is nothing to do; empty: nothing is delivered any more
    Optional<Duration> run() throws InterruptedException {
        if (memory.hasUnwritten()) {
            memory.write(means.journal());
            // what was read is older than that
            return Optional.of(Duration.ZERO);
        }
        if (standing.waits()) {
            return Optional.of(pause());
        }
        standing.forgetWait();
        Optional<String> lost = place.find();
        if (lost.isPresent()) {
            var _ = end(State.BEHIND, lost.get());
            return Optional.empty();
        }
        try {
            // neither what fails each time nor a long way behind must be all that is tried
            boolean newFirst = memory.newFirst() || standing.isDown();
            var _ = newFirst ? follow() && aside() : aside() && follow();
        } finally {
            keep();
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while something was posted");
        }
        if (ended) {
            return Optional.empty();
        }
        return Optional.of(more && !standing.waits() ? Duration.ZERO : pause());
    }

    private Instant now() {
        return means.clock().instant();
    }

    private boolean mayGoOn() {
        boolean may = !interrupted && ours.getAsBoolean() && System.nanoTime() - begun < LONGEST;
        more |= !may;
        return may;
    }

    private boolean isFull() {
        boolean full = waiting >= MOST_ASIDE;
        if (memory.fills(full)) {
            LOG.warn(
                    "webhook={} waiting={} what follows waits until some of it is taken",
                    read.id(),
                    waiting);
        }
        return full;
    }

    /// What follows the cursor.
    ///
    /// @return whether the turn goes on
    private boolean follow() throws InterruptedException {
        if (isFull()) {
            return true;
        }
        List<Row> rows = means.follow().after(place.position(), ROWS).rows();
        if (!place.isValid()) {
            more = true;
            return false;
        }
        for (Row row : rows) {
            if (row.position() != place.position() + 1) {
                return end(State.BEHIND, BEHIND);
            }
            if (filter.accepts(row)) {
                if (isFull()) {
                    return true;
                }
                if (!mayGoOn() || !delivered(row)) {
                    return false;
                }
            }
            place.moveTo(row.position());
        }
        more |= rows.size() == ROWS;
        return true;
    }

    /// @return whether the cursor may move over it, and the turn goes on
    private boolean delivered(Row row) throws InterruptedException {
        Optional<Outcome> outcome = post(row);
        if (outcome.isEmpty()) {
            return false;
        }
        return switch (outcome.get()) {
            case Outcome.Delivered _ -> {
                succeeded();
                yield true;
            }
            case Outcome.Failed(String reason) -> {
                boolean wasDown = standing.isDown();
                failed(reason);
                int tries = memory.tried(row.id());
                if (tries < TRIES_IN_TURN && !wasDown) {
                    standing.waitFor(Duration.ZERO);
                    yield false;
                }
                setAside(row, tries, reason);
                place.moveTo(row.position());
                yield goesOn();
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
        Instant next = due;
        if (next == null || next.isAfter(now())) {
            return true;
        }
        List<Aside> again = means.records().due(read.id(), now(), DUE);
        for (Aside each : again) {
            if (!mayGoOn() || !again(each)) {
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
        if (!filter.accepts(row.get())) {
            drop(aside);
            return true;
        }
        Optional<Outcome> outcome = post(row.get());
        if (outcome.isEmpty()) {
            return false;
        }
        return switch (outcome.get()) {
            case Outcome.Delivered _ -> {
                drop(aside);
                succeeded();
                yield true;
            }
            case Outcome.Failed(String reason) -> failedAgain(aside, reason);
            case Outcome.Later later -> putOff(later);
            case Outcome.Gone gone -> end(State.GONE, gone.text());
        };
    }

    private void drop(Aside aside) {
        means.records().drop(read.id(), aside.event());
        tried = true;
        waiting--;
    }

    /// What fails while other things get through is the event's; else it is the app's, and no event
    /// is given up for it.
    ///
    /// @return whether the turn goes on
    private boolean failedAgain(Aside aside, String reason) {
        boolean alone = standing.wasDeliveredSince(aside.firstAt());
        if (alone && !aside.firstAt().plus(Waits.PATIENCE).isAfter(now())) {
            giveUp(aside, reason);
        } else {
            int attempts = aside.attempts() + 1;
            put(aside, attempts, now().plus(Waits.aside(attempts)), reason);
        }
        if (!standing.isDown() && (alone || isOnlySuspect(aside))) {
            return true;
        }
        failed(reason);
        return goesOn();
    }

    /// Whether nothing else failed since something got through: then nobody can tell yet whether
    /// the event or the app is to blame, and the next other event will. Known from the journal, so
    /// that another member finds the same.
    private boolean isOnlySuspect(Aside aside) {
        Instant afterAll = now().plus(Waits.PATIENCE);
        return means.records().due(read.id(), afterAll, MOST_ASIDE).stream()
                .filter(each -> !standing.wasDeliveredSince(each.firstAt()))
                .allMatch(each -> each.event().equals(aside.event()));
    }

    private void giveUp(Aside aside, String reason) {
        LOG.warn(
                "webhook={} interaction={} attempts={} is given up: {}",
                read.id(),
                aside.event(),
                aside.attempts(),
                reason);
        put(aside, aside.attempts(), null, reason);
        tried = true;
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

    /// @return empty: nothing was posted, and the turn is over
    private Optional<Outcome> post(Row row) throws InterruptedException {
        var letter =
                new Mail.Letter(
                        read.setup(), row.id().toString(), new Event(row, means.cursors()).data());
        Optional<Outcome> outcome = means.mail().post(letter, () -> means.records().isAsRead(read));
        // what is known counts, and is written first
        interrupted |= Thread.interrupted();
        tried |= outcome.isPresent();
        more |= outcome.isEmpty();
        return outcome;
    }

    private void succeeded() {
        if (standing.isDown()) {
            means.records().hurry(read.id(), now());
            more = true;
            LOG.info("webhook={} takes events again", read.id());
        }
        standing.succeeded();
    }

    private void failed(String reason) {
        standing.failed(reason);
        if (standing.progress().failures() == Standing.DOWN) {
            LOG.warn("webhook={} takes nothing: {}", read.id(), reason);
        }
    }

    /// @return false: the turn is over
    private boolean putOff(Outcome.Later later) {
        failed(later.reason());
        standing.waitFor(later.time());
        stopAfterDays();
        return false;
    }

    private boolean goesOn() {
        if (!standing.isDown()) {
            return true;
        }
        standing.waitFor(Duration.ZERO);
        stopAfterDays();
        return false;
    }

    private void stopAfterDays() {
        if (standing.isHopeless()) {
            var _ =
                    end(
                            State.STOPPED,
                            "it took nothing for three days: " + standing.progress().problem());
        }
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
        if (!ended) {
            place.keep(standing.progress(), tried);
        }
    }

    /// Until there is something to do for what is known now; never none, or it would do nothing
    /// over and over.
    private Duration pause() {
        Instant next = standing.progress().notBefore();
        if (next == null) {
            next = tried ? means.records().waiting(read.id()).due() : due;
        }
        if (next == null) {
            return Deliveries.LOOK;
        }
        Duration left = Duration.between(now(), next);
        return left.compareTo(SOON) > 0 ? left : SOON;
    }
}
