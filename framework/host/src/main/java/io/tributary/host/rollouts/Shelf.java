package io.tributary.host.rollouts;

import io.tributary.host.artifacts.ArtifactStore;
import io.tributary.host.artifacts.Rejected;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.journal.PluginRecords.Wanted;
import io.tributary.model.Bytes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a start rests on: jars that were kept, and which of them are wanted.
sealed interface Shelf {

    /// Verifies a jar of the folder, and keeps it.
    VerifiedJar take(Bytes file, String name) throws Rejected, InterruptedException;

    /// A jar that was kept, verified anew.
    VerifiedJar kept(String sha256) throws Rejected, InterruptedException;

    /// The digests of all jars that were ever to serve.
    Set<String> tried();

    /// The channels that a kept jar says it brings.
    Set<String> channels(String sha256);

    /// Writes down that a version was still watched when the member ended.
    ///
    /// @param row that says so
    void interrupted(Rollout rollout, Wanted row) throws InterruptedException;

    /// Whether a member that is there watches the version that the row says is watched.
    boolean watchedElsewhere(Wanted row);

    /// Whether other members serve what is wanted: then nothing else comes in its place unwatched.
    boolean shared();

    List<Wanted> wanted();

    /// Whether an operator took the plugin away, and nobody brought it back since.
    boolean removed(String plugin);

    /// Writes down that another version is wanted from now on.
    ///
    /// @param known the row that said what was wanted; null: there was none
    /// @return false: another member wants something else by now, or has one of the channels
    boolean serves(Rollout rollout, @Nullable Wanted known, VerifiedJar jar, Books.Rivals rivals)
            throws InterruptedException;

    /// The member's own.
    record Kept(ArtifactStore artifacts, Books books, Company company) implements Shelf {

        @Override
        public VerifiedJar take(Bytes file, String name) throws Rejected, InterruptedException {
            return artifacts.take(new ArtifactStore.Offer(file, name, Beginning.FOLDER));
        }

        @Override
        public VerifiedJar kept(String sha256) throws Rejected, InterruptedException {
            return artifacts.load(sha256);
        }

        @Override
        public Set<String> tried() {
            return books.tried();
        }

        @Override
        public Set<String> channels(String sha256) {
            return artifacts.channels(sha256);
        }

        @Override
        public void interrupted(Rollout rollout, Wanted row) throws InterruptedException {
            var _ = books.returned(rollout, row, rollout.began());
        }

        @Override
        public boolean watchedElsewhere(Wanted row) {
            return company.watches(row.watchedBy());
        }

        @Override
        public boolean shared() {
            return company.shared();
        }

        @Override
        public List<Wanted> wanted() {
            return books.wanted();
        }

        @Override
        public boolean removed(String plugin) {
            return books.removed(plugin);
        }

        @Override
        public boolean serves(
                Rollout rollout, @Nullable Wanted known, VerifiedJar jar, Books.Rivals rivals)
                throws InterruptedException {
            try {
                books.serves(rollout, known, jar, rollout.began(), rivals);
                return true;
            } catch (Lost somebodyWasFirst) {
                return false;
            }
        }
    }

    /// Keeps nothing: what would serve if this were the first start.
    record Empty(Verification verification) implements Shelf {

        @Override
        public VerifiedJar take(Bytes file, String name) throws Rejected {
            return verification.check(file, name);
        }

        @Override
        public VerifiedJar kept(String sha256) throws Rejected {
            throw new Rejected("nothing is kept here");
        }

        @Override
        public Set<String> tried() {
            return Set.of();
        }

        @Override
        public Set<String> channels(String sha256) {
            return Set.of();
        }

        @Override
        public void interrupted(Rollout rollout, Wanted row) {}

        @Override
        public boolean watchedElsewhere(Wanted row) {
            return false;
        }

        @Override
        public boolean shared() {
            return false;
        }

        @Override
        public List<Wanted> wanted() {
            return List.of();
        }

        @Override
        public boolean removed(String plugin) {
            return false;
        }

        @Override
        public boolean serves(
                Rollout rollout, @Nullable Wanted known, VerifiedJar jar, Books.Rivals rivals) {
            return true;
        }
    }
}
