package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Thousands of wearables that measure heart rates, which are told as averages: whether all are
/// taken, how many interactions they make, and whether the member needs more and more for it.
record Mqtt(Plan plan, Report report, Launcher launcher, Path folder) implements Scenario {

    /// LOINC's code.
    static final String HEART_RATE = "8867-4";

    private static final String TABLE = "mqtt";
    private static final String TOPICS = "v1/bench";
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final int QUARTERS = 4;

    /// A window is told so long after its first reading, at the latest.
    private static final Duration TOLD = WINDOW.plusSeconds(5);

    /// Seconds in which what is due is written down, too.
    private static final int SOME = 5;

    /// Of each process, beside one for each device.
    private static final int FILES_BESIDE = 1_000;

    /// Of the member, when so much was sent.
    ///
    /// @param heap after a collection
    private record Sample(double heap, double resident) {

        static Sample of(Server server) throws IOException, InterruptedException {
            return new Sample(Memory.heapMegabytes(server), server.residentMegabytes());
        }
    }

    /// Cores that each took while readings came.
    private record Busy(double member, double broker, double devices) {

        static Busy now(Member member, Mosquitto broker, Devices devices) {
            return new Busy(
                    member.server().cpuSeconds(), broker.cpuSeconds(), devices.cpuSeconds());
        }

        Busy since(Busy before, double seconds) {
            return new Busy(
                    (member - before.member) / seconds,
                    (broker - before.broker) / seconds,
                    (devices - before.devices) / seconds);
        }
    }

    /// @param backlog readings that were not taken yet when the broker had the last
    /// @param taken seconds from the first until all were taken
    /// @param late seconds of it after the broker had the last
    private record Taking(long backlog, double taken, double late) {}

    @Override
    public void run() throws IOException, InterruptedException {
        Optional<Path> program = Mosquitto.program();
        if (program.isEmpty()) {
            report.say(
                    "mqtt is NOT MEASURED: there is no mosquitto, neither on the PATH nor in /usr/sbin (Debian: apt-get install mosquitto)");
            return;
        }
        int devices = plan.bands().devices();
        Machine.needFiles(devices + FILES_BESIDE);
        Path own = Files.createDirectory(folder.resolve("broker"));
        try (Mosquitto broker = Mosquitto.start(program.get(), own);
                Member member =
                        Member.start(
                                launcher,
                                folder,
                                Map.of("TRIBUTARY_PLUGINS_ALLOW_UNSIGNED", "true"))) {
            member.install(PluginJars.of(plan.project(), "wearables-mqtt"));
            member.account(TABLE, account(broker));
            await("the broker is not connected", () -> figure(member, "connections_up") > 0);
            try (Devices worn = Devices.open(broker.url(), TOPICS, devices, WINDOW)) {
                report.say("%d devices are connected", devices);
                measure(member, broker, worn);
            }
        }
    }

    private static String account(Mosquitto broker) {
        return """
        {"channel": "wearables-mqtt",
         "config": {"broker": "%s", "topics": "%s", "averages": [{"code": "%s", "window": "%ds"}]}}\
        """
                .formatted(broker.url(), TOPICS, HEART_RATE, WINDOW.toSeconds());
    }

    private void measure(Member member, Mosquitto broker, Devices worn)
            throws IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        samples.add(Sample.of(member.server()));
        long head = member.head();
        Busy before = Busy.now(member, broker, worn);
        long begin = System.nanoTime();
        Taking taking = take(member, worn, samples);
        Busy busy = Busy.now(member, broker, worn).since(before, taking.taken());
        long most = worn.windows();
        await("not all averages were made", () -> member.head() - head >= most);
        double told = seconds(begin) - taking.taken() + taking.late();
        // a reading that came after its window was told makes one more, which is due later
        Thread.sleep(TOLD.plusSeconds(SOME));
        samples.add(Sample.of(member.server()));
        long made = member.head() - head;
        if (figure(member, "dead_letters_open") > 0) {
            throw new IOException("there are dead letters");
        }
        tell(worn, taking, busy);
        tellAverages(made, most, member.conversations().size(), told);
        tellMemory(samples);
    }

    /// Lets them measure, and waits until all that was measured is taken.
    private Taking take(Member member, Devices worn, List<Sample> samples)
            throws IOException, InterruptedException {
        Duration time = plan.bands().worn();
        long readings = plan.bands().readings() * time.toMillis() / 1000;
        long before = taken(member);
        long begin = System.nanoTime();
        worn.measure(plan.bands().readings(), readings);
        for (int quarter = 1; quarter < QUARTERS; quarter++) {
            worn.awaitSent(readings * quarter / QUARTERS, time.plus(PATIENCE));
            samples.add(Sample.of(member.server()));
            report.say(
                    "%d sent; heap after a collection %.1f MB",
                    worn.sent(), samples.getLast().heap());
        }
        worn.awaitSent(readings, time.plus(PATIENCE));
        double sent = seconds(begin);
        long backlog = readings - (taken(member) - before);
        await("not all were taken", () -> taken(member) - before >= readings);
        double all = seconds(begin);
        return new Taking(backlog, all, all - sent);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static double figure(Member member, String name)
            throws IOException, InterruptedException {
        return member.figure("tributary_" + name);
    }

    /// Readings that were kept for an average. What came twice is not among them.
    private static long taken(Member member) throws IOException, InterruptedException {
        return (long)
                figure(member, "inbound_events_total{account=\"" + TABLE + "\",fate=\"gathered\"");
    }

    private static void await(String otherwise, Waiting.Condition condition)
            throws IOException, InterruptedException {
        Waiting.until(PATIENCE, OFTEN, otherwise, condition);
    }

    private void tell(Devices worn, Taking taking, Busy busy) {
        add(
                "readings taken",
                text("%,d, %,.0f /s", worn.sent(), worn.sent() / taking.taken()),
                text(
                        "%,d devices, offered %,d /s",
                        plan.bands().devices(), plan.bands().readings()),
                "durable, and then acknowledged; none missing");
        add(
                "not taken yet when the broker had the last",
                text("%,d", taking.backlog()),
                text("%.2f s later all were", taking.late()),
                "looked at within 0.1 s");
        add(
                "processor",
                text("%.2f cores", busy.member()),
                text("broker %.2f, devices %.2f cores", busy.broker(), busy.devices()),
                "what the member itself took, with averages that were made meanwhile");
    }

    private void tellAverages(long made, long windows, int conversations, double told) {
        add(
                "interactions made",
                text("%,d", made),
                text("of %,d windows in which a device measured", windows),
                text("averages of %d s, by the account's settings", WINDOW.toSeconds()));
        add(
                "a conversation has",
                text("%.1f of them", (double) made / conversations),
                text("%,d conversations", conversations),
                "what an agent scrolls through for each device");
        add(
                "until there were as many as windows",
                text("%.0f s after the last reading", told),
                "",
                "a window is told 65 s after its first reading");
    }

    private void tellMemory(List<Sample> samples) {
        Sample before = samples.getFirst();
        Sample after = samples.getLast();
        add(
                "heap after a collection",
                text("%.1f MB before, %.1f MB after", before.heap(), after.heap()),
                samples.subList(1, samples.size() - 1).stream()
                        .map(each -> text("%.1f", each.heap()))
                        .collect(
                                Collectors.joining(
                                        ", ", "", " MB after 1/4, 1/2 and 3/4 of the time")),
                "before: all devices connected; after: all averages made; collections are of the member's cores");
        add(
                "resident memory",
                text("%.0f MB before, %.0f MB after", before.resident(), after.resident()),
                "",
                "the whole process, with what its heap has grown by");
    }

    private void add(String figure, String measured, String beside, String meaning) {
        report.add(TABLE, figure, measured, beside, meaning);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a library more
    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
