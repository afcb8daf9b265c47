package io.tributary.host.inbound;

import io.tributary.host.journal.Expect;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Json;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Turns the words with which a customer answers numbered choices into what they chose. What they
/// wrote stays beside it, in the extension `tributary.said`. For one unit.
final class Answering {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String SAID = "tributary.said";

    /// Longer texts answer nothing: labels are shorter.
    private static final int LONGEST = 200;

    private final Asked asked;
    private final Instant now;
    private final Set<ConversationId> taken = new HashSet<>(2);

    /// @param now when the words arrived
    Answering(Asked asked, Instant now) {
        this.asked = asked;
        this.now = now;
    }

    /// The same where it answers nothing. What is remembered of questions only says that it may;
    /// who takes words for a choice rests on what the log says, and on nothing that comes
    /// meanwhile.
    Storing.Answered of(Storing.Answered answered, Place place, Draft ground) {
        var inbound = answered.inbound();
        if (!mayAnswer(inbound) || !(inbound.content() instanceof Content.Text text)) {
            return answered;
        }
        var conversation = place.conversation();
        if (taken.contains(conversation) || meant(asked.in(conversation), answered, text) == null) {
            return answered;
        }
        var latest = asked.anew(conversation);
        var question = latest.question();
        var meant = meant(question, answered, text);
        if (question == null || meant == null) {
            return answered;
        }
        taken.add(conversation);
        ground.expect(new Expect.NothingNewAfter(conversation, latest.position()));
        var part = inbound.parts().getFirst();
        var chosen = new InboundPart(meant, part.externalIds(), part.fetch());
        var earlier = answered.inReplyTo();
        return new Storing.Answered(
                with(inbound, chosen).extension(SAID, Json.string(text.text())),
                earlier == null ? Target.known(question.interaction()) : earlier,
                answered.said());
    }

    private Content.@Nullable ChoiceMade meant(
            @Nullable Question question, Storing.Answered answered, Content.Text text) {
        return question == null || isAboutAnother(answered, question)
                ? null
                : question.meant(text.text(), now);
    }

    /// What a content was before it was taken for a choice; the same where it was not.
    static Content asWritten(Content content, Interaction interaction) {
        var said = interaction.extensions().get(SAID);
        return said != null && content instanceof Content.ChoiceMade
                ? Content.text(JSON.readTree(said.text()).asString())
                : content;
    }

    /// Whether the customer quotes something else than the question.
    private static boolean isAboutAnother(Storing.Answered answered, Question question) {
        var quoted = answered.inReplyTo();
        return quoted != null
                && !(quoted instanceof Target.Known known
                        && known.interaction().equals(question.interaction()));
    }

    private static boolean mayAnswer(Inbound inbound) {
        return inbound.direction() == Direction.INBOUND
                && inbound.target() == null
                && inbound.parts().size() == 1
                && inbound.content() instanceof Content.Text text
                && !text.text().isBlank()
                && text.text().length() <= LONGEST;
    }

    private static Inbound with(Inbound inbound, InboundPart part) {
        return new Inbound(
                inbound.channel(),
                inbound.line(),
                inbound.party(),
                inbound.direction(),
                inbound.actor(),
                List.of(part),
                inbound.target(),
                inbound.inReplyTo(),
                inbound.thread(),
                inbound.occurredAt(),
                inbound.locale(),
                inbound.extensions());
    }
}
