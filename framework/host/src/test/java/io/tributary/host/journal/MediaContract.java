package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.MediaId;
import io.tributary.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is known of media, and the jobs that fetch them.
abstract class MediaContract extends JournalContract {

    MediaContract(Opening opening) {
        super(opening);
    }

    private MediaId waiting() {
        MediaId id = Samples.IDS.media();
        Change.Append message = Samples.message(null);
        store(
                message,
                new Change.AddMedia(id, Samples.ACCOUNT, null, "image/png", Samples.AT),
                new Change.AddFetch(id, Samples.ACCOUNT, message.id(), 1, "where", Samples.AT));
        return id;
    }

    private Commit write(FetchJobs.Fetch fetch, Change... changes) {
        return append(
                Unit.of(
                        List.of(new Expect.FetchIs(fetch.media(), fetch.claim())),
                        List.of(changes)));
    }

    private List<FetchJobs.Fetch> take() {
        return journal.fetchJobs().take(9, Set.of());
    }

    @Test
    @DisplayName("media are lost and kept, and known by what they are")
    void media() {
        MediaId id = waiting();
        store(new Change.MediaLost(id, Reason.of("404", "gone")));
        assertThat(journal.media().byId(id).orElseThrow().state())
                .isEqualTo(MediaRecords.State.FAILED);
        Change.MediaKept kept = Samples.kept(journal, id, "image/jpeg", "bytes");
        store(kept);
        assertThat(journal.media().byId(id))
                .contains(
                        new MediaRecords.Media(
                                id,
                                Samples.ACCOUNT,
                                MediaRecords.State.STORED,
                                null,
                                "image/jpeg",
                                5,
                                kept.sha256(),
                                null,
                                Samples.AT));
        assertThat(journal.media().byId(Samples.IDS.media())).isEmpty();
    }

    @Test
    @DisplayName("a job that is due is taken, and ends with what becomes of it")
    void taken() {
        MediaId id = waiting();
        List<FetchJobs.Fetch> taken = take();
        assertThat(taken)
                .singleElement()
                .satisfies(fetch -> {
                    assertThat(fetch.media()).isEqualTo(id);
                    assertThat(fetch.account()).isEqualTo(Samples.ACCOUNT);
                    assertThat(fetch.fetch()).isEqualTo("where");
                    assertThat(fetch.attempt()).isZero();
                    assertThat(fetch.createdAt()).isEqualTo(Samples.AT);
                });
        assertThat(journal.fetchJobs().take(9, Set.of(id))).isEmpty();
        journal.fetchJobs().hold(taken);

        var done = new Change.MoveFetch(id, 1, null);
        assertThat(write(taken.getFirst(), done)).isInstanceOf(Commit.Done.class);
        assertThat(write(taken.getFirst(), done)).isInstanceOf(Commit.Stale.class);
        assertThat(journal.media().fetch(id)).isEmpty();
        assertThat(take()).isEmpty();
    }

    @Test
    @DisplayName("a job is not given before its time, and then with its attempt")
    void later() {
        MediaId id = waiting();
        FetchJobs.Fetch first = take().getFirst();
        write(first, new Change.MoveFetch(id, 1, Duration.ofHours(1)));
        assertThat(take()).isEmpty();
        assertThat(journal.media().fetch(id).orElseThrow().attempt()).isEqualTo(1);

        write(first, new Change.MoveFetch(id, 2, Duration.ZERO));
        assertThat(take())
                .singleElement()
                .satisfies(fetch -> assertThat(fetch.attempt()).isEqualTo(2));
    }

    @Test
    @DisplayName("no more jobs are given than were asked for")
    void some() {
        for (int i = 0; i < 5; i++) {
            waiting();
        }
        assertThat(journal.fetchJobs().take(2, Set.of())).hasSize(2);
    }

    @Test
    @DisplayName("what another has taken since is not written")
    void fenced() {
        MediaId id = waiting();
        FetchJobs.Fetch fetch = take().getFirst();
        var other =
                new FetchJobs.Fetch(
                        id,
                        fetch.account(),
                        fetch.interaction(),
                        1,
                        "where",
                        0,
                        fetch.createdAt(),
                        fetch.claim() + 1);
        Commit told =
                write(
                        other,
                        new Change.MediaLost(id, Reason.of("x", "y")),
                        new Change.MoveFetch(id, 1, null));
        assertThat(told).isInstanceOf(Commit.Stale.class);
        assertThat(journal.media().byId(id).orElseThrow().state())
                .isEqualTo(MediaRecords.State.PENDING);
    }
}
