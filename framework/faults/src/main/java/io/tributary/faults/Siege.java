package io.tributary.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// A member under load with readers, to do something bad to; and then to be looked at by the
/// checker.
final class Siege implements AutoCloseable {

    private static final int CONNECTIONS = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Launch launch;
    private final Front front;
    private final Path record;
    private final Ledger ledger;
    private final Whereabouts door = new Whereabouts();
    private final Whereabouts member = new Whereabouts();
    private final List<Reader> readers = new ArrayList<>();
    private final Provider provider;
    private Member running;

    /// What came of it.
    ///
    /// @param connections of all readers together
    record Outcome(
            Provider.Figures figures,
            History history,
            long rows,
            long connections,
            List<Violation> violations) {

        /// How many there are of each kind.
        Map<Violation.Kind, Long> kinds() {
            Map<Violation.Kind, Long> kinds = new EnumMap<>(Violation.Kind.class);
            violations.forEach(violation -> kinds.merge(violation.kind(), 1L, Long::sum));
            return kinds;
        }

        @Override
        public String toString() {
            return "%d messages sent, %d acknowledged, %d deliveries retried, %d acknowledged ones repeated, answers %s; %d rows in the log, %d times read anew; violations %s"
                    .formatted(
                            history.sent().size(),
                            history.acknowledged().size(),
                            figures.retries(),
                            figures.repeats(),
                            figures.answers(),
                            rows,
                            connections,
                            kinds());
        }
    }

    private Siege(Launch launch, Front front, Path record, Random random)
            throws IOException, InterruptedException {
        this.launch = launch;
        this.front = front;
        this.record = record;
        this.ledger = Ledger.create(record);
        this.running = Member.first(launch);
        this.provider = new Provider(ledger, door, CONNECTIONS, random);
    }

    /// Starts a member on new data, its readers, and the load.
    ///
    /// @param record where the provider writes down what it does; no file yet
    static Siege begin(
            Launch launch, Front front, Path record, Random random, StreamReader.Habit... habits)
            throws IOException, InterruptedException {
        var siege = new Siege(launch, front, record, random);
        try {
            siege.settle(random, habits);
            return siege;
        } catch (IOException | InterruptedException failed) {
            siege.close();
            throw failed;
        }
    }

    private void settle(Random random, StreamReader.Habit... habits)
            throws IOException, InterruptedException {
        String beginning = running.now();
        for (StreamReader.Habit habit : habits) {
            readers.add(new StreamReader(member, beginning, habit, new Random(random.nextLong())));
        }
        readers.add(new PageReader(member, beginning, new Random(random.nextLong())));
        reachable();
        readers.forEach(Reader::begin);
        provider.begin();
    }

    private void reachable() throws IOException {
        member.at(running.url());
        door.at(front.before(running.url()));
    }

    Member member() {
        return running;
    }

    Provider provider() {
        return provider;
    }

    /// Kills the member, and whatever stands before it, in the midst of what they do.
    void kill() throws InterruptedException {
        front.kill();
        running.kill();
        door.nowhere();
        member.nowhere();
    }

    /// Stops the member as an operator does.
    void stop() {
        door.nowhere();
        member.nowhere();
        running.close();
    }

    /// Starts a member on what the killed one left, and kills it when it has not come far.
    void killWhileStarting(Duration after) throws IOException, InterruptedException {
        Process process = launch.starting();
        if (process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("the member ended by itself with " + process.exitValue());
        }
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /// Starts a member on what the last one left.
    void restart() throws IOException {
        running = Member.start(launch);
        reachable();
    }

    /// Stops the load when all is acknowledged, and gives it all to the checker.
    Outcome end() throws IOException, InterruptedException {
        if (!provider.finish(PATIENCE)) {
            throw new IOException("what the provider has left is not taken: " + provider.figures());
        }
        List<Row> log = running.log();
        Map<String, List<Row>> seen = new LinkedHashMap<>();
        long connections = 0;
        for (Reader reader : readers) {
            reader.seen().await(log.size(), PATIENCE);
            seen.put(reader.name(), reader.seen().rows());
            connections += reader.connections();
            if (!reader.trouble().isEmpty()) {
                throw new IOException(reader.name() + " was answered " + reader.trouble());
            }
        }
        ledger.close();
        History history = History.read(record);
        return new Outcome(
                provider.figures(),
                history,
                log.size(),
                connections,
                Checker.check(history, log, seen));
    }

    @Override
    public void close() {
        provider.close();
        member.over();
        readers.forEach(Reader::close);
        front.kill();
        running.close();
        ledger.close();
    }
}
