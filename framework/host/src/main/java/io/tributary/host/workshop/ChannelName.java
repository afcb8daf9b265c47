package io.tributary.host.workshop;

import java.util.Locale;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/// What a new channel is called, wherever it is.
///
/// @param id lower-case letters, digits and dashes, a letter first, such as `kiosk-print`
/// @param javaPackage of its classes
public record ChannelName(String id, String javaPackage) {

    private static final String SHAPE = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final int LONGEST = 63;

    /// Refuses what cannot be a channel's id or a package.
    public ChannelName {
        if (!id.matches(SHAPE) || id.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a channel is named by lower-case letters, digits and single dashes between"
                            + " them, a letter first, such as kiosk-print");
        }
        if (!SourceVersion.isName(javaPackage, SourceVersion.latest())
                || !javaPackage.equals(javaPackage.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    javaPackage + " is no Java package; name another, such as com.example.paging");
        }
        for (String taken : new String[] {"java", "javax", "io.tributary"}) {
            if (javaPackage.equals(taken) || javaPackage.startsWith(taken + ".")) {
                throw new IllegalArgumentException(
                        "packages below "
                                + taken
                                + " are not yours; name another, such as com.example.paging");
            }
        }
    }

    /// @param javaPackage null: one below `com.example`
    public static ChannelName of(String id, @Nullable String javaPackage) {
        return new ChannelName(
                id, javaPackage == null ? "com.example." + id.replace("-", "") : javaPackage);
    }

    /// How the names of its classes begin: `KioskPrint`.
    String type() {
        var type = new StringBuilder();
        for (String word : id.split("-", -1)) {
            type.append(capital(word));
        }
        return type.toString();
    }

    /// What people read: `Kiosk print`.
    String title() {
        return capital(id.replace('-', ' '));
    }

    String folder() {
        return javaPackage.replace('.', '/');
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
