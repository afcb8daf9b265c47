package io.tributary.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("tributary dev")
@Timeout(900)
final class DevIT {

    private static final int SAVES = 20;

    @TempDir static Path folder;

    private static Workbench bench;
    private static Path account;
    private static String original;

    @BeforeAll
    static void start() throws Exception {
        Path project = folder.resolve("paging");
        var made =
                Distribution.BUILT.run(
                        Map.of(), "new-channel", "paging", "--dir", project.toString());
        assertThat(made.exit()).as(made.err()).isZero();
        account = project.resolve("src/main/java/com/example/paging/PagingAccount.java");
        original = Files.readString(account);
        bench = Workbench.start(project);
    }

    @AfterAll
    static void stop() throws Exception {
        if (bench != null) {
            bench.close();
        }
    }

    @BeforeEach
    void asItWasMade() throws Exception {
        Files.writeString(account, original);
        await().atMost(Duration.ofMinutes(1)).until(() -> answer("settled").equals("202"));
    }

    @Test
    @DisplayName("serves what was saved, and loses nothing of what comes meanwhile")
    void reloads() throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        var over = new AtomicBoolean();
        Thread traffic =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; !over.get(); i++) {
                                send("traffic " + i, acknowledged, refused);
                            }
                        });
        List<Long> times = new ArrayList<>();
        try {
            for (int i = 1; i <= SAVES; i++) {
                String status = String.valueOf(202 + i);
                String saved =
                        original.replace(
                                "new WebhookReply(202,", "new WebhookReply(" + status + ",");
                int round = i;
                long begin = System.nanoTime();
                Files.writeString(account, saved);
                await().atMost(Duration.ofMinutes(1))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> answer("probe " + round).equals(status));
                times.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            }
        } finally {
            over.set(true);
            traffic.join();
        }

        long median = times.stream().sorted().skip(SAVES / 2).findFirst().orElseThrow();
        System.out.printf(
                "save to serving: median %d ms of %d, %s; %d texts meanwhile%n",
                median, SAVES, times, acknowledged.size());
        assertThat(refused).as("refused while versions changed").isEmpty();
        assertThat(acknowledged).as("texts that came meanwhile").hasSizeGreaterThan(SAVES);
        assertThat(bench.texts("inbound").stream().filter(each -> each.startsWith("traffic ")))
                .as("in the log, once and in order")
                .containsExactlyElementsOf(acknowledged);
        assertThat(median).as("on a machine that others use as well").isLessThan(5_000);
    }

    private static void send(String text, Queue<String> acknowledged, Queue<String> refused) {
        try {
            HttpResponse<String> answer = bench.text(text, text);
            if (answer.statusCode() < HttpURLConnection.HTTP_MULT_CHOICE) {
                acknowledged.add(text);
            } else {
                refused.add(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException failure) {
            refused.add(failure.toString());
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    /// The status that the code which serves now answers with.
    private static String answer(String id) throws IOException, InterruptedException {
        return String.valueOf(bench.text(id, id).statusCode());
    }

    @Test
    @DisplayName("says what does not compile, over the page as well, while the old code serves")
    void compileError() throws Exception {
        Queue<String> errors = new ConcurrentLinkedQueue<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage();
            page.setDefaultTimeout(60_000);
            page.onPageError(errors::add);
            page.navigate(bench.page().toString());
            assertThat(page.locator("#project")).hasText("paging");
            assertThat(page.locator("#overlay")).isHidden();

            Files.writeString(
                    account,
                    original.replace("LONGEST_TEXT = 1_000", "LONGEST_TEXT = \"<b>x</b>\""));

            assertThat(page.locator("#overlay")).isVisible();
            assertThat(page.locator("#complaints"))
                    .containsText("PagingAccount.java:29:45\nincompatible types");
            assertThat(page.locator("#complaints")).containsText("\"<b>x</b>\"");
            await().untilAsserted(() ->
                    assertThat(bench.said())
                            .contains("PagingAccount.java:29:45: incompatible types"));
            assertThat(answer("while it does not compile")).isEqualTo("202");

            Files.writeString(account, original);

            assertThat(page.locator("#overlay")).isHidden();
            assertThat(page.locator("#state")).hasAttribute("data-phase", "serving");
        }
        assertThat(errors).as("errors in the page").isEmpty();
    }

    @Test
    @DisplayName("shows raw event, interaction and stream, sends an answer, all by keyboard")
    void page() throws Exception {
        Queue<String> errors = new ConcurrentLinkedQueue<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage();
            page.setDefaultTimeout(60_000);
            page.onPageError(errors::add);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")
                        && !message.text().startsWith("Failed to load resource")) {
                    errors.add(message.text());
                }
            });
            page.navigate(bench.page().toString());
            page.locator("#example").selectOption("0");
            page.locator("#body").fill("<i>Is anybody</i> there?");
            page.keyboard().press("Control+Enter");

            assertThat(page.locator("#answer")).containsText("Answered 202");
            assertThat(page.locator("#stream li").last()).containsText("<i>Is anybody</i> there?");
            assertThat(page.locator("#interaction")).containsText("\"direction\": \"inbound\"");
            assertThat(page.locator("#raw")).containsText("\"kind\": \"text\"");

            page.locator("#text").fill("Always.");
            page.keyboard().press("Enter");

            assertThat(page.locator("#calls")).containsText("Always.");
            assertThat(page.locator("#calls")).containsText("x-to: 555-0100");
            assertThat(page.locator("#stream [aria-selected=true]"))
                    .not()
                    .containsText("Is anybody");
            page.locator("#stream").focus();
            page.keyboard().press("Home");
            assertThat(page.locator("#stream li").first()).hasAttribute("aria-selected", "true");
        }
        assertThat(errors).as("errors in the page").isEmpty();
    }

    @Test
    @DisplayName(
            "gives its token to nobody who comes by another name or was not given the address, and"
                    + " has no page elsewhere")
    void loopbackOnly() throws Exception {
        URI state = bench.url().resolve("/dev/state");
        String foreign =
                "GET /dev/state HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        try (var socket = new java.net.Socket("127.0.0.1", state.getPort())) {
            socket.getOutputStream()
                    .write(foreign.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            String answer =
                    new String(
                            socket.getInputStream().readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("trb_");
        }
        assertThat(status(state)).isEqualTo(403);
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage();
            page.navigate(bench.url().resolve("/dev/").toString());
            assertThat(page.locator("#state")).containsText("the whole address");
            page.navigate(bench.page().toString());
            assertThat(page.locator("#project")).hasText("paging");
        }
        assertThat(bench.read("/dev/state").body()).contains("trb_");
        try (Member member =
                Member.start(
                        Distribution.BUILT, Files.createDirectory(folder.resolve("m")), Map.of())) {
            assertThat(status(member.url().resolve("/dev/"))).isEqualTo(404);
            assertThat(status(member.url().resolve("/dev/state"))).isEqualTo(404);
        }
    }

    private static int status(URI url) throws IOException {
        var connection = (HttpURLConnection) url.toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
