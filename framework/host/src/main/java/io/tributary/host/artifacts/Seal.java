package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.util.Base64;
import java.util.Optional;

/// A signed manifest as it travels in a jar's ZIP comment: three lines, then the manifest.
///
/// ```
/// tributary-plugin 1
/// key ed25519-…
/// signature (base64)
/// {"format":1,"id":"pager",…}
/// ```
///
/// @param key the id of the key that signed
/// @param signature over [#signed]
/// @param manifest as it was signed
record Seal(String key, Bytes signature, Bytes manifest) {

    private static final String FIRST_LINE = "tributary-plugin 1";
    private static final String KEY = "key ";
    private static final String SIGNATURE = "signature ";

    /// What is in a jar's comment; empty: the jar is not signed.
    static Optional<Seal> of(Bytes comment) throws Rejected {
        return comment.isEmpty() ? Optional.empty() : Optional.of(read(comment));
    }

    private static Seal read(Bytes comment) throws Rejected {
        int first = lineEnd(comment, 0);
        int second = lineEnd(comment, first);
        int third = lineEnd(comment, second);
        String begin = comment.slice(0, first).utf8();
        String key = comment.slice(first, second).utf8().strip();
        String signature = comment.slice(second, third).utf8().strip();
        if (!begin.equals(FIRST_LINE + "\n")
                || !key.matches(KEY + SigningKeys.ID)
                || !signature.startsWith(SIGNATURE)) {
            throw malformed();
        }
        try {
            var seal =
                    new Seal(
                            key.substring(KEY.length()),
                            Bytes.wrap(
                                    Base64.getDecoder()
                                            .decode(signature.substring(SIGNATURE.length()))),
                            comment.slice(third, comment.length()));
            if (!seal.comment().equals(comment)) {
                throw malformed();
            }
            return seal;
        } catch (IllegalArgumentException noBase64) {
            throw malformed();
        }
    }

    /// The bytes that go into the jar.
    Bytes comment() {
        String head =
                FIRST_LINE
                        + "\n"
                        + KEY
                        + key
                        + "\n"
                        + SIGNATURE
                        + Base64.getEncoder().encodeToString(signature.toArray())
                        + "\n";
        return joined(Bytes.utf8(head), manifest);
    }

    /// What the signature is over: the manifest, with words before it that keep a signature over
    /// something else from being taken for one of a plugin.
    static Bytes signed(Bytes manifest) {
        return joined(Bytes.utf8(FIRST_LINE + "\n"), manifest);
    }

    static Bytes joined(Bytes one, Bytes other) {
        byte[] all = new byte[one.length() + other.length()];
        one.asBuffer().get(all, 0, one.length());
        other.asBuffer().get(all, one.length(), other.length());
        return Bytes.wrap(all);
    }

    /// Behind the next line end.
    private static int lineEnd(Bytes comment, int from) throws Rejected {
        for (int at = from; at < comment.length(); at++) {
            if (comment.at(at) == '\n') {
                return at + 1;
            }
        }
        throw malformed();
    }

    private static Rejected malformed() {
        return new Rejected(
                "its ZIP comment is not a signature as `tributary plugin sign` writes it; get the"
                        + " jar again from where it was signed, or sign it");
    }
}
