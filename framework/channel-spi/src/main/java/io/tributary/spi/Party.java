package io.tributary.spi;

import io.tributary.model.Identity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is at the other end.
///
/// @param address where replies go, 1 to 512 characters
/// @param name as the provider shows it; null: unknown
/// @param aliases other addresses of the same end on this account, such as an old number
/// @param identities who it is; only those with evidence that the host can check join customers
/// @param session the address is a session's: made for whoever is there now, and nobody else comes
///   to it or can pose as them. Whom the channel vouches for in it was there from its beginning
public record Party(
        String address,
        @Nullable String name,
        Set<String> aliases,
        List<Identity> identities,
        boolean session) {

    public Party {
        Shape.name(address, "a party's address");
        aliases = Set.copyOf(aliases);
        identities = List.copyOf(identities);
        for (var alias : aliases) {
            Shape.name(alias, "a party's alias");
        }
    }

    /// One whose address is theirs for longer than a session.
    public static Party of(String address, Identity... identities) {
        return new Party(address, null, Set.of(), List.of(identities), false);
    }

    /// The same, whose address is a session's.
    public Party inSession() {
        return new Party(address, name, aliases, identities, true);
    }

    /// The same under a name; null or blank: none.
    public Party named(@Nullable String shown) {
        var known = shown == null || shown.isBlank() ? null : shown;
        return new Party(address, known, aliases, identities, session);
    }

    /// The same, known under these addresses, too.
    public Party aliases(String... others) {
        return new Party(address, name, Set.of(others), identities, session);
    }

    /// Nothing of it: all of it is personal.
    @Override
    public String toString() {
        return "Party[" + identities.size() + " identities]";
    }
}
