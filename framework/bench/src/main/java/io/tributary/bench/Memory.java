package io.tributary.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a member under steady load needs more and more: what is left on the heap after a full
/// collection, and what is resident, once a minute.
final class Memory {

    private static final String TABLE = "memory";
    private static final int SENDERS = 10_000;
    private static final double GOAL = 0.02;

    /// Caches fill in this share of the time; it is not looked at.
    private static final double FILLING = 0.25;

    private static final Pattern ALIVE =
            Pattern.compile("^Total +[0-9]+ +([0-9]+)", Pattern.MULTILINE);

    private final Plan plan;
    private final Report report;

    Memory(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    /// @param minutes since the load began
    private record Sample(double minutes, double heap, double resident) {}

    void run(Member member) throws IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        long minutes = Math.max(1, plan.memory().toMinutes());
        var requests = new Webhooks(member.webhook(), SENDERS);
        long answered = 0;
        long begin = System.nanoTime();
        for (long minute = 1; minute <= minutes; minute++) {
            Load.Result result =
                    new Load(member.webhook(), Contestant.CONNECTIONS, requests)
                            .open(Duration.ofMinutes(1), plan.rate());
            answered += result.answered();
            Sample sample =
                    new Sample(
                            (System.nanoTime() - begin) / 60e9,
                            heapMegabytes(member.server()),
                            member.server().residentMegabytes());
            samples.add(sample);
            report.say(
                    "minute %d of %d: %d taken, heap after a collection %.1f MB, resident %.0f MB",
                    minute, minutes, answered, sample.heap(), sample.resident());
        }
        tell(samples, answered);
    }

    /// What is alive. A member collects concurrently where it is only asked to, and leaves garbage
    /// in regions that are partly in use; so what is counted are objects, after a full collection.
    static double heapMegabytes(Server server) throws IOException, InterruptedException {
        String told = command(server, "GC.class_histogram");
        Matcher alive = ALIVE.matcher(told);
        if (!alive.find()) {
            throw new IOException("jcmd told nothing of the heap: " + told);
        }
        return Long.parseLong(alive.group(1)) / (1024.0 * 1024);
    }

    private static String command(Server server, String command)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(Server.tool("jcmd"), Long.toString(server.pid()), command)
                        .redirectErrorStream(true)
                        .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + command + " failed: " + told);
        }
        return told;
    }

    private void tell(List<Sample> samples, long answered) {
        List<Sample> counted = samples.subList((int) (samples.size() * FILLING), samples.size());
        String load =
                String.format(
                        Locale.ROOT,
                        "%d min at %,d /s, %,d taken",
                        samples.size(),
                        plan.rate(),
                        answered);
        add("heap after a full collection", load, counted, Sample::heap);
        add("resident memory", "", counted, Sample::resident);
    }

    private void add(
            String figure, String load, List<Sample> samples, ToDoubleFunction<Sample> of) {
        double[] line = line(samples, of);
        double span = samples.getLast().minutes() - samples.getFirst().minutes();
        double grown = line[1] * span / line[0];
        report.add(
                TABLE,
                figure,
                Spread.of(samples, of).text("%,.1f") + " MB",
                load.isEmpty() ? "" : load,
                "once a minute, without the first quarter");
        report.add(
                TABLE,
                "its slope",
                String.format(
                        Locale.ROOT,
                        "%+.2f MB/h, %+.1f %% over %.0f min",
                        line[1] * 60,
                        grown * 100,
                        span),
                String.format(Locale.ROOT, "goal within %.0f %% in an hour", GOAL * 100),
                "least squares through those minutes");
    }

    /// The straight line through the samples: where it begins, and how much it rises in a minute.
    private static double[] line(List<Sample> samples, ToDoubleFunction<Sample> of) {
        double time = samples.stream().mapToDouble(Sample::minutes).average().orElse(0);
        double mean = samples.stream().mapToDouble(of).average().orElse(0);
        double above = 0;
        double below = 0;
        for (Sample sample : samples) {
            above += (sample.minutes() - time) * (of.applyAsDouble(sample) - mean);
            below += (sample.minutes() - time) * (sample.minutes() - time);
        }
        double rise = below == 0 ? 0 : above / below;
        return new double[] {mean + rise * (samples.getFirst().minutes() - time), rise};
    }
}
