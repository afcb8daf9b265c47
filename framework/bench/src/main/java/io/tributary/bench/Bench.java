package io.tributary.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Measures durable ingest beside a server that does nothing, in one run on the same cores.
///
/// Arguments: the project's folder, then `rounds=N` and `seconds=N` where the usual three and eight
/// do not suit.
public final class Bench {

    private static final int CONNECTIONS = 64;
    private static final int SENDERS = 10_000;
    private static final int WARM_UP = 2;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Path project;
    private final int rounds;
    private final Duration time;

    private Bench(Path project, int rounds, Duration time) {
        this.project = project;
        this.rounds = rounds;
        this.time = time;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("Usage: Bench PROJECT [rounds=N] [seconds=N]");
            System.exit(2);
        }
        int rounds = option(arguments, "rounds", 3);
        int seconds = option(arguments, "seconds", 8);
        new Bench(
                        Path.of(arguments[0]).toAbsolutePath().normalize(),
                        rounds,
                        Duration.ofSeconds(seconds))
                .run();
    }

    private static int option(String[] arguments, String name, int usual) {
        return Arrays.stream(arguments)
                .filter(each -> each.startsWith(name + "="))
                .mapToInt(each -> Integer.parseInt(each.substring(name.length() + 1)))
                .findFirst()
                .orElse(usual);
    }

    private void run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tributary-bench");
        List<Load.Result> nothing = new ArrayList<>();
        List<Load.Result> durable = new ArrayList<>();
        List<Load.Result> steady = new ArrayList<>();
        try (Server idle =
                        Server.java(
                                folder.resolve("no-op.log"),
                                NoOpServer.class,
                                Integer.toString(Server.freePort()));
                Member member = Member.start(project, folder)) {
            out.printf(
                    "%d rounds of %d s, %d connections, %d processors%n",
                    rounds,
                    time.toSeconds(),
                    CONNECTIONS,
                    Runtime.getRuntime().availableProcessors());
            for (int round = 0; round < WARM_UP + rounds; round++) {
                Load.Result yardstick = idle(idle.url().resolve("/channels/bench/webhook"));
                Load.Result ours = full(member.webhook(), 30_000);
                if (round < WARM_UP) {
                    continue;
                }
                nothing.add(yardstick);
                durable.add(ours);
                out.printf(
                        "round %d: no-op %.0f/s, durable %.0f/s (%d refused), ratio %.3f%n",
                        round - WARM_UP + 1,
                        yardstick.perSecond(),
                        ours.perSecond(),
                        ours.refused(),
                        ours.perSecond() / yardstick.perSecond());
            }
            double half = median(durable, Load.Result::perSecond) / 2;
            for (int round = 0; round < rounds; round++) {
                steady.add(open(member.webhook(), half));
            }
            report(nothing, durable, steady, half, member.server());
        }
    }

    /// Who keeps nothing does not mind being asked the same again.
    private Load.Result idle(URI target) throws IOException {
        byte[][] requests = new Webhooks(target, SENDERS).make(50_000);
        int[] next = {0};
        return Load.closed(target, CONNECTIONS, time, () -> requests[next[0]++ % requests.length]);
    }

    private Load.Result full(URI target, int perSecond) throws IOException {
        byte[][] requests =
                new Webhooks(target, SENDERS).make((int) (perSecond * time.toSeconds()));
        return Load.closed(target, CONNECTIONS, time, new Supply(requests));
    }

    private Load.Result open(URI target, double perSecond) throws IOException {
        byte[][] requests =
                new Webhooks(target, SENDERS)
                        .make((int) (perSecond * time.toSeconds() * 1.2) + 100);
        return Load.open(target, CONNECTIONS, time, perSecond, new Supply(requests));
    }

    private void report(
            List<Load.Result> nothing,
            List<Load.Result> durable,
            List<Load.Result> steady,
            double half,
            Server member)
            throws IOException {
        double idle = median(nothing, Load.Result::perSecond);
        double ours = median(durable, Load.Result::perSecond);
        out.println();
        out.printf(
                "no-op POST                    %8.0f /s   (generator took %.2f of a core)%n",
                idle, median(nothing, each -> each.generator() / each.seconds()));
        out.printf(
                "durable ingest                %8.0f /s   (generator took %.2f of a core)%n",
                ours, median(durable, each -> each.generator() / each.seconds()));
        out.printf("ratio                         %8.3f      goal 0.30%n", ours / idle);
        out.printf(
                "open loop at %6.0f /s, p50   %8.2f ms%n",
                half, median(steady, each -> each.percentileMillis(50)));
        out.printf(
                "                       p99   %8.2f ms   goal 25 ms%n",
                median(steady, each -> each.percentileMillis(99)));
        out.printf(
                "member: %.0f s of processor time, %d MB resident%n",
                member.cpuSeconds(), member.residentMegabytes());
    }

    private static double median(List<Load.Result> results, ToDoubleFunction<Load.Result> figure) {
        double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
