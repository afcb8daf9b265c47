package io.tributary.json;

import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/// Teaches a Jackson mapper interactions, parts and contents, for agent apps in Java:
///
/// ```
/// var mapper = JsonMapper.builder().addModule(new InteractionModule()).build();
/// var interaction = mapper.readValue(json, Interaction.class);
/// ```
///
/// Reading is lenient, as in [InteractionJson].
public final class InteractionModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /// Ready to be added to a mapper.
    public InteractionModule() {
        super("tributary-interactions");
        add(Interaction.class, InteractionWriter::positioned, InteractionReader::read);
        add(
                Part.class,
                PartWriter::members,
                tree -> PartReader.read(Members.root(tree, new Findings(false)), 1));
        add(
                Content.class,
                ContentWriter::members,
                tree -> ContentReader.read(Members.root(tree, new Findings(false))));
    }

    private <T> void add(
            Class<T> type, BiConsumer<JsonWriter, T> members, Function<Tree, T> reader) {
        addSerializer(type, new Serializer<>(members));
        addDeserializer(type, new Deserializer<>(reader));
    }

    private static final class Serializer<T> extends ValueSerializer<T> {

        private final BiConsumer<JsonWriter, T> members;

        Serializer(BiConsumer<JsonWriter, T> members) {
            this.members = members;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            var writer = new JsonWriter(out);
            writer.begin();
            members.accept(writer, value);
            writer.end();
        }
    }

    private static final class Deserializer<T> extends ValueDeserializer<T> {

        private final Function<Tree, T> reader;

        Deserializer(Function<Tree, T> reader) {
            this.reader = reader;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            return reader.apply(TreeReader.current(parser));
        }
    }
}
