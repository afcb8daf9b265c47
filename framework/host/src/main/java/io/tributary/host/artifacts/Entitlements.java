package io.tributary.host.artifacts;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What one version of a plugin may do, as its manifest says.
///
/// @param granted beyond what every plugin may
/// @param identities types of identities that it may vouch for, its channels' own among them
public record Entitlements(Set<Entitlement> granted, Set<String> identities) {

    /// Keeps copies.
    public Entitlements {
        granted = Set.copyOf(granted);
        identities = Set.copyOf(identities);
    }

    static Entitlements of(PluginManifest manifest) {
        var granted = EnumSet.noneOf(Entitlement.class);
        manifest.entitlements().forEach(each -> Entitlement.named(each).ifPresent(granted::add));
        var identities = new HashSet<>(manifest.identities());
        identities.addAll(manifest.channels());
        return new Entitlements(granted, identities);
    }

    /// Whether it may.
    public boolean allow(Entitlement asked) {
        return granted.contains(asked);
    }

    /// Lets it pass where it may.
    ///
    /// @throws SecurityException it may not; the message says what to do
    public void need(Entitlement asked) {
        if (!allow(asked)) {
            throw new SecurityException(asked.lacking());
        }
    }

    /// What an account can do and may not; empty: nothing.
    ///
    /// @param account the plugin's object
    public Optional<String> excess(Object account) {
        for (Entitlement each : Entitlement.values()) {
            boolean able =
                    each.ability().filter(ability -> ability.isInstance(account)).isPresent();
            if (able && !allow(each)) {
                return Optional.of(each.lacking());
            }
        }
        return Optional.empty();
    }

    /// Refuses a jar whose classes name abilities that its manifest does not entitle it to.
    ///
    /// @param abilities simple names of ability interfaces
    void hold(Collection<String> abilities) throws Rejected {
        for (Entitlement each : Entitlement.values()) {
            String ability = each.ability().map(Class::getSimpleName).orElse("");
            if (abilities.contains(ability) && !allow(each)) {
                throw new Rejected("it implements " + ability + ", and " + each.lacking());
            }
        }
    }
}
