package io.tributary.host.agents;

import io.tributary.host.access.Principal;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Customers;
import io.tributary.host.journal.Filter;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what a reader wants from the query, within what the token sees. Blocking where a customer
/// is named.
public final class Filters {

    private final Customers customers;

    private final Conversations conversations;

    Filters(Customers customers, Conversations conversations) {
        this.customers = customers;
        this.conversations = conversations;
    }

    /// Which signals the query asks for: of all customers on the accounts that it may see, or of
    /// the one of a conversation.
    ///
    /// @throws Refusal a value cannot be, the token does not see the account, or there is no such
    ///   conversation
    public Watched watched(Map<String, List<String>> query, Principal principal) {
        Set<AccountId> accounts = accounts(query, principal);
        ConversationId conversation = one(query, "conversation", ConversationId::of);
        if (conversation == null) {
            return new Watched(accounts, null);
        }
        return conversations
                .byId(conversation)
                .filter(found -> principal.sees(found.account()))
                .map(found -> new Watched.End(found.account(), found.line(), found.address()))
                .map(end -> new Watched(accounts, end))
                .orElseThrow(() -> Refusal.notFound("there is no conversation of this id"));
    }

    /// What the query asks for.
    ///
    /// @param query names to values; a value may be several, separated by commas. A customer stands
    ///   for all that were merged into it so far
    /// @throws Refusal a value cannot be, or the token does not see the account
    public Filter of(Map<String, List<String>> query, Principal principal) {
        return new Filter(
                all(query, "channel", ChannelId::new),
                accounts(query, principal),
                one(query, "conversation", ConversationId::of),
                customers(query),
                one(query, "direction", Filters::direction),
                all(query, "type", type -> type));
    }

    /// The accounts that were asked for, or that the token is limited to; empty: all.
    ///
    /// @throws Refusal the token does not see one
    public Set<AccountId> accounts(Map<String, List<String>> query, Principal principal) {
        Set<AccountId> asked = all(query, "account", AccountId::new);
        for (AccountId account : asked) {
            if (!principal.sees(account)) {
                throw Refusal.notFound("there is no account of this name");
            }
        }
        return asked.isEmpty() ? principal.accounts() : asked;
    }

    /// The customer that was asked for, with all that were merged into it; empty: none was.
    public Set<CustomerId> customers(Map<String, List<String>> query) {
        CustomerId customer = one(query, "customer", CustomerId::of);
        if (customer == null) {
            return Set.of();
        }
        Set<CustomerId> aliases = new LinkedHashSet<>(customers.aliases(customer));
        aliases.add(customer);
        return aliases;
    }

    static <T> @Nullable T one(
            Map<String, List<String>> query, String name, Function<String, T> reader) {
        Set<T> all = all(query, name, reader);
        if (all.size() > 1) {
            throw new Refusal(Refusal.Why.INVALID, name + " is given more than once");
        }
        return all.isEmpty() ? null : all.iterator().next();
    }

    static <T> Set<T> all(
            Map<String, List<String>> query, String name, Function<String, T> reader) {
        Set<T> all = new LinkedHashSet<>();
        for (String values : query.getOrDefault(name, List.of())) {
            for (String value : values.split(",", -1)) {
                if (!value.isBlank()) {
                    all.add(read(name, value.strip(), reader));
                }
            }
        }
        return all;
    }

    private static <T> T read(String name, String value, Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(Refusal.Why.INVALID, name + ": " + wrong.getMessage());
        }
    }

    private static Direction direction(String text) {
        for (Direction direction : Direction.values()) {
            if (direction.name().toLowerCase(Locale.ROOT).equals(text)) {
                return direction;
            }
        }
        throw new IllegalArgumentException("must be inbound, outbound or internal");
    }
}
