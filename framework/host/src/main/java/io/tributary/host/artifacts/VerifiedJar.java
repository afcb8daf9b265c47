package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import io.tributary.model.PluginVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A jar somebody answers for, as it was when that was verified. Immutable: it holds the very bytes
/// that were looked at, and what is loaded is loaded from them, whatever becomes of the file.
public final class VerifiedJar {

    private final OpenedJar jar;
    private final Voucher voucher;
    private volatile @Nullable ScoreCard score;
    private volatile boolean scoreIsKnown;

    VerifiedJar(OpenedJar jar, Voucher voucher) {
        this.jar = jar;
        this.voucher = voucher;
    }

    /// Where it came from, for people: a file's name.
    public String origin() {
        return jar.origin();
    }

    /// What it says of itself; signed, where it is signed.
    public PluginManifest manifest() {
        return jar.manifest();
    }

    /// Id and version.
    public PluginVersion plugin() {
        return manifest().plugin();
    }

    /// Of the file with an empty comment, in lower-case hexadecimal digits.
    public String sha256() {
        return manifest().sha256();
    }

    /// Who answers for it.
    public Voucher voucher() {
        return voucher;
    }

    /// The id of the key that signed it; empty: none did.
    String signer() {
        return jar.seal().map(Seal::key).orElse("");
    }

    /// The whole file, its comment included.
    public Bytes file() {
        return jar.file();
    }

    /// What a class loader finds at a name, unpacked; empty: nothing. In a jar for several releases
    /// of Java that is what this one is to see.
    public Optional<Bytes> find(String name) {
        return jar.contents().find(name).map(VerifiedJar::unpacked);
    }

    /// Whether [#find] finds something there.
    public boolean holds(String name) {
        return jar.contents().find(name).isPresent();
    }

    /// What the testkit found about it, as the jar claims; empty: it brings no card that can be
    /// read. Read when somebody asks: a start has no use for it.
    public Optional<ScoreCard> score() {
        if (!scoreIsKnown) {
            score = ScoreCard.of(jar.contents()).orElse(null);
            scoreIsKnown = true;
        }
        return Optional.ofNullable(score);
    }

    /// It was unpacked and held against its checksum when it was verified, from these same bytes.
    private static Bytes unpacked(PackedFile file) {
        try {
            return Bytes.wrap(file.unpack());
        } catch (Rejected impossible) {
            throw new IllegalStateException("verified bytes have changed", impossible);
        }
    }

    /// Plugin and version, and where it came from.
    @Override
    public String toString() {
        return plugin() + " (" + origin() + ")";
    }
}
