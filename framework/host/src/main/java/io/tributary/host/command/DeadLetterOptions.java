package io.tributary.host.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// Which dead letters a command is about.
final class DeadLetterOptions {

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only of this account.")
    @Nullable String account;

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            description = "Only of the accounts of this channel.")
    @Nullable String channel;

    @Option(
            names = "--direction",
            paramLabel = "WAY",
            description = "Only what came (inbound) or what went (outbound).")
    @Nullable String direction;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind.")
    @Nullable String kind;

    @Option(names = "--reason", paramLabel = "CODE", description = "Only with this reason.")
    @Nullable String reason;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "Not older: an instant, or a span before now such as PT2H.")
    @Nullable String since;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description = "Older: an instant, or a span before now such as PT2H.")
    @Nullable String until;

    boolean isEmpty() {
        return members().isEmpty();
    }

    /// As the query of a path, each with `&` before it.
    String query() {
        return query(members());
    }

    /// Whether sends that were not made within their time may be among them unasked.
    boolean mayBringExpired() {
        return reason == null && !"inbound".equals(direction);
    }

    /// Those of them as the query of a path.
    String expired() {
        var members = members();
        members.put("reason", "expired");
        members.put("direction", "outbound");
        return query(members);
    }

    private static String query(Map<String, String> members) {
        return members.entrySet().stream()
                .map(each -> "&" + each.getKey() + "=" + Client.escape(each.getValue()))
                .collect(Collectors.joining());
    }

    ObjectNode body() {
        ObjectNode body = Client.JSON.createObjectNode();
        members().forEach(body::put);
        return body;
    }

    private Map<String, String> members() {
        var members = new LinkedHashMap<String, String>();
        put(members, "account", account);
        put(members, "channel", channel);
        put(members, "direction", direction);
        put(members, "kind", kind);
        put(members, "reason", reason);
        put(members, "since", since == null ? null : moment("--since", since));
        put(members, "until", until == null ? null : moment("--until", until));
        return members;
    }

    private static void put(Map<String, String> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /// An instant, or so long before now.
    static String moment(String option, String text) {
        try {
            return text.startsWith("P")
                    ? Instant.now().minus(Duration.parse(text)).toString()
                    : Instant.parse(text).toString();
        } catch (DateTimeException | ArithmeticException wrong) {
            throw new CommandFailed(
                    Exit.USAGE,
                    option
                            + " is neither an instant such as 2026-11-22T12:00:00Z nor a span such as"
                            + " PT2H.");
        }
    }
}
