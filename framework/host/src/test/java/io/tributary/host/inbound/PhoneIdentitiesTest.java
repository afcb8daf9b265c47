package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Customers;
import io.tributary.host.journal.Unit;
import io.tributary.model.Content;
import io.tributary.model.CustomerId;
import io.tributary.model.Identity;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class PhoneIdentitiesTest extends InboundTest {

    private static final String NUMBER = "+436601234567";

    /// Of a chat of its own, whose channel vouches for the number.
    private void says(String text, String chat, Identity... identities) {
        pager.say(
                text,
                Inbound.of(
                        PagerService.LINE,
                        Party.of(chat, identities),
                        Content.text("said " + text)));
        stored("key-" + text + "|x|" + text);
    }

    private Optional<CustomerId> bearer(String number) {
        return journal.real().directory().identity("phone", number);
    }

    private List<Customers.Identity> identities(CustomerId customer) {
        return journal.real().customers().identities(Set.of(customer));
    }

    @Test
    @DisplayName("the same number written in other ways is one customer")
    void oneNumberIsOneCustomer() {
        says("one", "chat-1", Identity.byChannel("phone", "+43 660 1234567"));
        CustomerId first = last().customer();
        says("two", "chat-2", Identity.byChannel("phone", "+43 (0)660/123-4567"));
        assertThat(last().customer()).isEqualTo(first);
        says("three", "chat-3", Identity.byChannel("phone", NUMBER));
        assertThat(last().customer()).isEqualTo(first);

        assertThat(identities(first)).extracting(Customers.Identity::value).containsExactly(NUMBER);
        assertThat(changes(Change.AddCustomer.class)).hasSize(1);
    }

    @Test
    @DisplayName("events of one batch agree on a number that is new and written in two ways")
    void oneBatchAgrees() {
        for (String written : List.of(NUMBER, "+43 660 1234567")) {
            pager.say(
                    written,
                    Inbound.of(
                            PagerService.LINE,
                            Party.of("of " + written, Identity.byChannel("phone", written)),
                            Content.text("hi")));
        }
        stored("k1|x|" + NUMBER, "k2|x|+43 660 1234567");

        assertThat(log()).hasSize(2);
        assertThat(log().getFirst().customer()).isEqualTo(last().customer());
    }

    @Test
    @DisplayName("what is no number is kept with the interaction's customer, and joins nobody")
    void whatIsNoNumberIsAClaim() {
        says("one", "chat-1", Identity.byChannel("phone", "0660 1234567"));
        CustomerId first = last().customer();
        says("two", "chat-2", Identity.byChannel("phone", "0660 1234567"));

        assertThat(last().customer()).isNotEqualTo(first);
        assertThat(bearer("0660 1234567")).isEmpty();
        assertThat(identities(first))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.type()).startsWith("claimed:phone:");
                    assertThat(each.value()).isEqualTo("0660 1234567");
                });
        assertThat(meters.get("tributary.inbound.phones.unread").counter().count()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "a number that was stored as it was written is found so, and under its one form from then on")
    void whatWasStoredBeforeIsFound() {
        CustomerId known = TimeOrderedIds.system().customer();
        journal.write(
                Unit.of(
                        new Change.AddCustomer(known, null, NOW),
                        new Change.BindIdentity(
                                "phone", "+43 660 1234567", known, "by-channel", NOW)));

        says("one", "chat-1", Identity.byChannel("phone", "+43 660 1234567"));
        assertThat(last().customer()).isEqualTo(known);
        assertThat(bearer(NUMBER)).contains(known);
        says("two", "chat-2", Identity.byChannel("phone", "+43-660-1234567"));
        assertThat(last().customer()).isEqualTo(known);
    }

    @Test
    @DisplayName("a number that was stored for somebody else as it was written stays theirs")
    void whatIsSomebodyElsesStaysTheirs() {
        says("one", "chat-1");
        CustomerId here = last().customer();
        CustomerId other = TimeOrderedIds.system().customer();
        journal.write(
                Unit.of(
                        new Change.AddCustomer(other, null, NOW),
                        new Change.BindIdentity(
                                "phone", "+43 660 1234567", other, "by-channel", NOW)));

        says("two", "chat-1", Identity.byChannel("phone", "+43 660 1234567"));

        assertThat(last().customer()).isEqualTo(here);
        assertThat(bearer(NUMBER)).contains(other);
    }

    @Test
    @DisplayName("of two customers who say the same of themselves in one batch, both have said it")
    void everybodysClaimIsKept() {
        for (String chat : List.of("chat-1", "chat-2")) {
            pager.say(
                    chat,
                    Inbound.of(
                            PagerService.LINE,
                            Party.of(chat, Identity.claimed("phone", NUMBER)),
                            Content.text("hi")));
        }
        stored("k1|x|chat-1", "k2|x|chat-2");

        assertThat(log()).hasSize(2);
        assertThat(log().getFirst().customer()).isNotEqualTo(last().customer());
        assertThat(log())
                .allSatisfy(each ->
                        assertThat(identities(each.customer()))
                                .extracting(Customers.Identity::value)
                                .containsExactly(NUMBER));
    }

    @Test
    @DisplayName("who is known by a number costs no reading while they are remembered")
    void whoIsRememberedCostsNothing() {
        says("one", "chat-1", Identity.byChannel("phone", "+43 660 1234567"));
        journal.reads.set(0);

        says("two", "chat-1", Identity.byChannel("phone", "+43 660 1234567"));

        assertThat(journal.reads).hasValue(0);
    }
}
