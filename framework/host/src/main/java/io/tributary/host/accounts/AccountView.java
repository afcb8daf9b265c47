package io.tributary.host.accounts;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Health;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A configured account as operators see it: everything but the secrets.
///
/// @param plugin which version serves it; null while none does
/// @param config the settings without secrets, a JSON object
/// @param secrets the dotted paths of the secrets that are set
/// @param version of the settings; grows with each change; 0 for an account of the file
/// @param webhook what to enter at the provider; null where the account takes no webhooks or is
///   down
/// @param updatedAt null for an account of the file
public record AccountView(
        AccountId id,
        ChannelId channel,
        @Nullable PluginVersion plugin,
        Json config,
        List<String> secrets,
        boolean enabled,
        Source source,
        long version,
        Health health,
        @Nullable URI webhook,
        @Nullable Instant updatedAt) {

    public AccountView {
        secrets = List.copyOf(secrets);
    }

    /// Who says how the account is.
    public enum Source {
        /// Whoever calls the API.
        API,
        /// The configuration file; read-only in the API.
        FILE
    }
}
