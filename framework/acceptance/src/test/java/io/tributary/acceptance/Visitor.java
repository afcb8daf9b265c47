package io.tributary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;

/// Somebody on a site, in a browser of their own, with the chat.
record Visitor(BrowserContext context, Page page, List<String> errors) implements AutoCloseable {

    private static final Path PICTURES = Path.of("target/webchat");

    /// @param address of the site's page
    static Visitor at(Chromium chromium, String address, Browser.NewContextOptions options) {
        var context = chromium.browser().newContext(options.setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(30_000);
        var page = context.newPage();
        var errors = PageErrors.of(page, _ -> false);
        page.navigate(address);
        return new Visitor(context, page, errors);
    }

    static Visitor at(Chromium chromium, String address) {
        return at(chromium, address, usual());
    }

    static Browser.NewContextOptions usual() {
        return new Browser.NewContextOptions()
                .setViewportSize(1000, 760)
                .setLocale("en-GB")
                .setColorScheme(ColorScheme.LIGHT);
    }

    Locator in(String selector) {
        return page.locator("tributary-chat " + selector);
    }

    /// @param text that it has among others
    Locator in(String selector, String text) {
        return page.locator(
                "tributary-chat " + selector, new Page.LocatorOptions().setHasText(text));
    }

    Locator bubbles() {
        return in(".log .bubble");
    }

    Locator button(String name) {
        return page.getByRole(
                com.microsoft.playwright.options.AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /// Opens the chat and asks nobody who they are.
    Visitor chats() {
        in(".launcher").click();
        in(".asking button:not(.main)").click();
        return this;
    }

    Visitor says(String text) {
        in("#write").fill(text);
        in("#write").press("Enter");
        return this;
    }

    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Override
    public void close() {
        context.close();
        assertThat(errors).as("errors in the browser's console").isEmpty();
    }
}
