package io.tributary.host.rollouts;

import io.tributary.host.artifacts.ArtifactStore;
import io.tributary.host.artifacts.Rejected;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.journal.PluginRecords.Wanted;
import io.tributary.model.Bytes;
import java.util.List;
import java.util.Set;

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
    void interrupted(Rollout rollout) throws InterruptedException;

    List<Wanted> wanted();

    /// Whether an operator took the plugin away, and nobody brought it back since.
    boolean removed(String plugin);

    /// Writes down that another version is wanted from now on.
    void serves(Rollout rollout, VerifiedJar jar) throws InterruptedException;

    /// The member's own.
    record Kept(ArtifactStore artifacts, Books books) implements Shelf {

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
        public void interrupted(Rollout rollout) throws InterruptedException {
            books.failed(rollout, rollout.began());
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
        public void serves(Rollout rollout, VerifiedJar jar) throws InterruptedException {
            books.serves(rollout, jar, rollout.began());
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
        public void interrupted(Rollout rollout) {}

        @Override
        public List<Wanted> wanted() {
            return List.of();
        }

        @Override
        public boolean removed(String plugin) {
            return false;
        }

        @Override
        public void serves(Rollout rollout, VerifiedJar jar) {}
    }
}
