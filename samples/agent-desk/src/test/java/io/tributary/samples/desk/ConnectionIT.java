package io.tributary.samples.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Lines are cut, members restart, cursors age.
class ConnectionIT extends DeskFixture {

    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

    @Test
    @DisplayName(
            "after every cut the desk goes on from its cursor: no gap, nothing twice, no word about it")
    void resumesByCursor() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "message 0");
        openDesk(ada);
        List<String> expected = new ArrayList<>(List.of("message 0"));

        for (int round = 1; round <= 5; round++) {
            member.cut();
            for (int i = 0; i < 3; i++) {
                String text = "message " + round + "." + i;
                member.log.inbound(ada, text);
                expected.add(text);
            }
            assertThat(bubbles()).hasText(expected.toArray(String[]::new));
        }

        assertThat(member.resumed.size()).isGreaterThan(5);
        assertThat(List.copyOf(member.resumed).getLast()).isNotEqualTo("c1").startsWith("c");
        assertThat(page.locator(".toast")).hasCount(0);
        assertThat(page.locator(".connection")).hasText("Live");
    }

    @Test
    @DisplayName("a loss that lasts is told after some seconds, and that it is over")
    void longLoss() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "before");
        openDesk(ada);

        member.closeToStreams(true);
        member.log.inbound(ada, "meanwhile");
        assertThat(page.locator(".connection")).containsText("Reconnecting", SOON);
        member.closeToStreams(false);

        assertThat(page.locator(".toast")).containsText("Nothing was missed", SOON);
        assertThat(page.locator(".connection")).hasText("Live");
        assertThat(bubbles()).hasText(new String[] {"before", "meanwhile"});
    }

    @Test
    @DisplayName("offline is told at once; what is sent waits and goes out when the line is back")
    void offline() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "before");
        openDesk(ada);

        context().setOffline(true);
        assertThat(page.locator(".connection")).hasText("Offline");
        composer().fill("written in a tunnel");
        composer().press("Enter");
        assertThat(deliveries()).hasText("Queued");
        context().setOffline(false);

        assertThat(deliveries()).hasText("Sending");
        await().until(() -> member.log.of(ada).size() == 2);
        assertThat(page.locator(".connection")).hasText("Live");
        assertThat(page.locator(".toast")).containsText("Nothing was missed", SOON);
    }

    @Test
    @DisplayName("what waits survives a reload and goes out once")
    void queuedSurvivesReload() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "before");
        openDesk(ada);
        member.replies.loseAnswers(Integer.MAX_VALUE);
        composer().fill("once only");
        composer().press("Enter");
        await().until(() -> member.replies.keys.size() >= 2);

        page.reload();
        page.waitForSelector(".connection.live");
        member.replies.loseAnswers(0);

        page.waitForFunction("sessionStorage.getItem('tributary.desk.outgoing') === null");
        assertThat(member.log.of(ada)).hasSize(2);
        assertThat(member.replies.keys.stream().distinct()).hasSize(1);
    }

    @Test
    @DisplayName("with a cursor that is too old everything is loaded anew, and the desk says so")
    void expiredCursor() {
        var ada = member.log.begin("Ada", "+18005550101");
        member.log.inbound(ada, "before");
        openDesk(ada);
        assertThat(bubbles()).hasCount(1);

        member.expireCursors();
        member.log.inbound(ada, "after");

        assertThat(page.locator(".toast")).containsText("loaded anew", SOON);
        assertThat(bubbles()).hasText(new String[] {"before", "after"});
        member.log.inbound(ada, "live again");
        assertThat(bubbles()).hasText(new String[] {"before", "after", "live again"});
    }
}
