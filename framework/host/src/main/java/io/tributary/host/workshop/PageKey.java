package io.tributary.host.workshop;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What shows that somebody was given the page's address by who runs `tributary dev`: others on the
/// same machine reach the port, too.
///
/// It stands behind the `#` of the address, which browsers send nowhere, and comes in a header.
///
/// @param value derived from the operator's token, so that a page which is open stays so when the
///   member starts again; the token cannot be found from it
public record PageKey(String value) {

    static final String HEADER = "X-Tributary-Key";

    /// The key of the page that works with this token.
    public static PageKey of(String token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(("page of " + token).getBytes(StandardCharsets.UTF_8));
            return new PageKey(HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The page's address at a member.
    public URI page(URI member) {
        return member.resolve("/dev/#key=" + value);
    }

    /// Whether this is it; in the same time, however much of it is right.
    boolean fits(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8));
    }

    /// Without the key.
    @Override
    public String toString() {
        return "the key of a page";
    }
}
