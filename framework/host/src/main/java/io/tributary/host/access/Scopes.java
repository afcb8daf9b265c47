package io.tributary.host.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/// Reads scopes as they are written.
public final class Scopes {

    /// Everything, as it is written.
    public static final Set<String> ALL =
            Set.of("interactions:read", "interactions:write", "customers:*", "admin:*");

    private static final String STAR = ":*";

    private Scopes() {}

    /// Reads scopes as they are written.
    ///
    /// @throws IllegalArgumentException there is none, or one does not exist
    public static Set<Scope> parse(Collection<String> texts) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String text : texts) {
            if (!add(text, scopes)) {
                throw new IllegalArgumentException(
                        "there is no scope '"
                                + text
                                + "'; there are interactions:read, interactions:write, customers:read,"
                                + " customers:write, customers:*, admin:read, admin:write and admin:*");
            }
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a token needs at least one scope");
        }
        return scopes;
    }

    /// What this build knows of them: a newer one may have given more.
    static Set<Scope> known(Collection<String> texts) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        texts.forEach(text -> add(text, scopes));
        return scopes;
    }

    private static boolean add(String text, Set<Scope> scopes) {
        boolean known = false;
        boolean both = text.equals("customers:*") || text.equals("admin:*");
        String family = both ? text.substring(0, text.length() - STAR.length() + 1) : "";
        for (Scope scope : Scope.values()) {
            if (both ? scope.text().startsWith(family) : scope.text().equals(text)) {
                scopes.add(scope);
                known = true;
            }
        }
        return known;
    }
}
