package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Path;

/// Something that is measured by itself: with processes of its own, in a folder of its own.
@FunctionalInterface
interface Scenario {

    void run() throws IOException, InterruptedException;

    /// How one is made: what it is to do, where it tells of it, what it starts, and where that may
    /// write.
    @FunctionalInterface
    interface Maker {
        Scenario make(Plan plan, Report report, Launcher launcher, Path folder);
    }
}
