package io.tributary.host.agents;

import io.tributary.host.access.Principal;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.host.journal.Customers;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Conversations as agent apps see them. Blocking.
///
/// Every answer carries the cursor of its snapshot, taken before anything was read: who follows the
/// stream from there misses nothing (and may see again what the answer held already).
public final class ConversationViews {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Conversations conversations;
    private final Customers customers;
    private final LogReader log;
    private final Cursors cursors;
    private final Filters filters;

    ConversationViews(Journal journal, Cursors cursors, Filters filters) {
        this.conversations = journal.conversations();
        this.customers = journal.customers();
        this.log = journal.log();
        this.cursors = cursors;
        this.filters = filters;
    }

    /// One conversation.
    ///
    /// @throws Refusal it is not there, or the token does not see it
    public Bytes one(ConversationId id, Principal principal) {
        String cursor = cursors.now();
        Conversation conversation = need(id, principal);
        return rendered(out -> write(out, conversation, cursor));
    }

    /// Newest activity first.
    ///
    /// @param query `open`, `account`, `channel`, `customer`, `claimedBy`, `before`
    /// @throws Refusal a parameter cannot be
    public Bytes page(Map<String, List<String>> query, int limit, Principal principal) {
        String cursor = cursors.now();
        var wanted =
                new Conversations.Query(
                        filters.accounts(query, principal),
                        Filters.one(query, "channel", ChannelId::new),
                        Filters.one(query, "open", ConversationViews::flag),
                        filters.customers(query),
                        Filters.one(query, "claimedBy", agent -> agent));
        String before = Filters.one(query, "before", text -> text);
        long from = before == null ? Long.MAX_VALUE : cursors.needPlace(before);
        List<Conversation> page = conversations.page(wanted, from, limit);
        return rendered(out -> {
            out.writeStartObject();
            out.writeArrayPropertyStart("items");
            page.forEach(conversation -> write(out, conversation, cursor));
            out.writeEndArray();
            if (page.size() == limit) {
                out.writeStringProperty("next", cursors.of(page.getLast().lastPosition()));
            }
            out.writeStringProperty("cursor", cursor);
            out.writeEndObject();
        });
    }

    /// What happened in a conversation, oldest first: after a cursor, before one, or the newest.
    ///
    /// @return `{"items":[event…],"next":cursor,"previous":cursor}`; `previous` only where there is
    ///   more before
    /// @throws Refusal it is not there, not seen, or a cursor is no good
    public Bytes interactions(
            ConversationId id,
            @Nullable String after,
            @Nullable String before,
            int limit,
            Principal principal) {
        long now = log.head();
        need(id, principal);
        if (after != null) {
            long from = cursors.need(after);
            List<Row> rows = conversations.interactions(id, from, limit);
            long last = rows.isEmpty() ? from : rows.getLast().position();
            // what was committed meanwhile may be among them: it is not to come again
            long next = rows.size() < limit ? Math.max(now, last) : last;
            return interactions(rows, cursors.of(next), null);
        }
        // one more than wanted tells whether there is more; `before` is the cursor of what was seen
        // first, so it is left out
        long end = before == null ? Long.MAX_VALUE : cursors.need(before);
        List<Row> found = conversations.interactionsBefore(id, end, limit + 1);
        boolean more = found.size() > limit;
        List<Row> rows = more ? found.subList(1, found.size()) : found;
        return interactions(
                rows,
                before == null ? cursors.of(now) : before,
                more ? cursors.of(rows.getFirst().position()) : null);
    }

    private Bytes interactions(List<Row> rows, String next, @Nullable String previous) {
        String rest =
                "\"next\":\""
                        + next
                        + "\""
                        + (previous == null ? "}" : ",\"previous\":\"" + previous + "\"}");
        return Pages.json(rows.stream().map(row -> new Event(row, cursors)).toList(), rest);
    }

    private Conversation need(ConversationId id, Principal principal) {
        return conversations
                .byId(id)
                .filter(conversation -> principal.sees(conversation.account()))
                .orElseThrow(() -> Refusal.notFound("there is no conversation of this id"));
    }

    private void write(JsonGenerator out, Conversation conversation, String cursor) {
        out.writeStartObject();
        out.writeStringProperty("id", conversation.id().toString());
        customer(out, conversation.customer());
        out.writeStringProperty("channel", conversation.channel().value());
        out.writeStringProperty("account", conversation.account().value());
        out.writeStringProperty("line", conversation.line());
        out.writeStringProperty("address", conversation.address());
        optional(out, "thread", conversation.thread());
        optional(out, "locale", conversation.locale());
        out.writeBooleanProperty("open", conversation.closedAt() == null);
        out.writeStringProperty("openedAt", conversation.openedAt().toString());
        optional(out, "closedAt", conversation.closedAt());
        out.writeStringProperty("lastAt", conversation.lastAt().toString());
        out.writeNumberProperty("lastPosition", conversation.lastPosition());
        out.writeNumberProperty("contentPosition", conversation.contentPosition());
        out.writeNumberProperty("customerPosition", conversation.customerPosition());
        optional(out, "lastFromCustomer", conversation.lastFromCustomer());
        last(out, conversation.contentPosition());
        claim(out, conversation);
        out.writeStringProperty("cursor", cursor);
        out.writeEndObject();
    }

    private void customer(JsonGenerator out, CustomerId id) {
        Optional<Customers.Customer> customer = customers.byId(id);
        out.writeObjectPropertyStart("customer");
        out.writeStringProperty("id", customer.map(Customers.Customer::id).orElse(id).toString());
        customer.ifPresent(known -> optional(out, "name", known.name()));
        out.writeEndObject();
    }

    /// The last content is put in as it is stored.
    private void last(JsonGenerator out, long position) {
        if (position > 0) {
            log.at(position)
                    .ifPresent(row -> {
                        out.writeName("last");
                        out.writeRawValue(Interactions.json(row).utf8());
                    });
        }
    }

    private static void claim(JsonGenerator out, Conversation conversation) {
        String agent = conversation.claimedBy();
        if (agent == null) {
            return;
        }
        out.writeObjectPropertyStart("claim");
        out.writeObjectPropertyStart("agent");
        out.writeStringProperty("id", agent);
        optional(out, "name", conversation.claimedName());
        out.writeEndObject();
        optional(out, "since", conversation.claimedAt());
        out.writeEndObject();
    }

    private static void optional(JsonGenerator out, String name, @Nullable Object value) {
        if (value != null) {
            out.writeStringProperty(name, value.toString());
        }
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    /// Writes one document.
    @FunctionalInterface
    private interface Rendering {
        void to(JsonGenerator out);
    }

    private static Bytes rendered(Rendering rendering) {
        var bytes = new ByteArrayOutputStream(2_048);
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            rendering.to(out);
        }
        return Bytes.wrap(bytes.toByteArray());
    }
}
