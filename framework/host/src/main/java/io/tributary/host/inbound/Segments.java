package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What receipts mean for parts that have several external ids: those are its segments, and it is
/// delivered when all of them are (guarantee 26). Blocking; for the events of one unit, of which
/// later ones see what earlier ones said.
///
/// The receipt that decides for the whole part is about that part, like any other. Those before it
/// stay about their segment: whoever shows ticks by what a receipt is about shows them when it is
/// time.
final class Segments {

    private final Journal journal;
    private final Map<Part, Known> parts = new HashMap<>(1);

    private record Part(InteractionId interaction, int number) {}

    private record Reached(String segment, String recipient) {}

    /// @param segments external ids
    private record Known(List<String> segments, long version, Map<Reached, Status> reached) {}

    Segments(Journal journal) {
        this.journal = journal;
    }

    /// A receipt as it is to be stored, with what it changes in what is known of deliveries; any
    /// other interaction as it is.
    ///
    /// @param interaction about what is known
    /// @param said what the plugin named as target; null: nothing
    Interaction judged(Interaction interaction, @Nullable Target said, Draft draft) {
        if (!(interaction.content() instanceof Content.Receipt receipt)
                || !(interaction.target() instanceof Target.Known target)) {
            return interaction;
        }
        if (said instanceof Target.External external) {
            var part = new Part(target.interaction(), target.part());
            Known known = parts.computeIfAbsent(part, this::read);
            if (known.segments.contains(external.id())) {
                return segment(interaction, receipt, external, target, known, draft);
            }
        }
        Change.Advance advance = Envelope.advance(interaction);
        if (advance != null) {
            draft.change(advance);
        }
        return interaction;
    }

    private Known read(Part part) {
        Outbox.Segments segments = journal.outbox().segments(part.interaction, part.number);
        var reached = new HashMap<Reached, Status>();
        for (Outbox.Segment segment : segments.of()) {
            segment.reached()
                    .forEach((recipient, status) ->
                            reached.put(new Reached(segment.externalId(), recipient), status));
        }
        return new Known(
                segments.of().stream().map(Outbox.Segment::externalId).toList(),
                segments.version(),
                reached);
    }

    private Interaction segment(
            Interaction interaction,
            Content.Receipt receipt,
            Target.External segment,
            Target.Known whole,
            Known known,
            Draft draft) {
        String recipient = whole.recipient() == null ? "" : whole.recipient();
        Status before = all(known, recipient);
        known.reached.merge(
                new Reached(segment.id(), recipient),
                receipt.status(),
                (one, other) -> other.advances(one) ? other : one);
        Status after = all(known, recipient);
        draft.expect(new Expect.SegmentsAre(whole.interaction(), whole.part(), known.version));
        draft.change(
                new Change.AdvanceSegment(
                        whole.interaction(),
                        whole.part(),
                        segment.id(),
                        recipient,
                        receipt.status()));
        Optional<Outbox.Send> incomplete = incomplete(whole, after);
        if (incomplete.isPresent()) {
            Outbox.Send send = incomplete.get();
            draft.expect(Expect.SendIs.as(send));
            return about(segment, interaction);
        }
        if (after == null || !after.advances(before)) {
            return about(segment, interaction);
        }
        draft.change(
                new Change.Advance(
                        whole.interaction(),
                        whole.part(),
                        recipient,
                        after,
                        after == receipt.status() ? receipt.reason() : null,
                        interaction.occurredAt()));
        return after == receipt.status() ? interaction : about(segment, interaction);
    }

    private static Interaction about(Target.External segment, Interaction interaction) {
        return interaction.toBuilder().target(segment).build();
    }

    /// The send of which the known segments are not all, or perhaps not: more may come with its
    /// answer, which decides then; or it ended before all of it was taken.
    ///
    /// @param after what the known segments say together
    private Optional<Outbox.Send> incomplete(Target.Known whole, @Nullable Status after) {
        return journal.outbox().of(whole.interaction()).stream()
                .filter(send ->
                        whole.part() == 0
                                || (whole.part() >= send.firstPart()
                                        && whole.part() < send.firstPart() + send.parts()))
                .filter(send ->
                        switch (send.state()) {
                            case QUEUED, SENDING, HELD -> true;
                            // while it can be asked about, more segments may prove to be there;
                            // after that one that failed still tells of all
                            case UNKNOWN ->
                                    send.notBefore() != null
                                            || (isOfAll(whole, send) && after != Status.FAILED);
                            case REJECTED, EXPIRED -> isOfAll(whole, send);
                            case ACCEPTED -> false;
                        })
                .findFirst();
    }

    /// Whether the part is all of the send. Of one of several parts all may be there although the
    /// send ended with another one.
    private static boolean isOfAll(Target.Known whole, Outbox.Send send) {
        return whole.part() == 0 || send.parts() == 1;
    }

    /// How far all segments together are: as far as the last of them, and nowhere if one failed.
    ///
    /// @return null: of some nothing is known
    private static @Nullable Status all(Known known, String recipient) {
        Status least = null;
        for (String segment : known.segments) {
            Status status = known.reached.get(new Reached(segment, recipient));
            if (status == Status.FAILED) {
                return Status.FAILED;
            }
            if (status == null) {
                least = Status.UNKNOWN;
            } else if (least == null || least.compareTo(status) > 0) {
                least = status;
            }
        }
        return least == Status.UNKNOWN ? null : least;
    }
}
