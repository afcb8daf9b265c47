package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.faults.Violation.Kind;
import io.tributary.twilio.simulator.Callback;
import io.tributary.twilio.simulator.Message;
import io.tributary.twilio.simulator.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Each thing that may become of a message wrongly is made on purpose: what compares fates has to
/// say so.
final class FatesTest {

    private static final String ALICE = "+1";
    private static final String BOB = "+2";

    private final List<Reply> replies =
            List.of(
                    new Reply("id 1", ALICE, "message 1"),
                    new Reply("id 2", BOB, "message 2"),
                    new Reply("id 3", ALICE, "message 3"),
                    new Reply("id 4", ALICE, "message 4"));
    private final List<Row> log =
            new ArrayList<>(
                    List.of(
                            receipt(1, "accepted"),
                            receipt(2, "failed"),
                            receipt(3, "unknown"),
                            receipt(4, "sent"),
                            receipt(4, "failed")));
    private final List<String> dead = new ArrayList<>(List.of("id 2"));
    private final List<Message> provider =
            new ArrayList<>(
                    List.of(
                            message(1, ALICE, Status.DELIVERED),
                            message(4, ALICE, Status.UNDELIVERED)));

    private static Row receipt(int number, String status) {
        return new Row(1, "receipt", ALICE, "", "id " + number, status, "event");
    }

    private static Message message(int number, String to, Status status) {
        @Nullable Integer none = null;
        return new Message(
                "SM" + number,
                Message.Origin.COMPANY,
                "+9",
                to,
                "message " + number,
                List.of(),
                null,
                status,
                none,
                null,
                0,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private List<Kind> found() {
        return Fates.check(replies, log, dead, provider).stream().map(Violation::kind).toList();
    }

    @Test
    @DisplayName("taken, refused, unknown and failed later: each is a fate")
    void allIsWell() {
        assertThat(found()).isEmpty();
        assertThat(Fates.open(replies, log)).isEmpty();
    }

    @Test
    @DisplayName("what is of unknown outcome may be there as well")
    void unknown() {
        provider.add(1, message(3, ALICE, Status.SENT));
        assertThat(found()).isEmpty();
    }

    @Test
    @DisplayName("a message of which the log says nothing is lost")
    void noFate() {
        log.removeFirst();
        assertThat(found()).containsExactly(Kind.LOST);
        assertThat(Fates.open(replies, log)).extracting(Reply::id).containsExactly("id 1");
    }

    @Test
    @DisplayName("a message that the provider never had, and is said to have, is lost")
    void notThere() {
        provider.removeFirst();
        assertThat(found()).containsExactly(Kind.LOST);
    }

    @Test
    @DisplayName("a refused message without a dead letter is lost, two of them are one too many")
    void deadLetters() {
        dead.clear();
        assertThat(found()).containsExactly(Kind.LOST);
        dead.addAll(List.of("id 2", "id 2"));
        assertThat(found()).containsExactly(Kind.DOUBLED);
    }

    @Test
    @DisplayName("a message that the provider has twice is doubled, whatever is known of it")
    void twice() {
        provider.add(2, message(4, ALICE, Status.UNDELIVERED));
        assertThat(found()).containsExactly(Kind.DOUBLED);
        provider.remove(2);
        provider.addAll(1, List.of(message(3, ALICE, Status.SENT), message(3, ALICE, Status.SENT)));
        assertThat(found()).containsExactly(Kind.DOUBLED);
    }

    @Test
    @DisplayName("a message that arrived and is said to have failed is contradicted")
    void contradicted() {
        provider.addFirst(message(2, BOB, Status.DELIVERED));
        assertThat(found()).containsExactly(Kind.CONTRADICTED);
    }

    @Test
    @DisplayName("a dead letter of a message that did not fail is contradicted")
    void buriedAlive() {
        dead.add("id 1");
        assertThat(found()).containsExactly(Kind.CONTRADICTED);
    }

    @Test
    @DisplayName("an overtaken message, and one that nobody wrote, are found")
    void overtaken() {
        provider.add(0, provider.remove(1));
        assertThat(found()).containsExactly(Kind.REORDERED);
        provider.add(message(9, ALICE, Status.SENT));
        assertThat(found()).containsExactly(Kind.REORDERED, Kind.PHANTOM);
    }

    private List<Kind> untold(Callback... told) {
        return Fates.untold(replies, log, provider, List.of(told)).stream()
                .map(Violation::kind)
                .toList();
    }

    @Test
    @DisplayName("what the provider has told, and was answered for, has to be in the log")
    void untold() {
        assertThat(untold(new Callback("SM1", Status.SENT), new Callback("SM4", Status.FAILED)))
                .isEmpty();
        assertThat(untold(new Callback("SM1", Status.DELIVERED))).containsExactly(Kind.LOST);
        assertThat(untold(new Callback("SM1", Status.UNDELIVERED))).containsExactly(Kind.LOST);
        log.add(receipt(1, "delivered"));
        assertThat(untold(new Callback("SM1", Status.DELIVERED))).isEmpty();
    }

    @Test
    @DisplayName("more messages of unknown outcome than anything has happened to are found")
    void unexplained() {
        assertThat(Fates.unexplained(replies, log, 1)).isEmpty();
        assertThat(Fates.unexplained(replies, log, 0))
                .extracting(Violation::kind)
                .containsExactly(Kind.LOST);
        log.add(receipt(3, "delivered"));
        assertThat(Fates.unexplained(replies, log, 0)).isEmpty();
    }
}
