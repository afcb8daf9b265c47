package io.tributary.host.inbound;

import io.tributary.host.journal.Directory;
import io.tributary.host.journal.LogReader;
import io.tributary.json.InteractionJson;
import io.tributary.model.InteractionId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Whether who says something about a message is the end with which its conversation is, or the one
/// that the message itself went to: an agent may have chosen another of the customer's.
///
/// An end, not a customer: what arrived at one watch did not arrive at another of the same person,
/// and people may part again whom they have made one. Reads the journal.
final class SameEnd {

    private final LogReader log;
    private final Function<String, Directory.@Nullable End> known;

    /// @param known who is at an address of the account; null: nobody was heard of there
    SameEnd(LogReader log, Function<String, Directory.@Nullable End> known) {
        this.log = log;
        this.known = known;
    }

    /// @param message that something is said about
    /// @param address of who says it
    /// @param aliases other addresses of theirs
    boolean is(Place place, InteractionId message, String address, Set<String> aliases) {
        return is(place.address(), address, aliases)
                || went(message).filter(there -> is(there, address, aliases)).isPresent();
    }

    private Optional<String> went(InteractionId message) {
        return log.byId(message).map(row -> InteractionJson.decode(row.body().toArray()).address());
    }

    private boolean is(String end, String address, Set<String> aliases) {
        return isAt(end, address) || aliases.stream().anyMatch(alias -> isAt(end, alias));
    }

    private boolean isAt(String end, String address) {
        return address.equals(end) || primary(address).equals(primary(end));
    }

    private String primary(String address) {
        Directory.End end = known.apply(address);
        return end == null ? address : end.primary();
    }
}
