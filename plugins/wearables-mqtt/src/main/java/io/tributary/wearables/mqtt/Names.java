package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names made of what devices call their things: by them the same thing is known again, and what
/// corrects it finds it.
final class Names {

    private static final int LONGEST = 512;

    private Names() {}

    /// One name for all of these together; no other words make the same.
    static String of(String... words) {
        var name =
                Stream.of(words)
                        .map(word -> word.replace("%", "%25").replace("/", "%2F"))
                        .collect(Collectors.joining("/"));
        return name.length() <= LONGEST ? name : digest(Bytes.utf8(name));
    }

    /// Where a user of somebody's app is, about whom something was posted. No device is called so,
    /// since a device is one level of a topic.
    static String posted(String user) {
        return "posted/" + user;
    }

    /// What bytes look like.
    static String digest(Bytes bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes.toArray());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// What a text looks like.
    static String digest(String text) {
        return digest(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
