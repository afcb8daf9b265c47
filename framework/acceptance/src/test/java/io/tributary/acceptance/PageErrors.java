package io.tributary.acceptance;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// What a browser complains of, and what no page of ours would do.
final class PageErrors {

    private PageErrors() {}

    /// What comes from now on; connections that are lost are so on purpose.
    ///
    /// @param provoked what else the test brings about, by its text
    static List<String> of(Page page, Predicate<String> provoked) {
        var errors = new CopyOnWriteArrayList<String>();
        page.onPageError(errors::add);
        page.onDialog(dialog -> {
            errors.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !isLost(message)
                    && !provoked.test(message.text())) {
                errors.add(message.text());
            }
        });
        return errors;
    }

    /// Chromium reports every lost connection itself.
    private static boolean isLost(ConsoleMessage message) {
        return message.text().startsWith("Failed to load resource:")
                || message.text().startsWith("WebSocket connection to");
    }
}
