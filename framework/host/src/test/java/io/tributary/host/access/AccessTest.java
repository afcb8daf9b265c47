package io.tributary.host.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.access.Authenticator.TokenChanges;
import io.tributary.host.access.Authenticator.Verdict;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.model.AccountId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Access")
final class AccessTest {

    private static final Principal OPERATOR =
            new Principal("op", "operator", Set.of(Scope.ADMIN_WRITE), Set.of());
    private static final String HERE = "192.0.2.1";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path folder;

    private final AtomicLong now =
            new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());

    @SuppressWarnings("NullAway.Init") // before each test
    private SqliteJournal journal;

    @SuppressWarnings("NullAway.Init") // before each test
    private Access access;

    @BeforeEach
    void open() {
        journal = SqliteJournal.open(folder, JournalOptions.standard().at(clock));
        access = new Access(journal, clock);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private Principal principal(String secret) {
        if (access.authenticate(secret, HERE) instanceof Verdict.Known known) {
            return known.principal();
        }
        throw new AssertionError("not let in");
    }

    private static TokenChanges heard(List<String> revoked) {
        return new TokenChanges() {
            @Override
            public void revoked(String id) {
                revoked.add(id);
            }

            @Override
            public void given(String id) {}
        };
    }

    private boolean letIn(String secret) {
        return access.authenticate(secret, HERE) instanceof Verdict.Known;
    }

    @Test
    @DisplayName("makes tokens that say what they may")
    void creates() {
        var created =
                access.create(
                        "desk",
                        Set.of("interactions:read", "admin:*"),
                        Set.of(new AccountId("pager-east")),
                        OPERATOR);

        assertThat(created.secret()).matches("trb_[A-Za-z0-9_-]{43}");
        assertThat(created.toString()).doesNotContain(created.secret());
        Principal principal = principal(created.secret());
        assertThat(principal.id()).isEqualTo(created.token().id());
        assertThat(principal.scopes())
                .containsExactlyInAnyOrder(
                        Scope.INTERACTIONS_READ, Scope.ADMIN_READ, Scope.ADMIN_WRITE);
        assertThat(principal.sees(new AccountId("pager-east"))).isTrue();
        assertThat(principal.sees(new AccountId("pager-west"))).isFalse();
        assertThat(letIn(created.secret() + "x")).isFalse();
        assertThat(letIn("")).isFalse();
        assertThat(access.list())
                .singleElement()
                .satisfies(listed -> assertThat(listed.name()).isEqualTo("desk"));
        assertThat(journal.audit().page(Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.action()).isEqualTo("token.create");
                    assertThat(record.actor()).isEqualTo("op");
                });
    }

    @Test
    @DisplayName("refuses scopes that do not exist, and names")
    void refuses() {
        assertThatThrownBy(() -> access.create("x", Set.of("admin"), Set.of(), OPERATOR))
                .hasMessageContaining("'admin'");
        assertThatThrownBy(() -> access.create("x", Set.of("interactions:*"), Set.of(), OPERATOR))
                .hasMessageContaining("interactions:read");
        assertThatThrownBy(() -> access.create("x", Set.of(), Set.of(), OPERATOR))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> access.create(" ", Set.of("admin:read"), Set.of(), OPERATOR))
                .hasMessageContaining("name");
    }

    @Test
    @DisplayName("keeps no secret on disk")
    void keepsHashesOnly() throws IOException {
        var created = access.create("desk", Set.of("admin:*"), Set.of(), OPERATOR);
        int files = 0;
        try (var all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(created.secret().substring(4));
                files++;
            }
        }
        assertThat(files).isPositive();
    }

    @Test
    @DisplayName("remembers a token for seconds, and forgets it the moment it is revoked")
    void revokes() {
        List<String> revoked = new CopyOnWriteArrayList<>();
        var created = access.create("desk", Set.of("admin:*"), Set.of(), OPERATOR);
        access.onChange(heard(revoked));
        assertThat(access.remembered(created.secret())).isNull();
        assertThat(letIn(created.secret())).isTrue();
        assertThat(access.remembered(created.secret())).isNotNull();
        now.addAndGet(3_001);
        assertThat(access.remembered(created.secret())).isNull();
        assertThat(letIn(created.secret())).isTrue();

        assertThat(access.revoke(created.token().id(), OPERATOR)).isTrue();

        assertThat(access.remembered(created.secret())).isNull();
        assertThat(letIn(created.secret())).isFalse();
        assertThat(revoked).containsExactly(created.token().id());
        assertThat(access.revoke(created.token().id(), OPERATOR)).isFalse();
        assertThat(access.revoke("none", OPERATOR)).isFalse();
        assertThat(access.list().getFirst().revokedAt()).isNotNull();
    }

    @Test
    @DisplayName("makes the first token once")
    void firstToken() {
        String secret = access.firstToken(null, false).orElseThrow();

        assertThat(principal(secret).scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(access.firstToken("", false)).isEmpty();
        access.revoke(access.list().getFirst().id(), OPERATOR);
        assertThat(access.firstToken(null, false)).isPresent();
    }

    @Test
    @DisplayName("takes the environment's token, and only the last one that was given")
    void givenToken() {
        assertThat(access.firstToken("first-given-token", false)).isEqualTo(Optional.empty());
        assertThat(access.firstToken("first-given-token", false)).isEmpty();
        assertThat(access.list()).hasSize(1);
        assertThat(principal("first-given-token").scopes())
                .containsExactlyInAnyOrder(Scope.values());

        access.firstToken("second-given-token", false);
        assertThat(letIn("second-given-token")).isTrue();
        assertThat(letIn("first-given-token")).isFalse();

        access.firstToken("first-given-token", false);
        assertThat(letIn("first-given-token")).isTrue();
        assertThat(letIn("second-given-token")).isFalse();
        assertThatThrownBy(() -> access.firstToken("short", false))
                .hasMessageContaining("TRIBUTARY_ADMIN_TOKEN");
    }

    @Test
    @DisplayName("wants a longer token where others than this machine's users reach the member")
    void reachable() {
        assertThat(access.firstToken("fifteen-letters", false)).isEmpty();

        assertThatThrownBy(() -> access.firstToken("fifteen-letters", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 16 characters");
        assertThat(access.firstToken("sixteen-letters!", true)).isEmpty();
        assertThat(letIn("sixteen-letters!")).isTrue();
    }

    @Test
    @DisplayName("lets whoever guesses wait, and nobody else")
    void guessing() {
        var created = access.create("desk", Set.of("admin:*"), Set.of(), OPERATOR);
        var late = access.create("late", Set.of("admin:*"), Set.of(), OPERATOR);
        assertThat(letIn(created.secret())).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(access.authenticate("guess-" + i, HERE)).isInstanceOf(Verdict.Unknown.class);
        }

        assertThat(access.authenticate("guess-20", HERE)).isInstanceOf(Verdict.TooMany.class);
        assertThat(access.authenticate(late.secret(), HERE)).isInstanceOf(Verdict.TooMany.class);
        now.addAndGet(10_000);
        assertThat(letIn(created.secret())).isTrue();
        assertThat(access.authenticate("guess-21", "192.0.2.2"))
                .isInstanceOf(Verdict.Unknown.class);
        now.addAndGet(60_000);
        assertThat(letIn(late.secret())).isTrue();
    }

    @Test
    @DisplayName("counts a whole line of IPv6 addresses as one guesser")
    void guessingBySixes() {
        for (int i = 0; i < 20; i++) {
            access.authenticate("guess-" + i, "2001:db8:0:7:0:0:0:" + i);
        }

        assertThat(access.authenticate("guess", "2001:db8:0:7:ffff:0:0:1"))
                .isInstanceOf(Verdict.TooMany.class);
        assertThat(access.authenticate("guess", "2001:db8:0:8:0:0:0:1"))
                .isInstanceOf(Verdict.Unknown.class);
    }
}
