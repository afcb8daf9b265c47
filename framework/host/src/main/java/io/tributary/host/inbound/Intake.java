package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Party;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides, inbound by inbound, what it is about and where it goes: into the conversation of its
/// target, into that of its party, among the notices, or parked until its target is known.
final class Intake {

    private final Means means;
    private final Arrived arrived;
    private final AccountId account;
    private final Whereabouts whereabouts;
    private final References references;
    private final Storing storing;
    private final Answering answering;

    Intake(Means means, Arrived arrived, Whereabouts whereabouts, Storing storing) {
        this.means = means;
        this.arrived = arrived;
        this.account = arrived.account().id();
        this.whereabouts = whereabouts;
        this.references = storing.references();
        this.storing = storing;
        this.answering = new Answering(means.asked(), arrived.receivedAt());
    }

    void take(Inbound inbound, EventDraft draft) {
        reach(inbound, draft);
        if (inbound.direction() == Direction.OUTBOUND
                && (isOurs(inbound, draft) || mayBeOurs(inbound, draft))) {
            return;
        }
        switch (inbound.target()) {
            case Target.External external -> external(inbound, external, draft);
            case Target.Known known -> about(inbound, known(known), known, draft);
            case Target.Until _ -> byParty(inbound, draft);
            case null -> byParty(inbound, draft);
        }
    }

    /// Answers go to the device through which the last word came.
    private void reach(Inbound inbound, EventDraft draft) {
        String device = arrived.device();
        Party party = inbound.party();
        if (device != null && party != null && inbound.direction() != Direction.OUTBOUND) {
            draft.own()
                    .change(
                            new Change.ReachThrough(
                                    account, party.address(), device, arrived.receivedAt()));
        }
    }

    /// An echo of what went out through us. If its id becomes known meanwhile, the unit is decided
    /// anew.
    private boolean isOurs(Inbound inbound, EventDraft draft) {
        for (InboundPart part : inbound.parts()) {
            for (String id : part.externalIds()) {
                if (references.find(id) != null) {
                    return true;
                }
                draft.own().expect(new Expect.ReferenceUnknown(account, id));
            }
        }
        return false;
    }

    /// An echo that comes while something of ours is being sent to that end: the answer to the send
    /// will tell whether the echo is of it, so it waits until then.
    private boolean mayBeOurs(Inbound inbound, EventDraft draft) {
        Party party = inbound.party();
        Optional<String> id =
                inbound.parts().stream().flatMap(part -> part.externalIds().stream()).findFirst();
        if (party == null || id.isEmpty()) {
            return false;
        }
        Place place =
                Echoes.underWay(means.journal(), account, party)
                        .map(whereabouts::byId)
                        .orElse(null);
        if (place == null) {
            return false;
        }
        storing.parkEcho(inbound, id.get(), place, draft);
        return true;
    }

    private void external(Inbound inbound, Target.External target, EventDraft draft) {
        References.Found found = references.find(target.id());
        if (found != null) {
            if (!found.stored()) {
                draft.own().expect(new Expect.ReferenceUnknown(account, target.id()));
            }
            about(inbound, found, target, draft);
        } else if (inbound.party() == null || inbound.content() instanceof Content.Receipt) {
            draft.own().expect(new Expect.ReferenceUnknown(account, target.id()));
            storing.park(inbound, target, draft);
        } else {
            byParty(brings(inbound, target.id()) ? first(inbound) : inbound, draft);
        }
    }

    /// An event about the very id that it brings is the first of several about it: of a call, say.
    private static boolean brings(Inbound inbound, String externalId) {
        for (InboundPart part : inbound.parts()) {
            if (part.externalIds().contains(externalId)) {
                return true;
            }
        }
        return false;
    }

    private static Inbound first(Inbound inbound) {
        return new Inbound(
                inbound.channel(),
                inbound.line(),
                inbound.party(),
                inbound.direction(),
                inbound.actor(),
                inbound.parts(),
                null,
                inbound.inReplyTo(),
                inbound.thread(),
                inbound.occurredAt(),
                inbound.locale(),
                inbound.extensions());
    }

    private References.Found known(Target.Known known) {
        Row row =
                means.journal()
                        .log()
                        .byId(known.interaction())
                        .orElseThrow(
                                () -> new Nonsense("its target is no interaction of this log"));
        return new References.Found(row.id(), known.part(), row.conversation(), true);
    }

    /// @param said what the plugin named as target
    private void about(Inbound inbound, References.Found found, Target said, EventDraft draft) {
        Inbound resolved =
                inbound.target(
                        new Target.Known(found.interaction(), found.part(), said.recipient()));
        Place place = found.conversation() == null ? null : whereabouts.byId(found.conversation());
        if (place == null) {
            byParty(resolved, draft);
        } else if (isAnothersReceipt(inbound, found, place)) {
            throw new Nonsense(Nonsense.NOT_THEIRS);
        } else {
            storing.store(answered(resolved, draft).about(said), place, draft);
        }
    }

    /// Whether somebody says of what went to another end how far it got. Who names no party has the
    /// provider's word, which is believed.
    private boolean isAnothersReceipt(Inbound inbound, References.Found found, Place place) {
        Party party = inbound.party();
        return party != null
                && inbound.content() instanceof Content.Receipt
                && !whereabouts.isWith(place, found.interaction(), party);
    }

    private void byParty(Inbound inbound, EventDraft draft) {
        Party party = inbound.party();
        Whereabouts.Met met =
                party == null
                        ? null
                        : whereabouts.of(
                                inbound,
                                party,
                                inbound.channel() == null
                                        ? arrived.account().channel()
                                        : inbound.channel(),
                                draft.ground());
        Place place = met == null ? null : met.place();
        storing.store(chosen(answered(inbound, draft), place, draft), place, draft);
        if (met != null && met.recognised() != null) {
            draft.own()
                    .change(
                            HostNotices.recognised(
                                    means.ids(), met.recognised(), arrived, inbound, met.place()));
        }
    }

    /// What came up again answers no question of today, and who begins answers none at all.
    private Storing.Answered chosen(
            Storing.Answered answered, @Nullable Place place, EventDraft draft) {
        if (place != null && whereabouts.begins(place)) {
            means.asked().begins(place.conversation());
            return answered;
        }
        return place == null || arrived.replayed()
                ? answered
                : answering.of(answered, place, draft.ground());
    }

    private Storing.Answered answered(Inbound inbound, EventDraft draft) {
        String earlier = inbound.inReplyTo();
        if (earlier == null) {
            return Storing.Answered.nothing(inbound);
        }
        References.Found found = references.find(earlier);
        if (found == null) {
            return new Storing.Answered(inbound, Target.external(earlier), null);
        }
        if (!found.stored()) {
            draft.own().expect(new Expect.ReferenceUnknown(account, earlier));
        }
        return new Storing.Answered(inbound, Target.known(found.interaction(), found.part()), null);
    }
}
