package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.json.InteractionJson;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.MediaId;
import io.tributary.model.Part;
import io.tributary.model.Span;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Capabilities;
import java.net.URI;
import java.text.BreakIterator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("any draft that a channel with any capabilities takes")
final class AnyDraftTest {

    private static final int DRAFTS = 600;

    private static URI link(MediaId file) {
        return URI.create("https://files.example/" + file);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("goes within the channel's limits, and nothing of it is lost unsaid")
    void keepsItsWord(long seed) {
        var any = new AnyDraft(seed);
        int taken = 0;
        int adapted = 0;
        for (int i = 0; i < DRAFTS; i++) {
            var capabilities = any.capabilities();
            var drafted = any.contents();
            var carrying =
                    Carrying.of(
                            Part.of(drafted.toArray(Content[]::new)),
                            capabilities,
                            AnyDraftTest::link);
            if (!carrying.problems().isEmpty()) {
                continue;
            }
            taken++;
            adapted += carrying.degraded().isNothing() ? 0 : 1;
            withinLimits(carrying, capabilities);
            wholeCharacters(carrying);
            changesAreSaid(carrying);
            wordsArrive(drafted, carrying);
            isReadBack(carrying);
        }
        assertThat(taken).isGreaterThan(DRAFTS / 10);
        assertThat(adapted).isGreaterThan(taken / 3);
    }

    private static Content sent(Carrying carrying, Part part) {
        return carrying.degraded().sent(part.number(), part.content());
    }

    private static void withinLimits(Carrying carrying, Capabilities capabilities) {
        for (var part : carrying.parts()) {
            if (!carrying.degraded().isLost(part.number())) {
                var sent = sent(carrying, part);
                var support = capabilities.support(sent.capability());
                assertThat(Carried.is(support)).isTrue();
                assertThat(Limits.against(sent, support)).isNull();
            }
        }
        assertThat(carrying.parts()).anyMatch(part -> !carrying.degraded().isLost(part.number()));
    }

    /// Between the pieces of a text there was a place between two characters.
    private static void wholeCharacters(Carrying carrying) {
        for (var cut : carrying.degraded().cut()) {
            var pieces =
                    cut.stream()
                            .map(number -> carrying.parts().get(number - 1).content())
                            .filter(Content.Text.class::isInstance)
                            .map(content -> ((Content.Text) content).text())
                            .toList();
            var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
            characters.setText(String.join("", pieces));
            int end = 0;
            for (var piece : pieces) {
                end += piece.length();
                assertThat(characters.isBoundary(end)).isTrue();
            }
        }
    }

    private static void changesAreSaid(Carrying carrying) {
        for (var part : carrying.parts()) {
            if (!sent(carrying, part).equals(part.content())) {
                assertThat(carrying.degraded().parts().values())
                        .anyMatch(numbers -> numbers.contains(part.number()));
            }
        }
    }

    /// What was written, part by part, is found in what is sent in its place.
    private static void wordsArrive(List<Content> drafted, Carrying carrying) {
        int number = 1;
        for (var content : drafted) {
            var numbers = belonging(number, carrying);
            number += numbers.size();
            if (numbers.stream().anyMatch(carrying.degraded()::isLost)) {
                continue;
            }
            var arrived =
                    numbers.stream()
                            .map(one -> sent(carrying, carrying.parts().get(one - 1)))
                            .map(AnyDraftTest::all)
                            .collect(Collectors.joining());
            assertThat(words(content)).allMatch(arrived::contains);
        }
        assertThat(number).isEqualTo(carrying.parts().size() + 1);
    }

    private static List<Integer> belonging(int number, Carrying carrying) {
        return carrying.degraded().cut().stream()
                .filter(cut -> cut.contains(number))
                .findFirst()
                .orElse(List.of(number));
    }

    private static String all(Content content) {
        return content instanceof Content.Text text
                ? text.text()
                        + text.spans().stream().map(Span::value).collect(Collectors.joining(" "))
                : String.join(" ", words(content));
    }

    private static List<String> words(Content content) {
        var words = new ArrayList<String>();
        switch (content) {
            case Content.Text text -> {
                // addresses may stand between
                words.addAll(text.spans().isEmpty() ? lines(text.text()) : List.of());
                text.spans().stream()
                        .filter(span -> span.kind() == Span.Kind.LINK)
                        .map(Span::value)
                        .forEach(words::add);
            }
            case Content.Choices choices -> {
                words.addAll(lines(choices.text()));
                choices.choices().forEach(choice -> words.addAll(words(choice)));
            }
            case Content.Card card -> {
                words.addAll(lines(card.title()));
                words.addAll(lines(card.text()));
                if (card.image() != null) {
                    words.addAll(words(card.image()));
                }
                card.choices().forEach(choice -> words.addAll(words(choice)));
            }
            case Content.Carousel carousel ->
                    carousel.cards().forEach(card -> words.addAll(words(card)));
            case Content.Media media -> {
                words.add(String.valueOf(media.id()));
                words.addAll(lines(media.caption()));
            }
            default -> words.add(content.fallback());
        }
        return words;
    }

    private static List<String> words(Choice choice) {
        return Stream.of(choice.label(), choice.description(), choice.section(), choice.url())
                .flatMap(text -> lines(text).stream())
                .toList();
    }

    private static List<String> lines(@Nullable String text) {
        return text == null ? List.of() : text.lines().filter(line -> !line.isBlank()).toList();
    }

    private static void isReadBack(Carrying carrying) {
        if (carrying.degraded().isNothing()) {
            return;
        }
        var ids = new TimeOrderedIds(InstantSource.system());
        var interaction =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(ids.conversation())
                        .customer(ids.customer())
                        .channel(TestAccount.CHANNEL)
                        .account(TestAccount.ID)
                        .line("desk")
                        .address("100")
                        .direction(Direction.OUTBOUND)
                        .actor(Member.ANNA)
                        .receivedAt(Instant.EPOCH)
                        .parts(carrying.parts())
                        .extension(Degraded.EXTENSION, carrying.degraded().json())
                        .build();

        var stored = InteractionJson.decode(InteractionJson.encode(interaction));

        var said = Degraded.of(stored);
        assertThat(said.sent()).isEqualTo(carrying.degraded().sent());
        assertThat(said.parts()).isEqualTo(carrying.degraded().parts());
        assertThat(stored.extensions()).isEqualTo(interaction.extensions());
    }
}
