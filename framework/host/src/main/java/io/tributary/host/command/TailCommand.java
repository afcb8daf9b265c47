package io.tributary.host.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tributary tail`: the stream in a terminal.
@Command(
        name = "tail",
        description = "Shows interactions as they happen, on all channels.",
        footer = {
            "",
            "Examples:",
            "  tributary tail --follow",
            "  tributary tail --follow --account shop --type text",
            "  tributary tail --json -n 100 | jq -r .data.fallbackText"
        })
final class TailCommand implements Callable<Integer> {

    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Connection connection = new Connection();

    @Option(
            names = {"-f", "--follow"},
            description = "Stays and shows what comes; reconnects by itself.")
    boolean follow;

    @Option(names = "--after", paramLabel = "CURSOR", description = "Begins after this cursor.")
    @Nullable String after;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            defaultValue = "20",
            description = "Begins with the last N (default: ${DEFAULT-VALUE}).")
    int last;

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "Only this channel.")
    @Nullable String channel;

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only this account.")
    @Nullable String account;

    @Option(names = "--conversation", paramLabel = "ID", description = "Only this conversation.")
    @Nullable String conversation;

    @Option(
            names = "--direction",
            paramLabel = "WAY",
            description = "inbound, outbound or internal.")
    @Nullable String direction;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only this type of content, such as text.")
    @Nullable String type;

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(spec.commandLine().getOut(), connection.json);
        try (Client client = connection.client()) {
            String cursor = after == null ? latest(client, output) : page(client, output, after);
            long pause = 200;
            while (follow) {
                String reached = stream(client, output, cursor);
                pause = reached.equals(cursor) ? Math.min(pause * 2, LONGEST_PAUSE_MILLIS) : 200;
                cursor = reached;
                Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
            }
            return Exit.OK;
        }
    }

    /// Shows what is there after the cursor, page by page.
    private String page(Client client, Output output, String from) {
        String cursor = from;
        while (true) {
            JsonNode page =
                    client.get(
                            "/v1/interactions?limit=500&after="
                                    + Client.escape(cursor)
                                    + filters());
            page.path("items").forEach(event -> show(output, event));
            String next = page.path("next").asString(cursor);
            if (page.path("items").isEmpty() && next.equals(cursor)) {
                return cursor;
            }
            cursor = next;
        }
    }

    /// Shows the last few; the member hands out the cursor of now.
    private String latest(Client client, Output output) {
        JsonNode page = client.get("/v1/interactions?last=" + last + filters());
        page.path("items").forEach(event -> show(output, event));
        return page.path("next").asString("");
    }

    private String stream(Client client, Output output, String from) {
        String cursor = from;
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                client.stream(
                                        "/v1/stream?after=" + Client.escape(cursor) + filters()),
                                StandardCharsets.UTF_8))) {
            String id = cursor;
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5);
                } else if (line.isEmpty()) {
                    // only now the event is whole: one that was cut comes again
                    if (!data.isEmpty()) {
                        event(output, Client.JSON.readTree(data));
                    }
                    cursor = id;
                    data = "";
                }
            }
        } catch (IOException cut) {
            spec.commandLine()
                    .getErr()
                    .println("… the connection was cut; going on where it ended");
        } catch (CommandFailed failed) {
            if (failed.exit() != Exit.UNAVAILABLE) {
                throw failed;
            }
        }
        return cursor;
    }

    private static void event(Output output, JsonNode event) {
        if (event.has("data")) {
            show(output, event);
        }
    }

    private static void show(Output output, JsonNode event) {
        if (!output.json(event)) {
            output.screen().interaction(event.path("data"));
        }
    }

    private String filters() {
        var query = new StringBuilder();
        add(query, "channel", channel);
        add(query, "account", account);
        add(query, "conversation", conversation);
        add(query, "direction", direction);
        add(query, "type", type);
        return query.toString();
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append('&').append(name).append('=').append(Client.escape(value));
        }
    }
}
