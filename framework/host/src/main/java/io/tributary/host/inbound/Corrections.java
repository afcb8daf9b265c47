package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import io.tributary.json.InteractionJson;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Json;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares what the plugin makes of a kept event now with what is stored, and says what differs as
/// an edit of it. What was corrected to the same before is not corrected again, however often that
/// is asked. Blocking, thread safe.
final class Corrections {

    /// On each correction, with the plugin that made it.
    static final String EXTENSION = Meaning.OURS + "correction";

    private static final Decided UNCHANGED = new Decided(Verdict.UNCHANGED, List.of(), List.of());

    private static final Decided PASSED = new Decided(Verdict.PASSED, List.of(), List.of());

    private final Means means;
    private final Journal journal;
    private final Correctable correctable;
    private final KeptMedia media;

    Corrections(Means means) {
        this.means = means;
        this.journal = means.journal();
        this.correctable = new Correctable(journal);
        this.media = new KeptMedia(journal.media());
    }

    enum Verdict {
        UNCHANGED,
        CORRECTED,
        /// It means something, some of it at least, that is no correction of what is stored.
        PASSED,
        /// It is not understood.
        FAILED
    }

    /// @param items to be committed; rest on nothing having been changed or corrected meanwhile
    /// @param made the corrections
    record Decided(Verdict verdict, List<Item> items, List<InteractionId> made) {}

    /// @param first what is stored of the event, the first of it
    /// @throws Nonsense what the plugin says now cannot be stored; so do IllegalArgumentException
    ///   and [io.tributary.json.InvalidJson]
    Decided decided(Arrived arrived, Translated now, Row first) {
        List<Interaction> stored = stored(first);
        if (stored.size() != now.inbounds().size()) {
            return PASSED;
        }
        var verdict = Verdict.UNCHANGED;
        var items = new ArrayList<Item>();
        var made = new ArrayList<InteractionId>();
        for (int i = 0; i < stored.size(); i++) {
            Decided one = decided(arrived, stored.get(i), now.inbounds().get(i));
            verdict = one.verdict().compareTo(verdict) > 0 ? one.verdict() : verdict;
            items.addAll(one.items());
            made.addAll(one.made());
        }
        return new Decided(verdict, items, made);
    }

    /// What was stored of one event, side by side; without what the host added.
    private List<Interaction> stored(Row first) {
        var stored = new ArrayList<Interaction>();
        var next = first;
        while (next != null) {
            if (next.direction() != Direction.INTERNAL) {
                stored.add(InteractionJson.decode(next.body().toArray(), next.position()));
            }
            next =
                    journal.log()
                            .at(next.position() + 1)
                            .filter(row -> row.account().equals(first.account()))
                            .filter(row -> row.receivedAt().equals(first.receivedAt()))
                            .filter(row -> isOf(row, first))
                            .orElse(null);
        }
        return stored;
    }

    private boolean isOf(Row row, Row first) {
        return journal.log()
                .raw(row.id())
                .map(LogReader.Raw::first)
                .filter(position -> position == first.position())
                .isPresent();
    }

    private Decided decided(Arrived arrived, Interaction stored, Inbound now) {
        if (!Correctable.isThere(arrived.account(), stored, now)) {
            return PASSED;
        }
        var said = said(stored, now);
        var digest = Meaning.digest(said);
        var before = journal.renormalisations().corrected(stored.id());
        if (before.orElseGet(() -> Meaning.digest(stored)).equals(digest)) {
            return Correctable.isAsBefore(stored, said, now) ? UNCHANGED : PASSED;
        }
        var unchanged = correctable.basis(stored, said);
        if (unchanged.isEmpty()) {
            return PASSED;
        }
        var correction = correction(arrived, stored, said);
        var item =
                new Item(
                        null,
                        List.of(
                                new Expect.CorrectionIs(stored.id(), before.orElse(null)),
                                unchanged.get()),
                        List.of(
                                Envelope.append(correction, Change.Weight.QUIET),
                                new Change.PutCorrection(
                                        stored.id(), digest, means.clock().instant())));
        return new Decided(Verdict.CORRECTED, List.of(item), List.of(correction.id()));
    }

    /// What is stored, as if it had been translated now. Bytes of media are those that are kept.
    private Interaction said(Interaction stored, Inbound now) {
        return Meaning.asStored(
                stored.toBuilder()
                        .actor(Envelope.actor(now))
                        .occurredAt(
                                now.occurredAt() == null ? stored.receivedAt() : now.occurredAt())
                        .parts(media.parts(stored, now.parts()))
                        .extensions(now.extensions())
                        .fallbackText(null)
                        .build());
    }

    private Interaction correction(Arrived arrived, Interaction stored, Interaction said) {
        Map<String, Json> extensions = new HashMap<>(said.extensions());
        extensions.put(EXTENSION, Json.string(arrived.account().plugin().toString()));
        return Interaction.builder()
                .id(means.ids().interaction())
                .conversation(stored.conversation())
                .customer(stored.customer())
                .channel(stored.channel())
                .account(stored.account())
                .line(stored.line())
                .address(stored.address())
                .thread(stored.thread())
                .direction(stored.direction())
                .actor(stored.actor())
                .occurredAt(stored.occurredAt())
                .receivedAt(stored.receivedAt())
                .target(Target.known(stored.id()))
                .plugin(arrived.account().plugin())
                .replayed(true)
                .extensions(extensions)
                .contents(new Content.Edited(said.parts()))
                .build();
    }
}
