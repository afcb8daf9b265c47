package io.tributary.faults;

import io.tributary.twilio.simulator.Course;
import io.tributary.twilio.simulator.Fault;
import io.tributary.twilio.simulator.Simulator;
import io.tributary.twilio.simulator.Status;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What goes wrong at the provider by chance: with one request in five, and with most of the
/// receipts.
final class Misfortune {

    private static final int ONE_IN = 5;

    /// After which a request that is not answered is given up: longer than a host waits.
    private static final Duration NEVER = Duration.ofSeconds(40);

    private static final List<Supplier<Fault>> FAULTS =
            List.of(
                    () -> new Fault.Throttled(null),
                    () -> new Fault.Throttled(Duration.ofSeconds(1)),
                    Fault::broken,
                    () -> new Fault.Refused(503, 20503, "Service Unavailable"),
                    () -> new Fault.Refused(400, 30008, "Unknown error"),
                    () -> new Fault.Refused(400, 21614, "'To' number is not a valid mobile number"),
                    Fault.CutBefore::new,
                    Fault.CutAfter::new,
                    Fault.CutAfter::new,
                    Fault.CutWithin::new,
                    Fault.CutWithin::new,
                    () -> new Fault.Slow(Duration.ofSeconds(1)),
                    () -> new Fault.Dripping(Duration.ofMillis(2)),
                    () -> new Fault.Garbled(201, "{\"sid\":"),
                    () -> new Fault.Garbled(201, "[]"),
                    () -> new Fault.Garbled(500, "{\"code\":20500,\"status\":500}"),
                    () -> new Fault.Garbled(502, "<html>Bad Gateway</html>"));

    /// Each holds one place among those that are under way for as long as the host waits.
    private static final List<Supplier<Fault>> LONG =
            List.of(
                    () -> new Fault.Slow(NEVER),
                    () -> new Fault.Dripping(Duration.ofMillis(200)),
                    Fault.Endless::new);

    private static final int ONE_IS_LONG_IN = 40;

    private static final Duration QUICK = Duration.ofMillis(20);

    private static final List<Course> COURSES =
            List.of(
                    Course.DELIVERED.every(QUICK),
                    Course.DELIVERED.every(QUICK).doubled(),
                    Course.DELIVERED.every(QUICK).beginningEarly(),
                    Course.DELIVERED.every(QUICK).reversed(),
                    Course.DELIVERED.every(QUICK).reversed().doubled().beginningEarly(),
                    Course.DELIVERED.every(Duration.ofSeconds(3)),
                    Course.SILENT,
                    Course.failing(Status.UNDELIVERED, 30005).every(QUICK));

    private final Random random;

    /// @param random all that follows from the same one is the same
    Misfortune(Random random) {
        this.random = random;
    }

    /// Whether who sent the request cannot know what became of it.
    static boolean leavesOpen(@Nullable Fault fault) {
        return switch (fault) {
            case null -> false;
            case Fault.Throttled _ -> false;
            // where the provider says that it failed, it may have done it all the same
            case Fault.Refused refused -> refused.status() >= 500 && refused.status() != 503;
            case Fault.CutBefore _, Fault.CutAfter _, Fault.CutWithin _ -> true;
            case Fault.Slow _, Fault.Dripping _, Fault.Endless _, Fault.Garbled _ -> true;
        };
    }

    void befall(Simulator provider) {
        provider.faults().onSendOtherwise(this::fault);
        provider.courses(this::course);
    }

    private synchronized @Nullable Fault fault() {
        if (random.nextInt(ONE_IN) > 0) {
            return null;
        }
        return any(random.nextInt(ONE_IS_LONG_IN) == 0 ? LONG : FAULTS).get();
    }

    private synchronized Course course() {
        return any(COURSES);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
