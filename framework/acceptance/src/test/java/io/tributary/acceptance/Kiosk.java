package io.tributary.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A kiosk's browser, touched by a customer.
record Kiosk(BrowserContext context, Page page, List<String> errors) implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("\"code\":\"([0-9A-Z-]+)\"");
    private static final Pattern PAGE = Pattern.compile("\"page\":\"([^\"#]+)#");

    static Kiosk at(Chromium chromium) {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        var context =
                chromium.browser()
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(1080, 1280)
                                        .setReducedMotion(ReducedMotion.REDUCE)
                                        .setHasTouch(true));
        context.setDefaultTimeout(30_000);
        var page = context.newPage();
        return new Kiosk(context, page, PageErrors.of(page, Kiosk::isRefusedPicture));
    }

    /// The policy refuses it, on purpose.
    private static boolean isRefusedPicture(String complaint) {
        return complaint.startsWith("Loading the image '") && complaint.contains("hacked=1");
    }

    void provision(KioskMember member) throws Exception {
        provision(member, "127.0.0.1");
    }

    /// @param host by which the browser comes
    void provision(KioskMember member, String host) throws Exception {
        var made =
                member.api(
                        "POST",
                        "/admin/v1/accounts/kiosk/actions/make-code",
                        "{\"input\": {\"device\": \"berlin-7\", \"store\": \"berlin\", \"floor\": \"2\"}}");
        page.navigate(found(PAGE, made.body()).replace("//127.0.0.1:", "//" + host + ":"));
        page.locator("#code").fill(found(CODE, made.body()));
        picture("setup");
        page.locator("#code").press("Enter");
        assertThat(page.locator("body")).hasAttribute("data-state", "attract");
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    void begins() {
        page.locator(".begin").tap();
    }

    void says(String text) {
        Locator field = page.locator("#say");
        field.fill(text);
        field.press("Enter");
    }

    void ends() {
        page.locator(".end").tap();
        assertThat(page.locator("body")).hasAttribute("data-state", "attract");
    }

    /// Hands over what the reader reads, and agrees.
    void checksIn(String shown) {
        page.getByText("Check in").tap();
        page.locator("#agreed").check();
        page.locator("#asked").fill(shown);
        page.locator("#asked").press("Enter");
        assertThat(page.locator("dialog")).hasCount(0);
    }

    /// The same by keyboard alone: the reader types while the consent, just given, has the focus.
    void checksInByKeyboard(String shown) {
        var button =
                page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Check in").setExact(true));
        button.press("Enter");
        assertThat(page.locator("#agreed")).isFocused();
        page.keyboard().press("Space");
        page.keyboard().type(shown);
        assertThat(page.locator("#asked")).hasValue(shown);
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(button).isFocused();
    }

    /// A scanner types, faster than anybody, where nobody was asked for anything.
    void reads(String code) {
        page.evaluate(
                """
                code => {
                  for (const key of [...code, 'Enter']) {
                    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
                  }
                }
                """,
                code);
    }

    /// Until the member has all that was said.
    void rests() {
        assertThat(page.locator(".log .state")).hasCount(0);
    }

    /// For eyes, where somebody wants to look: `-Dtributary.pictures=FOLDER`.
    void picture(String name) {
        String into = System.getProperty("tributary.pictures");
        if (into != null) {
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of(into, "kiosk-" + name + ".png")));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
