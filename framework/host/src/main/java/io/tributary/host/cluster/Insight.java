package io.tributary.host.cluster;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How one account fares, as of a position of the log.
///
/// @param arrivals what customers said since counting began
/// @param answered conversations that were begun by a customer and got a first answer
/// @param untilAnswered how long those waited for it, together
/// @param longest how long one of them waited at the most
/// @param open conversations that are not closed
/// @param waiting those of them where the customer spoke last
/// @param waitingSince since when the one that waits longest waits; null: none does
public record Insight(
        ChannelId channel,
        AccountId account,
        long arrivals,
        long answered,
        Duration untilAnswered,
        Duration longest,
        int open,
        int waiting,
        @Nullable Instant waitingSince) {}
