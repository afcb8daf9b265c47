package io.tributary.meta.simulator;

import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How the stand-in is set up.
///
/// @param phoneNumberId the one number that it has
/// @param token which requests have to bear
/// @param appSecret with which it signs webhooks
/// @param webhook where they go; null: nowhere
/// @param clock the time for windows; stands still or moves as its owner likes
public record Options(
        String phoneNumberId,
        String token,
        String appSecret,
        @Nullable URI webhook,
        InstantSource clock) {

    public Options webhook(URI address) {
        return new Options(phoneNumberId, token, appSecret, address, clock);
    }

    /// Neither token nor secret.
    @Override
    public String toString() {
        return "Options[" + phoneNumberId + "]";
    }
}
