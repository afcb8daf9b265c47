package io.tributary.host.inbound;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.model.Reason;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Has the plugin translate events, each on its own, so that a bad one harms no neighbour.
final class Translation {

    private final Prints prints;

    Translation(Prints prints) {
        this.prints = prints;
    }

    /// Runs on a virtual thread of the account's calls.
    ///
    /// @param whenStuck see [Calls#call]
    /// @throws PluginFailure the plugin is being closed, or hangs: nothing is known of the event
    List<Translated> of(Arrived arrived, Runnable whenStuck)
            throws PluginFailure, InterruptedException {
        if (arrived.events().size() == 1) {
            return List.of(one(arrived, arrived.events().getFirst(), whenStuck));
        }
        var all = new ArrayList<Translated>(arrived.events().size());
        for (RawEvent event : arrived.events()) {
            all.add(one(arrived, event, whenStuck));
        }
        return all;
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
        if (event.piece() != null) {
            return Translated.spoiled(
                    event,
                    Reason.of(
                            "pieces-not-gathered",
                            "this member does not put pieces together yet; nothing of it is lost"),
                    "");
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
        return List.copyOf(arrived.translates().translate(Arrival.of(event, arrived.receivedAt())));
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
        return event.dedupe() instanceof Dedupe.Print print
                && prints.seen(arrived.account().id(), print, arrived.receivedAt());
    }
}
