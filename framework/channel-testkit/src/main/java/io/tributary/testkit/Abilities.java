package io.tributary.testkit;

import io.tributary.spi.Account;
import io.tributary.spi.Connection;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Sends;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an account can do beyond the required, by itself, by its connections and by its devices'
/// sessions.
///
/// @param account null where there is none: it can do nothing
/// @param connection null where it holds none
/// @param session null where it hosts no devices
/// @param slots over how many leases its connections are divided
record Abilities(
        @Nullable Account account,
        @Nullable Connection connection,
        @Nullable DeviceSession session,
        int slots) {

    static final Abilities NONE = new Abilities(null, null, null, 1);

    /// Whether the account itself has it.
    boolean have(Class<?> ability) {
        return ability.isInstance(account);
    }

    /// Whether there is somebody to ask how the account is: devices come by themselves.
    boolean haveProvider() {
        return Stream.of(
                        ReceivesWebhooks.class,
                        Sends.class,
                        HoldsConnections.class,
                        FetchesMedia.class)
                .anyMatch(this::have);
    }

    boolean connectionHas(Class<?> ability) {
        return ability.isInstance(connection);
    }

    boolean sessionHas(Class<?> ability) {
        return ability.isInstance(session);
    }

    /// Whether the account has it, or what it connects, or who connects to it.
    boolean anywhere(Class<?> ability) {
        return have(ability) || connectionHas(ability) || sessionHas(ability);
    }
}
