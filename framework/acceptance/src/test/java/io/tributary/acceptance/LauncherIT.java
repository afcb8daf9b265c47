package io.tributary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tributary.acceptance.Distribution.Said;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("bin/tributary")
@Timeout(300)
final class LauncherIT {

    private static final String LINE = "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  \\w+: .+";

    @TempDir Path folder = Path.of("");

    @Test
    @DisplayName(
            "starts a member that prints one line, logs without a warning, and stops when told")
    void startsAndStops() throws Exception {
        try (Member member = Member.start(Distribution.BUILT, folder, Map.of())) {
            assertThat(status(member.url().resolve("/health/ready"))).isEqualTo(200);
            int exit = member.stop();

            assertThat(member.said()).containsExactly("ready " + member.url());
            assertThat(member.log())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).matches(LINE));
            assertThat(member.log().getLast()).contains("stopped after");
            assertThat(exit).isIn(0, 143); // 143: ended by SIGTERM, as a shell counts it
        }
    }

    @Test
    @DisplayName("shows the first operator's token once, and it works")
    void firstToken() throws Exception {
        Process process =
                Distribution.BUILT
                        .process(
                                Map.of("TRIBUTARY_HTTP_PORT", "0"),
                                "serve",
                                "--data",
                                folder.resolve("data").toString())
                        .redirectError(folder.resolve("log").toFile())
                        .start();
        try (var out = process.inputReader()) {
            String ready = out.readLine();
            String token =
                    Files.readAllLines(folder.resolve("log")).stream()
                            .map(String::strip)
                            .filter(line -> line.startsWith("trb_"))
                            .findFirst()
                            .orElseThrow();

            Said said =
                    Distribution.BUILT.run(
                            Map.of("TRIBUTARY_TOKEN", token),
                            "token",
                            "list",
                            "--url",
                            ready.substring("ready ".length()));

            assertThat(said.exit()).isZero();
            assertThat(said.err()).isEmpty();
            assertThat(said.out()).startsWith("ID").doesNotContain(token);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    @DisplayName("hands over words and exit codes")
    void exitCodes() throws Exception {
        assertThat(Distribution.BUILT.run(Map.of(), "--version").out())
                .matches("tributary \\d+\\.\\d+\\.\\d+.*\\n");
        assertThat(Distribution.BUILT.run(Map.of(), "serv"))
                .isEqualTo(
                        new Said(
                                2,
                                "",
                                "tributary: There is no command 'serv'; did you mean 'serve'?\n"
                                        + "See `tributary --help`.\n"));
        assertThat(Distribution.BUILT.run(Map.of("TRIBUTARY_HTTP_PROT", "1"), "serve"))
                .satisfies(said -> assertThat(said.exit()).isEqualTo(78))
                .satisfies(said -> assertThat(said.err()).contains("TRIBUTARY_HTTP_PORT?"));
        String nobody = "http://127.0.0.1:1";
        assertThat(Distribution.BUILT.run(Map.of(), "tail", "--token", "t", "--url", nobody).exit())
                .isEqualTo(69);
        assertThat(Distribution.BUILT.run(Map.of(), "tail", "--url", nobody).exit()).isEqualTo(77);
    }

    @Test
    @DisplayName("uses the cache that the build made")
    void prepared() throws Exception {
        assumeThat(caches(Distribution.BUILT)).as("not built with -Dfast").isNotEmpty();
        Path classes = folder.resolve("classes.txt");

        try (Member member =
                Member.start(
                        Distribution.BUILT,
                        folder,
                        Map.of("TRIBUTARY_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes))) {
            member.stop();
        }

        List<String> own =
                Files.readAllLines(classes).stream()
                        .filter(line -> line.contains(" io.tributary.host."))
                        .toList();
        assertThat(own).hasSizeGreaterThan(300);
        assertThat(own.stream().filter(line -> line.contains("shared objects file")))
                .hasSizeGreaterThan(own.size() * 9 / 10);
    }

    @ParameterizedTest
    @CsvSource({"none, ''", "broken, ''", "for other flags, -XX:+UseZGC"})
    @DisplayName("says no word about a cache that is not there or does not fit")
    void unfit(String cache, String flags) throws Exception {
        assumeThat(caches(Distribution.BUILT)).as("not built with -Dfast").isNotEmpty();
        Path made = caches(Distribution.BUILT).getFirst();
        Path home = Files.createDirectory(folder.resolve("elsewhere"));
        for (String part : List.of("bin", "lib", "plugins")) {
            copy(Distribution.BUILT.home().resolve(part), home.resolve(part));
        }
        Path there = Files.createDirectory(home.resolve("cache")).resolve(made.getFileName());
        switch (cache) {
            case "broken" -> Files.writeString(there, "no cache");
            case "for other flags" -> Files.copy(made, there);
            default -> Files.delete(there.getParent());
        }

        try (Member member =
                Member.start(
                        new Distribution(home),
                        folder,
                        flags.isEmpty() ? Map.of() : Map.of("TRIBUTARY_JAVA_OPTIONS", flags))) {
            member.stop();

            assertThat(member.said()).containsExactly("ready " + member.url());
            assertThat(member.log()).allSatisfy(line -> assertThat(line).matches(LINE));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path each : files.toList()) {
                Files.copy(
                        each, to.resolve(each.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static List<Path> caches(Distribution distribution) throws IOException {
        Path cache = distribution.home().resolve("cache");
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(each -> each.toString().endsWith(".aot")).toList();
        }
    }

    private static int status(URI url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
