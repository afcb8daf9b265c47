package io.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InteractionTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final TimeOrderedIds ids = TimeOrderedIds.system();

    @Test
    @DisplayName("what the builder was not told it takes from what it was told")
    void builderFillsIn() {
        var interaction = hello().build();

        assertThat(interaction.position()).isZero();
        assertThat(interaction.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(interaction.occurredAt()).isEqualTo(NOON);
        assertThat(interaction.fallbackText()).isEqualTo("Hello\n[deleted]");
        assertThat(interaction.type()).isEqualTo("text");
        assertThat(interaction.parts()).extracting(Part::number).containsExactly(1, 2);
    }

    @Test
    @DisplayName("a builder of an interaction builds the same interaction")
    void builderCopies() {
        var interaction =
                hello().conversation(ids.conversation())
                        .customer(ids.customer())
                        .target(Target.known(ids.interaction(), 2))
                        .inReplyTo(Target.external("x"))
                        .thread("t")
                        .locale(java.util.Locale.FRENCH)
                        .traceparent("00-1-2-01")
                        .plugin(new PluginVersion("pager", "1"))
                        .replayed(true)
                        .possibleDuplicate(true)
                        .extension("pager.a", Json.TRUE)
                        .extension("pager.b", Json.FALSE)
                        .unknown(Map.of("mood", Json.string("good")))
                        .build();

        assertThat(interaction.toBuilder().build()).isEqualTo(interaction);
        assertThat(interaction.withPosition(7).position()).isEqualTo(7);
        assertThat(interaction.withPosition(7).toBuilder().position(0).build())
                .isEqualTo(interaction);
        assertThat(interaction.extensions()).containsOnlyKeys("pager.a", "pager.b");
    }

    @Test
    @DisplayName("a value that was given hides no longer behind an unknown one of its name")
    void givenValuesReplaceUnknownOnes() {
        var read =
                hello().direction(Direction.INTERNAL)
                        .unknown(
                                Map.of(
                                        "direction", Json.string("sideways"),
                                        "customerId", Json.string("?"),
                                        "mood", Json.string("good")))
                        .build();
        var changed =
                read.toBuilder().direction(Direction.OUTBOUND).customer(ids.customer()).build();

        assertThat(changed.unknown()).containsOnlyKeys("mood");
        assertThat(read.withPosition(1).unknown()).isEqualTo(read.unknown());
    }

    @Test
    void nobodyCanChangeItFromOutside() {
        var parts = new ArrayList<>(Part.of(Content.text("Hello")));
        var extensions = new LinkedHashMap<>(Map.of("pager.a", Json.TRUE));
        var interaction = hello().parts(parts).extensions(extensions).build();
        parts.clear();
        extensions.clear();

        assertThat(interaction.parts()).hasSize(1);
        assertThat(interaction.extensions()).hasSize(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> interaction.parts().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> interaction.extensions().clear());
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatNullPointerException()
                .isThrownBy(() -> Interaction.builder().build())
                .withMessage("the direction of an interaction must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hello().parts(List.of()).fallbackText("x").build())
                .withMessage("the parts of an interaction must not be empty");
        assertThatIllegalArgumentException().isThrownBy(() -> hello().position(-1).build());
    }

    @Test
    @DisplayName("no text form tells what a customer said or who it is")
    void textFormsTellNothing() {
        String secret = "Mary had a little lamb";
        var interaction =
                hello().contents(Content.text(secret), Content.note(secret))
                        .actor(Actor.customer(secret))
                        .address(secret)
                        .line(secret)
                        .extension("pager.raw", Json.string(secret))
                        .build();

        assertThat(interaction.toString())
                .contains("INBOUND text on pager-us")
                .doesNotContain("lamb");
        assertThat(interaction.parts().toString()).doesNotContain("lamb");
        assertThat(interaction.content().toString()).doesNotContain("lamb");
        assertThat(interaction.actor().toString()).doesNotContain("lamb");
        assertThat(interaction.extensions().toString()).doesNotContain("lamb");
        assertThat(Identity.signed("email", secret, secret).toString()).doesNotContain("lamb");
        assertThat(Identity.confirmed("email", secret, "c1", secret).toString())
                .doesNotContain("lamb");
        assertThat(Signal.transcript(secret, secret, secret).toString()).doesNotContain("lamb");
    }

    @Test
    void jsonStringsAreEscaped() {
        assertThat(Json.string("a\"b\\c\n\0 \u00e9 \uD83D\uDC4D").text())
                .isEqualTo("\"a\\\"b\\\\c\\u000a\\u0000 \u00e9 \uD83D\uDC4D\"");
        assertThat(Json.string("\uD83D").text()).isEqualTo("\"\\ud83d\"");
        assertThat(Json.string("\uDC4D\uD83D").text()).isEqualTo("\"\\udc4d\\ud83d\"");
    }

    private InteractionBuilder hello() {
        return Interaction.builder()
                .id(ids.interaction())
                .channel(ChannelId.of("pager"))
                .account(AccountId.of("pager-us"))
                .line("100")
                .address("200")
                .direction(Direction.INBOUND)
                .receivedAt(NOON)
                .contents(Content.text("Hello"), new Content.Deleted());
    }
}
