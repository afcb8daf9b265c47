package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What a member needs that has no plugin, and what one needs that has all of this project's, with
/// an account on each channel: to start, and then while it waits.
record Plugins(Plan plan, Report report, Launcher launcher, Path folder) implements Scenario {

    private static final String TABLE = "plugins";

    /// Until a member that is ready has done what it does after that.
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final String NOBODY = "http://127.0.0.1:9";
    private static final String SID = "AC00000000000000000000000000000001";
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    /// An account on each channel. No provider is there.
    private static final Map<String, String> ACCOUNTS =
            Map.ofEntries(
                    account(
                            "sms-twilio",
                            "\"accountSid\": \""
                                    + SID
                                    + "\", \"from\": \"+15005550006\", \"apiBase\": \""
                                    + NOBODY
                                    + "\"",
                            "\"authToken\": \"" + KEY + "\""),
                    account(
                            "sms-smpp",
                            "\"url\": \"smpp://127.0.0.1:9\", \"systemId\": \"bench\"",
                            "\"password\": \"secret\""),
                    account("kiosk", "", "\"fleetKey\": \"" + KEY + "\""),
                    account(
                            "social-meta",
                            "\"apiBase\": \""
                                    + NOBODY
                                    + "\", \"whatsapp\": [{\"phoneNumberId\": \"1\", \"number\": \"+15550100\"}]",
                            "\"appSecret\": \"a\", \"verifyToken\": \"b\", \"accessToken\": \"c\""),
                    account(
                            "social-telegram",
                            "\"apiBase\": \"" + NOBODY + "\"",
                            "\"token\": \"123456:" + KEY + "\""),
                    account(
                            "wearables-mqtt",
                            "\"broker\": \"mqtt://127.0.0.1:9\", \"topics\": \"v1/bench\"",
                            ""),
                    account(
                            "voice-twilio",
                            "\"accountSid\": \""
                                    + SID
                                    + "\", \"from\": \"+15005550006\", \"apiBase\": \""
                                    + NOBODY
                                    + "\", \"routing\": {\"queue\": \"support\"}",
                            "\"authToken\": \"" + KEY + "\""),
                    account("webchat", "\"origins\": [\"https://shop.example\"]", ""));

    private static Map.Entry<String, String> account(
            String channel, String settings, String secrets) {
        return Map.entry(
                channel,
                "{\"channel\": \"%s\", \"config\": {%s}, \"secrets\": {%s}}"
                        .formatted(channel, settings, secrets));
    }

    /// @param started milliseconds from the command until it was ready
    /// @param heap MB after a collection
    /// @param resident MB of the whole process
    /// @param threads of the platform
    /// @param metaspace MB of what classes take
    private record Look(
            double started,
            double heap,
            double resident,
            double threads,
            double classes,
            double metaspace) {}

    /// A log, and how a member is started on it.
    private record Kind(String name, Path folder, Map<String, String> settings) {}

    @Override
    public void run() throws IOException, InterruptedException {
        Path none = Files.createDirectory(folder.resolve("none"));
        Path all = Files.createDirectory(folder.resolve("all"));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        var bare = new Kind("none", none, Map.of("TRIBUTARY_PLUGINS_FOLDER", empty.toString()));
        var full = new Kind("all", all, Map.of("TRIBUTARY_PLUGINS_ALLOW_UNSIGNED", "true"));
        fill(full);
        List<Look> without = new ArrayList<>();
        List<Look> with = new ArrayList<>();
        for (int number = 0; number <= plan.rounds(); number++) {
            Look little = look(bare, 0);
            Look much = look(full, ACCOUNTS.size());
            report.say(
                    "%s: ready after %.0f ms, %.0f MB resident without; %.0f ms, %.0f MB with all",
                    number == 0 ? "warm-up" : "round " + number,
                    little.started(),
                    little.resident(),
                    much.started(),
                    much.resident());
            // the first reads from the disk what the others find in memory
            if (number > 0) {
                without.add(little);
                with.add(much);
            }
        }
        tell(without, with);
    }

    /// Once, so that the log has plugins and accounts when it is opened again.
    private void fill(Kind kind) throws IOException, InterruptedException {
        try (Member member = Member.of(Member.serve(launcher, kind.folder(), kind.settings()))) {
            for (Map.Entry<String, String> each : ACCOUNTS.entrySet()) {
                if (!each.getKey().equals("sms-twilio")) { // it comes with the distribution
                    member.install(PluginJars.of(plan.project(), each.getKey()));
                }
                member.account(each.getKey(), each.getValue());
            }
        }
    }

    private Look look(Kind kind, int plugins) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (Member member = Member.of(Member.serve(launcher, kind.folder(), kind.settings()))) {
            double started = (System.nanoTime() - begin) / 1e6;
            Thread.sleep(SETTLED);
            int serving = member.serving();
            if (serving != plugins) {
                throw new IOException("%d plugins serve, not %d".formatted(serving, plugins));
            }
            return new Look(
                    started,
                    Memory.heapMegabytes(member.server()),
                    member.server().residentMegabytes(),
                    member.figure("jvm_threads_live_threads"),
                    member.figure("jvm_classes_loaded_classes"),
                    member.figure("jvm_memory_used_bytes{area=\"nonheap\",id=\"Metaspace\"")
                            / (1024 * 1024));
        }
    }

    private void tell(List<Look> without, List<Look> with) {
        String all = String.format(Locale.ROOT, "%d plugins, an account each", ACCOUNTS.size());
        add("until it is ready", "%,.0f ms", all, without, with, Look::started);
        add("heap after a collection", "%,.1f MB", "", without, with, Look::heap);
        add("resident memory", "%,.0f MB", "", without, with, Look::resident);
        add("threads of the platform", "%,.0f", "", without, with, Look::threads);
        add("classes", "%,.0f", "", without, with, Look::classes);
        add("metaspace", "%,.1f MB", "", without, with, Look::metaspace);
    }

    private void add(
            String figure,
            String format,
            String meaning,
            List<Look> without,
            List<Look> with,
            ToDoubleFunction<Look> of) {
        report.add(
                TABLE,
                figure,
                Spread.of(with, of).text(format) + " with all",
                Spread.of(without, of).text(format) + " with none",
                meaning);
    }
}
