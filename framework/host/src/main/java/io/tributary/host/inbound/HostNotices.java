package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.CustomerMerge;
import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Target;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Inbound;
import java.util.Map;

/// What the host itself says in a conversation after something came in there, so that agent apps
/// see in order what followed from it.
final class HostNotices {

    private HostNotices() {}

    /// An alert wants somebody to look at the conversation.
    static Change raised(TimeOrderedIds ids, Content.Alert alert, Interaction about) {
        Interaction raised =
                about.toBuilder()
                        .id(ids.interaction())
                        .direction(Direction.INTERNAL)
                        .actor(Actor.SYSTEM)
                        .target(Target.known(about.id()))
                        .inReplyTo(null)
                        .extensions(Map.of())
                        .contents(
                                new Content.Changed(
                                        Content.Changed.What.RAISED,
                                        Map.of("reason", alert.kind())))
                        .fallbackText(null)
                        .build();
        return Envelope.append(raised, Change.Weight.QUIET);
    }

    /// The customer proved to be somebody who is known.
    static Change recognised(
            TimeOrderedIds ids,
            CustomerMerge merge,
            Arrived arrived,
            Inbound inbound,
            Place place) {
        Interaction merged =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(place.conversation())
                        .customer(place.customer())
                        .channel(
                                inbound.channel() == null
                                        ? arrived.account().channel()
                                        : inbound.channel())
                        .account(arrived.account().id())
                        .line(place.line())
                        .address(place.address())
                        .thread(place.thread())
                        .direction(Direction.INTERNAL)
                        .actor(Actor.SYSTEM)
                        .receivedAt(arrived.receivedAt())
                        .replayed(arrived.replayed())
                        .contents(merge.told())
                        .build();
        return Envelope.append(merged, Change.Weight.QUIET);
    }
}
