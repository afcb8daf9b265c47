package io.tributary.host.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.agents.Cursors.Parsed;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import io.tributary.model.InteractionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A cursor")
final class CursorsTest {

    /// Where a log stands.
    record Place(long identity, int timeline, long oldest, long head, long common)
            implements LogReader {

        @Override
        public long lastCommon(int older) {
            return older == timeline ? head : common;
        }

        @Override
        public Page after(long position, Filter filter, int limit) {
            return new Page(List.of(), position);
        }

        @Override
        public Optional<Row> byId(InteractionId id) {
            return Optional.empty();
        }

        @Override
        public Optional<Row> at(long position) {
            return Optional.empty();
        }

        @Override
        public Optional<Raw> raw(InteractionId id) {
            return Optional.empty();
        }
    }

    private final Cursors cursors = new Cursors(new Place(77, 2, 11, 1_000, 500));

    @Property
    void leadsBackToItsPosition(@ForAll @LongRange(min = 10, max = 1_000) long position) {
        assertThat(cursors.parse(cursors.of(position))).isEqualTo(new Parsed.At(position));
        assertThat(cursors.of(position)).hasSize(32).matches("[A-Za-z0-9_-]+");
    }

    @Property
    void thatIsAnyTextIsRefusedAndNothingElseHappens(@ForAll @StringLength(max = 64) String text) {
        assertThat(cursors.parse(text)).isInstanceOf(Parsed.Bad.class);
    }

    @Property
    void thatWasChangedInOnePlaceIsRefused(
            @ForAll @LongRange(min = 10, max = 1_000) long position,
            @ForAll @LongRange(min = 0, max = 31) long place,
            @ForAll char other) {
        String good = cursors.of(position);
        var changed = new StringBuilder(good);
        changed.setCharAt((int) place, other);
        if (!good.contentEquals(changed)) {
            assertThat(cursors.parse(changed.toString())).isInstanceOf(Parsed.Bad.class);
        }
    }

    @Test
    @DisplayName("of another log is refused")
    void ofAnotherLog() {
        assertThat(cursors.parse(new Cursors(new Place(78, 2, 11, 1_000, 500)).of(20)))
                .isInstanceOf(Parsed.Bad.class);
    }

    @Test
    @DisplayName("of what was committed and shown a moment before the head tells it is valid")
    void aheadOfTheHead(@TempDir Path folder) {
        try (var written = new TestLog(folder)) {
            written.sayMany(written.talk(TestLog.EAST, "+1"), 3);
            var late = new Cursors(new LateLog(written.journal.log(), 1));

            assertThat(late.parse(late.of(3))).isEqualTo(new Parsed.At(3));
            assertThat(late.parse(late.of(4))).isInstanceOf(Parsed.Bad.class);
        }
    }

    @Test
    @DisplayName("of the future is refused")
    void ofTheFuture() {
        assertThat(cursors.parse(cursors.of(1_001))).isInstanceOf(Parsed.Bad.class);
        assertThat(cursors.parse(new Cursors(new Place(77, 3, 11, 1_000, 500)).of(20)))
                .isInstanceOf(Parsed.Bad.class);
        assertThat(cursors.parse(cursors.of(-5))).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    @DisplayName("that is older than what is kept is told the oldest that is valid")
    void tooOld() {
        var expired = cursors.parse(cursors.of(9));

        assertThat(expired).isEqualTo(new Parsed.Expired(cursors.of(10)));
        assertThat(cursors.parse(cursors.oldest())).isEqualTo(new Parsed.At(10));
        assertThatThrownBy(() -> cursors.need(cursors.of(9)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.why()).isEqualTo(Refusal.Why.EXPIRED);
                            assertThat(refusal.oldest()).isEqualTo(cursors.of(10));
                        });
    }

    @Test
    @DisplayName("for the place in a list may be older than what is kept, but of no other log")
    void asAPlace() {
        assertThat(cursors.needPlace(cursors.of(9))).isEqualTo(9);
        assertThat(cursors.needPlace(cursors.of(0))).isZero();
        assertThatThrownBy(() -> cursors.needPlace(cursors.of(-1))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> cursors.needPlace(cursors.of(1_001))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() ->
                        cursors.needPlace(new Cursors(new Place(78, 2, 1, 1_000, 500)).of(20)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    @DisplayName(
            "from before a restore holds as far as the restored log does, and beyond is told the last common one")
    void beforeARestore() {
        var before = new Cursors(new Place(77, 1, 1, 900, 0));

        assertThat(cursors.parse(before.of(400))).isEqualTo(new Parsed.At(400));
        assertThat(cursors.parse(before.of(500))).isEqualTo(new Parsed.At(500));
        assertThat(cursors.parse(before.of(501))).isEqualTo(new Parsed.Expired(cursors.of(500)));
        assertThat(cursors.parse(before.of(5))).isEqualTo(new Parsed.Expired(cursors.of(10)));
    }
}
