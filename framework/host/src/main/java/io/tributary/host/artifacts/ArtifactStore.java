package io.tributary.host.artifacts;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PluginArtifacts;
import io.tributary.host.journal.PluginArtifacts.About;
import io.tributary.host.journal.Unit;
import io.tributary.model.Bytes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;

/// Plugin jars in the journal, by their content: added, never changed. What goes in is verified,
/// and what comes out is verified again, over the bytes as they were read. Whoever is refused
/// leaves a record in the audit. Blocking, thread safe.
public final class ArtifactStore {

    private final Journal journal;
    private final Verification verification;
    private final InstantSource clock;

    public ArtifactStore(Journal journal, Verification verification, InstantSource clock) {
        this.journal = journal;
        this.verification = verification;
        this.clock = clock;
    }

    /// What somebody wants to have taken up.
    ///
    /// @param file of which nobody changes anything any more
    /// @param origin what people call it: a file's name
    /// @param actor who wants it
    public record Offer(Bytes file, String origin, String actor) {}

    /// Verifies a jar and keeps it. The same one a second time changes nothing.
    ///
    /// @throws Rejected it is not to be loaded; the audit tells
    public VerifiedJar take(Offer offer) throws Rejected, InterruptedException {
        VerifiedJar jar = check(offer);
        keep(jar, offer.actor());
        return jar;
    }

    /// Verifies a jar and does not keep it.
    ///
    /// @throws Rejected it is not to be loaded; the audit tells
    public VerifiedJar check(Offer offer) throws Rejected, InterruptedException {
        try {
            return verification.check(offer.file(), offer.origin());
        } catch (Rejected rejected) {
            refused(offer.origin(), rejected.reason(), offer.actor());
            throw rejected;
        }
    }

    /// A jar that was kept, verified anew. Of several that differ in who signed them, the oldest
    /// that is to be loaded.
    ///
    /// @throws Rejected it is not there, or not to be loaded any more; the audit tells
    public VerifiedJar load(String sha256) throws Rejected, InterruptedException {
        Rejected why =
                new Rejected(
                        "no jar with the SHA-256 "
                                + Words.shown(sha256)
                                + " is kept; add it again");
        for (PluginArtifacts.Artifact each : journal.artifacts().bySha256(sha256)) {
            try {
                VerifiedJar jar = verification.check(each.bytes(), origin(each.about()));
                if (jar.sha256().equals(sha256)) {
                    return jar;
                }
                why = new Rejected("it is kept under another SHA-256 than its own; add it again");
            } catch (Rejected rejected) {
                why = rejected;
            }
        }
        refused(sha256, why.reason(), "host");
        throw why;
    }

    /// What is kept, oldest first.
    public List<About> all() {
        return journal.artifacts().all();
    }

    /// Puts into the audit that a jar was not loaded.
    public void refused(String origin, String reason, String actor) throws InterruptedException {
        commit(audit(actor, "plugin.refuse", origin, reason));
    }

    /// The channels that a kept jar says it brings; empty: it is not kept, or does not say.
    public Set<String> channels(String sha256) {
        Set<String> channels = new TreeSet<>();
        for (About each : all()) {
            if (each.sha256().equals(sha256)) {
                try {
                    channels.addAll(ManifestJson.read(Bytes.utf8(each.manifest())).channels());
                } catch (Rejected ofAnotherForm) {
                    // an earlier host wrote it: as good as one that does not say
                }
            }
        }
        return channels;
    }

    /// Keeps a jar that was verified. The same one a second time changes nothing.
    public void keep(VerifiedJar jar, String actor) throws InterruptedException {
        Instant now = clock.instant();
        var about =
                new About(
                        jar.sha256(),
                        jar.plugin().id(),
                        jar.plugin().version(),
                        ManifestJson.write(jar.manifest()).utf8(),
                        jar.signer(),
                        now,
                        actor);
        boolean known =
                journal.artifacts().all().stream()
                        .anyMatch(each ->
                                each.sha256().equals(about.sha256())
                                        && each.signer().equals(about.signer()));
        if (!known) {
            commit(
                    new Change.AddArtifact(new PluginArtifacts.Artifact(about, jar.file())),
                    audit(
                            actor,
                            "plugin.add",
                            jar.plugin().toString(),
                            "sha256 " + jar.sha256() + ", " + jar.voucher()));
        }
    }

    private static String origin(About about) {
        return about.id() + "-" + about.version() + ".jar";
    }

    private Change audit(String actor, String action, String target, String detail) {
        return new Change.AddAudit(actor, action, target, detail, clock.instant());
    }

    private void commit(Change... changes) throws InterruptedException {
        try {
            journal.append(Unit.of(changes)).get().need();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof JournalUnavailable unavailable) {
                throw unavailable;
            }
            throw new JournalUnavailable("the plugin could not be stored", failed);
        }
    }
}
