package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Pieces;
import io.tributary.host.journal.Unit;
import io.tributary.model.Reason;
import io.tributary.spi.Outcome;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Translates;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes up wholes: when their last piece was kept, or when patience is over and some are missing
/// (guarantee 12). Translated and stored they are like any event, with the time at which their
/// first piece came; what cannot be translated is a dead letter, pieces and all.
///
/// One virtual thread looks after all accounts; whatever it does is found undone by the next one
/// where a crash interrupts it.
public final class Wholes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wholes.class);

    private static final int AT_ONCE = 200;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /// Between two looks at whether an account that is down is open again.
    private static final Duration POSTPONED = Duration.ofSeconds(30);

    private final OpenAccounts accounts;
    private final Inbox inbox;
    private final Means means;
    private final Journal journal;
    private final LateStoring late;
    private final Thread thread;
    private volatile boolean closed;

    public Wholes(OpenAccounts accounts, Inbox inbox) {
        this.accounts = accounts;
        this.inbox = inbox;
        this.means = inbox.means();
        this.journal = means.journal();
        this.late = new LateStoring(means);
        this.thread = Thread.ofVirtual().name("wholes").unstarted(this::run);
    }

    public Wholes start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!closed) {
                means.bell().await(look());
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration look() throws InterruptedException {
        try {
            takeUp();
            return journal.pieces()
                    .nextDue()
                    .map(due -> Duration.between(means.clock().instant(), due))
                    .filter(wait -> wait.compareTo(IDLE) < 0)
                    .map(wait -> wait.isPositive() ? wait : Duration.ofMillis(1))
                    .orElse(IDLE);
        } catch (JournalUnavailable unavailable) {
            LOG.debug("pieces wait for the journal: {}", unavailable.getMessage());
        } catch (RuntimeException failure) {
            LOG.warn(
                    "pieces could not be put together and are tried again: {}",
                    failure.getClass().getName());
        }
        return AGAIN;
    }

    /// Takes up all that is due now.
    void takeUp() throws InterruptedException {
        List<Pieces.Whole> due;
        do {
            due = journal.pieces().due(means.clock().instant(), AT_ONCE);
            for (Pieces.Whole whole : due) {
                guarded(whole);
            }
        } while (due.size() == AT_ONCE && !closed);
    }

    /// One that cannot be read or that the journal refuses for good must not keep the others
    /// waiting.
    private void guarded(Pieces.Whole whole) throws InterruptedException {
        try {
            takeUp(whole);
        } catch (RuntimeException failure) {
            Throwable cause = Late.cause(failure);
            LOG.error(
                    "account={} pieces of whole {} cannot be taken up, trying again later: {}",
                    whole.account(),
                    whole.number(),
                    cause.getClass().getName());
            postpone(whole);
        }
    }

    private void takeUp(Pieces.Whole whole) throws InterruptedException {
        List<Pieces.Piece> waiting = journal.pieces().waiting(whole.account(), whole.group());
        List<Pieces.Piece> pieces =
                waiting.stream()
                        .filter(piece -> piece.whole() == whole.number())
                        .sorted(
                                Comparator.comparingInt(Pieces.Piece::number)
                                        .thenComparingLong(Pieces.Piece::id))
                        .toList();
        if (pieces.isEmpty()) {
            return;
        }
        var forms = pieces.stream().map(piece -> EventForm.tree(piece.body())).toList();
        List<RawEvent> events = forms.stream().map(EventForm::read).toList();
        String device = EventForm.device(forms.getLast());
        Instant first =
                pieces.stream().map(Pieces.Piece::receivedAt).min(Instant::compareTo).orElseThrow();
        var closing =
                new Item(
                        null,
                        List.of(
                                new Expect.PiecesAre(
                                        whole.account(),
                                        whole.group(),
                                        waiting.size(),
                                        waiting.getLast().id())),
                        List.of(
                                new Change.DropPieces(
                                        whole.account(), whole.group(), whole.number())));
        switch (accounts.find(whole.account())) {
            case OpenAccounts.Found.Open open ->
                    takeUp(whole, new Gathered(events, first, device, closing), open.account());
            case OpenAccounts.Found.Down _ -> {
                if (first.plus(Sweep.PATIENCE).isBefore(means.clock().instant())) {
                    giveUp(
                            whole,
                            new Gathered(events, first, device, closing),
                            Reason.of("account-down", "its account was down for three days"));
                } else {
                    postpone(whole);
                }
            }
            case OpenAccounts.Found.Unknown _ ->
                    giveUp(
                            whole,
                            new Gathered(events, first, device, closing),
                            Reason.of("account-gone", "its account is gone"));
        }
    }

    /// @param closing takes the pieces away, unless others came meanwhile
    /// @param device through which the last of them came; null: through none
    private record Gathered(
            List<RawEvent> events, Instant first, @Nullable String device, Item closing) {}

    private void takeUp(Pieces.Whole whole, Gathered gathered, OpenAccount account)
            throws InterruptedException {
        Optional<Translates> translates = account.ability(Translates.class);
        if (translates.isEmpty()) {
            giveUp(
                    whole,
                    gathered,
                    Reason.of("receives-nothing", "its account receives nothing any more"));
            return;
        }
        var arrived =
                new Arrived(
                        account,
                        translates.get(),
                        gathered.events(),
                        List.of(),
                        List.of(),
                        gathered.first(),
                        null,
                        Arrived.Unity.of(gathered.events()),
                        gathered.device(),
                        List.of(),
                        false);
        Translated translated;
        try {
            translated = inbox.translation().asked(arrived).getFirst();
        } catch (PluginFailure closingOrStuck) {
            postpone(whole);
            return;
        }
        var result = late.store(arrived, translated, gathered.closing());
        if (result instanceof LateStoring.Result.Unfit unfit) {
            translated = translated.unfit(unfit.why());
            result = late.store(arrived, translated, gathered.closing());
        }
        switch (result) {
            case LateStoring.Result.Stored _ ->
                    inbox.counts()
                            .event(
                                    whole.account(),
                                    translated.spoiled() == null
                                            ? Outcome.Fate.STORED
                                            : Outcome.Fate.DEAD_LETTER);
            // One more piece has come: it is looked at again with that one.
            case LateStoring.Result.Taken _ -> means.bell().ring();
            case LateStoring.Result.Busy _, LateStoring.Result.Unfit _ -> postpone(whole);
        }
    }

    private void giveUp(Pieces.Whole whole, Gathered gathered, Reason why) {
        var letter =
                DeadEvents.deadLetter(whole.account(), gathered.events(), gathered.first(), why);
        journal.append(
                        new Unit(
                                List.of(
                                        gathered.closing(),
                                        new Item(null, List.of(), List.of(letter)))))
                .join();
        inbox.counts().event(whole.account(), Outcome.Fate.DEAD_LETTER);
    }

    private void postpone(Pieces.Whole whole) {
        Instant due = means.clock().instant().plus(POSTPONED);
        journal.append(
                        Unit.of(
                                new Change.PostponePieces(
                                        whole.account(), whole.group(), whole.number(), due)))
                .join();
    }

    @Override
    public void close() {
        closed = true;
        means.bell().ring();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
