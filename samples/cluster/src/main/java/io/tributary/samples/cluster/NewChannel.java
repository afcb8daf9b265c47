package io.tributary.samples.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A channel that no member knows comes into the running cluster: its jar is signed, uploaded to
/// one member, and serves on all.
///
/// It is `samples/echo-channel`: what is sent to a customer comes back as if the customer had said
/// it.
final class NewChannel {

    private static final Duration MOST = Duration.ofMinutes(2);

    private final Stage stage;
    private final Cluster cluster;
    private final Terminal terminal;
    private final String token = UUID.randomUUID().toString();

    NewChannel(Stage stage) {
        this.stage = stage;
        this.cluster = stage.cluster();
        this.terminal = stage.terminal();
    }

    /// @param key the members trust
    void tell(Path jar, Path key) throws IOException, InterruptedException {
        terminal.title("A channel that no member knows");
        Path signed = key.resolveSibling("echo-0.1.0.jar");
        Files.copy(jar, signed);
        terminal.line("$ tributary plugin sign echo-0.1.0.jar --key maker.key");
        cluster.launcher().run("plugin", "sign", signed.toString(), "--key", key.toString());
        Member first = cluster.members().getFirst();
        terminal.line("$ tributary plugin add echo-0.1.0.jar --url %s", first.url());
        long begin = System.nanoTime();
        var upload = new Upload(first, signed);
        Thread uploading = Thread.ofVirtual().start(upload);
        converge(begin, upload);
        uploading.join();
        upload.orThrow();
        connect(begin);
        for (int i = 0; i < cluster.members().size(); i++) {
            exchange(i);
        }
    }

    /// What a member takes while everybody looks on.
    private final class Upload implements Runnable {

        private final Member member;
        private final Path jar;
        private volatile String refused = "";

        private Upload(Member member, Path jar) {
            this.member = member;
            this.jar = jar;
        }

        @Override
        public void run() {
            try {
                cluster.operator().upload(member.url(), "/admin/v1/plugins", jar);
            } catch (IOException | InterruptedException failed) {
                refused = String.valueOf(failed.getMessage());
            }
        }

        void orThrow() throws IOException {
            if (!refused.isEmpty()) {
                throw new IOException(refused);
            }
        }
    }

    private void converge(long begin, Upload upload) throws IOException, InterruptedException {
        terminal.line("");
        List<String> head = cluster.members().stream().map(Member::name).toList();
        terminal.line("%7s   %s", "", columns(head));
        Map<Long, String> names =
                Slots.seen(cluster.operator(), cluster.members().getFirst().url()).names();
        var shown = new ArrayList<List<String>>();
        Stage.until(
                "the channel serves on all members",
                MOST,
                () -> {
                    upload.orThrow();
                    List<String> now = observed(names);
                    if (shown.isEmpty() || !shown.getLast().equals(now)) {
                        shown.add(now);
                        terminal.after(begin, "%s", columns(now));
                    }
                    return now.stream().allMatch(each -> each.startsWith("serving"));
                });
    }

    private static String columns(List<String> texts) {
        var line = new StringBuilder();
        texts.forEach(each -> line.append("%-18s".formatted(each)));
        return line.toString().stripTrailing();
    }

    /// What each member says of itself, as any of them tells it.
    private List<String> observed(Map<Long, String> names)
            throws IOException, InterruptedException {
        Map<String, String> states = new HashMap<>();
        URI any = cluster.members().getLast().url();
        JsonNode rollout = cluster.operator().find(any, "/admin/v1/plugins/echo/rollout");
        for (JsonNode each : rollout.path("members")) {
            String text = each.path("state").asString("") + " " + each.path("version").asString("");
            states.put(names.getOrDefault(each.path("member").asLong(), ""), text.strip());
        }
        return cluster.members().stream()
                .map(each -> states.getOrDefault(each.name(), "-"))
                .toList();
    }

    /// An account for each member to send for, if they share fairly.
    private void connect(long begin) throws IOException, InterruptedException {
        for (int i = 0; i < cluster.members().size(); i++) {
            String account = account(i);
            cluster.operator()
                    .put(
                            cluster.members().get(i).url(),
                            "/admin/v1/accounts/" + account,
                            """
                            {"channel": "echo",
                             "config": {"url": "%s/channels/%s/webhook"},
                             "secrets": {"token": "%s"}}\
                            """
                                    .formatted(stage.front(), account, token));
        }
        Stage.until(
                "all members have the accounts, and somebody sends for each",
                MOST,
                () -> everywhere());
        var slots = Slots.seen(cluster.operator(), cluster.members().getFirst().url());
        terminal.after(begin, "accounts echo-1, echo-2, echo-3 are open on all members");
        terminal.line("");
        terminal.line("Who sends for which account, by leases in the database:");
        terminal.line(
                "  %s",
                String.join(
                        "   ",
                        stage.accounts().stream()
                                .map(each -> each + " by " + slots.owner(each))
                                .toList()));
        terminal.line("");
    }

    private boolean everywhere() throws IOException, InterruptedException {
        for (Member member : cluster.members()) {
            var up =
                    cluster.operator()
                            .get(member.url(), "/admin/v1/accounts")
                            .path("items")
                            .valueStream()
                            .map(each -> each.path("id").asString(""))
                            .toList();
            if (!up.containsAll(stage.accounts())
                    || !Slots.seen(cluster.operator(), member.url()).without(0, stage.accounts())) {
                return false;
            }
        }
        return true;
    }

    private static String account(int number) {
        return "echo-" + (number + 1);
    }

    /// A customer writes at one member, an agent at the next one answers, somebody sends, and what
    /// comes back is seen at the one after that.
    private void exchange(int number) throws IOException, InterruptedException {
        String account = account(number);
        Member at = cluster.members().get(number);
        Member agent = cluster.another(at);
        Member reader = cluster.another(agent);
        long begin = System.nanoTime();
        write(at, account, "Hello at " + at.name());
        JsonNode message = read(agent, account, "Hello at " + at.name());
        String reply = "Hello from " + agent.name();
        JsonNode answer =
                cluster.operator()
                        .post(
                                agent.url(),
                                "/v1/conversations/"
                                        + message.path("conversationId").asString("")
                                        + "/interactions",
                                """
                                {"parts": [{"type": "text", "text": "%s"}],
                                 "agent": {"id": "sample", "name": "Sample"}}\
                                """
                                        .formatted(reply));
        JsonNode echo = read(reader, account, reply);
        terminal.line(
                "in at %-5s  #%d;  answered at %-5s  #%d;  the echo came in as #%d, seen at %-5s  %3d ms",
                at.name(),
                message.path("position").asLong(),
                agent.name(),
                answer.path("position").asLong(),
                echo.path("position").asLong(),
                reader.name(),
                (System.nanoTime() - begin) / 1_000_000);
    }

    private void write(Member at, String account, String text)
            throws IOException, InterruptedException {
        try (HttpClient customer =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request =
                    HttpRequest.newBuilder(at.url().resolve("/channels/" + account + "/webhook"))
                            .header("Content-Type", "text/plain")
                            .header("X-Token", token)
                            .header("X-Id", UUID.randomUUID().toString())
                            .header("X-From", "visitor")
                            .header("X-To", "desk")
                            .POST(BodyPublishers.ofString(text))
                            .build();
            int status = customer.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 202) {
                throw new IllegalStateException(
                        "The webhook of " + account + " at " + at.name() + " answered " + status);
            }
        }
    }

    private JsonNode read(Member at, String account, String text)
            throws IOException, InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        Stage.until(
                "“" + text + "” is seen at " + at.name(),
                MOST,
                () -> {
                    cluster.operator()
                            .get(
                                    at.url(),
                                    "/v1/interactions?direction=inbound&limit=1000&account="
                                            + account)
                            .path("items")
                            .valueStream()
                            .map(each -> each.path("data"))
                            .filter(each -> each.path("fallbackText").asString("").equals(text))
                            .forEach(found::add);
                    return !found.isEmpty();
                });
        return found.getFirst();
    }
}
