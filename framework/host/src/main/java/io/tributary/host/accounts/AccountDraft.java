package io.tributary.host.accounts;

import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an account should be.
///
/// @param config the channel's settings, a JSON object; secrets inside it are taken out and kept
///   like the others
/// @param secrets by dotted path; those left out keep their value, as long as the channel is the
///   same
/// @param enabled false: kept, but not opened
/// @param expected the version that is being changed, 0 for a new account; null: whatever is there
public record AccountDraft(
        ChannelId channel,
        Json config,
        Map<String, GivenSecret> secrets,
        boolean enabled,
        @Nullable Long expected) {

    public AccountDraft {
        secrets = Map.copyOf(secrets);
    }

    /// An account that is to serve, whatever was there before.
    public static AccountDraft of(
            ChannelId channel, Json config, Map<String, GivenSecret> secrets) {
        return new AccountDraft(channel, config, secrets, true, null);
    }

    /// Channel and names, without values.
    @Override
    public String toString() {
        return "AccountDraft[" + channel + ", " + config + ", secrets " + secrets.keySet() + "]";
    }
}
