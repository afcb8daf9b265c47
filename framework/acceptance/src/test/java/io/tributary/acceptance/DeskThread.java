package io.tributary.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;

/// One conversation at the agents' desk, as somebody reads it back to its beginning.
record DeskThread(Page desk) {

    /// Opens the conversation that was active last.
    ///
    /// @param said what is to be seen, the last of it at the end
    void shows(List<String> said) {
        desk.locator("[role=option]").first().click();
        Locator bubbles = desk.locator(".log .bubble");
        assertThat(bubbles.last()).hasText(said.getLast());
        Locator more = desk.locator(".log .more");
        for (int before = bubbles.count(); more.count() > 0; before = bubbles.count()) {
            more.click();
            assertThat(bubbles.nth(before)).isAttached();
        }
        assertThat(desk.locator(".log .bubble .text").allTextContents()).containsAll(said);
    }
}
