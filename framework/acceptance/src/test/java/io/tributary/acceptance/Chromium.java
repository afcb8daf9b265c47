package io.tributary.acceptance;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The machine's own browser. Without one the tests are skipped and say so; in CI they fail.
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

    private static final String MISSING =
            "no chromium on the PATH: install it (Debian: apt-get install chromium)";

    static Chromium start() {
        Path program = program();
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var options =
                new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(
                                List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-quic",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync"));
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    private static Path program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(
                        () -> "true".equals(System.getenv("CI")) ? fail(MISSING) : abort(MISSING));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
