package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.Outcome.Fate;
import io.tributary.spi.Party;
import io.tributary.spi.Piece;
import io.tributary.spi.RawEvent;
import io.tributary.spi.State.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the fake journal")
class FakeJournalTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MovableClock clock = new MovableClock(Instant.EPOCH);
    private final FakeState state = new FakeState(clock);
    private final FakeJournal journal = new FakeJournal(state);

    @Test
    @DisplayName("translates a whole when its last piece is there, in order")
    void counted() throws NotStored {
        assertThat(fates(piece("b", 2), piece("a", 1)))
                .containsExactly(Fate.GATHERED, Fate.GATHERED);
        clock.advance(Duration.ofSeconds(10));
        assertThat(fates(piece("b", 2))).as("the same again").containsExactly(Fate.DUPLICATE);
        assertThat(fates(piece("c", 3))).containsExactly(Fate.STORED);

        assertThat(texts()).containsExactly("abc");
        assertThat(journal.stored().getFirst().receivedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    @DisplayName("translates what is there when patience is over")
    void overdue() throws NotStored {
        fates(piece("a", 1), piece("c", 3));
        clock.advance(MINUTE.minusSeconds(1));
        journal.gatherOverdue(clock.instant());
        assertThat(texts()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        journal.gatherOverdue(clock.instant());
        assertThat(texts()).containsExactly("ac incomplete");
    }

    @Test
    @DisplayName("begins the next whole with another piece of the same number")
    void nextWhole() throws NotStored {
        fates(piece("a", 1), piece("x", 1));
        assertThat(texts()).containsExactly("a incomplete");

        fates(piece("y", 2), piece("z", 3));
        assertThat(texts()).containsExactly("a incomplete", "xyz");
    }

    @Test
    @DisplayName("gathers pieces that nobody counted until patience is over")
    void open() throws NotStored {
        var album = Piece.open("album", MINUTE);
        fates(event("1", "a").piece(album), event("2", "b").piece(album));
        clock.advance(MINUTE);
        journal.gatherOverdue(clock.instant());

        assertThat(texts()).containsExactly("ab");
    }

    @Test
    @DisplayName("marks what looks like something that came shortly before")
    void prints() throws NotStored {
        var first = RawEvent.of("e", Bytes.utf8("a"), Dedupe.print("p", MINUTE));
        append(Delivery.of(first, first));
        clock.advance(MINUTE.plusSeconds(1));
        append(Delivery.of(first));

        assertThat(journal.stored())
                .extracting(Stored::possibleDuplicate)
                .containsExactly(false, true, false);
    }

    @Test
    @DisplayName("keeps events and state together or not at all")
    void oneCommit() throws NotStored {
        append(Delivery.of(event("1", "a")).state(Change.put("cursor", null, Bytes.utf8("1"))));

        assertThatThrownBy(() ->
                        append(
                                Delivery.of(event("2", "b"))
                                        .state(Change.put("cursor", null, Bytes.utf8("2")))))
                .isInstanceOfSatisfying(
                        NotStored.class,
                        refused -> assertThat(refused.why()).isEqualTo(NotStored.Why.CONFLICT));
        assertThat(texts()).containsExactly("a");
        assertThat(state.read("cursor")).isNotNull();
    }

    @Test
    @DisplayName("lets one untranslatable event harm no other")
    void deadLetters() throws NotStored {
        assertThat(fates(event("1", "a"), event("2", "!"), event("3", "b")))
                .containsExactly(Fate.STORED, Fate.DEAD_LETTER, Fate.STORED);
        assertThat(texts()).containsExactly("a", "b");
        assertThat(journal.deadLetters()).hasSize(1);
    }

    private List<Fate> fates(RawEvent... events) throws NotStored {
        return append(Delivery.of(events)).stream().map(Outcome::fate).toList();
    }

    private List<Outcome> append(Delivery delivery) throws NotStored {
        return journal.append(delivery, clock.instant(), FakeJournalTest::translate);
    }

    private static List<Inbound> translate(Arrival arrival) {
        var text =
                arrival.events().stream()
                        .map(event -> event.body().utf8())
                        .collect(Collectors.joining());
        if (text.equals("!")) {
            throw new IllegalArgumentException("cannot");
        }
        var content = Content.text(arrival.complete() ? text : text + " incomplete");
        return List.of(Inbound.of("line", Party.of("there"), content));
    }

    private List<String> texts() {
        return journal.stored().stream()
                .map(stored -> stored.inbound().content().fallback())
                .toList();
    }

    private static RawEvent piece(String text, int number) {
        return event(text + number, text).piece(Piece.counted("group", number, 3, MINUTE));
    }

    private static RawEvent event(String key, String text) {
        return RawEvent.of("e", Bytes.utf8(text), Dedupe.key(key));
    }
}
