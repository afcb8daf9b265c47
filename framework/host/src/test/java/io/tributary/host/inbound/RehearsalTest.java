package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Delivery;
import io.tributary.spi.Malformed;
import io.tributary.spi.Piece;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the rehearsal of another version")
final class RehearsalTest extends InboundTest {

    private Rehearsal rehearsal() {
        return new Rehearsal(journal.real());
    }

    @Test
    @DisplayName("finds out what it does not understand, and does not quote what was said")
    void secretive() throws Exception {
        stored("k1|+1|my pin is 1234");
        assertThat(rehearsal().of(account)).isEmpty();

        pager.say(
                "my pin is 1234",
                _ -> {
                    throw new Malformed("cannot read 'my pin is 1234'");
                });

        assertThat(rehearsal().of(account).orElseThrow())
                .contains("position 1", Malformed.class.getName())
                .doesNotContain("1234");
    }

    @Test
    @DisplayName("leaves out pieces, which mean something together only")
    void pieces() throws Exception {
        var patience = Duration.ofMinutes(5);
        var a = PagerService.event("k1|+1|a").piece(Piece.counted("g", 1, 2, patience));
        var b = PagerService.event("k2|+1|b").piece(Piece.counted("g", 2, 2, patience));
        answer(inbox.deliver(account, pager, null, Delivery.of(List.of(a, b))));
        new Wholes(account.alone(), inbox).takeUp();
        assertThat(log()).hasSize(1);
        pager.say(
                "a",
                _ -> {
                    throw new IllegalStateException("half of what?");
                });

        assertThat(rehearsal().of(account)).isEmpty();
        stored("k3|+1|a whole one");
        assertThat(journal.real().log().raw(last().id()).orElseThrow().piece()).isFalse();
    }
}
