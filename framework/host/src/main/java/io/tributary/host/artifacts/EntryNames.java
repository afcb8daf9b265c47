package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The names in one jar: each safe in every file system, and none that could be taken for another.
final class EntryNames {

    private final Map<String, String> folded = new HashMap<>();

    /// Takes up the next name.
    ///
    /// @param utf8 whether the entry says that its name is in UTF-8
    String take(Bytes raw, boolean utf8) throws Rejected {
        String name = decode(raw, utf8);
        refuseUnsafe(name);
        String before = folded.putIfAbsent(fold(name), name);
        if (before != null) {
            throw new Rejected(
                    before.equals(name)
                            ? "it holds " + Words.shown(name) + " twice; build it again"
                            : "it holds "
                                    + Words.shown(before)
                                    + " and "
                                    + Words.shown(name)
                                    + ", which some file systems take for one name; rename one");
        }
        return name;
    }

    private static String decode(Bytes raw, boolean utf8) throws Rejected {
        ByteBuffer bytes = raw.asBuffer();
        var charset = utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
        try {
            return charset.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException wrong) {
            throw new Rejected(
                    "the name of one of its entries is not UTF-8; build it again with an ordinary"
                            + " jar tool");
        }
    }

    private static void refuseUnsafe(String name) throws Rejected {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        boolean safe =
                !path.isEmpty()
                        && name.indexOf('\\') < 0
                        && name.indexOf(':') < 0
                        && name.chars().noneMatch(Character::isISOControl);
        for (String part : path.split("/", -1)) {
            safe &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!safe) {
            throw new Rejected(
                    "the name of its entry '"
                            + Words.shown(name)
                            + "' could lead out of the jar; entries are named as paths/within/it");
        }
    }

    private static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
