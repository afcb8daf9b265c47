package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.model.MediaId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes of media that several members share, and which of them fetches what.
final class SharedMediaIT {

    private static final int CHUNK = MediaChunks.LENGTH;

    private final PostgresAddress database = TestServer.database();
    private final List<Journal> members = new ArrayList<>();

    @AfterEach
    void close() {
        members.forEach(Journal::close);
        TestServer.drop(database);
    }

    private Journal member(PostgresAddress address, InstantSource clock) {
        Journal member = TestServer.member(address, clock);
        members.add(member);
        return member;
    }

    private Journal member() {
        return member(database, InstantSource.system());
    }

    private static MediaBytes bytes(Journal member) {
        return member.mediaBytes().orElseThrow();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static MediaBytes.Content content(byte[] bytes) {
        return Samples.content(Samples.IDS.media(), bytes);
    }

    private static byte[] read(Journal member, MediaBytes.Content content) throws IOException {
        var into = new ByteArrayOutputStream();
        assertThat(bytes(member).read(content, into)).isTrue();
        return into.toByteArray();
    }

    private static Unit kept(MediaBytes.Content content) {
        return Unit.of(
                new Change.AddMedia(content.media(), Samples.ACCOUNT, null, null, Samples.AT),
                new Change.MediaKept(
                        content.media(), "image/png", content.bytes(), content.sha256()));
    }

    private int rows(String table) {
        return TestServer.tamper(database, "update " + table + " set number = number");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7})
    @DisplayName("what one member puts another reads, whatever its length")
    void everyLength(int length) throws IOException {
        byte[] put = random(length);
        MediaBytes.Content content = content(put);
        Journal one = member();
        Journal other = member();
        assertThat(bytes(other).holds(content)).isFalse();
        assertThat(bytes(other).read(content, OutputStream.nullOutputStream())).isFalse();

        bytes(one).put(content, () -> new ByteArrayInputStream(put));

        assertThat(bytes(other).holds(content)).isTrue();
        assertThat(read(other, content)).isEqualTo(put);
        one.append(kept(content)).join().need();
        assertThat(other.media().byId(content.media()).orElseThrow().state())
                .isEqualTo(MediaRecords.State.STORED);
    }

    @Test
    @DisplayName("no record names bytes that are not there")
    void bytesFirst() throws IOException {
        Journal member = member();
        byte[] put = random(CHUNK + 1);
        MediaBytes.Content content = content(put);
        assertThatThrownBy(() -> member.append(kept(content)).join())
                .hasCauseInstanceOf(UnitRefused.class)
                .hasMessageContaining("are not in the database");
        assertThat(member.media().byId(content.media())).isEmpty();

        bytes(member).put(content, () -> new ByteArrayInputStream(put));
        var otherSize =
                new MediaBytes.Content(content.media(), content.sha256(), content.bytes() - 1);
        assertThatThrownBy(() -> member.append(kept(otherSize)).join())
                .hasCauseInstanceOf(UnitRefused.class);
        member.append(kept(content)).join().need();
    }

    @Test
    @DisplayName("of a source that is not what was said of it nothing stays")
    void unfit() throws IOException {
        Journal member = member();
        byte[] put = random(2 * CHUNK);
        MediaBytes.Content content = content(put);
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 7;
                    }
                };
        byte[] other = put.clone();
        other[CHUNK] ^= 1;
        List<MediaBytes.Source> sources =
                List.of(
                        () -> new ByteArrayInputStream(put, 0, put.length - 1),
                        () -> new ByteArrayInputStream(other),
                        () -> endless,
                        () -> broken(put, CHUNK + 5),
                        () -> {
                            throw new IOException("there is no such file");
                        },
                        () -> {
                            throw new IllegalStateException("a fault of the caller's");
                        });
        for (MediaBytes.Source source : sources) {
            assertThatThrownBy(() -> bytes(member).put(content, source))
                    .isInstanceOf(IOException.class);
            assertThat(bytes(member).holds(content)).isFalse();
            assertThat(rows("media_chunk")).isZero();
        }
        bytes(member).put(content, () -> new ByteArrayInputStream(put));
        assertThat(read(member, content)).isEqualTo(put);
        assertThat(member.health().writable()).isTrue();
    }

    private static InputStream broken(byte[] bytes, int after) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private int left = after;

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (left == 0) {
                    throw new IOException("cut");
                }
                int read = super.read(into, from, Math.min(left, length));
                left -= read;
                return read;
            }
        };
    }

    @Test
    @DisplayName("of what the database was lost over in the midst nothing stays, and again is well")
    void lostConnection() throws IOException {
        try (Wire wire = Wire.to(database)) {
            Journal far = member(wire.through(database), InstantSource.system());
            byte[] put = random(4 * CHUNK);
            MediaBytes.Content content = content(put);
            assertThatThrownBy(() -> bytes(far).put(content, () -> cutting(put, wire)))
                    .isInstanceOf(JournalUnavailable.class);
            wire.mend();
            await().atMost(Duration.ofSeconds(20)).until(() -> far.health().writable());
            await().atMost(Duration.ofSeconds(20)).until(() -> rows("media_chunk") == 0);
            bytes(far).put(content, () -> new ByteArrayInputStream(put));
            assertThat(read(far, content)).isEqualTo(put);
            members.remove(far);
            far.close();
        }
    }

    /// The wire is cut when the first piece is on its way.
    private static InputStream cutting(byte[] bytes, Wire wire) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private int given;

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (given == CHUNK) {
                    wire.cut();
                }
                int read = super.read(into, from, length);
                given += read;
                return read;
            }
        };
    }

    @Test
    @DisplayName("damage is found, whatever it is")
    void damage() throws IOException {
        Journal member = member();
        List<String> damages =
                List.of(
                        "update media_chunk set bytes = set_byte(bytes, 9, 255 - get_byte(bytes, 9))"
                                + " where number = 1",
                        "delete from media_chunk where number = 0",
                        "delete from media_chunk where number = 2",
                        "update media_chunk set bytes = bytes || '\\x00' where number = 2",
                        "update media_chunk set bytes = substring(bytes from 2) where number = 1");
        for (String damage : damages) {
            MediaId id = Samples.IDS.media();
            byte[] put = random(2 * CHUNK + 100);
            MediaBytes.Content content = Samples.content(id, put);
            bytes(member).put(content, () -> new ByteArrayInputStream(put));
            assertThat(TestServer.tamper(database, damage)).isPositive();
            assertThatThrownBy(() -> read(member, content))
                    .as(damage)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
            TestServer.tamper(database, "delete from media_content");
        }
        assertThat(member.health().writable()).isTrue();
    }

    @Test
    @DisplayName("no piece is larger than a member wants to hold")
    void hostileSizes() {
        TestServer.tamper(
                database, "insert into media_content values ('\\x00', 'a', 300000, 0, 0)");
        assertThatThrownBy(() ->
                        TestServer.tamper(
                                database,
                                "insert into media_chunk values"
                                        + " ('\\x00', 'a', 0, decode(repeat('00', 262145), 'hex'))"))
                .hasStackTraceContaining("media_chunk_bytes_check");
    }

    @Test
    @DisplayName("many that put the same at once put it once")
    void together() throws IOException {
        List<Journal> two = List.of(member(), member());
        byte[] put = random(3 * CHUNK);
        MediaBytes.Content content = content(put);
        List<CompletableFuture<Void>> puts =
                IntStream.range(0, 8)
                        .mapToObj(i ->
                                CompletableFuture.runAsync(
                                        () -> {
                                            try {
                                                bytes(two.get(i % 2))
                                                        .put(
                                                                content,
                                                                () ->
                                                                        new ByteArrayInputStream(
                                                                                put));
                                            } catch (IOException failure) {
                                                throw new CompletionException(failure);
                                            }
                                        },
                                        Thread::startVirtualThread))
                        .toList();
        puts.forEach(CompletableFuture::join);
        assertThat(rows("media_chunk")).isEqualTo(3);
        assertThat(read(two.getLast(), content)).isEqualTo(put);
    }

    @Test
    @DisplayName("who puts slowly keeps nobody from appending, nor from recording the same")
    void slow() throws Exception {
        Journal one = member();
        Journal other = member();
        byte[] put = random(2 * CHUNK);
        MediaBytes.Content fresh = content(put);
        MediaBytes.Content there = content(put);
        bytes(one).put(there, () -> new ByteArrayInputStream(put));
        var reading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        MediaBytes.Source slow =
                () -> {
                    reading.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException interrupted) {
                        throw new IOException(interrupted);
                    }
                    return new ByteArrayInputStream(put);
                };
        var putting =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                bytes(one).put(fresh, slow);
                                bytes(one).put(there, slow);
                            } catch (IOException failure) {
                                throw new CompletionException(failure);
                            }
                        },
                        Thread::startVirtualThread);
        try {
            assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
            other.append(kept(there)).orTimeout(5, TimeUnit.SECONDS).join().need();
            one.append(Unit.of(Samples.message(null))).orTimeout(5, TimeUnit.SECONDS).join().need();
            assertThat(putting).isNotDone();
        } finally {
            goOn.countDown();
        }
        putting.join();
        other.append(kept(fresh)).join().need();
    }

    @Test
    @DisplayName("what was never recorded goes after a day by the database's clock, no sooner")
    void cleared() throws IOException {
        // this member's clock is days ahead, and says nothing here
        Journal ahead = member(database, () -> Instant.now().plus(Duration.ofDays(9)));
        byte[] put = random(CHUNK + 1);
        MediaBytes.Content fresh = content(put);
        MediaBytes.Content old = content(put);
        MediaBytes.Content again = content(put);
        MediaBytes.Content recorded = content(put);
        for (MediaBytes.Content each : List.of(fresh, old, again, recorded)) {
            bytes(ahead).put(each, () -> new ByteArrayInputStream(put));
        }
        ahead.append(kept(recorded)).join().need();
        TestServer.tamper(
                database,
                "update media_content set kept_at = now_v1() - 86401000000 where media <> '\\x"
                        + fresh.media().toString().replace("-", "")
                        + "'");
        bytes(ahead).put(again, () -> new ByteArrayInputStream(put));

        ((PostgresJournal) ahead).clear();

        assertThat(bytes(ahead).holds(fresh)).isTrue();
        assertThat(bytes(ahead).holds(old)).isFalse();
        assertThat(bytes(ahead).holds(again)).isTrue();
        assertThat(bytes(ahead).holds(recorded)).isTrue();
        assertThat(rows("media_chunk")).isEqualTo(6);
    }

    @Test
    @DisplayName("bytes go when retention lets their record go")
    void retention() throws IOException {
        Journal member = member();
        byte[] put = random(CHUNK + 1);
        MediaBytes.Content old = content(put);
        MediaBytes.Content used = content(put);
        for (MediaBytes.Content each : List.of(old, used)) {
            bytes(member).put(each, () -> new ByteArrayInputStream(put));
            member.append(kept(each)).join().need();
        }
        member.append(
                        Unit.of(
                                new Change.UseMedia(
                                        used.media(), Samples.AT.plus(Duration.ofDays(2)))))
                .join()
                .need();
        member.dropBefore(Samples.AT.plus(Duration.ofDays(1)));
        assertThat(member.media().byId(old.media())).isEmpty();

        ((PostgresJournal) member).clear();

        assertThat(bytes(member).holds(old)).isFalse();
        assertThat(bytes(member).holds(used)).isTrue();
        assertThat(rows("media_chunk")).isEqualTo(2);
    }

    private MediaId job(Journal member) {
        MediaId id = Samples.IDS.media();
        Change.Append message = Samples.message(null);
        Instant at = Instant.now();
        member.append(
                        Unit.of(
                                message,
                                new Change.AddMedia(id, Samples.ACCOUNT, null, null, at),
                                new Change.AddFetch(
                                        id, Samples.ACCOUNT, message.id(), 1, "where", at)))
                .join()
                .need();
        return id;
    }

    @Test
    @DisplayName("of members that ask at once each job goes to one")
    void oneTakes() {
        List<Journal> three = List.of(member(), member(), member());
        for (int i = 0; i < 60; i++) {
            job(three.getFirst());
        }
        List<MediaId> taken =
                IntStream.range(0, 12)
                        .mapToObj(i ->
                                CompletableFuture.supplyAsync(
                                        () -> three.get(i % 3).fetchJobs().take(5, Set.of()),
                                        Thread::startVirtualThread))
                        .toList()
                        .stream()
                        .flatMap(each -> each.join().stream())
                        .map(FetchJobs.Fetch::media)
                        .toList();
        assertThat(taken).hasSize(60).doesNotHaveDuplicates();
        assertThat(three.getFirst().fetchJobs().take(5, Set.of())).isEmpty();
    }

    @Test
    @DisplayName("a dead member's job is taken over, and it is too late for what that one did")
    void takenOver() {
        Journal dead = member();
        Journal heir = member();
        MediaId id = job(dead);
        FetchJobs.Fetch lost = dead.fetchJobs().take(1, Set.of()).getFirst();
        assertThat(heir.fetchJobs().take(1, Set.of())).isEmpty();
        // a minute passes
        assertThat(
                        TestServer.tamper(
                                database,
                                "update \"fetch\" set not_before = not_before - 60000000"))
                .isEqualTo(1);

        FetchJobs.Fetch taken = heir.fetchJobs().take(1, Set.of()).getFirst();
        assertThat(taken.media()).isEqualTo(id);
        dead.fetchJobs().hold(List.of(lost));
        Commit late =
                dead.append(
                                Unit.of(
                                        List.of(new Expect.FetchIs(id, lost.claim())),
                                        List.of(new Change.MoveFetch(id, 1, null))))
                        .join();
        assertThat(late).isInstanceOf(Commit.Stale.class);
        heir.append(
                        Unit.of(
                                List.of(new Expect.FetchIs(id, taken.claim())),
                                List.of(new Change.MoveFetch(id, 1, null))))
                .join()
                .need();
    }

    @Test
    @DisplayName("who holds a job keeps it")
    void held() {
        Journal one = member();
        Journal other = member();
        job(one);
        List<FetchJobs.Fetch> mine = one.fetchJobs().take(1, Set.of());
        TestServer.tamper(database, "update \"fetch\" set not_before = not_before - 60000000");
        one.fetchJobs().hold(mine);
        assertThat(other.fetchJobs().take(1, Set.of())).isEmpty();
    }

    @Test
    @DisplayName(
            "what a member has under way it does not take from itself, however late it is held")
    void notFromItself() {
        Journal one = member();
        Journal other = member();
        MediaId id = job(one);
        List<FetchJobs.Fetch> mine = one.fetchJobs().take(1, Set.of());
        TestServer.tamper(database, "update \"fetch\" set not_before = not_before - 60000000");
        assertThat(one.fetchJobs().take(1, Set.of(id))).isEmpty();
        MediaId next = job(one);
        assertThat(one.fetchJobs().take(1, Set.of(id)))
                .singleElement()
                .satisfies(fetch -> assertThat(fetch.media()).isEqualTo(next));

        one.fetchJobs().hold(mine);
        assertThat(other.fetchJobs().take(1, Set.of())).isEmpty();
        one.append(
                        Unit.of(
                                List.of(new Expect.FetchIs(id, mine.getFirst().claim())),
                                List.of(new Change.MoveFetch(id, 1, null))))
                .join()
                .need();
    }

    @Test
    @DisplayName("many are held at once, and that waits for none that somebody is at")
    void heldAtOnce() throws Exception {
        Journal one = member();
        Journal other = member();
        for (int i = 0; i < 230; i++) {
            job(one);
        }
        List<FetchJobs.Fetch> mine = one.fetchJobs().take(230, Set.of());
        assertThat(mine).hasSize(230);
        TestServer.tamper(database, "update \"fetch\" set not_before = not_before - 60000000");
        try (Connection busy = TestServer.connect(database);
                Statement statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("select 1 from \"fetch\" order by media limit 1 for update");
            one.fetchJobs().hold(mine);
            assertThat(other.fetchJobs().take(9, Set.of())).isEmpty();
            busy.rollback();
        }
        assertThat(other.fetchJobs().take(9, Set.of())).hasSize(1);
    }

    @Test
    @DisplayName("members whose clocks differ by ten minutes agree on the time, and on what is due")
    void clocks() {
        Duration ten = Duration.ofMinutes(10);
        Journal ahead = member(database, () -> Instant.now().plus(ten));
        Journal behind = member(database, () -> Instant.now().minus(ten));
        assertThat(Duration.between(ahead.clock().instant(), behind.clock().instant()).abs())
                .isLessThan(Duration.ofSeconds(2));
        MediaId id = Samples.IDS.media();
        Change.Append message = Samples.message(null);
        ahead.append(
                        Unit.of(
                                message,
                                new Change.AddMedia(
                                        id, Samples.ACCOUNT, null, null, Instant.now().plus(ten)),
                                new Change.AddFetch(
                                        id,
                                        Samples.ACCOUNT,
                                        message.id(),
                                        1,
                                        "where",
                                        Instant.now().plus(ten))))
                .join()
                .need();
        FetchJobs.Fetch fetch = behind.fetchJobs().take(1, Set.of()).getFirst();
        behind.append(
                        Unit.of(
                                List.of(new Expect.FetchIs(id, fetch.claim())),
                                List.of(new Change.MoveFetch(id, 1, Duration.ofMinutes(5)))))
                .join()
                .need();
        assertThat(ahead.fetchJobs().take(1, Set.of())).isEmpty();
    }
}
