package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.Content;
import io.tributary.model.CustomerId;
import io.tributary.model.Identity;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of an account in Germany.
final class NationalPhonesTest extends InboundTest {

    private static final String NUMBER = "+4915112345678";

    @Override
    Map<AccountId, String> regions() {
        return Map.of(account.id(), "DE");
    }

    private CustomerId says(String chat, String number) {
        pager.say(
                chat,
                Inbound.of(
                        PagerService.LINE,
                        Party.of(chat, Identity.byChannel("phone", number)),
                        Content.text("hi")));
        stored("key-" + chat + "|x|" + chat);
        return last().customer();
    }

    /// As it was before numbers had one form.
    private CustomerId before(String written) {
        CustomerId known = TimeOrderedIds.system().customer();
        journal.write(
                Unit.of(
                        new Change.AddCustomer(known, null, NOW),
                        new Change.BindIdentity("phone", written, known, "by-channel", NOW)));
        return known;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0151 12345678", "0049 151 12345678", "4915112345678"})
    @DisplayName("digits that meant somebody on another account mean nobody here")
    void joinsNoStrangers(String written) {
        CustomerId ada = before(written);

        CustomerId bob = says("chat-1", written);

        assertThat(bob).isNotEqualTo(ada);
        assertThat(journal.real().directory().identity("phone", NUMBER)).contains(bob);
        assertThat(journal.real().directory().identity("phone", written)).contains(ada);
    }

    @Test
    @DisplayName("a number that was stored with its country's code is found here as well")
    void findsWhatNamesItsCountry() {
        CustomerId known = before("+49 151 12345678");

        assertThat(says("chat-1", "+49 151 12345678")).isEqualTo(known);
        assertThat(says("chat-2", "0151 12345678")).isEqualTo(known);
        assertThat(says("chat-3", "4915112345678")).isEqualTo(known);
    }
}
