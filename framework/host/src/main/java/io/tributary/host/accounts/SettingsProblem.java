package io.tributary.host.accounts;

import java.util.Collection;

/// One thing that is wrong with an account's settings.
///
/// @param pointer JSON pointer (RFC 6901) into channel, config and secrets as they were given, such
///   as `/config/lines/0/number`
/// @param text what is wrong and what to do; never a secret's value
public record SettingsProblem(String pointer, String text) {

    /// The pointer of a member below another.
    static String below(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /// The pointer of a secret; its whole path is one name there.
    static String secret(String path) {
        return below("/secrets", path);
    }

    /// The pointer of a setting, from its dotted path.
    static String setting(String path) {
        return path.isEmpty() ? "/config" : "/config/" + path.replace('.', '/');
    }

    /// All of them in one text, for logs and for why an account is down.
    static String told(Collection<SettingsProblem> problems) {
        var text = new StringBuilder();
        for (var problem : problems) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(problem.pointer)
                    .append(": ")
                    .append(problem.text);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return pointer + ": " + text;
    }
}
