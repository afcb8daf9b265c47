package io.tributary.host.artifacts;

import io.tributary.model.Bytes;

/// Holds jars against the strict rules and against the trust list. Runs nothing of them. Thread
/// safe.
public final class Verification {

    private final Trust trust;

    public Verification(Trust trust) {
        this.trust = trust;
    }

    /// What it is held against.
    public Trust trust() {
        return trust;
    }

    /// Looks at every byte of a jar.
    ///
    /// @param file of which nobody changes anything any more
    /// @param origin what people call it: a file's name
    /// @throws Rejected it is not to be loaded
    public VerifiedJar check(Bytes file, String origin) throws Rejected {
        OpenedJar jar = OpenedJar.open(file, origin);
        return new VerifiedJar(jar, trust.voucherOf(jar));
    }
}
