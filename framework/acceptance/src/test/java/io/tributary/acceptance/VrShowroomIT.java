package io.tributary.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Built from the repository of the distribution and run by `tributary dev`, as its README says.
@DisplayName("samples/vr-showroom")
@Timeout(900)
final class VrShowroomIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Four samples of silence.
    private static final byte[] SOUND =
            HexFormat.of()
                    .parseHex(
                            "524946462c00000057415645666d74201000000001000100"
                                    + "401f0000803e00000200100064617461080000000000000000000000");

    @TempDir private static Path folder = Path.of("");

    private static SampleProject project;
    private static Shell.Said built;

    @BeforeAll
    static void build() throws Exception {
        project = SampleProject.copied("vr-showroom", folder);
        built = project.verified();
    }

    @Test
    @DisplayName("keeps the contract, every promise of it that is a question for headsets")
    void gold() throws Exception {
        assertThat(built.exit()).as(built.text()).isZero();
        assertThat(project.scoreCard()).contains("\"grade\": \"gold\"");
    }

    @Test
    @DisplayName("shows an agent what a visitor does, and the visitor what the agent answers")
    void visited() throws Exception {
        assertThat(built.exit()).as(built.text()).isZero();
        var errors = new CopyOnWriteArrayList<String>();
        try (Chromium chromium = Chromium.start();
                Workbench bench = Workbench.start(project.folder())) {
            Page page = chromium.browser().newPage();
            page.setDefaultTimeout(PATIENCE.toMillis());
            page.onPageError(errors::add);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")
                        && !message.text().startsWith("Failed to load resource")) {
                    errors.add(message.text());
                }
            });
            page.clock().install();
            page.navigate(paired(bench));

            goesThrough(page);
            awaitInbound(
                    bench,
                    "[visit began] vienna",
                    "[looked at] Sofa Oslo",
                    "Lamp Aurora",
                    "[help] Does it come in blue?",
                    "[voice]");
            isAnswered(page, bench);
        }
        assertThat(errors).as("errors in the browser's console").isEmpty();
    }

    /// Where a headset is played that was paired a moment ago.
    private static String paired(Workbench bench) throws Exception {
        var answer =
                bench.post(
                        "/admin/v1/accounts/dev/actions/pair-headset",
                        "{\"input\": {\"headset\": \"hall-1\"}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return found("\"page\":\"([^\"]+)\"", answer.body());
    }

    private static void goesThrough(Page page) {
        page.locator("#wear").click();
        assertThat(page.locator("#state")).hasText("Connected.");
        page.locator("[data-product=sofa-3]").hover();
        page.clock().fastForward(4_000);
        page.locator("[data-product=lamp-7]").click();
        assertThat(page.locator("#hand")).hasText("In the hand: Lamp Aurora");
        page.locator("#words").fill("Does it come in blue?");
        page.locator("#words").press("Enter");
        assertThat(page.locator("#said li")).hasCount(4);
        page.locator("#file")
                .setInputFiles(new FilePayload[] {new FilePayload("note.wav", "audio/wav", SOUND)});
        assertThat(page.locator("#said li").last()).containsText("\"what\":\"voice\"");
    }

    private static void isAnswered(Page page, Workbench bench) throws Exception {
        var conversation =
                found("\"conversationId\":\"([^\"]*)\"", bench.read("/v1/interactions").body());
        var answered =
                bench.post(
                        "/v1/conversations/" + conversation + "/interactions",
                        "{\"parts\": [{\"type\": \"text\", \"text\": \"It does. I am coming.\"}]}");
        assertThat(answered.statusCode()).as(answered.body()).isEqualTo(202);
        assertThat(page.locator("#panel")).hasText("It does. I am coming.");
        page.locator("#panel").hover();
        awaitInbound(bench, "[read]");
        page.locator("#wear").click();
        assertThat(page.locator("#state")).hasText("The headset lies on the shelf.");
        awaitInbound(bench, "[visit ended] vienna");
        assertThat(bench.read("/v1/conversations/" + conversation).body()).contains("closedAt");
    }

    /// Waits until all of it has come, in this order.
    private static void awaitInbound(Workbench bench, String... texts) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(bench.texts("inbound"))
                                .extracting(VrShowroomIT::withoutTime)
                                .containsSubsequence(List.of(texts)));
    }

    private static String withoutTime(String text) {
        return text.replaceAll(" for \\d+ s$", "");
    }

    private static String found(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
