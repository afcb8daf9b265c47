package io.tributary.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;

/// From the upload of a new channel at one member, signed, until all members serve an account of
/// it: each takes a webhook and says that it is durable.
record Arrival(Plan plan, Report report, Launcher launcher, Path folder) implements Scenario {

    private static final String TABLE = "arrival";
    private static final int MEMBERS = 3;
    private static final double GOAL_SECONDS = 3;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int OFTEN_MILLIS = 5;

    /// What a plugin does that harms nobody.
    private static final String CODE =
            """
            if (true) return List.of(Inbound.of(
                    "100", Party.of("1"), new Content.Text(arrival.event().body().utf8(), List.of())));
            """;

    /// Seconds since the upload began.
    ///
    /// @param uploaded the upload was answered
    /// @param configured the account was taken
    /// @param served the last member serves it
    private record Times(double uploaded, double configured, double served) {}

    @Override
    public void run() throws IOException, InterruptedException {
        Path key = folder.resolve("maker");
        String made = tributary("plugin", "keygen", key.toString(), "--json");
        Path trust =
                Files.writeString(
                        folder.resolve("trust.yaml"),
                        "keys:\n  - key: %s\n    plugins: [\"*\"]\n"
                                .formatted(new JsonMapper().readTree(made).path("key").asString()));
        List<Path> jars = new ArrayList<>();
        // one more, since the first one meets members that have done none of this yet
        for (int number = 0; number <= plan.fleet().arrivals(); number++) {
            Path jar = BruteJar.write(id(number), CODE, launcher.home().resolve("lib"), folder);
            tributary("plugin", "sign", jar.toString(), "--key", key + ".key");
            jars.add(jar);
        }
        try (Postgres database = Postgres.start(folder);
                Fleet fleet =
                        Fleet.postgres(
                                launcher,
                                folder,
                                database,
                                MEMBERS,
                                Fleet.Bond.GRID,
                                "plugins: {trust: \"" + trust + "\"}\n")) {
            List<Times> all = new ArrayList<>();
            for (int number = 0; number < jars.size(); number++) {
                Times times = arrive(fleet, number, jars.get(number));
                report.say(
                        "arrival %d: uploaded after %.2f s, account taken after %.2f s, served by all after %.2f s",
                        number, times.uploaded(), times.configured(), times.served());
                if (number > 0) {
                    all.add(times);
                }
            }
            tell(all);
        }
    }

    private static String id(int number) {
        return "fresh-" + number;
    }

    private Times arrive(Fleet fleet, int number, Path jar)
            throws IOException, InterruptedException {
        Member member = fleet.member(number % MEMBERS);
        String id = id(number);
        long begin = System.nanoTime();
        member.install(jar);
        double uploaded = seconds(begin);
        member.account(id, "{\"channel\": \"" + id + "\", \"config\": {}}");
        double configured = seconds(begin);
        List<Member> waiting = new ArrayList<>(fleet.members());
        while (!waiting.isEmpty()) {
            List<Member> serving = new ArrayList<>();
            for (Member each : waiting) {
                if (each.post(id, id + " at " + each.server().url()) / 100 == 2) {
                    serving.add(each);
                }
            }
            waiting.removeAll(serving);
            if (!waiting.isEmpty()) {
                if (System.nanoTime() - begin > PATIENCE) {
                    throw new IOException(id + " is not served by all after a minute");
                }
                TimeUnit.MILLISECONDS.sleep(OFTEN_MILLIS);
            }
        }
        return new Times(uploaded, configured, seconds(begin));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private String tributary(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.file().toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed: " + said);
        }
        return said;
    }

    private void tell(List<Times> all) {
        report.add(
                TABLE,
                "a new channel serves on all three members",
                Spread.of(all, Times::served).text("%.2f") + " s",
                "",
                "from the upload's first byte to a durable webhook at each");
        report.add(
                TABLE,
                "the same, p95 of " + all.size(),
                String.format(Locale.ROOT, "%.2f s", percentile(all, 0.95, Times::served)),
                String.format(Locale.ROOT, "goal < %.0f s", GOAL_SECONDS),
                "what one in twenty exceeds");
        report.add(
                TABLE,
                "of it, until the upload was answered",
                Spread.of(all, Times::uploaded).text("%.2f") + " s",
                "",
                "checked, stored, loaded and tried by the first member");
        report.add(
                TABLE,
                "of it, until its account was taken",
                Spread.of(all, Times::configured).text("%.2f") + " s",
                "",
                "the first member serves from here on");
    }

    /// The least that so large a part of all does not exceed.
    static <T> double percentile(List<T> all, double part, ToDoubleFunction<T> of) {
        double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
}
