package io.tributary.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.tributary.twilio.simulator.Course;
import io.tributary.twilio.simulator.Options;
import io.tributary.twilio.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole way, nothing scripted: a phone, the provider's webhooks, a member, the desk.
@DisplayName("the agents' desk before a real member")
@Timeout(300)
final class DeskIT {

    private static final String CUSTOMER = "+15551230001";
    private static final String COMPANY = "+15005550006";
    private static final String ACCOUNT_SID = "AC00000000000000000000000000000001";
    private static final String AUTH_TOKEN = "0123456789abcdef0123456789abcdef";

    /// Remembers every word that the newest message's tick has shown.
    private static final String WATCH_TICKS =
            """
            () => {
              window.ticks = [];
              new MutationObserver(() => {
                const shown = [...document.querySelectorAll('.log .delivery')].at(-1)?.textContent.trim();
                if (shown && window.ticks.at(-1) !== shown) window.ticks.push(shown);
              }).observe(document.body, {subtree: true, childList: true, characterData: true});
            }
            """;

    @TempDir Path folder = Path.of("");

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private Simulator provider;
    private Member member;
    private Chromium chromium;
    private BrowserContext context;
    private Page desk;

    @BeforeEach
    void start() throws Exception {
        chromium = Chromium.start();
        provider =
                Simulator.start(
                        new Options()
                                .account(ACCOUNT_SID, AUTH_TOKEN)
                                .numbers(COMPANY)
                                .course(Course.DELIVERED.every(Duration.ofMillis(200))));
        member = Member.start(Distribution.BUILT, folder, Map.of());
        member.connect(
                "sms",
                """
                {"channel": "sms-twilio",
                 "config": {"accountSid": "%s", "from": "%s", "publicUrl": "%s", "apiBase": "%s"},
                 "secrets": {"authToken": "%s"}}\
                """
                        .formatted(ACCOUNT_SID, COMPANY, member.url(), provider.url(), AUTH_TOKEN));
        provider.webhook(member.url().resolve("/channels/sms/webhook"));
        context =
                chromium.browser()
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(1280, 800)
                                        .setLocale("en-GB"));
        context.setDefaultTimeout(30_000);
        desk = watched(context.newPage());
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {context, chromium, member, provider}) {
            if (each != null) {
                each.close();
            }
        }
        assertThat(errors).as("errors in the browser's console").isEmpty();
    }

    @Test
    @DisplayName(
            "shows an SMS without a reload, sends the reply, follows its ticks, and misses nothing over a restart")
    void wholeWay() throws Exception {
        Page phone = watched(context.newPage());
        phone.navigate(provider.url() + "/");
        phone.locator("#from").fill(CUSTOMER);
        desk.navigate(member.url() + "/desk/#token=" + Member.TOKEN + "&agent=a-7&name=Maria");
        desk.waitForSelector(".connection.live");
        desk.evaluate("window.loadedOnce = true");

        assertThat(provider.text(CUSTOMER, COMPANY, "Is my bike ready?").status()).isEqualTo(200);
        Locator row = desk.locator("[role=option]");
        assertThat(row).hasCount(1);
        assertThat(row).containsText("Is my bike ready?");
        row.click();
        assertThat(bubbles()).hasText(new String[] {"Is my bike ready?"});

        desk.evaluate(WATCH_TICKS);
        composer().fill("It is, until six.");
        composer().press("Enter");
        assertThat(desk.locator(".log .delivery")).hasText("Delivered");
        assertThat(desk.evaluate("window.ticks.join(' > ')").toString())
                .as("the tick of the reply")
                .matches("(.* > )?Sent > Delivered");
        assertThat(provider.sent().getLast().body()).isEqualTo("It is, until six.");
        assertThat(phone.locator("#thread .company .bubble")).hasText("It is, until six.");

        restartWhileTheDeskIsAway();

        assertThat(bubbles())
                .hasText(
                        new String[] {
                            "Is my bike ready?", "It is, until six.", "Thanks!", "See you"
                        });
        assertThat(desk.locator(".connection")).hasText("Live");
        assertThat(desk.evaluate("window.loadedOnce")).isEqualTo(true);
    }

    /// What came while the desk was cut off can only be there if it goes on from its cursor.
    private void restartWhileTheDeskIsAway() throws Exception {
        int port = member.url().getPort();
        context.setOffline(true);
        assertThat(desk.locator(".connection")).hasText("Offline");
        member.stop();
        member = Member.start(Distribution.BUILT, folder, port, Map.of());
        assertThat(provider.text(CUSTOMER, COMPANY, "Thanks!").status()).isEqualTo(200);
        context.setOffline(false);
        assertThat(desk.locator(".connection")).hasText("Live");
        assertThat(provider.text(CUSTOMER, COMPANY, "See you").status()).isEqualTo(200);
    }

    private Locator bubbles() {
        return desk.locator(".log .bubble");
    }

    private Locator composer() {
        return desk.locator("desk-composer textarea");
    }

    /// Chromium itself reports every lost connection: there is one on purpose.
    private Page watched(Page page) {
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !message.text().startsWith("Failed to load resource:")) {
                errors.add(message.text());
            }
        });
        return page;
    }
}
