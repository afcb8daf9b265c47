package io.tributary.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Json;
import io.tributary.model.Target;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("values are built step by step")
class ValuesTest {

    @Test
    @DisplayName("capabilities refuse what they do not name")
    void capabilities() {
        var capabilities =
                Capabilities.NONE
                        .with(
                                "text",
                                Capabilities.Support.full().length(10, Capabilities.Unit.UTF16))
                        .together(2)
                        .rates(Capabilities.Rate.of(Scope.LINE, 1, Duration.ofSeconds(1)))
                        .receipts(Content.Receipt.Status.DELIVERED)
                        .start();

        assertThat(capabilities.support("text").length()).isEqualTo(10);
        assertThat(capabilities.support("media.image").level())
                .isEqualTo(Capabilities.Level.REFUSED);
        assertThat(capabilities.together()).isEqualTo(2);
        assertThat(capabilities.receipts()).containsExactly(Content.Receipt.Status.DELIVERED);
        assertThat(capabilities.mayStart()).isTrue();
        assertThat(Capabilities.NONE.mayStart()).isFalse();
    }

    @Test
    @DisplayName("a party is in a session only where the channel says so, whatever is added later")
    void session() {
        var party = Party.of("there");

        assertThat(party.named("Jo").aliases("here").session()).isFalse();
        assertThat(party.inSession().named("Jo").aliases("here").session()).isTrue();
        assertThat(party.inSession()).isNotEqualTo(party);
        assertThat(new Party("there", null, Set.of(), List.of(), false)).isEqualTo(party);
    }

    @Test
    @DisplayName("an inbound takes one more thing with each step and loses none")
    void inbound() {
        var inbound =
                Inbound.of("line", Party.of("there").named("Jo"), Content.text("hi"))
                        .id("m1")
                        .at(Instant.EPOCH)
                        .channel(ChannelId.of("other"))
                        .inReplyTo("m0")
                        .thread("t")
                        .locale(Locale.FRENCH)
                        .extension("pager.a", Json.TRUE)
                        .extension("pager.b", Json.FALSE)
                        .ours(Actor.bot("b", null));

        assertThat(inbound.parts().getFirst().externalIds()).containsExactly("m1");
        assertThat(inbound.occurredAt()).isEqualTo(Instant.EPOCH);
        assertThat(inbound.channel()).isEqualTo(ChannelId.of("other"));
        assertThat(inbound.inReplyTo()).isEqualTo("m0");
        assertThat(inbound.thread()).isEqualTo("t");
        assertThat(inbound.locale()).isEqualTo(Locale.FRENCH);
        assertThat(inbound.extensions()).containsOnlyKeys("pager.a", "pager.b");
        assertThat(inbound.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(inbound.actor()).isEqualTo(Actor.bot("b", null));
    }

    @Test
    @DisplayName("what is about something earlier can bring media, ids and all, and nobody")
    void aboutWithParts() {
        var media = Content.Media.pending(Content.Media.Kind.AUDIO, "audio/mpeg");
        var part = InboundPart.of(media).id("r1").fetch("somewhere");
        var recording = Inbound.about("", Target.external("c1"), List.of(part));

        assertThat(recording.parts()).containsExactly(part);
        assertThat(recording.target()).isEqualTo(Target.external("c1"));
        assertThat(recording.party()).isNull();
        assertThat(recording.direction()).isEqualTo(Direction.INBOUND);
    }

    @Test
    @DisplayName("an event says which note it lacks")
    void notes() {
        var event = RawEvent.of("page", Bytes.EMPTY, Dedupe.key("k")).note("a", "1").note("b", "2");

        assertThat(event.note("a")).isEqualTo("1");
        assertThat(event.note("b")).isEqualTo("2");
        assertThatThrownBy(() -> event.note("c"))
                .isInstanceOf(Malformed.class)
                .hasMessage("note c is missing from an event of kind page");
    }

    @Test
    @DisplayName("a change of state expects what was read")
    void changes() {
        var before = new State.Entry("k", Bytes.EMPTY, 7);

        assertThat(State.Change.put("k", before, Bytes.EMPTY).expected()).isEqualTo(7);
        assertThat(State.Change.put("k", null, Bytes.EMPTY).expected()).isZero();
        assertThat(State.Change.set("k", Bytes.EMPTY).expected()).isEqualTo(State.Change.ANY);
        assertThat(State.Change.remove(before).expected()).isEqualTo(7);
        assertThat(State.Change.remove("k").value()).isNull();
        assertThat(State.Change.set("k", Bytes.EMPTY).lasts(Duration.ofDays(1)).lasts())
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    @DisplayName("a call replaces a header whatever its case and posts forms")
    void calls() {
        var call =
                Http.Call.post(URI.create("https://provider.example/m"), Fields.of("To", "+1"))
                        .header("X-A", "1")
                        .header("x-a", "2");

        assertThat(call.headers())
                .containsEntry("x-a", List.of("2"))
                .containsEntry("content-type", List.of("application/x-www-form-urlencoded"));
        assertThat(call.body().utf8()).isEqualTo("To=%2B1");
        assertThat(call).hasToString("Call[POST provider.example]");
    }

    @Test
    @DisplayName("a print is the same for the same bytes")
    void prints() {
        var minute = Duration.ofMinutes(1);

        assertThat(Dedupe.print(Bytes.utf8("a"), minute))
                .isEqualTo(Dedupe.print(Bytes.utf8("a"), minute))
                .isNotEqualTo(Dedupe.print(Bytes.utf8("b"), minute));
    }

    @Test
    @DisplayName("what is malformed costs no stack trace")
    void malformed() {
        assertThat(new Malformed("x").getStackTrace()).isEmpty();
    }

    @Test
    @DisplayName("a channel without its files says which one is missing")
    void descriptor() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ChannelDescriptor.of(Bare.class, "bare", "Bare"))
                .withMessageContaining("icon.svg is missing beside " + Bare.class.getName());
    }

    private static final class Bare implements Channel {

        @Override
        public ChannelDescriptor descriptor() {
            return ChannelDescriptor.of(Bare.class, "bare", "Bare");
        }

        @Override
        public Account open(AccountContext context) {
            return conversation -> Capabilities.NONE;
        }
    }
}
