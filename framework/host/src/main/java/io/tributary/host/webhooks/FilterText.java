package io.tributary.host.webhooks;

import io.tributary.host.journal.Filter;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Which events a webhook wants, as JSON: `{"channel":["sms"],"direction":["inbound"]}`. What is
/// not there is not asked about.
public final class FilterText {

    private static final JsonMapper JSON = new JsonMapper();

    private FilterText() {}

    /// As operators write it.
    public static ObjectNode node(Filter filter) {
        ObjectNode node = JSON.createObjectNode();
        put(node, "channel", filter.channels().stream().map(ChannelId::value).toList());
        put(node, "account", filter.accounts().stream().map(AccountId::value).toList());
        if (filter.conversation() != null) {
            node.putArray("conversation").add(filter.conversation().toString());
        }
        if (filter.direction() != null) {
            node.putArray("direction").add(filter.direction().name().toLowerCase(Locale.ROOT));
        }
        put(node, "type", filter.types());
        return node;
    }

    static String write(Filter filter) {
        return node(filter).toString();
    }

    /// Reads what [#write] wrote.
    static Filter read(String text) {
        JsonNode node = JSON.readTree(text);
        Set<ConversationId> conversations = all(node, "conversation", ConversationId::of);
        Set<Direction> directions =
                all(node, "direction", name -> Direction.valueOf(name.toUpperCase(Locale.ROOT)));
        return new Filter(
                all(node, "channel", ChannelId::new),
                all(node, "account", AccountId::new),
                conversations.stream().findFirst().orElse(null),
                Set.of(),
                directions.stream().findFirst().orElse(null),
                all(node, "type", type -> type));
    }

    private static void put(ObjectNode node, String name, Collection<String> values) {
        if (!values.isEmpty()) {
            values.stream().sorted().forEach(node.withArray(name)::add);
        }
    }

    private static <T> Set<T> all(JsonNode node, String name, Function<String, T> made) {
        Set<T> all = new LinkedHashSet<>();
        node.path(name).forEach(each -> all.add(made.apply(each.asString())));
        return all;
    }
}
