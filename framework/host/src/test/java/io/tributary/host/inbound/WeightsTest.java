package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Change.Weight;
import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Json;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what came in means for its conversation")
final class WeightsTest extends InboundTest {

    private static final Content NEWS =
            Content.custom("pager.news", Json.of("{}"), "[the customer has another phone]");

    private Conversation conversation() {
        var id = Objects.requireNonNull(log().getFirst().conversation());
        return journal.real().conversations().byId(id).orElseThrow();
    }

    private Weight lastWeight() {
        return changes(Change.Append.class).getLast().weight();
    }

    private static Inbound said(Content... contents) {
        return Inbound.of(PagerService.LINE, PagerService.party("+15551"), contents);
    }

    @Test
    @DisplayName("a word of the customer begins a send window and is to be read")
    void word() {
        stored("k1|+15551|hello");

        assertThat(lastWeight()).isEqualTo(Weight.FROM_CUSTOMER);
        assertThat(conversation().lastFromCustomer()).isEqualTo(NOW);
        assertThat(conversation().contentPosition()).isEqualTo(1);
    }

    @Test
    @DisplayName("what the provider tells of the customer is none of their words")
    void toldOf() {
        pager.say("news", said(NEWS).by(Actor.SYSTEM));
        stored("k1|+15551|hello");
        later(Duration.ofHours(30));

        stored("k2|x|news");

        assertThat(lastWeight()).isEqualTo(Weight.QUIET);
        assertThat(conversation().lastFromCustomer()).isEqualTo(NOW);
        assertThat(conversation().contentPosition()).isEqualTo(1);
        assertThat(conversation().lastPosition()).isEqualTo(2);
    }

    @Test
    @DisplayName("a consent alone is none either, but what was written with it is")
    void consent() {
        var consent = new Content.Consent("messages", false);
        pager.say("blocked", said(consent));
        pager.say("STOP", said(Content.text("STOP"), consent));

        stored("k1|x|blocked");
        assertThat(lastWeight()).isEqualTo(Weight.QUIET);
        assertThat(conversation().lastFromCustomer()).isNull();
        assertThat(changes(Change.SetConsent.class)).hasSize(1);

        stored("k2|x|STOP");
        assertThat(lastWeight()).isEqualTo(Weight.FROM_CUSTOMER);
    }

    @Test
    @DisplayName("that they have another number begins no window, and replies go there")
    void moved() {
        var moved = Party.of("+15559").aliases("+15551");
        pager.say("moved", Inbound.of(PagerService.LINE, moved, NEWS).by(Actor.SYSTEM));
        stored("k1|+15551|hello");
        later(Duration.ofHours(30));

        stored("k2|x|moved");

        assertThat(lastWeight()).isEqualTo(Weight.MOVED);
        assertThat(conversation().lastFromCustomer()).isEqualTo(NOW);
        assertThat(conversation().contentPosition()).isEqualTo(1);
        assertThat(conversation().customerPosition()).isEqualTo(2);
        assertThat(last().address()).isEqualTo("+15559");
    }

    @Test
    @DisplayName("what comes late was said before, so its window is shorter by that")
    void late() {
        pager.say("late", said(Content.text("hello")).at(NOW.minus(Duration.ofHours(2))));
        pager.say("ahead", said(Content.text("again")).at(NOW.plus(Duration.ofHours(2))));

        stored("k1|x|late");
        assertThat(conversation().lastFromCustomer()).isEqualTo(NOW.minus(Duration.ofHours(2)));
        Interaction late = last();
        assertThat(late.receivedAt()).isEqualTo(NOW);

        // a clock that is ahead lengthens nothing
        stored("k2|x|ahead");
        assertThat(conversation().lastFromCustomer()).isEqualTo(NOW);
    }
}
