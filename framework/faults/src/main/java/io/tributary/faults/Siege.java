package io.tributary.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A member, or several of one cluster, under load with readers, to do something bad to; and then
/// to be looked at by the checker. The load and the readers go to any member that runs.
final class Siege implements AutoCloseable {

    private static final int CONNECTIONS = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<Launch> launches;
    private final Front front;
    private final Path record;
    private final Ledger ledger;
    private final Whereabouts door = new Whereabouts();
    private final Whereabouts member = new Whereabouts();
    private final List<Reader> readers = new ArrayList<>();
    private final Provider provider;
    private final Map<Integer, Member> running = new TreeMap<>();

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

    private Siege(List<Launch> launches, Front front, Path record, Random random)
            throws IOException {
        this.launches = launches;
        this.front = front;
        this.record = record;
        this.ledger = Ledger.create(record);
        this.provider = new Provider(ledger, door, CONNECTIONS, random);
    }

    /// Starts a member on new data, its readers, and the load.
    ///
    /// @param record where the provider writes down what it does; no file yet
    static Siege begin(
            Launch launch, Front front, Path record, Random random, StreamReader.Habit... habits)
            throws IOException, InterruptedException {
        var siege = new Siege(List.of(launch), front, record, random);
        try {
            siege.running.put(0, Member.first(launch));
            siege.settle(random, habits);
            return siege;
        } catch (IOException | InterruptedException failed) {
            siege.close();
            throw failed;
        }
    }

    /// Starts members of one cluster, whose configuration holds the account, and all else as
    /// [#begin].
    static Siege fleet(
            List<Launch> launches, Path record, Random random, StreamReader.Habit... habits)
            throws IOException, InterruptedException {
        var siege = new Siege(launches, Front.NONE, record, random);
        try {
            for (int number = 0; number < launches.size(); number++) {
                siege.running.put(number, Member.start(launches.get(number)));
            }
            siege.settle(random, habits);
            return siege;
        } catch (IOException | InterruptedException failed) {
            siege.close();
            throw failed;
        }
    }

    private void settle(Random random, StreamReader.Habit... habits)
            throws IOException, InterruptedException {
        String beginning = member().now();
        for (StreamReader.Habit habit : habits) {
            readers.add(new StreamReader(member, beginning, habit, new Random(random.nextLong())));
        }
        readers.add(new PageReader(member, beginning, new Random(random.nextLong())));
        reachable();
        readers.forEach(Reader::begin);
        provider.begin();
    }

    private void reachable() throws IOException {
        List<URI> doors = new ArrayList<>();
        for (Member each : running.values()) {
            doors.add(front.before(each.url()));
        }
        member.at(running.values().stream().map(Member::url).toArray(URI[]::new));
        door.at(doors.toArray(URI[]::new));
    }

    /// The only one, or any that runs.
    Member member() {
        return running.values().iterator().next();
    }

    Provider provider() {
        return provider;
    }

    /// Kills the member, and whatever stands before it, in the midst of what they do.
    void kill() throws InterruptedException {
        front.kill();
        member().kill();
        running.clear();
        door.nowhere();
        member.nowhere();
    }

    /// Kills one of several.
    void kill(int number) throws IOException, InterruptedException {
        Member killed = running.remove(number);
        if (killed == null) {
            throw new IllegalStateException("member " + number + " does not run");
        }
        killed.kill();
        reachable();
    }

    /// Stops one of several as an operator does.
    void stop(int number) throws IOException {
        Member stopped = running.remove(number);
        if (stopped == null) {
            throw new IllegalStateException("member " + number + " does not run");
        }
        // those who reach it meanwhile are told, and go elsewhere
        stopped.close();
        reachable();
    }

    /// Starts one of several again.
    void restart(int number) throws IOException {
        running.put(number, Member.start(launches.get(number)));
        reachable();
    }

    /// Stops the member as an operator does.
    void stop() {
        door.nowhere();
        member.nowhere();
        member().close();
        running.clear();
    }

    /// Starts a member on what the killed one left, and kills it when it has not come far.
    void killWhileStarting(Duration after) throws IOException, InterruptedException {
        Process process = launches.getFirst().starting();
        if (process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("the member ended by itself with " + process.exitValue());
        }
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /// Starts a member on what the last one left.
    void restart() throws IOException {
        restart(0);
    }

    /// Stops the load when all is acknowledged, and gives it all to the checker.
    Outcome end() throws IOException, InterruptedException {
        if (!provider.finish(PATIENCE)) {
            throw new IOException("what the provider has left is not taken: " + provider.figures());
        }
        List<Row> log = member().log();
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
        running.values().forEach(Member::close);
        ledger.close();
    }
}
