package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.spi.NotStored;
import io.tributary.spi.State;
import io.tributary.spi.State.Change;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("fake state")
class FakeStateTest {

    private final MovableClock clock = new MovableClock(Instant.EPOCH);
    private final FakeState state = new FakeState(clock);

    @Test
    @DisplayName("compares versions, and writes all or nothing")
    void compares() throws NotStored {
        state.write(Change.put("a", null, Bytes.utf8("1")));
        var before = state.read("a");
        state.write(Change.put("a", before, Bytes.utf8("2")));

        assertThatThrownBy(() ->
                        state.write(
                                Change.set("b", Bytes.EMPTY),
                                Change.put("a", before, Bytes.utf8("3"))))
                .isInstanceOf(NotStored.class)
                .hasMessage("state 'a' has version 2 now");
        assertThat(state.read("b")).isNull();
        assertThat(state.read("a"))
                .isNotNull()
                .extracting(State.Entry::value)
                .isEqualTo(Bytes.utf8("2"));
    }

    @Test
    @DisplayName("forgets what its time is over for")
    void expires() throws NotStored {
        state.write(Change.set("a", Bytes.EMPTY).lasts(Duration.ofSeconds(2)));
        clock.advance(Duration.ofSeconds(1));
        assertThat(state.read("a")).isNotNull();

        clock.advance(Duration.ofSeconds(1));
        assertThat(state.read("a")).isNull();
        assertThat(state.list("")).isEmpty();
        state.write(Change.put("a", null, Bytes.EMPTY));
    }

    @Test
    @DisplayName("lists by prefix, ordered, and removes")
    void lists() throws NotStored {
        state.write(
                Change.set("b.2", Bytes.EMPTY),
                Change.set("a", Bytes.EMPTY),
                Change.set("b.1", Bytes.EMPTY),
                Change.set("c", Bytes.EMPTY));
        assertThat(state.list("b.")).extracting(State.Entry::key).containsExactly("b.1", "b.2");

        state.write(Change.remove("b.1"));
        assertThat(state.list("b.")).extracting(State.Entry::key).containsExactly("b.2");
    }
}
