package io.tributary.host.inbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.host.phones.PhoneNumbers;
import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Delivery;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.Translates;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// From delivered events to the log: translated one by one, decided, and committed together.
///
/// Thread safe. Nothing here holds a thread while the journal commits.
public final class Inbox {

    private final Means means;
    private final Translation translation;
    private final Signals signals;
    private final Counts counts;

    /// Takes signals of customers, such as that they are typing: shown to whoever watches now,
    /// never kept.
    @FunctionalInterface
    public interface Signals {

        /// Called on the journal's thread: hand over and return.
        void pass(AccountId account, Signal signal);
    }

    /// One to which every telephone number comes with its country's code.
    public Inbox(
            Journal journal,
            TimeOrderedIds ids,
            InstantSource clock,
            Signals signals,
            MeterRegistry meters) {
        this(journal, ids, clock, signals, meters, new PhoneNumbers(Map.of(), meters));
    }

    /// @param phones brings the telephone numbers that customers are known by into one form
    public Inbox(
            Journal journal,
            TimeOrderedIds ids,
            InstantSource clock,
            Signals signals,
            MeterRegistry meters,
            PhoneNumbers phones) {
        this.means =
                new Means(
                        journal, new Places(), new Asked(journal), ids, clock, new Bell(), phones);
        this.translation = new Translation(new Prints(), journal);
        this.signals = signals;
        this.counts = new Counts(meters);
    }

    /// Stores what a connection or a device delivered. To be called on a virtual thread of the
    /// account's calls.
    ///
    /// @param device through which it came; null: through none
    /// @return one outcome per event, in order, once all are durable; fails with [NotStored] when
    ///   nothing is to be acknowledged
    public CompletableFuture<List<Outcome>> deliver(
            OpenAccount account,
            Translates translates,
            @Nullable String device,
            Delivery delivery) {
        return deliver(account, translates, device, List.of(), delivery);
    }

    /// The same, and nothing is stored where something is not so any more: it fails as lost.
    ///
    /// @param expects such as that whoever delivers still runs the slot
    public CompletableFuture<List<Outcome>> deliver(
            OpenAccount account,
            Translates translates,
            @Nullable String device,
            List<Expect> expects,
            Delivery delivery) {
        var outcomes = new CompletableFuture<List<Outcome>>();
        var arrived =
                new Arrived(
                        account,
                        translates,
                        delivery.events(),
                        delivery.state(),
                        delivery.signals(),
                        means.clock().instant(),
                        null,
                        Arrived.Unity.EACH,
                        device,
                        expects,
                        false);
        deliver(
                arrived,
                new Settled() {
                    @Override
                    public void stored(Stored stored) {
                        account.calls()
                                .start(
                                        account.id(),
                                        "outcomes",
                                        () -> stored.outcomes(means.journal(), outcomes));
                    }

                    @Override
                    public void notStored(NotStored.Why why, String text) {
                        outcomes.completeExceptionally(new NotStored(why, text));
                    }
                });
        return outcomes;
    }

    /// Stores what arrived and tells `settled` once. To be called on a virtual thread of the
    /// account's calls.
    void deliver(Arrived arrived, Settled settled) {
        new DeliveryRun(means, translation, signals, counts, arrived, settled).begin();
    }

    /// Customers were merged or parted: what is remembered of them is looked up again.
    public void forget() {
        means.places().forgetAll();
    }

    /// These were stored, here or elsewhere: what our side said may be a question.
    public void committed(List<Row> rows) {
        means.asked().committed(rows);
    }

    Means means() {
        return means;
    }

    Translation translation() {
        return translation;
    }

    Counts counts() {
        return counts;
    }
}
