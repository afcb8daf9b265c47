package io.tributary.host.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.artifacts.ArtifactStore.Offer;
import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.PluginArtifacts;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.Unit;
import io.tributary.model.Bytes;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the store of plugins")
final class ArtifactStoreTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
    private static final KeyPair ACME = SigningKeys.generate();
    private static final KeyPair LATER = SigningKeys.generate();
    private static final Trust TRUST =
            Trust.NONE
                    .with(new TrustedKey(ACME.getPublic(), "Acme", List.of("*")))
                    .with(new TrustedKey(LATER.getPublic(), "Acme, later", List.of("*")));

    @TempDir Path folder;

    private Journal journal = null;
    private Bytes signed = Bytes.EMPTY;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder, JournalOptions.standard());
        signed = Signing.sign(TestZip.plugin().bytes(), ACME);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    @DisplayName("gives back what it took, verified anew, after a restart as well")
    void keeps() throws Exception {
        VerifiedJar taken = store(TRUST).take(offer(signed));
        journal.close();
        journal = SqliteJournal.open(folder, JournalOptions.standard());

        VerifiedJar loaded = store(TRUST).load(taken.sha256());

        assertThat(loaded.file()).isEqualTo(signed);
        assertThat(loaded.manifest()).isEqualTo(taken.manifest());
        assertThat(loaded.origin()).isEqualTo("pager-1.0.0.jar");
        assertThat(store(TRUST).all())
                .singleElement()
                .satisfies(about -> {
                    assertThat(about.id()).isEqualTo("pager");
                    assertThat(about.version()).isEqualTo("1.0.0");
                    assertThat(about.signer()).isEqualTo(SigningKeys.id(ACME.getPublic()));
                    assertThat(about.addedBy()).isEqualTo("operator");
                    assertThat(about.addedAt()).isEqualTo(CLOCK.instant());
                    assertThat(about.manifest()).contains("\"sha256\":\"" + taken.sha256());
                });
    }

    @Test
    @DisplayName("takes the same jar once, and the audit tells so")
    void once() throws Exception {
        store(TRUST).take(offer(signed));
        store(TRUST).take(offer(signed));

        assertThat(store(TRUST).all()).hasSize(1);
        assertThat(audit())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.action()).isEqualTo("plugin.add");
                    assertThat(each.actor()).isEqualTo("operator");
                    assertThat(each.target()).isEqualTo("pager 1.0.0");
                    assertThat(each.detail()).contains("Acme", SigningKeys.id(ACME.getPublic()));
                });
    }

    @Test
    @DisplayName("never overwrites a jar")
    void neverOverwrites() throws Exception {
        VerifiedJar jar = store(TRUST).take(offer(signed));
        var about = store(TRUST).all().getFirst();
        var other = new PluginArtifacts.Artifact(about, Bytes.utf8("something else"));

        journal.append(Unit.of(new Change.AddArtifact(other))).get();

        assertThat(store(TRUST).load(jar.sha256()).file()).isEqualTo(signed);
    }

    @Test
    @DisplayName("keeps nothing of what it refuses but a record of it")
    void refuses() {
        Bytes unsigned = TestZip.plugin().bytes();

        assertThatThrownBy(() -> store(TRUST).take(offer(unsigned)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("it is not signed");

        assertThat(store(TRUST).all()).isEmpty();
        assertThat(audit())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.action()).isEqualTo("plugin.refuse");
                    assertThat(each.target()).isEqualTo("pager.jar");
                    assertThat(each.detail()).startsWith("it is not signed");
                });
    }

    @Test
    @DisplayName("gives out nothing that was revoked since, until it is signed anew")
    void revokedSince() throws Exception {
        String sha256 = store(TRUST).take(offer(signed)).sha256();
        Trust since =
                new Trust(
                        TRUST.keys(),
                        Set.of(SigningKeys.id(ACME.getPublic())),
                        Set.of(),
                        Set.of(),
                        false);

        assertThatThrownBy(() -> store(since).load(sha256))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("which the trust list revokes");
        assertThat(audit().getFirst().action()).isEqualTo("plugin.refuse");

        store(since).take(offer(Signing.sign(signed, LATER)));

        assertThat(store(since).load(sha256).voucher())
                .isEqualTo(new Voucher.Signed(SigningKeys.id(LATER.getPublic()), "Acme, later"));
    }

    @Test
    @DisplayName("notices that a jar was changed where it is kept, or put under another's name")
    void changedBelow() throws Exception {
        var about = store(TRUST).all();
        assertThat(about).isEmpty();
        Bytes other = Signing.sign(TestZip.plugin().stored("more.txt", "more").bytes(), ACME);
        var claimed =
                new PluginArtifacts.About(
                        "0".repeat(64), "pager", "1.0.0", "{}", "", CLOCK.instant(), "nobody");
        byte[] broken = signed.toArray();
        broken[broken.length / 2] ^= 1;

        journal.append(
                        Unit.of(
                                new Change.AddArtifact(
                                        new PluginArtifacts.Artifact(claimed, other))))
                .get();
        assertThatThrownBy(() -> store(TRUST).load(claimed.sha256()))
                .hasMessageContaining("under another SHA-256 than its own");

        var damaged =
                new PluginArtifacts.About(
                        "1".repeat(64), "pager", "1.0.0", "{}", "", CLOCK.instant(), "nobody");
        journal.append(
                        Unit.of(
                                new Change.AddArtifact(
                                        new PluginArtifacts.Artifact(damaged, Bytes.wrap(broken)))))
                .get();
        assertThatThrownBy(() -> store(TRUST).load(damaged.sha256())).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> store(TRUST).load("2".repeat(64)))
                .hasMessageContaining("is kept; add it again");
        assertThat(audit())
                .extracting(Audit.Record::action)
                .containsOnly("plugin.refuse")
                .hasSize(3);
    }

    @Test
    @DisplayName("takes the largest jar there may be, beside the messages that are written")
    void large() throws Exception {
        var random = new java.util.Random(7);
        byte[] noise = new byte[40 * 1024 * 1024];
        random.nextBytes(noise);
        Bytes large = Signing.sign(TestZip.plugin().stored("noise.bin", noise).bytes(), ACME);

        String sha256 = store(TRUST).take(offer(large)).sha256();

        assertThat(store(TRUST).load(sha256).file().length()).isEqualTo(large.length());
    }

    private ArtifactStore store(Trust trust) {
        return new ArtifactStore(journal, new Verification(trust), CLOCK);
    }

    private static Offer offer(Bytes file) {
        return new Offer(file, "pager.jar", "operator");
    }

    /// Newest first.
    private List<Audit.Record> audit() {
        return journal.audit().page(Long.MAX_VALUE, 100);
    }
}
