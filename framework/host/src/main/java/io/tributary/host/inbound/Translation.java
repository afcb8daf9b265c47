package io.tributary.host.inbound;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.Reason;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Has the plugin translate events, each on its own, so that a bad one harms no neighbour.
final class Translation {

    /// One event of a provider is one thing that happened, seldom a handful. A list that is longer
    /// than this is a mistake that would take the member's memory.
    private static final int MOST = 1_000;

    private final Prints prints;
    private final Journal journal;

    Translation(Prints prints, Journal journal) {
        this.prints = prints;
        this.journal = journal;
    }

    /// Runs on a virtual thread of the account's calls.
    ///
    /// @param whenStuck see [Calls#call]
    /// @throws PluginFailure the plugin is being closed, or hangs: nothing is known of the event
    List<Translated> of(Arrived arrived, Runnable whenStuck)
            throws PluginFailure, InterruptedException {
        RawEvent first = arrived.events().isEmpty() ? null : arrived.events().getFirst();
        if (first != null
                && (arrived.unity() != Arrived.Unity.EACH || arrived.events().size() == 1)) {
            return List.of(one(arrived, first, whenStuck));
        }
        var all = new ArrayList<Translated>(arrived.events().size());
        for (RawEvent event : arrived.events()) {
            all.add(one(arrived, event, whenStuck));
        }
        return all;
    }

    /// The same on a thread of its own, for who looks after others, too: a call that hangs costs it
    /// no more than the call's deadline.
    List<Translated> asked(Arrived arrived) throws PluginFailure, InterruptedException {
        return arrived.account()
                .calls()
                .ask(
                        arrived.account().id(),
                        Calls.Kind.TRANSLATE,
                        whenStuck -> of(arrived, whenStuck));
    }

    /// What was seen by [#of] and not stored after all.
    void forget(Arrived arrived) {
        for (RawEvent event : arrived.events()) {
            if (event.dedupe() instanceof Dedupe.Print print) {
                prints.forget(arrived.account().id(), print);
            }
        }
    }

    private Translated one(Arrived arrived, RawEvent event, Runnable whenStuck)
            throws PluginFailure, InterruptedException {
        if (event.piece() != null && arrived.unity() == Arrived.Unity.EACH) {
            return Translated.piece(event);
        }
        try {
            List<Inbound> inbounds =
                    arrived.account()
                            .calls()
                            .call(
                                    Calls.Kind.TRANSLATE,
                                    arrived.account().id(),
                                    () -> translate(arrived, event),
                                    whenStuck);
            if (inbounds.size() > MOST) {
                throw new Nonsense("more than " + MOST + " interactions of one event");
            }
            return Translated.of(
                    event, Checked.all(arrived.account(), inbounds), seenBefore(arrived, event));
        } catch (Nonsense nonsense) {
            return Translated.spoiled(event, Reason.of("nonsense", nonsense.text()), "");
        } catch (IllegalArgumentException refused) {
            return Translated.spoiled(
                    event, Reason.of("nonsense", "the model refuses what the plugin said"), "");
        } catch (PluginFailure failure) {
            return Translated.spoiled(
                    event, reason(failure), Objects.toString(failure.getMessage(), ""));
        }
    }

    private static List<Inbound> translate(Arrived arrived, RawEvent event) throws Exception {
        var arrival =
                switch (arrived.unity()) {
                    case EACH -> Arrival.of(event, arrived.receivedAt());
                    case WHOLE -> new Arrival(arrived.events(), true, arrived.receivedAt());
                    case PART -> new Arrival(arrived.events(), false, arrived.receivedAt());
                };
        // one too many tells enough: the list itself may be of any length
        return arrived.translates().translate(arrival).stream().limit(MOST + 1).toList();
    }

    /// What was thrown stays out of the reason, since it may quote the customer; it is kept in the
    /// dead letter itself.
    private static Reason reason(PluginFailure failure) throws PluginFailure {
        return switch (failure.why()) {
            case THROWN, MALFORMED, TROUBLE, NOT_STORED ->
                    Reason.of("translate-threw", "the plugin threw " + failure.type());
            case DEADLINE -> Reason.of("translate-late", "the plugin did not answer in time");
            case STUCK, CLOSED -> throw failure;
        };
    }

    private boolean seenBefore(Arrived arrived, RawEvent event) {
        if (!(event.dedupe() instanceof Dedupe.Print print)
                || arrived.unity() != Arrived.Unity.EACH
                || arrived.replayed()) {
            return false;
        }
        AccountId account = arrived.account().id();
        Instant now = arrived.receivedAt();
        Instant before = prints.see(account, print, now);
        if (before == null || !near(before, now, print)) {
            // another member may have seen it since
            before = journal.directory().printSeen(account, print.print()).orElse(null);
        }
        return before != null && near(before, now, print);
    }

    private static boolean near(Instant before, Instant now, Dedupe.Print print) {
        return Duration.between(before, now).abs().compareTo(print.within()) <= 0;
    }
}
