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
import org.jspecify.annotations.Nullable;

/// A member, or several of one cluster, under load with readers, to do something bad to; and then
/// to be looked at by the checker. The load and the readers go to any member that runs.
final class Siege implements AutoCloseable {

    private static final int CONNECTIONS = 32;

    /// Members that start beside those that serve are to come to the processor, too.
    private static final int CONNECTIONS_TO_SEVERAL = 8;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Members members;
    private final Path record;
    private final Ledger ledger;
    private final List<Reader> readers = new ArrayList<>();
    private final Provider provider;
    private @Nullable Agents agents;

    /// What came of it.
    ///
    /// @param replies what agents were promised to be sent
    /// @param connections of all readers together
    record Outcome(
            Provider.Figures figures,
            History history,
            List<Reply> replies,
            List<Row> log,
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
            return "%d messages sent, %d acknowledged, %d deliveries retried, %d acknowledged ones repeated, answers %s; %d replies; %d rows in the log, %d times read anew; violations %s"
                    .formatted(
                            history.sent().size(),
                            history.acknowledged().size(),
                            figures.retries(),
                            figures.repeats(),
                            figures.answers(),
                            replies.size(),
                            log.size(),
                            connections,
                            kinds());
        }
    }

    private Siege(Members members, Path record, Random random, int connections) throws IOException {
        this.members = members;
        this.record = record;
        this.ledger = Ledger.create(record);
        this.provider = new Provider(ledger, members.door(), connections, random);
    }

    /// Starts a member on new data, its readers, and the load.
    ///
    /// @param record where the provider writes down what it does; no file yet
    static Siege begin(
            Launch launch, Front front, Path record, Random random, StreamReader.Habit... habits)
            throws IOException, InterruptedException {
        var siege = new Siege(new Members(List.of(launch), front), record, random, CONNECTIONS);
        try {
            siege.members.first();
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
        return fleet(launches, Front.NONE, record, random, habits);
    }

    /// The same with something between the provider and the members.
    static Siege fleet(
            List<Launch> launches,
            Front front,
            Path record,
            Random random,
            StreamReader.Habit... habits)
            throws IOException, InterruptedException {
        var siege = new Siege(new Members(launches, front), record, random, CONNECTIONS_TO_SEVERAL);
        try {
            siege.members.startAll();
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
        Whereabouts places = members.places();
        for (StreamReader.Habit habit : habits) {
            readers.add(new StreamReader(places, beginning, habit, new Random(random.nextLong())));
        }
        readers.add(new PageReader(places, beginning, new Random(random.nextLong())));
        readers.forEach(Reader::begin);
        provider.begin();
    }

    /// Agents answer from now on, so many times a second, over any member.
    Agents replies(int replies) {
        var begun = new Agents(members.places(), replies);
        agents = begun;
        begun.begin();
        return begun;
    }

    /// Why no reply comes any more; empty: they do, or nobody answers.
    String trouble() {
        return agents == null ? "" : agents.trouble();
    }

    Members members() {
        return members;
    }

    /// The only one, or any that runs.
    Member member() {
        return members.any();
    }

    Provider provider() {
        return provider;
    }

    List<Reader> readers() {
        return List.copyOf(readers);
    }

    /// Kills all there is, and whatever stands before it, in the midst of what they do.
    void kill() throws InterruptedException {
        members.killAll();
    }

    /// Stops the member as an operator does.
    void stop() {
        members.stopAll();
    }

    /// Starts what does not run on what it left.
    void restart() throws IOException, InterruptedException {
        members.startAll();
    }

    /// Stops the load when all is acknowledged, and gives it all to the checker.
    Outcome end() throws IOException, InterruptedException {
        if (!provider.finish(PATIENCE)) {
            throw new IOException("what the provider has left is not taken: " + provider.figures());
        }
        Agents answering = agents;
        List<Reply> replies = answering == null ? List.of() : answering.end();
        List<Row> log = member().log();
        long head = log.isEmpty() ? 0 : log.getLast().position();
        Map<String, List<Row>> seen = new LinkedHashMap<>();
        long connections = 0;
        for (Reader reader : readers) {
            reader.seen().await(head, PATIENCE);
            // what was written meanwhile is not in question
            seen.put(reader.name(), reader.seen().upTo(head));
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
                replies,
                log,
                connections,
                Checker.check(history, replies, log, seen));
    }

    @Override
    public void close() {
        var answering = agents;
        // in reverse, each even where another fails
        try (ledger;
                members;
                answering;
                provider) {
            readers.forEach(Reader::close);
        }
    }
}
