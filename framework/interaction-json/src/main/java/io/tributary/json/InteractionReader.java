package io.tributary.json;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionBuilder;
import io.tributary.model.InteractionId;
import io.tributary.model.PluginVersion;
import io.tributary.model.Target;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads interactions. What it cannot make sense of without losing it, it keeps.
final class InteractionReader {

    private static final UUID NONE = new UUID(0, 0);
    private static final InteractionId NO_INTERACTION = new InteractionId(NONE);
    private static final ConversationId NO_CONVERSATION = new ConversationId(NONE);
    private static final CustomerId NO_CUSTOMER = new CustomerId(NONE);
    private static final ChannelId NO_CHANNEL = new ChannelId("none");
    private static final AccountId NO_ACCOUNT = new AccountId("none");
    private static final Target NO_TARGET = Target.external("none");

    private InteractionReader() {}

    /// @throws InvalidJson something is missing or damaged without which it is no interaction
    static Interaction read(Tree tree) {
        var in = Members.root(tree, new Findings(false));
        var builder = Interaction.builder();
        builder.position(in.number("position", 0, Long.MAX_VALUE, 0));
        builder.id(in.parsed("id", NO_INTERACTION, InteractionId::of));
        builder.conversation(
                in.optionalParsed("conversationId", NO_CONVERSATION, ConversationId::of));
        builder.customer(in.optionalParsed("customerId", NO_CUSTOMER, CustomerId::of));
        builder.channel(in.parsed("channel", NO_CHANNEL, ChannelId::of));
        builder.account(in.parsed("account", NO_ACCOUNT, AccountId::of));
        builder.line(in.text("line")).address(in.text("address"));
        Instant received = in.instant("receivedAt");
        builder.receivedAt(received);
        builder.parts(in.parts("parts"));
        dispensable(in, builder, received);
        in.close();
        builder.unknown(in.leftovers().unknown());
        if (in.findings().count() > 0) {
            throw new InvalidJson(in.findings().problems());
        }
        return builder.build();
    }

    private static void dispensable(Members in, InteractionBuilder builder, Instant received) {
        // To a reader that does not know which way it went, it went to nobody.
        builder.direction(
                in.orKept(
                        "direction",
                        Direction.INTERNAL,
                        it -> it.constant("direction", Names.DIRECTION)));
        builder.actor(
                in.orKept(
                        "actor",
                        StructureReader.SOMEBODY,
                        it ->
                                it.needed(
                                        "actor",
                                        StructureReader.SOMEBODY,
                                        StructureReader::actor)));
        builder.occurredAt(in.orKept("occurredAt", received, it -> it.instant("occurredAt")));
        builder.target(
                in.<@Nullable Target>orKept(
                        "target", null, it -> it.object("target", InteractionReader::target)));
        builder.inReplyTo(
                in.<@Nullable Target>orKept(
                        "inReplyTo",
                        null,
                        it -> it.object("inReplyTo", InteractionReader::target)));
        builder.thread(
                in.<@Nullable String>orKept("thread", null, it -> it.optionalText("thread")));
        builder.locale(
                in.<@Nullable Locale>orKept("locale", null, it -> it.optionalLocale("locale")));
        builder.traceparent(
                in.<@Nullable String>orKept(
                        "traceparent", null, it -> it.optionalText("traceparent")));
        builder.plugin(
                in.<@Nullable PluginVersion>orKept(
                        "plugin", null, it -> it.object("plugin", StructureReader::plugin)));
        builder.replayed(in.orKept("replayed", false, it -> it.flag("replayed", false)));
        builder.possibleDuplicate(
                in.orKept("possibleDuplicate", false, it -> it.flag("possibleDuplicate", false)));
        builder.extensions(in.orKept("extensions", Map.of(), it -> it.jsons("extensions")));
        builder.fallbackText(
                in.<@Nullable String>orKept(
                        "fallbackText", null, it -> filled(it, "fallbackText")));
    }

    private static @Nullable String filled(Members in, String name) {
        String text = in.optionalText(name);
        return text == null || text.isEmpty() ? null : text;
    }

    private static Target target(Members in) {
        String recipient = in.optionalText("recipient");
        if (in.has("externalId")) {
            return new Target.External(in.text("externalId"), recipient);
        }
        if (in.has("interaction")) {
            return new Target.Known(
                    in.parsed("interaction", NO_INTERACTION, InteractionId::of),
                    (int) in.number("part", 0, Integer.MAX_VALUE, 0),
                    recipient);
        }
        if (in.has("until")) {
            return new Target.Until(in.instant("until"), recipient);
        }
        return in.wrong("", "must have externalId, interaction or until", NO_TARGET);
    }
}
