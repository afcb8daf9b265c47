package io.tributary.samples.cluster;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/// What every part of the tale has at hand.
///
/// @param front where the front is
/// @param accounts whose slots are watched
record Stage(
        Cluster cluster,
        Front way,
        URI front,
        Traffic traffic,
        Reckoning reckoning,
        Terminal terminal,
        List<String> accounts) {

    private static final long LOOK_MILLIS = 50;

    /// Looks until something is so.
    ///
    /// @throws IllegalStateException it never was
    static void until(String what, Duration most, Callable<Boolean> so)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (true) {
            try {
                if (so.call()) {
                    return;
                }
            } catch (IOException | InterruptedException told) {
                throw told;
            } catch (Exception unforeseen) {
                throw new IllegalStateException(unforeseen);
            }
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "After " + most.toSeconds() + " s still not: " + what);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /// What is counted begins anew.
    void count() {
        traffic.figures();
        way.repeated();
    }

    /// Tells what became of the traffic meanwhile, and whether the log has all of it.
    ///
    /// @return whether no webhook failed and none was lost or doubled
    boolean reckon() throws IOException, InterruptedException {
        Traffic.Figures figures = traffic.figures();
        long repeated = way.repeated();
        terminal.line(
                "webhooks meanwhile   %,d sent, %,d failed; the slowest answer took %,d ms; the front asked a second member %s",
                figures.answered(), figures.failed(), figures.slowestMillis(), times(repeated));
        Reckoning.Result result = reckoning.of(traffic);
        terminal.line(
                "since the beginning  %,d acknowledged, %s",
                result.acknowledged(),
                result.right()
                        ? "all of them in the log, each once"
                        : "%,d lost, %,d doubled, %,d that nobody sent"
                                .formatted(result.lost(), result.doubled(), result.phantoms()));
        return figures.failed() == 0 && result.right();
    }

    private static String times(long many) {
        return many == 0 ? "never" : many == 1 ? "once" : many + " times";
    }
}
