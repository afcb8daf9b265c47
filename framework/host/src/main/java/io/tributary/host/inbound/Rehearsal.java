package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import io.tributary.model.Direction;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Translates;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an account has to show before another version of its plugin may serve it: that it
/// understands what the account received lately, as every version must (guarantee 8). Pieces of a
/// whole are left out: they mean something together only. Nothing of it is stored. Besides, the
/// code that is needed first is loaded then, and no customer waits for it.
public final class Rehearsal {

    /// So far back is looked for what the account received.
    private static final long STRETCH = 2_000;

    private static final int EVENTS = 20;

    private final Journal journal;

    public Rehearsal(Journal journal) {
        this.journal = journal;
    }

    /// Translates what was kept.
    ///
    /// @return what went wrong, without what a customer said
    public Optional<String> of(OpenAccount account) throws InterruptedException {
        var translates = account.ability(Translates.class);
        if (translates.isEmpty()) {
            return Optional.empty();
        }
        for (var row : received(account)) {
            var raw = journal.log().raw(row.id());
            if (raw.isPresent() && !raw.get().piece()) {
                var wrong = translate(account, translates.get(), raw.get());
                if (wrong.isPresent()) {
                    return Optional.of(
                            "it does not understand what was received at position "
                                    + row.position()
                                    + " and was understood then: "
                                    + wrong.get());
                }
            }
        }
        return Optional.empty();
    }

    private List<Row> received(OpenAccount account) {
        var filter =
                new Filter(
                        Set.of(),
                        Set.of(account.id()),
                        null,
                        Set.of(),
                        Direction.INBOUND,
                        Set.of());
        long from = Math.max(0, journal.log().head() - STRETCH);
        List<Row> rows = journal.log().after(from, filter, (int) STRETCH).rows();
        return rows.subList(Math.max(0, rows.size() - EVENTS), rows.size());
    }

    private static Optional<String> translate(
            OpenAccount account, Translates translates, LogReader.Raw raw)
            throws InterruptedException {
        var event =
                new RawEvent(raw.kind(), raw.body(), raw.notes(), Dedupe.key("rehearsal"), null);
        try {
            List<Inbound> inbounds =
                    account.calls()
                            .ask(
                                    Calls.Kind.TRANSLATE,
                                    account.id(),
                                    () ->
                                            List.copyOf(
                                                    translates.translate(
                                                            Arrival.of(event, raw.receivedAt()))));
            Checked.all(account, inbounds);
            return Optional.empty();
        } catch (Nonsense nonsense) {
            return Optional.of(nonsense.text());
        } catch (IllegalArgumentException refused) {
            return Optional.of("the model refuses what it says");
        } catch (PluginFailure failure) {
            return Optional.of(told(failure));
        }
    }

    /// The type of what was thrown: its text may quote a customer.
    private static String told(PluginFailure failure) {
        return switch (failure.why()) {
            case THROWN, MALFORMED, TROUBLE, NOT_STORED -> "it threw " + failure.type();
            // the host's own words
            case DEADLINE, STUCK, CLOSED -> String.valueOf(failure.getMessage());
        };
    }
}
