package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.faults.Violation.Kind;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Each thing that may go wrong with replies is made on purpose: what checks them has to say so.
final class SendsTest {

    private static final String ALICE = "+1";
    private static final String BOB = "+2";
    private static final long ADA = 1;
    private static final long EVE = 2;

    private final List<Reply> replies =
            List.of(
                    new Reply("id 1", ALICE, "reply 1"),
                    new Reply("id 2", BOB, "reply 2"),
                    new Reply("id 3", ALICE, "reply 3"));
    private final List<Row> log =
            new ArrayList<>(List.of(row(1, 1), row(2, 2), row(3, 3), receipt(4, 1, "sent")));
    private final List<Arrival> arrivals =
            new ArrayList<>(List.of(arrival(10, 1, ADA), arrival(11, 2, ADA), arrival(30, 3, EVE)));
    private final List<Tenure> tenures =
            List.of(new Tenure(1, "ada", at(5)), new Tenure(2, "eve", at(20)));

    private Row row(long position, int number) {
        Reply reply = replies.get(number - 1);
        return new Row(position, reply.id(), reply.address(), reply.text(), "event " + position);
    }

    private static Row receipt(long position, int number, String status) {
        return new Row(position, "receipt", ALICE, "", "id " + number, status, "event");
    }

    private Arrival arrival(long second, int number, long process) {
        Reply reply = replies.get(number - 1);
        return new Arrival(
                at(second), reply.address(), reply.text(), new InetSocketAddress(0), process);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private List<Kind> sent() {
        return Sends.check(
                        replies,
                        log,
                        arrivals,
                        arrival -> arrival.process() == ADA ? "ada" : "eve",
                        tenures)
                .stream()
                .map(Violation::kind)
                .toList();
    }

    private List<Kind> kept() {
        return Checker.check(new History(List.of(), Set.of(), 0), replies, log, Map.of()).stream()
                .map(Violation::kind)
                .toList();
    }

    @Test
    @DisplayName("each reply kept and sent once, in order, by its owner: nothing is found")
    void allIsWell() {
        assertThat(sent()).isEmpty();
        assertThat(kept()).isEmpty();
    }

    @Test
    @DisplayName("a reply that never reached the provider is lost")
    void lost() {
        arrivals.removeLast();

        assertThat(sent()).containsExactly(Kind.LOST);
    }

    @Test
    @DisplayName("one of unknown outcome may be missing, and none of those behind it")
    void unknown() {
        arrivals.removeFirst();
        arrivals.removeLast();
        assertThat(sent()).containsExactly(Kind.LOST, Kind.LOST);

        log.add(receipt(5, 1, "unknown"));
        assertThat(sent()).containsExactly(Kind.LOST);
        log.add(receipt(6, 3, "unknown"));
        assertThat(sent()).isEmpty();
    }

    @Test
    @DisplayName("a reply that was sent twice is found, though its outcome was unknown")
    void doubled() {
        arrivals.add(arrival(31, 3, EVE));
        log.add(receipt(5, 3, "unknown"));

        assertThat(sent()).containsExactly(Kind.DOUBLED);
    }

    @Test
    @DisplayName("a reply that overtook another one of its conversation is found")
    void overtaken() {
        arrivals.clear();
        arrivals.addAll(List.of(arrival(10, 3, ADA), arrival(11, 2, ADA), arrival(30, 1, EVE)));

        assertThat(sent()).containsExactly(Kind.REORDERED);
    }

    @Test
    @DisplayName("what nobody wanted to be sent is found")
    void phantom() {
        arrivals.add(new Arrival(at(31), ALICE, "something else", new InetSocketAddress(0), EVE));

        assertThat(sent()).containsExactly(Kind.PHANTOM);
    }

    @Test
    @DisplayName("a member that sends while another one is to send is found")
    void notOwner() {
        arrivals.set(2, arrival(30, 3, ADA));

        assertThat(sent()).containsExactly(Kind.NOT_OWNER);
    }

    @Test
    @DisplayName("a promised reply that the log lacks, holds twice, changed or in the wrong order")
    void log() {
        log.remove(1);
        log.set(1, new Row(2, "id 3", ALICE, "reply 3", "event"));
        log.set(2, new Row(3, "receipt", ALICE, "", "id 1", "sent", "event"));
        assertThat(kept()).containsExactly(Kind.LOST);

        log.add(new Row(4, "id 3", ALICE, "reply 3", "event"));
        assertThat(kept()).containsExactlyInAnyOrder(Kind.LOST, Kind.DOUBLED);

        log.set(3, new Row(4, "id 2", BOB, "another text", "event"));
        assertThat(kept()).containsExactly(Kind.PHANTOM);

        log.set(3, new Row(4, "id 2", BOB, "reply 2", "event"));
        log.set(0, new Row(1, "id 3", ALICE, "reply 3", "event"));
        log.set(1, new Row(2, "id 1", ALICE, "reply 1", "event"));
        assertThat(kept()).containsExactly(Kind.REORDERED);
    }
}
