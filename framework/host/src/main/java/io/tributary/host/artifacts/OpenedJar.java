package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.util.Optional;

/// A jar that is well made and says what it is; nobody has answered for it yet.
///
/// @param file every byte of it
/// @param seal empty: it is not signed
record OpenedJar(
        String origin,
        Bytes file,
        JarContents contents,
        PluginManifest manifest,
        Optional<Seal> seal) {

    static OpenedJar open(Bytes file, String origin) throws Rejected {
        JarFiles.refuseLarge(file.length());
        StrictZip zip = StrictZip.read(file);
        JarContents plain = JarContents.plain(zip.files());
        JarManifest manifest = JarManifest.read(plain);
        PluginManifest claims = manifest.claims(zip.sha256());
        JarRules.hold(plain);
        JarContents contents =
                manifest.multiRelease() ? plain.forRelease(Runtime.version().feature()) : plain;
        Services.hold(contents, claims.channels());
        Entitlements.of(claims).hold(Abilities.of(contents));
        return new OpenedJar(origin, file, contents, claims, Seal.of(zip.comment()));
    }
}
