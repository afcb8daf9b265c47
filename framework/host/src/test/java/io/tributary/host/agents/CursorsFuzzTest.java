package io.tributary.host.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.host.agents.Cursors.Parsed;
import java.nio.charset.StandardCharsets;

/// Cursors come back from anybody.
final class CursorsFuzzTest {

    private final Cursors cursors = new Cursors(new CursorsTest.Place(77, 2, 11, 1_000, 500));

    @FuzzTest(maxDuration = "10s")
    void anyTextIsACursorOfOursOrBad(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);

        switch (cursors.parse(text)) {
            case Parsed.At(long position) -> {
                assertThat(position).isBetween(10L, 1_000L);
                assertThat(cursors.parse(cursors.of(position))).isEqualTo(new Parsed.At(position));
            }
            case Parsed.Bad(String why) -> assertThat(why).isNotEmpty();
            case Parsed.Expired(String oldest) ->
                    assertThat(cursors.parse(oldest)).isInstanceOf(Parsed.At.class);
        }
    }
}
