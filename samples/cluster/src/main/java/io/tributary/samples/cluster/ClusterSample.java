package io.tributary.samples.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// Starts a cluster, tells what happens in it, and does to it what it is told.
///
/// Arguments: the distribution's folder, the jar of a channel, then what to do without being asked:
/// `kill`, `restart`, and `once` to end instead of staying for a look around. The exit code is 1
/// when a webhook failed or something was lost.
public final class ClusterSample {

    private static final int CUSTOMERS = 8;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Terminal terminal = new Terminal();
    private final BlockingQueue<String> typed = new LinkedBlockingQueue<>();
    private final Cluster cluster;
    private boolean well = true;

    private ClusterSample(Cluster cluster) {
        this.cluster = cluster;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("Usage: ClusterSample DISTRIBUTION CHANNEL [kill] [restart] [once]");
            System.exit(2);
        }
        List<String> wishes = Arrays.asList(arguments).subList(2, arguments.length);
        var ending = new AtomicBoolean();
        boolean well = false;
        try {
            var cluster = new Cluster(Path.of(arguments[0]).toAbsolutePath().normalize());
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                ending.set(true);
                                cluster.close();
                            }));
            var sample = new ClusterSample(cluster);
            sample.tell(Path.of(arguments[1]), wishes);
            well = sample.well;
        } catch (IOException | IllegalStateException told) {
            if (!ending.get()) {
                System.err.println(told.getMessage());
            }
        }
        if (!ending.get()) {
            System.exit(well ? 0 : 1);
        }
    }

    private void tell(Path channel, List<String> wishes) throws IOException, InterruptedException {
        terminal.title("A cluster of Tributary: three members, one log");
        long begin = System.nanoTime();
        Cluster.Parts parts = cluster.found();
        terminal.after(begin, "PostgreSQL listens on port %d", parts.database().port());
        cluster.startMembers(each ->
                terminal.after(
                        begin, "member %-6s %s   process %d", each.name(), each.url(), each.pid()));
        URI front = parts.front().url();
        cluster.share(parts);
        terminal.after(begin, "the front    %s   hands what comes round among them", front);
        var traffic =
                cluster.opened(
                        Traffic.begin(parts.provider(), cluster.company(), CUSTOMERS, PAUSE));
        terminal.after(
                begin, "customers    write some 30 SMS a second: signed webhooks, to the front");
        var stage =
                new Stage(
                        cluster,
                        parts.front(),
                        front,
                        traffic,
                        new Reckoning(cluster.operator(), front, Cluster.SMS),
                        terminal,
                        List.of(Cluster.SMS, "echo-1", "echo-2", "echo-3"));
        new NewChannel(stage).tell(channel, parts.key());
        if (wishes.contains("kill")) {
            kill(stage, cluster.members().getFirst().name());
        }
        if (wishes.contains("restart")) {
            well &= new RollingRestart(stage).tell();
        }
        if (!wishes.contains("once")) {
            stay(stage, parts);
        }
    }

    private void stay(Stage stage, Cluster.Parts parts) throws IOException, InterruptedException {
        show(stage, parts);
        Thread.ofPlatform().daemon().start(this::read);
        while (true) {
            Member ended = cluster.ended().poll();
            String word = typed.poll(100, TimeUnit.MILLISECONDS);
            if ("end".equals(word)) {
                return;
            }
            try {
                if (ended != null) {
                    well &= new Recovery(stage).tell(ended);
                    terminal.prompt();
                }
                if (word != null) {
                    obey(stage, word);
                    terminal.prompt();
                }
            } catch (IOException | IllegalStateException failed) {
                well = false;
                terminal.line("That did not go well: %s", String.valueOf(failed.getMessage()));
                terminal.prompt();
            }
        }
    }

    private void obey(Stage stage, String line) throws IOException, InterruptedException {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        switch (word) {
            case "kill" -> kill(stage, space < 0 ? "one" : line.substring(space).strip());
            case "restart" -> well &= new RollingRestart(stage).tell();
            case "members" -> members(stage);
            case "" -> {}
            default -> terminal.line("There is no '%s'.", word);
        }
    }

    private void kill(Stage stage, String name) throws IOException, InterruptedException {
        for (Member each : cluster.members()) {
            if (each.name().equals(name)) {
                terminal.title("A member is killed");
                terminal.line("$ kill -9 %d", each.pid());
                stage.count();
                each.kill();
                for (Member next = cluster.ended().take();
                        !next.equals(each);
                        next = cluster.ended().take()) {
                    cluster.start(next);
                }
                well &= new Recovery(stage).tell(each);
                return;
            }
        }
        terminal.line("There is no member '%s'.", name);
    }

    private void members(Stage stage) throws IOException, InterruptedException {
        Slots slots = Slots.seen(cluster.operator(), stage.front());
        terminal.line("");
        for (Member each : cluster.members()) {
            long run = slots.run(each.name());
            List<String> sends =
                    stage.accounts().stream()
                            .filter(account -> slots.owner(account).equals(each.name()))
                            .toList();
            terminal.line(
                    "%-6s %-9s process %-8d %4d MB   sends for %s",
                    each.name(),
                    slots.states().getOrDefault(run, "lost"),
                    each.pid(),
                    each.megabytes(),
                    sends.isEmpty() ? "nobody" : String.join(", ", sends));
        }
    }

    private void show(Stage stage, Cluster.Parts parts) throws IOException, InterruptedException {
        terminal.title("Look around, everything is live:");
        terminal.line("a customer's phone  %s/", parts.provider().url());
        terminal.line("the agents' desk    %s/desk/#token=%s", stage.front(), cluster.token());
        terminal.line(
                "                    and the same at any member: %s",
                cluster.members().stream()
                        .map(each -> each.url().toString())
                        .collect(Collectors.joining(", ")));
        terminal.line(
                "the stream          curl -N -H 'Authorization: Bearer %s' %s/v1/stream",
                cluster.token(), stage.front());
        members(stage);
        terminal.line("");
        terminal.line("kill -9 any of them in another terminal, or type here:");
        terminal.line(
                "  kill two      kills it (SIGKILL); it is started again when others have its accounts");
        terminal.line("  restart       stops and starts all, one after another");
        terminal.line("  members       shows them");
        terminal.line("  end           or Ctrl-C: ends everything and leaves nothing behind");
        terminal.prompt();
    }

    private void read() {
        var lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        lines.lines().map(each -> each.strip().toLowerCase(Locale.ROOT)).forEach(typed::add);
    }
}
