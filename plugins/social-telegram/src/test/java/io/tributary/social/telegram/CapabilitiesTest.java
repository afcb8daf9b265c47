package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Rate;
import io.tributary.spi.Capabilities.Window;
import io.tributary.spi.Conversation;
import io.tributary.spi.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is promised where.
class CapabilitiesTest {

    private static Capabilities of(Conversation conversation) {
        return BotCapabilities.of(conversation);
    }

    @Test
    @DisplayName("nobody is written to who has not written first; groups are")
    void starts() {
        assertThat(of(Sample.conversation()).mayStart()).isFalse();
        assertThat(of(Sample.conversation().lastFromCustomer(Sample.NOW)).mayStart()).isTrue();
        assertThat(of(Sample.conversation(Sample.BOT, "-100")).mayStart()).isTrue();
        assertThat(of(Sample.conversation(Sample.BOT, "@news")).mayStart()).isTrue();
    }

    @Test
    @DisplayName("a chat takes a message a second, a group twenty a minute, a bot thirty a second")
    void rates() {
        var all = Rate.of(Scope.ACCOUNT, 30, Duration.ofSeconds(1));
        assertThat(of(Sample.conversation()).rates())
                .isEqualTo(List.of(Rate.of(Scope.ADDRESS, 1, Duration.ofSeconds(1)), all));
        assertThat(of(Sample.conversation(Sample.BOT, "-100")).rates())
                .isEqualTo(List.of(Rate.of(Scope.ADDRESS, 20, Duration.ofMinutes(1)), all));
    }

    @Test
    @DisplayName(
            "on behalf of a business account nothing is reacted to, and a day after they wrote"
                    + " nothing is sent")
    void business() {
        var business = of(Sample.conversation("business:abc", Sample.CUSTOMER));
        assertThat(business.support("reaction").level()).isEqualTo(Level.REFUSED);
        assertThat(business.support("edited").age()).isEqualTo(Duration.ofHours(48));
        assertThat(business.support("edited").level()).isEqualTo(Level.PARTIAL);
        assertThat(of(Sample.conversation()).support("edited").level()).isEqualTo(Level.PARTIAL);
        assertThat(business.window()).isEqualTo(Window.closed());
        var written = Sample.conversation("business:abc", Sample.CUSTOMER);
        assertThat(of(written.lastFromCustomer(Sample.NOW)).window())
                .isEqualTo(Window.closesAt(Sample.NOW.plus(Duration.ofHours(24))));
        assertThat(of(Sample.conversation()).support("reaction").values())
                .hasSize(73)
                .contains("👍", "❤‍🔥", "🤷‍♀");
    }
}
