package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tributary.host.cluster.ClusterKey;
import io.tributary.host.cluster.ClusterSettings;
import io.tributary.host.cluster.Grid;
import io.tributary.host.cluster.GridTimes;
import io.tributary.host.cluster.LogTimeline;
import io.tributary.host.cluster.Roster;
import io.tributary.host.cluster.Who;
import io.tributary.host.command.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/metrics.md")
final class MetricsPageTest {

    private static final Pattern SAMPLE =
            Pattern.compile("([a-z0-9_]+?)(_count|_sum|_max|_bucket)?(?:\\{(.*)})? [^ ]+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir static Path folder = Path.of("");

    private static final PrometheusMeterRegistry GRID =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static String ofGrid = "";
    private static Member member;
    private static SortedMap<String, Meter> meters;

    /// One meter as the member shows it.
    private record Meter(String type, String meaning, SortedSet<String> labels) {}

    /// Takes one of everything that is counted.
    @BeforeAll
    static void traffic() throws Exception {
        BuzzerMember.jar().write(Files.createDirectories(folder.resolve("plugins")), "buzzer.jar");
        member = Member.start(folder);
        member.run(
                "account",
                "put",
                "shop",
                "--channel",
                "pager",
                "--secret",
                "key=" + Member.KEY,
                "--set",
                "tower=" + member.url().resolve("/health/live"));
        member.page("shop", "1", "ada", "Is my bike ready?");
        member.broken("shop", "2");
        member.forge("shop");
        member.run("send", "--account", "shop", "--to", "grace", "It is.");
        member.run("account", "check", "shop");
        webhook();
        device();
        connection();
        grid();
        System.gc(); // pauses are shown after the first
        meters =
                await().until(
                                MetricsPageTest::scraped,
                                all ->
                                        all.keySet()
                                                .containsAll(
                                                        List.of(
                                                                "tributary_outbound_results_total",
                                                                "tributary_connections_ended_total",
                                                                "tributary_devices_moved_total",
                                                                "tributary_plugin_pages_sent_total",
                                                                "tributary_egress_requests_seconds",
                                                                "tributary_webhooks_lag",
                                                                "jvm_gc_pause_seconds")));
    }

    /// An app refuses a test.
    private static void webhook() {
        String url = member.url().resolve("/health/live").toString();
        var made = member.run("webhooks", "create", "app", url, "--json").json();
        member.run("webhooks", "test", made.path("id").asString());
    }

    /// A device comes, and meets new settings.
    private static void device() throws InterruptedException {
        member.run("account", "put", "door", "--channel", "buzzer");
        String url = member.url().toString().replace("http:", "ws:");
        try (HttpClient http = HttpClient.newHttpClient()) {
            var buzzer = Buzzer.connect(http, url + "/channels/door/connect?device=ada");
            buzzer.hears("hello hello");
            member.run("account", "put", "door", "--channel", "buzzer", "--set", "greeting=servus");
            buzzer.hears("again servus");
            buzzer.vanish();
        }
    }

    /// A member of a cluster of three is alone, and tells nobody of an agent.
    private static void grid() throws Exception {
        var settings =
                new ClusterSettings(
                        "shop",
                        "ada",
                        InetAddress.getLoopbackAddress(),
                        new ClusterSettings.Port(5701, true),
                        new ClusterSettings.Others.Listed(List.of()),
                        List.of(ClusterKey.parse("A".repeat(43) + "=")),
                        3,
                        GridTimes.STANDARD.atOnce());
        var log = new LogTimeline(1, 1);
        try (var grid = Grid.join(settings, new Alone(), () -> log, GRID, InstantSource.system())) {
            grid.presence().came(new Who.Agent("grace"));
            ofGrid = await().until(GRID::scrape, each -> each.contains("tributary_grid_lost"));
        }
    }

    /// The table of a cluster of one.
    private static final class Alone implements Roster {

        private volatile List<Entry> rows = List.of();

        @Override
        public void enter(UUID gridMember) {
            rows = List.of(new Entry("ada", gridMember, 1));
        }

        @Override
        public List<Entry> live() {
            return rows;
        }
    }

    /// A connection finds nobody.
    private static void connection() throws IOException {
        try (var nobody = new Tower(1)) {
            member.run(
                    "account",
                    "put",
                    "mast",
                    "--channel",
                    "buzzer",
                    "--set",
                    "tower=" + nobody.port());
            nobody.line(0).say("end");
        }
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    @Test
    @DisplayName("lists exactly the member's own meters that one shows after traffic")
    void own() throws IOException {
        var rows =
                new StringBuilder(
                        "| name | type | unit | labels | meaning |\n|---|---|---|---|---|\n");
        meters.forEach((name, meter) -> {
            if (name.startsWith("tributary_") && !name.startsWith("tributary_plugin_")) {
                rows.append(row(name, meter));
            }
        });

        new Reference("metrics.md").holds(MetricsPageTest.class, rows.toString());
    }

    @Test
    @DisplayName("says what labels plugins' meters have")
    void plugins() throws IOException {
        assertThat(meters.get("tributary_plugin_pages_sent_total").labels())
                .containsExactly("account", "channel", "plugin");
        assertThat(new Reference("metrics.md").text())
                .contains(
                        "| `tributary_plugin_…` | counter or summary | | `account`, `channel`, `plugin` |");
    }

    @Test
    @DisplayName(
            "names every meter of the Java process; which of them there are depends on the collector")
    void process() throws IOException {
        String text = new Reference("metrics.md").text();
        List<String> unnamed =
                meters.keySet().stream()
                        .filter(each -> !each.startsWith("tributary_"))
                        .filter(each -> !text.contains("`" + each + "`"))
                        .toList();

        assertThat(unnamed).isEmpty();
        assertThat(meters.keySet()).contains("jvm_memory_used_bytes", "process_cpu_usage");
    }

    @Test
    @DisplayName("every meter has a meaning")
    void meanings() {
        meters.forEach((name, meter) -> {
            if (!name.startsWith("tributary_plugin_")) {
                assertThat(meter.meaning()).as(name).isNotBlank();
            }
        });
    }

    private static String row(String name, Meter meter) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        name,
                        meter.type(),
                        unit(name),
                        meter.labels().stream()
                                .map(each -> "`" + each + "`")
                                .collect(Collectors.joining(", ")),
                        meter.meaning());
    }

    private static String unit(String name) {
        return name.endsWith("_seconds") ? "seconds" : name.endsWith("_bytes") ? "bytes" : "";
    }

    private static SortedMap<String, Meter> scraped() throws IOException, InterruptedException {
        SortedMap<String, Meter> found = new TreeMap<>();
        Map<String, String> meanings = new TreeMap<>();
        for (String line : scrape().lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                meanings.put(words[2], words.length > 3 ? words[3].strip() : "");
            } else if (line.startsWith("# TYPE ")) {
                if (!words[2].endsWith("_max")) {
                    found.put(
                            words[2],
                            new Meter(
                                    words[3],
                                    meanings.getOrDefault(words[2], ""),
                                    new TreeSet<>()));
                }
            } else {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                Meter meter = found.get(sample.group(1));
                if (meter != null && sample.group(3) != null) {
                    LABEL.matcher(sample.group(3))
                            .results()
                            .forEach(label -> meter.labels().add(label.group(1)));
                }
            }
        }
        return found;
    }

    private static String scrape() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(member.url().resolve("/metrics"))
                            .header("Authorization", "Bearer " + Member.TOKEN)
                            .build();
            return http.send(request, BodyHandlers.ofString()).body() + ofGrid;
        }
    }
}
