package io.tributary.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class InteractionModuleTest {

    private final JsonMapper mapper =
            JsonMapper.builder().addModule(new InteractionModule()).build();

    /// What an agent app may declare for a page of the stream.
    record Page(List<Interaction> items, String next) {}

    @Test
    void aMapperReadsAndWritesInteractionsInsideOtherThings() {
        var page =
                new Page(
                        List.copyOf(
                                Examples.interactions().values().stream()
                                        .map(interaction -> interaction.withPosition(7))
                                        .toList()),
                        "cursor");

        assertThat(mapper.readValue(mapper.writeValueAsBytes(page), Page.class)).isEqualTo(page);
    }

    @Test
    void aMapperWritesWhatTheStreamHas() {
        var interaction = Examples.full().withPosition(7);

        assertThat(mapper.writeValueAsString(interaction))
                .isEqualTo(new String(InteractionJson.encodeWithPosition(interaction), UTF_8));
    }

    @Test
    void aMapperReadsAndWritesContentsAndParts() {
        var contents = List.copyOf(Examples.contents().values());
        var part = new Part(1, Content.text("Hello"));

        assertThat(
                        mapper.readValue(
                                mapper.writerFor(new TypeReference<List<Content>>() {})
                                        .writeValueAsBytes(contents),
                                new TypeReference<List<Content>>() {}))
                .isEqualTo(contents);
        assertThat(mapper.readValue(mapper.writeValueAsBytes(part), Part.class)).isEqualTo(part);
    }
}
