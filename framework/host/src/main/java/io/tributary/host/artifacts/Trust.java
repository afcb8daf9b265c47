package io.tributary.host.artifacts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which jars this host takes. Immutable.
///
/// @param keys whose owners may sign
/// @param revokedKeys ids of keys that nothing is taken from any more
/// @param revokedArtifacts SHA-256 of jars (with an empty comment) that are never taken
/// @param bundled SHA-256 of the jars that came with this host
/// @param allowUnsigned a developer's switch: takes jars that nobody answers for
public record Trust(
        List<TrustedKey> keys,
        Set<String> revokedKeys,
        Set<String> revokedArtifacts,
        Set<String> bundled,
        boolean allowUnsigned) {

    /// Nobody is trusted.
    public static final Trust NONE = new Trust(List.of(), Set.of(), Set.of(), Set.of(), false);

    /// Keeps copies.
    public Trust {
        keys = List.copyOf(keys);
        revokedKeys = Set.copyOf(revokedKeys);
        revokedArtifacts = Set.copyOf(revokedArtifacts);
        bundled = Set.copyOf(bundled);
    }

    /// The same with unsigned jars allowed, or not.
    public Trust unsigned(boolean allowed) {
        return new Trust(keys, revokedKeys, revokedArtifacts, bundled, allowed);
    }

    /// The same with one more key.
    public Trust with(TrustedKey key) {
        var more = new ArrayList<>(keys);
        more.add(key);
        return new Trust(more, revokedKeys, revokedArtifacts, bundled, allowUnsigned);
    }

    /// The same with these jars as bundled ones.
    public Trust bundling(Set<String> sha256s) {
        var all = new HashSet<>(bundled);
        all.addAll(sha256s);
        return new Trust(keys, revokedKeys, revokedArtifacts, all, allowUnsigned);
    }

    /// Who answers for the jar.
    Voucher voucherOf(OpenedJar jar) throws Rejected {
        PluginManifest claims = jar.manifest();
        if (revokedArtifacts.contains(claims.sha256())) {
            throw new Rejected(
                    "it is revoked by the trust list; get a later version of "
                            + claims.plugin().id());
        }
        if (jar.seal().isPresent()) {
            Voucher signer = signer(jar.seal().get(), claims);
            return bundled.contains(claims.sha256()) ? new Voucher.Bundled() : signer;
        }
        if (bundled.contains(claims.sha256())) {
            return new Voucher.Bundled();
        }
        if (allowUnsigned) {
            return new Voucher.Unsigned();
        }
        throw new Rejected(
                "it is not signed; sign it with `tributary plugin sign`, or set"
                        + " plugins.allow-unsigned where plugins are developed");
    }

    private Voucher signer(Seal seal, PluginManifest claims) throws Rejected {
        if (revokedKeys.contains(seal.key())) {
            throw new Rejected(
                    "it is signed with "
                            + Words.shown(seal.key())
                            + ", which the trust list revokes; get it signed with another key");
        }
        TrustedKey key = trusted(seal);
        if (!SigningKeys.verify(key.key(), Seal.signed(seal.manifest()), seal.signature())) {
            throw new Rejected(
                    "its signature is wrong; get the jar again from where it was signed");
        }
        if (!ManifestJson.read(seal.manifest()).equals(claims)) {
            throw new Rejected(
                    "its signed manifest is of another jar, or it was changed after it was signed;"
                            + " get it again from where it was signed");
        }
        if (!key.maySign(claims.plugin().id())) {
            throw new Rejected(
                    "it is signed with "
                            + key.id()
                            + ", which may sign "
                            + String.join(", ", key.plugins())
                            + " only; add "
                            + claims.plugin().id()
                            + " to that key in the trust list if it should");
        }
        return new Voucher.Signed(key.id(), key.owner());
    }

    private TrustedKey trusted(Seal seal) throws Rejected {
        for (TrustedKey each : keys) {
            if (each.id().equals(seal.key())) {
                return each;
            }
        }
        throw new Rejected(
                "it is signed with "
                        + Words.shown(seal.key())
                        + ", which the trust list does not name; add that key to plugins.trust if"
                        + " you trust its owner");
    }
}
