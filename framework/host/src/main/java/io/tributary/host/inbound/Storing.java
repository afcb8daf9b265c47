package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.model.AccountId;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Party;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns an inbound whose place is decided into what is written: the interaction, the ids it is
/// known by, media to be fetched, and what its contents mean for delivery, consent and
/// conversation.
final class Storing {

    private final Means means;
    private final Arrived arrived;
    private final AccountId account;
    private final References references;
    private final Parking parking;
    private final Segments segments;
    private final Set<String> awaited;
    private final Set<String> parked = new HashSet<>(2);
    private final Set<String> again = new HashSet<>(2);

    /// @param inReplyTo null where it answers nothing
    /// @param said the target in the plugin's words; null: there is none, or nobody asks
    record Answered(Inbound inbound, @Nullable Target inReplyTo, @Nullable Target said) {

        static Answered nothing(Inbound inbound) {
            return new Answered(inbound, null, null);
        }

        Answered about(Target target) {
            return new Answered(inbound, inReplyTo, target);
        }
    }

    Storing(Means means, Arrived arrived, References references, Set<String> awaited) {
        this.means = means;
        this.arrived = arrived;
        this.account = arrived.account().id();
        this.references = references;
        this.parking = new Parking(means.journal());
        this.segments = new Segments(means.journal());
        this.awaited = awaited;
    }

    References references() {
        return references;
    }

    /// Ids that are known after the commit and for which something may be parked all the same.
    Set<String> again() {
        return again;
    }

    /// @param place null: a notice about the account
    void store(Answered answered, @Nullable Place place, EventDraft draft) {
        Inbound inbound = answered.inbound();
        var fetches = new ArrayList<Parcel.Fetch>(0);
        List<Part> parts = parts(inbound, fetches);
        InteractionId id = means.ids().interaction();
        Interaction interaction =
                segments.judged(
                        Envelope.of(
                                arrived, answered, id, parts, place, draft.event().seenBefore()),
                        answered.said(),
                        draft.own());
        draft.own().change(Envelope.append(interaction, weight(interaction, inbound, place)));
        draft.made().add(id);
        for (Parcel.Name name : names(inbound).values()) {
            bind(name, interaction, place, draft);
        }
        for (Parcel.Fetch fetch : fetches) {
            Parking.addFetch(interaction, fetch, draft.own()::change);
        }
        if (place != null) {
            meaning(interaction, place, draft);
        }
    }

    private static Change.Weight weight(
            Interaction interaction, Inbound inbound, @Nullable Place place) {
        return place == null
                ? Change.Weight.QUIET
                : Weights.of(interaction, tellsOfMoving(inbound));
    }

    private static boolean tellsOfMoving(Inbound inbound) {
        return !aliases(inbound).isEmpty();
    }

    private static Set<String> aliases(Inbound inbound) {
        Party party = inbound.party();
        return party == null ? Set.of() : party.aliases();
    }

    void park(Inbound inbound, Target.External target, EventDraft draft) {
        park(inbound, target.id(), null, draft);
    }

    /// Keeps an echo until the send that may be its origin is answered.
    ///
    /// @param id that the send will be known by, if it is
    /// @param place where it belongs if it is not
    void parkEcho(Inbound inbound, String id, Place place, EventDraft draft) {
        park(inbound, id, place, draft);
    }

    private void park(Inbound inbound, String waitsFor, @Nullable Place place, EventDraft draft) {
        var fetches = new ArrayList<Parcel.Fetch>(0);
        List<Part> parts = parts(inbound, fetches);
        Target inReplyTo =
                inbound.inReplyTo() == null ? null : Target.external(inbound.inReplyTo());
        Interaction waiting =
                Envelope.of(
                        arrived,
                        new Answered(inbound, inReplyTo, null),
                        means.ids().interaction(),
                        parts,
                        place,
                        draft.event().seenBefore());
        var names = names(inbound);
        if (place == null) {
            names.remove(waitsFor);
        }
        var parcel =
                new Parcel(
                        waiting,
                        aliases(inbound),
                        Weights.of(waiting, tellsOfMoving(inbound)),
                        List.copyOf(names.values()),
                        fetches,
                        arrived.of(draft.event()));
        draft.own().change(Parking.park(account, waitsFor, parcel));
        parked.add(waitsFor);
    }

    private List<Part> parts(Inbound inbound, List<Parcel.Fetch> fetches) {
        List<InboundPart> said = inbound.parts();
        if (said.size() == 1 && said.getFirst().fetch() == null) {
            return List.of(new Part(1, kept(said.getFirst().content())));
        }
        var parts = new ArrayList<Part>(said.size());
        for (int number = 1; number <= said.size(); number++) {
            InboundPart part = said.get(number - 1);
            String where = part.fetch();
            if (where != null && part.content() instanceof Content.Media media) {
                MediaId id = means.ids().media();
                fetches.add(fetch(id, number, where, media));
                parts.add(new Part(number, media.at(Content.Media.State.PENDING, id)));
            } else {
                parts.add(new Part(number, kept(part.content())));
            }
        }
        return parts;
    }

    private static Parcel.Fetch fetch(MediaId id, int number, String where, Content.Media media) {
        return new Parcel.Fetch(
                id,
                number,
                CleanText.of(where),
                CleanText.orNull(media.name()),
                CleanText.orNull(media.mediaType()));
    }

    /// Bytes that the plugin gave to the media store are there already.
    private static Content kept(Content content) {
        return content instanceof Content.Media media
                        && media.id() != null
                        && media.state() == Content.Media.State.PENDING
                ? media.at(Content.Media.State.STORED, media.id())
                : content;
    }

    /// An id that several parts bear is that of the whole.
    private static Map<String, Parcel.Name> names(Inbound inbound) {
        var names = new HashMap<String, Parcel.Name>(4);
        for (int i = 0; i < inbound.parts().size(); i++) {
            int number = i + 1;
            for (String id : inbound.parts().get(i).externalIds()) {
                names.merge(
                        id,
                        new Parcel.Name(id, number),
                        (first, next) ->
                                first.part() == next.part() ? first : new Parcel.Name(id, 0));
            }
        }
        return names;
    }

    private void bind(
            Parcel.Name name, Interaction interaction, @Nullable Place place, EventDraft draft) {
        String id = name.externalId();
        Change.BindReference binding = Parcel.binding(name, interaction);
        boolean late = interaction.content() instanceof Content.Receipt;
        if ((late && references.find(id) != null)
                || !references.bind(
                        id, binding.interaction(), binding.part(), interaction.conversation())) {
            return;
        }
        draft.own().change(binding);
        if (parked.contains(id)) {
            again.add(id);
        }
        if (awaited.contains(id)) {
            List<Item> free =
                    parking.take(account, id, binding.interaction(), binding.part(), place);
            draft.freed().addAll(free);
            again.add(id);
        } else {
            draft.own().expect(new Expect.NothingParked(account, id));
        }
    }

    private void meaning(Interaction interaction, Place place, EventDraft draft) {
        if (interaction.content() instanceof Content.Receipt said
                && interaction.target() instanceof Target.Until until) {
            Watermarks.advances(means.journal(), interaction, said, until, place)
                    .forEach(draft.own()::change);
        }
        for (Part part : interaction.parts()) {
            Content content = part.content();
            if (content instanceof Content.Consent consent) {
                draft.own().change(consent(consent, interaction, place));
            } else if (content instanceof Content.Visit visit
                    && visit.event() == Content.Visit.Event.ENDED) {
                draft.closes().add(place);
            } else if (content instanceof Content.Alert alert && alert.raises()) {
                draft.own().change(HostNotices.raised(means.ids(), alert, interaction));
            }
        }
    }

    private Change consent(Content.Consent consent, Interaction interaction, Place place) {
        return new Change.SetConsent(
                place.customer(),
                account,
                place.address(),
                CleanText.of(consent.purpose()),
                consent.granted(),
                interaction.occurredAt());
    }
}
