package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.faults.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A checker that cannot fail proves nothing: each kind of violation is made on purpose.
final class CheckerTest {

    private static final String ALICE = "+1";
    private static final String BOB = "+2";

    private final List<Message> sent =
            List.of(message(1, ALICE), message(2, BOB), message(3, ALICE), message(4, BOB));
    private final Set<Long> acknowledged = Set.of(1L, 2L, 3L);
    private final List<Row> log = new ArrayList<>(List.of(row(1, 2), row(2, 1), row(3, 3)));
    private final List<Row> shown = new ArrayList<>(log);

    private static Message message(long number, String sender) {
        return new Message(number, sender, "text " + number);
    }

    private Row row(long position, int number) {
        Message message = sent.get(number - 1);
        return new Row(
                position, "id " + position, message.sender(), message.text(), "event " + position);
    }

    private List<Kind> found() {
        return Checker.check(new History(sent, acknowledged, 0), log, Map.of("the reader", shown))
                .stream()
                .map(Violation::kind)
                .toList();
    }

    @Test
    @DisplayName("what was acknowledged once, in each sender's order, shown once: nothing is found")
    void allIsWell() {
        assertThat(found()).isEmpty();
    }

    @Test
    @DisplayName("what was sent and never acknowledged may be there or not")
    void unanswered() {
        log.add(row(4, 4));
        shown.add(row(4, 4));

        assertThat(found()).isEmpty();
    }

    @Test
    @DisplayName("an acknowledged message that is not there is lost")
    void lost() {
        log.removeLast();
        shown.removeLast();

        assertThat(found()).containsExactly(Kind.LOST);
    }

    @Test
    @DisplayName("an empty log has lost everything")
    void allLost() {
        log.clear();
        shown.clear();

        assertThat(found()).containsExactly(Kind.LOST, Kind.LOST, Kind.LOST);
    }

    @Test
    @DisplayName("a message that is there twice is doubled")
    void doubled() {
        log.add(row(4, 1));
        shown.add(row(4, 1));

        assertThat(found()).containsExactly(Kind.DOUBLED);
    }

    @Test
    @DisplayName("a sender's later message before an earlier one is reordered")
    void reordered() {
        log.clear();
        log.addAll(List.of(row(1, 3), row(2, 1), row(3, 2)));
        shown.clear();
        shown.addAll(log);

        assertThat(found()).containsExactly(Kind.REORDERED);
    }

    @Test
    @DisplayName("a row that nobody sent is a phantom")
    void phantom() {
        var phantom = new Row(4, "id 4", ALICE, "text 99", "event 4");
        log.add(phantom);
        shown.add(phantom);

        assertThat(found()).containsExactly(Kind.PHANTOM);
    }

    @Test
    @DisplayName("a text under somebody else's name is a phantom, and its own message is lost")
    void wrongSender() {
        var strange = new Row(3, "id 3", BOB, "text 3", "event 3");
        log.set(2, strange);
        shown.set(2, strange);

        assertThat(found()).containsExactly(Kind.PHANTOM, Kind.LOST);
    }

    @Test
    @DisplayName("positions that are not dense are a gap")
    void gap() {
        log.set(2, row(4, 3));
        shown.set(2, row(4, 3));

        assertThat(found()).containsExactly(Kind.GAP);
    }

    @Test
    @DisplayName("a log that does not begin at 1 has a gap")
    void beginning() {
        log.replaceAll(row -> later(row));
        shown.replaceAll(row -> later(row));

        assertThat(found()).containsExactly(Kind.GAP);
    }

    private static Row later(Row row) {
        return new Row(row.position() + 1, row.id(), row.sender(), row.text(), row.event());
    }

    @Test
    @DisplayName("a row in the midst that a reader was not shown is missed")
    void missed() {
        shown.remove(1);

        assertThat(found()).containsExactly(Kind.MISSED);
    }

    @Test
    @DisplayName("a reader who was shown nothing has missed everything")
    void allMissed() {
        shown.clear();

        assertThat(found()).containsExactly(Kind.MISSED, Kind.MISSED, Kind.MISSED);
    }

    @Test
    @DisplayName("a position that is shown twice is repeated")
    void repeated() {
        shown.add(row(3, 3));

        assertThat(found()).containsExactly(Kind.REPEATED);
    }

    @Test
    @DisplayName("an earlier position after a later one is reordered")
    void readOutOfOrder() {
        shown.clear();
        shown.addAll(List.of(row(1, 2), row(3, 3), row(2, 1)));

        assertThat(found()).containsExactly(Kind.REORDERED);
    }

    @Test
    @DisplayName("another event than the log's at the same position is different")
    void different() {
        Row kept = log.get(1);
        shown.set(
                1,
                new Row(kept.position(), kept.id(), kept.sender(), kept.text(), "another event"));

        assertThat(found()).containsExactly(Kind.DIFFERENT);
    }

    @Test
    @DisplayName("what a reader was shown beyond the end of the log is different")
    void shownAndGone() {
        shown.add(row(4, 4));

        assertThat(found()).containsExactly(Kind.DIFFERENT);
    }
}
