package io.tributary.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tributary.model.Content;
import io.tributary.model.Interaction;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;

/// Whatever goes through the codec comes out again, also what this build has never heard of.
@Domain(Shapes.class)
@Domain(net.jqwik.api.domains.DomainContext.Global.class)
class RoundTripTest {

    @Property
    @Label("an interaction that was read once is read and written the same ever after")
    void readingAndWritingAreInverse(@ForAll Interaction interaction) {
        // The first pass replaces what is no Unicode text; from then on nothing changes any more.
        byte[] stored = InteractionJson.encode(interaction);
        Interaction read = InteractionJson.decode(stored, interaction.position());

        assertThat(new String(InteractionJson.encode(read), UTF_8))
                .isEqualTo(new String(stored, UTF_8));
        assertThat(InteractionJson.decode(InteractionJson.encodeWithPosition(read)))
                .isEqualTo(read);
    }

    @Property
    @Label("an interaction of clean texts is read as it was written")
    void nothingOfAnInteractionIsLost(@ForAll Interaction interaction) {
        byte[] stored = InteractionJson.encode(interaction);
        boolean clean = !new String(stored, UTF_8).contains("\uFFFD");

        if (clean && !hasNestedJson(interaction)) {
            assertThat(InteractionJson.decode(stored, interaction.position()))
                    .isEqualTo(interaction);
        }
        assertThat(InteractionJson.decode(stored).parts()).hasSameSizeAs(interaction.parts());
    }

    @Property
    @Label("a position put in front is the position written")
    void positionIsPutInFront(@ForAll Interaction interaction) {
        assertThat(
                        InteractionJson.withPosition(
                                InteractionJson.encode(interaction), interaction.position()))
                .isEqualTo(InteractionJson.encodeWithPosition(interaction));
    }

    @Property
    @Label("what is written is UTF-8 without NUL and without halves of pairs, whatever came in")
    void writtenTextIsClean(@ForAll Interaction interaction) throws CharacterCodingException {
        byte[] stored = InteractionJson.encode(interaction);
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(stored)).toString();

        assertThat(text).doesNotContain("\\u0000").doesNotContainPattern("\\\\u[dD][89a-fA-F]");
        assertThatCode(() -> Members.of(stored)).doesNotThrowAnyException();
    }

    @Property
    @Label("any JSON object at all survives as a content")
    void anyObjectSurvivesAsContent(@ForAll @Size(max = 5) Map<String, Tree> members) {
        assertContentSurvives(new Tree.Members(new LinkedHashMap<>(members)));
    }

    @Property
    @Label("a content of an unknown type survives, dots and all")
    void unknownTypesSurvive(
            @ForAll String type, @ForAll @Size(max = 5) Map<String, Tree> members) {
        var values = new LinkedHashMap<>(members);
        values.put("type", new Tree.Text(type));

        assertContentSurvives(new Tree.Members(values));
    }

    @Property
    @Label("a known content with a member more, anywhere, keeps its type and the member")
    void unknownMembersSurvive(
            @ForAll Content content,
            @ForAll String name,
            @ForAll Tree value,
            @ForAll Random random) {
        Tree changed = new Mutation(random).withMember(treeOf(content), "x" + name, value);
        Interaction read = InteractionJson.decode(around(changed));

        assertThat(read.content().type()).isEqualTo(content.type());
        assertSaysEverything(around(changed), read);
    }

    @Property
    @Label("a known content with another value, anywhere, survives as it is")
    void unknownValuesSurvive(@ForAll Content content, @ForAll Tree value, @ForAll Random random) {
        Tree changed = new Mutation(random).withValue(treeOf(content), value);

        if (changed instanceof Tree.Members) {
            assertSaysEverything(around(changed), InteractionJson.decode(around(changed)));
        }
    }

    @Property
    @Label("an envelope with a member more, anywhere, is read and keeps the member")
    void unknownMembersOfTheEnvelopeSurvive(
            @ForAll Interaction interaction,
            @ForAll String name,
            @ForAll Tree value,
            @ForAll Random random) {
        Tree original = TreeReader.stored(InteractionJson.encode(interaction));
        byte[] changed = bytes(new Mutation(random).withMember(original, "x" + name, value));

        assertSaysEverything(changed, InteractionJson.decode(changed));
    }

    @Property
    @Label("an envelope with another value, anywhere, is read without loss or refused by its place")
    void unknownValuesOfTheEnvelopeSurvive(
            @ForAll Interaction interaction, @ForAll Tree value, @ForAll Random random) {
        Tree original = TreeReader.stored(InteractionJson.encode(interaction));
        byte[] changed = bytes(new Mutation(random).withValue(original, value));
        try {
            assertSaysEverything(changed, InteractionJson.decode(changed));
        } catch (InvalidJson refused) {
            assertThat(refused.problems())
                    .allSatisfy(problem ->
                            assertThat(problem.toString())
                                    .matches(
                                            "(?s)/(id|conversationId|customerId|channel"
                                                    + "|account|line|address|receivedAt"
                                                    + "|parts|position)\\b.*"
                                                    + "|must be an object"));
        }
    }

    @Property
    @Label("a damaged body is read or refused, nothing else")
    void damagedBodiesAreReadOrRefused(
            @ForAll Interaction interaction,
            @ForAll @Size(max = 5) List<Byte> noise,
            @ForAll Random random) {
        byte[] body = InteractionJson.encode(interaction);
        for (byte one : noise) {
            body[random.nextInt(body.length)] = one;
        }
        try {
            assertThat(InteractionJson.decode(body).parts()).isNotEmpty();
        } catch (InvalidJson refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }

    private static void assertContentSurvives(Tree content) {
        byte[] body = around(content);

        assertSaysEverything(body, InteractionJson.decode(body));
        var alone = InteractionJson.encode(InteractionJson.decodeContent(bytes(content)));
        if (InteractionJson.decodeContent(bytes(content)) instanceof Content.Custom) {
            assertThat(Meaning.lost(withoutNumber(content), TreeReader.stored(alone))).isEmpty();
        }
    }

    private static void assertSaysEverything(byte[] body, Interaction read) {
        assertThat(
                        Meaning.lost(
                                TreeReader.stored(body),
                                TreeReader.stored(InteractionJson.encodeWithPosition(read))))
                .isEmpty();
    }

    private static Tree withoutNumber(Tree content) {
        if (content instanceof Tree.Members(var values)) {
            var rest = new LinkedHashMap<>(values);
            rest.remove("number");
            return new Tree.Members(rest);
        }
        return content;
    }

    private static boolean hasNestedJson(Interaction interaction) {
        // Their text is written anew: equal in meaning, not in spaces and escapes.
        return !interaction.extensions().isEmpty()
                || interaction.parts().stream()
                        .anyMatch(part -> part.content() instanceof Content.Custom);
    }

    private static Tree treeOf(Content content) {
        return TreeReader.stored(InteractionJson.encode(content));
    }

    private static byte[] around(Tree content) {
        var envelope = TreeReader.stored(InteractionJson.encode(Examples.full()));
        if (!(envelope instanceof Tree.Members(var values))) {
            throw new AssertionError();
        }
        var changed = new LinkedHashMap<>(values);
        changed.put("parts", new Tree.Elements(List.of(content)));
        return bytes(new Tree.Members(changed));
    }

    private static byte[] bytes(Tree tree) {
        return Rendering.text(tree).text().getBytes(UTF_8);
    }
}
