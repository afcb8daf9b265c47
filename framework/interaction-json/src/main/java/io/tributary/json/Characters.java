package io.tributary.json;

import java.util.LinkedHashMap;
import java.util.Map;

/// Which characters a text may have: those of Unicode, except NUL.
///
/// NUL has no place in the databases' text, and half a surrogate pair is no character and has no
/// form in UTF-8. Agent apps are told so. What comes from a provider is kept, with U+FFFD in place
/// of either: a message with one such character is better than no message.
final class Characters {

    static final String COMPLAINT =
            "must be Unicode text without U+0000 and without half of a surrogate pair";

    private static final char REPLACEMENT = '\uFFFD';

    private Characters() {}

    static boolean areClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!startsPair(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /// The text itself where it is clean, which is nearly always.
    static String clean(String text) {
        return areClean(text) ? text : replaced(text);
    }

    /// Members under clean names. Names that become the same are told apart by more replacement
    /// characters, so that no member hides another.
    static <T> Map<String, T> names(Map<String, T> members) {
        for (String name : members.keySet()) {
            if (!areClean(name)) {
                return renamed(members);
            }
        }
        return members;
    }

    private static <T> Map<String, T> renamed(Map<String, T> members) {
        var renamed = new LinkedHashMap<String, T>();
        members.forEach((name, value) -> {
            String unique = clean(name);
            while (renamed.containsKey(unique)
                    || (!unique.equals(name) && members.containsKey(unique))) {
                unique += REPLACEMENT;
            }
            renamed.put(unique, value);
        });
        return renamed;
    }

    private static String replaced(String text) {
        var clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (startsPair(text, i)) {
                clean.append(c).append(text.charAt(++i));
            } else {
                clean.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return clean.toString();
    }

    private static boolean startsPair(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }
}
