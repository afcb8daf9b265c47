package io.tributary.samples.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tributary.samples.desk.ScriptedLog.Talk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/// A member, a browser and the desk in it, signed in as Maria (`a-7`). No test may leave an error
/// in the browser's console.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeskFixture {

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private Browsers browsers;
    private BrowserContext context;

    ScriptedMember member;
    Page page;

    @BeforeAll
    final void startBrowser() {
        browsers = Browsers.start();
    }

    @AfterAll
    final void stopBrowser() {
        if (browsers != null) {
            browsers.close();
        }
    }

    @BeforeEach
    final void startMember() throws IOException {
        errors.clear();
        member = new ScriptedMember(Path.of(System.getProperty("desk.folder")));
        context = browsers.browser().newContext(options());
        context.setDefaultTimeout(15_000);
        page = watched(context.newPage());
    }

    /// How the browser's window is.
    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions().setViewportSize(1280, 800).setLocale("en-GB");
    }

    @AfterEach
    final void nothingInTheConsole() {
        if (context != null) {
            context.close();
        }
        if (member != null) {
            member.close();
        }
        assertThat(errors).as("errors in the browser's console").isEmpty();
    }

    private Page watched(Page made) {
        made.onPageError(errors::add);
        made.onConsoleMessage(message -> {
            if (message.type().equals("error") && !isNetwork(message)) {
                errors.add(message.text());
            }
        });
        return made;
    }

    /// Chromium itself reports every answer of 400 and more, and every lost connection: the tests
    /// make them on purpose.
    private static boolean isNetwork(ConsoleMessage message) {
        return message.text().startsWith("Failed to load resource:");
    }

    BrowserContext context() {
        return context;
    }

    void openDesk() {
        page.navigate(
                member.url() + "/desk/#token=" + ScriptedMember.TOKEN + "&agent=a-7&name=Maria");
        page.waitForSelector(".connection.live");
    }

    /// Signed in, in this conversation.
    void openDesk(Talk talk) {
        openDesk();
        row(talk).click();
        page.waitForSelector(".log");
        page.mouse().move(900, 500); // away from the list, which would keep still under the pointer
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator row(Talk talk) {
        return page.locator("#row-" + talk.id);
    }

    Locator rows() {
        return page.locator("[role=option]");
    }

    Locator bubbles() {
        return page.locator(".log .bubble");
    }

    Locator composer() {
        return page.locator("desk-composer textarea");
    }

    Locator deliveries() {
        return page.locator(".log .delivery");
    }
}
