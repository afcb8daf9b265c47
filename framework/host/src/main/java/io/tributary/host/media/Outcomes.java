package io.tributary.host.media;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Unit;
import io.tributary.json.InteractionJson;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Reason;
import io.tributary.model.Target;
import io.tributary.model.TimeOrderedIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Records what became of a fetch: the medium's state, the job, and the interaction that tells
/// agent apps, in one commit. Blocking.
final class Outcomes {

    private final Journal journal;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

    Outcomes(Journal journal, TimeOrderedIds ids, InstantSource clock) {
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
    }

    void kept(MediaRecords.Fetch fetch, MediaFolder.Kept kept) {
        write(
                fetch,
                new Change.MediaKept(fetch.media(), kept.type(), kept.bytes(), kept.sha256()),
                new Content.MediaStored(fetch.media(), kept.type(), kept.bytes(), kept.sha256()));
    }

    void lost(MediaRecords.Fetch fetch, Reason reason) {
        write(
                fetch,
                new Change.MediaLost(fetch.media(), reason),
                new Content.MediaFailed(fetch.media(), reason));
    }

    void later(MediaRecords.Fetch fetch, int attempt, Instant notBefore) {
        journal.append(Unit.of(new Change.MoveFetch(fetch.media(), attempt, notBefore))).join();
    }

    private void write(MediaRecords.Fetch fetch, Change state, Content content) {
        List<Change> changes = new ArrayList<>();
        changes.add(state);
        changes.add(new Change.MoveFetch(fetch.media(), fetch.attempt() + 1, null));
        Optional<Row> message = journal.log().byId(fetch.interaction());
        message.ifPresent(row -> changes.add(append(row, fetch, content)));
        journal.append(Unit.of(List.of(), changes)).join();
    }

    private Change append(Row row, MediaRecords.Fetch fetch, Content content) {
        Interaction about = InteractionJson.decode(row.body().toArray(), row.position());
        Interaction said =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(about.conversation())
                        .customer(about.customer())
                        .channel(about.channel())
                        .account(about.account())
                        .line(about.line())
                        .address(about.address())
                        .thread(about.thread())
                        .direction(Direction.INTERNAL)
                        .actor(Actor.SYSTEM)
                        .receivedAt(clock.instant())
                        .target(Target.known(fetch.interaction(), fetch.part()))
                        .contents(content)
                        .build();
        return new Change.Append(
                said.id(),
                said.conversation(),
                said.customer(),
                said.channel(),
                said.account(),
                said.direction(),
                content.type(),
                Change.Weight.QUIET,
                said.receivedAt(),
                Bytes.wrap(InteractionJson.encode(said)));
    }
}
