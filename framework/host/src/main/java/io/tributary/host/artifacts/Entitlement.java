package io.tributary.host.artifacts;

import io.tributary.spi.FetchesMedia;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.ServesPages;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a plugin may do only where its manifest, and so whoever signed it, says so. What every
/// plugin may has no name: take webhooks, translate, answer, keep state and media of its accounts.
public enum Entitlement {
    /// Requests to the outside that the host makes for it.
    HTTP("have requests sent to the outside, or media fetched", FetchesMedia.class),
    /// A connection that stays, under a slot's lease.
    CONNECTIONS("hold connections", HoldsConnections.class),
    /// Sockets of devices, which the host listens for.
    DEVICES("host devices' sockets", HostsDevices.class),
    /// Pages for browsers, on the pages' port.
    PAGES("serve pages", ServesPages.class),
    /// Sockets that it opens itself, past the host and its egress rules.
    SOCKETS("open network sockets itself", null),
    /// Files of the member's machine.
    FILES("touch files of this machine", null),
    /// Other programs.
    PROCESSES("start programs", null);

    private final String deed;
    private final @Nullable Class<?> ability;

    Entitlement(String deed, @Nullable Class<?> ability) {
        this.deed = deed;
        this.ability = ability;
    }

    /// As manifests have it.
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The ability that needs it; empty where none does.
    public Optional<Class<?>> ability() {
        return Optional.ofNullable(ability);
    }

    /// What is missing, and what to do.
    String lacking() {
        return "its manifest does not entitle it to "
                + deed
                + "; add "
                + title()
                + " to Tributary-Entitlements, and have it signed again";
    }

    static Optional<Entitlement> named(String title) {
        return Arrays.stream(values()).filter(each -> each.title().equals(title)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Entitlement::title).collect(Collectors.joining(", "));
    }
}
