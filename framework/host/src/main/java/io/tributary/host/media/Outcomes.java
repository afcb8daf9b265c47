package io.tributary.host.media;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.FetchJobs;
import io.tributary.host.journal.Journal;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records what became of a fetch: the medium's state, the job, and the interaction that tells
/// agent apps, in one commit; nothing where another member has taken the job since. Blocking.
final class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    private final Journal journal;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

    Outcomes(Journal journal, TimeOrderedIds ids, InstantSource clock) {
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
    }

    /// @param state as [MediaPlace] says
    void kept(FetchJobs.Fetch fetch, MediaFolder.Kept kept, Change.MediaKept state) {
        write(
                fetch,
                state,
                new Content.MediaStored(fetch.media(), kept.type(), kept.bytes(), kept.sha256()));
    }

    void lost(FetchJobs.Fetch fetch, Reason reason) {
        write(
                fetch,
                new Change.MediaLost(fetch.media(), reason),
                new Content.MediaFailed(fetch.media(), reason));
    }

    void later(FetchJobs.Fetch fetch, int attempt, Duration wait) {
        write(fetch, List.of(new Change.MoveFetch(fetch.media(), attempt, wait)));
    }

    private void write(FetchJobs.Fetch fetch, Change state, Content content) {
        List<Change> changes = new ArrayList<>();
        changes.add(state);
        changes.add(new Change.MoveFetch(fetch.media(), fetch.attempt() + 1, null));
        Optional<Row> message = journal.log().byId(fetch.interaction());
        message.ifPresent(row -> changes.add(append(row, fetch, content)));
        write(fetch, changes);
    }

    private void write(FetchJobs.Fetch fetch, List<Change> changes) {
        List<Expect> expects = List.of(new Expect.FetchIs(fetch.media(), fetch.claim()));
        if (journal.append(Unit.of(expects, changes)).join() instanceof Commit.Stale) {
            LOG.info("media={} was left to another member, which has taken it", fetch.media());
        }
    }

    private Change append(Row row, FetchJobs.Fetch fetch, Content content) {
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
