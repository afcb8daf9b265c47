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
import io.tributary.model.Part;
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

    private final Means means;
    private final Journal journal;
    private final Correctable correctable;

    Corrections(Means means) {
        this.means = means;
        this.journal = means.journal();
        this.correctable = new Correctable(journal);
    }

    enum Verdict {
        UNCHANGED,
        /// It means something that is no correction of what is stored.
        PASSED,
        CORRECTED
    }

    /// @param items to be committed; rest on nothing having been corrected meanwhile
    /// @param made the corrections
    record Decided(Verdict verdict, List<Item> items, List<InteractionId> made) {}

    /// @param first what is stored of the event, the first of it
    Decided decided(Arrived arrived, Translated now, Row first) {
        List<Interaction> stored = stored(first);
        if (stored.size() != now.inbounds().size()) {
            return new Decided(Verdict.PASSED, List.of(), List.of());
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
        if (!Correctable.isThere(stored, now)) {
            return new Decided(Verdict.PASSED, List.of(), List.of());
        }
        var said = said(stored, now);
        var digest = Meaning.digest(said);
        var before = journal.renormalisations().corrected(stored.id());
        if (before.orElseGet(() -> Meaning.digest(stored)).equals(digest)) {
            return new Decided(Verdict.UNCHANGED, List.of(), List.of());
        }
        if (!correctable.is(stored, now)) {
            return new Decided(Verdict.PASSED, List.of(), List.of());
        }
        var correction = correction(arrived, stored, said);
        var item =
                new Item(
                        null,
                        List.of(new Expect.CorrectionIs(stored.id(), before.orElse(null))),
                        List.of(
                                Envelope.append(correction, Change.Weight.QUIET),
                                new Change.PutCorrection(
                                        stored.id(), digest, means.clock().instant())));
        return new Decided(Verdict.CORRECTED, List.of(item), List.of(correction.id()));
    }

    /// What is stored, as if it had been translated now. Bytes of media are those that are kept.
    private static Interaction said(Interaction stored, Inbound now) {
        var parts = new ArrayList<Part>();
        for (var part : now.parts()) {
            int number = parts.size() + 1;
            parts.add(new Part(number, kept(part.content(), stored, number)));
        }
        return Meaning.asStored(
                stored.toBuilder()
                        .parts(parts)
                        .extensions(now.extensions())
                        .fallbackText(null)
                        .build());
    }

    private static Content kept(Content content, Interaction stored, int number) {
        if (content instanceof Content.Media media
                && number <= stored.parts().size()
                && stored.parts().get(number - 1).content() instanceof Content.Media before
                && before.id() != null) {
            return media.at(before.state(), before.id());
        }
        return content;
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
