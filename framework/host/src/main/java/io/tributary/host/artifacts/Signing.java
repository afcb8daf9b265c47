package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.security.KeyPair;
import java.util.Optional;

/// Puts a name to a jar.
public final class Signing {

    private Signing() {}

    /// The jar with a signature in its comment, instead of one that is there. The same for the same
    /// jar and key, always.
    ///
    /// @throws Rejected it would be refused whoever signed it
    public static Bytes sign(Bytes file, KeyPair key) throws Rejected {
        JarFiles.refuseLarge(file.length());
        Bytes bare = Seal.joined(StrictZip.read(file).withoutComment(), Bytes.wrap(new byte[2]));
        PluginManifest manifest = OpenedJar.open(bare, "").manifest();
        if (manifest.channels().isEmpty()) {
            throw new Rejected(
                    "its manifest lacks Tributary-Channels, the ids of its channels; add it, such as"
                            + " Tributary-Channels: pager");
        }
        Bytes json = ManifestJson.write(manifest);
        var seal =
                new Seal(
                        SigningKeys.id(key.getPublic()),
                        SigningKeys.sign(key.getPrivate(), Seal.signed(json)),
                        json);
        return sealed(bare, seal);
    }

    private static Bytes sealed(Bytes bare, Seal seal) throws Rejected {
        Bytes comment = seal.comment();
        if (comment.length() > ZipEnd.LONGEST_COMMENT) {
            throw new Rejected(
                    "its manifest names so much that no ZIP comment holds it; name less");
        }
        byte[] length = {(byte) comment.length(), (byte) (comment.length() >>> 8)};
        Bytes begin = Seal.joined(bare.slice(0, bare.length() - 2), Bytes.wrap(length));
        Bytes signed = Seal.joined(begin, comment);
        if (OpenedJar.open(signed, "").seal().equals(Optional.of(seal))) {
            return signed;
        }
        throw new IllegalStateException("what was signed cannot be read");
    }
}
