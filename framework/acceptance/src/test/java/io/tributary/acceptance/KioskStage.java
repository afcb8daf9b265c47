package io.tributary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of the kiosk begin with: a member with an account of it, and a browser that nobody
/// has let in yet.
abstract class KioskStage {

    @TempDir Path folder = Path.of("");

    Chromium chromium;
    KioskMember member;
    Kiosk kiosk;
    Page page;

    /// The account as it is put.
    abstract String account();

    @BeforeEach
    void start() throws Exception {
        chromium = Chromium.start();
        member = KioskMember.start(folder);
        member.connect(account());
        kiosk = Kiosk.at(chromium);
        page = kiosk.page();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {kiosk, chromium, member}) {
            if (each != null) {
                each.close();
            }
        }
        if (kiosk != null) {
            assertThat(kiosk.errors()).as("errors in the browser's console").isEmpty();
        }
    }
}
