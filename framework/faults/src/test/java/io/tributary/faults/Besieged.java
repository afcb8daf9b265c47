package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/// A cluster under load whose agents answer, with everything written down outside of it: what the
/// tests of its faults begin and end with.
final class Besieged implements AutoCloseable {

    /// Longer than a send of unknown outcome holds its conversation.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int REPLIES = 25;

    private final Database database;
    private final Handset handset;
    private final Siege siege;
    private final Function<Arrival, String> senders;

    private Besieged(
            Database database, Handset handset, Siege siege, Function<Arrival, String> senders) {
        this.database = database;
        this.handset = handset;
        this.siege = siege;
        this.senders = senders;
    }

    /// Three members on the loopback.
    static Besieged begin(Database database, Handset handset, Path folder)
            throws IOException, InterruptedException, SQLException {
        return begin(database, handset, Fleet.over(database, folder), folder);
    }

    static Besieged begin(Database database, Handset handset, Fleet fleet, Path folder)
            throws IOException, InterruptedException, SQLException {
        Siege siege = siege(fleet.sendingTo(handset.url()), folder);
        return begun(
                new Besieged(
                        database,
                        handset,
                        siege,
                        arrival -> Fleet.name(siege.members().ofProcess(arrival.process()))));
    }

    /// @param fleet knows where replies go
    /// @param senders which member an arrival came from, by its name
    static Besieged begin(
            Database database,
            Handset handset,
            Fleet fleet,
            Path folder,
            Function<Arrival, String> senders)
            throws IOException, InterruptedException, SQLException {
        return begun(new Besieged(database, handset, siege(fleet, folder), senders));
    }

    private static Siege siege(Fleet fleet, Path folder) throws IOException, InterruptedException {
        return Siege.fleet(
                fleet.launches(),
                folder.resolve("record"),
                new Random(),
                StreamReader.Habit.CAREFUL);
    }

    private static Besieged begun(Besieged besieged) throws InterruptedException, SQLException {
        try {
            besieged.database.watchSlots();
            besieged.served(300);
            besieged.siege.replies(REPLIES);
            besieged.answered(20);
            return besieged;
        } catch (InterruptedException | SQLException | RuntimeException | Error failed) {
            besieged.close();
            throw failed;
        }
    }

    Siege siege() {
        return siege;
    }

    Members members() {
        return siege.members();
    }

    Provider provider() {
        return siege.provider();
    }

    /// Goes on until so many more messages are acknowledged.
    void served(int messages) throws InterruptedException {
        assertThat(siege.provider().awaitMore(messages, PATIENCE))
                .as("%d more messages are taken", messages)
                .isTrue();
    }

    /// Goes on until so many more replies have left.
    void answered(int replies) {
        long before = handset.count();
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    assertThat(siege.trouble()).as("what agents were answered").isEmpty();
                    assertThat(handset.count()).isGreaterThanOrEqualTo(before + replies);
                });
    }

    /// Whose member the slot is, by what any of them says; -1: nobody's now.
    int owner(Member asked) throws IOException, InterruptedException {
        for (JsonNode member : asked.json("/admin/v1/members").path("items")) {
            if (!member.path("slots").isEmpty()
                    && !member.path("state").asString("").equals("lost")) {
                return Integer.parseInt(
                        member.path("name").asString().substring("member-".length()));
            }
        }
        return -1;
    }

    int owner() throws IOException, InterruptedException {
        return owner(siege.member());
    }

    /// Ends it all, and looks what came of it: nothing may be wrong.
    Siege.Outcome end(String what) throws IOException, InterruptedException, SQLException {
        Siege.Outcome outcome = siege.end();
        List<Violation> violations = violations(outcome);
        System.out.printf(
                "%s: %s; %d sent, %d of them in doubt for a while; %d owners one after another%n",
                what,
                outcome,
                handset.count(),
                Sends.unknown(outcome.replies(), siege.member().log()),
                database.tenures().size());
        assertThat(violations.stream().limit(20)).isEmpty();
        assertThat(outcome.replies()).as("agents answered").isNotEmpty();
        return outcome;
    }

    /// What is wrong, with the messages and with the replies.
    List<Violation> violations(Siege.Outcome outcome)
            throws IOException, InterruptedException, SQLException {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() ->
                            Sends.missing(
                                            outcome.replies(),
                                            siege.member().log(),
                                            handset.arrivals())
                                    .isEmpty());
        } catch (ConditionTimeoutException late) {
            // said below, each by itself
        }
        List<Violation> all = new ArrayList<>(outcome.violations());
        all.addAll(
                Sends.check(
                        outcome.replies(),
                        siege.member().log(),
                        handset.arrivals(),
                        senders,
                        database.tenures()));
        return all;
    }

    @Override
    public void close() {
        siege.close();
    }
}
